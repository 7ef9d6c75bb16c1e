"""The rows of the inbox: facts in, components out."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import InboxCount, InboxRow
from opvangloket.rules.inquiries import LABELS, AnswerKind, InquiryState
from opvangloket.rules.offers import LABELS as OFFER_LABELS
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import NO_REASONS
from opvangloket.rules.wording import dutch_date
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.questions.question_words import child_title, size_words
from opvangloket.web.ui.components import (
    Act,
    Chip,
    EmptyState,
    Tone,
    WeekStrip,
    WorklistRow,
    asked_strip,
    days_left,
    fit_strip,
    offer_strip,
)

SOON_DAYS, LATE_DAYS = 3, 1
_NOTHING_NEW: Final[Mapping[UUID, int]] = MappingProxyType({})
OFFER_TONES = {
    OfferState.OPEN: Tone.WARM,
    OfferState.ACCEPTED: Tone.LEAF,
    OfferState.DECLINED: Tone.PLAIN,
    OfferState.EXPIRED: Tone.PLAIN,
    OfferState.WITHDRAWN: Tone.PLAIN,
}


def heading(count: InboxCount) -> str:
    """Say how many questions wait."""
    if not count.waiting:
        return _("Alles is beantwoord")
    return ngettext(
        "%(count)s vraag wacht op jouw antwoord", "%(count)s vragen wachten op jouw antwoord", count.waiting
    ) % {"count": count.waiting}


def lead(count: InboxCount, *, today: date) -> str:
    """Say when the first of them is due."""
    if count.first_due_on is None:
        return ""
    day = dutch_date(count.first_due_on, year=False)
    if count.first_due_on < today:
        return _("De eerste termijn liep tot %(day)s. Antwoorden kan nog.") % {"day": day}
    if count.first_due_on == today:
        return _("De eerste vervalt vandaag.")
    return _("De eerste vervalt op %(day)s.") % {"day": day}


def empty(*, answered: bool) -> EmptyState:
    """Return a list without questions, said gladly."""
    if answered:
        return EmptyState(title=_("Nog geen antwoorden"), words=_("Wat je beantwoordt, vind je hier terug."))
    return EmptyState(title=_("Niets te doen"), words=_("De volgende vraag verschijnt hier vanzelf."))


def no_messages() -> EmptyState:
    """Return the list of new messages without any."""
    return EmptyState(title=_("Alles gelezen"), words=_("Nieuwe berichten van gezinnen en het loket komen hier."))


def nothing_fits() -> EmptyState:
    """Return the list of what fits without anything in it."""
    words = _("Bij elke vraag zie je welke dagen wel vrij zijn. Dit telt alleen waar je je plaatsen hier bijhoudt.")
    return EmptyState(title=_("Niets past helemaal"), words=words)


def nothing_urgent() -> EmptyState:
    """Return the list of what is urgent without anything in it."""
    return EmptyState(title=_("Niets is dringend"), words=_("Geen van de vragen die wachten, is dringend."))


def inbox_rows(
    rows: Iterable[InboxRow],
    *,
    several_locations: bool,
    today: date,
    several_desks: bool = False,
    unread: Mapping[UUID, int] = _NOTHING_NEW,
) -> tuple[WorklistRow, ...]:
    """Return the rows of the inbox; the location is named where an organiser has several, and so is the desk.

    `unread` counts the messages that wait, by inquiry.
    """
    return tuple(
        _row(row, _place(row.question, several_locations, several_desks), today, unread.get(row.question.inquiry_id, 0))
        for row in rows
    )


def unread_words(count: int) -> str:
    """Count the messages that wait; empty when nothing waits."""
    words = ngettext("%(count)s nieuw bericht", "%(count)s nieuwe berichten", count)
    return words % {"count": count} if count else ""


def _place(question: OrganiserQuestion, several_locations: bool, several_desks: bool) -> list[str]:
    named = ((several_locations, question.location_name), (several_desks, question.desk_name))
    return [name for applies, name in named if applies]


def _row(row: InboxRow, place: list[str], today: date, unread: int) -> WorklistRow:
    question = row.question
    waits = question.state is InquiryState.SENT
    title = child_title(question)
    facts = _asked_facts(question) if waits else _answered_facts(question, row.answer)
    label = _("Antwoorden") if waits else _("Bekijken")
    url = question_url(question)
    return WorklistRow(
        key=f"vraag-{question.reference.lower()}-{question.location_slug}",
        title=title,
        reason=" · ".join([*facts, *place]),
        url=url,
        urgency=_urgency(question, today) if waits else "",
        strip=_strip(row),
        days_left=days_left(question.due_on, today=today) if waits else None,
        chips=(*_message_chip(unread), *(_chips(row, today) if waits else _answered_chips(row))),
        act=Act(label=label, url=f"{url}#antwoord" if waits else url, about=title, strong=waits),
        more=(_conversation(question, title),),
    )


def _conversation(question: OrganiserQuestion, title: str) -> Act:
    address = reverse("organiser:conversation", args=[question.reference, question.location_slug])
    return Act(label=_("Gesprek"), url=address, about=title)


def _message_chip(unread: int) -> tuple[Chip, ...]:
    return (Chip(unread_words(unread), Tone.COOL, "message"),) if unread else ()


def _asked_facts(question: OrganiserQuestion) -> list[str]:
    start = _("Vanaf %(day)s") % {"day": dutch_date(question.care.start_on)}
    return [start, size_words(question.care)]


def _answered_facts(question: OrganiserQuestion, answer: GivenAnswer | None) -> list[str]:
    if answer is None:
        day = dutch_date(brussels_date(question.closed_at), year=False) if question.closed_at else ""
        return [_("Afgesloten op %(day)s") % {"day": day}] if day else []
    day = dutch_date(brussels_date(answer.at), year=False)
    if answer.kind is AnswerKind.NO:
        reason = NO_REASONS.label(answer.reason or "")
        return [_("Nee op %(day)s") % {"day": day}, reason]
    start = dutch_date(answer.start_on) if answer.start_on else ""
    return [_("Voorstel op %(day)s") % {"day": day}, _("start op %(day)s") % {"day": start}]


def _strip(row: InboxRow) -> WeekStrip:
    care, answer = row.question.care, row.answer
    if answer and answer.pattern:
        return offer_strip(care.needed, answer.pattern, also=care.also)
    if row.fitting is None or row.question.state is not InquiryState.SENT:
        return asked_strip(care.needed, care.also)
    return fit_strip(care.needed, row.fitting, also=care.also)


def _urgency(question: OrganiserQuestion, today: date) -> str:
    days = (question.due_on - today).days
    return "late" if days <= LATE_DAYS else "soon" if days <= SOON_DAYS else "calm"


def _chips(row: InboxRow, today: date) -> tuple[Chip, ...]:
    """Return the marks of an open question: what is new, what the law asks, and what fits."""
    question, chips = row.question, []
    if question.seen_at is None:
        chips.append(Chip(_("Nieuw")))
    if question.urgent:
        chips.append(Chip(_("Dringend"), Tone.BRICK))
    if question.priority:
        chips.append(Chip(_("Voorrang volgens de wet"), Tone.WARM))
    if question.sibling:
        chips.append(Chip(_("Broer of zus"), Tone.WARM))
    if row.fits:
        chips.append(Chip(_("Past helemaal"), Tone.LEAF))
    if question.answer_from_on > today:
        day = dutch_date(question.answer_from_on, year=False)
        chips.append(Chip(_("Voorstellen kan vanaf %(day)s") % {"day": day}, Tone.PLAIN))
    return tuple(chips)


def _answered_chips(row: InboxRow) -> tuple[Chip, ...]:
    state, answer = row.question.state, row.answer
    if answer is None or answer.offer is None:
        return (Chip(LABELS[state].capitalize(), Tone.PLAIN),)
    offer = answer.offer
    words = OFFER_LABELS[offer.state].capitalize()
    if offer.state is OfferState.OPEN:
        words = _("Wacht op het gezin tot %(day)s") % {"day": dutch_date(offer.reply_by_on, year=False)}
    return (Chip(words, OFFER_TONES[offer.state]),)

"""The lines of a request as the family reads them: one row per location, with its dates and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.distribution.request_lines import RequestLine
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.inquiries import ENDED_UNANSWERED, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import NO_SENTENCES
from opvangloket.rules.terms import days_left_words
from opvangloket.rules.wording import dutch_date
from opvangloket.web.family.mine.care import ending_words
from opvangloket.web.family.mine.words import possible_words
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.ui.components import (
    Act,
    AnswerGiven,
    AnswerKind,
    Chip,
    Choice,
    ChoiceKind,
    QuestionLine,
    QuestionRow,
    Tone,
    question_line,
)

_CHOICES = {
    OfferState.ACCEPTED: ChoiceKind.ACCEPTED,
    OfferState.DECLINED: ChoiceKind.DECLINED,
    OfferState.EXPIRED: ChoiceKind.EXPIRED,
    OfferState.WITHDRAWN: ChoiceKind.WITHDRAWN,
}


def question_rows(
    own: OwnRequest,
    lines: Sequence[RequestLine],
    *,
    today: date,
    desk_slug: str,
    unread: Mapping[UUID, int],
    talked: Collection[UUID],
    visitable: Collection[UUID],
) -> tuple[QuestionRow, ...]:
    """Return a row per location that is still in the list, or with which something happened before it was taken off.

    `unread` counts the messages that wait, `talked` holds the locations with a conversation, and `visitable` those
    where a visit can be booked or is.
    """
    shown = [
        line
        for line in lines
        if line.dropped_at is None or line.answers or line.placement or line.location_id in talked
    ]
    return tuple(
        replace(
            _row(own, line, today, desk_slug, unread, talked),
            more=(_visit(own, line, desk_slug),) if line.location_id in visitable else (),
        )
        for line in shown
    )


def conversation_url(own: OwnRequest, line: RequestLine, desk_slug: str) -> str:
    """Return where a family writes with a location."""
    address = {"desk": desk_slug, "reference": own.reference, "location": line.location_slug}
    return reverse("family:conversation", kwargs=address)


def _row(
    own: OwnRequest,
    line: RequestLine,
    today: date,
    desk_slug: str,
    unread: Mapping[UUID, int],
    talked: Collection[UUID],
) -> QuestionRow:
    chip, words = _what_now(line, today)
    label = _talk_label(line, unread.get(line.location_id, 0), talked)
    return QuestionRow(
        name=line.location_name,
        url=reverse("public:location", kwargs={"desk": desk_slug, "slug": line.location_slug}),
        note=_note(line),
        line=_line(own, line),
        chip=chip,
        next_words=words,
        act_label=label,
        act_url=conversation_url(own, line, desk_slug) if label else "",
    )


def _visit(own: OwnRequest, line: RequestLine, desk_slug: str) -> Act:
    address = {"desk": desk_slug, "reference": own.reference, "location": line.location_slug}
    return Act(label=_("Kom kennismaken"), url=reverse("family:visits", kwargs=address), about=line.location_name)


def _talk_label(line: RequestLine, unread: int, talked: Collection[UUID]) -> str:
    """Name the way to a conversation; empty where nothing was sent yet, or nobody writes and nobody wrote."""
    if unread:
        return ngettext("Lees %(count)s nieuw bericht", "Lees %(count)s nieuwe berichten", unread) % {"count": unread}
    if line.location_id in talked:
        return _("Lees het gesprek")
    running = line.sent_at and line.state not in ENDED_UNANSWERED
    return _("Schrijf een bericht") if running or line.placement else ""


def _note(line: RequestLine) -> str:
    return _("Van je lijst gehaald") if line.dropped_at else moving_words(line.moves)


def _line(own: OwnRequest, line: RequestLine) -> QuestionLine:
    answer = line.answer
    return question_line(
        asked_on=brussels_date(own.registered_at),
        sent_on=brussels_date(line.sent_at) if line.sent_at else None,
        seen_on=brussels_date(line.seen_at) if line.seen_at else None,
        answer=AnswerGiven(AnswerKind(answer.kind), brussels_date(answer.at)) if answer else None,
        choice=_choice(answer) if answer else None,
        placed_on=brussels_date(line.placement.agreed_at) if line.placement else None,
        closed_on=line.closed_on,
    )


def _choice(answer: GivenAnswer) -> Choice | None:
    offer = answer.offer
    if offer is None or offer.state is OfferState.OPEN:
        return None
    ended_on = brussels_date(offer.closed_at) if offer.closed_at else offer.reply_by_on
    return Choice(_CHOICES[offer.state], ended_on)


def _what_now(line: RequestLine, today: date) -> tuple[Chip | None, str]:
    """Return the mark and the sentence behind a line: what the family, the location or the desk does next."""
    if line.placement:
        if (ending := line.placement.care.ending) is not None:
            return Chip(_("Je opvang stopt") if ending.on > today else _("Gestopt")), ending_words(ending, today)
        start = dutch_date(line.placement.real_start_on)
        return Chip(_("Jouw plaats"), Tone.LEAF), _("Start op %(day)s.") % {"day": start}
    if offered := line.open_offer:
        assert offered.offer  # noqa: S101 - `open_offer` has one
        left = days_left_words(offered.offer.reply_by_on, today)
        return Chip(_("Voorstel: %(left)s") % {"left": left}, Tone.WARM), ""
    if answer := line.answer:
        return None, _after(answer)
    return _waiting(line, today)


def _after(answer: GivenAnswer) -> str:
    """Say what an answer that asks nothing of the family any more came down to."""
    if answer.reason:
        possible = possible_words(answer)
        return " ".join(
            words
            for words in (
                NO_SENTENCES[answer.reason],
                _("Wel mogelijk: %(what)s.") % {"what": possible} if possible else "",
            )
            if words
        )
    ended = {
        OfferState.ACCEPTED: _("Je nam deze plaats."),
        OfferState.DECLINED: _("Je liet deze plaats gaan."),
        OfferState.EXPIRED: _("De tijd om te kiezen is voorbij. Bel het loket als je nog wil."),
        OfferState.WITHDRAWN: _("Dit voorstel geldt niet meer."),
    }
    return ended.get(answer.offer.state, "") if answer.offer else ""


def _waiting(line: RequestLine, today: date) -> tuple[Chip | None, str]:
    match line.state:
        case InquiryState.SENT if line.due_on and line.overdue:
            return Chip(_("Te laat met antwoorden"), Tone.BRICK), _("Het loket vraagt het na.")
        case InquiryState.SENT if line.due_on:
            words = _("Antwoordt ten laatste op %(day)s.") % {"day": dutch_date(line.due_on, year=False)}
            return Chip(days_left_words(line.due_on, today).capitalize()), words
        case InquiryState.WAITING_RELEASE if line.send_from_on:
            return None, _("Krijgt je vraag op %(day)s.") % {"day": dutch_date(line.send_from_on)}
        case InquiryState.CLOSED_NO_ANSWER:
            return None, _("Gaf geen antwoord. Het loket sloot deze lijn.")
        case InquiryState.WITHDRAWN:
            return None, _("Hoeft niet meer te antwoorden.")
    return None, _("Krijgt je vraag na je bevestiging.")

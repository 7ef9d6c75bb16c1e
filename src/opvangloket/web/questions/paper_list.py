"""The open questions of a location on paper: to answer with a pen and hand in at the desk (SPEC §5).

A desk that prints the list for a location prints what the location itself would see, of its own questions only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.inbox.questions import AskedCare, OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox
from opvangloket.domains.providers.own_locations import AskingDesk, Tariff, asking_desks
from opvangloket.foundation.typesetting import typeset
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import WEEKDAYS, WEEKEND
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import NO_REASONS
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_date
from opvangloket.web.questions.asked_facts import TARIFF_WORDS, asked_items, contact_items
from opvangloket.web.questions.question_words import child_title, past_words

AT_ONCE: Final = 100
_TEMPLATE: Final = Path(__file__).resolve().parent / "paper_list.typ"
_HALVES: Final = (("vm", "voormiddag"), ("nm", "namiddag"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperList:
    """The questions that wait at one location, with the desks that asked; `more` did not fit in the list."""

    location_name: str
    desks: Sequence[AskingDesk]
    rows: Sequence[InboxRow]
    more: int
    made_at: datetime


def paper_list(location_id: UUID, name: str, *, now: datetime) -> PaperList:
    """Return the list of a location in the scope in force: its open questions, first due first."""
    today = brussels_date(now)
    found = inbox({location_id}, show=InboxFilter.OPEN, today=today, per_page=AT_ONCE)
    return PaperList(
        location_name=name,
        desks=_desks_of(found.rows, asking_desks([location_id], today=today)[location_id]),
        rows=found.rows,
        more=found.total - len(found.rows),
        made_at=now,
    )


def as_file(paper: PaperList, slug: str) -> HttpResponse:
    """Return the list as a tagged PDF (PDF/UA) that a browser shows and prints."""
    pdf = typeset(_TEMPLATE, _values(paper), made_at=paper.made_at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="open-vragen-{slug}-{brussels_date(paper.made_at)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def fit_words(row: InboxRow) -> str:
    """Say whether the question fits the free places; empty where the location keeps none here."""
    care = row.question.care
    if row.free is None:
        return ""
    if row.apart:
        return _("De dagen zijn vrij, maar niet op alle gevraagde uren.")
    if not care.leaves_choice:
        missing = care.needed - row.free
        return _("Geen plaats vrij op %(days)s.") % {"days": missing.words()} if missing else _("Dit past.")
    fitting = (care.needed | care.also) & row.free
    return _("Dit past.") if len(fitting) >= care.wanted_parts else _("Vrij: %(days)s.") % {"days": fitting.words()}


def _desks_of(rows: Iterable[InboxRow], desks: Sequence[AskingDesk]) -> tuple[AskingDesk, ...]:
    """Return the desks that sent these questions; without questions, the home desk."""
    asking = {row.question.desk_slug for row in rows}
    return tuple(desk for desk in desks if desk.slug in asking or (not asking and desk.is_home))


def _values(paper: PaperList) -> dict[str, Any]:
    today, count = brussels_date(paper.made_at), len(paper.rows)
    lead = ngettext("%(count)s vraag wacht op jouw antwoord.", "%(count)s vragen wachten op jouw antwoord.", count) % {
        "count": count
    }
    more = ngettext("Er wacht nog %(count)s andere vraag.", "Er wachten nog %(count)s andere vragen.", paper.more)
    several_desks = len(paper.desks) > 1
    return {
        "title": _("Open vragen: %(name)s") % {"name": paper.location_name},
        "author": " · ".join(desk.name for desk in paper.desks) or paper.location_name,
        "day": _("Zoals het was op %(day)s") % {"day": dutch_date(today)},
        "lead": lead if count else _("Er wachten geen vragen op jouw antwoord. Je hoeft niets te doen."),
        "more": more % {"count": paper.more} if paper.more else "",
        "desks": [{"name": desk.name, "ways": _handing_in(desk)} for desk in paper.desks],
        "questions": [_question(row, paper, several_desks=several_desks) for row in paper.rows],
        "reasons": list(NO_REASONS.labels.values()),
    }


def _handing_in(desk: AskingDesk) -> str:
    """Say where a filled in list can go, as far as the desk made that known."""
    ways = (
        (desk.counter, _("geef het blad af: %(where)s.")),
        (desk.email, _("mail een foto van het blad naar %(where)s.")),
        (desk.phone, _("bel je antwoorden door: %(where)s.")),
    )
    known = [words % {"where": where} for where, words in ways if where]
    return " ".join([*map(capfirst, known[:1]), *(_("Of %(way)s") % {"way": way} for way in known[1:])])


def _question(row: InboxRow, paper: PaperList, *, several_desks: bool) -> dict[str, Any]:
    question, today = row.question, brussels_date(paper.made_at)
    is_early = bool(question.may_answer) and AnswerKind.YES not in question.may_answer
    day = dutch_date(question.answer_from_on)
    return {
        "title": child_title(question),
        "reference": displayed(question.reference),
        "desk": question.desk_name if several_desks else "",
        "due": past_words(question, today),
        "facts": [[label, words] for label, words in _facts(question)],
        "fit": fit_words(row),
        "week": _week(question.care),
        "yes": _("Zoals gevraagd.") if not question.care.leaves_choice else _("Kruis hiernaast aan welke dagen."),
        "early": _("Een plaats voorstellen kan vanaf %(day)s.") % {"day": day} if is_early else "",
        "prices": [capfirst(str(TARIFF_WORDS[price])) for price in (Tariff.INCOME, Tariff.FREE)]
        if question.location_tariff is Tariff.MIXED
        else [],
    }


def _facts(question: OrganiserQuestion) -> Iterator[tuple[str, str]]:
    """Return what is asked and, as far as the desk shows it, by whom."""
    yield _("Dagen"), capfirst(question.care.needed.words())
    if question.care.also:
        yield _("Kan ook"), capfirst(question.care.also.words())
    items = (*asked_items(question), *(contact_items(question.family) if question.family else ()))
    for item in items:
        yield str(item.question), str(item.answer)
    if question.message:
        yield _("Het gezin schrijft"), " ".join(question.message.split())


def _week(care: AskedCare) -> dict[str, Any]:
    """Return the week that is asked, cell by cell; the weekend only where it is asked."""
    asked = care.needed | care.also
    days = [day for day in WEEKDAYS if day not in WEEKEND or day in asked.weekdays]
    marks = {**dict.fromkeys(care.also.codes, "also"), **dict.fromkeys(care.needed.codes, "needed")}
    halves = [[half, [marks.get(f"{day}_{code}", "") for day in days]] for code, half in _HALVES]
    return {"days": days, "halves": halves}

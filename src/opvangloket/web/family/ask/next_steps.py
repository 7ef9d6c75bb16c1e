"""What happens after sending, with dates: the same words before the address is proved and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.asking.sending import SendingDates, sending_dates
from opvangloket.domains.requests.submitted import Submission
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.wording import dutch_date, dutch_list


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: its words, and whether it lies behind us."""

    words: str
    is_done: bool = False


def next_steps(submission: Submission, procedure: Procedure, *, today: date) -> tuple[NextStep, ...]:
    """Return what happens next, in order; dates hold when the address is proved today."""
    return (_first(submission, procedure), *_sending(submission, procedure, today), _choosing(procedure))


def dates_of(submission: Submission, procedure: Procedure, *, today: date) -> dict[SendingDates, tuple[str, ...]]:
    """Return the dates of the submission, each with the children that they are about."""
    found: dict[SendingDates, tuple[str, ...]] = {}
    for request in submission.requests:
        dates = sending_dates(procedure, start_on=request.start_on, today=today)
        found[dates] = (*found.get(dates, ()), request.child_first_name or _("je kind"))
    return found


def _first(submission: Submission, procedure: Procedure) -> NextStep:
    if submission.is_proved:
        return NextStep(_("Je vraag en je adres zijn in orde."), is_done=True)
    if submission.email:
        return NextStep(_("Vandaag: je bevestigt je e-mailadres met de code."))
    days = procedure.verify_within_days
    words = ngettext("Binnen %(days)s dag belt het loket je.", "Binnen %(days)s dagen belt het loket je.", days)
    return NextStep(words % {"days": days})


def _sending(submission: Submission, procedure: Procedure, today: date) -> Iterator[NextStep]:
    groups = dates_of(submission, procedure, today=today)
    for dates, names in groups.items():
        about = _("Voor %(names)s: ") % {"names": dutch_list(names)} if len(groups) > 1 else ""
        yield NextStep(about + _sent_words(submission, dates, today), is_done=_is_sent(submission, dates, today))
        if dates.answer_from_on > dates.send_on:
            day = dutch_date(dates.answer_from_on)
            yield NextStep(about + _("Vanaf %(day)s kunnen ze een plaats voorstellen.") % {"day": day})
        yield NextStep(about + _("Ten laatste op %(day)s antwoorden ze.") % {"day": dutch_date(dates.due_on)})


def _is_sent(submission: Submission, dates: SendingDates, today: date) -> bool:
    return submission.is_proved and dates.send_on <= today


def _sent_words(submission: Submission, dates: SendingDates, today: date) -> str:
    count = len(submission.location_names)
    where = ngettext("%(count)s opvang", "%(count)s opvanglocaties", count) % {"count": count}
    if dates.send_on > today:
        return _("Op %(day)s gaat je vraag naar %(where)s.") % {"day": dutch_date(dates.send_on), "where": where}
    if submission.is_proved:
        return _("Je vraag ligt bij %(where)s.") % {"where": where}
    return _("Meteen daarna gaat je vraag naar %(where)s.") % {"where": where}


def _choosing(procedure: Procedure) -> NextStep:
    days = procedure.reply_by_days
    words = ngettext(
        "Krijg je een voorstel? Dan kies je meestal binnen %(days)s dag.",
        "Krijg je een voorstel? Dan kies je meestal binnen %(days)s dagen.",
        days,
    )
    return NextStep(words % {"days": days})

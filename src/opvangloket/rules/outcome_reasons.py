"""Why a request has its outcome, in short Dutch sentences for the desk that opens a number of its report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from opvangloket.rules.outcomes import Ground, Outcome, OutcomeResult
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.wording import count_words, dutch_date

OUTCOME_LABELS: Final[Mapping[Outcome, str]] = {
    Outcome.ANSWERED: "beantwoord",
    Outcome.PARTLY_LATER: "deels onbeantwoord: later gestart",
    Outcome.PARTLY_FEWER: "deels onbeantwoord: minder dagen",
    Outcome.PARTLY_BOTH: "deels onbeantwoord: later gestart en minder dagen",
    Outcome.UNANSWERED_NO_OFFER: "onbeantwoord, zonder voorstel",
    Outcome.UNANSWERED_DECLINED: "onbeantwoord, met een voorstel",
    Outcome.FOUND_ELSEWHERE: "elders gevonden",
    Outcome.LAPSED: "vervallen",
    Outcome.UNKNOWN: "onbekend",
}
NOT_COUNTED_LABEL: Final = "telt niet mee"

_REASONS: Final[Mapping[Ground, str]] = {
    Ground.MERGED_INTO: "De vraag is samengevoegd met een andere vraag.",
    Ground.NOT_GENUINE: "De vraag was niet echt.",
    Ground.PLACED_BEFORE_DESK: "De organisator plaatste het kind zelf, voor een locatie antwoordde.",
    Ground.FOUND_ELSEWHERE: "Het gezin vond elders opvang.",
    Ground.LAPSED: "De opvang is niet meer nodig.",
    Ground.WITHDRAWN: "Het gezin trok de vraag in. De reden is niet bekend.",
    Ground.SEARCH_ENDED: "De zoektocht stopte zonder plaats.",
    Ground.OFFER_OPEN: "Er is een voorstel zonder antwoord van het gezin.",
    Ground.STILL_SEARCHING: "Na de gevraagde start zei het gezin dat het nog geen opvang heeft.",
    Ground.NOTHING_SURE: "Het loket weet niet zeker of het gezin opvang heeft.",
}
_UNANSWERED_REASONS: Final[Mapping[Outcome, str]] = {
    Outcome.UNANSWERED_NO_OFFER: "Geen enkele locatie deed een voorstel dat bleef staan.",
    Outcome.UNANSWERED_DECLINED: "Het gezin kreeg een voorstel, maar nam het niet.",
}


def outcome_label(result: OutcomeResult) -> str:
    """Name the outcome in a few words, for a list or a heading."""
    return OUTCOME_LABELS[result.outcome] if result.outcome else NOT_COUNTED_LABEL


def outcome_reasons(result: OutcomeResult) -> tuple[str, ...]:
    """Tell step by step why the request has its outcome: what was asked, what was agreed, what followed from it."""
    if result.ground is Ground.PLACED:
        return (*_asked(result), *_agreed(result), *_compared(result))
    if result.outcome and result.unanswered:
        return (*_asked(result), _REASONS[result.ground], _UNANSWERED_REASONS[result.outcome])
    return (*_asked(result), _REASONS[result.ground])


def _asked(result: OutcomeResult) -> tuple[str, ...]:
    original = result.original
    words = WeekPattern(original.pattern).words()
    if original.parts_wanted is not None:
        wanted = count_words(original.parts_wanted, "halve dag", "halve dagen")
        words = f"{wanted} per week, te kiezen uit {words}"
    return (f"Gevraagd: vanaf {dutch_date(original.start_on)}.", f"Gevraagd: {words}.")


def _agreed(result: OutcomeResult) -> tuple[str, ...]:
    if result.placed_start is None or result.placed_pattern is None:
        return ()
    return (
        f"Afgesproken: vanaf {dutch_date(result.placed_start)}.",
        f"Afgesproken: {WeekPattern(result.placed_pattern).words()}.",
    )


def _compared(result: OutcomeResult) -> tuple[str, ...]:
    found = []
    if result.partly_later:
        found.append("De opvang start minstens één maand later dan gevraagd.")
    if result.partly_fewer:
        found.append("Het zijn minder dagen of halve dagen dan gevraagd.")
    return tuple(found) or ("De opvang start op tijd, op genoeg dagen.",)

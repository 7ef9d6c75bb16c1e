"""The outcome in words: every ground has its sentence, and a placement shows what was asked and agreed."""

from datetime import date

import pytest
from tests.rules.stories import case, parts

from opvangloket.rules.outcome_reasons import NOT_COUNTED_LABEL, outcome_label, outcome_reasons
from opvangloket.rules.outcomes import Ground, outcome_as_of

AS_OF = date(2025, 2, 28)
STORIES = {
    Ground.MERGED_INTO: "2024-04-01 merged_into reason=R2",
    Ground.NOT_GENUINE: "2024-04-01 not_genuine",
    Ground.PLACED_BEFORE_DESK: "2024-04-01 placed_directly A",
    Ground.PLACED: "2024-04-01 answered_yes A\n2024-04-02 offer_accepted A",
    Ground.FOUND_ELSEWHERE: "2024-04-01 found_elsewhere",
    Ground.LAPSED: "2024-04-01 lapsed reason=verhuisd",
    Ground.WITHDRAWN: "2024-04-01 withdrawn",
    Ground.SEARCH_ENDED: "2024-04-01 search_ended",
    Ground.OFFER_OPEN: "2024-04-01 answered_yes A",
    Ground.STILL_SEARCHING: "2024-10-01 still_searching",
    Ground.NOTHING_SURE: "2024-04-01 answered_no A reason=volzet",
}


def told(story: str, **facts: object) -> tuple[str, ...]:
    return outcome_reasons(outcome_as_of(case(story, **facts), AS_OF))


@pytest.mark.parametrize("ground", Ground)
def test_every_ground_is_told_in_short_sentences_after_what_was_asked(ground: Ground) -> None:
    facts = {"desk_mode": "desk_only", "channel": "organiser"} if ground is Ground.PLACED_BEFORE_DESK else {}
    result = outcome_as_of(case(STORIES[ground], **facts), AS_OF)
    assert result.ground is ground
    asked_from, asked_days, *why = outcome_reasons(result)
    assert (asked_from, asked_days) == (
        "Gevraagd: vanaf zondag 1 september 2024.",
        "Gevraagd: maandag en dinsdag hele dag.",
    )
    assert why
    assert all(len(sentence.split()) <= 20 for step in why for sentence in step.removesuffix(".").split(". "))
    assert (outcome_label(result) == NOT_COUNTED_LABEL) is (not result.counted)


def test_a_late_and_smaller_place_shows_both() -> None:
    assert told("2024-04-01 placed_directly A start=2024-11-04 parts=ma|wo_vm", pattern=parts("ma|di")) == (
        "Gevraagd: vanaf zondag 1 september 2024.",
        "Gevraagd: maandag en dinsdag hele dag.",
        "Afgesproken: vanaf maandag 4 november 2024.",
        "Afgesproken: maandag hele dag, woensdag voormiddag.",
        "De opvang start minstens één maand later dan gevraagd.",
        "Het zijn minder dagen of halve dagen dan gevraagd.",
    )


def test_any_days_are_told_as_such() -> None:
    assert told("2024-04-01 placed_directly A parts=ma", pattern=parts("ma|di|wo"), parts_wanted=2)[1:] == (
        "Gevraagd: 2 halve dagen per week, te kiezen uit maandag, dinsdag en woensdag hele dag.",
        "Afgesproken: vanaf zondag 1 september 2024.",
        "Afgesproken: maandag hele dag.",
        "De opvang start op tijd, op genoeg dagen.",
    )


def test_unanswered_tells_whether_there_was_an_offer() -> None:
    ended = "2024-10-01 search_ended"
    assert told(ended)[-1] == "Geen enkele locatie deed een voorstel dat bleef staan."
    declined = f"2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n{ended}"
    assert told(declined)[-1] == "Het gezin kreeg een voorstel, maar nam het niet."

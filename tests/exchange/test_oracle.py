"""Worked examples of one request's outcome: what the text says, an example by hand, what must come out."""

from datetime import date
from typing import Any

import pytest
from tests.exchange.outcomes import events_up_to, original_of, outcome_as_of
from tests.exchange.worked import ACCEPTED, AS_OF, DIRECT, ENDED, YES, asked


def outcome(*events: str, as_of: date = AS_OF, mode: str = "central", **changes: Any) -> str | None:
    return outcome_as_of(asked(*events, **changes), as_of, mode)


# Every example: the clause, the events, the outcome.
EXAMPLES = {
    "6: otherwise unknown": ((), "unknown"),
    "up to D: the last second of 28 February in Brussels": (("2025-02-28T22:59:59Z lapsed",), "lapsed"),
    "up to D: 00:00 Brussels time on D + 1 is too late": (("2025-02-28T23:00:00Z lapsed",), "unknown"),
    "up to D: the offset written does not matter": (("2025-03-01T11:59:59+13:00 lapsed",), "lapsed"),
    "events are read in order of the instant": ((ACCEPTED, YES), "answered"),
    "equal instants keep file order: reopened after it": (
        ("2024-10-01T10:00Z lapsed", "2024-10-01T11:00+01:00 reopened"),
        "unknown",
    ),
    "equal instants keep file order: reopened before it": (
        ("2024-10-01T11:00+01:00 reopened", "2024-10-01T10:00Z lapsed"),
        "lapsed",
    ),
    "1: merged, also when reopened comes after it": (
        ("2024-05-01T10:00Z merged_into", "2024-05-02T10:00Z reopened"),
        None,
    ),
    "1: not genuine, also when placed": ((DIRECT, "2024-05-01T10:00Z not_genuine"), None),
    "2: as originally asked": ((YES, ACCEPTED), "answered"),
    "2: one day short of one month later": (
        ("2024-03-01T10:00Z answered_yes L1 2024-10-01", ACCEPTED),
        "answered",
    ),
    "2: exactly one calendar month later": (
        ("2024-03-01T10:00Z answered_yes L1 2024-10-02", ACCEPTED),
        "partly_later",
    ),
    "2: fewer day parts on as many weekdays": (
        ("2024-03-01T10:00Z answered_alternative L1 2024-09-02 ma_vm|di_vm|di_nm", ACCEPTED),
        "partly_fewer",
    ),
    "2: as many day parts on other weekdays": (
        ("2024-03-01T10:00Z answered_alternative L1 2024-09-02 wo_vm|wo_nm|do_vm|do_nm", ACCEPTED),
        "answered",
    ),
    "2: both": (
        ("2024-03-01T10:00Z answered_alternative L1 2024-11-01 ma_vm", ACCEPTED),
        "partly_both",
    ),
    "2: earliest start and union of two placements": (
        (
            "2024-03-01T10:00Z placed_directly L1 2024-11-01 ma_vm|ma_nm",
            "2024-03-01T11:00Z placed_directly L2 2024-09-02 di_vm|di_nm",
        ),
        "answered",
    ),
    "2: a later offer_* on the same offer leaves the placement standing": (
        (YES, ACCEPTED, "2024-04-01T10:00Z offer_withdrawn L1"),
        "answered",
    ),
    "2: concerns the latest offer of that location before it": (
        ("2024-02-01T10:00Z answered_alternative L1 2024-12-01 ma_vm", YES, ACCEPTED),
        "answered",
    ),
    "2: confirmed start replaces the agreed one": (
        (DIRECT, "2024-10-10T10:00Z start_confirmed L1 2024-10-02"),
        "partly_later",
    ),
    "2: only the last confirmation counts, its empty fields = as agreed": (
        (DIRECT, "2024-10-10T10:00Z start_confirmed L1 2024-10-02", "2024-10-11T10:00Z start_confirmed L1"),
        "answered",
    ),
    "2: a confirmation without location concerns the latest placement of all": (
        (
            "2024-03-01T10:00Z placed_directly L1 2024-09-02 ma_vm|ma_nm",
            "2024-03-02T10:00Z placed_directly L2 2024-09-02 di_vm|di_nm",
            "2024-09-05T10:00Z start_confirmed 2024-09-02 di_vm",
        ),
        "partly_fewer",
    ),
    "2: … also when that one is undone": (
        (
            "2024-03-01T10:00Z placed_directly L1 2024-03-01",
            "2024-03-02T10:00Z placed_directly L2",
            "2024-04-01T10:00Z reopened",
            "2024-09-05T10:00Z start_confirmed 2024-12-01",
        ),
        "answered",
    ),
    "2: care that had not started is undone": ((DIRECT, "2024-08-01T10:00Z search_ended"), "unanswered_no_offer"),
    "2: care that had started is not undone": ((DIRECT, "2024-09-02T10:00Z search_ended"), "answered"),
    "2: undone by that event's Brussels date": ((DIRECT, "2024-09-01T22:00Z found_elsewhere"), "answered"),
    "2: undone one second before that date": ((DIRECT, "2024-09-01T21:59:59Z found_elsewhere"), "found_elsewhere"),
    "2: the start as confirmed later decides what was undone": (
        (DIRECT, "2024-08-01T10:00Z lapsed", "2024-08-20T10:00Z start_confirmed L1 2024-08-01"),
        "answered",
    ),
    "2: a placement made after the reopening stands": (
        (DIRECT, "2024-04-01T10:00Z reopened", "2024-04-02T10:00Z placed_directly L2"),
        "answered",
    ),
    "2: a correction reaches placements made before it": (
        ("2024-03-01T10:00Z placed_directly L1 2024-11-01", "2024-05-01T10:00Z corrected 2024-10-15"),
        "answered",
    ),
    "3: the latest closing counts": (
        ("2024-10-01T10:00Z lapsed", "2024-10-02T10:00Z found_elsewhere"),
        "found_elsewhere",
    ),
    "3: withdrawn → unknown": (("2024-10-01T10:00Z search_ended", "2024-10-02T10:00Z withdrawn"), "unknown"),
    "3: unless a reopened comes after it": ((ENDED, "2024-10-02T10:00Z reopened"), "unknown"),
    "4: an open offer goes before still searching": ((YES, "2024-10-01T10:00Z still_searching"), "unknown"),
    "4: answered_no does not close an offer": (
        (YES, "2024-03-05T10:00Z answered_no L1", "2024-10-01T10:00Z still_searching"),
        "unknown",
    ),
    "4: expired closes it; 5: unanswered, an offer was given": (
        (YES, "2024-03-05T10:00Z offer_expired L1", "2024-10-01T10:00Z still_searching"),
        "unanswered_declined",
    ),
    "4: an offer_* of another location does not close it": (
        (
            YES,
            "2024-03-02T10:00Z answered_yes L2",
            "2024-03-05T10:00Z offer_declined L2",
            "2024-10-01T10:00Z still_searching",
        ),
        "unknown",
    ),
    "5: on the original start": (("2024-09-01T22:00Z still_searching",), "unanswered_no_offer"),
    "5: the day before the original start": (("2024-09-01T21:59Z still_searching",), "unknown"),
    "5: with no reopened after it": (("2024-09-10T10:00Z still_searching", "2024-09-11T10:00Z reopened"), "unknown"),
    "unanswered: its location withdrew the only offer": (
        (YES, "2024-03-05T10:00Z offer_withdrawn L1", ENDED),
        "unanswered_no_offer",
    ),
    "unanswered: the location withdrew only its second offer": (
        (YES, "2024-03-05T10:00Z answered_yes L1", "2024-03-06T10:00Z offer_withdrawn L1", ENDED),
        "unanswered_declined",
    ),
    "unanswered: the offer was given before a reopened": (
        (YES, "2024-03-05T10:00Z offer_declined L1", "2024-04-01T10:00Z reopened", ENDED),
        "unanswered_declined",
    ),
    "unanswered: placed_directly is no offer": (
        (DIRECT, "2024-04-01T10:00Z reopened", ENDED),
        "unanswered_no_offer",
    ),
}


@pytest.mark.parametrize(("events", "expected"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_outcome(events: tuple[str, ...], expected: str | None) -> None:
    assert outcome(*events) == expected


def test_an_organisers_own_placement_is_not_counted_in_a_desk_only_desk() -> None:
    undone = (DIRECT, "2024-04-01T10:00Z reopened")
    answered_first = ("2024-02-01T10:00Z answered_no L2", DIRECT)
    answered_later = (DIRECT, "2024-04-02T10:00Z answered_no L2")
    assert outcome(DIRECT, mode="desk_only", channel="organiser") is None
    assert outcome(*undone, mode="desk_only", channel="organiser") is None
    assert outcome(*answered_later, mode="desk_only", channel="organiser") is None
    assert outcome(*answered_first, mode="desk_only", channel="organiser") == "answered"
    assert outcome(DIRECT, mode="desk_only", channel="counter") == "answered"
    assert outcome(DIRECT, mode="central", channel="organiser") == "answered"
    assert outcome(DIRECT, mode="desk_only", channel="organiser", as_of=date(2024, 2, 1)) == "unknown"


def test_parts_wanted_asks_for_fewer_parts_and_half_as_many_weekdays_rounded_up() -> None:
    five_mornings = frozenset({"ma_vm", "di_vm", "wo_vm", "do_vm", "vr_vm"})
    one_whole_day_and_a_half = "2024-03-01T10:00Z placed_directly L1 2024-09-02 ma_vm|ma_nm|di_vm"
    three_parts_of_one_day_and_a_half = "2024-03-01T10:00Z placed_directly L1 2024-09-02 ma_vm|ma_nm"
    # 3 / 2 rounded up = 2 weekdays, fewer than the 5 of the pattern
    assert outcome(one_whole_day_and_a_half, pattern=five_mornings, parts_wanted=3) == "answered"
    assert outcome(three_parts_of_one_day_and_a_half, pattern=five_mornings, parts_wanted=3) == "partly_fewer"
    assert outcome(one_whole_day_and_a_half, pattern=five_mornings) == "partly_fewer"
    # the number of weekdays of the pattern is the smaller: 1, not 2
    monday = frozenset({"ma_vm", "ma_nm"})
    assert outcome("2024-03-01T10:00Z placed_directly L1 ma_vm|ma_nm", pattern=monday, parts_wanted=2) == "answered"
    # more wanted than the pattern has parts
    assert outcome(DIRECT, pattern=monday, parts_wanted=3) == "partly_fewer"


def test_a_corrected_pattern_ends_parts_wanted_and_a_corrected_start_does_not() -> None:
    mornings = "2024-03-01T10:00Z placed_directly L1 2024-09-02 ma_vm|di_vm"
    assert outcome(mornings, parts_wanted=2) == "answered"
    assert outcome(mornings, "2024-04-01T10:00Z corrected 2024-09-03", parts_wanted=2) == "answered"
    corrected = "2024-04-01T10:00Z corrected ma_vm|di_vm|wo_vm"
    assert outcome(mornings, corrected, parts_wanted=2) == "partly_fewer"


def test_one_month_after_the_last_day_of_january_is_the_last_of_february() -> None:
    in_leap_year: dict[str, Any] = {"start_on": date(2024, 1, 31), "as_of": AS_OF}
    assert outcome("2024-01-01T10:00Z placed_directly L1 2024-02-28", **in_leap_year) == "answered"
    assert outcome("2024-01-01T10:00Z placed_directly L1 2024-02-29", **in_leap_year) == "partly_later"


def test_each_field_is_replaced_by_the_last_correction_that_fills_it() -> None:
    request = asked(
        "2024-02-01T10:00Z corrected 2024-10-01 wo_vm",
        "2024-02-02T10:00Z corrected 2024-11-01",
        "2025-03-05T10:00Z corrected 2024-12-01",
    )
    original = original_of(request, events_up_to(request, AS_OF))
    assert (original.start, original.pattern) == (date(2024, 11, 1), frozenset({"wo_vm"}))


def test_an_event_that_concerns_nothing_is_a_row_error() -> None:
    with pytest.raises(ValueError, match="without an offer of L2"):
        outcome(YES, "2024-03-02T10:00Z offer_accepted L2")
    with pytest.raises(ValueError, match="without a placement"):
        outcome("2024-03-01T10:00Z start_confirmed L1", DIRECT.replace("10:00Z", "11:00Z"))

"""Events: the order in which they are read, and what each row needs (EXCHANGE.md, `events.csv`)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.stories import event, events, moment

from opvangloket.rules.case_events import (
    EventFact,
    EventKind,
    EventProblem,
    ProblemCode,
    event_problem,
    event_problems,
    in_reading_order,
)

# The column "needs" of the table, typed over from EXCHANGE.md.
NEEDS = {
    "answered_yes": {"location"},
    "answered_alternative": {"location", "start_on", "pattern"},
    "answered_no": {"location", "reason"},
    "offer_accepted": {"location"},
    "offer_declined": {"location"},
    "offer_expired": {"location"},
    "offer_withdrawn": {"location"},
    "placed_directly": {"location"},
    "lapsed": {"reason"},
    "merged_into": {"reason"},
}
BEFORE = events("2024-04-01 answered_yes A\n2024-04-02 offer_accepted A")
COMPLETE = "2024-05-01 {kind} A start=2024-09-01 parts=ma reason=R2"


def test_every_kind_of_the_exchange_format_exists() -> None:
    assert {kind.value for kind in EventKind} == set(NEEDS) | {
        "start_confirmed",
        "still_searching",
        "search_ended",
        "found_elsewhere",
        "withdrawn",
        "reopened",
        "corrected",
        "not_genuine",
    }


class TestReadingOrder:
    def test_rows_are_read_by_instant_whatever_their_time_zone(self) -> None:
        noon_in_brussels, before_noon = event("2024-04-01T12:00 reopened"), event("2024-04-01T09:59Z lapsed")
        assert in_reading_order([noon_in_brussels, before_noon]) == (before_noon, noon_in_brussels)

    def test_the_hour_that_comes_twice_is_read_in_its_real_order(self) -> None:
        first = EventFact(moment("2024-10-27T02:45"), EventKind.LAPSED)
        second = EventFact(moment("2024-10-27T02:15").replace(fold=1), EventKind.REOPENED)
        assert in_reading_order([second, first]) == (first, second)

    def test_the_sequence_number_breaks_equal_instants(self) -> None:
        late, early = event("2024-04-01 reopened")._replace(seq=2), event("2024-04-01 lapsed")._replace(seq=1)
        assert in_reading_order([late, early]) == (early, late)

    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(EventKind))))
    def test_equal_instants_keep_the_order_of_the_rows(self, rows: list[tuple[int, EventKind]]) -> None:
        facts = [EventFact(moment("2024-04-01") + timedelta(hours=hour), kind) for hour, kind in rows]
        read = in_reading_order(facts)
        for hour in range(4):
            at = moment("2024-04-01") + timedelta(hours=hour)
            assert [fact.kind for fact in read if fact.at == at] == [kind for other, kind in rows if other == hour]
        assert list(read) == sorted(read, key=lambda fact: fact.at)


class TestNeeds:
    @pytest.mark.parametrize("kind", EventKind)
    def test_a_complete_row_is_accepted(self, kind: EventKind) -> None:
        assert event_problem(BEFORE, event(COMPLETE.format(kind=kind))) is None

    @pytest.mark.parametrize("column", ["location", "start_on", "pattern", "reason"])
    @pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.CORRECTED])
    def test_a_row_needs_its_own_columns_and_no_other(self, kind: EventKind, column: str) -> None:
        problem = event_problem(BEFORE, event(COMPLETE.format(kind=kind))._replace(**{column: None}))
        if column in NEEDS.get(kind, set()):
            assert problem
            assert (problem.code, problem.column) == (ProblemCode.FIELD_MISSING, column)
            assert kind in problem.wrong
        else:
            assert problem is None

    def test_a_correction_needs_a_start_or_a_pattern(self) -> None:
        assert event_problem((), event("2024-05-01 corrected start=2024-09-01")) is None
        assert event_problem((), event("2024-05-01 corrected parts=ma")) is None
        problem = event_problem((), event("2024-05-01 corrected reason=typfout"))
        assert problem
        assert problem.code is ProblemCode.NOTHING_CORRECTED

    def test_an_empty_text_is_as_good_as_nothing(self) -> None:
        problem = event_problem((), event("2024-05-01 lapsed")._replace(reason=""))
        assert problem
        assert problem.column == "reason"


class TestOfferBefore:
    ENDINGS = ["offer_accepted", "offer_declined", "offer_expired", "offer_withdrawn"]

    @pytest.mark.parametrize("kind", ENDINGS)
    @pytest.mark.parametrize(
        "before",
        [
            "2024-04-01 answered_no A reason=volzet",
            "2024-04-01 answered_yes B",
            "2024-04-01 placed_directly A",
            "2024-05-01T12:01 answered_yes A",
        ],
    )
    def test_an_ending_without_an_offer_of_that_location_before_it_is_refused(self, kind: str, before: str) -> None:
        story = in_reading_order(events(f"2024-05-01T12:00 {kind} A\n{before}"))
        [(position, problem)] = event_problems(story)
        assert story[position].kind == kind
        assert problem.code is ProblemCode.NO_OFFER_BEFORE

    @pytest.mark.parametrize("kind", ENDINGS)
    @pytest.mark.parametrize("offer", ["answered_yes A", "answered_alternative A start=2024-09-01 parts=ma"])
    def test_an_offer_before_it_is_enough_also_one_that_ended(self, kind: str, offer: str) -> None:
        story = events(f"2024-04-01 {offer}\n2024-04-02 offer_declined A\n2024-04-02 {kind} A")
        assert event_problems(story) == ()

    def test_at_the_same_instant_the_offer_stands_in_the_row_above(self) -> None:
        assert event_problems(events("2024-04-01 answered_yes A\n2024-04-01 offer_declined A")) == ()
        assert event_problems(events("2024-04-01 offer_declined A\n2024-04-01 answered_yes A")) != ()


class TestPlacementBefore:
    @pytest.mark.parametrize(
        "before",
        ["2024-04-01 answered_yes A\n2024-04-01 offer_accepted A", "2024-04-01 placed_directly A"],
    )
    @pytest.mark.parametrize("where", ["", " A"])
    def test_a_confirmation_concerns_a_placement_before_it(self, before: str, where: str) -> None:
        assert event_problems(events(f"{before}\n2024-04-02 reopened\n2024-09-02 start_confirmed{where}")) == ()

    @pytest.mark.parametrize(
        "story",
        [
            "2024-09-02 start_confirmed",
            "2024-09-02 start_confirmed A",
            "2024-04-01 placed_directly B\n2024-09-02 start_confirmed A",
            "2024-04-01 answered_yes A\n2024-09-02 start_confirmed A",
            "2024-09-02 start_confirmed\n2024-09-02 placed_directly A",
        ],
    )
    def test_without_one_it_is_refused(self, story: str) -> None:
        [(_, problem)] = event_problems(events(story))
        assert problem.code is ProblemCode.NO_PLACEMENT_BEFORE

    def test_a_refused_acceptance_is_told_once(self) -> None:
        [(position, problem)] = event_problems(events("2024-04-01 offer_accepted A\n2024-09-02 start_confirmed A"))
        assert (position, problem.code) == (0, ProblemCode.NO_OFFER_BEFORE)


def all_problems() -> list[EventProblem]:
    bare = [event_problem((), EventFact(moment("2024-05-01"), kind)) for kind in EventKind]
    placed_nowhere = event_problem((), event("2024-05-01 start_confirmed A"))
    offered_nowhere = event_problem((), event("2024-05-01 offer_declined A"))
    incomplete = event_problem((), event("2024-05-01 answered_alternative A start=2024-09-01"))
    undated = event_problem((), event("2024-05-01 answered_alternative A"))
    return [found for found in (*bare, placed_nowhere, offered_nowhere, incomplete, undated) if found]


@pytest.mark.parametrize("problem", all_problems(), ids=lambda problem: f"{problem.code} {problem.column}")
def test_each_problem_says_what_is_wrong_and_what_to_do_in_short_sentences(problem: EventProblem) -> None:
    for sentence in (problem.wrong, problem.now):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert len(sentence.split()) <= 20

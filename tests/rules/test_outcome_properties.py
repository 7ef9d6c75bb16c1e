"""Outcomes over generated requests: equal to a second reading of the rules, and steady where nothing was said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.outcome_oracle import expected_outcome

from opvangloket.rules.case_events import EventFact, EventKind, in_reading_order
from opvangloket.rules.case_facts import CaseFacts, Channel
from opvangloket.rules.outcomes import outcome_as_of
from opvangloket.rules.periods import end_of_brussels_day
from opvangloket.rules.procedure import DeskMode

AS_OF = date(2024, 2, 29)
# Few days, few locations and few patterns, so that events meet: same instants, same offers, starts on the edge.
DAYS = st.dates(date(2024, 1, 29), date(2024, 3, 2))
STARTS = st.sampled_from([date(2024, 1, 29) + timedelta(days=days) for days in (0, 1, 2, 3, 12, 29, 30, 31, 32, 33)])
MOMENTS = st.builds(
    lambda day, hours: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours),
    DAYS,
    st.sampled_from([0, 9, 22, 23]),
)
PATTERNS = st.sampled_from([0b1, 0b11, 0b1111, 0b0101, 0b111111, 0b11 << 10])
LOCATIONS = st.sampled_from(["A", "B"])
KINDS = st.sampled_from([kind for kind in EventKind for _ in range(1 if kind in ("merged_into", "not_genuine") else 6)])


@st.composite
def event_facts(draw: st.DrawFn) -> EventFact:
    kind = draw(KINDS)
    wants_no_location = kind in ("start_confirmed", "still_searching", "reopened") and draw(st.booleans())
    return EventFact(
        at=draw(MOMENTS),
        kind=kind,
        location=None if wants_no_location else draw(LOCATIONS),
        start_on=draw(st.none() | STARTS),
        pattern=draw(st.none() | PATTERNS),
        reply_by_on=draw(st.none() | DAYS),
    )


CASES = st.builds(
    CaseFacts,
    key=st.just("R1"),
    desk_mode=st.sampled_from(DeskMode),
    channel=st.sampled_from([Channel.ORGANISER, Channel.ONLINE]),
    registered_at=MOMENTS,
    start_on=STARTS,
    pattern=PATTERNS,
    parts_wanted=st.none() | st.integers(1, 7),
    events=st.lists(event_facts(), max_size=9).map(in_reading_order),
)


@settings(max_examples=600)
@given(CASES, st.sampled_from([AS_OF, date(2024, 2, 10), date(2024, 3, 31)]))
def test_two_readings_of_the_rules_agree(case: CaseFacts, as_of: date) -> None:
    assert outcome_as_of(case, as_of).outcome == expected_outcome(case, as_of)


@given(CASES, st.lists(event_facts(), max_size=4))
def test_what_happens_after_the_date_changes_nothing(case: CaseFacts, more: list[EventFact]) -> None:
    after = [event._replace(at=event.at + timedelta(days=60)) for event in more]
    assert min([event.at for event in after], default=end_of_brussels_day(AS_OF)) >= end_of_brussels_day(AS_OF)
    extended = replace(case, events=in_reading_order([*case.events, *after]))
    assert outcome_as_of(extended, AS_OF) == outcome_as_of(case, AS_OF)


@given(CASES)
def test_only_what_is_said_counts_not_the_names_of_the_locations(case: CaseFacts) -> None:
    swapped = {"A": "B", "B": "A", None: None}
    renamed = replace(case, events=tuple(e._replace(location=swapped[e.location]) for e in case.events))
    assert outcome_as_of(renamed, AS_OF) == outcome_as_of(case, AS_OF)


@given(CASES)
def test_answers_of_no_move_nothing_but_the_organisers_own_family(case: CaseFacts) -> None:
    central = replace(case, desk_mode=DeskMode.CENTRAL)
    without_no = replace(central, events=tuple(e for e in case.events if e.kind is not EventKind.ANSWERED_NO))
    assert outcome_as_of(without_no, AS_OF) == outcome_as_of(central, AS_OF)

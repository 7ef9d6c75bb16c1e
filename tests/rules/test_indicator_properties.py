"""The annual report over generated cases: equal to a second count, and its rows add up."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.report_oracle import expected_csv

from opvangloket.rules.case_events import EventFact, EventKind, in_reading_order
from opvangloket.rules.case_facts import CaseFacts, Channel
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.indicators import annual_report, as_csv, counted_case, report_frame
from opvangloket.rules.municipalities import Merger
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours
from opvangloket.rules.procedure import DeskMode, ReportRow

# Every merger of 2019 and 2025 that these six municipalities know (Statbel).
MERGERS = (
    ("2019-01-01", "44011", "44083"),
    ("2019-01-01", "44049", "44083"),
    ("2025-01-01", "11002", "11002"),
    ("2025-01-01", "11007", "11002"),
)
NAMES = {
    "11002": "Antwerpen",
    "11007": "Borsbeek",
    "44011": "Deinze",
    "44049": "Nevele",
    "44083": "Deinze",
    "41048": "Ninove",
}
CODES = st.sampled_from(sorted(NAMES))
YEARS = st.integers(2018, 2025)


@st.composite
def days_around(draw: st.DrawFn, year: int) -> date:
    edges = [date(year, 1, 1), date(year, 12, 31), date(year + 1, 2, 28), date(year, 4, 1), date(year, 4, 30)]
    return draw(st.sampled_from(edges)) + timedelta(days=draw(st.sampled_from([-32, -31, -1, 0, 1, 30, 31])))


@st.composite
def moments_around(draw: st.DrawFn, year: int) -> datetime:
    day = draw(days_around(year))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=draw(st.sampled_from([0, 12, 22, 23])))


@st.composite
def cases(draw: st.DrawFn, year: int) -> CaseFacts:
    days, moments = days_around(year), moments_around(year)
    patterns = st.sampled_from([0b1, 0b11, 0b1111, 0b110000, 0b11 << 10])
    hours = st.builds(
        DayHours, st.sampled_from(WEEKDAYS), st.sampled_from([0, 419, 420]), st.sampled_from([420, 1080, 1081])
    )
    events = st.builds(
        EventFact,
        at=moments,
        kind=st.sampled_from(EventKind),
        location=st.sampled_from(["A", "B"]),
        start_on=st.none() | days,
        pattern=st.none() | patterns,
    )
    return CaseFacts(
        key="R1",
        desk_mode=draw(st.sampled_from(DeskMode)),
        channel=draw(st.sampled_from([Channel.ORGANISER, Channel.PAPER])),
        registered_at=draw(moments),
        start_on=draw(days),
        pattern=draw(patterns),
        parts_wanted=draw(st.none() | st.integers(1, 5)),
        hours=draw(st.none() | st.builds(CareHours, st.lists(hours, max_size=2).map(tuple), st.just(value=False))),
        residence_nis=draw(st.none() | CODES),
        first_location_nis=draw(st.none() | CODES),
        characteristics=frozenset(draw(st.lists(st.sampled_from(Characteristic), max_size=4))),
        urgent_reason=draw(st.none() | st.sampled_from(UrgentReason)),
        special_need=draw(st.booleans()),
        events=in_reading_order(draw(st.lists(events, max_size=5))),
    )


@settings(max_examples=200)
@given(st.data(), YEARS, st.sets(CODES, min_size=1), st.sampled_from(ReportRow))
def test_two_counts_give_the_same_report(data: st.DataObject, year: int, territory: set[str], row: ReportRow) -> None:
    listed = data.draw(st.lists(cases(year), max_size=12))
    as_of = data.draw(st.just(date(year + 1, 2, 28)) | days_around(year))
    mergers = [Merger(date.fromisoformat(on), old, new) for on, old, new in MERGERS]
    frame = report_frame(year=year, as_of=as_of, report_row=row, territory=territory, mergers=mergers)
    report = annual_report(iter(listed), frame=frame, names=NAMES)
    assert as_csv(report) == expected_csv(
        listed,
        year=year,
        as_of=as_of,
        by_residence=row == "residence",
        territory=territory,
        mergers=MERGERS,
        names=NAMES,
    )
    assert report.totals()["total"] == sum(counted_case(case, frame) is not None for case in listed)


@given(st.data(), YEARS)
def test_each_row_adds_up(data: st.DataObject, year: int) -> None:
    listed = data.draw(st.lists(cases(year), max_size=12))
    frame = report_frame(year=year, report_row=ReportRow.RESIDENCE, territory=["41048"], mergers=())
    for row in annual_report(listed, frame=frame, names=NAMES).rows:
        number = {column: value or 0 for column, value in row.numbers.items()}
        unanswered = number["unanswered_no_offer"] + number["unanswered_declined"]
        partly = number["partly_later"] + number["partly_fewer"] - number["partly_both"]
        not_answered = unanswered + partly + number["found_elsewhere"] + number["lapsed"] + number["unknown"]
        assert not_answered <= number["total"]
        for category in ("urgent", "atypical", "priority", "vulnerable", "special_need"):
            assert number[f"{category}_unanswered"] <= min(number[f"{category}_total"], unanswered)
            assert number[f"{category}_total"] <= number["total"]


@given(st.data(), YEARS)
def test_the_order_of_the_cases_and_of_the_territory_changes_nothing(data: st.DataObject, year: int) -> None:
    listed = data.draw(st.lists(cases(year), max_size=8))
    shuffled = data.draw(st.permutations(listed))
    frames = [
        report_frame(year=year, report_row=ReportRow.RESIDENCE, territory=territory, mergers=())
        for territory in (["41048", "11002"], ["11002", "41048"])
    ]
    assert as_csv(annual_report(listed, frame=frames[0], names=NAMES)) == as_csv(
        annual_report(shuffled, frame=frames[1], names=NAMES)
    )

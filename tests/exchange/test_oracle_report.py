"""Worked examples of categories and rows of the report: what the text says, by hand, and what must come out."""

from datetime import date
from typing import Any

import pytest
from tests.exchange.folder import Desk, Folder, Request, moment
from tests.exchange.oracle import (
    COLUMNS,
    default_as_of,
    is_atypical,
    is_priority,
    is_urgent,
    is_vulnerable,
    report_rows,
    rule_set,
)
from tests.exchange.outcomes import original_of
from tests.exchange.worked import DIRECT, ENDED, YES, asked


def test_rule_sets_change_at_midnight_in_brussels() -> None:
    registered = {
        "2024-03-31T21:59:59Z": "VR2014",
        "2024-03-31T22:00:00Z": "VR2024",
        "2025-04-29T21:59:59Z": "VR2024",
        "2025-04-29T22:00:00Z": "VR2014b",
    }
    assert {at: rule_set(asked(registered_at=moment(at))) for at in registered} == registered


def test_vulnerable_needs_two_groups_of_which_one_of_the_last_three() -> None:
    def vulnerable(*codes: str) -> bool:
        return is_vulnerable(asked(characteristics=frozenset(codes)))

    assert vulnerable("WerkOpleiding", "LaagInkomen")
    assert vulnerable("LaagOpleidingsniveau", "SociaalPedagogisch")
    assert not vulnerable("WerkOpleiding", "Alleenstaanden")
    assert not vulnerable("GezinslidHandicap", "GezinslidZelfzorgvermogen")
    assert not vulnerable("LaagInkomen", "Pleegkinderen")


def test_priority_depends_on_the_rule_set() -> None:
    def priority(at: str, *codes: str) -> bool:
        return is_priority(asked(registered_at=moment(at), characteristics=frozenset(codes)))

    before, between, after = "2023-06-01T10:00Z", "2024-06-01T10:00Z", "2025-06-01T10:00Z"
    for at in (before, after):
        assert priority(at, "WerkOpleiding", "Alleenstaanden")
        assert priority(at, "Alleenstaanden", "GezinslidHandicap")
        assert not priority(at, "Pleegkinderen", "BroerZus", "VierVijfden")
    assert priority(between, "BroerZus")
    assert not priority(between, "LaagInkomen", "LaagOpleidingsniveau")


def test_urgent_within_31_days_also_when_the_start_has_passed() -> None:
    def urgent(registered_at: str, *events: str, reason: str = "StartWerk") -> bool:
        request = asked(*events, registered_at=moment(registered_at), urgent_reason=reason)
        return is_urgent(request, original_of(request, request.events))

    assert urgent("2024-08-02T12:00+02:00")
    assert urgent("2024-08-01T22:00Z")
    assert not urgent("2024-08-01T21:59Z")
    assert urgent("2024-10-01T12:00Z")
    assert not urgent("2024-08-02T12:00+02:00", reason="")
    assert not urgent("2024-08-02T12:00+02:00", "2024-08-03T10:00Z corrected 2024-09-03")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("ma 07:00-18:00", False),
        ("ma 06:59-18:00", True),
        ("ma 07:00-18:01", True),
        ("vr 09:00-09:00", True),
        ("vr 16:00-00:00", True),
        ("za 10:00-12:00", True),
        ("nacht", True),
        ("feestdag", True),
    ],
)
def test_atypical_hours(entry: str, expected: bool) -> None:
    request = asked(hours=("di 08:00-17:00", entry))
    assert is_atypical(request, original_of(request, ())) is expected


def test_a_correction_can_take_the_weekend_away() -> None:
    request = asked("2024-02-01T10:00Z corrected ma_vm", pattern=frozenset({"zo_nm"}))
    assert is_atypical(request, original_of(request, ()))
    assert not is_atypical(request, original_of(request, request.events))


def report(*requests: Request, year: int = 2024, as_of: date | None = None, **desk: Any) -> dict[str, dict[str, str]]:
    """Return the rows of a desk for Aalter and Knesselare (one town since 2019), by code."""
    plain: dict[str, Any] = {
        "slug": "kust",
        "territory": ("44001", "44029"),
        "mode": "central",
        "report_row": "residence",
    }
    fields = plain | desk
    folder = Folder({"kust": Desk(**fields)}, {"L1": "44029", "L2": "44021"}, requests)
    rows = report_rows(folder, "kust", year, as_of)
    assert [tuple(row) for row in rows] == [COLUMNS] * len(rows)
    assert [row["nis_code"] for row in rows] == sorted(row["nis_code"] for row in rows)
    return {row["nis_code"]: row for row in rows}


def test_codes_follow_the_mergers_up_to_the_end_of_the_year() -> None:
    in_2018 = report(asked(start_on=date(2018, 12, 31), registered_at=moment("2018-01-01T00:00Z")), year=2018)
    assert {code: (row["municipality"], row["total"]) for code, row in in_2018.items()} == {
        "44001": ("Aalter", "1"),
        "44029": ("Knesselare", "0"),
    }
    in_2019 = report(asked(start_on=date(2019, 1, 1), registered_at=moment("2018-01-01T00:00Z")), year=2019)
    assert {code: (row["municipality"], row["total"]) for code, row in in_2019.items()} == {"44084": ("Aalter", "1")}


def test_row_is_residence_then_first_location_then_outside() -> None:
    def row(report_row: str = "residence", **changes: Any) -> str:
        rows = report(asked(**changes), report_row=report_row)
        return next(code for code, row in rows.items() if row["total"] == "1")

    assert row(residence="44084", locations=("L2",)) == "44084"
    assert row(residence="44021", locations=("L1", "L2")) == "44084"
    assert row(residence="", locations=("L1",)) == "44084"
    assert row(residence="44021", locations=("L2", "L1")) == "00000"
    assert row(residence="", locations=()) == "00000"
    assert row("location", residence="44001", locations=("L2",)) == "00000"
    assert row("location", residence="44021", locations=("L1",)) == "44084"


def test_outside_has_a_row_only_when_it_counts_and_a_town_always() -> None:
    assert list(report()) == ["44084"]
    rows = report(asked(residence="44021", locations=()))
    assert {code: row["total"] for code, row in rows.items()} == {"00000": "1", "44084": "0"}
    assert rows["00000"]["municipality"] == "buiten werkingsgebied"


def test_year_is_that_of_the_original_start_as_corrected_up_to_d() -> None:
    moved = asked("2025-02-28T22:59Z corrected 2025-01-01")
    too_late = asked("2025-02-28T23:00Z corrected 2025-01-01")
    registered_later = asked(registered_at=moment("2025-02-28T23:00Z"))
    assert report(moved)["44084"]["total"] == "0"
    assert report(moved, year=2025)["44084"]["total"] == "1"
    assert report(too_late)["44084"]["total"] == "1"
    assert report(registered_later)["44084"]["total"] == "0"


def test_default_date_is_28_february_also_in_a_leap_year() -> None:
    assert default_as_of(2023) == date(2024, 2, 28)
    assert report(year=2023)["44084"]["as_of"] == "2024-02-28"


def test_overlap_is_in_both_columns_and_unanswered_counts_both_kinds() -> None:
    both = asked("2024-03-01T10:00Z placed_directly L1 2024-12-01 ma_vm")
    none = asked(ENDED, special_need=True)
    declined = asked(YES, "2024-03-05T10:00Z offer_declined L1", ENDED, special_need=True)
    row = report(both, none, declined, asked(DIRECT, special_need=True))["44084"]
    assert (row["partly_later"], row["partly_fewer"], row["partly_both"]) == ("1", "1", "1")
    assert (row["unanswered_no_offer"], row["unanswered_declined"]) == ("1", "1")
    assert (row["total"], row["special_need_total"], row["special_need_unanswered"]) == ("4", "3", "2")


@pytest.mark.parametrize(
    ("year", "priority", "others"),
    [(2018, "", ""), (2019, "", ""), (2020, "0", "0"), (2023, "0", "0"), (2024, "", "0"), (2025, "0", "0")],
)
def test_categories_per_year(year: int, priority: str, others: str) -> None:
    row = next(iter(report(year=year).values()))
    assert {row["priority_total"], row["priority_unanswered"]} == {priority}
    names = ("urgent", "atypical", "vulnerable", "special_need")
    assert {row[f"{name}_{kind}"] for name in names for kind in ("total", "unanswered")} == {others}


def test_requests_of_another_desk_do_not_count() -> None:
    assert report(asked(desk="elders"))["44084"]["total"] == "0"

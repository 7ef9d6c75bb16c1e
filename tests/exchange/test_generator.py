"""Generated folders are valid, the same for the same seed, and tell every likely misreading of the text apart."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.exchange import oracle, outcomes
from tests.exchange.checker import REQUIRED, problems_of
from tests.exchange.folder import Folder, Request, read_folder
from tests.exchange.generator import generate
from tests.exchange.outcomes import Events, Original, Placement

YEARS = range(2018, 2026)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    path = tmp_path_factory.mktemp("generated")
    generate(path, seed=20250228, requests=1500)
    return read_folder(path)


def reports(folder: Folder) -> list[list[dict[str, str]]]:
    return [oracle.report_rows(folder, desk, year) for desk in folder.desks for year in YEARS]


@pytest.fixture(scope="module")
def right_reports(folder: Folder) -> list[list[dict[str, str]]]:
    return reports(folder)


@pytest.mark.parametrize("seed", range(8))
def test_every_folder_is_valid(seed: int, tmp_path: Path) -> None:
    generate(tmp_path, seed=seed, requests=300)
    assert problems_of(tmp_path) == []
    assert (tmp_path / "events.csv").stat().st_size > 10_000


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 4), ("same", 4), ("other", 5)):
        generate(tmp_path / name, seed=seed, requests=100)
    one, same, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir() if path.name != "meta.csv"}
        for name in ("one", "same", "other")
    )
    assert one == same
    assert all(one[name] != other[name] for name in one)


def test_every_kind_column_and_desk_is_met_often(folder: Folder, right_reports: list[list[dict[str, str]]]) -> None:
    kinds = Counter(event.kind for request in folder.requests for event in request.events)
    known = REQUIRED["events.csv"]["kind"]
    assert len(kinds) == 18
    assert all(known(kind) and count >= 25 for kind, count in kinds.items())
    totals: Counter[str] = Counter()
    for row in (row for rows in right_reports for row in rows):
        totals.update({column: int(row[column] or 0) for column in oracle.COLUMNS[4:]})
    assert set(totals) == set(oracle.COLUMNS[4:])
    assert min(totals.values()) >= 10
    assert {(desk.mode, desk.report_row) for desk in folder.desks.values()} == {
        (mode, row) for mode in ("central", "desk_only") for row in ("residence", "location")
    }
    assert any(rows[0]["nis_code"] != oracle.OUTSIDE for rows in right_reports)


# Misreadings: each replaces one function of the second count.


def original_keeping_parts_wanted(request: Request, events: Events) -> Original:
    return replace(outcomes.original_of(request, events), parts_wanted=request.parts_wanted)


def original_uncorrected(request: Request, events: Events) -> Original:
    return Original(request.start_on, request.pattern, request.parts_wanted)


def original_by_first_correction(request: Request, events: Events) -> Original:
    return outcomes.original_of(request, events[::-1])


def equal_instants_reversed(request: Request, day: date) -> Events:
    backwards = request.events[::-1]
    in_reverse = sorted(backwards, key=lambda event: event.at)
    return tuple(event for event in in_reverse if outcomes.is_up_to(event.at, day) and can_stand(event.kind))


def can_stand(kind: str) -> bool:
    """Tell whether an event can come first: those that cannot would be row errors in another order."""
    return not kind.startswith(("offer_", "start_"))


def own_unless_answered_at_all(request: Request, events: Events, mode: str) -> bool:
    kinds = {event.kind for event in events}
    is_own = mode == "desk_only" and request.channel == "organiser" and "placed_directly" in kinds
    return is_own and not kinds & set(outcomes.ANSWERS)


def own_unless_undone(request: Request, events: Events, mode: str) -> bool:
    remaining = outcomes.remaining_placements(events, outcomes.original_of(request, events))
    return outcomes.is_organisers_own(request, events, mode) and bool(remaining)


def removed_unless_reopened(events: Events) -> bool:
    last = next(
        (event.kind for event in reversed(events) if event.kind in ("merged_into", "not_genuine", "reopened")), ""
    )
    return last in ("merged_into", "not_genuine")


def undone_by_agreed_start(events: Events, original: Original) -> list[Placement]:
    made = outcomes.placements_made(events, original)
    standing = [placement for placement in made if not outcomes.is_undone(placement, events)]
    return [outcomes.confirmed(placement, events, made) for placement in standing]


def undone_on_the_day_itself(real: Placement, events: Events) -> bool:
    later = events[real.position + 1 :]
    return any(event.kind in outcomes.UNDOING and real.start >= outcomes.brussels_date(event.at) for event in later)


def undone_only_when_reopened(real: Placement, events: Events) -> bool:
    return outcomes.is_undone(real, tuple(event for event in events if event.kind not in outcomes.CLOSINGS))


def declined_placement_falls(events: Events, original: Original) -> list[Placement]:
    ended = {(event.location, position) for position, event in enumerate(events) if event.kind == "offer_withdrawn"}
    return [
        placement
        for placement in outcomes.remaining_placements(events, original)
        if not any(location == placement.location and position > placement.position for location, position in ended)
    ]


def first_offer_concerned(events: Events, position: int) -> int:
    return next(
        earlier
        for earlier in range(position)
        if events[earlier].kind in outcomes.OFFERS and events[earlier].location == events[position].location
    )


def confirmed_field_by_field(placement: Placement, events: Events, made: list[Placement]) -> Placement:
    for position, event in enumerate(events):
        if event.kind == "start_confirmed" and outcomes.placement_concerned(events, position, made).position == (
            placement.position
        ):
            placement = replace(
                placement, start=event.start_on or placement.start, pattern=event.pattern or placement.pattern
            )
    return placement


def first_placement_concerned(events: Events, position: int, made: list[Placement]) -> Placement:
    return next(one for one in made if events[position].location in ("", one.location))


def placed_by_last_only(remaining: list[Placement], original: Original) -> str:
    return outcomes.placed_outcome(remaining[-1:], original)


def placed_by_latest_start(remaining: list[Placement], original: Original) -> str:
    start = max(placement.start for placement in remaining)
    return outcomes.placed_outcome([replace(placement, start=start) for placement in remaining], original)


def open_until_answered_no(events: Events) -> bool:
    kinds = {"answered_no": "offer_withdrawn"}
    return outcomes.has_open_offer(tuple(replace(event, kind=kinds.get(event.kind, event.kind)) for event in events))


def open_until_reopened(events: Events) -> bool:
    reopened = [position for position, event in enumerate(events) if event.kind == "reopened"]
    return outcomes.has_open_offer(events[reopened[-1] :] if reopened else events)


def searching_despite_reopened(events: Events, original: Original) -> bool:
    return outcomes.still_searches_after_start(tuple(e for e in events if e.kind != "reopened"), original)


def searching_after_the_day(events: Events, original: Original) -> bool:
    return outcomes.still_searches_after_start(events, replace(original, start=original.start + timedelta(days=1)))


def unanswered_by_latest_offers(events: Events) -> str:
    latest = {event.location: position for position, event in enumerate(events) if event.kind in outcomes.OFFERS}
    withdrawn = {
        outcomes.offer_concerned(events, position)
        for position, event in enumerate(events)
        if event.kind == "offer_withdrawn"
    }
    return outcomes.UNANSWERED[bool(set(latest.values()) - withdrawn)]


def unanswered_with_any_offer(events: Events) -> str:
    return outcomes.UNANSWERED[any(event.kind in outcomes.OFFERS for event in events)]


def row_of_any_location(request: Request, desk: Any, year: int, nis_of_location: dict[str, str]) -> str:
    rows = [
        oracle.row_of(replace(request, locations=(location,)), desk, year, nis_of_location)
        for location in request.locations or ("",)
        if location
    ]
    return next((row for row in rows if row != oracle.OUTSIDE), oracle.row_of(request, desk, year, nis_of_location))


MISREADINGS: dict[str, tuple[str, Callable[..., object]]] = {
    "dates in UTC": ("brussels_date", lambda moment: moment.astimezone(UTC).date()),
    "up to midnight in UTC": (
        "is_up_to",
        lambda moment, day: moment < datetime.combine(day + timedelta(days=1), time(), UTC),
    ),
    "up to and including midnight": (
        "is_up_to",
        lambda moment, day: moment <= datetime.combine(day + timedelta(days=1), time(), outcomes.BRUSSELS),
    ),
    "29 February in leap years": ("default_as_of", lambda year: date(year + 1, 3, 1) - timedelta(days=1)),
    "equal instants in reverse": ("events_up_to", equal_instants_reversed),
    "parts_wanted survives a correction": ("original_of", original_keeping_parts_wanted),
    "corrections ignored": ("original_of", original_uncorrected),
    "the first correction counts": ("original_of", original_by_first_correction),
    "reopened brings back a removed request": ("is_removed", removed_unless_reopened),
    "any answer makes an organiser's own request count": ("is_organisers_own", own_unless_answered_at_all),
    "an undone placement makes an organiser's own request count": ("is_organisers_own", own_unless_undone),
    "undone by the start before confirmation": ("remaining_placements", undone_by_agreed_start),
    "a withdrawn offer takes its placement along": ("remaining_placements", declined_placement_falls),
    "undone when care starts that day": ("is_undone", undone_on_the_day_itself),
    "undone by reopened only": ("is_undone", undone_only_when_reopened),
    "the first offer concerned": ("offer_concerned", first_offer_concerned),
    "confirmations add up": ("confirmed", confirmed_field_by_field),
    "the first placement confirmed": ("placement_concerned", first_placement_concerned),
    "only the last placement": ("placed_outcome", placed_by_last_only),
    "the latest start": ("placed_outcome", placed_by_latest_start),
    "a month of 31 days": ("one_month_after", lambda day: day + timedelta(days=31)),
    "parts_wanted ignored": ("parts_asked", lambda original: len(original.pattern)),
    "weekdays without parts_wanted": ("weekdays_asked", lambda original: len(outcomes.weekdays(original.pattern))),
    "reopened does not end a closing": (
        "closing_in_force",
        lambda events: next((event for event in reversed(events) if event.kind in outcomes.CLOSINGS), None),
    ),
    "answered_no closes an offer": ("has_open_offer", open_until_answered_no),
    "reopened closes offers": ("has_open_offer", open_until_reopened),
    "still searching despite reopened": ("still_searches_after_start", searching_despite_reopened),
    "still searching after the first day": ("still_searches_after_start", searching_after_the_day),
    "only the latest offers": ("unanswered", unanswered_by_latest_offers),
    "withdrawn offers count too": ("unanswered", unanswered_with_any_offer),
    "mergers of next year applied": ("code_in", lambda year, code: oracle.code_in(year + 1, code)),
    "mergers ignored": ("code_in", lambda year, code: code),
    "any location decides the row": ("row_of", row_of_any_location),
    "one rule set": ("rule_set", lambda request: "VR2014"),
    "vulnerable by any two groups": (
        "is_vulnerable",
        lambda request: sum(bool(group & request.characteristics) for group in oracle.VULNERABLE_GROUPS) >= 2,
    ),
    "urgent below 31 days": (
        "is_urgent",
        lambda request, original: oracle.is_urgent(
            request, replace(original, start=original.start + timedelta(days=1))
        ),
    ),
    "urgent only ahead": (
        "is_urgent",
        lambda request, original: (
            oracle.is_urgent(request, original) and original.start >= outcomes.brussels_date(request.registered_at)
        ),
    ),
    "atypical by the uncorrected pattern": (
        "is_atypical",
        lambda request, original: oracle.is_atypical(request, original_uncorrected(request, ())),
    ),
    "past midnight is not atypical": (
        "is_atypical_entry",
        lambda entry: oracle.is_atypical_entry(entry.split("-")[0] + "-18:00" if entry[-5:] <= "12:00" else entry),
    ),
}


@pytest.mark.parametrize("misreading", MISREADINGS)
def test_a_misreading_changes_the_reports(
    misreading: str, folder: Folder, right_reports: list[list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, wrong = MISREADINGS[misreading]
    modules = [module for module in (oracle, outcomes) if hasattr(module, name)]
    right = getattr(modules[0], name)

    def misread(*arguments: object) -> object:
        # A misreading that starts from the right reading must reach that one, not itself.
        for module in modules:
            monkeypatch.setattr(module, name, right)
        try:
            return wrong(*arguments)
        finally:
            for module in modules:
                monkeypatch.setattr(module, name, misread)

    for module in modules:
        monkeypatch.setattr(module, name, misread)
    assert reports(folder) != right_reports

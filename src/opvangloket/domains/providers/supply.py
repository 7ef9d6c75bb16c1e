"""What locations offer, as the capacity rules read it: their places, what is taken, and their closing days.

A location chooses how it keeps its places (SPEC §6):

- `none`: nothing is known here, so nothing is checked;
- `plan`: its effective places count, and its licensed places until those are known;
- `vacancies`: what it declared as free is all there is, minus what was taken since it declared that.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, F, Q, Value

from opvangloket.domains.providers.models import (
    CapacityKind,
    Closing,
    EffectivePlaces,
    Location,
    Occupation,
    OpeningHours,
    Vacancy,
)
from opvangloket.rules import capacity
from opvangloket.rules.capacity import EVERY_PART, NO_PLACES, AgeGroup, Supply
from opvangloket.rules.patterns import PART_COUNT, WEEKDAYS, DayHours, WeekPattern
from opvangloket.rules.periods import Period

_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationSupply:
    """The places of one location and what is taken of them; with kind `none` there is nothing to compare with."""

    kind: CapacityKind
    supply: Supply
    occupations: tuple[capacity.Occupation, ...]
    closings: tuple[Period, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether free places can be told at all."""
        return self.kind is not CapacityKind.NONE

    def fits(self, pattern: WeekPattern, period: Period, *, born_on: date) -> bool | None:
        """Tell whether a child's week is free over its whole period; None when the location keeps no places here."""
        if not self.is_counted:
            return None
        return capacity.fits(pattern, period, self.supply, self.occupations, born_on=born_on)

    def shortfalls(self, pattern: WeekPattern, period: Period, *, born_on: date) -> tuple[capacity.Shortfall, ...]:
        """Return where and when a child's week is not free; nothing when the location keeps no places here."""
        if not self.is_counted:
            return ()
        return capacity.shortfalls(pattern, period, self.supply, self.occupations, born_on=born_on)

    def free_over(self, period: Period, age_group: AgeGroup = AgeGroup.MIXED) -> WeekPattern:
        """Return the day parts with a free place for an age group during a whole period."""
        slices = capacity.free_timeline(self.supply, self.occupations, period, age_group=age_group)
        return WeekPattern(
            sum(1 << index for index in range(PART_COUNT) if all(one.free_on(index) > 0 for one in slices))
        )


class _Taken(NamedTuple):
    """An occupation with the moment on which it was made, where that matters."""

    row: capacity.Occupation
    made_at: datetime | None


class _Declared(NamedTuple):
    """A vacancy as the sums need it."""

    pattern: WeekPattern
    period: Period
    age_group: AgeGroup
    places: int
    declared_at: datetime


def supply_of(
    location_ids: Collection[UUID], *, from_on: date = _LONG_AGO, except_subjects: Collection[UUID] = ()
) -> dict[UUID, LocationSupply]:
    """Return the supply of each location from a day on, in a fixed number of queries.

    `except_subjects` leaves out what these offers or placements take, to ask what would fit without them.
    """
    locations = Location.objects.filter(id__in=location_ids).values_list(
        "id", "capacity_kind", "licensed_places", "noon", "closed_on"
    )
    kinds = {
        location: (CapacityKind(kind), licensed, noon, closes_on)
        for location, kind, licensed, noon, closes_on in locations
    }
    planned = [location for location, (kind, *_) in kinds.items() if kind is CapacityKind.PLAN]
    declaring = [location for location, (kind, *_) in kinds.items() if kind is CapacityKind.VACANCIES]
    noons = {location: noon for location, (_, _, noon, _) in kinds.items()}
    openings, effective = _openings(planned, noons), _effective_places(planned)
    vacancies = _vacancies(declaring, from_on)
    taken = _taken([*planned, *declaring], from_on, except_subjects, when=bool(declaring))
    closings = _closings(kinds, from_on)
    found = {}
    for location, (kind, licensed, _, closes_on) in kinds.items():
        supply, occupations = Supply(), tuple(row for row, _ in taken[location])
        if kind is CapacityKind.PLAN:
            opening = openings.get(location, EVERY_PART)
            supply = Supply(effective=tuple(effective[location]), licensed_places=licensed, opening=opening)
        elif kind is CapacityKind.VACANCIES:
            supply, occupations = _declared_supply(vacancies[location], taken[location])
        found[location] = LocationSupply(
            kind=kind,
            supply=replace(supply, closes_on=closes_on),
            occupations=occupations,
            closings=tuple(closings[location]),
        )
    return found


def _running(from_on: date) -> Q:
    return Q(end_on=None) | Q(end_on__gt=from_on)


def _openings(location_ids: Sequence[UUID], noons: Mapping[UUID, int]) -> dict[UUID, WeekPattern]:
    """Return the day parts on which each location is open; a location without hours is left out."""
    if not location_ids:
        return {}
    openings: dict[UUID, WeekPattern] = {}
    rows = OpeningHours.objects.filter(location_id__in=location_ids)
    for location, weekday, opens, closes in rows.values_list("location_id", "weekday", "opens", "closes"):
        parts = DayHours(WEEKDAYS[weekday], opens, closes).parts(noons[location])
        openings[location] = openings.get(location, WeekPattern()) | parts
    return openings


def _effective_places(location_ids: Sequence[UUID]) -> Mapping[UUID, list[capacity.EffectivePlaces]]:
    """Return the effective places of each location, the ended ones too: the last known places continue."""
    found: defaultdict[UUID, list[capacity.EffectivePlaces]] = defaultdict(list)
    if location_ids:
        for row in EffectivePlaces.objects.filter(location_id__in=location_ids).order_by("start_on", "age_group"):
            found[row.location_id].append(
                capacity.EffectivePlaces(
                    places=tuple(row.places),
                    period=Period(row.start_on, row.end_on),
                    age_group=AgeGroup(row.age_group),
                    caregivers=None if row.caregivers is None else tuple(row.caregivers),
                )
            )
    return found


def _taken(
    location_ids: Sequence[UUID], from_on: date, except_subjects: Collection[UUID], *, when: bool
) -> Mapping[UUID, list[_Taken]]:
    """Return what is taken at each location; `when` tells since when too, which a plan does not ask."""
    found: defaultdict[UUID, list[_Taken]] = defaultdict(list)
    if not location_ids:
        return found
    rows: Any = Occupation.objects.filter(_running(from_on), location_id__in=location_ids)
    if except_subjects:
        rows = rows.exclude(subject_id__in=except_subjects)
    made = F("made_at") if when else Value(None, DateTimeField())
    columns = ("location_id", "kind", "age_group", "parts", "start_on", "end_on", "made")
    for location, kind, age_group, parts, start_on, end_on, made_at in rows.annotate(made=made).values_list(*columns):
        row = capacity.Occupation(
            pattern=WeekPattern(parts),
            period=Period(start_on, end_on),
            kind=capacity.OccupationKind(kind),
            age_group=AgeGroup(age_group),
        )
        found[location].append(_Taken(row, made_at))
    return found


def _vacancies(location_ids: Sequence[UUID], from_on: date) -> Mapping[UUID, list[_Declared]]:
    """Return the open vacancies of each location."""
    found: defaultdict[UUID, list[_Declared]] = defaultdict(list)
    if location_ids:
        for row in Vacancy.objects.filter(_running(from_on), location_id__in=location_ids, closed_on=None):
            found[row.location_id].append(
                _Declared(
                    WeekPattern(row.parts),
                    Period(row.start_on, row.end_on),
                    AgeGroup(row.age_group),
                    row.places,
                    row.declared_at,
                )
            )
    return found


def _closings(location_ids: Iterable[UUID], from_on: date) -> Mapping[UUID, list[Period]]:
    """Return the closing days of each location, in order."""
    found: defaultdict[UUID, list[Period]] = defaultdict(list)
    rows = Closing.objects.filter(location_id__in=list(location_ids), end_on__gt=from_on).order_by("start_on")
    for location, start_on, end_on in rows.values_list("location_id", "start_on", "end_on"):
        found[location].append(Period(start_on, end_on))
    return found


def _declared_supply(
    vacancies: Sequence[_Declared], taken: Sequence[_Taken]
) -> tuple[Supply, tuple[capacity.Occupation, ...]]:
    """Return the vacancies as places over time, and what was taken of them since they were declared.

    What was taken before a vacancy was declared is already in it: the location declares what is free that day.
    """
    groups = {vacancy.age_group for vacancy in vacancies}
    has_ages = bool(groups - {AgeGroup.MIXED})
    # A place for any age beside places per age could be promised in both pools: then each child counts in both.
    counts_everywhere = has_ages and AgeGroup.MIXED in groups
    pools = (AgeGroup.BABY, AgeGroup.TODDLER) if has_ages else (AgeGroup.MIXED,)
    effective = [row for pool in pools for row in _pool(pool, vacancies)]
    occupations = tuple(
        capacity.Occupation(
            pattern=pattern,
            period=row.period,
            kind=row.kind,
            age_group=None if counts_everywhere else row.age_group,
        )
        for row, made_at in taken
        if (pattern := _taken_since(row, made_at, vacancies))
    )
    return Supply(effective=tuple(effective)), occupations


def _taken_since(row: capacity.Occupation, made_at: datetime | None, vacancies: Iterable[_Declared]) -> WeekPattern:
    """Return the parts of an occupation that lie in a vacancy declared before it was made."""
    declared = WeekPattern()
    for vacancy in vacancies:
        if (made_at is None or vacancy.declared_at <= made_at) and vacancy.period.overlaps(row.period):
            declared |= vacancy.pattern
    return row.pattern & declared


def _pool(pool: AgeGroup, vacancies: Iterable[_Declared]) -> list[capacity.EffectivePlaces]:
    """Return the places that vacancies give one pool over time; outside every vacancy there are none."""
    usable = [vacancy for vacancy in vacancies if vacancy.age_group in (pool, AgeGroup.MIXED)]
    edges = {edge for vacancy in usable for edge in (vacancy.period.start, vacancy.period.end) if edge}
    days: list[date | None] = [*sorted(edges | {_LONG_AGO}), None]
    rows = []
    for start, end in pairwise(days):
        assert start is not None  # noqa: S101 - only the last one is open
        running = [vacancy for vacancy in usable if vacancy.period.contains(start)]
        places = tuple(
            sum(vacancy.places for vacancy in running if vacancy.pattern.mask >> index & 1)
            for index in range(PART_COUNT)
        )
        rows.append(
            capacity.EffectivePlaces(places=places if running else NO_PLACES, period=Period(start, end), age_group=pool)
        )
    return rows

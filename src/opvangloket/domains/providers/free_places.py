"""What is free at locations as families may know it: declared for everybody, or counted by a plan (SPEC §6)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from opvangloket.domains.providers.models import AgeGroup, CapacityKind, Tariff, Vacancy
from opvangloket.domains.providers.supply import LocationSupply, supply_of
from opvangloket.rules import capacity
from opvangloket.rules.asked_times import Times, parts_at
from opvangloket.rules.capacity import EVERY_PART, free_timeline
from opvangloket.rules.patterns import PART_COUNT, CareHours, WeekPattern
from opvangloket.rules.periods import Period, add_months

LOOK_AHEAD_MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePlace:
    """A free place that a location declared for everybody, from the day on which it can be taken."""

    pattern: WeekPattern
    hours: CareHours
    from_on: date
    end_on: date | None
    age_group: AgeGroup
    places: int
    tariff: Tariff
    confirmed_on: date
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class CountedPlaces:
    """Which parts a planner has free from a day on, for good."""

    pattern: WeekPattern
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePlaces:
    """What is free at a location: which parts, from which day on, and when somebody last said so.

    `is_fresh` is false when that was longer ago than the desk's procedure allows. `counted` is what the planner knows;
    `declared` are the places that the location told itself, one by one: beside a planner those that tell more.
    """

    pattern: WeekPattern
    from_on: date
    confirmed_on: date | None
    is_fresh: bool
    counted: CountedPlaces | None = None
    declared: tuple[FreePlace, ...] = ()

    @property
    def until_on(self) -> date | None:
        """The day from which nothing is free any more, when all that is free is temporary."""
        ends = [place.end_on for place in self.declared if place.is_fresh]
        return max(end for end in ends if end) if ends and all(ends) and self.counted is None else None

    def pattern_at(self, times: Times, opening: CareHours, noon: int) -> WeekPattern:
        """Return the parts on which a child can come at these times, within the hours of each place."""
        free = parts_at(self.counted.pattern, opening, times, boundary=noon) if self.counted else WeekPattern()
        for place in self.declared:
            open_then = parts_at(place.pattern, opening, times, boundary=noon)
            free |= parts_at(open_then, place.hours, times, boundary=noon)
        return free


def free_places(kinds: Mapping[UUID, str], *, today: date, fresh_days: int) -> dict[UUID, FreePlaces]:
    """Return what is free at each location that tells so: declared and public, or counted by its planner.

    `kinds` are the locations, each with how it keeps its places (CapacityKind).
    """
    planned = [key for key, kind in kinds.items() if kind == CapacityKind.PLAN]
    supplies = supply_of(planned, from_on=today)
    declared = _declared(kinds, supplies, today=today, fresh_days=fresh_days)
    found = {key: _together(places) for key, places in declared.items()}
    for key, supply in supplies.items():
        if counted := _first_free(supply, today):
            found[key] = _beside(counted, declared.get(key, ()))
    return found


def _first_free(supply: LocationSupply, today: date) -> CountedPlaces | None:
    """Return the parts that are free and stay free, from the first day within the coming year with such a part."""
    horizon = Period(today, add_months(today, LOOK_AHEAD_MONTHS))
    first = None
    lasting = EVERY_PART
    for part in reversed(free_timeline(supply.supply, supply.occupations, horizon)):
        lasting &= WeekPattern(sum(1 << index for index in range(PART_COUNT) if part.free_on(index) > 0))
        if not lasting:
            break
        first = CountedPlaces(lasting, part.period.start)
    return first


def _declared(
    location_ids: Collection[UUID], planned: Mapping[UUID, LocationSupply], *, today: date, fresh_days: int
) -> Mapping[UUID, Sequence[FreePlace]]:
    """Return what these locations declared; of one that plans here only what its plan has room for."""
    rows = Vacancy.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id__in=location_ids, closed_on=None, public=True
    ).order_by("location_id", "start_on", "id")
    oldest_fresh = today - timedelta(days=fresh_days)
    found: defaultdict[UUID, list[FreePlace]] = defaultdict(list)
    for row in rows:
        from_on = max(row.start_on, today)
        pattern = WeekPattern(row.parts)
        if row.location_id in planned:
            period = Period(from_on, row.end_on)
            pattern &= planned[row.location_id].free_over(period, capacity.AgeGroup(row.age_group))
            if not pattern:
                continue
        place = FreePlace(
            pattern=pattern,
            hours=CareHours.parse("|".join(row.hours)),
            from_on=from_on,
            end_on=row.end_on,
            age_group=AgeGroup(row.age_group),
            places=row.places,
            tariff=Tariff(row.tariff),
            confirmed_on=row.confirmed_on,
            is_fresh=row.confirmed_on >= oldest_fresh,
        )
        found[row.location_id].append(place)
    return found


def _beside(counted: CountedPlaces, declared: Sequence[FreePlace]) -> FreePlaces:
    """Return what a plan counts with what its location declared besides, each place once.

    Beside the plan a declared place that nobody confirmed lately tells nothing.
    """
    more = tuple(place for place in declared if place.is_fresh and _tells_more(place, counted))
    pattern, starts = counted.pattern, [counted.from_on]
    for place in more:
        pattern |= place.pattern
        starts.append(place.from_on)
    return FreePlaces(
        pattern=pattern, from_on=min(starts), confirmed_on=None, is_fresh=True, counted=counted, declared=more
    )


def _tells_more(place: FreePlace, counted: CountedPlaces) -> bool:
    """Tell whether a declared place has hours of its own, or is free where or when the plan does not say so for good."""
    within = place.pattern.issubset(counted.pattern) and place.from_on >= counted.from_on
    return bool(place.hours) or not within


def _together(places: Sequence[FreePlace]) -> FreePlaces:
    """Return what several declared places are together; one that is confirmed makes them known."""
    pattern = WeekPattern()
    for place in places:
        pattern |= place.pattern
    return FreePlaces(
        pattern=pattern,
        from_on=min(place.from_on for place in places),
        confirmed_on=max(place.confirmed_on for place in places),
        is_fresh=any(place.is_fresh for place in places),
        declared=tuple(places),
    )

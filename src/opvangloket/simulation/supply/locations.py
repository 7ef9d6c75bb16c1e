"""Locations with their public page: name, address near a village, hours, prices, words, and how they keep places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils.text import slugify

from opvangloket.domains.providers.models import (
    AgeGroup,
    CapacityKind,
    Closing,
    EffectivePlaces,
    Location,
    LocationType,
    OpeningHours,
    Organiser,
    SubsidyStep,
    Tariff,
)
from opvangloket.rules.patterns import PART_COUNT, WeekPattern
from opvangloket.simulation.chance import Weighted, happens
from opvangloket.simulation.reference import FLEMISH, Village, names, streets, villages
from opvangloket.simulation.supply.blueprints import Blueprint
from opvangloket.simulation.supply.location_texts import CHILDMINDER, CHILDMINDER_NAMES, GROUP_NAMES, page_text
from opvangloket.simulation.supply.opening import closings, opening_hours, opening_pattern

_GROUP_PRICE, _FAMILY_PRICE = (28, 44), (24, 33)
_HALF_DAY = Decimal("0.6")
_LANGUAGES = Weighted({"fr": 5, "en": 4, "tr": 1, "ar": 1, "pl": 0.6, "uk": 0.6, "es": 0.5, "ro": 0.3})
_SPREAD_DEGREES = 0.006  # about six hundred metres
_TWO_POOLS_FROM_PLACES = 24
_OPENED_LATER, _CLOSES = 0.06, 0.02
_UNMINDED_PAGE = 0.07
_ONE_ON_PAPER_IN = 3


@dataclass(slots=True, kw_only=True)
class PlannedLocation:
    """A location with everything that stands on its page or counts its places; none of it is saved yet."""

    row: Location
    organiser: Organiser
    hours: list[OpeningHours]
    opening: WeekPattern
    closings: list[Closing] = field(default_factory=list)
    effective: list[EffectivePlaces] = field(default_factory=list)


class LocationMaker:
    """Makes locations one after the other, each with a name of its own in its town and a slug of its own."""

    def __init__(self, *, random: Random, since: date, today: date, created_at: datetime) -> None:
        self._random = random
        self._since, self._today, self._created_at = since, today, created_at
        self._slugs: set[str] = set()
        self._names: set[tuple[str, str]] = set()

    def name_for(self, care: LocationType, nis_code: str) -> str:
        """Return a name that no other location of this municipality has."""
        for _ in range(200):
            name = self._some_name(care)
            if (nis_code, name) not in self._names:
                break
        else:
            name = f"{name} {len(self._names)}"
        self._names.add((nis_code, name))
        return name

    def claim(self, nis_code: str, name: str) -> None:
        """Keep a name for a location that is not drawn by chance."""
        self._names.add((nis_code, name))

    def make(self, blueprint: Blueprint, organiser: Organiser, name: str, nis_code: str) -> PlannedLocation:
        """Return a location of this blueprint somewhere in a municipality."""
        random = self._random
        village = _village(random, villages(nis_code))
        row = Location(
            organiser=organiser,
            slug=self._slug(name, village),
            name=name,
            type=blueprint.type,
            subsidy_step=blueprint.step,
            tariff=blueprint.tariff,
            file_number=f"{random.randrange(10_000_000, 99_999_999)}",
            licensed_places=blueprint.places,
            street=random.choice(streets()),
            house_number=str(random.randint(1, 180)),
            postcode=village.postcode,
            nis_code=nis_code,
            lat=round(village.lat + random.gauss(0, _SPREAD_DEGREES), 5),
            lon=round(village.lon + random.gauss(0, _SPREAD_DEGREES * 1.6), 5),
            capacity_kind=blueprint.capacity_kind,
            opened_on=self._opened_on(),
            created_at=self._created_at,
        )
        row.closed_on = self._closed_on(row.opened_on)
        row.weekly_list = _works_on_paper(row)
        self._fill_page(row, organiser)
        hours = opening_hours(random, row)
        if happens(random, _UNMINDED_PAGE):
            _leave_something_out(random, row, hours)
        planned = PlannedLocation(row=row, organiser=organiser, hours=hours, opening=opening_pattern(hours))
        planned.closings = closings(random, row, years=range(self._today.year - 1, self._today.year + 2))
        if blueprint.capacity_kind is CapacityKind.PLAN:
            planned.effective = effective_places(random, planned, since=self._since, today=self._today)
        return planned

    def _some_name(self, care: LocationType) -> str:
        if care is LocationType.GROUP:
            return self._random.choice(GROUP_NAMES)
        if happens(self._random, 0.3):
            return self._random.choice(CHILDMINDER_NAMES)
        return f"{CHILDMINDER}{self._random.choice(names()[FLEMISH].mothers)}"

    def _slug(self, name: str, village: Village) -> str:
        wanted = slugify(f"{name} {village.name}")[:70]
        slug, number = wanted, 1
        while slug in self._slugs:
            number += 1
            slug = f"{wanted}-{number}"
        self._slugs.add(slug)
        return slug

    def _opened_on(self) -> date:
        if happens(self._random, _OPENED_LATER):
            return _first_of_month(self._since + (self._today - self._since) * self._random.uniform(0.2, 0.9))
        return self._since - timedelta(days=self._random.randint(400, 6_000))

    def _closed_on(self, opened_on: date | None) -> date | None:
        if not happens(self._random, _CLOSES) or opened_on is None or opened_on > self._since:
            return None
        return self._since + (self._today - self._since) * self._random.uniform(0.5, 1.1)

    def _fill_page(self, row: Location, organiser: Organiser) -> None:
        random = self._random
        group, step = row.type == LocationType.GROUP, SubsidyStep(row.subsidy_step)
        income = row.tariff != Tariff.FREE
        if row.tariff != Tariff.INCOME:
            low, high = _GROUP_PRICE if group else _FAMILY_PRICE
            row.price_day = Decimal(random.randint(low * 2, high * 2)) / 2
            row.price_half_day = (row.price_day * _HALF_DAY).quantize(Decimal("0.1"))
        row.inclusive = happens(random, 0.45 if step is SubsidyStep.T3 else 0.2)
        row.accessible = happens(random, 0.55 if group else 0.15)
        row.night_care = group and happens(random, 0.02)
        row.languages = list(
            dict.fromkeys(["nl", *(_LANGUAGES.draw(random) for _ in range(random.choice((0, 0, 1, 2))))])
        )
        row.email = f"{row.slug}@opvang.example" if group or happens(random, 0.85) else ""
        row.phone = f"04{random.randint(70, 99)} 00 {random.randrange(100):02} {random.randrange(100):02}"
        row.website = f"https://{row.slug}.example" if group and happens(random, 0.7) else ""
        row.page_confirmed_on = self._today - timedelta(days=int(random.expovariate(1 / 120)))
        row.text = page_text(
            random,
            care=LocationType(row.type),
            step=step,
            income_tariff=income,
            inclusive=bool(row.inclusive),
            name=row.name.removeprefix(CHILDMINDER) if row.name.startswith(CHILDMINDER) else organiser.name.split()[0],
        )


def effective_places(random: Random, planned: PlannedLocation, *, since: date, today: date) -> list[EffectivePlaces]:
    """Return the places that staff can fill: as licensed, for a while fewer at some, in two pools at large ones."""
    row = planned.row
    start = max(row.opened_on or since, since)
    if row.licensed_places >= _TWO_POOLS_FROM_PLACES and happens(random, 0.3):
        babies = round(row.licensed_places * 0.5)
        pools = ((AgeGroup.BABY, babies), (AgeGroup.TODDLER, row.licensed_places - babies))
        return [_places(planned, group, count, start, None) for group, count in pools]
    if row.type == LocationType.GROUP and happens(random, 0.2) and start < today:
        less = max(2, row.licensed_places * 8 // 10)
        change = _first_of_month(start + (today - start) * random.uniform(0.3, 0.8))
        if change > start:
            full = row.licensed_places
            return [
                _places(planned, AgeGroup.MIXED, less, start, change),
                _places(planned, AgeGroup.MIXED, full, change, None),
            ]
    return effective_in_one_pool(planned, since=start)


def effective_in_one_pool(planned: PlannedLocation, *, since: date) -> list[EffectivePlaces]:
    """Return all licensed places as one pool, for a location that plans here."""
    if planned.row.capacity_kind != CapacityKind.PLAN:
        return []
    return [_places(planned, AgeGroup.MIXED, planned.row.licensed_places, since, None)]


def _places(
    planned: PlannedLocation, age_group: AgeGroup, count: int, start_on: date, end_on: date | None
) -> EffectivePlaces:
    open_parts = planned.opening.mask
    return EffectivePlaces(
        location=planned.row,
        age_group=age_group,
        start_on=start_on,
        end_on=end_on,
        places=[count if open_parts >> index & 1 else 0 for index in range(PART_COUNT)],
    )


def _leave_something_out(random: Random, row: Location, hours: list[OpeningHours]) -> None:
    """Leave one thing of the page empty, as happens: the desk's list shows it."""
    missing = random.choice(("hours", "contact", "text"))
    if missing == "hours" and row.capacity_kind != CapacityKind.PLAN:
        hours.clear()
    elif missing == "contact":
        row.email, row.phone = "", ""
    else:
        row.text = ""


def _works_on_paper(row: Location) -> bool:
    """Tell whether a location wants its questions on paper each week: some childminders that keep no places here.

    Their house number decides, and no draw: the rest of the town stays as it was.
    """
    keeps_no_places = row.type == LocationType.FAMILY and row.capacity_kind == CapacityKind.NONE
    return keeps_no_places and int(row.house_number) % _ONE_ON_PAPER_IN == 0


def _village(random: Random, those: Sequence[Village]) -> Village:
    return random.choices(those, weights=[village.weight for village in those])[0]


def _first_of_month(day: date) -> date:
    return day.replace(day=1)

"""What an organiser sees of its own locations: the page as families see it, its places, and the desks that ask it.

Everything here looks from the scope in force: a location that is not in it is not found.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from opvangloket.domains.providers.models import (
    AgeGroup,
    CapacityKind,
    DeskRelation,
    EffectivePlaces,
    Location,
    LocationInDesk,
    LocationType,
    Organiser,
    SubsidyStep,
    Tariff,
    Vacancy,
)
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import name_of_code
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours, WeekPattern

__all__ = [
    "AgeGroup",
    "AskingDesk",
    "CapacityKind",
    "DeclaredVacancy",
    "ListedLocation",
    "LocationNotFound",
    "LocationType",
    "NamedLocation",
    "OwnLocation",
    "PlacesPeriod",
    "Tariff",
    "asking_desks",
    "have_several_desks",
    "home_desks",
    "listed_locations",
    "location_names",
    "locked_location",
    "organiser_at_home",
    "organiser_name",
    "own_location",
    "own_locations",
    "places_periods",
    "vacancies_of",
]


class LocationNotFound(OpvangloketError):
    """No such location in the scope in force."""

    code = "location_not_found"
    message = "We vinden deze opvang niet bij jouw locaties."


@dataclass(frozen=True, slots=True)
class NamedLocation:
    """A location to choose from a list."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLocation:
    """A location in the list of all that an organiser has."""

    id: UUID
    slug: str
    name: str
    address: str
    page_confirmed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLocation:
    """A location as its own people see it; labels are in Dutch."""

    id: UUID
    slug: str
    name: str
    type: LocationType
    subsidy_step: SubsidyStep
    tariff: Tariff
    address: str
    email: str
    phone: str
    website: str
    licensed_places: int
    capacity_kind: CapacityKind
    opening: CareHours
    noon: int
    page_confirmed_on: date | None
    weekly_list: bool
    file_number: str

    @property
    def opened(self) -> WeekPattern:
        """The day parts on which it is open."""
        return self.opening.parts(self.noon)

    @property
    def vacancy_tariffs(self) -> tuple[Tariff, ...]:
        """The price types from which a free place here has one."""
        return (Tariff.INCOME, Tariff.FREE) if self.tariff is Tariff.MIXED else (self.tariff,)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPeriod:
    """The places that a location can fill from a day on: fourteen numbers, ma_vm … zo_nm; so many caregivers too."""

    id: UUID
    age_group: AgeGroup
    start_on: date
    end_on: date | None
    places: tuple[int, ...]
    caregivers: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredVacancy:
    """A free place that a location declared itself."""

    id: UUID
    location_id: UUID
    pattern: WeekPattern
    hours: CareHours
    start_on: date
    end_on: date | None
    age_group: AgeGroup
    places: int
    tariff: Tariff
    public: bool
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingDesk:
    """A desk that may send a location questions; at its home desk the location's page is kept."""

    id: UUID
    slug: str
    name: str
    phone: str
    email: str
    counter: str
    is_home: bool


def organiser_name(organiser_id: UUID) -> str:
    """Return the name of an organiser."""
    return Organiser.objects.values_list("name", flat=True).get(id=organiser_id)


def location_names(location_ids: Collection[UUID]) -> tuple[NamedLocation, ...]:
    """Return the names of these locations as far as the scope sees them, in the order of the alphabet."""
    rows = Location.objects.filter(id__in=_visible(location_ids)).order_by("name")
    return tuple(NamedLocation(*row) for row in rows.values_list("id", "slug", "name"))


def listed_locations(location_ids: Collection[UUID]) -> tuple[ListedLocation, ...]:
    """Return these locations as far as the scope sees them, by name, with what a list says of them."""
    rows = Location.objects.filter(id__in=_visible(location_ids)).order_by("name")
    columns = ("id", "slug", "name", "page_confirmed_on", "street", "house_number", "postcode", "nis_code")
    return tuple(
        ListedLocation(id=key, slug=slug, name=name, address=_address(*address), page_confirmed_on=confirmed_on)
        for key, slug, name, confirmed_on, *address in rows.values_list(*columns)
    )


def own_locations(location_ids: Collection[UUID]) -> tuple[OwnLocation, ...]:
    """Return these locations as far as the scope sees them, by name."""
    rows = Location.objects.filter(id__in=_visible(location_ids)).prefetch_related("opening_hours").order_by("name")
    return tuple(_own_location(row) for row in rows)


def own_location(slug: str) -> OwnLocation:
    """Return one location by its slug; raise LocationNotFound outside the scope."""
    seen = LocationInDesk.objects.values("location_id")
    row = Location.objects.filter(slug=slug, id__in=seen).prefetch_related("opening_hours").first()
    if row is None:
        raise LocationNotFound
    return _own_location(row)


def places_periods(location_id: UUID) -> tuple[PlacesPeriod, ...]:
    """Return the effective places of a location, the earliest first."""
    rows = EffectivePlaces.objects.filter(location_id__in=_visible([location_id])).order_by("start_on", "age_group")
    return tuple(
        PlacesPeriod(
            id=row.id,
            age_group=AgeGroup(row.age_group),
            start_on=row.start_on,
            end_on=row.end_on,
            places=tuple(row.places),
            caregivers=None if row.caregivers is None else tuple(row.caregivers),
        )
        for row in rows
    )


def vacancies_of(location_ids: Collection[UUID], *, today: date) -> tuple[DeclaredVacancy, ...]:
    """Return the vacancies that these locations declared and did not close, those that ended left out."""
    rows = Vacancy.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id__in=_visible(location_ids), closed_on=None
    ).order_by("start_on", "id")
    return tuple(
        DeclaredVacancy(
            id=row.id,
            location_id=row.location_id,
            pattern=WeekPattern(row.parts),
            hours=CareHours.parse("|".join(row.hours)),
            start_on=row.start_on,
            end_on=row.end_on,
            age_group=AgeGroup(row.age_group),
            places=row.places,
            tariff=Tariff(row.tariff),
            public=row.public,
            confirmed_on=row.confirmed_on,
        )
        for row in rows
    )


def asking_desks(location_ids: Collection[UUID], *, today: date) -> dict[UUID, tuple[AskingDesk, ...]]:
    """Return for each location the desks that see it today, its home desk first."""
    rows = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id__in=location_ids, start_on__lte=today
    ).select_related("desk")
    found: dict[UUID, list[AskingDesk]] = {location_id: [] for location_id in location_ids}
    for row in rows.order_by("relation", "desk__name"):
        found[row.location_id].append(_asking_desk(row.desk, is_home=row.relation == DeskRelation.HOME))
    return {location_id: tuple(desks) for location_id, desks in found.items()}


def home_desks(location_ids: Collection[UUID], *, today: date) -> dict[UUID, UUID]:
    """Return for each location that has one its home desk of today."""
    rows = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today),
        location_id__in=location_ids,
        relation=DeskRelation.HOME,
        start_on__lte=today,
    )
    return dict(rows.order_by("-desk__name").values_list("location_id", "desk_id"))


def have_several_desks(location_ids: Collection[UUID], *, today: date) -> bool:
    """Tell whether these locations are seen by more than one desk today."""
    rows = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), location_id__in=location_ids, start_on__lte=today
    )
    return len(rows.order_by().values_list("desk_id", flat=True).distinct()[:2]) > 1


def locked_location(location_id: UUID, *, against_newcomers: bool = False) -> Location:
    """Return a location's row, locked until the transaction ends; raise LocationNotFound outside the scope.

    For the actions of this domain only. The same lock as taking places uses: what is free does not change meanwhile.
    `against_newcomers` also keeps out every new row that names the location.
    """
    if not _visible([location_id]).exists():
        raise LocationNotFound
    return Location.objects.select_for_update(no_key=not against_newcomers).get(id=location_id)


def organiser_at_home(location_id: UUID, *, desk_id: UUID, today: date) -> UUID:
    """Return the organiser of a location of which this desk is the home today; raise LocationNotFound otherwise."""
    homes = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), desk_id=desk_id, relation=DeskRelation.HOME, start_on__lte=today
    )
    row = homes.filter(location_id=location_id).select_related("location").first()
    if row is None:
        raise LocationNotFound
    return row.location.organiser_id


def _visible(location_ids: Iterable[UUID]) -> QuerySet[LocationInDesk, Any]:
    """Return which of these locations the scope in force sees, to ask for them within another query."""
    return LocationInDesk.objects.filter(location_id__in=frozenset(location_ids)).values("location_id")


def _own_location(row: Location) -> OwnLocation:
    days = tuple(DayHours(WEEKDAYS[hours.weekday], hours.opens, hours.closes) for hours in row.opening_hours.all())
    return OwnLocation(
        id=row.id,
        slug=row.slug,
        name=row.name,
        type=LocationType(row.type),
        subsidy_step=SubsidyStep(row.subsidy_step),
        tariff=Tariff(row.tariff),
        address=_address(row.street, row.house_number, row.postcode, row.nis_code),
        email=row.email,
        phone=row.phone,
        website=row.website,
        licensed_places=row.licensed_places,
        capacity_kind=CapacityKind(row.capacity_kind),
        opening=CareHours(days),
        noon=row.noon,
        page_confirmed_on=row.page_confirmed_on,
        weekly_list=row.weekly_list,
        file_number=row.file_number,
    )


def _address(street: str, house_number: str, postcode: str, nis_code: str) -> str:
    parts = (f"{street} {house_number}".strip(), f"{postcode} {name_of_code(nis_code)}".strip())
    return ", ".join(part for part in parts if part)


def _asking_desk(desk: Desk, *, is_home: bool) -> AskingDesk:
    return AskingDesk(
        id=desk.id,
        slug=desk.slug,
        name=desk.name,
        phone=desk.phone,
        email=desk.email,
        counter=desk.counter,
        is_home=is_home,
    )

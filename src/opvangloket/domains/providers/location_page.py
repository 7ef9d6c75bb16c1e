"""The page of a location: what every family may know, and when each fact was confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from opvangloket.domains.providers.admission_policy import PolicyVersion, policy_in_force
from opvangloket.domains.providers.free_places import FreePlaces, free_places
from opvangloket.domains.providers.map_point import map_point_of
from opvangloket.domains.providers.models import (
    Closing,
    FactConfirmation,
    Location,
    LocationType,
    OpeningHours,
    ProposedText,
    SubsidyStep,
    Tariff,
)
from opvangloket.domains.providers.moving import AnnouncedMove, announced_move
from opvangloket.domains.providers.search import locations_of_desk
from opvangloket.domains.providers.shown_photos import ShownPhoto, photos_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.location_page import PageFact, confirmed_on
from opvangloket.rules.map_points import MapPoint
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours, WeekPattern
from opvangloket.rules.periods import Period


class LocationNotShown(OpvangloketError):
    """No such location at this desk, or it has stopped."""

    code = "location_not_shown"
    message = "Deze opvang staat niet bij dit loket."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays:
    """Days on which a location is closed."""

    id: UUID
    period: Period
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingText:
    """A text that families do not see yet; `returned_because` holds what the desk asks to change."""

    text: str
    returned_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicLocation:
    """A location as anyone may see it."""

    id: UUID
    slug: str
    name: str
    organiser_name: str
    type: LocationType
    subsidy_step: SubsidyStep
    tariff: Tariff
    licensed_places: int
    street: str
    postcode: str
    town: str
    nis_code: str
    map_point: MapPoint
    email: str
    phone: str
    website: str
    house_rules_url: str
    agency_url: str
    price_day: Decimal | None
    price_half_day: Decimal | None
    inclusive: bool | None
    accessible: bool | None
    night_care: bool
    languages: tuple[str, ...]
    text: str
    photo: ShownPhoto | None
    policy: PolicyVersion | None
    opening: CareHours
    opened: WeekPattern
    closings: tuple[ClosedDays, ...]
    confirmed: Mapping[PageFact, date | None]
    opens_on: date | None
    closes_on: date | None
    moves: AnnouncedMove | None
    tells_places: bool
    free: FreePlaces | None


def public_location(desk_id: UUID, slug: str, *, today: date, fresh_days: int) -> PublicLocation:
    """Return the public page of a location; raise LocationNotShown."""
    row = locations_of_desk(desk_id, today=today).filter(slug=slug).select_related("organiser").first()
    if row is None:
        raise LocationNotShown
    return _page_of(row, today=today, fresh_days=fresh_days)


def own_page(location_id: UUID, *, today: date, fresh_days: int) -> PublicLocation:
    """Return the page of a location for whoever keeps it up; the caller has found it in its scope."""
    row = Location.objects.select_related("organiser").get(id=location_id)
    return _page_of(row, today=today, fresh_days=fresh_days)


def waiting_text(location_id: UUID) -> WaitingText | None:
    """Return the text of a location that families do not see yet; None when there is none."""
    row = ProposedText.objects.filter(location_id=location_id).first()
    return WaitingText(text=row.text, returned_because=row.returned_because) if row else None


def _page_of(row: Location, *, today: date, fresh_days: int) -> PublicLocation:
    hours = OpeningHours.objects.filter(location_id=row.id).order_by("weekday", "opens")
    opening = CareHours(days=tuple(DayHours(WEEKDAYS[day.weekday], day.opens, day.closes) for day in hours))
    closings = Closing.objects.filter(location_id=row.id, end_on__gt=today).order_by("start_on")[:12]
    own = _own_confirmations(row.id)
    map_point = map_point_of(row, set_on=own.get(PageFact.MAP_POINT))
    confirmed = {fact: confirmed_on(fact, page=row.page_confirmed_on, own=own) for fact in PageFact}
    if map_point.is_unset:  # whoever said that the page is right, did not look at the middle of a postcode
        confirmed[PageFact.MAP_POINT] = None
    return PublicLocation(
        id=row.id,
        slug=row.slug,
        name=row.name,
        organiser_name=row.organiser.name,
        type=LocationType(row.type),
        subsidy_step=SubsidyStep(row.subsidy_step),
        tariff=Tariff(row.tariff),
        licensed_places=row.licensed_places,
        street=" ".join(word for word in (row.street, row.house_number) if word),
        postcode=row.postcode,
        town=name_of_code(row.nis_code),
        nis_code=row.nis_code,
        map_point=map_point,
        email=row.email,
        phone=row.phone,
        website=row.website,
        house_rules_url=row.house_rules_url,
        agency_url=row.agency_url,
        price_day=row.price_day,
        price_half_day=row.price_half_day,
        inclusive=row.inclusive,
        accessible=row.accessible,
        night_care=row.night_care,
        languages=tuple(row.languages),
        text=row.text,
        photo=photos_of([row.id]).get(row.id),
        policy=policy_in_force(row.id, today),
        opening=opening,
        opened=opening.parts(row.noon),
        closings=tuple(
            ClosedDays(id=closing.id, period=Period(closing.start_on, closing.end_on), reason=closing.reason)
            for closing in closings
        ),
        confirmed=confirmed,
        opens_on=row.opened_on if row.opened_on and row.opened_on > today else None,
        closes_on=row.closed_on,
        moves=announced_move(row.id),
        tells_places=row.capacity_kind != "none",
        free=free_places({row.id: row.capacity_kind}, today=today, fresh_days=fresh_days).get(row.id),
    )


def _own_confirmations(location_id: UUID) -> dict[PageFact, date]:
    rows = FactConfirmation.objects.filter(location_id=location_id).values_list("fact", "confirmed_on")
    return {PageFact(fact): day for fact, day in rows}

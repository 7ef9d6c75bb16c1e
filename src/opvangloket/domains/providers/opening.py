"""A location that is new here: its organiser, its page, its home desk, and the mail that tells how to come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from opvangloket.domains.providers.location_mail import mail_of, to_location
from opvangloket.domains.providers.models import (
    DeskRelation,
    FactConfirmation,
    Location,
    LocationInDesk,
    Organiser,
)
from opvangloket.domains.providers.territories import code_of_today
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation import geography
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute, plan_messages
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.location_page import PageFact
from opvangloket.rules.official_register import RegisterFacts
from opvangloket.rules.periods import brussels_date

_SLUG_LENGTH: Final = 80


class OpeningRefused(OpvangloketError):
    """A location cannot be opened as asked; `field` is the fact to put right."""

    code = "opening_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A location that was made, and whether its people were told by mail."""

    location_id: UUID
    slug: str
    name: str
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class NamedOrganiser:
    """An organiser to choose from a list."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where an address lies on the map; None where its place is not known."""

    lat: float | None
    lon: float | None


@transaction.atomic
def open_location(
    *,
    desk_id: UUID,
    facts: RegisterFacts,
    organiser_id: UUID | None = None,
    invite: bool = True,
    opens_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> Opened:
    """Make a location with this desk as its home, from today on, and tell its people; raise OpeningRefused.

    Its organiser is `organiser_id`, else the one with the same enterprise number, and a new one where nobody here
    has it. `opens_on` is the first day of care, today unless told. It keeps no places here until its own people choose
    how.
    """
    if facts.file_number and Location.objects.filter(file_number=facts.file_number).exists():
        raise OpeningRefused("file_number", f"Dossiernummer {facts.file_number} is al van een andere opvang.")
    territory = Desk.objects.values_list("territory", flat=True).get(id=desk_id)
    if code_of_today(facts.nis_code) not in {code_of_today(code) for code in territory}:
        raise OpeningRefused("postcode", "Deze gemeente hoort niet bij je loket.")
    today = brussels_date(now)
    point = point_of(facts.street, facts.house_number, facts.postcode)
    location = Location.objects.create(
        organiser=_organiser(facts, organiser_id, now),
        slug=_free_slug(facts.name),
        name=facts.name,
        type=facts.type,
        subsidy_step=facts.subsidy_step,
        tariff=facts.tariff,
        file_number=facts.file_number,
        licensed_places=facts.licensed_places,
        street=facts.street,
        house_number=facts.house_number,
        postcode=facts.postcode,
        nis_code=facts.nis_code,
        lat=point.lat,
        lon=point.lon,
        email=facts.email,
        phone=facts.phone,
        website=facts.website,
        opened_on=opens_on or today,
        created_at=now,
    )
    LocationInDesk.objects.create(location=location, desk_id=desk_id, relation=DeskRelation.HOME, start_on=today)
    confirm_register([location.id], now=now)
    record_edit(location, "opened", actor=actor, now=now)
    is_mailed = invite and _invite(location, desk_id, now)
    return Opened(location_id=location.id, slug=location.slug, name=location.name, is_mailed=is_mailed)


def _invite(location: Location, desk_id: UUID, now: datetime) -> bool:
    """Mail a location that it stands here and how its people come in; return whether it has an address to mail.

    Whoever reads the mail of that address is let in by a code (`people.account_of_registered_address`).
    """
    cause, context = f"location_joined:{location.id}", {"link": absolute("/organisator/")}
    plan_messages([to_location(location, "location_joined", cause=cause, context=context)], desk_id=desk_id, now=now)
    return bool(mail_of(location))


@lru_cache(maxsize=4096)
def point_of(street: str, house_number: str, postcode: str) -> Point:
    """Return the point of an address, as near as the packaged places know it."""
    place = geography.postcode(postcode)
    town = f"{postcode} {place.name}" if place else postcode
    found = geography.place_point(f"{street} {house_number}, {town}")
    return Point(found.lat, found.lon) if found else Point(None, None)


def confirm_register(location_ids: Iterable[UUID], *, now: datetime) -> None:
    """Write down that what the register tells of these locations was held against it today."""
    FactConfirmation.objects.bulk_create(
        [
            FactConfirmation(location_id=location_id, fact=PageFact.REGISTER, confirmed_on=brussels_date(now))
            for location_id in location_ids
        ],
        update_conflicts=True,
        unique_fields=["location", "fact"],
        update_fields=["confirmed_on"],
    )


def digits(number: str) -> str:
    """Return an enterprise number as it is compared: its digits alone."""
    return "".join(sign for sign in number if sign.isdigit())


def organisers_at(desk_id: UUID, *, today: date) -> tuple[NamedOrganiser, ...]:
    """Return the organisers of the locations of which this desk is the home, by name."""
    homes = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), desk_id=desk_id, relation=DeskRelation.HOME, start_on__lte=today
    )
    rows = Organiser.objects.filter(locations__in=homes.values("location_id")).distinct().order_by("name", "id")
    return tuple(NamedOrganiser(*row) for row in rows.values_list("id", "name"))


def _organiser(facts: RegisterFacts, organiser_id: UUID | None, now: datetime) -> Organiser:
    if organiser_id is not None:
        return Organiser.objects.get(id=organiser_id)
    if facts.kbo:
        known = [row for row in Organiser.objects.exclude(kbo="").order_by("id") if digits(row.kbo) == facts.kbo]
        if known:
            return known[0]
    return Organiser.objects.create(name=facts.organiser_name, kbo=facts.kbo, created_at=now)


def _free_slug(name: str) -> str:
    """Return an address for a location that no other has."""
    base = slugify(name)[: _SLUG_LENGTH - 8].strip("-") or "opvang"
    taken = set(Location.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbers if slug not in taken)

"""A location that is new here: its organiser, its page, its home desk, and the mail that tells how to come in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from opvangloket.domains.providers.models import (
    DeskRelation,
    FactConfirmation,
    Location,
    LocationInDesk,
    Organiser,
)
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation import geography
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute, plan_message
from opvangloket.rules.location_page import PageFact
from opvangloket.rules.official_register import RegisterFacts
from opvangloket.rules.periods import brussels_date

_SLUG_LENGTH: Final = 80


class OpeningRefused(OpvangloketError):
    """A location cannot be opened as asked."""

    code = "opening_refused"


@dataclass(frozen=True, slots=True)
class Point:
    """Where an address lies on the map; None where its place is not known."""

    lat: float | None
    lon: float | None


@transaction.atomic
def open_location(*, desk_id: UUID, facts: RegisterFacts, actor: Actor, now: datetime) -> UUID:
    """Make a location with this desk as its home, from today on, and return its id; raise OpeningRefused.

    Its organiser is the one with the same enterprise number, and a new one where nobody here has it. It keeps no
    places here until its own people choose how.
    """
    if facts.file_number and Location.objects.filter(file_number=facts.file_number).exists():
        raise OpeningRefused(f"Dossiernummer {facts.file_number} is al van een andere opvang.")
    today = brussels_date(now)
    point = point_of(facts.street, facts.house_number, facts.postcode)
    location = Location.objects.create(
        organiser=_organiser(facts, now),
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
        opened_on=today,
        created_at=now,
    )
    LocationInDesk.objects.create(location=location, desk_id=desk_id, relation=DeskRelation.HOME, start_on=today)
    confirm_register([location.id], now=now)
    record_edit(location, "opened", actor=actor, now=now)
    return location.id


def invite_to_location(location_id: UUID, *, desk_id: UUID, now: datetime) -> bool:
    """Mail a location that it stands here and how its people come in; return whether it has an address to mail.

    Whoever reads the mail of that address is let in by a code (`people.account_of_registered_address`).
    """
    location = Location.objects.select_related("organiser").get(id=location_id)
    address = location.email or location.organiser.email
    if not address:
        return False
    plan_message(
        desk_id=desk_id,
        template="location_joined",
        cause=f"location_joined:{location.id}",
        recipient=address,
        recipient_name=location.name,
        audience=Audience.ORGANISER,
        context={"location_name": location.name, "link": absolute("/organisator/")},
        now=now,
        location_id=location.id,
    )
    return True


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


def _organiser(facts: RegisterFacts, now: datetime) -> Organiser:
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

"""Keeping up the page of a location: each part is filled in together, and what is saved counts as confirmed (SPEC §6).

Changes are live at once. Only the free text may wait: when the procedure of the home desk says so, the desk reads it
first. Type, subsidy step and licensed places come from the official register and are not changed here.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction

from opvangloket.domains.providers.models import (
    Closing,
    FactConfirmation,
    Location,
    OpeningHours,
    ProposedText,
    Tariff,
)
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.location_page import FACTS_OF_PART, PagePart
from opvangloket.rules.patterns import WEEKDAYS, DayHours
from opvangloket.rules.periods import Period, brussels_date

LONGEST_TEXT: Final = 2000
HIGHEST_PRICE: Final = Decimal(500)
_LONGEST_CLOSING_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPart:
    """How a location is called and reached; links start with http."""

    part: ClassVar = PagePart.CONTACT
    name: str
    email: str = ""
    phone: str = ""
    website: str = ""
    house_rules_url: str = ""
    agency_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPart:
    """When a location is open; a day may have several stretches, none of them past midnight."""

    part: ClassVar = PagePart.HOURS
    days: tuple[DayHours, ...]
    night_care: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePart:
    """What care costs: by income, or a fixed price with its amounts in euro."""

    part: ClassVar = PagePart.PRICE
    tariff: Tariff
    price_day: Decimal | None = None
    price_half_day: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomePart:
    """Who is welcome; None: not told. Languages are codes of `rules.procedure.Language`."""

    part: ClassVar = PagePart.WELCOME
    inclusive: bool | None = None
    accessible: bool | None = None
    languages: tuple[str, ...] = ()


class PageRefused(OpvangloketError):
    """A page that cannot be kept as it was filled in; `field` says what to put right."""

    code = "page_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def change_contact(*, location_id: UUID, contact: ContactPart, actor: Actor, now: datetime) -> None:
    """Change how a location is called and reached; raise PageRefused."""
    _check_contact(contact)
    _write(locked_location(location_id), contact, actor=actor, now=now)


@transaction.atomic
def change_price(*, location_id: UUID, price: PricePart, actor: Actor, now: datetime) -> None:
    """Change what care costs; raise PageRefused. Amounts of a price by income are left out."""
    for field in ("price_day", "price_half_day"):
        amount = getattr(price, field)
        if amount is not None and not 0 < amount <= HIGHEST_PRICE:
            raise PageRefused(field, f"Kies een bedrag tot {HIGHEST_PRICE} euro.")
    if price.tariff == Tariff.INCOME:
        price = PricePart(tariff=price.tariff)
    _write(locked_location(location_id), price, actor=actor, now=now)


@transaction.atomic
def change_welcome(*, location_id: UUID, welcome: WelcomePart, actor: Actor, now: datetime) -> None:
    """Change who is welcome, and in which languages."""
    _write(locked_location(location_id), welcome, actor=actor, now=now)


@transaction.atomic
def change_hours(*, location_id: UUID, hours: HoursPart, actor: Actor, now: datetime) -> None:
    """Change when a location is open; raise PageRefused."""
    _check_hours(hours.days)
    location = locked_location(location_id)
    OpeningHours.objects.filter(location=location).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=WEEKDAYS.index(day.weekday), opens=day.start, closes=day.end)
        for day in hours.days
    )
    location.night_care = hours.night_care
    location.save(update_fields=["night_care"])
    confirm_part(location, hours.part, actor=actor, now=now)


@transaction.atomic
def add_closing(*, location_id: UUID, closed: Period, reason: str = "", actor: Actor, now: datetime) -> None:
    """Add days on which a location is closed; raise PageRefused. The same days twice are there once."""
    if closed.end is None or (closed.end - closed.start).days > _LONGEST_CLOSING_DAYS:
        raise PageRefused("last", "Dit is langer dan een jaar. Kijk de laatste dag na.")
    if closed.end <= brussels_date(now):
        raise PageRefused("last", "Deze dagen zijn voorbij. Kijk het jaar na.")
    location = locked_location(location_id)
    Closing.objects.get_or_create(
        location=location, start_on=closed.start, end_on=closed.end, defaults={"reason": reason}
    )
    confirm_part(location, PagePart.CLOSING_DAYS, actor=actor, now=now)


@transaction.atomic
def drop_closing(*, location_id: UUID, closing_id: UUID, actor: Actor, now: datetime) -> None:
    """Take away days on which a location was to be closed. A second time changes nothing."""
    location = locked_location(location_id)
    dropped, _by_table = Closing.objects.filter(location=location, id=closing_id).delete()
    if dropped:
        confirm_part(location, PagePart.CLOSING_DAYS, actor=actor, now=now)


@transaction.atomic
def change_text(*, location_id: UUID, text: str, reviewed: bool, actor: Actor, now: datetime) -> bool:
    """Change what a location tells in its own words, and return whether families see it at once; raise PageRefused.

    `reviewed` is the choice of its home desk. What the desk itself writes needs no reading; nor does an empty text.
    """
    if len(text) > LONGEST_TEXT:
        raise PageRefused("text", f"Dit is te lang. Schrijf hoogstens {LONGEST_TEXT} tekens.")
    location = locked_location(location_id)
    ProposedText.objects.filter(location=location).delete()
    if reviewed and text and text != location.text and not actor.is_desk:
        ProposedText.objects.create(location=location, text=text, proposed_at=now)
        record_edit(location, "text_proposed", actor=actor, now=now)
        return False
    _show_text(location, text, actor=actor, now=now)
    return True


@transaction.atomic
def show_proposed_text(*, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Let families see the text that waited. Nothing happens when none waits any more."""
    location = locked_location(location_id)
    proposed = ProposedText.objects.filter(location=location).first()
    if proposed is not None:
        proposed.delete()
        _show_text(location, proposed.text, actor=actor, now=now)


@transaction.atomic
def return_proposed_text(*, location_id: UUID, because: str, actor: Actor, now: datetime) -> None:
    """Give a text back to its location with what to change; raise PageRefused without words."""
    if not because:
        raise PageRefused("because", "Schrijf wat er anders moet. De opvang leest dit.")
    location = locked_location(location_id)
    if ProposedText.objects.filter(location=location).update(returned_because=because):
        record_edit(location, "text_returned", actor=actor, now=now)


def _show_text(location: Location, text: str, *, actor: Actor, now: datetime) -> None:
    location.text = text
    location.save(update_fields=["text"])
    confirm_part(location, PagePart.TEXT, actor=actor, now=now)


def _write(location: Location, part: ContactPart | PricePart | WelcomePart, *, actor: Actor, now: datetime) -> None:
    """Store a part whose fields are columns of the location."""
    columns = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(part).items()}
    for name, value in columns.items():
        setattr(location, name, value)
    location.save(update_fields=list(columns))
    confirm_part(location, part.part, actor=actor, now=now)


def confirm_part(location: Location, part: PagePart, *, actor: Actor, now: datetime) -> None:
    """Write down that every fact of a part is right today: whoever saved it, saw it."""
    FactConfirmation.objects.bulk_create(
        [
            FactConfirmation(location=location, fact=fact, confirmed_on=brussels_date(now))
            for fact in FACTS_OF_PART[part]
        ],
        update_conflicts=True,
        unique_fields=["location", "fact"],
        update_fields=["confirmed_on"],
    )
    record_edit(location, f"page_{part}", actor=actor, now=now)


def _check_contact(contact: ContactPart) -> None:
    if not contact.name:
        raise PageRefused("name", "Vul de naam van de opvang in.")
    if not (contact.email or contact.phone):
        raise PageRefused("phone", "Vul een e-mailadres of een telefoonnummer in.")
    if contact.email and not _is_valid(validate_email, contact.email):
        raise PageRefused("email", "Kijk dit e-mailadres na. Een voorbeeld: info@opvang.be.")
    for field in ("website", "house_rules_url", "agency_url"):
        if (address := getattr(contact, field)) and not _is_valid(URLValidator(schemes=["http", "https"]), address):
            raise PageRefused(field, "Kijk dit webadres na. Een voorbeeld: www.opvang.be.")


def _is_valid(check: Callable[[str], object], value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


def _check_hours(days: tuple[DayHours, ...]) -> None:
    if not days:
        raise PageRefused("hours", "Vul voor minstens één dag in van wanneer tot wanneer.")
    ends: dict[str, int] = {}
    for day in sorted(days, key=lambda day: (WEEKDAYS.index(day.weekday), day.start)):
        if day.end <= day.start:
            raise PageRefused("hours", "Het einde ligt voor het begin. Kruis nacht aan voor opvang na middernacht.")
        if day.start < ends.get(day.weekday, 0):
            raise PageRefused("hours", "Twee uren op dezelfde dag lopen door elkaar. Kijk ze na.")
        ends[day.weekday] = day.end

"""A new location that its organiser asks for: its desk looks, puts it on the list, or says why not yet (SPEC §6)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opvangloket.domains.providers.models import AskedOpening, Location, OpeningEnding, Organiser
from opvangloket.domains.providers.opening import Opened, OpeningRefused, digits, open_location
from opvangloket.domains.providers.territories import desks_serving
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import name_of_code
from opvangloket.foundation.messages.actions import absolute, plan_message
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.contacts import comparable_address
from opvangloket.rules.official_register import RegisterFacts
from opvangloket.rules.periods import add_months, brussels_date, brussels_midnight
from opvangloket.rules.spelling import plain_words

# Long enough that whoever was away for a season still reads what became of it.
_SHOWN_DAYS: Final = 90
# A decision of the agency comes months, not years, before the first child.
_MOST_MONTHS_AHEAD: Final = 24


class NotAskedHere(OpvangloketError):
    """No new location of this id waits here any more."""

    code = "not_asked_here"
    message = "Over deze opvang is al beslist, of ze is niet meer gevraagd."


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLocation:
    """A location that may be the same one: who, where, and whether it is closed."""

    name: str
    address: str
    organiser_name: str
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLocation:
    """A new location that was asked for; `ending` is None while it waits, `slug` is empty until it stands there."""

    id: UUID
    organiser_id: UUID
    organiser_name: str
    desk_name: str
    facts: RegisterFacts
    opens_on: date
    asked_on: date
    ending: OpeningEnding | None
    refused_because: str
    slug: str

    @property
    def address_words(self) -> str:
        """The whole address in one line."""
        facts = self.facts
        return f"{facts.street} {facts.house_number}, {facts.postcode} {name_of_code(facts.nis_code)}"


@transaction.atomic
def ask_opening(
    *, organiser_id: UUID, facts: RegisterFacts, opens_on: date, actor: Actor, now: datetime
) -> AskedLocation:
    """Ask the desk of its municipality for a new location; the same once more is asked once.

    The organiser's own name and number are filled in. Raises OpeningRefused where no desk serves the municipality, for
    a file number that another location has, or a day that cannot be.
    """
    organiser = Organiser.objects.select_for_update(no_key=True).get(id=organiser_id)
    facts = replace(facts, organiser_name=organiser.name, kbo=digits(organiser.kbo))
    desk = _desk_for(facts, opens_on, brussels_date(now))
    waiting = AskedOpening.objects.filter(organiser=organiser, ended_at=None, facts=asdict(facts), opens_on=opens_on)
    row = waiting.first()
    if row is None:
        row = AskedOpening.objects.create(
            organiser=organiser,
            desk=desk,
            facts=asdict(facts),
            opens_on=opens_on,
            asked_at=now,
            asked_by_id=actor.id,
        )
        _record("location.ask_opening", row, actor, now)
    return _asked(row)


def asked_of_organiser(organiser_id: UUID, *, today: date) -> tuple[AskedLocation, ...]:
    """Return the new locations that an organiser asked for: what waits, and what ended lately; the newest first."""
    lately = Q(ended_at=None) | Q(asked_at__gte=brussels_midnight(today - timedelta(days=_SHOWN_DAYS)))
    rows = AskedOpening.objects.filter(lately, organiser_id=organiser_id).exclude(ending=OpeningEnding.TAKEN_BACK)
    return tuple(_asked(row) for row in rows.select_related("organiser", "desk", "location").order_by("-asked_at"))


def waiting_openings() -> tuple[AskedLocation, ...]:
    """Return the new locations that the desk in scope still has to look at, the eldest first."""
    rows = AskedOpening.objects.filter(ended_at=None).select_related("organiser", "desk", "location")
    return tuple(_asked(row) for row in rows.order_by("asked_at", "id"))


def likely_known(asked: Iterable[AskedLocation]) -> dict[UUID, tuple[KnownLocation, ...]]:
    """Return for each asked location those that may be the same one: by address, file number or name; in one query."""
    wanted = {one.id: one.facts for one in asked}
    postcodes = {facts.postcode for facts in wanted.values()}
    numbers = {facts.file_number for facts in wanted.values() if facts.file_number}
    rows = Location.objects.filter(Q(postcode__in=postcodes) | Q(file_number__in=numbers)).select_related("organiser")
    found: defaultdict[UUID, list[KnownLocation]] = defaultdict(list)
    for row in rows.order_by("name", "id"):
        for key, facts in wanted.items():
            if _may_be_the_same(row, facts):
                found[key].append(_known(row))
    return {key: tuple(rows) for key, rows in found.items()}


@transaction.atomic
def open_asked(*, opening_id: UUID, actor: Actor, now: datetime) -> Opened:
    """Put an asked location on the list of the desk in scope, and tell who asked; raise NotAskedHere, OpeningRefused."""
    row = _locked(opening_id)
    opened = open_location(
        desk_id=row.desk_id,
        facts=RegisterFacts(**row.facts),
        organiser_id=row.organiser_id,
        invite=False,
        opens_on=row.opens_on,
        actor=actor,
        now=now,
    )
    row.location_id = opened.location_id
    _end(row, OpeningEnding.OPENED, actor, now)
    _tell(row, f"/organisator/locaties/{opened.slug}/", now)
    return replace(opened, is_mailed=True)


@transaction.atomic
def refuse_asked(*, opening_id: UUID, because: str, actor: Actor, now: datetime) -> str:
    """Leave an asked location off the list, tell who asked why, and return its name; raise NotAskedHere."""
    row = _locked(opening_id)
    row.refused_because = because
    _end(row, OpeningEnding.REFUSED, actor, now)
    _record("location.refuse_opening", row, actor, now)
    _tell(row, "/organisator/locaties-nieuw/", now)
    return str(row.facts["name"])


@transaction.atomic
def take_back_asked(*, opening_id: UUID, actor: Actor, now: datetime) -> str:
    """Ask for a location no longer, and return its name; raise NotAskedHere when the desk decided already."""
    row = _locked(opening_id)
    _end(row, OpeningEnding.TAKEN_BACK, actor, now)
    _record("location.ask_opening", row, actor, now)
    return str(row.facts["name"])


def _desk_for(facts: RegisterFacts, opens_on: date, today: date) -> Desk:
    serving = desks_serving(facts.nis_code) if facts.nis_code else []
    if not serving:
        raise OpeningRefused("postcode", "In deze gemeente is er hier geen loket.")
    if facts.file_number and Location.objects.filter(file_number=facts.file_number).exists():
        raise OpeningRefused("file_number", f"Dossiernummer {facts.file_number} is al van een andere opvang.")
    if opens_on > add_months(today, _MOST_MONTHS_AHEAD):
        raise OpeningRefused("opens", "Dit is langer dan twee jaar. Kijk het jaar na.")
    return serving[0]


def _may_be_the_same(row: Location, facts: RegisterFacts) -> bool:
    if facts.file_number and row.file_number == facts.file_number:
        return True
    here = comparable_address(street=facts.street, house_number=facts.house_number, postcode=facts.postcode)
    there = comparable_address(street=row.street, house_number=row.house_number, postcode=row.postcode)
    is_same_name = plain_words(row.name) == plain_words(facts.name)
    return row.postcode == facts.postcode and (is_same_name or bool(here and here == there))


def _known(row: Location) -> KnownLocation:
    address = f"{row.street} {row.house_number}, {row.postcode} {name_of_code(row.nis_code)}"
    return KnownLocation(
        name=row.name, address=address, organiser_name=row.organiser.name, is_closed=row.closed_on is not None
    )


def _locked(opening_id: UUID) -> AskedOpening:
    rows = AskedOpening.objects.select_for_update(of=("self",)).filter(id=opening_id, ended_at=None)
    row = rows.first()
    if row is None:
        raise NotAskedHere
    return row


def _end(row: AskedOpening, ending: OpeningEnding, actor: Actor, now: datetime) -> None:
    row.ending, row.ended_at, row.ended_by_id = ending, now, actor.id
    row.save(update_fields=["ending", "ended_at", "ended_by_id", "refused_because", "location"])


def _tell(row: AskedOpening, path: str, now: datetime) -> None:
    """Mail whoever asked what the desk decided."""
    asker = Account.objects.filter(id=row.asked_by_id).first() if row.asked_by_id else None
    if asker is None:
        return
    plan_message(
        desk_id=row.desk_id,
        template="opening_decided",
        cause=f"opening_decided:{row.id}",
        recipient=asker.email,
        recipient_name=asker.name,
        audience=Audience.ORGANISER,
        context={"location_name": row.facts["name"], "because": row.refused_because, "link": absolute(path)},
        now=now,
    )


def _record(action: str, row: AskedOpening, actor: Actor, now: datetime) -> None:
    record(action, actor=actor, at=now, desk_id=row.desk_id, subject_kind="asked_opening", subject_id=row.id)


def _asked(row: AskedOpening) -> AskedLocation:
    return AskedLocation(
        id=row.id,
        organiser_id=row.organiser_id,
        organiser_name=row.organiser.name,
        desk_name=row.desk.name,
        facts=RegisterFacts(**row.facts),
        opens_on=row.opens_on,
        asked_on=brussels_date(row.asked_at),
        ending=OpeningEnding(row.ending) if row.ending else None,
        refused_because=row.refused_because,
        slug=row.location.slug if row.location else "",
    )

"""What a list of the official register would change at a desk: new, changed field by field, gone (SPEC §6)."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from opvangloket.domains.exchange.register.reading import ReadRegister
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, RegisterList
from opvangloket.domains.providers.opening import digits
from opvangloket.foundation import geography
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.official_register import (
    FieldChange,
    RegisterFacts,
    change_key,
    differences,
    is_taken_over,
    sort_out,
)

_LAST_YEAR: Final = 9999
_FACTS: Final = tuple(field.name for field in fields(RegisterFacts))


class NoSuchList(OpvangloketError):
    """No such list of the register at this desk."""

    code = "no_such_list"
    message = "We vinden deze lijst niet. Laad ze opnieuw op."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLocation:
    """A location that the register has and the desk has not."""

    key: str
    facts: RegisterFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLocation:
    """A location of which facts differ."""

    key: str
    location_id: UUID
    slug: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLocation:
    """A location with its page, and where it is now by the register when that matters."""

    slug: str
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChanges:
    """What a list would change.

    `leaving` moved out of the territory, `taken_over` have another organiser, `gone` are no longer in the register:
    what follows from that is decided per location, so none of these is approved here. `elsewhere` are file numbers
    that a location of another desk has. `outside` counts rows of other municipalities.
    """

    file_name: str
    made_at: datetime
    approved_at: datetime | None
    new: tuple[NewLocation, ...]
    changed: tuple[ChangedLocation, ...]
    leaving: tuple[NamedLocation, ...]
    taken_over: tuple[NamedLocation, ...]
    gone: tuple[NamedLocation, ...]
    elsewhere: tuple[str, ...]
    unchanged: tuple[UUID, ...]
    outside: int


@transaction.atomic
def keep_list(*, desk_id: UUID, file_name: str, read: ReadRegister, actor: Actor, now: datetime) -> UUID:
    """Keep the rows of a list without errors until somebody approves what it changes, and return its id."""
    kept = RegisterList.objects.create(
        desk_id=desk_id,
        file_name=file_name[:200],
        rows=[asdict(row) for row in read.rows],
        made_at=now,
        made_by_id=actor.id,
    )
    record("register.sync", actor=actor, at=now, desk_id=desk_id, subject_kind="register_list", subject_id=kept.id)
    return kept.id


def register_changes(list_id: UUID, *, today: date) -> RegisterChanges:
    """Return what a kept list would change today, in a fixed number of queries; raise NoSuchList."""
    kept = RegisterList.objects.filter(id=list_id).select_related("desk").first()
    if kept is None:
        raise NoSuchList
    return changes_of(kept, today=today)


def changes_of(kept: RegisterList, *, today: date) -> RegisterChanges:
    """Return what a list would change, looked at from its own desk."""
    rows = [RegisterFacts(**{name: row[name] for name in _FACTS}) for row in kept.rows]
    locations = {str(row.id): row for row in home_locations(kept.desk_id, today=today)}
    known = {key: facts_of(row) for key, row in locations.items()}
    found = sort_out(rows, known)
    territory = _codes_of_today(kept.desk)
    inside = [row for row in found.new if _today(row.nis_code) in territory]
    elsewhere = _numbers_elsewhere([row.file_number for row in inside])
    changed, leaving, taken_over, unchanged = [], [], [], []
    for key, row in found.pairs:
        location, changes = locations[key], differences(known[key], row)
        if is_taken_over(changes):
            taken_over.append(NamedLocation(slug=location.slug, name=location.name, words=row.organiser_name))
        elif _today(row.nis_code) not in territory:
            town = f"{row.street} {row.house_number}, {row.postcode} {geography.name_of_code(row.nis_code)}"
            leaving.append(NamedLocation(slug=location.slug, name=location.name, words=town))
        elif changes:
            changed.append(
                ChangedLocation(
                    key=change_key(row.file_number, changes),
                    location_id=location.id,
                    slug=location.slug,
                    name=location.name,
                    changes=changes,
                )
            )
        else:
            unchanged.append(location.id)
    return RegisterChanges(
        file_name=kept.file_name,
        made_at=kept.made_at,
        approved_at=kept.approved_at,
        new=tuple(_new(row) for row in inside if row.file_number not in elsewhere),
        changed=tuple(changed),
        leaving=tuple(leaving),
        taken_over=tuple(taken_over),
        gone=tuple(NamedLocation(slug=locations[key].slug, name=locations[key].name) for key in found.gone),
        elsewhere=tuple(f"{row.name} ({row.file_number})" for row in inside if row.file_number in elsewhere),
        unchanged=tuple(unchanged),
        outside=len(found.new) - len(inside),
    )


def home_locations(desk_id: UUID, *, today: date) -> list[Location]:
    """Return the running locations of which this desk is the home, by name."""
    homes = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), desk_id=desk_id, relation=DeskRelation.HOME, start_on__lte=today
    )
    running = Q(closed_on=None) | Q(closed_on__gt=today)
    rows = Location.objects.filter(running, id__in=homes.values("location_id"))
    return list(rows.select_related("organiser").order_by("name", "id"))


def facts_of(location: Location) -> RegisterFacts:
    """Return what is known of a location, as the register would write it."""
    own: Mapping[str, object] = {
        name: getattr(location, name) for name in _FACTS if name not in {"organiser_name", "kbo", "nis_code"}
    }
    return RegisterFacts(
        organiser_name=location.organiser.name,
        kbo=digits(location.organiser.kbo),
        nis_code=_today(location.nis_code),
        **own,  # type: ignore[arg-type]
    )


def _new(row: RegisterFacts) -> NewLocation:
    told = [FieldChange(change.field, "", change.after) for change in differences(_NOTHING, row)]
    return NewLocation(key=change_key(row.file_number, told), facts=row)


_NOTHING: Final = RegisterFacts(
    **{name: 0 if name == "licensed_places" else "" for name in _FACTS}  # type: ignore[arg-type]
)


def _numbers_elsewhere(numbers: Collection[str]) -> set[str]:
    """Return which file numbers a location has that is not at home here; it may be closed."""
    return set(Location.objects.filter(file_number__in=numbers).values_list("file_number", flat=True))


def _codes_of_today(desk: Desk) -> set[str]:
    return {_today(code) for code in desk.territory}


def _today(nis_code: str) -> str:
    """Return the code that a municipality has after its mergers."""
    return geography.code_in_year(nis_code, _LAST_YEAR)

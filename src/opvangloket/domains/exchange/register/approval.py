"""Approving what a list of the official register changes: all of it or row by row, in one transaction (SPEC §6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.closing.moving import announce_for_location
from opvangloket.domains.exchange.lists.shown_changes import ChangedSinceShown, lock_locations
from opvangloket.domains.exchange.register.changes import ChangedLocation, NoSuchList, changes_of, home_locations
from opvangloket.domains.providers.map_point import forget_who_set, leaves_its_point
from opvangloket.domains.providers.models import Location, RegisterList
from opvangloket.domains.providers.moving import NewAddress, announced_move
from opvangloket.domains.providers.opening import Opened, confirm_register, open_location, point_of
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation import geography
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.contacts import comparable_address
from opvangloket.rules.periods import brussels_date

_ADDRESS: Final = frozenset({"street", "house_number", "postcode", "nis_code"})


class NothingChosen(OpvangloketError):
    """No row was ticked."""

    code = "nothing_chosen"
    message = "Kies minstens één opvang."


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What was done: how many locations are new and changed, and the names of new ones that have no address to mail."""

    new: int
    changed: int
    invited: int
    without_address: tuple[str, ...]


@transaction.atomic
def approve_register(
    *,
    list_id: UUID,
    keys: Collection[str],
    own_fields: Collection[tuple[str, str]] = (),
    invite: bool,
    actor: Actor,
    now: datetime,
) -> Approved:
    """Do what was approved of a list, all of it or nothing.

    `keys` name the changes as they were shown. What a location filled in itself is overwritten only where
    `own_fields` has its key with the name of the field. Raises NoSuchList, NothingChosen and ChangedSinceShown.
    """
    kept = RegisterList.objects.select_for_update(of=("self",)).select_related("desk").filter(id=list_id).first()
    if kept is None:
        raise NoSuchList
    if not keys:
        raise NothingChosen
    today = brussels_date(now)
    lock_locations(location.id for location in home_locations(kept.desk_id, today=today))
    changes = changes_of(kept, today=today)
    shown = {one.key for one in changes.new} | {one.key for one in changes.changed}
    if set(keys) - shown:
        raise ChangedSinceShown
    changed = [one for one in changes.changed if one.key in keys]
    for one in changed:
        own = {field for key, field in own_fields if key == one.key}
        _change(one, own, desk_id=kept.desk_id, actor=actor, now=now)
    chosen = [one.facts for one in changes.new if one.key in keys]
    opened: list[Opened] = [
        open_location(desk_id=kept.desk_id, facts=facts, invite=invite, actor=actor, now=now) for facts in chosen
    ]
    confirm_register([*(one.location_id for one in changed), *changes.unchanged], now=now)
    kept.approved_at = now
    kept.save(update_fields=["approved_at"])
    record("register.sync", actor=actor, at=now, desk_id=kept.desk_id, subject_kind="register_list", subject_id=kept.id)
    return Approved(
        new=len(opened),
        changed=len(changed),
        invited=sum(one.is_mailed for one in opened),
        without_address=tuple(one.name for one in opened if invite and not one.is_mailed),
    )


def _change(one: ChangedLocation, own: Collection[str], *, desk_id: UUID, actor: Actor, now: datetime) -> None:
    """Write the facts of the register, and of the location's own ones those that were chosen."""
    location = Location.objects.select_related("organiser").get(id=one.location_id)
    taken: dict[str, Any] = {
        change.field.name: change.after for change in one.changes if not change.is_own or change.field.name in own
    }
    codes = [f"register_{name}" for name in taken]
    _write_organiser(location, taken.pop("kbo", ""))
    if (address := _moves_to(location, taken)) is not None:
        _move(location.id, address, desk_id, actor, now)
        taken = {name: value for name, value in taken.items() if name not in _ADDRESS}
    street, postcode = (taken.get(name, getattr(location, name)) for name in ("street", "postcode"))
    elsewhere = bool(_ADDRESS & set(taken)) and leaves_its_point(location, street=street, postcode=postcode)
    for name, value in taken.items():
        setattr(location, name, value)
    if elsewhere:
        forget_who_set(location)
        point = point_of(location.street, location.house_number, location.postcode)
        location.lat, location.lon = point.lat, point.lon
        taken |= {"lat": point.lat, "lon": point.lon}
    location.save(update_fields=list(taken))
    record_edit(location, *codes, actor=actor, now=now)


def _moves_to(location: Location, taken: Mapping[str, Any]) -> NewAddress | None:
    """Return the other address that the register has; None for one that is only written otherwise, or was not known."""
    here = {name: getattr(location, name) for name in ("street", "house_number", "postcode")}
    there = {name: str(taken.get(name, known)) for name, known in here.items()}
    before, after = comparable_address(**here), comparable_address(**there)
    is_known = before and after and geography.postcode(there["postcode"])
    return NewAddress(**there) if is_known and before != after else None


def _move(location_id: UUID, address: NewAddress, desk_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a location move from today on, instead of any move that was announced: its families are told."""
    announced = announced_move(location_id)
    announce_for_location(
        location_id=location_id,
        desk_id=desk_id,
        address=address,
        from_on=brussels_date(now),
        instead_of=announced.id if announced else None,
        actor=actor,
        now=now,
    )


def _write_organiser(location: Location, kbo: str) -> None:
    """Fill in the enterprise number of the organiser; another one than is known never comes this far."""
    if kbo:
        location.organiser.kbo = kbo
        location.organiser.save(update_fields=["kbo"])

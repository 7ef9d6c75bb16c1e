"""Approving what a list of free places changes: all of it or row by row, in one transaction (SPEC §6).

All or nothing: whoever hands in a list works with the whole of it, and half a list done would need a third one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.exchange.lists.sheets import Line
from opvangloket.domains.exchange.lists.shown_changes import ChangedSinceShown, lock_locations
from opvangloket.domains.exchange.vacancies.changes import ChangeKind, VacancyChange, VacancyChanges, vacancy_changes
from opvangloket.domains.exchange.vacancies.reading import ReadVacancies, own_places, read_vacancies
from opvangloket.domains.providers.vacancies import VacancyEdits, confirm_vacancies, edit_vacancies
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.periods import brussels_date


class NothingTicked(OpvangloketError):
    """No row was ticked."""

    code = "nothing_ticked"
    message = "Kies minstens één vrije plaats."


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAtList:
    """A list beside what is declared now: what is wrong in it, and what it changes when nothing is."""

    read: ReadVacancies
    changes: VacancyChanges


@dataclass(frozen=True, slots=True)
class DoneOfList:
    """How many places of each kind were approved, and how many could not be because they were not shown."""

    counts: Mapping[ChangeKind, int]
    unshown: int


def look_at_vacancies(
    *, lines: Sequence[Line], file_name: str, location_ids: Collection[UUID], now: datetime
) -> LookedAtList:
    """Read a list for these locations and say what it changes; raise ListRefused for what is no list at all."""
    today = brussels_date(now)
    known = own_places(location_ids, today=today)
    read = read_vacancies(lines, file_name, known, today=today)
    found = VacancyChanges(changes=(), same=0, over=0)
    if not read.error_count:
        found = vacancy_changes(read, known, today=today)
    return LookedAtList(read=read, changes=found)


@transaction.atomic
def approve_vacancies(
    *,
    lines: Sequence[Line],
    file_name: str,
    keys: Collection[str],
    location_ids: Collection[UUID],
    actor: Actor,
    now: datetime,
) -> DoneOfList:
    """Do what was approved of a list, and return how many places that were.

    `keys` name the changes as they were shown. Raises NothingTicked and ChangedSinceShown, and then nothing is done.
    """
    if not keys:
        raise NothingTicked
    lock_locations(location_ids)
    looked = look_at_vacancies(lines=lines, file_name=file_name, location_ids=location_ids, now=now)
    chosen = [one for one in looked.changes.changes if one.key in keys]
    if len(chosen) != len(set(keys)):
        raise ChangedSinceShown
    of_location: defaultdict[UUID, list[VacancyChange]] = defaultdict(list)
    for one in chosen:
        of_location[one.location.id].append(one)
    for location_id, changes in of_location.items():
        still_free = {one.before.id for one in changes if one.kind is ChangeKind.CONFIRMED and one.before}
        if still_free:
            confirm_vacancies(location_id=location_id, only=still_free, actor=actor, now=now)
        if len(still_free) < len(changes):
            edit_vacancies(location_id=location_id, edits=_edits(changes), actor=actor, now=now)
    counts = {kind: sum(one.kind is kind for one in chosen) for kind in ChangeKind}
    return DoneOfList(counts, looked.changes.unshown)


def _edits(changes: Iterable[VacancyChange]) -> VacancyEdits:
    """Return what to declare, change and close of a location; what is only confirmed is left out."""
    edits = [one for one in changes if one.kind is not ChangeKind.CONFIRMED]
    return VacancyEdits(
        new=[one.after for one in edits if one.after and not one.before],
        changed={one.before.id: one.after for one in edits if one.after and one.before},
        closed=[one.before.id for one in edits if one.before and not one.after],
    )

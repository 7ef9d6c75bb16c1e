"""Approving what a list of free places changes: all of it or row by row, in one transaction (SPEC §6).

All or nothing: whoever hands in a list works with the whole of it, and half a list done would need a third one.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from opvangloket.domains.exchange.sheets import Line
from opvangloket.domains.exchange.shown_changes import ChangedSinceShown, lock_locations
from opvangloket.domains.exchange.vacancy_changes import ChangeKind, VacancyChange, VacancyChanges, vacancy_changes
from opvangloket.domains.exchange.vacancy_reading import ReadVacancies, own_places, read_vacancies
from opvangloket.domains.providers.vacancies import change_vacancy, close_vacancy, confirm_vacancies, declare_vacancy
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
) -> Mapping[ChangeKind, int]:
    """Do what was approved of a list, and return how many places that were of each kind.

    `keys` name the changes as they were shown. Raises NothingTicked and ChangedSinceShown, and then nothing is done.
    """
    if not keys:
        raise NothingTicked
    lock_locations(location_ids)
    looked = look_at_vacancies(lines=lines, file_name=file_name, location_ids=location_ids, now=now)
    chosen = [one for one in looked.changes.changes if one.key in keys]
    if len(chosen) != len(set(keys)):
        raise ChangedSinceShown
    by: dict[str, Any] = {"actor": actor, "now": now}
    confirmed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one in chosen:
        if one.kind is ChangeKind.CONFIRMED and one.before:
            confirmed[one.location.id].add(one.before.id)
        else:
            _do(one, by)
    for location_id, only in confirmed.items():
        confirm_vacancies(location_id=location_id, only=only, **by)
    return {kind: sum(one.kind is kind for one in chosen) for kind in ChangeKind}


def _do(change: VacancyChange, by: Mapping[str, Any]) -> None:
    location_id, before, after = change.location.id, change.before, change.after
    if before is None and after is not None:
        declare_vacancy(location_id=location_id, vacancy=after, **by)
    elif before is not None and after is not None:
        change_vacancy(location_id=location_id, vacancy_id=before.id, vacancy=after, **by)
    elif before is not None:
        close_vacancy(location_id=location_id, vacancy_id=before.id, **by)

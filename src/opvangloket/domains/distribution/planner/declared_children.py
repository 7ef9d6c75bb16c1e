"""Children who are in care without ever having been a question here: a planner counts them too (SPEC §6, "declared").

A location tells when such a child was born, on which days it comes and until when; never who it is. Whoever begins to
plan here tells them once, and at a desk that only knows its own questions this is how the others are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet

from opvangloket.domains.distribution.places.taking import Place, Take, declare_places, end_places
from opvangloket.domains.providers.models import CapacityKind, Occupation, OccupationKind
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.upkeep import record_edit
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period, brussels_date
from opvangloket.rules.school_entry import care_period

MOST_AT_ONCE: Final = 50


class DeclarationRefused(OpvangloketError):
    """What a location told cannot be counted; `field` is the question to put right."""

    code = "declaration_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChildren:
    """So many children with one week. `born_on` is any day of their month; `end_on` of None is their entry to school."""

    pattern: WeekPattern
    born_on: date
    start_on: date
    end_on: date | None = None
    children: int = 1
    over_capacity_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredChild:
    """A child that a location told of."""

    subject_id: UUID
    pattern: WeekPattern
    period: Period


@transaction.atomic
def declare_children(
    *, location_id: UUID, told: NewChildren, actor: Actor, now: datetime, as_id: UUID | None = None
) -> int:
    """Count children who are there already, all or none, and return how many.

    With an id that was kept for them, the same once more changes nothing, and others are counted beside them. Raises DeclarationRefused, and PlaceTaken when the places are too few and no reason to go over was given.
    """
    location = locked_location(location_id)
    if location.capacity_kind != CapacityKind.PLAN:
        raise DeclarationRefused("week", "Je plant hier niet. Kies eerst dat je je plaatsen hier plant.")
    _check(told, today=brussels_date(now))
    period = care_period(told.start_on, told.end_on, born_on=told.born_on)
    place = Place(location_id=location_id, pattern=told.pattern, period=period, born_on=told.born_on)
    first = as_id or new_id()
    counted = _told_by(Occupation.objects.filter(subject_id__in=_subjects(first, MOST_AT_ONCE)))
    if [(child.pattern, child.period) for child in counted] == [(told.pattern, period)] * told.children:
        return told.children
    subjects = _subjects(new_id() if counted else first, told.children)
    reason = told.over_capacity_reason.strip()
    taken = declare_places(
        [Take(place=place, subject_id=subject_id, over_capacity_reason=reason) for subject_id in subjects],
        now=now,
    )
    codes = ["declared_children", *(["over_capacity"] if any(one.went_over for one in taken) else [])]
    record_edit(location, *codes, actor=actor, now=now)
    return told.children


@transaction.atomic
def end_declared(*, location_id: UUID, subject_id: UUID, actor: Actor, now: datetime) -> bool:
    """Let a declared child come no more from today on, and return whether it was still counted."""
    location = locked_location(location_id)
    today = brussels_date(now)
    rows = _declared([location_id], today).filter(subject_id=subject_id)
    if not rows.exists():
        return False
    end_places(subject_id, end_on=today)
    record_edit(location, "declared_children", actor=actor, now=now)
    return True


def declared_children(location_id: UUID, *, today: date) -> tuple[DeclaredChild, ...]:
    """Return the declared children who are there or will come, the first to leave first; the caller found the location."""
    children = _told_by(_declared([location_id], today))
    return tuple(sorted(children, key=lambda child: (child.period.end or date.max, child.period.start)))


def _declared(location_ids: Sequence[UUID], today: date) -> QuerySet[Occupation]:
    running = Q(end_on=None) | Q(end_on__gt=today)
    return Occupation.objects.filter(running, location_id__in=location_ids, kind=OccupationKind.DECLARED)


def _told_by(rows: QuerySet[Occupation]) -> list[DeclaredChild]:
    stays_of_each = groupby(rows.order_by("subject_id", "start_on"), key=attrgetter("subject_id"))
    return [_child(list(stays)) for _subject, stays in stays_of_each]


def _subjects(first: UUID, children: int) -> list[UUID]:
    """Return an id for each of these children, the same ones for the same first."""
    return [first, *(uuid5(first, str(number)) for number in range(2, children + 1))]


def _child(stays: Sequence[Occupation]) -> DeclaredChild:
    first, last = stays[0], stays[-1]
    return DeclaredChild(
        subject_id=first.subject_id,
        pattern=WeekPattern(first.parts),
        period=Period(first.start_on, last.end_on),
    )


def _check(told: NewChildren, *, today: date) -> None:
    if not told.pattern:
        raise DeclarationRefused("week", "Kies minstens één dagdeel.")
    if not 1 <= told.children <= MOST_AT_ONCE:
        raise DeclarationRefused("children", f"Vul een getal van 1 tot {MOST_AT_ONCE} in.")
    if told.born_on > today or told.start_on < told.born_on:
        raise DeclarationRefused("born_year", "Het kind is geboren voor de eerste dag. Kijk de maand en de dag na.")
    if told.end_on and told.end_on <= max(told.start_on, today):
        raise DeclarationRefused("last", "De laatste dag valt na vandaag en na de eerste dag. Kijk de datums na.")

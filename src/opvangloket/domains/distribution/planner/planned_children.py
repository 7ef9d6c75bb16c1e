"""The planner of a location: who has which places until when, with names, and why a place comes free (SPEC §6)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.inbox.questions import AskingFamily, named_family
from opvangloket.domains.distribution.models import Offer, Placement
from opvangloket.domains.providers.models import Occupation, OccupationKind
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period

__all__ = ["Leaving", "OccupationKind", "PlannedChild", "planned_children"]


# A request is wide, and three years of a large location show a hundred of them.
_NAMES: Final = (
    *(f"request__child__{name}" for name in ("first_name", "last_name")),
    *(f"request__applicant__{name}" for name in ("first_name", "last_name", "phone", "email", "language")),
)
_BORN_ON: Final = Coalesce("request__child__birth_on", "request__child__due_on")


class Leaving(StrEnum):
    """Why a place comes free: an end was agreed, the child goes to school or comes on other days; or it does not."""

    AGREED = "agreed"
    OTHER_DAYS = "other_days"
    SCHOOL = "school"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChild:
    """A child in the planner, with its place over time; one that comes on other days from a day on is there twice.

    `was_there` is set where it came on other days before. A declared place has no `family`, no `born_on` and an empty `reference`: the location told a number, not a name.
    `reply_by_on` is set for an open offer, which holds its place until then.
    """

    subject_id: UUID
    kind: OccupationKind
    pattern: WeekPattern
    period: Period
    leaving: Leaving
    family: AskingFamily | None = None
    reference: str = ""
    born_on: date | None = None
    reply_by_on: date | None = None
    over_capacity_reason: str = ""
    was_there: bool = False


class _Stay(NamedTuple):
    """A row of places taken: one for the time as a baby, one as a toddler, one for each other week."""

    location_id: UUID
    subject_id: UUID
    kind: str
    parts: int
    start_on: date
    end_on: date | None
    over_capacity_reason: str


class _Agreed(NamedTuple):
    """The offer or placement by which a child has its place; a placement has no `reply_by_on`."""

    end_on: date | None
    reply_by_on: date | None
    reference: str
    born_on: date
    family: AskingFamily


def planned_children(location_ids: Collection[UUID], *, from_on: date) -> dict[UUID, tuple[PlannedChild, ...]]:
    """Return who takes places at each location from a day on, by start, in a fixed number of queries."""
    running = Q(end_on=None) | Q(end_on__gt=from_on)
    occupations = Occupation.objects.filter(running, location_id__in=list(location_ids))
    ordered = occupations.order_by("location_id", "subject_id", "start_on")
    rows = [_Stay(*row) for row in ordered.values_list(*_Stay._fields)]
    subjects = {row.subject_id for row in rows}
    agreed = _agreed(subjects)
    children: defaultdict[UUID, list[PlannedChild]] = defaultdict(list)
    for (location, subject), stays in groupby(rows, key=attrgetter("location_id", "subject_id")):
        children[location] += _stretches(list(stays), agreed.get(subject))
    return {location: tuple(sorted(children[location], key=_by_start)) for location in location_ids}


def _agreed(subjects: Collection[UUID]) -> dict[UUID, _Agreed]:
    """Return the offer or placement behind each place that the location did not declare itself."""
    offers = Offer.objects.filter(id__in=subjects).annotate(until=F("reply_by_on"))
    placements = Placement.objects.filter(id__in=subjects).annotate(until=Value(None, DateField()))
    columns = ("id", "end_on", "until", "request__reference", "born_on", *_NAMES)
    return {
        subject: _Agreed(end_on, reply_by_on, reference, born_on, named_family(*names))
        for rows in (offers, placements)
        for subject, end_on, reply_by_on, reference, born_on, *names in rows.annotate(born_on=_BORN_ON).values_list(
            *columns
        )
    }


def _stretches(stays: Sequence[_Stay], agreed: _Agreed | None) -> list[PlannedChild]:
    """Return a child once for each week from which it comes, one after the other in time."""
    planned = [_planned(list(rows), agreed) for _parts, rows in groupby(stays, key=attrgetter("parts"))]
    if len(planned) == 1:
        return planned
    before = [replace(child, leaving=Leaving.OTHER_DAYS) for child in planned[:-1]]
    return [replace(child, was_there=number > 0) for number, child in enumerate([*before, planned[-1]])]


def _planned(stays: Sequence[_Stay], agreed: _Agreed | None) -> PlannedChild:
    """Return one child from its rows: one for its time as a baby, one for its time as a toddler."""
    first, last = stays[0], stays[-1]
    known: Mapping[str, object] = {}
    if agreed is not None:
        known = {
            "family": agreed.family,
            "reference": agreed.reference,
            "born_on": agreed.born_on,
            "reply_by_on": agreed.reply_by_on,
        }
    return PlannedChild(
        subject_id=first.subject_id,
        kind=OccupationKind(first.kind),
        pattern=WeekPattern(first.parts),
        period=Period(first.start_on, last.end_on),
        leaving=_leaving(last.end_on, agreed),
        over_capacity_reason=first.over_capacity_reason,
        **known,  # type: ignore[arg-type]
    )


def _leaving(end_on: date | None, agreed: _Agreed | None) -> Leaving:
    if end_on is None:
        return Leaving.STAYS
    return Leaving.SCHOOL if agreed is not None and agreed.end_on is None else Leaving.AGREED


def _by_start(child: PlannedChild) -> tuple[date, str]:
    return child.period.start, str(child.subject_id)

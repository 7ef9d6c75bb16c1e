"""What a location keeps up itself: how it counts its places, with how much staff, and whether its page is still right."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import (
    AgeGroup,
    CapacityKind,
    DeskRelation,
    EffectivePlaces,
    Location,
    LocationInDesk,
)
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.foundation.audit.record import Actor, Subject, record_each
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.patterns import PART_COUNT
from opvangloket.rules.periods import brussels_date

MOST_PLACES: Final = 500


class PlacesRefused(OpvangloketError):
    """Numbers of places that cannot be stored."""

    code = "places_refused"


@transaction.atomic
def write_capacity_kind(*, location_id: UUID, kind: CapacityKind, actor: Actor, now: datetime) -> None:
    """Write down how a location keeps its places: not here, as vacancies, or as a plan.

    Called by `distribution.planner.capacity_kind`, which also writes down what was promised before.
    """
    location = locked_location(location_id)
    location.capacity_kind = kind
    location.save(update_fields=["capacity_kind"])
    record_edit(location, "capacity_kind", kind, actor=actor, now=now)


@transaction.atomic
def set_places(
    *,
    location_id: UUID,
    from_on: date,
    places: Sequence[int],
    caregivers: Sequence[int] | None = None,
    age_group: AgeGroup = AgeGroup.MIXED,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down how many places there are from a day on, until the next period of this age group that was written.

    `places` are fourteen numbers, ma_vm … zo_nm, and so are the `caregivers` where the location tells them. A period
    that runs on that day ends there; one that starts on that very day is replaced. Raises PlacesRefused. More places
    than the child-staff ratio allows are written down all the same; `rules.child_ratio` tells of it.
    """
    for numbers in (places, caregivers):
        if numbers is not None and not _are_numbers_of_a_week(numbers):
            raise PlacesRefused(f"Vul voor elk dagdeel een getal van 0 tot {MOST_PLACES} in.")
    location = locked_location(location_id)
    rows = EffectivePlaces.objects.filter(location=location, age_group=age_group)
    following = rows.filter(start_on__gt=from_on).order_by("start_on").first()
    rows.filter(start_on=from_on).delete()
    rows.filter(start_on__lt=from_on).exclude(end_on__lte=from_on).update(end_on=from_on)
    EffectivePlaces.objects.create(
        location=location,
        age_group=age_group,
        start_on=from_on,
        end_on=following.start_on if following else None,
        places=list(places),
        caregivers=None if caregivers is None else list(caregivers),
    )
    record_edit(location, "effective_places", actor=actor, now=now)


def _are_numbers_of_a_week(numbers: Sequence[int]) -> bool:
    return len(numbers) == PART_COUNT and all(0 <= number <= MOST_PLACES for number in numbers)


@transaction.atomic
def drop_places(*, location_id: UUID, period_id: UUID, actor: Actor, now: datetime) -> None:
    """Take away a period of places; the one before it runs on in its stead. A second time changes nothing."""
    location = locked_location(location_id)
    dropped = EffectivePlaces.objects.filter(location=location, id=period_id).first()
    if dropped is None:
        return
    dropped.delete()
    before = EffectivePlaces.objects.filter(
        location=location, age_group=dropped.age_group, end_on=dropped.start_on
    ).first()
    if before is not None:
        before.end_on = dropped.end_on
        before.save(update_fields=["end_on"])
    record_edit(location, "effective_places", actor=actor, now=now)


@transaction.atomic
def confirm_page(*, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Confirm that everything on the location's page is still right today."""
    location = locked_location(location_id)
    location.page_confirmed_on = brussels_date(now)
    location.save(update_fields=["page_confirmed_on"])
    record_edit(location, "page_confirmed_on", actor=actor, now=now)


def record_edit(location: Location, *codes: str, actor: Actor, now: datetime) -> None:
    """Write down, at the location's home desk, that somebody changed it."""
    record_edits(location, [codes], actor=actor, now=now)


def record_edits(location: Location, each: Iterable[Sequence[str]], *, actor: Actor, now: datetime) -> None:
    """Write down one event for each of several changes to a location, by its codes, in a fixed number of queries."""
    home = LocationInDesk.objects.filter(location=location, relation=DeskRelation.HOME, end_on=None).first()
    subjects = [Subject(home.desk_id if home else None, location.id, codes=tuple(codes)) for codes in each]
    record_each("location.edit", subjects, subject_kind="location", actor=actor, at=now)

"""What organiser and family arrange before a start: the written agreement, item by item, and the settling-in moments."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.course import agreed_start
from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk
from opvangloket.domains.distribution.lines.notices import tell_family
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import AgreementTick, Placement, PlacementState, SettlingMoment
from opvangloket.domains.providers.models import Tariff
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_agreement import AgreementItem, items_to_arrange, still_missing
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.visits import time_words

MOST_MOMENTS: Final = 12
LONGEST_MINUTES: Final = 600
# Children get used to a place in the weeks around their first day.
AROUND_START: Final = timedelta(days=62)


class MomentRefused(OpvangloketError):
    """A settling-in moment that cannot be: `code` says what is wrong."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One settling-in moment."""

    id: UUID
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangements:
    """What has to be arranged for one placement, since when what is, and the settling-in moments in order."""

    items: Mapping[AgreementItem, str]
    arranged: Mapping[AgreementItem, date]
    moments: tuple[Moment, ...]

    @property
    def missing(self) -> tuple[AgreementItem, ...]:
        """What is not arranged yet."""
        return still_missing(self.items, self.arranged)


def arrangements_of(placement_ids: Collection[UUID]) -> dict[UUID, Arrangements]:
    """Return what is arranged for each of these placements in the scope in force, in three queries."""
    placements = Placement.objects.filter(id__in=placement_ids).select_related("location")
    ticks = AgreementTick.objects.filter(placement_id__in=placement_ids)
    moments = list(SettlingMoment.objects.filter(placement_id__in=placement_ids).order_by("starts_at"))
    arranged: dict[UUID, dict[AgreementItem, date]] = {}
    for tick in ticks:
        arranged.setdefault(tick.placement_id, {})[AgreementItem(tick.item)] = tick.arranged_on
    return {
        placement.id: Arrangements(
            items=_items(placement),
            arranged=arranged.get(placement.id, {}),
            moments=tuple(
                Moment(id=one.id, starts_at=one.starts_at, minutes=one.minutes)
                for one in moments
                if one.placement_id == placement.id
            ),
        )
        for placement in placements
    }


@transaction.atomic
def tick_items(*, placement_id: UUID, items: Collection[AgreementItem], actor: Actor, now: datetime) -> None:
    """Write down which items are arranged: new ones since today, and what is left out no longer is.

    The same once more changes nothing. Raises PlacementNotFound, and CannotConfirm for a placement that is over.
    """
    with placement_at_its_desk(placement_id) as placement:
        _check_stands(placement)
        chosen = {item for item in _items(placement) if item in items}
        ticks = AgreementTick.objects.filter(placement=placement)
        known = {AgreementItem(item) for item in ticks.values_list("item", flat=True)}
        if chosen == known:
            return
        ticks.exclude(item__in=chosen).delete()
        AgreementTick.objects.bulk_create(
            AgreementTick(desk_id=placement.desk_id, placement=placement, item=item, arranged_on=brussels_date(now))
            for item in sorted(chosen - known)
        )
        record_on(placement, "placement.arrange", actor=actor, now=now, codes=sorted(chosen ^ known))


@transaction.atomic
def plan_moment(*, placement_id: UUID, starts_at: datetime, minutes: int, actor: Actor, now: datetime) -> None:
    """Agree on a moment to get used to the place; the family is told. The same moment twice is there once.

    Raises PlacementNotFound, CannotConfirm for a placement that is over, and MomentRefused.
    """
    with placement_at_its_desk(placement_id) as placement:
        _check_stands(placement)
        _check_moment(placement, starts_at, minutes, now)
        moments = SettlingMoment.objects.filter(placement=placement)
        if moments.filter(starts_at=starts_at).exists():
            return
        if moments.count() >= MOST_MOMENTS:
            raise MomentRefused("Er staan al genoeg wenmomenten. Haal er eerst een weg.", "too_many")
        moment = SettlingMoment.objects.create(
            desk_id=placement.desk_id, placement=placement, starts_at=starts_at, minutes=minutes
        )
        record_on(placement, "placement.settle_in", actor=actor, now=now, codes=["planned"])
        _tell(placement, moment, "settling_in_family", now)


@transaction.atomic
def drop_moment(*, placement_id: UUID, moment_id: UUID, actor: Actor, now: datetime) -> None:
    """Take away a moment; the family is told when it still had to come. A second time changes nothing."""
    with placement_at_its_desk(placement_id) as placement:
        moment = SettlingMoment.objects.filter(placement=placement, id=moment_id).first()
        if moment is None:
            return
        moment.delete()
        record_on(placement, "placement.settle_in", actor=actor, now=now, codes=["dropped"])
        if moment.starts_at > now:
            moment.id = moment_id
            _tell(placement, moment, "settling_in_off_family", now)


def _items(placement: Placement) -> Mapping[AgreementItem, str]:
    asks_income_tariff = placement.location.tariff != Tariff.FREE
    return items_to_arrange(asks_income_tariff=asks_income_tariff, on=brussels_date(placement.agreed_at))


def _check_stands(placement: Placement) -> None:
    if placement.state != PlacementState.ACTIVE:
        raise CannotConfirm


def _check_moment(placement: Placement, starts_at: datetime, minutes: int, now: datetime) -> None:
    if starts_at <= now:
        raise MomentRefused("Dit moment is voorbij. Kies een later moment.", "past")
    if not 0 < minutes <= LONGEST_MINUTES:
        raise MomentRefused("Het einde ligt na het begin. Kijk de uren na.", "minutes")
    if abs(brussels_date(starts_at) - agreed_start(placement)) > AROUND_START:
        raise MomentRefused("Dit moment ligt ver van de start. Kies een dag dichter bij de start.", "far_from_start")


def _tell(placement: Placement, moment: SettlingMoment, template: str, now: datetime) -> None:
    tell_family(
        template,
        placement.request,
        cause=f"{template}:{moment.id}",
        now=now,
        context={
            "location_name": placement.location.name,
            "on": brussels_date(moment.starts_at),
            "time": time_words(moment.starts_at),
        },
    )

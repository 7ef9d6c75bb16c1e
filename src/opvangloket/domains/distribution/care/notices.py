"""Telling family and location what changes in a care; the family always, so that it has it in writing."""

from datetime import date, datetime
from typing import Any, Final

from opvangloket.domains.distribution.lines import addresses
from opvangloket.domains.distribution.lines.facts import hours_words
from opvangloket.domains.distribution.lines.notices import tell_family, tell_location
from opvangloket.domains.distribution.models import CareChange, Placement
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import END_REASONS

CALL_FAMILY: Final = "Bel het gezin: er verandert iets aan zijn opvang en er is geen mailadres."


def tell_ends(placement: Placement, change: CareChange, *, actor: Actor, now: datetime) -> None:
    """Tell the family, and the location when it was not the one who said so, from when the child comes no more."""
    context = {"end_on": change.from_on, "reason_words": END_REASONS.label(change.reason)}
    _tell_family("care_ends_family", placement, change, context, now)
    if actor.kind is not ActorKind.ORGANISER:
        _tell_location("care_ends_organiser", placement, placement.location, change, context, now)


def tell_goes_on(placement: Placement, change: CareChange, *, actor: Actor, now: datetime) -> None:
    """Tell that the child stays after all."""
    context: dict[str, Any] = {"was_on": change.from_on}
    _tell_family("care_goes_on_family", placement, change, context, now)
    if actor.kind is not ActorKind.ORGANISER:
        _tell_location("care_goes_on_organiser", placement, placement.location, change, context, now)


def tell_days(placement: Placement, change: CareChange, *, actor: Actor, now: datetime) -> None:
    """Tell the family, and the location when it was not the one who wrote it down, on which days the child comes."""
    context = _agreed(change)
    _tell_family("care_days_family", placement, change, context, now)
    if actor.kind is not ActorKind.ORGANISER:
        _tell_location("care_days_organiser", placement, placement.location, change, _days(change), now)


def tell_moved(placement: Placement, change: CareChange, *, actor: Actor, now: datetime) -> None:
    """Tell the family to which location its child goes, and that location when it was not its own organiser's act."""
    assert change.location  # noqa: S101 - a move goes somewhere
    _tell_family("care_moved_family", placement, change, _agreed(change) | {"to_name": change.location.name}, now)
    if actor.kind is not ActorKind.ORGANISER:
        _tell_location("care_days_organiser", placement, change.location, change, _days(change), now)


def _days(change: CareChange) -> dict[str, Any]:
    pattern = WeekPattern(change.parts or 0)
    return {"from_on": change.from_on, "pattern": pattern, "hours_words": hours_words(change.hours)}


def _agreed(change: CareChange) -> dict[str, Any]:
    agreed_on: date | None = change.family_agreed_on
    return _days(change) | {"agreed_on": agreed_on}


def _tell_family(
    template: str, placement: Placement, change: CareChange, context: dict[str, Any], now: datetime
) -> None:
    tell_family(
        template,
        placement.request,
        cause=f"{template}:{change.id}",
        now=now,
        context={"location_name": placement.location.name} | context,
        subject_id=change.id,
        call=CALL_FAMILY,
    )


def _tell_location(
    template: str,
    placement: Placement,
    location: Location,
    change: CareChange,
    context: dict[str, Any],
    now: datetime,
) -> None:
    link = addresses.placement(placement.request.reference, location.slug)
    tell_location(
        template,
        placement.request,
        location,
        cause=f"{template}:{change.id}",
        now=now,
        context=context | {"link": link},
    )

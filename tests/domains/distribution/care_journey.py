"""A child in care, for tests of what changes then, and what is taken for it over time."""

from datetime import date, timedelta
from typing import Any

from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks

from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.change_proposals.proposing import propose_days
from opvangloket.domains.providers.models import Location, Occupation
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import WeekPattern

IN_CARE = timedelta(days=150)


def in_care(here: Town, **different: Any) -> Journey:
    """Let a child be in care at De Regenboog Centrum for a month, on Mondays and Tuesdays, confirmed."""
    journey = asks(here, location_ids=(here.regenboog_centrum.id,), **different)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    journey.now += IN_CARE
    with here.at_organiser(here.regenboog_centrum):
        confirm_start(placement_id=journey.placement().id, actor=here.manager, now=journey.now)
    return journey


def taken_at(location: Location) -> list[tuple[date, date | None, WeekPattern]]:
    """What is taken at a location, over time; the two ages of one child as one stretch."""
    rows: list[tuple[date, date | None, WeekPattern]] = []
    for row in Occupation.objects.filter(location=location).order_by("start_on"):
        pattern = WeekPattern(row.parts)
        if rows and rows[-1][1:] == (row.start_on, pattern):
            rows[-1] = (rows[-1][0], row.end_on, pattern)
        else:
            rows.append((row.start_on, row.end_on, pattern))
    return rows


def proposes(journey: Journey, asked_by: Proposer) -> None:
    """Confirm the start of a child as agreed, and let one side ask for Tuesdays only, a month from now."""
    here, placement = journey.here, journey.placement()
    with here.at_desk():
        confirm_start(placement_id=placement.id, actor=here.worker, now=journey.now)
        propose_days(
            placement_id=placement.id,
            asked_by=asked_by,
            from_on=journey.today + timedelta(days=30),
            pattern=WeekPattern.full_days("di"),
            message="Kan dat?",
            actor=here.worker,
            now=journey.now,
        )

"""The week and the places of a change that is proposed, as if it were agreed."""

from opvangloket.domains.distribution.care.course import course_of
from opvangloket.domains.distribution.lines.facts import place_at
from opvangloket.domains.distribution.models import ChangeProposal, Placement
from opvangloket.domains.distribution.places.taking import Place
from opvangloket.rules.care_course import CareChangeKind, Stretch, care_course
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period


def proposed_places(placement: Placement, proposal: ChangeProposal) -> list[Place]:
    """Return the places that a placement would take from the day of a proposed change on."""
    location_id = proposal.location_id or placement.location_id
    return [
        place_at(
            location_id,
            placement.request,
            start_on=stretch.period.start,
            end_on=stretch.period.end,
            parts=stretch.pattern.mask,
        )
        for stretch in _course(placement, proposal)
    ]


def _course(placement: Placement, proposal: ChangeProposal) -> tuple[Stretch, ...]:
    """Return the weeks from the day of the change on: other days replace what was agreed, a move takes it along."""
    course = course_of(placement)
    rest = Period(proposal.from_on, course[-1].period.end)
    if proposal.kind == CareChangeKind.DAYS:
        return care_course(rest, WeekPattern(proposal.parts))
    shared = ((stretch.period.intersection(rest), stretch.pattern) for stretch in course)
    return tuple(Stretch(period, pattern) for period, pattern in shared if period)

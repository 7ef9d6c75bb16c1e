"""The care of a placement as family, location and desk read it: its weeks over time, its end, where it came from."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from opvangloket.domains.distribution.care.course import course_of, hours_on
from opvangloket.domains.distribution.models import CareChange, ChangeProposal, Placement, PlacementState
from opvangloket.rules.care_course import CareChangeKind, Stretch, end_can_change, next_days, pattern_on
from opvangloket.rules.change_proposals import ProposalState, Proposer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import EndReason

_ENDINGS = frozenset({CareChangeKind.ENDS, CareChangeKind.MOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """From which day a child comes no more, since when that is known, and why; or to which location it goes."""

    on: date
    told_on: date
    reason: EndReason | None
    moves_to: str
    moves_to_slug: str

    def can_change(self, today: date) -> bool:
        """Tell whether it can still be told otherwise."""
        return end_can_change(end_on=self.on, told_on=self.told_on, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenProposal:
    """A change that one side asked of the other; `to_name` is where the child would go."""

    id: UUID
    asked_by: Proposer
    state: ProposalState
    made_on: date
    holds_place: bool
    from_on: date
    pattern: WeekPattern
    hours: CareHours
    to_name: str
    message: str
    reply_by_on: date
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """The course of a child's care at one location; `proposal` is what was asked of it last."""

    course: tuple[Stretch, ...]
    hours: tuple[tuple[date, CareHours], ...]
    ending: Ending | None
    moved_from: str
    proposal: SeenProposal | None = None

    def open_proposal(self, today: date) -> SeenProposal | None:
        """Return what can still be answered; what lapsed is gone, whether or not a job wrote that down."""
        found = self.proposal
        return found if found and found.state is ProposalState.OPEN and found.reply_by_on >= today else None

    def refused_proposal(self, today: date, *, asked_by: Proposer) -> SeenProposal | None:
        """Return what one side asked and the other refused, until the day from which it would have held."""
        found = self.proposal
        refused = found is not None and (found.state, found.asked_by) == (ProposalState.REFUSED, asked_by)
        return found if found and refused and found.from_on > today else None

    def pattern_on(self, day: date) -> WeekPattern:
        """Return the week that holds on a day."""
        return pattern_on(self.course, day)

    def next_days(self, day: date) -> Stretch | None:
        """Return the next stretch with another week, or None."""
        return next_days(self.course, day)

    def hours_on(self, day: date) -> CareHours:
        """Return the exact hours that hold on a day; before the care those of its start."""
        begun = [hours for since, hours in self.hours if since <= day]
        return begun[-1] if begun else self.hours[0][1]

    @property
    def until(self) -> date | None:
        """The day from which the place is free again, as far as is known."""
        return self.course[-1].period.end


def with_care(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Return placements with all that `care_of` reads, in two queries more."""
    changes: Prefetch[Any] = Prefetch("changes", queryset=CareChange.objects.select_related("location").order_by("seq"))
    asked = ChangeProposal.objects.select_related("location").order_by("-made_at", "-id")
    proposals: Prefetch[Any] = Prefetch("proposals", queryset=asked)
    related = placements.select_related("request__child", "moved_by__placement__location", "offer")
    return related.prefetch_related(changes, proposals)


def care_of(placement: Placement) -> Care:
    """Return the care of a placement from `with_care`."""
    changes = list(placement.changes.all())
    move: CareChange | None = getattr(placement, "moved_by", None)
    return Care(
        course=(course := course_of(placement, changes)),
        hours=tuple((stretch.period.start, hours_on(placement, changes, stretch.period.start)) for stretch in course),
        ending=_ending(placement, changes),
        moved_from=move.placement.location.name if move else "",
        proposal=next((_seen(proposal) for proposal in placement.proposals.all()), None),
    )


def _seen(proposal: ChangeProposal) -> SeenProposal:
    return SeenProposal(
        id=proposal.id,
        asked_by=Proposer(proposal.asked_by),
        state=ProposalState(proposal.state),
        made_on=brussels_date(proposal.made_at),
        holds_place=proposal.holds_place,
        from_on=proposal.from_on,
        pattern=WeekPattern(proposal.parts),
        hours=CareHours.parse("|".join(proposal.hours)),
        to_name=proposal.location.name if proposal.location else "",
        message=proposal.message,
        reply_by_on=proposal.reply_by_on,
        reply=proposal.reply,
    )


def _ending(placement: Placement, changes: list[CareChange]) -> Ending | None:
    if placement.state != PlacementState.ENDED or placement.end_on is None:
        return None
    told = next((change for change in reversed(changes) if change.kind in _ENDINGS), None)
    return Ending(
        on=placement.end_on,
        told_on=brussels_date(told.at) if told else placement.end_on,
        reason=EndReason(told.reason) if told and told.reason else None,
        moves_to=told.location.name if told and told.location else "",
        moves_to_slug=told.location.slug if told and told.location else "",
    )

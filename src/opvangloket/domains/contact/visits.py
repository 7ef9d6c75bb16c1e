"""Publishing moments for a visit, booking one, changing and cancelling it. A moment is never given to two families."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.contact.lines import line_of
from opvangloket.domains.contact.models import Visit, VisitMoment
from opvangloket.domains.contact.visit_notices import tell_both, tell_family, tell_location
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.visits import LONGEST_MINUTES, SHORTEST_MINUTES, may_be_booked, may_be_published


class MomentRefused(OpvangloketError):
    """A moment that cannot be published."""

    code = "moment_refused"


class MomentTaken(OpvangloketError):
    """Another family was first, the location took the moment back, or it is too near."""

    code = "moment_taken"
    message = "Dit moment is net ingenomen. Kies een ander moment."


class VisitNotFound(OpvangloketError):
    """No such moment or visit in the scope in force."""

    code = "visit_not_found"
    message = "We vinden dit bezoek niet."


class VisitsClosed(OpvangloketError):
    """The location has nothing to do with the family any more."""

    code = "visits_closed"
    message = "Bij deze opvang kan je geen bezoek meer kiezen."


@transaction.atomic
def publish_moments(
    *, location_id: UUID, starts_at: Iterable[datetime], minutes: int, actor: Actor, now: datetime
) -> int:
    """Publish moments of a location and return how many are new; one that stands already stays as it is.

    Raises MomentRefused for a moment that does not lie ahead within a year, or a visit too short or too long.
    """
    location, moments = locked_location(location_id), list(starts_at)
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise MomentRefused(f"Een bezoek duurt tussen {SHORTEST_MINUTES} en {LONGEST_MINUTES} minuten.")
    if not all(may_be_published(moment, now=now) for moment in moments):
        raise MomentRefused("Kies een moment dat nog komt, binnen het jaar.")
    standing = VisitMoment.objects.filter(location=location, starts_at__in=moments, withdrawn_at=None)
    known = set(standing.values_list("starts_at", flat=True))
    new = [
        VisitMoment(location=location, starts_at=moment, minutes=minutes, published_at=now)
        for moment in moments
        if moment not in known
    ]
    VisitMoment.objects.bulk_create(new)
    if new:
        _record("visit.publish", location.id, actor=actor, now=now)
    return len(new)


@transaction.atomic
def withdraw_moment(*, moment_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a moment back; a family that would come hears it. Doing it twice changes nothing; raises VisitNotFound."""
    moment = _locked_moment(moment_id)
    if moment.withdrawn_at is not None:
        return
    moment.withdrawn_at = now
    moment.save(update_fields=["withdrawn_at"])
    visit = _standing(moment=moment)
    if visit is not None:
        _cancel(visit, now)
        tell_family("visit_cancelled", visit, now=now)
    _record("visit.withdraw", moment.location_id, actor=actor, now=now, visit=visit)


@transaction.atomic
def book_visit(*, request_id: UUID, moment_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Let a family come at a moment, instead of an earlier choice at that location, and return the visit's id.

    Choosing the same moment again does nothing. Raises VisitNotFound, VisitsClosed, or MomentTaken.
    """
    moment = VisitMoment.objects.filter(id=moment_id).first()
    if moment is None:
        raise VisitNotFound
    line = line_of(request_id, moment.location_id, today=brussels_date(now))
    with request_at_its_desk(request_id) as request:
        if line.closed(request):
            raise VisitsClosed
        moment = _locked_moment(moment_id)
        with across_desks("a family of another desk may have taken the moment"):
            taken = _standing(moment=moment)
        earlier = _standing(request=request, location_id=moment.location_id)
        if taken is not None and taken.request_id == request.id:
            return taken.id
        if taken is not None or moment.withdrawn_at or not may_be_booked(moment.starts_at, now=now):
            raise MomentTaken
        if earlier is not None:
            _cancel(earlier, now)
        visit = Visit.objects.create(
            desk_id=request.desk_id,
            request=request,
            location_id=moment.location_id,
            moment=moment,
            booked_at=now,
        )
        tell_both("visit_booked", visit, now=now)
        _record("visit.book", moment.location_id, actor=actor, now=now, visit=visit)
        return visit.id


@transaction.atomic
def cancel_visit(*, request_id: UUID, location_id: UUID, actor: Actor, now: datetime) -> None:
    """Cancel what a family chose at a location, and tell the location; nothing happens when nothing stands."""
    with request_at_its_desk(request_id) as request:
        visit = _standing(request=request, location_id=location_id)
        if visit is None or visit.moment.starts_at <= now:
            return
        _cancel(visit, now)
        tell_location("visit_cancelled", visit, now=now)
        _record("visit.cancel", location_id, actor=actor, now=now, visit=visit)


def _locked_moment(moment_id: UUID) -> VisitMoment:
    moment = VisitMoment.objects.select_for_update(of=("self",)).filter(id=moment_id).first()
    if moment is None:
        raise VisitNotFound
    return moment


def _standing(**which: object) -> Visit | None:
    visits = Visit.objects.filter(cancelled_at=None, **which)
    return visits.select_related(
        "moment", "location__organiser", "request__applicant", "request__desk"
    ).first()  # fmt: skip


def _cancel(visit: Visit, now: datetime) -> None:
    visit.cancelled_at = now
    visit.save(update_fields=["cancelled_at"])


def _record(action: str, location_id: UUID, *, actor: Actor, now: datetime, visit: Visit | None = None) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=visit.desk_id if visit else None,
        subject_kind="visit" if visit else "location",
        subject_id=visit.id if visit else location_id,
        request_id=visit.request_id if visit else None,
    )

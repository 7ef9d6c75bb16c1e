"""What waited for its hour: a side that was mailed a moment ago hears later of what came in between."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from opvangloket.domains.contact.lines import line_of
from opvangloket.domains.contact.models import ReadMark, ThreadMessage, Visit
from opvangloket.domains.contact.notices import tell
from opvangloket.domains.contact.visit_notices import tell_both, tell_location
from opvangloket.domains.distribution.lines.locking import request_at_its_desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.conversations import BETWEEN_MAILS, Closed, Side
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.visits import reminder_is_due

# Then the family itself stopped, or took a place: it needs no mail about a visit that has no sense any more.
_KNOWN_TO_THE_FAMILY: Final = frozenset({Closed.SEARCH_ENDED, Closed.PLACED_ELSEWHERE})


def sweep_unread(*, now: datetime) -> int:
    """Mail each side that something waits since its last mail, and return how many were mailed; running it again does nothing."""
    with across_desks("every desk has conversations"):
        due = ReadMark.objects.filter(newest__gt=F("read")).filter(newest__gt=F("told"))
        due = due.filter(Q(told_at=None) | Q(told_at__lte=now - BETWEEN_MAILS)).exclude(side=Side.DESK)
        return sum(_tell(mark_id, now) for mark_id in list(due.order_by("id").values_list("id", flat=True)))


@transaction.atomic
def _tell(mark_id: UUID, now: datetime) -> bool:
    """Mail one side, with its mark locked: a page that reads it at the same moment comes before or after."""
    marks = ReadMark.objects.select_for_update(of=("self",), skip_locked=True)
    mark = marks.select_related(
        "thread__location__organiser", "thread__request__applicant", "thread__request__desk"
    ).filter(id=mark_id).first()  # fmt: skip
    if mark is None:
        return False
    message = ThreadMessage.objects.filter(thread=mark.thread, number=mark.newest).first()
    return message is not None and tell(mark.thread, mark, message, now=now)


def sweep_visits(*, now: datetime) -> int:
    """Remind of the visits of tomorrow, and cancel those of families that search no more; return how many were told.

    Each reminder goes out once: its cause is the visit itself.
    """
    with across_desks("every desk has visits"):
        coming = Visit.objects.filter(cancelled_at=None, moment__starts_at__gt=now).order_by("moment__starts_at", "id")
        return sum(_look_at(visit_id, now) for visit_id in list(coming.values_list("id", flat=True)))


@transaction.atomic
def _look_at(visit_id: UUID, now: datetime) -> bool:
    visits = Visit.objects.select_related("moment", "location__organiser", "request__applicant", "request__desk")
    known = visits.get(id=visit_id)
    line = line_of(known.request_id, known.location_id, today=brussels_date(now))
    with request_at_its_desk(known.request_id) as request:
        visit = visits.filter(id=visit_id, cancelled_at=None).first()
        if visit is None:
            return False
        if why := line.closed(request):
            visit.cancelled_at = now
            visit.save(update_fields=["cancelled_at"])
            notify = tell_location if why in _KNOWN_TO_THE_FAMILY else tell_both
            return notify("visit_cancelled", visit, now=now)
        if reminder_is_due(visit.moment.starts_at, now=now):
            return tell_both("visit_reminder", visit, now=now)
    return False

"""What waited for its hour: a side that was mailed a moment ago hears later of what came in between."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from opvangloket.domains.contact.models import ReadMark, ThreadMessage
from opvangloket.domains.contact.notices import tell
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.conversations import BETWEEN_MAILS, Side


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

"""What a desk worker does about more than one request: calling about all late answers, telling two children apart."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.deskwork.work_of_locations import CALLS
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.actions import RequestNotFound, finish_task, open_task
from opvangloket.domains.requests.duplicates import pair_id
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.periods import brussels_date

_A_PAIR: Final = 2


class NothingToCallAbout(OpvangloketError):
    """The location has answered everything whose term is over."""

    code = "nothing_to_call_about"
    message = "Deze opvang heeft geen antwoorden die te laat zijn."


@transaction.atomic
def note_call_to_location(*, location_id: UUID, note: str, actor: Actor, now: datetime) -> int:
    """Write down that a location was called about all its late answers; return how many.

    The location stays on the worklist, calmly, until the answers are there. Raises NothingToCallAbout, and
    NationalNumberRefused.
    """
    today = brussels_date(now)
    late = Inquiry.objects.filter(location_id=location_id, state=InquiryState.SENT, due_on__lt=today)
    rows = list(late.order_by("id").values_list("id", "request_id", "desk_id"))
    if not rows:
        raise NothingToCallAbout
    for inquiry_id, request_id, desk_id in rows:
        # The sweep that opens this task may not have run yet; the task exists once, so it will not come back.
        open_task(
            desk_id=desk_id,
            kind=TaskKind.CALL_ORGANISER,
            subject_id=inquiry_id,
            request_id=request_id,
            location_id=location_id,
            due_on=today,
            now=now,
        )
    ids = [inquiry_id for inquiry_id, *_ in rows]
    waiting = DeskTask.objects.filter(kind__in=CALLS, subject_id__in=ids, done_at=None)
    for task_id in list(waiting.order_by("id").values_list("id", flat=True)):
        finish_task(task_id=task_id, actor=actor, now=now, note=note)
    return len(rows)


@transaction.atomic
def keep_apart(*, request_id: UUID, other_id: UUID, actor: Actor, now: datetime, note: str = "") -> None:
    """Remember that two requests are about two children: the desk is not asked about them again.

    Raises RequestNotFound when one of them is not of this desk, and NationalNumberRefused.
    """
    rows = CareRequest.objects.filter(id__in={request_id, other_id}).order_by("registered_at", "id")
    pair = list(rows.values_list("id", "desk_id"))
    if len(pair) != _A_PAIR:
        raise RequestNotFound
    (older_id, desk_id), (newer_id, _desk) = pair
    task_id = open_task(
        desk_id=desk_id,
        kind=TaskKind.LIKELY_DUPLICATE,
        subject_id=pair_id(older_id, newer_id),
        request_id=newer_id,
        due_on=brussels_date(now),
        now=now,
    )
    finish_task(task_id=task_id, actor=actor, now=now, note=note)

"""What time brings to questions that lie with locations: sent on their day, reminded, overdue, and called about."""

from datetime import datetime

from django.db.models import QuerySet

from opvangloket.domains.distribution.answering.links import make_links
from opvangloket.domains.distribution.asking import sending
from opvangloket.domains.distribution.lines.notices import remind_of_inquiry
from opvangloket.domains.distribution.lines.sweeping import each, not_done, remember
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.actions import open_task, settle_tasks
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.periods import brussels_date


def sweep_release(*, now: datetime) -> int:
    """Send the questions whose day has come; return how many requests."""
    waiting = Inquiry.objects.filter(state=InquiryState.WAITING_RELEASE, send_from_on__lte=brussels_date(now))
    requests = CareRequest.objects.filter(id__in=waiting.values("request_id"))
    return each(requests, lambda _, request: sending.release(request_id=request.id, now=now) > 0)


def sweep_remind(*, now: datetime) -> int:
    """Remind the locations that did not answer yet, as long as their term runs."""
    today = brussels_date(now)

    def remind(inquiry: Inquiry, request: CareRequest) -> bool:
        remember(inquiry.id, "remind", now=now)
        _mail_location(inquiry, request, "reminder", now)
        return True

    return each(_silent_inquiries().filter(not_done("remind"), remind_on__lte=today, due_on__gte=today), remind)


def sweep_overdue(*, now: datetime) -> int:
    """Tell the location and the desk that a term is over without an answer."""
    today = brussels_date(now)

    def tell(inquiry: Inquiry, request: CareRequest) -> bool:
        remember(inquiry.id, "overdue", now=now)
        _mail_location(inquiry, request, "overdue", now)
        _open_location_task(TaskKind.ANSWER_OVERDUE, inquiry, now)
        return True

    return each(_silent_inquiries().filter(not_done("overdue"), due_on__lt=today), tell)


def sweep_call_organisers(*, now: datetime) -> int:
    """Ask the desk to call the locations that stay silent; this takes the place of the task that a term is over."""
    today = brussels_date(now)

    def ask(inquiry: Inquiry, _request: CareRequest) -> bool:
        remember(inquiry.id, "call", now=now)
        settle_tasks(desk_id=inquiry.desk_id, kinds=[TaskKind.ANSWER_OVERDUE], subject_id=inquiry.id, now=now)
        _open_location_task(TaskKind.CALL_ORGANISER, inquiry, now)
        return True

    return each(_silent_inquiries().filter(not_done("call"), call_on__lte=today, due_on__lt=today), ask)


def _silent_inquiries() -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(state=InquiryState.SENT).select_related("wish", "location__organiser")


def _mail_location(inquiry: Inquiry, request: CareRequest, step: str, now: datetime) -> None:
    """Mail a location about a question that waits, with a link of its own to answer it."""
    token = make_links([inquiry], now=now)[inquiry.id]
    remind_of_inquiry(request, inquiry, token, step=step, now=now)


def _open_location_task(kind: TaskKind, inquiry: Inquiry, now: datetime) -> None:
    open_task(
        desk_id=inquiry.desk_id,
        kind=kind,
        subject_id=inquiry.id,
        request_id=inquiry.request_id,
        location_id=inquiry.location_id,
        due_on=brussels_date(now),
        now=now,
    )

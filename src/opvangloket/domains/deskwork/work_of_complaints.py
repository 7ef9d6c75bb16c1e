"""What the desk has to do about complaints: answer its own, watch the terms of the others, close what was answered."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from opvangloket.domains.contact.models import Complaint
from opvangloket.domains.deskwork.work import Urgency, WorkComplaint, WorkItem, WorkReason
from opvangloket.domains.deskwork.work_of_requests import MOST_OF_ONE_REASON
from opvangloket.rules.complaints import ComplaintState, Party, Standing, Topic, answerer_of, standing


def open_complaints(*, today: date) -> Iterator[WorkItem]:
    """Yield the complaints that ask something of the desk.

    It answers those about itself and the cooperation from the first day. Of those about a location it hears when the
    term comes near, and once there is an answer.
    """
    open_ones = Complaint.objects.filter(state__in=[ComplaintState.RECEIVED, ComplaintState.ANSWERED])
    for row in open_ones.order_by("due_on", "id")[:MOST_OF_ONE_REASON]:
        urgency = _urgency(row, today)
        if urgency:
            yield WorkItem(reason=WorkReason.COMPLAINT, urgency=urgency, on=row.due_on, complaint_id=row.id)


def _urgency(row: Complaint, today: date) -> Urgency | None:
    if row.state == ComplaintState.ANSWERED:
        return Urgency.CALM
    stands = standing(row.due_on, today=today)
    if stands is Standing.LATE:
        return Urgency.LATE
    return Urgency.SOON if stands is Standing.NEAR or answerer_of(Topic(row.topic)) is Party.DESK else None


def work_complaints(complaint_ids: Iterable[UUID]) -> dict[UUID, WorkComplaint]:
    """Return what a row shows of each complaint, in one query."""
    rows = Complaint.objects.filter(id__in=set(complaint_ids))
    return {row.id: _work_complaint(row) for row in rows.select_related("location", "organiser", "request__applicant")}


def _work_complaint(row: Complaint) -> WorkComplaint:
    family = row.request.applicant.full_name if row.request else ""
    return WorkComplaint(
        complaint_id=row.id,
        reference=row.reference,
        topic=Topic(row.topic),
        state=ComplaintState(row.state),
        complainant_name=row.organiser.name if row.organiser else family,
        location_name=row.location.name if row.location else "",
    )

"""Telling people that a complaint needs them, or has moved on: never its words, and never in a subject."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.contact import addresses
from opvangloket.domains.contact.models import Complaint, ComplaintStep
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.accounts.models import Account
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.rules.complaints import StepKind, Topic
from opvangloket.rules.periods import brussels_date

CALL_FAMILY: Final = "Bel het gezin: er is nieuws over zijn klacht en er is geen mailadres."
CALL_ORGANISER: Final = "Bel de opvang: er wacht een klacht en er is geen mailadres."


def tell_of_complaint(complaint: Complaint, *, now: datetime) -> None:
    """Give who complained a receipt, and tell the organiser that has to answer; the desk has its list."""
    _tell_complainant(complaint, "complaint_received", complaint.id, now, {"due_on": complaint.due_on})
    _ask_for_answer(complaint, complaint.id, now)


def tell_of_step(complaint: Complaint, step: ComplaintStep, *, now: datetime) -> None:
    """Tell the other side of a step; a note stays with the desk."""
    if step.kind == StepKind.REMARK:
        _ask_for_answer(complaint, step.id, now)
    elif step.kind != StepKind.NOTE:
        _tell_complainant(complaint, "complaint_moved", step.id, now, {})
        if complaint.topic == Topic.LOCATION and step.kind != StepKind.REPLY:
            _tell_organiser(complaint, "complaint_moved", step.id, now, {})


def _ask_for_answer(complaint: Complaint, cause: UUID, now: datetime) -> None:
    if complaint.topic == Topic.LOCATION:
        _tell_organiser(complaint, "complaint_waits", cause, now, {"due_on": complaint.due_on})


def _tell_complainant(complaint: Complaint, template: str, cause: UUID, now: datetime, context: dict[str, Any]) -> None:
    if complaint.request_id:
        request = CareRequest.objects.select_related("applicant", "desk").get(id=complaint.request_id)
        link = addresses.complaint_of_family(request.desk.slug, request.reference, complaint.reference)
        to, name, audience = request.applicant.email, request.applicant.full_name, "family"
    else:
        account = Account.objects.filter(id=complaint.author_id).first() if complaint.author_id else None
        link = addresses.complaint_of_organiser(complaint.reference)
        to, name, audience = (account.email, account.name, "organiser") if account else ("", "", "organiser")
    _plan(complaint, template, f"{cause}:complainant", to, name, audience, context | {"link": link}, now)
    if not to and complaint.request_id and template != "complaint_received":
        _call(complaint, cause, CALL_FAMILY, now, request_id=complaint.request_id)


def _tell_organiser(complaint: Complaint, template: str, cause: UUID, now: datetime, context: dict[str, Any]) -> None:
    """Tell the organiser itself: whoever reads the mail of the location may be whom the complaint is about."""
    location = complaint.location
    assert location is not None  # noqa: S101 - the database holds that this topic has its location
    to = location.organiser.email or location.email
    link = addresses.complaint_of_organiser(complaint.reference)
    _plan(
        complaint,
        template,
        f"{cause}:organiser",
        to,
        location.organiser.name,
        "organiser",
        context | {"link": link},
        now,
    )
    if not to:
        _call(complaint, cause, CALL_ORGANISER, now, location_id=location.id)


def _plan(
    complaint: Complaint,
    template: str,
    cause: str,
    to: str,
    name: str,
    audience: str,
    context: dict[str, Any],
    now: datetime,
) -> None:
    """Plan a message; only what goes to the family hangs on its request, so that no file shows what others were told."""
    plan_message(
        desk_id=complaint.desk_id,
        template=template,
        cause=f"{template}:{complaint.id}:{cause}",
        recipient=to,
        recipient_name=name,
        audience=audience,
        context=context,
        now=now,
        request_id=complaint.request_id if audience == "family" else None,
        location_id=complaint.location_id if audience == "organiser" else None,
    )


def _call(complaint: Complaint, cause: UUID, note: str, now: datetime, **about: UUID) -> None:
    open_task(
        desk_id=complaint.desk_id,
        kind=TaskKind.OTHER,
        subject_id=cause,
        due_on=brussels_date(now),
        now=now,
        note=note,
        **about,
    )

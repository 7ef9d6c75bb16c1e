"""Complaints as each side reads them. Everything looks from the scope in force; the number of queries is constant."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from opvangloket.domains.contact.complaints import ComplaintNotFound
from opvangloket.domains.contact.models import Complaint, ComplaintStep
from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, current_scope
from opvangloket.rules.complaints import (
    ComplaintState,
    Party,
    Standing,
    StepKind,
    Topic,
    standing,
    steps_open_to,
)
from opvangloket.rules.references import normalise

MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint in a list. `complainant_name` is empty for a reader who may not know it."""

    id: UUID
    reference: str
    topic: Topic
    complainant: Party
    complainant_name: str
    desk_name: str
    location_name: str
    state: ComplaintState
    received_at: datetime
    due_on: date

    def stands(self, today: date) -> Standing:
        """Return how near its term is; an answered complaint is calm."""
        if self.state is not ComplaintState.RECEIVED:
            return Standing.CALM
        return standing(self.due_on, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was said or done; `code` says to whom it was handed on, or how it ended."""

    number: int
    kind: StepKind
    party: Party
    at: datetime
    text: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FullComplaint:
    """One complaint with its story and what the reader may do now; `request_reference` is for the desk alone."""

    row: ComplaintRow
    text: str
    request_reference: str
    reader: Party
    is_own: bool
    steps: tuple[Step, ...]
    may: frozenset[StepKind]

    @property
    def last_number(self) -> int:
        """The number of the last step, 0 before the first."""
        return self.steps[-1].number if self.steps else 0


def complaints(*, request_id: UUID | None = None) -> tuple[ComplaintRow, ...]:
    """Return the complaints in scope: those that wait first, by their term, then the others, the newest first."""
    about = {"request_id": request_id} if request_id else {}
    rows = _rows().filter(**about).order_by("-received_at", "-id")[:MOST_SHOWN]
    found = [_row(row) for row in rows]
    waiting = [row for row in found if row.state is ComplaintState.RECEIVED]
    others = [row for row in found if row.state is not ComplaintState.RECEIVED]
    return (*sorted(waiting, key=lambda row: (row.due_on, row.received_at)), *others)


def complaint(reference: str, *, request_id: UUID | None = None) -> FullComplaint:
    """Return one complaint by its reference, of one request where that is given; raise ComplaintNotFound outside the scope."""
    about = {"request_id": request_id} if request_id else {}
    found = _rows().filter(reference=normalise(reference), **about).first()
    if found is None:
        raise ComplaintNotFound
    row, reader = _row(found), _reader()
    is_own = reader is row.complainant and (reader is not Party.ORGANISER or row.topic is not Topic.LOCATION)
    return FullComplaint(
        row=row,
        text=found.text,
        request_reference=found.request.reference if found.request and reader is Party.DESK else "",
        reader=reader,
        is_own=is_own,
        steps=tuple(_step(step) for step in ComplaintStep.objects.filter(complaint=found).order_by("number")),
        may=steps_open_to(reader, complainant=row.complainant, topic=row.topic, state=row.state),
    )


def waiting_for_organiser() -> int:
    """Count the complaints about the own locations that wait for an answer."""
    return Complaint.objects.filter(topic=Topic.LOCATION, state=ComplaintState.RECEIVED).count()


@dataclass(frozen=True, slots=True)
class DeskToComplainAbout:
    """A desk that sees one of the organiser's locations."""

    id: UUID
    name: str


def desks_to_complain_about() -> tuple[DeskToComplainAbout, ...]:
    """Return the desks that see a location of the organiser in scope, by name."""
    rows = LocationInDesk.objects.order_by("desk__name").values_list("desk_id", "desk__name").distinct()
    return tuple(DeskToComplainAbout(*row) for row in rows)


def _rows() -> QuerySet[Complaint]:
    return Complaint.objects.select_related("desk", "location", "request__applicant", "organiser")


def _reader() -> Party:
    parties = {DeskScope: Party.DESK, OrganiserScope: Party.ORGANISER, FamilyScope: Party.FAMILY}
    return parties[type(current_scope())]


def _row(found: Complaint) -> ComplaintRow:
    return ComplaintRow(
        id=found.id,
        reference=found.reference,
        topic=Topic(found.topic),
        complainant=Party.FAMILY if found.request_id else Party.ORGANISER,
        complainant_name=_name(found),
        desk_name=found.desk.name,
        location_name=found.location.name if found.location else "",
        state=ComplaintState(found.state),
        received_at=found.received_at,
        due_on=found.due_on,
    )


def _name(found: Complaint) -> str:
    """Return who complains, as far as the reader may know: the desk always, an organiser only when the family says so."""
    if found.organiser:
        return found.organiser.name
    may_know = found.shows_name or not isinstance(current_scope(), OrganiserScope)
    return found.request.applicant.full_name if found.request and may_know else ""


def _step(step: ComplaintStep) -> Step:
    return Step(
        number=step.number,
        kind=StepKind(step.kind),
        party=Party(step.party),
        at=step.at,
        text=step.text,
        code=step.code,
    )

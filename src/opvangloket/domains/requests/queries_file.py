"""The file of a family as the desk reads it: who, what was asked first and what is wanted now, and why it counts where.

What happened is `deskwork.timeline`; what lies with each location is `distribution.request_lines`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opvangloket.domains.requests.models import CareRequest, Channel, DeskTask, SetAside, TaskKind
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.domains.requests.wishes import Wish, WishNumber, current_wish, original_of
from opvangloket.foundation.geography import name_of_code
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_facts import OriginalQuestion
from opvangloket.rules.categories import Category, Declaration, reasons
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChild:
    """The child: born, or expected on `due_on`."""

    first_name: str
    last_name: str
    birth_on: date | None
    due_on: date | None

    @property
    def born_on(self) -> date:
        """The birth date, or the day on which it is expected."""
        day = self.birth_on or self.due_on
        assert day is not None  # noqa: S101 - the constraint child_born_or_expected
        return day

    @property
    def name(self) -> str:
        """First and last name; empty for a child without a name yet."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplicant:
    """Who asks, and how to reach them."""

    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    street: str
    house_number: str
    postcode: str
    residence: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def address(self) -> str:
        """Street and place in one line."""
        parts = (f"{self.street} {self.house_number}".strip(), f"{self.postcode} {self.residence}".strip())
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flexibility:
    """What the family could live with."""

    later_start_months: int
    other_days_ok: bool
    part_of_week_ok: bool
    other_location_ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """Something that the desk still has to do about this request."""

    id: UUID
    kind: TaskKind
    label: str
    location_name: str
    due_on: date
    note: str


@dataclass(frozen=True, slots=True)
class LinkedRequest:
    """Another request of the same family, or the same child: its reference and whom it is for."""

    reference: str
    child_name: str
    state: RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFile:
    """Everything about one request except what happened; `original` is as corrected since."""

    request_id: UUID
    reference: str
    state: RequestState
    closed_at: datetime | None
    registered_at: datetime
    channel: Channel
    registered_by_id: UUID | None
    child: FileChild
    applicant: FileApplicant
    original: Wish
    other_week: WeekPattern | None
    current: WishNumber
    categories: Mapping[Category, tuple[str, ...]]
    urgent: bool
    vulnerable: bool
    flexibility: Flexibility
    own_words: str
    message_to_locations: str
    support_needed: str
    support_shared: bool
    contact_verified_at: datetime | None
    confirmed_current_on: date | None
    siblings: tuple[LinkedRequest, ...]
    siblings_together: bool
    merged_into: LinkedRequest | None
    merged_here: tuple[LinkedRequest, ...]
    may_undo_set_aside: bool
    tasks: tuple[FileTask, ...]

    @property
    def has_changed(self) -> bool:
        """Whether the family wants something else than it asked first."""
        return self.current.wish != self.original


def family_file(reference: str) -> FamilyFile:
    """Return the file behind a reference, however typed; raise RequestNotFound outside the scope."""
    rows = CareRequest.objects.select_related("child", "applicant", "desk")
    request = rows.filter(reference=normalise(reference)).first()
    if request is None:
        raise RequestNotFound
    into, may_undo = _set_aside(request)
    asked_first = original_of(request)
    return FamilyFile(
        request_id=request.id,
        reference=request.reference,
        state=RequestState(request.state),
        closed_at=request.closed_at,
        registered_at=request.registered_at,
        channel=Channel(request.channel),
        registered_by_id=request.registered_by_id,
        child=_child(request),
        applicant=_applicant(request),
        original=_original(request, asked_first),
        other_week=WeekPattern(request.other_week_parts) if request.other_week_parts else None,
        current=current_wish(request.id),
        categories=_categories(request, asked_first),
        urgent=request.urgent,
        vulnerable=request.vulnerable,
        flexibility=Flexibility(
            later_start_months=request.later_start_months,
            other_days_ok=request.other_days_ok,
            part_of_week_ok=request.part_of_week_ok,
            other_location_ok=request.other_location_ok,
        ),
        own_words=request.own_words,
        message_to_locations=request.message_to_locations,
        support_needed=request.support_needed,
        support_shared=request.support_shared,
        contact_verified_at=request.contact_verified_at,
        confirmed_current_on=request.confirmed_current_on,
        siblings=_siblings(request),
        siblings_together=request.siblings_together,
        merged_into=_linked(into) if into else None,
        merged_here=_merged_here(request),
        may_undo_set_aside=may_undo,
        tasks=open_tasks_of(request.id),
    )


def open_tasks_of(request_id: UUID) -> tuple[FileTask, ...]:
    """Return what the desk still has to do about a request, the oldest first."""
    rows = DeskTask.objects.filter(request_id=request_id, done_at=None).select_related("location")
    return tuple(
        FileTask(
            id=row.id,
            kind=TaskKind(row.kind),
            label=TaskKind(row.kind).label,
            location_name=row.location.name if row.location else "",
            due_on=row.due_on,
            note=row.note,
        )
        for row in rows.order_by("due_on", "id")
    )


def _child(request: CareRequest) -> FileChild:
    child = request.child
    return FileChild(
        first_name=child.first_name, last_name=child.last_name, birth_on=child.birth_on, due_on=child.due_on
    )


def _applicant(request: CareRequest) -> FileApplicant:
    applicant = request.applicant
    return FileApplicant(
        first_name=applicant.first_name,
        last_name=applicant.last_name,
        email=applicant.email,
        phone=applicant.phone,
        language=applicant.language,
        street=applicant.street,
        house_number=applicant.house_number,
        postcode=applicant.postcode,
        residence=name_of_code(applicant.residence_nis) if applicant.residence_nis else "",
    )


def _original(request: CareRequest, corrected: OriginalQuestion) -> Wish:
    """Return the question as first asked and as corrected since."""
    return Wish(
        start_on=corrected.start_on,
        end_on=request.end_on,
        pattern=WeekPattern(corrected.pattern),
        also=WeekPattern(request.also_parts) - WeekPattern(corrected.pattern),
        parts_wanted=corrected.parts_wanted,
        hours=_hours(request),
    )


def _hours(request: CareRequest) -> CareHours:
    return CareHours.parse("|".join(request.hours))


def _categories(request: CareRequest, original: OriginalQuestion) -> Mapping[Category, tuple[str, ...]]:
    """Return the categories with their reasons, under the rules and the settings of the registration date."""
    registered_on = brussels_date(request.registered_at)
    declaration = Declaration(
        registered_on=registered_on,
        original_start=original.start_on,
        pattern=WeekPattern(original.pattern),
        hours=_hours(request),
        characteristics=frozenset(map(Characteristic, request.characteristics)),
        urgent_reason=UrgentReason(request.urgent_reason) if request.urgent_reason else None,
        special_need=request.special_need,
    )
    within = procedure_in_force(request.desk_id, registered_on).procedure.urgent_within_days
    return reasons(declaration, urgent_within_days=within)


def _siblings(request: CareRequest) -> tuple[LinkedRequest, ...]:
    if request.siblings_id is None:
        return ()
    others = CareRequest.objects.filter(siblings_id=request.siblings_id).exclude(id=request.id)
    return tuple(_linked(other) for other in others.select_related("child").order_by("id"))


def _set_aside(request: CareRequest) -> tuple[CareRequest | None, bool]:
    """Return the request into which this one went up, and whether its being set aside can be undone here."""
    rows = SetAside.objects.filter(request=request, undone_at=None).select_related("into__child")
    decision = rows.first()
    return (decision.into, True) if decision else (None, False)


def _merged_here(request: CareRequest) -> tuple[LinkedRequest, ...]:
    rows = SetAside.objects.filter(into=request, undone_at=None).select_related("request__child")
    return tuple(_linked(row.request) for row in rows.order_by("id"))


def _linked(request: CareRequest) -> LinkedRequest:
    child = request.child
    return LinkedRequest(
        request.reference, f"{child.first_name} {child.last_name}".strip(), RequestState(request.state)
    )

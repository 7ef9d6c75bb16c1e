"""Courses as rows: the columns that the actions would have written, table by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import models

from opvangloket.domains.distribution.asking.sending import fields_digest
from opvangloket.domains.distribution.models import (
    Answer,
    Inquiry,
    Offer,
    Placement,
    PlacementState,
    Sending,
    SweepStep,
)
from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.providers.models import CapacityKind, Occupation, OccupationKind, Tariff
from opvangloket.domains.requests.duplicates import pair_id
from opvangloket.domains.requests.models import (
    CareRequest,
    CaseEvent,
    DeskTask,
    RequestedLocation,
    SetAside,
    WishVersion,
)
from opvangloket.foundation.ids import new_id
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.inquiries import AnswerKind, InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.terms import offer_reminder_due
from opvangloket.simulation.life import course as story
from opvangloket.simulation.life.outside import Declared
from opvangloket.simulation.moments import NIGHTLY, as_date, at, day_of, moment
from opvangloket.simulation.supply.ledger import Stay
from opvangloket.simulation.supply.town import Town
from opvangloket.simulation.writing.request_rows import likeness_note, request_row

SPOKEN_DOORS: Final = frozenset({"phone", "paper"})


def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if not field.generated)


# The columns of each table, in the order in which one table needs the other.
COLUMNS: Final[Mapping[type[models.Model], tuple[str, ...]]] = {
    Guardian: _columns(Guardian),
    Child: _columns(Child),
    CareRequest: _columns(CareRequest),
    RequestedLocation: ("id", "request_id", "location_id", "position", "added_at", "dropped_at"),
    WishVersion: (
        "id", "request_id", "number", "made_at", "made_by_kind", "start_on", "end_on", "parts", "also_parts",
        "parts_wanted", "hours",
    ),
    Sending: (
        "id", "desk_id", "request_id", "round", "sent_at", "recipients", "fields_digest", "procedure_number",
    ),
    Inquiry: (
        "id", "desk_id", "request_id", "location_id", "wish_id", "round", "state", "sending_id", "send_from_on",
        "answer_from_on", "sent_at", "due_on", "remind_on", "call_on", "procedure_number", "seen_at", "answered_at",
        "closed_at",
    ),
    Answer: (
        "id", "desk_id", "inquiry_id", "at", "kind", "door", "entered_by_id", "start_on", "end_on", "parts", "hours",
        "tariff", "reason", "possible_parts", "possible_from_on", "message", "late",
    ),
    Offer: (
        "id", "desk_id", "request_id", "location_id", "inquiry_id", "answer_id", "state", "start_on", "end_on",
        "parts", "hours", "tariff", "made_at", "reply_by_on", "held", "closed_at", "decline_reason",
    ),
    Placement: (
        "id", "desk_id", "request_id", "location_id", "offer_id", "state", "agreed_at", "start_on", "end_on", "parts",
        "confirmed_at", "confirmed_start_on", "confirmed_parts", "undone_at",
    ),
    Occupation: (
        "id", "location_id", "kind", "age_group", "parts", "start_on", "end_on", "subject_id", "made_at",
    ),
    CaseEvent: (
        "id", "desk_id", "request_id", "seq", "at", "kind", "location_id", "start_on", "parts", "reply_by_on",
        "reason", "by",
    ),
    SetAside: ("id", "request_id", "event_id", "into_id", "state_before", "closed_before_at"),
    DeskTask: (
        "id", "desk_id", "kind", "request_id", "location_id", "subject_id", "due_on", "made_at", "done_at",
        "done_by_id", "note",
    ),
    SweepStep: ("id", "subject_id", "step", "done_at"),
}  # fmt: skip

Row = tuple[Any, ...]
Table = type[models.Model]


class CourseRows:
    """Turns the courses of one town into rows; a request, its child and its family come once each."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._today = town.today.toordinal()
        self._locations = [planned.row for planned in town.locations]
        self._counted = [row.capacity_kind != CapacityKind.NONE for row in self._locations]
        self._read = {table: attrgetter(*COLUMNS[table]) for table in (Guardian, Child, CareRequest)}

    def declared(self, declared: Declared) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of a child that a planning location declares itself."""
        row = self._locations[declared.location]
        if row.capacity_kind == CapacityKind.PLAN:
            made, subject = moment(at(declared.made, 540)), new_id()
            yield from self._occupation(row.id, OccupationKind.DECLARED, declared.parts, declared.stay, subject, made)

    def of(self, course: story.Course) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of a course."""
        request = request_row(course, self._town)
        yield from self._people(course, request)
        yield CareRequest, self._read[CareRequest](request)
        for position, (location, added) in enumerate(course.chosen, start=1):
            yield (
                RequestedLocation,
                (new_id(), course.id, self._locations[location].id, position, moment(added), None),
            )
        lines = _Lines(course, request, self)
        yield from lines.rows()
        yield from self._events(course, request)
        yield from self._tasks(course, request, lines.ids)

    def _people(self, course: story.Course, request: CareRequest) -> Iterator[tuple[Table, Row]]:
        """Yield the child, and the applicant unless a brother or sister brought the same one."""
        siblings = course.siblings
        if siblings and siblings.applicant_id:
            request.applicant_id = siblings.applicant_id
        else:
            yield Guardian, self._read[Guardian](request.applicant)
            if siblings:
                siblings.applicant_id = request.applicant_id
        yield Child, self._read[Child](request.child)

    def _events(self, course: story.Course, request: CareRequest) -> Iterator[tuple[Table, Row]]:
        for number, event in enumerate(course.events, start=1):
            reason = event.reason
            if event.kind is EventKind.MERGED_INTO and course.merged_into:
                reason = course.merged_into.reference
            event_id = new_id()
            location = self._locations[event.location].id if event.location is not None else None
            yield (
                CaseEvent,
                (
                    event_id, request.desk_id, course.id, number, moment(event.at), event.kind.value, location,
                    _day(event.start), event.parts, _day(event.reply_by), str(reason), event.by,
                ),
            )  # fmt: skip
            if course.set_aside_from and event.kind in (EventKind.MERGED_INTO, EventKind.NOT_GENUINE):
                state, closed = course.set_aside_from
                into = course.merged_into.id if course.merged_into else None
                yield SetAside, (new_id(), course.id, event_id, into, state.value, _moment(closed))

    def _tasks(
        self, course: story.Course, request: CareRequest, ids: Mapping[int, UUID]
    ) -> Iterator[tuple[Table, Row]]:
        worker = self._town.staff.workers[course.desk].id
        for task in course.tasks:
            subject_id, note = ids.get(id(task.subject)), task.note
            if isinstance(task.subject, story.Silence):
                subject_id = new_id()
                step = f"silent:{as_date(task.subject.confirmed)}"
                yield SweepStep, (subject_id, course.id, step, moment(task.made))
            elif isinstance(task.subject, story.Pair):
                subject_id = pair_id(task.subject.older.id, task.subject.newer.id)
                note = likeness_note(task.subject, self._town)
            yield (
                DeskTask,
                (
                    new_id(), request.desk_id, task.kind.value, course.id,
                    self._locations[task.location].id if task.location is not None else None,
                    subject_id or course.id, as_date(task.due), moment(task.made), _moment(task.done),
                    worker if task.by_desk else None, note,
                ),
            )  # fmt: skip
        if course.state is RequestState.OPEN and course.asked_to_confirm:
            step = f"reconfirm:{as_date(course.confirmed_current)}"
            yield SweepStep, (new_id(), course.id, step, moment(course.asked_to_confirm))

    def _occupation(
        self, location_id: UUID, kind: OccupationKind, parts: int, stay: Stay, subject: UUID, made: datetime
    ) -> Iterator[tuple[Table, Row]]:
        for age_group, start, end in stay:
            yield (
                Occupation,
                (
                    new_id(), location_id, kind.value, age_group.value, parts, as_date(start), as_date(end), subject,
                    made,
                ),
            )  # fmt: skip


class _Lines:
    """The lines of one course: its wishes, sendings, inquiries, answers, offers and placements."""

    def __init__(self, course: story.Course, request: CareRequest, rows: CourseRows) -> None:
        self._course, self._request, self._rows = course, request, rows
        self._desk_id = request.desk_id
        self.ids: dict[int, UUID] = {id(course): course.id}

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of all lines."""
        wishes = []
        for number, wish in enumerate(self._course.wishes, start=1):
            row = self._wish(number, wish)
            wishes.append(row)
            yield WishVersion, (
                row.id, self._course.id, number, row.made_at, row.made_by_kind, row.start_on, row.end_on, row.parts,
                row.also_parts, row.parts_wanted, row.hours,
            )  # fmt: skip
        yield from self._sendings(wishes)
        for inquiry in self._course.inquiries:
            yield from self._inquiry(inquiry, wishes[inquiry.wish - 1])
        for offer in self._course.offers:
            yield from self._offer(offer)
        for placement in self._course.placements:
            yield from self._placement(placement)

    def _wish(self, number: int, wish: story.Wish) -> WishVersion:
        return WishVersion(
            request_id=self._course.id,
            number=number,
            made_at=moment(wish.made),
            made_by_kind=wish.made_by,
            start_on=as_date(wish.start),
            end_on=_day(wish.end),
            parts=wish.week.parts,
            also_parts=wish.week.also,
            parts_wanted=wish.week.wanted,
            hours=list(wish.week.hours),
        )

    def _sendings(self, wishes: list[WishVersion]) -> Iterator[tuple[Table, Row]]:
        for sending in self._course.sendings:
            first = next(inquiry for inquiry in self._course.inquiries if inquiry.sending is sending)
            self.ids[id(sending)] = new_id()
            recipients = sorted(str(self._rows._locations[location].id) for location in sending.recipients)
            yield Sending, (
                self.ids[id(sending)], self._desk_id, self._course.id, sending.round, moment(sending.at), recipients,
                fields_digest(self._request, wishes[first.wish - 1]), sending.procedure_number,
            )  # fmt: skip

    def _inquiry(self, inquiry: story.Inquiry, wish: WishVersion) -> Iterator[tuple[Table, Row]]:
        self.ids[id(inquiry)] = new_id()
        now = at(self._rows._today, 0)
        yield Inquiry, (
            self.ids[id(inquiry)], self._desk_id, self._course.id, self._rows._locations[inquiry.location].id, wish.id,
            inquiry.round, inquiry.state.value, self.ids[id(inquiry.sending)] if inquiry.sending else None,
            as_date(inquiry.send_from), as_date(inquiry.answer_from), _moment(inquiry.sent), _day(inquiry.due),
            _day(inquiry.remind), _day(inquiry.call), inquiry.procedure_number,
            _moment(inquiry.seen if inquiry.seen and inquiry.seen < now else None), _moment(inquiry.answered),
            _moment(inquiry.closed),
        )  # fmt: skip
        for answer in inquiry.answers:
            yield Answer, self._answer(inquiry, answer, wish)
        if inquiry.state is InquiryState.SENT:
            yield from self._steps_done(inquiry)

    def _answer(self, inquiry: story.Inquiry, answer: story.Answer, wish: WishVersion) -> Row:
        self.ids[id(answer)] = new_id()
        offers = answer.kind is not AnswerKind.NO
        worker = self._rows._town.staff.workers[self._course.desk].id
        return (
            self.ids[id(answer)], self._desk_id, self.ids[id(inquiry)], moment(answer.at), answer.kind.value,
            answer.door.value, worker if answer.door.value in SPOKEN_DOORS else None, _day(answer.start),
            wish.end_on if offers else None, answer.parts, _hours(answer, wish),
            self._tariff(inquiry.location) if offers else "", str(answer.reason), answer.possible_parts,
            _day(answer.possible_from), answer.message, answer.late,
        )  # fmt: skip

    def _steps_done(self, inquiry: story.Inquiry) -> Iterator[tuple[Table, Row]]:
        """Yield what the sweeps did already about a question that still waits, so that nothing is done twice."""
        for step, day in (
            ("remind", inquiry.remind),
            ("overdue", inquiry.due + 1 if inquiry.due else None),
            ("call", inquiry.call),
        ):
            if day is not None and day < self._rows._today:
                yield SweepStep, (new_id(), self.ids[id(inquiry)], step, moment(at(day, NIGHTLY)))

    def _offer(self, offer: story.Offer) -> Iterator[tuple[Table, Row]]:
        inquiry, answer, rows = offer.inquiry, offer.answer, self._rows
        wish = self._course.wishes[inquiry.wish - 1]
        offer_id = self.ids[id(offer)] = new_id()
        location = rows._locations[inquiry.location]
        made = moment(answer.at)
        yield Offer, (
            offer_id, self._desk_id, self._course.id, location.id, self.ids[id(inquiry)], self.ids[id(answer)],
            offer.state.value, as_date(offer.start), _day(offer.end), offer.parts,
            list(wish.week.hours) if answer.kind is AnswerKind.YES else [], self._tariff(inquiry.location), made,
            as_date(offer.reply_by), rows._counted[inquiry.location], _moment(offer.closed), str(offer.decline_reason),
        )  # fmt: skip
        if offer.state is OfferState.OPEN:
            if rows._counted[inquiry.location]:
                yield from rows._occupation(location.id, OccupationKind.HOLD, offer.parts, offer.stay, offer_id, made)
            yield from self._offer_steps_done(offer, offer_id)

    def _offer_steps_done(self, offer: story.Offer, offer_id: UUID) -> Iterator[tuple[Table, Row]]:
        yesterday = self._rows._today - 1
        procedure = self._rows._town.procedure_numbered(self._course.desk, offer.inquiry.procedure_number)
        remind_on = offer_reminder_due(
            offered_on=as_date(day_of(offer.answer.at)),
            reply_by_on=as_date(offer.reply_by),
            days_before=procedure.offer_reminder_days,
            today=as_date(yesterday),
        )
        if remind_on:
            done = moment(at(remind_on.toordinal(), NIGHTLY))
            yield SweepStep, (new_id(), offer_id, f"remind:{remind_on}", done)
        for task in self._course.tasks:
            if task.subject is offer and task.note == "":
                yield SweepStep, (new_id(), offer_id, "call", moment(task.made))

    def _placement(self, placement: story.Placement) -> Iterator[tuple[Table, Row]]:
        rows, placement_id = self._rows, new_id()
        location = rows._locations[placement.location]
        standing = placement.undone is None
        yield Placement, (
            placement_id, self._desk_id, self._course.id, location.id,
            self.ids[id(placement.offer)] if placement.offer else None,
            (PlacementState.ACTIVE if standing else PlacementState.UNDONE).value, moment(placement.agreed),
            as_date(placement.start), _day(placement.end), placement.parts, _moment(placement.confirmed),
            _day(placement.confirmed_start), placement.confirmed_parts, _moment(placement.undone),
        )  # fmt: skip
        if standing and rows._counted[placement.location]:
            held = placement.offer.answer.at if placement.offer else placement.agreed
            yield from rows._occupation(
                location.id,
                OccupationKind.PLACEMENT,
                placement.confirmed_parts or placement.parts,
                placement.stay,
                placement_id,
                moment(placement.confirmed or held),
            )

    def _tariff(self, location: int) -> str:
        tariff = self._rows._locations[location].tariff
        return "" if tariff == Tariff.MIXED else str(tariff)


def _hours(answer: story.Answer, wish: WishVersion) -> list[str]:
    return wish.hours if answer.kind is AnswerKind.YES else []


def _day(ordinal: int | None) -> Any:
    return None if ordinal is None else as_date(ordinal)


def _moment(minute: int | None) -> datetime | None:
    return None if minute is None else moment(minute)

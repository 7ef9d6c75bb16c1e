"""The request itself as rows: the family, the child, and the original question with its categories."""

from __future__ import annotations

from uuid import UUID

from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.requests.duplicates import identity_of, keys_of
from opvangloket.domains.requests.models import CareRequest, Channel
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.categories import Declaration, categories_of
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.identity import likely_same
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.references import displayed
from opvangloket.simulation.life.course import Course, Pair
from opvangloket.simulation.moments import as_date, day_of, moment
from opvangloket.simulation.supply.town import Town

_REGISTERED_BY_DESK = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.HELPER})
_ENDED = frozenset(RequestState) - {RequestState.REGISTERED, RequestState.OPEN, RequestState.PLACED}
_NOTE_LENGTH = 300


def request_row(course: Course, town: Town) -> CareRequest:
    """Return the unsaved request of a course, with its child and its applicant."""
    question, desk = course.question, town.desks[course.desk].row
    day = day_of(question.registered)
    _number, procedure = town.procedure(course.desk, day)
    declaration = Declaration(
        registered_on=as_date(day),
        original_start=as_date(_original_start(course)),
        pattern=WeekPattern(question.week.parts),
        hours=CareHours.parse("|".join(question.week.hours)),
        characteristics=frozenset(map(Characteristic, question.characteristics)),
        urgent_reason=UrgentReason(question.urgent_reason) if question.urgent_reason else None,
        special_need=question.special_need,
    )
    categories = categories_of(declaration, urgent_within_days=procedure.urgent_within_days)
    request = CareRequest(
        id=course.id,
        desk_id=desk.id,
        reference=course.reference,
        applicant=_applicant(course, desk.id),
        child=_child(course, desk.id),
        siblings_id=course.siblings.id if course.siblings else None,
        siblings_together=course.siblings.together if course.siblings else False,
        registered_at=moment(question.registered),
        channel=question.channel.value,
        registered_by_id=town.staff.workers[course.desk].id if question.channel in _REGISTERED_BY_DESK else None,
        residence_nis=question.residence_nis,
        start_on=as_date(question.start),
        end_on=as_date(question.end) if question.end else None,
        parts=question.week.parts,
        also_parts=question.week.also,
        parts_wanted=question.week.wanted,
        hours=list(question.week.hours),
        characteristics=list(question.characteristics),
        urgent_reason=question.urgent_reason,
        special_need=question.special_need,
        rule_set=categories.rule_set.value,
        urgent=categories.urgent,
        atypical=categories.atypical,
        priority=categories.priority,
        vulnerable=categories.vulnerable,
        own_words=question.own_words,
        message_to_locations=question.message,
        support_needed=question.support_needed,
        support_shared=question.support_shared,
        later_start_months=question.later_start_months,
        other_days_ok=question.other_days_ok,
        part_of_week_ok=question.part_of_week_ok,
        other_location_ok=question.other_location_ok,
        state=course.state.value,
        contact_verified_at=moment(course.verified) if course.verified else None,
        confirmed_current_on=as_date(course.confirmed_current),
        closed_at=moment(course.closed) if course.closed and course.state in _ENDED else None,
    )
    request.identity_keys = keys_of(request)
    return request


def _original_start(course: Course) -> int:
    """Return the start as first asked, as the desk corrected it since."""
    corrected = [event.start for event in course.events if event.kind is EventKind.CORRECTED and event.start]
    return corrected[-1] if corrected else course.question.start


def likeness_note(pair: Pair, town: Town) -> str:
    """Return why two requests may be about one child, as the search for duplicates notes it."""
    older, newer = request_row(pair.older, town), request_row(pair.newer, town)
    likeness = likely_same(identity_of(newer), identity_of(older))
    return f"Lijkt op {displayed(older.reference)}: {', '.join(likeness.reasons)}."[:_NOTE_LENGTH]


def _applicant(course: Course, desk_id: UUID) -> Guardian:
    household = course.question.household
    return Guardian(
        desk_id=desk_id,
        first_name=household.first_name,
        last_name=household.last_name,
        email=household.email,
        phone=household.phone,
        language=household.language,
        street=household.street,
        house_number=household.house_number,
        postcode=household.village.postcode,
        residence_nis=course.question.residence_nis,
    )


def _child(course: Course, desk_id: UUID) -> Child:
    question = course.question
    born = course.born_told or question.due is None
    return Child(
        desk_id=desk_id,
        first_name=question.child_name if born or question.named_before_birth else "",
        last_name=question.household.child_last_name,
        birth_on=as_date(question.born) if born else None,
        due_on=as_date(question.due) if question.due else None,
    )

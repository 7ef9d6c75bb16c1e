"""Registering a question: from that moment its date, reference and original words stand (SPEC §4).

Nothing here waits for mail, a map or a person: a question that is well formed is always registered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from opvangloket.domains.families.models import Child, Guardian
from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.domains.requests.desk_tasks import open_task, settle_tasks
from opvangloket.domains.requests.duplicates import keys_of, look_for_duplicates
from opvangloket.domains.requests.models import (
    CareRequest,
    RequestedLocation,
    TaskKind,
    WishVersion,
)
from opvangloket.domains.requests.notes import keep_reason
from opvangloket.domains.requests.questions import SPOKEN_WITH, NewQuestion, Problem, QuestionRefused, check, entries
from opvangloket.domains.requests.states import locked_request, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.categories import Declaration, categories_of
from opvangloket.rules.periods import brussels_date, brussels_midnight
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.references import RandomSource, new_reference

_TRIES_FOR_A_REFERENCE: Final = 10
_REFERENCE_TAKEN: Final = "requests_carerequest_reference"


class AlreadyRegistered(OpvangloketError):
    """The reference that was kept for this question is taken: it was registered before."""

    code = "already_registered"
    message = "Deze vraag is al opgenomen."


@dataclass(frozen=True, slots=True)
class Registered:
    """What a family gets at once: the reference to name its request by, and where it stands."""

    request_id: UUID
    reference: str
    state: RequestState


def register(
    *,
    desk_id: UUID,
    question: NewQuestion,
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
    reference: str = "",
) -> Registered:
    """Register one question and return its reference; raise QuestionRefused or NationalNumberRefused.

    A `reference` that was kept for this question, when its form was drawn, is what stops it from being registered
    twice: the second time raises AlreadyRegistered.

    The request is `registered`; sending it out is for `distribution.asking`, once the contact is verified. On every
    channel where somebody spoke with the family it is verified at once.
    """
    return register_siblings(
        desk_id=desk_id,
        questions=[question],
        together=False,
        actor=actor,
        now=now,
        randomness=randomness,
        reference=reference,
    )[0]


@transaction.atomic
def register_siblings(
    *,
    desk_id: UUID,
    questions: Sequence[NewQuestion],
    together: bool,
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
    reference: str = "",
) -> tuple[Registered, ...]:
    """Register the questions of one family in one go: a request per child, linked, for one applicant.

    `together` means that the family takes places for all of them or for none (SPEC §4). The applicant of the first
    question is the applicant of all, and a kept `reference` is that of the first. Errors are those of `register`.
    """
    today = brussels_date(now)
    with scope(DeskScope(desk_id)):
        procedure = procedure_in_force(desk_id, today).procedure
        for question in questions:
            check(question, today=today, by_desk=actor.is_desk, max_locations=procedure.max_locations)
            _check_locations_known(question, desk_id, today)
        applicant = _save_applicant(desk_id, questions[0])
        siblings_id = new_id() if len(questions) > 1 else None
        return tuple(
            _register_one(
                question,
                _unsaved_request(question, applicant, siblings_id, together, procedure, actor, now),
                actor=actor,
                now=now,
                randomness=randomness,
                kept=reference if number == 0 else "",
            )
            for number, question in enumerate(questions)
        )


@transaction.atomic
def registered_before(reference: str, question: NewQuestion) -> Registered | None:
    """Return the request under a kept reference when it is this very question; None when nothing, or another, is."""
    child = question.child
    request = CareRequest.objects.filter(
        reference=reference,
        child__first_name=child.first_name.strip(),
        child__last_name=child.last_name.strip(),
        child__birth_on=child.birth_on,
        child__due_on=child.due_on,
        start_on=question.start_on,
        parts=question.pattern.mask,
    ).first()
    return Registered(request.id, request.reference, RequestState(request.state)) if request else None


def mark_contact_verified(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Remember that the family holds the address or number it gave; a second time changes nothing."""
    request = locked_request(request_id)
    if request.contact_verified_at is not None:
        return
    request.contact_verified_at = now
    request.save(update_fields=["contact_verified_at"])
    settle_tasks(desk_id=request.desk_id, kinds=[TaskKind.CONTACT_UNVERIFIED], request_id=request.id, now=now)
    record_act("request.verify_contact", request, actor=actor, now=now)


def _check_locations_known(question: NewQuestion, desk_id: UUID, today: date) -> None:
    """Refuse a location that this desk does not see today, that has stopped, or that stops before care would start."""
    here = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today),
        Q(location__closed_on=None) | Q(location__closed_on__gt=today),
        desk_id=desk_id,
        start_on__lte=today,
        location_id__in=question.location_ids,
    )
    chosen = len(set(question.location_ids))
    if here.values("location_id").distinct().count() < chosen:
        message = "Een opvang die je koos, hoort niet meer bij dit loket. Kies een andere opvang."
        raise QuestionRefused(Problem("location_ids", message))
    stays = Q(location__closed_on=None) | Q(location__closed_on__gt=question.start_on)
    if here.filter(stays).values("location_id").distinct().count() < chosen:
        message = "Een opvang die je koos, sluit voor je start. Kies een andere opvang."
        raise QuestionRefused(Problem("location_ids", message))


def _save_applicant(desk_id: UUID, question: NewQuestion) -> Guardian:
    """Write the applicant anew: whoever types a known address has not proved yet that it is theirs."""
    asked = question.applicant
    return Guardian.objects.create(
        desk_id=desk_id,
        first_name=asked.first_name.strip(),
        last_name=asked.last_name.strip(),
        email=asked.email.strip(),
        phone=asked.phone.strip(),
        language=asked.language,
        street=asked.street.strip(),
        house_number=asked.house_number.strip(),
        postcode=asked.postcode.strip(),
        residence_nis=asked.residence_nis,
    )


def _unsaved_request(
    question: NewQuestion,
    applicant: Guardian,
    siblings_id: UUID | None,
    together: bool,
    procedure: Procedure,
    actor: Actor,
    now: datetime,
) -> CareRequest:
    """Return the request with its original question and the categories that the rules of its date give it."""
    received_on = question.received_on or brussels_date(now)
    registered_at = now if received_on == brussels_date(now) else brussels_midnight(received_on)
    categories = categories_of(
        Declaration(
            registered_on=received_on,
            original_start=question.start_on,
            pattern=question.pattern,
            hours=question.hours,
            characteristics=question.characteristics,
            urgent_reason=question.urgent_reason,
            special_need=question.special_need,
        ),
        urgent_within_days=procedure.urgent_within_days,
    )
    return CareRequest(
        desk_id=applicant.desk_id,
        applicant=applicant,
        siblings_id=siblings_id,
        siblings_together=together and siblings_id is not None,
        registered_at=registered_at,
        channel=question.channel,
        registered_by_id=actor.id,
        residence_nis=question.applicant.residence_nis,
        start_on=question.start_on,
        end_on=question.end_on,
        parts=question.pattern.mask,
        also_parts=(question.also - question.pattern).mask,
        parts_wanted=question.parts_wanted,
        other_week_parts=question.other_week.mask if question.other_week else None,
        hours=entries(question.hours),
        characteristics=sorted(question.characteristics),
        urgent_reason=question.urgent_reason or "",
        special_need=categories.special_need,
        rule_set=categories.rule_set,
        urgent=categories.urgent,
        atypical=categories.atypical,
        priority=categories.priority,
        vulnerable=categories.vulnerable,
        own_words=question.own_words.strip(),
        message_to_locations=question.message_to_locations.strip(),
        support_needed=question.support_needed.strip(),
        support_shared=question.support_shared,
        later_start_months=question.later_start_months,
        other_days_ok=question.other_days_ok,
        part_of_week_ok=question.part_of_week_ok,
        other_location_ok=question.other_location_ok,
        state=RequestState.REGISTERED,
        contact_verified_at=now if question.channel in SPOKEN_WITH else None,
        confirmed_current_on=brussels_date(now),
    )


def _register_one(
    question: NewQuestion, request: CareRequest, *, actor: Actor, now: datetime, randomness: RandomSource, kept: str
) -> Registered:
    """Save one request with its child, its first wish, its chosen locations and what the desk has to do about it."""
    request.child = Child.objects.create(
        desk_id=request.desk_id,
        first_name=question.child.first_name.strip(),
        last_name=question.child.last_name.strip(),
        birth_on=question.child.birth_on,
        due_on=question.child.due_on,
    )
    request.identity_keys = keys_of(request)
    _save_under_reference(request, randomness, kept)
    WishVersion.objects.create(
        request=request,
        number=1,
        made_at=now,
        made_by_kind=actor.kind,
        start_on=request.start_on,
        end_on=request.end_on,
        parts=request.parts,
        also_parts=request.also_parts,
        parts_wanted=request.parts_wanted,
        hours=request.hours,
    )
    RequestedLocation.objects.bulk_create(
        RequestedLocation(request=request, location_id=location_id, position=position, added_at=now)
        for position, location_id in enumerate(question.location_ids, start=1)
    )
    if actor.is_desk:
        keep_reason(request, question.more_locations_reason, actor=actor, now=now)
    _open_tasks(request, now)
    look_for_duplicates(request, now=now)
    record_act("request.ask", request, actor=actor, now=now, codes=[question.channel])
    return Registered(request.id, request.reference, RequestState.REGISTERED)


def _save_under_reference(request: CareRequest, randomness: RandomSource, kept: str) -> None:
    """Save the request; a reference that is taken, also by somebody at this very moment, is drawn again.

    One that was kept for it is not: then it is the question itself that was registered before.
    """
    for _ in range(_TRIES_FOR_A_REFERENCE):
        request.reference = kept or new_reference(randomness)
        try:
            with transaction.atomic():
                request.save(force_insert=True)
            return
        except IntegrityError as error:
            if _REFERENCE_TAKEN not in str(error):
                raise
            if kept:
                raise AlreadyRegistered from error
    raise RuntimeError(f"no free reference in {_TRIES_FOR_A_REFERENCE} draws: is the source of chance broken?")


def _open_tasks(request: CareRequest, now: datetime) -> None:
    """Put on the desk's list what asks for a person: words that no question covered, and an urgent question."""
    reasons = {TaskKind.OWN_WORDS: bool(request.own_words), TaskKind.URGENT: request.urgent}
    for kind in (kind for kind, applies in reasons.items() if applies):
        open_task(
            desk_id=request.desk_id,
            kind=kind,
            subject_id=request.id,
            request_id=request.id,
            due_on=brussels_date(now),
            now=now,
        )

"""De periodieke lijst: a location hands in what it could not answer; the desk counts each child once and takes over.

At entry a location is shown the doubles in its own lists only: whether a family asked elsewhere is not for it to know.
The desk sees all of them, and a person decides.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.asking.questions import ask
from opvangloket.domains.distribution.lines.listing import locations_of_desk
from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.referrals.models import HandedInList, HandedInQuestion
from opvangloket.domains.requests.actions import Applicant, AskedChild, Channel, NewQuestion, Registered
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import postcode
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, current_scope, scope
from opvangloket.rules.handed_in import MOST_QUESTIONS
from opvangloket.rules.identity import Identity, block_keys, likely_same
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import DeskMode
from opvangloket.rules.references import RandomSource


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuestion:
    """A family that a location could not help, and whether it agrees that the desk calls it."""

    question: NewQuestion
    asked_on: date
    agreed: bool

    @property
    def identity(self) -> Identity:
        """Whom it is about."""
        applicant, child = self.question.applicant, self.question.child
        return Identity(
            child_first_name=child.first_name,
            child_last_name=child.last_name,
            birth_on=child.birth_on,
            due_on=child.due_on,
            applicant_first_name=applicant.first_name,
            applicant_last_name=applicant.last_name,
            email=applicant.email,
            phone=applicant.phone,
            postcode=applicant.postcode,
        )


class ListsNotAsked(OpvangloketError):
    """At a central desk every question comes through the desk already."""

    code = "lists_not_asked"
    message = "Dit loket vraagt geen lijsten: elke vraag komt er al via het loket."


class WrongLength(OpvangloketError):
    """A list without questions, or with more than can be read."""

    code = "wrong_length"

    def __init__(self) -> None:
        super().__init__(f"Een lijst telt tussen 1 en {MOST_QUESTIONS} vragen.")


class QuestionNotOnList(OpvangloketError):
    """No such question in the scope in force, or one that was handled already."""

    code = "question_not_on_list"
    message = "Deze vraag staat niet meer open op de lijst."


class NotAgreed(OpvangloketError):
    """The family did not agree that the desk has its question."""

    code = "not_agreed"
    message = "Dit gezin ging nog niet akkoord. Vraag de opvang om het te vragen."


@transaction.atomic
def hand_in(
    *,
    list_id: UUID,
    desk_id: UUID,
    location_id: UUID,
    questions: Sequence[UnansweredQuestion],
    actor: Actor,
    now: datetime,
) -> UUID:
    """Hand in a list of a location, whole or not at all; the same `list_id` once more changes nothing.

    Raises LocationNotHere for a location that is not the caller's own or not of this desk, ListsNotAsked at a central
    desk, WrongLength, and NationalNumberRefused.
    """
    in_force = current_scope()
    if isinstance(in_force, OrganiserScope) and location_id not in in_force.location_ids:
        raise LocationNotHere
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise WrongLength
    today = brussels_date(now)
    with scope(DeskScope(desk_id)):
        if procedure_in_force(desk_id, today).procedure.mode is not DeskMode.DESK_ONLY:
            raise ListsNotAsked
        if not locations_of_desk(desk_id, today=today).filter(id=location_id).exists():
            raise LocationNotHere
        row = HandedInList(
            id=list_id, desk_id=desk_id, location_id=location_id, handed_in_at=now, handed_in_by_id=actor.id
        )
        HandedInList.objects.bulk_create([row], ignore_conflicts=True)
        row = HandedInList.objects.select_for_update().get(id=list_id)
        if row.questions.exists():
            return row.id
        HandedInQuestion.objects.bulk_create(
            _row(row, number, question) for number, question in enumerate(questions, start=1)
        )
        _record("list.hand_in", row.id, desk_id, actor, now)
        return row.id


@transaction.atomic
def same_child(
    *, question_id: UUID, actor: Actor, now: datetime, other_id: UUID | None = None, request_id: UUID | None = None
) -> None:
    """Say that a question is the same as another on a list, or as a request of the desk: it counts no more.

    With neither it is another child than those that it resembles. Raises QuestionNotOnList.
    """
    question = _locked(question_id)
    if other_id is not None:
        other = HandedInQuestion.objects.filter(id=other_id, same_as=None, same_request=None).first()
        if other is None or other.id == question.id:
            raise QuestionNotOnList
        question.same_as = other
    elif request_id is not None:
        question.same_request = CareRequest.objects.filter(id=request_id).first()
        if question.same_request is None:
            raise QuestionNotOnList
    else:
        question.apart_at = now
    question.save(update_fields=["same_as", "same_request", "apart_at"])
    _record("list.decide", question.id, question.handed_in.desk_id, actor, now)


@transaction.atomic
def take_over(*, question_id: UUID, actor: Actor, now: datetime, randomness: RandomSource) -> Registered:
    """Register a question of a list as a request of the desk in scope, and return it.

    Raises QuestionNotOnList, NotAgreed, and what `register` raises.
    """
    row = _locked(question_id)
    if not row.agreed:
        raise NotAgreed
    [registered] = ask(
        desk_id=row.handed_in.desk_id, questions=[question_of(row)], actor=actor, now=now, randomness=randomness
    )
    row.taken_over_id = registered.request_id
    row.save(update_fields=["taken_over"])
    _record("list.take_over", row.id, row.handed_in.desk_id, actor, now, request_id=registered.request_id)
    return registered


def handed_in_before(
    identities: Sequence[Identity], location_ids: Collection[UUID], *, but: UUID | None = None
) -> dict[int, str]:
    """Return for each place in a list the child on an earlier list of these locations that it may be, in one query.

    `but` is the list at hand: when it was handed in a moment ago, it does not repeat itself.
    """
    keys = sorted({key for identity in identities for key in block_keys(identity)})
    rows = HandedInQuestion.objects.filter(handed_in__location_id__in=location_ids, identity_keys__overlap=keys)
    rows = rows.exclude(handed_in_id=but)
    known = [(identity_of_row(row), child_of(row)) for row in rows]
    found: dict[int, str] = {}
    for place, identity in enumerate(identities):
        for other, name in known:
            if likely_same(identity, other).score_class:
                found[place] = name
    return found


def question_of(row: HandedInQuestion) -> NewQuestion:
    """Return what a row of a list asks."""
    place = postcode(row.postcode) if row.postcode else None
    return NewQuestion(
        applicant=Applicant(
            first_name=row.applicant_first_name,
            last_name=row.applicant_last_name,
            phone=row.phone,
            email=row.email,
            postcode=row.postcode,
            residence_nis=place.nis_code if place else "",
        ),
        child=AskedChild(
            first_name=row.child_first_name,
            last_name=row.child_last_name,
            birth_on=row.birth_on,
            due_on=row.due_on,
        ),
        start_on=row.start_on,
        pattern=WeekPattern.from_mask(row.parts),
        channel=Channel.ORGANISER,
    )


def identity_of_row(row: HandedInQuestion) -> Identity:
    """Return whom a row of a list is about."""
    return UnansweredQuestion(question=question_of(row), asked_on=row.asked_on, agreed=row.agreed).identity


def child_of(row: HandedInQuestion) -> str:
    """Name a row by its child, or by who asks when the child has no name yet."""
    name = f"{row.child_first_name} {row.child_last_name}".strip()
    return name or f"kindje van {row.applicant_first_name} {row.applicant_last_name}"


def _row(handed_in: HandedInList, number: int, one: UnansweredQuestion) -> HandedInQuestion:
    applicant, child = one.question.applicant, one.question.child
    refuse_national_number(applicant.first_name, applicant.last_name, child.first_name, child.last_name)
    return HandedInQuestion(
        handed_in=handed_in,
        number=number,
        applicant_first_name=applicant.first_name.strip(),
        applicant_last_name=applicant.last_name.strip(),
        phone=applicant.phone.strip(),
        email=applicant.email.strip(),
        postcode=applicant.postcode.strip(),
        child_first_name=child.first_name.strip(),
        child_last_name=child.last_name.strip(),
        birth_on=child.birth_on,
        due_on=child.due_on,
        start_on=one.question.start_on,
        parts=one.question.pattern.mask,
        asked_on=one.asked_on,
        agreed=one.agreed,
        identity_keys=sorted(block_keys(one.identity)),
    )


def _locked(question_id: UUID) -> HandedInQuestion:
    """Lock a question of a list of the desk in scope that nobody handled yet; raise QuestionNotOnList."""
    rows = HandedInQuestion.objects.select_for_update(of=("self",)).select_related("handed_in")
    row = rows.filter(id=question_id, same_as=None, same_request=None, taken_over=None).first()
    if row is None:
        raise QuestionNotOnList
    return row


def _record(
    action: str, subject_id: UUID, desk_id: UUID, actor: Actor, now: datetime, *, request_id: UUID | None = None
) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="handed_in",
        subject_id=subject_id,
        request_id=request_id,
    )

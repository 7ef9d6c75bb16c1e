"""Doorverwijzen: an organiser that cannot help a family at its door passes it on, and the desk takes over (SPEC §5)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.asking.questions import ask
from opvangloket.domains.distribution.lines.listing import locations_of_desk
from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.referrals.models import Referral
from opvangloket.domains.requests.actions import Channel, NewQuestion, Problem, QuestionRefused, Registered, open_task
from opvangloket.domains.requests.models import TaskKind
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, current_scope, scope
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import RandomSource
from opvangloket.rules.referrals import CONSENT_HOLDS_FOR, CONSENT_LABELS, ConsentHow, consent_holds
from opvangloket.rules.wording import dutch_date

MOST_WORDS: Final = 160  # with what the system adds, a note of a task holds it


@dataclass(frozen=True, slots=True)
class Consent:
    """That the family agrees that the desk gets its question: how it said so, and on which day."""

    how: ConsentHow
    given_on: date


class ConsentNotInForce(OpvangloketError):
    """The family has not agreed yet, or too long ago."""

    code = "consent_not_in_force"

    def __init__(self) -> None:
        super().__init__(f"Een akkoord geldt {CONSENT_HOLDS_FOR.days} dagen. Vraag het opnieuw aan het gezin.")


class TooManyWords(OpvangloketError):
    """More words for the desk than its task can hold."""

    code = "too_many_words"

    def __init__(self) -> None:
        super().__init__(f"Schrijf hoogstens {MOST_WORDS} tekens. De rest vraagt het loket aan het gezin.")


@transaction.atomic
def refer(
    *,
    desk_id: UUID,
    location_id: UUID,
    question: NewQuestion,
    consent: Consent,
    words: str = "",
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
    reference: str = "",
) -> Registered:
    """Register a family that a location passes on, without a location yet: the desk chooses these with the family.

    The desk gets a task, with the `words` of the location in it; a family with a mail address gets a receipt. With a
    `reference` that was kept for it, the same once more changes nothing. Raises LocationNotHere for a location that is
    not the caller's own or not of this desk, ConsentNotInForce, TooManyWords, NationalNumberRefused and QuestionRefused
    (also where the family can be reached by nothing).
    """
    _check(question, consent, words, today=brussels_date(now))
    _check_own(location_id)
    with scope(DeskScope(desk_id)):
        location = locations_of_desk(desk_id, today=brussels_date(now)).filter(id=location_id).first()
        if location is None:
            raise LocationNotHere
        asked = replace(question, channel=Channel.ORGANISER, location_ids=())
        [registered] = ask(
            desk_id=desk_id, questions=[asked], actor=actor, now=now, randomness=randomness, reference=reference
        )
        if Referral.objects.filter(request_id=registered.request_id).exists():
            return registered
        referral = Referral.objects.create(
            desk_id=desk_id,
            request_id=registered.request_id,
            location=location,
            referred_at=now,
            referred_by_id=actor.id,
            consent_how=consent.how,
            consent_on=consent.given_on,
        )
        _tell_desk(referral, words.strip(), now)
        _record(referral, actor, now)
        return registered


def _check(question: NewQuestion, consent: Consent, words: str, *, today: date) -> None:
    """Refuse a referral without consent that holds, or of a family that the desk could not reach."""
    refuse_national_number(words)
    if not consent_holds(consent.given_on, today=today):
        raise ConsentNotInForce
    if len(words.strip()) > MOST_WORDS:
        raise TooManyWords
    if not (question.applicant.email.strip() or question.applicant.phone.strip()):
        message = "Vul een telefoonnummer of een e-mailadres in. Zo kan het loket het gezin bereiken."
        raise QuestionRefused(Problem("applicant.phone", message))


def _check_own(location_id: UUID) -> None:
    """Refuse a location of somebody else; which locations a desk sees is asked later."""
    in_force = current_scope()
    if isinstance(in_force, OrganiserScope) and location_id not in in_force.location_ids:
        raise LocationNotHere


def _tell_desk(referral: Referral, words: str, now: datetime) -> None:
    """Put the family on the desk's list, with the consent and what the location knows."""
    consent = f"{CONSENT_LABELS[ConsentHow(referral.consent_how)]}, op {dutch_date(referral.consent_on)}"
    said = f" “{words}”" if words else ""
    open_task(
        desk_id=referral.desk_id,
        kind=TaskKind.REFERRED,
        subject_id=referral.request_id,
        request_id=referral.request_id,
        location_id=referral.location_id,
        due_on=brussels_date(now),
        now=now,
        note=f"Akkoord van het gezin: {consent}.{said}",
    )


def _record(referral: Referral, actor: Actor, now: datetime) -> None:
    record(
        "referral.record",
        actor=actor,
        at=now,
        desk_id=referral.desk_id,
        subject_kind="referral",
        subject_id=referral.id,
        request_id=referral.request_id,
        codes=[referral.consent_how],
    )

"""The versions of the agreement: made from the procedure in force, sent to every organiser at once, looked at each year."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.cooperation import addresses
from opvangloket.domains.cooperation.models import AgreementReview, AgreementSignature, AgreementVersion
from opvangloket.domains.providers.addressees import Addressee, organisers_of_desk
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import NewMessage, plan_messages
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.cooperation_agreement import OwnPoints, agreement_text, plain_parts, read_parts
from opvangloket.rules.periods import brussels_date

LONGEST_WORDS: Final = 2000


class AgreementNotFound(OpvangloketError):
    """No such agreement in the scope in force."""

    code = "agreement_not_found"
    message = "We vinden deze overeenkomst niet."


class NothingNew(OpvangloketError):
    """The version that would be made reads as the one there is."""

    code = "agreement_nothing_new"
    message = "Er is niets veranderd sinds de vorige versie. Pas eerst een afspraak aan."


class VersionMeanwhile(OpvangloketError):
    """Somebody made another version while this one was being written."""

    code = "agreement_version_meanwhile"
    message = "Een collega maakte intussen een nieuwe versie. Lees die eerst en begin opnieuw."


class ReviewRefused(OpvangloketError):
    """A day on which the agreement cannot have been looked at."""

    code = "agreement_review_refused"


@transaction.atomic
def publish_agreement(*, desk: Desk, own: OwnPoints, number: int, actor: Actor, now: datetime) -> int:
    """Make version `number`, one more than the newest, tell every organiser of the desk in scope, and return it.

    The same version once more with the same words is the same press of the button. Raises VersionMeanwhile when the
    number is taken by another, NothingNew, or NationalNumberRefused.
    """
    refuse_national_number(*own.desk, *own.everyone, *own.income_tariff, *own.plus)
    lock_versions(desk.id)
    in_force = procedure_in_force(desk.id, brussels_date(now))
    parts = agreement_text(in_force.procedure, desk_name=desk.name, own=own)
    newest = newest_version()
    if newest is not None and newest.number == number and read_parts(newest.parts) == parts:
        return number
    if number != (newest.number if newest else 0) + 1:
        raise VersionMeanwhile
    if newest is not None and read_parts(newest.parts) == parts:
        raise NothingNew
    version = AgreementVersion.objects.create(
        desk_id=desk.id,
        number=number,
        procedure_number=in_force.number,
        own_points=asdict(own),
        parts=plain_parts(parts),
        made_by_id=actor.id,
        published_at=now,
    )
    everyone = organisers_of_desk(desk.id, today=brussels_date(now), at_home=True)
    plan_messages([_mail("agreement_published", version, to, desk) for to in everyone], desk_id=desk.id, now=now)
    _record("agreement.publish", version, actor, now, codes=[f"version:{number}", f"organisers:{len(everyone)}"])
    return number


@transaction.atomic
def remind_unsigned(*, desk: Desk, actor: Actor, now: datetime) -> int:
    """Mail every organiser that did not sign the newest version, once a day at most; return how many have no signature.

    Raises AgreementNotFound before there is a version.
    """
    version = newest_version()
    if version is None:
        raise AgreementNotFound
    signed = AgreementSignature.objects.filter(version=version, taken_back_at=None).values_list(
        "organiser_id", flat=True
    )
    today = brussels_date(now)
    known = set(signed)
    waiting = [to for to in organisers_of_desk(desk.id, today=today, at_home=True) if to.organiser.id not in known]
    mails = [_mail("agreement_reminder", version, to, desk, f":{today.isoformat()}") for to in waiting]
    plan_messages(mails, desk_id=desk.id, now=now)
    _record("agreement.remind", version, actor, now, codes=[f"organisers:{len(waiting)}"])
    return len(waiting)


@transaction.atomic
def review_agreement(*, reviewed_on: date, words: str, actor: Actor, now: datetime) -> None:
    """Write down that partners looked at the newest version together, on which day and what came of it.

    Raises AgreementNotFound before there is a version, ReviewRefused for a day to come or before the version was made,
    or NationalNumberRefused. The same day once more is the same act.
    """
    refuse_national_number(words)
    version = newest_version()
    if version is None:
        raise AgreementNotFound
    if reviewed_on > brussels_date(now):
        raise ReviewRefused("Deze dag moet nog komen. Vul in wanneer jullie ze bekeken.")
    if reviewed_on < brussels_date(version.published_at):
        raise ReviewRefused("Deze versie bestond toen nog niet. Kies een latere dag.")
    review = AgreementReview(version=version, reviewed_on=reviewed_on, words=words, made_by_id=actor.id, at=now)
    AgreementReview.objects.bulk_create([review], ignore_conflicts=True)
    _record("agreement.review", version, actor, now)


def lock_versions(desk_id: UUID) -> None:
    """Let no version of a desk be made, and none be signed, before the transaction ends."""
    Desk.objects.select_for_update(no_key=True).get(id=desk_id)


def newest_version() -> AgreementVersion | None:
    """Return the version that holds at the desk in scope."""
    return AgreementVersion.objects.order_by("-number").first()


def _record(
    action: str, version: AgreementVersion, actor: Actor, now: datetime, *, codes: list[str] | None = None
) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=version.desk_id,
        subject_kind="agreement",
        subject_id=version.id,
        codes=codes or (),
    )


def _mail(template: str, version: AgreementVersion, to: Addressee, desk: Desk, again: str = "") -> NewMessage:
    cause = f"{template}:{version.id}:{to.organiser.id}{again}"
    return to.message(template, cause=cause, context={"link": addresses.agreement_of_organiser(desk.slug)})


def organiser_at_home(desk_id: UUID, organiser_id: UUID, *, today: date) -> Addressee:
    """Return an organiser with a location that the desk looks after; raise AgreementNotFound."""
    for one in organisers_of_desk(desk_id, today=today, at_home=True):
        if one.organiser.id == organiser_id:
            return one
    raise AgreementNotFound

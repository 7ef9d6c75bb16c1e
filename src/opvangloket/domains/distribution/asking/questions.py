"""A family asks: its question is registered, and goes out as soon as its contact is verified (SPEC §4)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.asking.choosing import ask_whole_territory
from opvangloket.domains.distribution.asking.sending import send_out
from opvangloket.domains.requests.actions import (
    AlreadyRegistered,
    NewQuestion,
    Registered,
    mark_contact_verified,
    register_siblings,
    registered_before,
)
from opvangloket.domains.requests.contact_codes import contact_code_is_right, send_contact_code
from opvangloket.domains.requests.drafts import draft_was_sent, locked_draft
from opvangloket.domains.requests.models import CareRequest
from opvangloket.domains.requests.questions import SPOKEN_WITH
from opvangloket.domains.requests.submitted import sent_together
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.references import RandomSource


@transaction.atomic
def ask(
    *,
    desk_id: UUID,
    questions: Sequence[NewQuestion],
    together: bool = False,
    urgent_to_all: bool = False,
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
    reference: str = "",
) -> tuple[Registered, ...]:
    """Register the questions of one family, one per child, and send out those whose contact needs no proof.

    `urgent_to_all` is the family's consent to ask every location of the territory when its question is urgent; it
    does nothing for other questions, or at a desk that does not choose so. With a `reference` that was kept for the
    first question, the same once more changes nothing, and another question gets a reference of its own. Raises what
    `register_siblings` raises.
    """
    asking = partial(
        register_siblings,
        desk_id=desk_id,
        questions=questions,
        together=together,
        actor=actor,
        now=now,
        randomness=randomness,
    )
    try:
        registered = asking(reference=reference)
    except AlreadyRegistered:
        with scope(DeskScope(desk_id)):
            if stands := registered_before(reference, questions[0]):
                return (stands,)
        registered = asking()
    with scope(DeskScope(desk_id)):
        for question, one in zip(questions, registered, strict=True):
            if urgent_to_all:
                ask_whole_territory(request_id=one.request_id, actor=actor, now=now)
            if question.channel in SPOKEN_WITH:
                send_out(request_id=one.request_id, actor=actor, now=now)
        states = dict(
            CareRequest.objects.filter(id__in=[one.request_id for one in registered]).values_list("id", "state")
        )
    return tuple(Registered(one.request_id, one.reference, RequestState(states[one.request_id])) for one in registered)


@transaction.atomic
def ask_from_draft(
    *,
    desk_id: UUID,
    token: str,
    link: str,
    questions: Sequence[NewQuestion],
    together: bool = False,
    urgent_to_all: bool = False,
    actor: Actor,
    now: datetime,
    randomness: RandomSource,
) -> UUID:
    """Register what a draft asks, mail the code that proves its address, and return the id of the first request.

    Sending a draft twice, also at the same moment, registers once. `link` goes into the mail beside the code. Raises
    DraftGone and what `ask` raises.
    """
    with scope(DeskScope(desk_id)):
        draft = locked_draft(desk_id, token)
        if draft.submitted_request_id is not None:
            return UUID(str(draft.submitted_request_id))
        registered = ask(
            desk_id=desk_id,
            questions=questions,
            together=together,
            urgent_to_all=urgent_to_all,
            actor=actor,
            now=now,
            randomness=randomness,
        )
        first = registered[0].request_id
        draft_was_sent(draft, first, now)
        send_contact_code(request_id=first, link=link, now=now)
        return first


@transaction.atomic
def confirm_contact_by_code(*, request_id: UUID, digits: str, actor: Actor, now: datetime) -> bool:
    """Send out a request, and those made in one go with it, when these are the digits mailed for it; else False."""
    if not contact_code_is_right(request_id=request_id, digits=digits, now=now):
        return False
    confirm_contact(request_ids=sent_together(request_id), actor=actor, now=now)
    return True


@transaction.atomic
def confirm_contact(*, request_ids: Collection[UUID], actor: Actor, now: datetime) -> None:
    """Remember that a family holds the contact that it gave, and send out its questions; twice changes nothing."""
    for request_id in sorted(request_ids):
        mark_contact_verified(request_id=request_id, actor=actor, now=now)
        state = CareRequest.objects.values_list("state", flat=True).get(id=request_id)
        if state == RequestState.REGISTERED:
            send_out(request_id=request_id, actor=actor, now=now)

"""A question being asked: kept at each step, continued on another device by its link."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import Draft
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.periods import brussels_date

KEPT_FOR: Final = timedelta(days=30)  # policies/retention.yaml
_TOKEN_BYTES: Final = 24  # 192 bits: whoever has the link has the draft


class DraftGone(OpvangloketError):
    """There is no draft behind this link, or it was sent already."""

    code = "draft_gone"
    message = "Deze link werkt niet meer. Begin een nieuwe vraag, of bel het loket."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFound:
    """A draft as its family left it; once sent, its answers are gone and `request_id` is what became of it."""

    desk_id: UUID
    answers: Mapping[str, object]
    changed_at: datetime
    request_id: UUID | None


@transaction.atomic
def save_draft(*, desk_id: UUID, answers: Mapping[str, object], now: datetime, token: str | None = None) -> str:
    """Keep the answers so far and return the secret of the draft's link; a first save makes a new secret.

    `answers` is JSON. Raises DraftGone for a token that is not known at this desk or whose question was sent, and
    NationalNumberRefused for a national number in any answer.
    """
    refuse_national_number(*_texts(answers))
    if token is None:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        Draft.objects.create(
            desk_id=desk_id, token_hash=_hash(token), answers=dict(answers), made_at=now, changed_at=now
        )
        return token
    draft = locked_draft(desk_id, token)
    if draft.submitted_request_id is not None:
        raise DraftGone
    draft.answers, draft.changed_at = dict(answers), max(now, draft.made_at)
    draft.save(update_fields=["answers", "changed_at"])
    return token


def draft_by_token(*, desk_id: UUID, token: str) -> DraftFound:
    """Return the draft behind a link; raise DraftGone when there is none at this desk."""
    draft = Draft.objects.filter(desk_id=desk_id, token_hash=_hash(token)).first()
    if draft is None:
        raise DraftGone
    return DraftFound(
        desk_id=draft.desk_id,
        answers=draft.answers,
        changed_at=draft.changed_at,
        request_id=draft.submitted_request_id,
    )


@transaction.atomic
def mail_draft_link(*, desk_id: UUID, token: str, address: str, link: str, now: datetime) -> None:
    """Mail the link of a draft to whoever wants to go on later, at most once a minute; raise DraftGone."""
    draft = locked_draft(desk_id, token)
    plan_message(
        desk_id=desk_id,
        template="draft_saved",
        cause=f"draft_saved:{draft.id}:{now:%Y%m%d%H%M}",
        recipient=address,
        recipient_name="",
        audience=Audience.FAMILY,
        context={"link": link, "until_on": brussels_date(now) + KEPT_FOR},
        now=now,
    )


def locked_draft(desk_id: UUID, token: str) -> Draft:
    """Return a draft with its row locked; raise DraftGone when there is none at this desk."""
    draft = Draft.objects.select_for_update().filter(desk_id=desk_id, token_hash=_hash(token)).first()
    if draft is None:
        raise DraftGone
    return draft


def draft_was_sent(draft: Draft, request_id: UUID, now: datetime) -> None:
    """Forget the answers of a draft that became a request; its link leads to that request from now on."""
    draft.answers, draft.submitted_request_id, draft.changed_at = {}, request_id, max(now, draft.made_at)
    draft.save(update_fields=["answers", "submitted_request", "changed_at"])


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _texts(answers: object) -> Iterator[str]:
    """Yield every text in nested JSON."""
    if isinstance(answers, str):
        yield answers
    elif isinstance(answers, Mapping):
        for value in answers.values():
            yield from _texts(value)
    elif isinstance(answers, list | tuple):
        for value in answers:
            yield from _texts(value)

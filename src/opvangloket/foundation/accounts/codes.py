"""Codes of six digits by mail: they prove that somebody reads the mail of an address.

Kept as a keyed hash, for fifteen minutes, for five tries, for one use. Whatever address is typed, the same things
happen and the same answer is given: only the mail itself tells whether the address is known.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from opvangloket.foundation.accounts.models import Audience, SignInCode
from opvangloket.foundation.messages.actions import plan_message
from opvangloket.rules.references import one_time_code

CODE_MINUTES = 15
MOST_TRIES = 5


def normal_address(address: str) -> str:
    """Return an address as it is compared: without spaces around it, in lower case."""
    return address.strip().lower()


def make_code(*, audience: Audience, address: str, now: datetime, subject_id: UUID | None = None) -> str:
    """Make a code for an address and return its digits, for a message that carries them.

    `subject_id` is the request whose contact the code verifies; such a code opens nothing else.
    """
    return _make(audience, address, now, subject_id)[1]


@transaction.atomic
def send_code(
    *, audience: Audience, address: str, name: str, known: bool, now: datetime, desk_id: UUID | None = None
) -> None:
    """Make a code and, when the address is known, plan the message that carries it."""
    code_id, digits = _make(audience, address, now, None)
    plan_message(
        desk_id=desk_id,
        template="sign_in_code",
        cause=f"sign_in_code:{code_id}",
        recipient=normal_address(address) if known else "",
        recipient_name=name,
        audience=audience,
        context={"code": digits, "minutes": CODE_MINUTES},
        now=now,
    )


@transaction.atomic
def check_code(*, audience: Audience, address: str, digits: str, now: datetime, subject_id: UUID | None = None) -> bool:
    """Return whether these are the digits of a code that still works, and use it up.

    Every try counts against all codes under way for the address, so asking for more of them gives no more tries.
    """
    under_way = SignInCode.objects.select_for_update().filter(
        audience=audience, address=normal_address(address), subject_id=subject_id, used_at=None, expires_at__gt=now
    )
    rows = list(under_way.order_by("id"))
    given = _hash(audience, address, subject_id, "".join(digits.split()))
    matches = [constant_time_compare(row.code_hash, given) and row.attempts < MOST_TRIES for row in rows]
    ids = [row.id for row in rows]
    if any(matches):
        SignInCode.objects.filter(id__in=ids).update(used_at=now)
        return True
    SignInCode.objects.filter(id__in=ids).update(attempts=F("attempts") + 1)
    return False


def _make(audience: Audience, address: str, now: datetime, subject_id: UUID | None) -> tuple[UUID, str]:
    digits = one_time_code(secrets.SystemRandom())
    row = SignInCode.objects.create(
        audience=audience,
        address=normal_address(address),
        subject_id=subject_id,
        code_hash=_hash(audience, address, subject_id, digits),
        made_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )
    return row.id, digits


def _hash(audience: Audience, address: str, subject_id: UUID | None, digits: str) -> str:
    value = f"{audience}:{normal_address(address)}:{subject_id}:{digits}"
    return salted_hmac("sign-in-code", value, algorithm="sha256").hexdigest()

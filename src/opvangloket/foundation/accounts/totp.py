"""The second factor of desk staff: six digits from an app on the phone (RFC 6238), each accepted once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
import segno
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from opvangloket.foundation.accounts.models import Account

SECONDS_PER_STEP = 30
STEPS_OF_DRIFT = 1  # a phone's clock may run half a minute off
ISSUER = "Opvangloket"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What somebody needs to put the second factor on a phone."""

    secret: str
    qr_code: str

    @property
    def secret_in_groups(self) -> str:
        """Return the secret in groups of four, to type it by hand."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


def new_secret() -> str:
    """Return a new secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def enrolment(*, secret: str, address: str) -> Enrolment:
    """Return a secret with its QR code as an image in a data address."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=address, issuer_name=ISSUER)
    qr_code = segno.make(uri, error="m").svg_data_uri(scale=5, border=2, dark="#1d2733", light="#ffffff")
    return Enrolment(secret, qr_code)


def confirm(*, account_id: UUID, secret: str, digits: str, at: datetime) -> bool:
    """Return whether the digits fit a new secret, and from then on ask this account for it.

    An account that has a second factor already keeps it. `at` is the time on the wall: phones do not follow a
    playground's moved clock.
    """
    step = _step(secret, digits, at)
    if step is None:
        return False
    without = Account.objects.filter(id=account_id, totp_confirmed_at=None)
    return without.update(totp_secret=secret, totp_confirmed_at=at, totp_last_step=step) == 1


def check(*, account_id: UUID, digits: str, at: datetime) -> bool:
    """Return whether the digits are those of now, and let nobody use them again."""
    account = Account.objects.filter(id=account_id).exclude(totp_confirmed_at=None).first()
    step = _step(account.totp_secret, digits, at) if account else None
    if step is None:
        return False
    unused = Q(totp_last_step=None) | Q(totp_last_step__lt=step)
    return Account.objects.filter(unused, id=account_id).update(totp_last_step=step) == 1


def _step(secret: str, digits: str, at: datetime) -> int | None:
    """Return the time step whose digits these are."""
    given = "".join(digits.split())
    now = int(at.timestamp()) // SECONDS_PER_STEP
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(now - STEPS_OF_DRIFT, now + STEPS_OF_DRIFT + 1):
        if constant_time_compare(totp.generate_otp(step), given):
            found = step
    return found

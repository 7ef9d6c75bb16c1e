"""Which requests are probably about one and the same child (SPEC §4, uniqueness).

There is no national number to compare. The date of birth (or the due date) must fit; names, contacts and address then
each count as one kind of evidence. A person decides: nothing is merged by rule.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from hashlib import sha256
from typing import Final

from opvangloket.rules.contacts import comparable_address, comparable_email, comparable_phone
from opvangloket.rules.spelling import Agreement, agreement, sounds

# Nearly all children come within three weeks of the due date, and a due date itself moves with the first scans.
DUE_DATE_MARGIN_DAYS: Final = 21
# From 24 weeks of pregnancy a child can live: sixteen weeks before the due date.
EARLIEST_BIRTH_DAYS: Final = 112
SHORTEST_SECRET_BYTES: Final = 32


class ScoreClass(StrEnum):
    """How sure it is that two requests are about one child."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


SCORE_LABELS: Final = {
    ScoreClass.CERTAIN: "bijna zeker hetzelfde kind",
    ScoreClass.LIKELY: "waarschijnlijk hetzelfde kind",
    ScoreClass.POSSIBLE: "misschien hetzelfde kind",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a request tells about who asks for whom; what is not known is empty.

    Requests with the same `submission` were asked together: twins or siblings, so never the same child.
    """

    child_first_name: str = ""
    child_last_name: str = ""
    birth_on: date | None = None
    due_on: date | None = None
    applicant_first_name: str = ""
    applicant_last_name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    submission: str = ""

    @property
    def address(self) -> str:
        """The address in comparable form, empty when it is not whole."""
        return comparable_address(street=self.street, house_number=self.house_number, postcode=self.postcode)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure it is, None for not at all, and why in Dutch words."""

    score_class: ScoreClass | None
    reasons: tuple[str, ...] = ()


NOT_ALIKE: Final = Likeness(None)


class _Dates(IntEnum):
    DIFFERENT = 0
    DOUBTFUL = 1
    FIT = 2


def likely_same(a: Identity, b: Identity) -> Likeness:
    """Tell how likely it is that two requests are about the same child, and why; the order does not matter."""
    if a.submission and a.submission == b.submission:
        return NOT_ALIKE
    dates, date_reason = _compare_dates(a, b)
    if dates is _Dates.DIFFERENT or _are_two_children(a, b):
        return NOT_ALIKE
    evidence = [
        reason for reason in (_child_names(a, b), _applicants(a, b), _contacts(a, b), _addresses(a, b)) if reason
    ]
    # Doubt about the date costs one step.
    score_class = {3: ScoreClass.CERTAIN, 2: ScoreClass.LIKELY, 1: ScoreClass.POSSIBLE}.get(
        min(len(evidence), 3) - (dates is _Dates.DOUBTFUL)
    )
    return Likeness(score_class, (date_reason, *evidence)) if score_class else NOT_ALIKE


def block_keys(identity: Identity) -> frozenset[str]:
    """Return the keys under which to look for the same child.

    Two requests that `likely_same` calls certain or likely share at least one key, so only requests with a key in
    common need comparing.
    """
    keys = {f"{kind}:{value}" for kind, value in _contact_keys(identity) if value}
    weeks = _date_blocks(identity)
    for kind, names in (
        ("child", (identity.child_first_name, identity.child_last_name)),
        ("applicant", (identity.applicant_first_name, identity.applicant_last_name)),
    ):
        keys |= {f"{kind}:{week}:{sound}" for name in names for sound in sounds(name) for week in weeks}
    return frozenset(keys)


def blinded_keys(identity: Identity, *, secret: bytes) -> frozenset[str]:
    """Return keys that desks can compare without telling each other who asked: HMAC-SHA256 under a shared secret.

    Two desks that find a key in common ask the family (SPEC §10). A key joins the date with a contact, or with the
    name of the child, so that a sibling gives no match. Raises ValueError for a secret of less than 32 bytes.
    """
    if len(secret) < SHORTEST_SECRET_BYTES:
        raise ValueError(f"a shared secret needs at least {SHORTEST_SECRET_BYTES} bytes")
    weeks = _date_blocks(identity)
    plain = {f"{kind}:{value}:{week}" for kind, value in _contact_keys(identity) if value for week in weeks}
    first, last = sounds(identity.child_first_name), sounds(identity.child_last_name)
    plain |= {f"name:{'+'.join(sorted((one, other)))}:{week}" for one in first for other in last for week in weeks}
    return frozenset(hmac.new(secret, f"identity-1:{key}".encode(), sha256).hexdigest() for key in plain)


def _compare_dates(a: Identity, b: Identity) -> tuple[_Dates, str]:
    """Compare two births where both are known, else the due dates and a birth with a due date: the best fit counts."""
    if a.birth_on and b.birth_on:
        return _compare_births(a.birth_on, b.birth_on)
    return max(
        _compare_due_dates(a.due_on, b.due_on),
        _compare_birth_with_due_date(a.birth_on, b.due_on),
        _compare_birth_with_due_date(b.birth_on, a.due_on),
    )


def _compare_due_dates(a: date | None, b: date | None) -> tuple[_Dates, str]:
    if a and b and abs((a - b).days) <= DUE_DATE_MARGIN_DAYS:
        return _Dates.FIT, "zelfde of bijna zelfde verwachte datum"
    return _Dates.DIFFERENT, ""


def _compare_birth_with_due_date(birth_on: date | None, due_on: date | None) -> tuple[_Dates, str]:
    if not (birth_on and due_on):
        return _Dates.DIFFERENT, ""
    days_late = (birth_on - due_on).days
    if abs(days_late) <= DUE_DATE_MARGIN_DAYS:
        return _Dates.FIT, "geboren rond de verwachte datum"
    if -EARLIEST_BIRTH_DAYS <= days_late < 0:
        return _Dates.DOUBTFUL, "misschien vroeg geboren"
    return _Dates.DIFFERENT, ""


def _compare_births(a: date, b: date) -> tuple[_Dates, str]:
    if a == b:
        return _Dates.FIT, "zelfde geboortedatum"
    swapped = a.year == b.year and (a.month, a.day) == (b.day, b.month)
    if swapped or (a.year == b.year) + (a.month == b.month) + (a.day == b.day) == 2:
        return _Dates.DOUBTFUL, "geboortedatum bijna gelijk"
    return _Dates.DIFFERENT, ""


def _are_two_children(a: Identity, b: Identity) -> bool:
    """Tell whether two born children have clearly different first names: twins, or strangers."""
    if not (a.birth_on and b.birth_on and a.child_first_name and b.child_first_name):
        return False
    return agreement(a.child_first_name, b.child_first_name) is Agreement.DIFFERENT and not _child_names(a, b)


def _child_names(a: Identity, b: Identity) -> str:
    return _full_names(
        (a.child_first_name, a.child_last_name), (b.child_first_name, b.child_last_name), "naam van het kind"
    )


def _applicants(a: Identity, b: Identity) -> str:
    return _full_names(
        (a.applicant_first_name, a.applicant_last_name),
        (b.applicant_first_name, b.applicant_last_name),
        "naam van de ouder",
    )


def _full_names(a: tuple[str, str], b: tuple[str, str], what: str) -> str:
    """Return why two full names are one name, or nothing; one part may have a typo, the other must sound the same."""
    straight = sorted(map(agreement, a, b))
    if straight[0] is Agreement.SAME:
        return f"zelfde {what}"
    if straight[0] >= Agreement.SIMILAR and straight[1] >= Agreement.SAME_SOUND:
        return f"{what} bijna gelijk"
    crossed = sorted(map(agreement, a, reversed(b)))
    if crossed[0] >= Agreement.SAME_SOUND:
        return f"{what} gelijk, met voornaam en familienaam omgewisseld"
    return ""


def _contacts(a: Identity, b: Identity) -> str:
    phone, email = comparable_phone(a.phone), comparable_email(a.email)
    same_phone = bool(phone) and phone == comparable_phone(b.phone)
    same_email = bool(email) and email == comparable_email(b.email)
    if same_phone and same_email:
        return "zelfde telefoonnummer en mailadres"
    if same_phone:
        return "zelfde telefoonnummer"
    return "zelfde mailadres" if same_email else ""


def _addresses(a: Identity, b: Identity) -> str:
    return "zelfde adres" if a.address and a.address == b.address else ""


def _contact_keys(identity: Identity) -> tuple[tuple[str, str], ...]:
    return (
        ("phone", comparable_phone(identity.phone)),
        ("email", comparable_email(identity.email)),
        ("address", identity.address),
    )


def _date_blocks(identity: Identity) -> frozenset[int]:
    """Return the three-week blocks in which the child may be born: one for a birth, its neighbours for a due date."""
    blocks = {identity.birth_on.toordinal() // DUE_DATE_MARGIN_DAYS} if identity.birth_on else set()
    if identity.due_on:
        due = identity.due_on.toordinal() // DUE_DATE_MARGIN_DAYS
        blocks |= {due - 1, due, due + 1}
    return frozenset(blocks)

"""Finding a family in seconds: by a part of a name, a phone number or a reference, however it is typed (SPEC §10).

Each search starts in an index: trigrams for names and numbers, the pattern index of the reference.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.care_requests import CLOSING_STATES, UNCOUNTED_STATES, RequestState
from opvangloket.rules.references import ALPHABET, LENGTH, normalise

AT_MOST: Final = 20
_FEWEST_LETTERS: Final = 2
_FEWEST_DIGITS: Final = 4
_FEWEST_OF_A_REFERENCE: Final = 3
_MOST_WORDS: Final = 6
_LONGEST_TEXT: Final = 100
_PREFIX: Final = re.compile(r"^(?:00?32|0(?!0))|^32(?=\d{8,9}$)")
_PHONE: Final = re.compile(r"[+\d][\d\s./()-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFamily:
    """A request in a list of what was found: enough to recognise it on the phone."""

    request_id: UUID
    reference: str
    state: RequestState
    child_name: str
    born_on: date
    is_born: bool
    applicant_name: str
    phone: str
    email: str
    start_on: date
    registered_at: datetime


def find_families(text: str, *, limit: int = AT_MOST) -> tuple[FoundFamily, ...]:
    """Return the requests of the desk that a text may mean: those that still run first, then the newest.

    A reference may be typed in part and with any spaces, a phone number with or without its country code, names in
    any order and without accents. Fewer than two letters or four digits find nothing.
    """
    wanted = _wanted(" ".join(text.split())[:_LONGEST_TEXT])
    return tuple(_found(row) for row in _in_order(wanted)[:limit]) if wanted is not None else ()


def newest_families(*, limit: int = AT_MOST) -> tuple[FoundFamily, ...]:
    """Return the requests of the desk that came in last."""
    rows = CareRequest.objects.select_related("child", "applicant").order_by("-registered_at", "-id")
    return tuple(_found(row) for row in rows[:limit])


def _wanted(text: str) -> QuerySet[CareRequest] | None:
    """Return the rows that a text means, or None when it is too short to mean any."""
    requests = CareRequest.objects.all()
    if _PHONE.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        core = _PREFIX.sub("", digits)
        by_phone = Q(applicant__phone_digits__contains=core) if len(digits) >= _FEWEST_DIGITS else None
        return _either(requests, by_phone, _by_reference(text))
    return _either(requests, _by_reference(text), None) if _is_reference(text) else _by_names(requests, text)


def _either(requests: QuerySet[CareRequest], *ways: Q | None) -> QuerySet[CareRequest] | None:
    """Join searches as a union, so that each keeps its own index."""
    found = [requests.filter(way).order_by().values("id") for way in ways if way is not None]
    if not found:
        return None
    return requests.filter(id__in=found[0].union(*found[1:]) if len(found) > 1 else found[0])


def _is_reference(text: str) -> bool:
    """Tell whether a text can only be a reference: digits among its letters."""
    return _by_reference(text) is not None and any(letter.isdigit() for letter in text)


def _by_reference(text: str) -> Q | None:
    reference = normalise(text)
    fits = _FEWEST_OF_A_REFERENCE <= len(reference) <= LENGTH and all(letter in ALPHABET for letter in reference)
    return Q(reference__startswith=reference) if fits else None


def _by_names(requests: QuerySet[CareRequest], text: str) -> QuerySet[CareRequest] | None:
    """Return the rows in which every word is a part of the child's or the applicant's name or mail address."""
    words = sorted(_folded(text).split()[:_MOST_WORDS], key=len, reverse=True)
    if not words or len(words[0]) < _FEWEST_LETTERS:
        return None
    found = _either(
        requests,
        Q(applicant__search_text__contains=words[0]),
        Q(child__search_text__contains=words[0]),
        _by_reference(text),
    )
    for word in words[1:]:
        if found is not None:
            found = found.filter(Q(applicant__search_text__contains=word) | Q(child__search_text__contains=word))
    return found


def _folded(text: str) -> str:
    """Return a text as the search columns hold it; the database knows how, and a constant lets it use its index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT families_folded(%s)", [text])
        [folded] = cursor.fetchone() or [""]
    return str(folded)


def _in_order(found: QuerySet[CareRequest]) -> QuerySet[CareRequest]:
    ended = Case(
        When(state__in=[*UNCOUNTED_STATES], then=Value(2)),
        When(state__in=[*CLOSING_STATES], then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return found.select_related("child", "applicant").order_by(ended, "-registered_at", "-id")


def _found(row: CareRequest) -> FoundFamily:
    born_on = row.child.birth_on or row.child.due_on
    assert born_on is not None  # noqa: S101 - the constraint child_born_or_expected
    return FoundFamily(
        request_id=row.id,
        reference=row.reference,
        state=RequestState(row.state),
        child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
        born_on=born_on,
        is_born=row.child.birth_on is not None,
        applicant_name=row.applicant.full_name,
        phone=row.applicant.phone,
        email=row.applicant.email,
        start_on=row.start_on,
        registered_at=row.registered_at,
    )

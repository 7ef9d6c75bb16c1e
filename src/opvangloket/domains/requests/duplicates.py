"""Requests that are probably about one and the same child: found at entry and nightly, merged by a person (SPEC §4).

Each request keeps the keys under which the same child would be found (`rules.identity.block_keys`), so looking takes
one index. A request that nobody looked at yet, an imported one for instance, has no keys; the night catches up.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from opvangloket.domains.requests.desk_tasks import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.domains.requests.states import RequestNotFound
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import CLOSING_STATES, UNCOUNTED_STATES, RequestState
from opvangloket.rules.identity import Identity, Likeness, ScoreClass, block_keys, likely_same
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import displayed

# Behind the phone of a helper stand hundreds of families: the newest of them are compared, and that is enough.
MOST_COMPARED: Final = 400
_SURENESS: Final = {score: place for place, score in enumerate(ScoreClass)}
_NOTE_LENGTH: Final = 300
_COMPARED: Final = (
    *("reference", "state", "registered_at", "closed_at", "start_on", "siblings_id"),
    *(f"child__{name}" for name in ("first_name", "last_name", "birth_on", "due_on")),
    *(f"applicant__{name}" for name in ("first_name", "last_name", "email", "phone")),
    *(f"applicant__{name}" for name in ("street", "house_number", "postcode")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyDuplicate:
    """Another request at the same desk that may be about the same child, and why."""

    request_id: UUID
    reference: str
    state: RequestState
    registered_at: datetime
    start_on: date
    child_name: str
    applicant_name: str
    score_class: ScoreClass
    reasons: tuple[str, ...]


def identity_of(request: CareRequest) -> Identity:
    """Return what a request tells about who asks for whom."""
    child, applicant = request.child, request.applicant
    return Identity(
        child_first_name=child.first_name,
        child_last_name=child.last_name,
        birth_on=child.birth_on,
        due_on=child.due_on,
        applicant_first_name=applicant.first_name,
        applicant_last_name=applicant.last_name,
        email=applicant.email,
        phone=applicant.phone,
        street=applicant.street,
        house_number=applicant.house_number,
        postcode=applicant.postcode,
        submission=str(request.siblings_id or ""),
    )


def keys_of(request: CareRequest) -> list[str]:
    """Return the keys under which the same child would be found."""
    return sorted(block_keys(identity_of(request)))


def find_likely_duplicates(request_id: UUID) -> tuple[LikelyDuplicate, ...]:
    """Return the requests of the desk that may be about the same child, the surest first, then the oldest."""
    request = CareRequest.objects.select_related("child", "applicant").filter(id=request_id).first()
    if request is None:
        raise RequestNotFound
    found = [_as_duplicate(other, likeness) for other, likeness in _alike(request)]
    return tuple(sorted(found, key=lambda other: (_SURENESS[other.score_class], other.registered_at)))


def find_alike(identity: Identity) -> tuple[LikelyDuplicate, ...]:
    """Return the running requests of the desk in scope that a question being typed may be about, the surest first."""
    others = _sharing_a_key(CareRequest.objects.exclude(state__in=[*CLOSING_STATES]), sorted(block_keys(identity)))
    compared = ((other, likely_same(identity, identity_of(other))) for other in others)
    found = [_as_duplicate(other, likeness) for other, likeness in compared if likeness.score_class]
    return tuple(sorted(found, key=lambda other: (_SURENESS[other.score_class], other.registered_at)))


def look_for_duplicates(request: CareRequest, *, now: datetime) -> int:
    """Give the desk a task for each request that may be about the same child, and return how many there are.

    Also where the child is all that two requests have in common: its parents may have asked apart. A pair is put
    before a person once. Two requests that have both ended ask nothing of the desk any more.
    """
    found = 0
    for other, likeness in _alike(request):
        if {RequestState(request.state), RequestState(other.state)} <= CLOSING_STATES:
            continue
        older, newer = sorted((request, other), key=lambda row: (row.registered_at, row.id))
        open_task(
            desk_id=request.desk_id,
            kind=TaskKind.LIKELY_DUPLICATE,
            subject_id=pair_id(older.id, newer.id),
            request_id=newer.id,
            due_on=brussels_date(now),
            now=now,
            note=f"Lijkt op {displayed(older.reference)}: {', '.join(likeness.reasons)}."[:_NOTE_LENGTH],
        )
        found += 1
    return found


@transaction.atomic
def compare_for_the_first_time(request_id: UUID, *, now: datetime) -> int:
    """Look for duplicates of a request that nobody looked at yet; return how many there are, 0 when somebody did."""
    rows = CareRequest.objects.select_for_update(of=("self",)).select_related("child", "applicant")
    request = rows.filter(id=request_id, identity_keys=None).first()
    if request is None:
        return 0
    request.identity_keys = keys_of(request)
    request.save(update_fields=["identity_keys"])
    return look_for_duplicates(request, now=now)


def pair_id(one: UUID, other: UUID) -> UUID:
    """Return one identifier for two requests, whichever comes first."""
    return uuid5(NAMESPACE_OID, "+".join(sorted((str(one), str(other)))))


def _alike(request: CareRequest) -> Iterator[tuple[CareRequest, Likeness]]:
    """Yield the other requests of the desk that are at all like this one, and how."""
    identity = identity_of(request)
    with scope(DeskScope(request.desk_id)):
        rows = CareRequest.objects.filter(desk_id=request.desk_id).exclude(id=request.id)
        others = _sharing_a_key(rows, request.identity_keys or keys_of(request))
    for other in others:
        likeness = likely_same(identity, identity_of(other))
        if likeness.score_class and not _asked_again(request, other):
            yield other, likeness


def _sharing_a_key(requests: QuerySet[CareRequest], keys: Collection[str | None]) -> list[CareRequest]:
    """Return the requests that count and that could be found under one of these keys, the newest first."""
    rows = requests.filter(identity_keys__overlap=keys).exclude(state__in=[*UNCOUNTED_STATES])
    compared = rows.select_related("child", "applicant").only(*_COMPARED)
    return list(compared.order_by("-registered_at", "-id")[:MOST_COMPARED])


def _asked_again(one: CareRequest, other: CareRequest) -> bool:
    """Tell whether one search had ended before the other began: then asking again is a new request."""
    older, newer = sorted((one, other), key=lambda row: (row.registered_at, row.id))
    return older.closed_at is not None and older.closed_at <= newer.registered_at


def _as_duplicate(other: CareRequest, likeness: Likeness) -> LikelyDuplicate:
    assert likeness.score_class is not None  # noqa: S101 - `_alike` yields nothing else
    return LikelyDuplicate(
        request_id=other.id,
        reference=other.reference,
        state=RequestState(other.state),
        registered_at=other.registered_at,
        start_on=other.start_on,
        child_name=f"{other.child.first_name} {other.child.last_name}".strip(),
        applicant_name=other.applicant.full_name,
        score_class=likeness.score_class,
        reasons=likeness.reasons,
    )

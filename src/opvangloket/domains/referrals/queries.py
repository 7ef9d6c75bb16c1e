"""What an organiser may know of the families that it referred, and what the desk knows of a referral.

A location sees the name that it gave itself, when, and one of three steps: not where the family asks, who answered, or
what it found (SPEC §5 and §17).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.referrals.models import Referral
from opvangloket.domains.requests.duplicates import identity_of
from opvangloket.domains.requests.models import DeskTask, TaskKind
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.identity import Identity, block_keys, likely_same
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.referrals import ConsentHow, ReferralStep, step_of

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReferral:
    """A family that a location referred, as that location sees it; `child_name` is empty before a child has one."""

    reference: str
    child_name: str
    applicant_name: str
    location_name: str
    referred_on: date
    step: ReferralStep


@dataclass(frozen=True, slots=True)
class OwnReferrals:
    """A page of them, and how many there are."""

    rows: tuple[OwnReferral, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredBy:
    """Who referred the family of a request, and on which consent, as the desk and the family itself see it."""

    location_name: str
    referred_at: datetime
    consent_how: ConsentHow
    consent_on: date


def own_referrals(location_ids: Collection[UUID], *, page: int = 1) -> OwnReferrals:
    """Return the families that these locations referred, the newest first, in two queries."""
    mine = Referral.objects.filter(location_id__in=location_ids)
    first = (page - 1) * PER_PAGE
    found = _with_their_step(mine).order_by("-referred_at", "-id")[first : first + PER_PAGE]
    return OwnReferrals(tuple(_own(row) for row in found), mine.count())


def referred_before(identity: Identity, location_ids: Collection[UUID]) -> OwnReferral | None:
    """Return the newest referral by these locations that may be of the same child, and whose search goes on."""
    mine = Referral.objects.filter(location_id__in=location_ids)
    alike = mine.filter(request__identity_keys__overlap=sorted(block_keys(identity)))
    for row in _with_their_step(alike).order_by("-referred_at", "-id")[:PER_PAGE]:
        own = _own(row)
        if own.step is not ReferralStep.OVER and likely_same(identity, identity_of(row.request)).score_class:
            return own
    return None


def referral_of(request_id: UUID) -> ReferredBy | None:
    """Return who referred a request; None for a family that came by itself."""
    row = Referral.objects.filter(request_id=request_id).select_related("location").first()
    if row is None:
        return None
    return ReferredBy(
        location_name=row.location.name,
        referred_at=row.referred_at,
        consent_how=ConsentHow(row.consent_how),
        consent_on=row.consent_on,
    )


def _with_their_step(referrals: QuerySet[Referral]) -> QuerySet[Any]:
    """Add to each referral its family, its location, and whether the desk took it over."""
    with across_desks("what became of a referral is told in one of three steps"):
        done = DeskTask.objects.filter(kind=TaskKind.REFERRED, subject_id=OuterRef("request_id")).exclude(done_at=None)
        asked = Inquiry.objects.filter(request_id=OuterRef("request_id"))
    rows = referrals.select_related("request__child", "request__applicant", "location")
    return rows.annotate(taken_over=Exists(done) | Exists(asked))


def _own(row: Any) -> OwnReferral:
    child = row.request.child
    return OwnReferral(
        reference=row.request.reference,
        child_name=f"{child.first_name} {child.last_name}".strip(),
        applicant_name=row.request.applicant.full_name,
        location_name=row.location.name,
        referred_on=brussels_date(row.referred_at),
        step=step_of(RequestState(row.request.state), taken_over=row.taken_over),
    )

"""Whom a location gives priority to and how it admits: versions with a day from which they hold (SPEC §6, §7).

A version is never changed: a new one is written beside it, so it can always be told which rules held on a day.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.providers.models import AdmissionPolicy
from opvangloket.domains.providers.own_locations import locked_location
from opvangloket.domains.providers.page_edit import PageRefused, confirm_part
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.location_order import CriterionKey
from opvangloket.rules.location_page import PagePart
from opvangloket.rules.periods import brussels_date

LONGEST_POLICY: Final = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """One version, and the day from which it holds."""

    number: int
    text: str
    valid_from: date
    criteria: tuple[CriterionKey, ...]


@transaction.atomic
def publish_policy(
    *,
    location_id: UUID,
    text: str,
    valid_from: date,
    actor: Actor,
    now: datetime,
    criteria: Sequence[CriterionKey] = (),
) -> int:
    """Write a version down beside the former ones and return its number; the same once more changes nothing.

    `criteria` count after the law, the strongest first. Nothing is given a date in the past: what held then, held.
    Raises PageRefused.
    """
    today = brussels_date(now)
    if not text:
        raise PageRefused("text", "Schrijf wie bij jou eerst een plaats krijgt.")
    if len(text) > LONGEST_POLICY:
        raise PageRefused("text", f"Dit is te lang. Schrijf hoogstens {LONGEST_POLICY} tekens.")
    if len(set(criteria)) < len(criteria):
        raise PageRefused("second", "Je koos dit al. Kies iets anders, of laat het leeg.")
    if valid_from < today:
        raise PageRefused("start", "Een versie geldt vanaf vandaag of later. Kijk de datum na.")
    location = locked_location(location_id)
    latest = AdmissionPolicy.objects.filter(location=location).order_by("-number").first()
    version = (text, list(criteria), valid_from)
    if latest is None or (latest.text, latest.criteria, latest.valid_from) != version:
        latest = AdmissionPolicy.objects.create(
            location=location,
            number=latest.number + 1 if latest else 1,
            text=text,
            criteria=list(criteria),
            valid_from=valid_from,
            made_at=now,
            made_by_id=actor.id,
        )
    confirm_part(location, PagePart.POLICY, actor=actor, now=now)
    return latest.number


def policy_in_force(location_id: UUID, day: date) -> PolicyVersion | None:
    """Return the version that holds on a day: of those that began by then the last to begin; None before the first."""
    rows = AdmissionPolicy.objects.filter(location_id=location_id, valid_from__lte=day)
    row = rows.order_by("-valid_from", "-number").first()
    return _version(row) if row else None


def criteria_in_force(location_ids: Collection[UUID], day: date) -> dict[UUID, tuple[CriterionKey, ...]]:
    """Return the own criteria of each location on a day, the strongest first; one without a policy is left out."""
    rows = AdmissionPolicy.objects.filter(location_id__in=location_ids, valid_from__lte=day)
    # The last to begin comes last, and stays.
    ordered = rows.order_by("valid_from", "number").values_list("location_id", "criteria")
    return {location: tuple(map(CriterionKey, criteria)) for location, criteria in ordered}


def policy_versions(location_id: UUID) -> tuple[PolicyVersion, ...]:
    """Return every version, the newest first; the caller has found the location in its scope."""
    return tuple(_version(row) for row in AdmissionPolicy.objects.filter(location_id=location_id).order_by("-number"))


def _version(row: AdmissionPolicy) -> PolicyVersion:
    return PolicyVersion(
        number=row.number,
        text=row.text,
        valid_from=row.valid_from,
        criteria=tuple(map(CriterionKey, row.criteria)),
    )

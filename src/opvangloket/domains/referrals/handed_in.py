"""The lists of a quarter as the desk reads them: who handed in and who did not, what waits, and what looks double.

A location sees only when it handed in what, and how many questions that were.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk
from opvangloket.domains.providers.own_locations import NamedLocation
from opvangloket.domains.referrals.handing_in import child_of, identity_of_row
from opvangloket.domains.referrals.models import HandedInList, HandedInQuestion
from opvangloket.domains.requests.duplicates import identity_of
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.care_requests import UNCOUNTED_STATES
from opvangloket.rules.identity import likely_same
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period, brussels_date, brussels_midnight

PER_PAGE: Final = 25
_OPEN: Final = Q(same_as=None, same_request=None, taken_over=None)


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list that a location handed in."""

    handed_in_on: date
    questions: int


@dataclass(frozen=True, slots=True)
class Double:
    """What a question may be the same as, and why: another question on a list, or a request of the desk."""

    title: str
    reasons: tuple[str, ...]
    other_id: UUID | None = None
    request_id: UUID | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedQuestion:
    """A question on a list that waits, as the desk sees it."""

    id: UUID
    child_name: str
    applicant_name: str
    phone: str
    email: str
    location_name: str
    asked_on: date
    start_on: date
    pattern: WeekPattern
    agreed: bool
    doubles: tuple[Double, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterOfLists:
    """The lists of a quarter; `waiting` counts the questions that nobody took over and that are no double."""

    handed_in: tuple[str, ...]
    missing: tuple[NamedLocation, ...]
    total: int
    doubles: int
    taken_over: int
    waiting: int
    questions: tuple[ListedQuestion, ...]


def own_lists(location_id: UUID) -> tuple[OwnList, ...]:
    """Return the lists that a location handed in, the newest first."""
    rows = HandedInList.objects.filter(location_id=location_id).annotate(number=Count("questions"))
    return tuple(OwnList(brussels_date(row.handed_in_at), row.number) for row in rows.order_by("-handed_in_at", "-id"))


def lists_of(quarter: Period, *, today: date, page: int = 1) -> QuarterOfLists:
    """Return the lists of the desk in scope, with a page of the questions that wait, in a fixed number of queries."""
    assert quarter.end is not None  # noqa: S101 - a quarter ends
    within = {
        "handed_in__handed_in_at__gte": brussels_midnight(quarter.start),
        "handed_in__handed_in_at__lt": brussels_midnight(quarter.end),
    }
    rows = HandedInQuestion.objects.filter(**within)
    counts = rows.aggregate(
        every=Count("id"),
        merged=Count("id", filter=~Q(same_as=None) | ~Q(same_request=None)),
        taken=Count("id", filter=~Q(taken_over=None)),
        open=Count("id", filter=_OPEN),
    )
    waiting = rows.filter(_OPEN).select_related("handed_in__location").order_by("-agreed", "start_on", "id")
    shown = list(waiting[(page - 1) * PER_PAGE : page * PER_PAGE])
    doubles = _doubles(shown, rows.filter(same_as=None, same_request=None))
    handed_in, missing = _who(rows, today)
    return QuarterOfLists(
        total=counts["every"],
        doubles=counts["merged"],
        taken_over=counts["taken"],
        waiting=counts["open"],
        handed_in=handed_in,
        missing=missing,
        questions=tuple(_listed(row, doubles[row.id]) for row in shown),
    )


def missing_locations(quarter: Period, *, today: date) -> QuerySet[Location]:
    """Return the home locations of the desk in scope that handed in nothing this quarter, for the sweep."""
    assert quarter.end is not None  # noqa: S101 - a quarter ends
    within = {
        "handed_in_at__gte": brussels_midnight(quarter.start),
        "handed_in_at__lt": brussels_midnight(quarter.end),
    }
    did = HandedInList.objects.filter(**within).values("location_id")
    return _home_locations(today).exclude(id__in=did).select_related("organiser").order_by("id")


def _home_locations(today: date) -> QuerySet[Location]:
    here = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today), relation=DeskRelation.HOME, start_on__lte=today
    )
    return Location.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), id__in=here.values("location_id"))


def _who(rows: QuerySet[HandedInQuestion], today: date) -> tuple[tuple[str, ...], tuple[NamedLocation, ...]]:
    """Return the names of the home locations that handed in, and those that did not."""
    did = set(rows.values_list("handed_in__location_id", flat=True))
    named = [NamedLocation(*row) for row in _home_locations(today).order_by("name").values_list("id", "slug", "name")]
    return tuple(one.name for one in named if one.id in did), tuple(one for one in named if one.id not in did)


def _doubles(shown: Sequence[HandedInQuestion], listed: QuerySet[HandedInQuestion]) -> dict[UUID, list[Double]]:
    """Return what each question may be the same as, in two queries; nothing for one that a person told apart."""
    found: defaultdict[UUID, list[Double]] = defaultdict(list)
    asked = [row for row in shown if row.apart_at is None]
    keys = sorted({key for row in asked for key in row.identity_keys})
    requests = _requests(keys)
    others = [
        (row, identity_of_row(row)) for row in listed.filter(identity_keys__overlap=keys).select_related("handed_in")
    ]
    for row in asked:
        identity = identity_of_row(row)
        for request in requests:
            likeness = likely_same(identity, identity_of(request))
            if likeness.score_class:
                name = f"{request.child.first_name} {request.child.last_name}".strip()
                title = name or request.applicant.full_name
                found[row.id].append(
                    Double(title, likeness.reasons, request_id=request.id, reference=request.reference)
                )
        for other, theirs in others:
            # Of two that look alike the later one is asked about: the first stays.
            likeness = likely_same(identity, theirs)
            if _came_first(other, row) and likeness.score_class:
                found[row.id].append(Double(child_of(other), likeness.reasons, other_id=other.id))
    return found


def _came_first(one: HandedInQuestion, other: HandedInQuestion) -> bool:
    """Tell whether a question was handed in before another; on one list, whether it stands above it."""
    first, second = ((row.handed_in.handed_in_at, str(row.handed_in_id), row.number) for row in (one, other))
    return first < second


def _requests(keys: Collection[str]) -> list[CareRequest]:
    rows = CareRequest.objects.filter(identity_keys__overlap=list(keys)).exclude(state__in=[*UNCOUNTED_STATES])
    return list(rows.select_related("child", "applicant"))


def _listed(row: HandedInQuestion, doubles: Sequence[Double]) -> ListedQuestion:
    return ListedQuestion(
        id=row.id,
        child_name=child_of(row),
        applicant_name=f"{row.applicant_first_name} {row.applicant_last_name}".strip(),
        phone=row.phone,
        email=row.email,
        location_name=row.handed_in.location.name,
        asked_on=row.asked_on,
        start_on=row.start_on,
        pattern=WeekPattern.from_mask(row.parts),
        agreed=row.agreed,
        doubles=tuple(doubles),
    )

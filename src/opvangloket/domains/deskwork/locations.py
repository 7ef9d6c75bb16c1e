"""The locations of a desk with what matters on the phone: what lies open there, how they answer, how fresh they are."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, Sum

from opvangloket.domains.deskwork.work import WorkRequest
from opvangloket.domains.deskwork.work_of_requests import work_requests
from opvangloket.domains.distribution.models import Answer, Inquiry
from opvangloket.domains.providers.models import LocationType, Vacancy
from opvangloket.domains.providers.search import locations_of_desk
from opvangloket.foundation.geography import name_of_code
from opvangloket.foundation.geography.places import folded
from opvangloket.rules.inquiries import OPEN_STATES, InquiryState
from opvangloket.rules.periods import brussels_midnight

_A_YEAR: Final = timedelta(days=365)
_NO_FIGURES: Final = {"open": 0, "overdue": 0, "ended": 0, "in_time": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationOverview:
    """A location in the desk's list. `ended` terms of the last year, of which `in_time` were answered in time."""

    id: UUID
    slug: str
    name: str
    type: LocationType
    organiser_name: str
    street: str
    town: str
    phone: str
    open: int
    overdue: int
    ended: int
    in_time: int
    free_places: int
    oldest_confirmation_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that waits at a location; `due_on` is None before it is sent."""

    request: WorkRequest
    state: InquiryState
    send_from_on: date
    due_on: date | None
    seen: bool


def locations_overview(desk_id: UUID, *, today: date, named: str = "", slug: str = "") -> tuple[LocationOverview, ...]:
    """Return the locations that a desk sees, by organiser and name, in a fixed number of queries.

    `named` keeps those with these words in their own or their organiser's name, `slug` only that one.
    """
    rows = locations_of_desk(desk_id, today=today).select_related("organiser").order_by("organiser__name", "name")
    rows = rows.filter(slug=slug) if slug else rows
    shown = [row for row in rows if folded(named) in f"{folded(row.name)} {folded(row.organiser.name)}"]
    ids = [row.id for row in shown]
    figures, vacancies = _figures(ids, today), _vacancies(ids, today)
    return tuple(
        LocationOverview(
            id=row.id,
            slug=row.slug,
            name=row.name,
            type=LocationType(row.type),
            organiser_name=row.organiser.name,
            street=row.street,
            town=name_of_code(row.nis_code),
            phone=row.phone or row.organiser.phone,
            free_places=vacancies.get(row.id, (0, None))[0],
            oldest_confirmation_on=vacancies.get(row.id, (0, None))[1],
            **figures.get(row.id, _NO_FIGURES),
        )
        for row in shown
    )


def open_questions_at(location_id: UUID) -> tuple[OpenQuestion, ...]:
    """Return the questions of this desk that wait at a location, the first term first, in two queries."""
    rows = list(
        Inquiry.objects.filter(location_id=location_id, state__in=OPEN_STATES).order_by("due_on", "send_from_on", "id")
    )
    requests = work_requests(row.request_id for row in rows)
    return tuple(
        OpenQuestion(
            request=requests[row.request_id],
            state=InquiryState(row.state),
            send_from_on=row.send_from_on,
            due_on=row.due_on,
            seen=row.seen_at is not None,
        )
        for row in rows
        if row.request_id in requests
    )


def _figures(location_ids: list[UUID], today: date) -> dict[UUID, dict[str, int]]:
    """Count per location what waits, what is late, and how the terms of the last year ended."""
    in_time = Exists(Answer.objects.filter(inquiry_id=OuterRef("id"), late=False))
    last_year = Q(sent_at__gte=brussels_midnight(today - _A_YEAR))
    overdue = Q(state=InquiryState.SENT, due_on__lt=today)
    ended = last_year & (overdue | Q(answered_at__isnull=False) | Q(state=InquiryState.CLOSED_NO_ANSWER))
    rows = (
        Inquiry.objects.filter(location_id__in=location_ids)
        .annotate(was_in_time=in_time)
        .values("location_id")
        .annotate(
            open=Count("id", filter=Q(state__in=OPEN_STATES)),
            overdue=Count("id", filter=overdue),
            ended=Count("id", filter=ended),
            in_time=Count("id", filter=ended & Q(was_in_time=True)),
        )
    )
    columns = ("location_id", "open", "overdue", "ended", "in_time")
    return {key: dict(zip(columns[1:], numbers, strict=True)) for key, *numbers in rows.values_list(*columns)}


def _vacancies(location_ids: list[UUID], today: date) -> dict[UUID, tuple[int, date | None]]:
    """Return per location how many places are declared free, and since when the oldest was not confirmed."""
    running = Q(end_on=None) | Q(end_on__gt=today)
    rows = Vacancy.objects.filter(running, closed_on=None, location_id__in=location_ids).values("location_id")
    totals = rows.annotate(number=Sum("places"), oldest=Min("confirmed_on")).order_by()
    return {row["location_id"]: (row["number"], row["oldest"]) for row in totals}

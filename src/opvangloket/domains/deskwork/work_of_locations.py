"""What the desk has to do with locations: answers that stay away, free places and pages that nobody confirmed, the agreement."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q

from opvangloket.domains.cooperation.queries import unsigned_organisers
from opvangloket.domains.deskwork.work import Urgency, WorkItem, WorkLocation, WorkReason
from opvangloket.domains.deskwork.work_of_requests import MOST_OF_ONE_REASON
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.arriving import arriving_locations
from opvangloket.domains.providers.asked_openings import waiting_openings
from opvangloket.domains.providers.models import (
    DeskRelation,
    Location,
    LocationInDesk,
    LocationMove,
    ProposedText,
    Vacancy,
)
from opvangloket.domains.providers.moving import announced_moves
from opvangloket.domains.providers.page_minimum import incomplete_pages
from opvangloket.domains.requests.models import DeskTask, TaskKind
from opvangloket.foundation.tenancy.scopes import DeskScope, current_scope
from opvangloket.rules.cooperation_agreement import call_from
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.wording import dutch_date

CALLS: Final = (TaskKind.CALL_ORGANISER, TaskKind.ANSWER_OVERDUE)


def late_answers(*, today: date) -> Iterator[WorkItem]:
    """Yield each location that let terms pass: since when, how many, and whether it is time to call it.

    A call that was ticked off leaves the row, calmly, until the answers are there.
    """
    overdue = Inquiry.objects.filter(state=InquiryState.SENT, due_on__lt=today)
    tasks = DeskTask.objects.filter(kind__in=CALLS, subject_id=OuterRef("id"))
    called = Q(was_called=True)
    rows = list(
        overdue.annotate(was_called=Exists(tasks.exclude(done_at=None)), to_call=Exists(tasks.filter(done_at=None)))
        .values("location_id")
        .annotate(
            number=Count("id"),
            since=Min("due_on"),
            time_to_call=Count("id", filter=Q(call_on__lte=today) & (~called | Q(to_call=True))),
            quiet=Count("id", filter=called & Q(to_call=False)),
        )
        .order_by("since", "location_id")[:MOST_OF_ONE_REASON]
    )
    handled = _last_calls([row["location_id"] for row in rows])
    for row in rows:
        on, note = handled.get(row["location_id"], (None, "")) if row["quiet"] == row["number"] else (None, "")
        calm = Urgency.CALM if on else Urgency.SOON
        yield WorkItem(
            reason=WorkReason.ANSWERS_LATE,
            urgency=Urgency.LATE if row["time_to_call"] else calm,
            on=row["since"],
            location_id=row["location_id"],
            count=row["number"],
            handled_on=on,
            note=note,
        )


def _last_calls(location_ids: list[UUID]) -> dict[UUID, tuple[date | None, str]]:
    """Return when the desk last ticked off a call to each location, and what it noted."""
    done = DeskTask.objects.filter(kind__in=CALLS, location_id__in=location_ids).exclude(done_at=None)
    rows = done.exclude(done_by_id=None).order_by("done_at").values_list("location_id", "done_at", "note")
    return {
        location_id: (brussels_date(done_at), note) for location_id, done_at, note in rows if location_id and done_at
    }


def unconfirmed_vacancies(home: list[UUID], procedure: Procedure, *, today: date) -> Iterator[WorkItem]:
    """Yield each home location with free places that nobody confirmed for too long."""
    stale = Vacancy.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today),
        closed_on=None,
        confirmed_on__lte=today - timedelta(days=procedure.vacancy_fresh_days),
        location_id__in=home,
    )
    rows = stale.values("location_id").annotate(number=Count("id"), since=Min("confirmed_on"))
    for row in rows.order_by("since", "location_id")[:MOST_OF_ONE_REASON]:
        yield WorkItem(
            reason=WorkReason.VACANCY_UNCONFIRMED,
            urgency=Urgency.CALM,
            on=row["since"],
            location_id=row["location_id"],
            count=row["number"],
        )


def waiting_texts(home: list[UUID]) -> Iterator[WorkItem]:
    """Yield each home location with a text that families see once the desk has read it."""
    rows = ProposedText.objects.filter(location_id__in=home, returned_because="").order_by("proposed_at", "id")
    for location_id, proposed_at in rows.values_list("location_id", "proposed_at")[:MOST_OF_ONE_REASON]:
        on = brussels_date(proposed_at)
        yield WorkItem(reason=WorkReason.TEXT_WAITS, urgency=Urgency.SOON, on=on, location_id=location_id)


def asked_locations() -> Iterator[WorkItem]:
    """Yield each new location that an organiser asked this desk for."""
    for one in waiting_openings():
        yield WorkItem(
            reason=WorkReason.OPENING_ASKED,
            urgency=Urgency.SOON,
            on=one.asked_on,
            opening_id=one.id,
            note=f"{one.facts.name} · {one.organiser_name}",
        )


def moving_locations(home: list[UUID], *, today: date) -> Iterator[WorkItem]:
    """Yield each home location that will move, and each that came here from another desk until its page is confirmed."""
    for location_id, move in announced_moves(home).items():
        note = f"Verhuist op {dutch_date(move.from_on)} naar {move.address_words}."
        yield _moves(Urgency.CALM, location_id, move.from_on, note)
    came = LocationInDesk.objects.filter(relation=DeskRelation.HOME, location_id=OuterRef("location_id"))
    rows = LocationMove.objects.filter(
        Q(location__page_confirmed_on=None) | Q(location__page_confirmed_on__lt=F("from_on")),
        Exists(came.filter(start_on__gte=OuterRef("from_on"), start_on__lte=today)),
        done_at__isnull=False,
        location_id__in=home,
    ).order_by("from_on", "id")
    for location_id, from_on in rows.values_list("location_id", "from_on")[:MOST_OF_ONE_REASON]:
        note = f"Verhuisde op {dutch_date(from_on)} naar jullie. Kijk de pagina na en bevestig ze."
        yield _moves(Urgency.SOON, location_id, from_on, note)


def coming_locations(*, today: date) -> Iterator[WorkItem]:
    """Yield each location that moves to the territory of the desk in scope, before the desk sees it."""
    scope = current_scope()
    if not isinstance(scope, DeskScope):
        return
    for one in arriving_locations(scope.desk_id, today=today):
        yield WorkItem(
            reason=WorkReason.LOCATION_MOVES,
            urgency=Urgency.CALM,
            on=one.move.from_on,
            move_id=one.move.id,
            note=f"{one.name} · {one.organiser_name}",
        )


def _moves(urgency: Urgency, location_id: UUID, on: date, note: str) -> WorkItem:
    return WorkItem(reason=WorkReason.LOCATION_MOVES, urgency=urgency, on=on, location_id=location_id, note=note)


def incomplete_location_pages(home: list[UUID], procedure: Procedure, *, today: date) -> Iterator[WorkItem]:
    """Yield each home location whose page lacks something that the procedure asks."""
    for location_id in incomplete_pages(home, procedure.page_minimum)[:MOST_OF_ONE_REASON]:
        yield WorkItem(reason=WorkReason.PAGE_INCOMPLETE, urgency=Urgency.CALM, on=today, location_id=location_id)


def missing_signatures(*, today: date) -> Iterator[WorkItem]:
    """Yield one location of each organiser that did not sign the newest agreement in time: there one can call."""
    waiting = [(to, since) for to, since in unsigned_organisers(today=today) if call_from(since) <= today]
    for to, since in waiting[:MOST_OF_ONE_REASON]:
        yield WorkItem(reason=WorkReason.AGREEMENT_UNSIGNED, urgency=Urgency.CALM, on=since, location_id=to.location_id)


def home_locations(today: date) -> list[UUID]:
    """Return the running locations whose page this desk looks after."""
    rows = LocationInDesk.objects.filter(
        Q(end_on=None) | Q(end_on__gt=today),
        Q(location__closed_on=None) | Q(location__closed_on__gt=today),
        relation=DeskRelation.HOME,
        start_on__lte=today,
    )
    return list(rows.values_list("location_id", flat=True))


def work_locations(location_ids: Iterable[UUID]) -> dict[UUID, WorkLocation]:
    """Return what a row shows of each location, in one query."""
    rows = Location.objects.filter(id__in=set(location_ids)).select_related("organiser")
    return {
        row.id: WorkLocation(
            location_id=row.id,
            slug=row.slug,
            name=row.name,
            organiser_name=row.organiser.name,
            phone=row.phone or row.organiser.phone,
        )
        for row in rows
    }

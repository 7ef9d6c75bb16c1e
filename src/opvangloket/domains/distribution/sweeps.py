"""What time brings to questions and offers: sent on their day, reminded, overdue, expired, asked whether all holds.

Every sweep looks at stored dates and at today, so after downtime it catches up once; whatever it did, it does not do
again. Which days those are, a town decided in its procedure.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from opvangloket.domains.distribution import addresses, offers, sending
from opvangloket.domains.distribution.answer_links import make_links
from opvangloket.domains.distribution.models import Inquiry, Offer, SweepStep
from opvangloket.domains.distribution.notices import remind_of_inquiry, tell_family, tell_of_offer
from opvangloket.domains.distribution.proposal_sweeps import sweep_lapsed_proposals, sweep_proposal_reminders
from opvangloket.domains.distribution.sweeping import done_for, each, not_done, remember
from opvangloket.domains.requests.actions import open_task, settle_tasks
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.tenancy.queries import procedures_in_force, procedures_numbered
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.terms import days_left, family_call_on, offer_reminder_due

# A family that does not click is called: not at once, and not so late that its question has grown old.
SILENT_DAYS: Final = 7


def sweep_release(*, now: datetime) -> int:
    """Send the questions whose day has come; return how many requests."""
    waiting = Inquiry.objects.filter(state=InquiryState.WAITING_RELEASE, send_from_on__lte=brussels_date(now))
    requests = CareRequest.objects.filter(id__in=waiting.values("request_id"))
    return each(requests, lambda _, request: sending.release(request_id=request.id, now=now) > 0)


def sweep_remind(*, now: datetime) -> int:
    """Remind the locations that did not answer yet, as long as their term runs."""
    today = brussels_date(now)

    def remind(inquiry: Inquiry, request: CareRequest) -> bool:
        remember(inquiry.id, "remind", now=now)
        _mail_location(inquiry, request, "reminder", now)
        return True

    return each(_silent_inquiries().filter(not_done("remind"), remind_on__lte=today, due_on__gte=today), remind)


def sweep_overdue(*, now: datetime) -> int:
    """Tell the location and the desk that a term is over without an answer."""
    today = brussels_date(now)

    def tell(inquiry: Inquiry, request: CareRequest) -> bool:
        remember(inquiry.id, "overdue", now=now)
        _mail_location(inquiry, request, "overdue", now)
        _open_location_task(TaskKind.ANSWER_OVERDUE, inquiry, now)
        return True

    return each(_silent_inquiries().filter(not_done("overdue"), due_on__lt=today), tell)


def sweep_call_organisers(*, now: datetime) -> int:
    """Ask the desk to call the locations that stay silent; this takes the place of the task that a term is over."""
    today = brussels_date(now)

    def ask(inquiry: Inquiry, _request: CareRequest) -> bool:
        remember(inquiry.id, "call", now=now)
        settle_tasks(desk_id=inquiry.desk_id, kinds=[TaskKind.ANSWER_OVERDUE], subject_id=inquiry.id, now=now)
        _open_location_task(TaskKind.CALL_ORGANISER, inquiry, now)
        return True

    return each(_silent_inquiries().filter(not_done("call"), call_on__lte=today, due_on__lt=today), ask)


def sweep_expire(*, now: datetime) -> int:
    """Write down which offers passed their last day."""
    passed = Offer.objects.filter(state=OfferState.OPEN, reply_by_on__lt=brussels_date(now))
    return each(passed, lambda offer, _: offers.expire(offer_id=offer.id, now=now))


def sweep_offer_reminders(*, now: datetime) -> int:
    """Remind families of their open offers; the latest reminder that has come counts, an earlier one is let go."""
    today = brussels_date(now)
    due = {}
    for offer, procedure in _open_offers(today):
        remind_on = offer_reminder_due(
            offered_on=brussels_date(offer.made_at),
            reply_by_on=offer.reply_by_on,
            days_before=procedure.offer_reminder_days,
            today=today,
        )
        if remind_on:
            due[offer.id] = f"remind:{remind_on}"

    def remind(offer: Offer, request: CareRequest) -> bool:
        remember(offer.id, due[offer.id], now=now)
        left = days_left(offer.reply_by_on, today)
        cause = f"offer_{due[offer.id]}:{offer.id}"
        tell_of_offer("offer_reminder", request, offer, cause=cause, now=now, days_left=left)
        return True

    return each(_not_yet(due), remind)


def sweep_call_families(*, now: datetime) -> int:
    """Ask the desk to call vulnerable families before their offer expires."""
    today = brussels_date(now)
    due = {
        offer.id: "call"
        for offer, procedure in _open_offers(today)
        if offer.request.vulnerable
        and today
        >= family_call_on(
            offered_on=brussels_date(offer.made_at),
            reply_by_on=offer.reply_by_on,
            days_before=procedure.vulnerable_offer_call_days,
        )
    }

    def ask(offer: Offer, request: CareRequest) -> bool:
        remember(offer.id, "call", now=now)
        open_task(
            desk_id=offer.desk_id,
            kind=TaskKind.OFFER_EXPIRING,
            subject_id=offer.id,
            request_id=request.id,
            location_id=offer.location_id,
            due_on=offer.reply_by_on,
            now=now,
        )
        return True

    return each(_not_yet(due), ask)


def sweep_reconfirm(*, now: datetime) -> int:
    """Ask families whose question is some weeks old whether it still holds; one click says yes (SPEC §4)."""
    today = brussels_date(now)
    desks_by_weeks: defaultdict[int, list[UUID]] = defaultdict(list)
    for desk_id, procedure in procedures_in_force(today).items():
        desks_by_weeks[procedure.reconfirm_weeks].append(desk_id)

    def ask(request: CareRequest, locked: CareRequest) -> bool:
        remember(request.id, f"reconfirm:{request.confirmed_current_on}", now=now)
        tell_family(
            "confirm_current",
            locked,
            cause=f"confirm_current:{request.id}:{request.confirmed_current_on}",
            now=now,
            context={
                "reference": request.reference,
                "link": addresses.confirm_current(locked.desk.slug, request.reference),
            },
        )
        return True

    return sum(
        each(
            CareRequest.objects.filter(
                ~done_for("reconfirm", "confirmed_current_on"),
                desk_id__in=desk_ids,
                state=RequestState.OPEN,
                confirmed_current_on__lte=today - timedelta(weeks=weeks),
            ),
            ask,
        )
        for weeks, desk_ids in desks_by_weeks.items()
    )


def sweep_silent_families(*, now: datetime) -> int:
    """Ask the desk to call the families that were asked whether their question still holds, and did not answer."""
    silent = CareRequest.objects.filter(
        done_for("reconfirm", "confirmed_current_on", before=now - timedelta(days=SILENT_DAYS)),
        ~done_for("silent", "confirmed_current_on"),
        state=RequestState.OPEN,
    )

    def ask(request: CareRequest, _locked: CareRequest) -> bool:
        step = remember(request.id, f"silent:{request.confirmed_current_on}", now=now)
        open_task(
            desk_id=request.desk_id,
            kind=TaskKind.CONFIRM_CURRENT,
            subject_id=step.id,
            request_id=request.id,
            due_on=brussels_date(now),
            now=now,
        )
        return True

    return each(silent, ask)


SWEEPS: Final = (
    sweep_release,
    sweep_remind,
    sweep_overdue,
    sweep_call_organisers,
    sweep_expire,
    sweep_offer_reminders,
    sweep_call_families,
    sweep_reconfirm,
    sweep_silent_families,
    sweep_proposal_reminders,
    sweep_lapsed_proposals,
)


def run_sweeps(*, now: datetime) -> dict[str, int]:
    """Run every sweep over all desks, and return how much each did; what fails is raised after all have run."""
    counts: dict[str, int] = {}
    failures: list[Exception] = []
    with across_desks("what time brings, at every desk"):
        for sweep in SWEEPS:
            try:
                counts[sweep.__name__] = sweep(now=now)
            except Exception as failure:
                failures.append(failure)
    if failures:
        raise ExceptionGroup("sweeps failed", failures)
    return counts


def _silent_inquiries() -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(state=InquiryState.SENT).select_related("wish", "location__organiser")


def _mail_location(inquiry: Inquiry, request: CareRequest, step: str, now: datetime) -> None:
    """Mail a location about a question that waits, with a link of its own to answer it."""
    token = make_links([inquiry], now=now)[inquiry.id]
    remind_of_inquiry(request, inquiry, token, step=step, now=now)


def _open_location_task(kind: TaskKind, inquiry: Inquiry, now: datetime) -> None:
    open_task(
        desk_id=inquiry.desk_id,
        kind=kind,
        subject_id=inquiry.id,
        request_id=inquiry.request_id,
        location_id=inquiry.location_id,
        due_on=brussels_date(now),
        now=now,
    )


def _open_offers(today: date) -> list[tuple[Offer, Procedure]]:
    """Return the offers that wait for a family, each with the procedure under which it was asked."""
    rows = Offer.objects.filter(state=OfferState.OPEN, reply_by_on__gte=today)
    waiting = list(rows.select_related("inquiry", "request"))
    versions = {offer.id: (offer.desk_id, offer.inquiry.procedure_number) for offer in waiting}
    procedures = procedures_numbered(set(versions.values()))
    return [(offer, procedures[versions[offer.id]]) for offer in waiting]


def _not_yet(due: dict[UUID, str]) -> QuerySet[Offer]:
    """Return the open offers among these for which their step was not done yet."""
    done = SweepStep.objects.filter(subject_id__in=due).values_list("subject_id", "step")
    done_already = {subject_id for subject_id, step in done if due[subject_id] == step}
    waiting = Offer.objects.filter(id__in=due.keys() - done_already, state=OfferState.OPEN)
    return waiting.select_related("inquiry__wish", "location__organiser")

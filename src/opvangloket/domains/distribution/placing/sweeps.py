"""What time brings to offers: the family is reminded, a vulnerable one is called, and an offer passes its last day."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from opvangloket.domains.distribution.lines.notices import tell_of_offer
from opvangloket.domains.distribution.lines.sweeping import each, remember
from opvangloket.domains.distribution.models import Offer, SweepStep
from opvangloket.domains.distribution.placing import offers
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.tenancy.queries import procedures_numbered
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.terms import days_left, family_call_on, offer_reminder_due


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

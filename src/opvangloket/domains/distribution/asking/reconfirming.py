"""Asking families whether their question still holds, and the desk to call those that stay silent (SPEC §4)."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.lines import addresses
from opvangloket.domains.distribution.lines.notices import tell_family
from opvangloket.domains.distribution.lines.sweeping import done_for, each, remember
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.tenancy.queries import procedures_in_force
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.periods import brussels_date

# A family that does not click is called: not at once, and not so late that its question has grown old.
SILENT_DAYS: Final = 7


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

"""What time brings to questions and offers: sent on their day, reminded, overdue, expired, asked whether all holds.

Every sweep looks at stored dates and at today, so after downtime it catches up once; whatever it did, it does not do
again. Which days those are, a town decided in its procedure.
"""

from datetime import datetime
from typing import Final

from opvangloket.domains.distribution.asking.reconfirming import sweep_reconfirm, sweep_silent_families
from opvangloket.domains.distribution.asking.sweeps import (
    sweep_call_organisers,
    sweep_overdue,
    sweep_release,
    sweep_remind,
)
from opvangloket.domains.distribution.change_proposals.sweeps import sweep_lapsed_proposals, sweep_proposal_reminders
from opvangloket.domains.distribution.placing.sweeps import sweep_call_families, sweep_expire, sweep_offer_reminders
from opvangloket.foundation.tenancy.scopes import across_desks

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

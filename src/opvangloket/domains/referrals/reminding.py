"""Reminding the locations of a desk that is not central of the list of this quarter, once, before it is over."""

from datetime import date, datetime, timedelta
from uuid import UUID

from opvangloket.domains.distribution.lines.sweeping import SweepFailed
from opvangloket.domains.providers.location_mail import to_location
from opvangloket.domains.referrals.addresses import families_list
from opvangloket.domains.referrals.handed_in import missing_locations
from opvangloket.foundation.messages.actions import plan_messages
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.handed_in import quarter_to_remind_of, quarter_words
from opvangloket.rules.periods import Period, brussels_date
from opvangloket.rules.procedure import DeskMode


def sweep_lists(*, now: datetime) -> int:
    """Mail the home locations that handed in no list this quarter; return how many, at most once each quarter.

    Nothing at a central desk. A desk that fails does not stop the others.
    """
    today = brussels_date(now)
    quarter = quarter_to_remind_of(today)
    if quarter is None:
        return 0
    mailed, failures = 0, []
    for desk_id in Desk.objects.order_by("id").values_list("id", flat=True):
        try:
            mailed += _remind(desk_id, quarter, today, now)
        except Exception as failure:
            failure.add_note(f"desk {desk_id}")
            failures.append(failure)
    if failures:
        raise SweepFailed(f"{len(failures)} desks failed", failures)
    return mailed


def _remind(desk_id: UUID, quarter: Period, today: date, now: datetime) -> int:
    assert quarter.end is not None  # noqa: S101 - a quarter ends
    with scope(DeskScope(desk_id)):
        if procedure_in_force(desk_id, today).procedure.mode is not DeskMode.DESK_ONLY:
            return 0
        messages = [
            to_location(
                location,
                "list_reminder",
                cause=f"list_reminder:{location.id}:{quarter.start}",
                context={
                    "quarter_words": quarter_words(quarter),
                    "until_on": quarter.end - timedelta(days=1),
                    "link": families_list(location.slug),
                },
            )
            for location in missing_locations(quarter, today=today)
        ]
        return len(plan_messages(messages, desk_id=desk_id, now=now))

"""What time brings to a request before it is sent out. Each sweep does a thing once and catches up after downtime."""

from datetime import datetime, timedelta

from opvangloket.domains.requests.desk_tasks import open_task
from opvangloket.domains.requests.duplicates import compare_for_the_first_time
from opvangloket.domains.requests.models import CareRequest, TaskKind
from opvangloket.foundation.tenancy.queries import procedures_in_force
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.periods import brussels_date


def sweep_duplicates(*, now: datetime) -> int:
    """Compare every request that nobody compared yet, and return how many pairs the desks have to look at."""
    with across_desks("nightly search for duplicates, desk by desk"):
        waiting = CareRequest.objects.filter(identity_keys=None).order_by("id").values_list("id", flat=True)
        return sum(compare_for_the_first_time(request_id, now=now) for request_id in list(waiting))


def sweep_unverified(*, now: datetime) -> int:
    """Give the desk a task for each request whose contact stayed unverified too long; return how many were new.

    How long a family gets is a setting of its desk (SPEC §4: three days).
    """
    today, opened = brussels_date(now), 0
    with across_desks("requests whose contact is not verified, at every desk"):
        for desk_id, procedure in procedures_in_force(today).items():
            silent = CareRequest.objects.filter(
                desk_id=desk_id,
                state=RequestState.REGISTERED,
                contact_verified_at=None,
                registered_at__lte=now - timedelta(days=procedure.verify_within_days),
            ).exclude(tasks__kind=TaskKind.CONTACT_UNVERIFIED)
            for request_id in list(silent.values_list("id", flat=True)):
                open_task(
                    desk_id=desk_id,
                    kind=TaskKind.CONTACT_UNVERIFIED,
                    subject_id=request_id,
                    request_id=request_id,
                    due_on=today,
                    now=now,
                )
                opened += 1
    return opened

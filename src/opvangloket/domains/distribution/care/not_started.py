"""A location tells that care did not start: the desk asks the family, for only the family knows whether it searches."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.lines.locking import placement_at_its_desk
from opvangloket.domains.distribution.lines.recording import record_on
from opvangloket.domains.distribution.models import PlacementState
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import TaskKind
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.periods import brussels_date

ASK_FAMILY: Final = "De opvang meldt dat de zorg niet startte. Vraag het gezin of het nog zoekt."


@transaction.atomic
def tell_not_started(*, placement_id: UUID, actor: Actor, now: datetime) -> None:
    """Give the desk the task to ask the family of a placement; a second time changes nothing.

    Raises PlacementNotFound, and CannotConfirm for a placement that no longer stands.
    """
    with placement_at_its_desk(placement_id) as placement:
        if placement.state != PlacementState.ACTIVE:
            raise CannotConfirm
        open_task(
            desk_id=placement.desk_id,
            kind=TaskKind.OTHER,
            subject_id=placement.id,
            request_id=placement.request_id,
            location_id=placement.location_id,
            due_on=brussels_date(now),
            now=now,
            note=ASK_FAMILY,
        )
        record_on(placement, "placement.not_started", actor=actor, now=now)

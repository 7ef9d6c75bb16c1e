"""Choosing anew how a desk works: a dated version beside the ones before it. Running terms keep theirs (SPEC §9)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure


class VersionRefused(OpvangloketError):
    """A version that cannot be made as it is; `field` says what to put right."""

    code = "version_refused"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, f"version_{field}")
        self.field = field


@transaction.atomic
def make_procedure_version(
    *,
    desk_id: UUID,
    procedure: Procedure,
    valid_from: date,
    reason: str,
    consultation_advice: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Let a desk work by these settings from a day on, and return the number of the version.

    What is running keeps the version under which it began. Raises VersionRefused: a day in the past, no reason, or
    nothing that differs from what would hold on that day.
    """
    if valid_from < brussels_date(now):
        raise VersionRefused("valid_from", "Kies vandaag of een latere dag. Wat voorbij is, verandert niet meer.")
    if not reason.strip():
        raise VersionRefused("reason", "Schrijf waarom jullie dit veranderen.")
    refuse_national_number(reason, consultation_advice)
    # Two leads who save at once get two numbers, one after the other.
    Desk.objects.select_for_update(no_key=True).get(id=desk_id)
    changed = procedure_in_force(desk_id, valid_from).procedure.changed(procedure)
    if not changed:
        raise VersionRefused("procedure", "Er is niets veranderd. Pas eerst een instelling aan.")
    versions = ProcedureVersion.objects.filter(desk_id=desk_id)
    version = ProcedureVersion.objects.create(
        desk_id=desk_id,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        valid_from=valid_from,
        values=procedure.to_mapping(),
        reason=reason.strip(),
        consultation_advice=consultation_advice.strip(),
        made_at=now,
        made_by_id=actor.id,
    )
    record(
        "settings.change",
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="procedure",
        subject_id=version.id,
        codes=[f"version:{version.number}", *(change.key for change in changed)],
    )
    return version.number

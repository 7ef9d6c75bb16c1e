"""When former versions of a procedure are forgotten (`policies/retention.yaml`)."""

from django.db.models import Exists, OuterRef, QuerySet

from opvangloket.foundation.retention.terms import Limit, removes
from opvangloket.foundation.tenancy.models import ProcedureVersion


def _replaced(limit: Limit) -> QuerySet[ProcedureVersion]:
    """Return the versions that a later one replaced before the limit."""
    later = ProcedureVersion.objects.filter(
        desk=OuterRef("desk"), number__gt=OuterRef("number"), valid_from__lt=limit.day
    )
    return ProcedureVersion.objects.filter(Exists(later))


removes("tenancy.ProcedureVersion", _replaced)

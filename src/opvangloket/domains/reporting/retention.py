"""When what only the report needs is forgotten: some years after it was filed (`policies/retention.yaml`)."""

from django.db.models import Exists, OuterRef, QuerySet

from opvangloket.domains.reporting.models import FiledReport
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.retention.terms import Limit, empties


def _reported(limit: Limit) -> QuerySet[CareRequest]:
    """Return the requests of which the report of the start year was filed before the limit."""
    filed = FiledReport.objects.filter(
        desk=OuterRef("desk"), year=OuterRef("start_on__year"), filed_at__lt=limit.moment
    )
    return CareRequest.objects.filter(Exists(filed))


empties("requests.CareRequest", "characteristics", _reported, to=[])
empties("requests.CareRequest", "special_need", _reported, to=False)

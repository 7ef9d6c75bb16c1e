"""A filed report is frozen: figures, pseudonymous cases, definitions and hash. A correction is a new filing."""

from typing import Any, ClassVar

from django.db import models

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, Scoped


class FiledReport(Row, Scoped):
    """The annual report of a desk as it was filed. Append-only."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: models.Q(desk_id=s.desk_id),
        OrganiserScope: lambda _s: models.Q(),  # the law has every organiser of the territory receive the figures
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="filed_reports")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    filed_at = models.DateTimeField()
    filed_by_id = models.UUIDField(null=True)
    definitions = models.CharField(max_length=40)
    figures = models.JSONField()
    cases = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "year", "number"], name="filing_number_once")]

"""A child, and the person who asks for it. The rijksregisternummer is never asked, stored or accepted."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, Scoped


class Guardian(Row, Scoped):
    """A parent or guardian: the applicant of one or more requests at one desk."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(requests__in=s.request_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="nl")
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    residence_nis = models.CharField(max_length=5, blank=True)

    class Meta:
        indexes = [
            models.Index(Lower("email"), name="guardian_email"),
            models.Index(fields=["desk", "last_name", "first_name"]),
        ]

    @property
    def full_name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class Child(Row, Scoped):
    """A child, born or expected."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(requests__in=s.request_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    birth_on = models.DateField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_on__isnull=False) | Q(due_on__isnull=False),
                name="child_born_or_expected",
                violation_error_message="Geef de geboortedatum of de verwachte geboortedatum.",
            )
        ]
        indexes = [models.Index(fields=["desk", "birth_on"]), models.Index(fields=["desk", "due_on"])]

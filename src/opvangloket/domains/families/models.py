"""A child, and the person who asks for it. The rijksregisternummer is never asked, stored or accepted."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower

from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, Scoped


def folded(text: Any) -> Func:
    """Return a text without accents and capitals (migration 0002): a search need not know how a name is written."""
    return Func(text, function="families_folded", output_field=models.TextField())


def _searchable(*columns: str) -> models.GeneratedField:
    """Return a column that the database keeps: these columns in one folded line."""
    words = [part for column in columns for part in (F(column), Value(" "))]
    return models.GeneratedField(
        expression=folded(Concat(*words, output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
    )


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
    search_text = _searchable("first_name", "last_name", "email")
    phone_digits = models.GeneratedField(
        expression=Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(Lower("email"), name="guardian_email"),
            models.Index(fields=["desk", "last_name", "first_name"]),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="guardian_search"),
            GinIndex(fields=["phone_digits"], opclasses=["gin_trgm_ops"], name="guardian_phone"),
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
    search_text = _searchable("first_name", "last_name")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_on__isnull=False) | Q(due_on__isnull=False),
                name="child_born_or_expected",
                violation_error_message="Geef de geboortedatum of de verwachte geboortedatum.",
            )
        ]
        indexes = [
            models.Index(fields=["desk", "birth_on"]),
            models.Index(fields=["desk", "due_on"]),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="child_search"),
        ]

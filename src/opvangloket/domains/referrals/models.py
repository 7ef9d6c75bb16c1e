"""What organisers bring to the desk: families that they refer, and lists of the questions that they could not answer.

A list is not a request: it enters no annual report, and its rows are forgotten after a year.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped
from opvangloket.rules.referrals import CONSENT_LABELS


class Referral(Row, Scoped):
    """A family that a location could not help and passed on to its desk, which registered it as a request."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(request_id__in=s.request_ids),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.OneToOneField(CareRequest, on_delete=models.CASCADE, related_name="referral")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="referrals")
    referred_at = models.DateTimeField()
    referred_by_id = models.UUIDField(null=True)
    consent_how = models.CharField(max_length=12, choices=[(how.value, words) for how, words in CONSENT_LABELS.items()])
    consent_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["location", "referred_at"], name="referral_of_location")]


class HandedInList(Row, Scoped):
    """The questions that a location handed in at one moment."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="handed_in_lists")
    handed_in_at = models.DateTimeField()
    handed_in_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["desk", "handed_in_at"], name="list_of_desk")]


class HandedInQuestion(Row, Scoped):
    """A question on such a list. `agreed`: the family wants the desk to call it.

    A person decides about a likely double: `same_as` and `same_request` say that it is one, `apart_at` that it is not.
    """

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(handed_in__desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(handed_in__location_id__in=s.location_ids),
    }

    handed_in = models.ForeignKey(HandedInList, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    applicant_first_name = models.CharField(max_length=100)
    applicant_last_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    child_first_name = models.CharField(max_length=100, blank=True)
    child_last_name = models.CharField(max_length=100, blank=True)
    birth_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    start_on = models.DateField()
    parts = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    agreed = models.BooleanField(default=False)
    identity_keys: "ArrayField[list[str], list[str]]" = ArrayField(models.TextField())
    same_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="doubles")
    same_request = models.ForeignKey(CareRequest, on_delete=models.SET_NULL, null=True, related_name="+")
    apart_at = models.DateTimeField(null=True)
    taken_over = models.OneToOneField(CareRequest, on_delete=models.SET_NULL, null=True, related_name="handed_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handed_in", "number"], name="handed_in_number_once")]
        indexes = [GinIndex(fields=["identity_keys"], name="handed_in_identity")]

"""Which organiser referred which family, and the consent on which it did so."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, Scoped
from opvangloket.rules.referrals import CONSENT_LABELS


class Referral(Row, Scoped):
    """A family that a location could not help and passed on to its desk, which registered it as a request."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT)
    request = models.OneToOneField(CareRequest, on_delete=models.CASCADE, related_name="referral")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="referrals")
    referred_at = models.DateTimeField()
    referred_by_id = models.UUIDField(null=True)
    consent_how = models.CharField(max_length=12, choices=[(how.value, words) for how, words in CONSENT_LABELS.items()])
    consent_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["location", "referred_at"], name="referral_of_location")]

"""When former places, closings and vacancies are forgotten (`policies/retention.yaml`).

Locations and organisers are in `distribution`: families' files name them for as long as those are kept.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from opvangloket.domains.providers.models import (
    AdmissionPolicy,
    AskedOpening,
    Closing,
    EffectivePlaces,
    LocationInDesk,
    LocationPhoto,
    Occupation,
    RegisterList,
    Vacancy,
    VacancyLink,
)
from opvangloket.foundation.files.models import Picture
from opvangloket.foundation.retention.terms import Limit, removes


def _vacancies(limit: Limit) -> QuerySet[Vacancy]:
    return Vacancy.objects.annotate(ended_on=Coalesce("closed_on", "end_on")).filter(ended_on__lt=limit.day)


def _forget_photos(rows: QuerySet[LocationPhoto], _now: datetime) -> int:
    """Delete the pictures; the rows that show them go with them."""
    pictures = list(rows.values_list("picture_id", flat=True))
    Picture.objects.using(rows.db).filter(id__in=pictures).delete()
    return len(pictures)


removes(
    "providers.LocationPhoto",
    lambda limit: LocationPhoto.objects.filter(location__closed_on__lt=limit.day),
    _forget_photos,
)
removes("providers.AdmissionPolicy", lambda limit: AdmissionPolicy.objects.filter(location__closed_on__lt=limit.day))
removes("providers.VacancyLink", lambda limit: VacancyLink.objects.filter(made_at__lt=limit.moment))
removes("providers.Closing", lambda limit: Closing.objects.filter(end_on__lt=limit.day))
removes("providers.EffectivePlaces", lambda limit: EffectivePlaces.objects.filter(end_on__lt=limit.day))
removes("providers.Occupation", lambda limit: Occupation.objects.filter(end_on__lt=limit.day))
removes("providers.AskedOpening", lambda limit: AskedOpening.objects.filter(ended_at__lt=limit.moment))
removes("providers.RegisterList", lambda limit: RegisterList.objects.filter(made_at__lt=limit.moment))
removes("providers.Vacancy", _vacancies)
removes("providers.LocationInDesk", lambda limit: LocationInDesk.objects.filter(end_on__lt=limit.day))

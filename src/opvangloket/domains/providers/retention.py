"""When former places, closings and vacancies are forgotten (`policies/retention.yaml`).

Locations and organisers are in `distribution`: families' files name them for as long as those are kept.
"""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from opvangloket.domains.providers.models import Closing, EffectivePlaces, LocationInDesk, Occupation, Vacancy
from opvangloket.foundation.retention.terms import Limit, removes


def _vacancies(limit: Limit) -> QuerySet[Vacancy]:
    return Vacancy.objects.annotate(ended_on=Coalesce("closed_on", "end_on")).filter(ended_on__lt=limit.day)


removes("providers.Closing", lambda limit: Closing.objects.filter(end_on__lt=limit.day))
removes("providers.EffectivePlaces", lambda limit: EffectivePlaces.objects.filter(end_on__lt=limit.day))
removes("providers.Occupation", lambda limit: Occupation.objects.filter(end_on__lt=limit.day))
removes("providers.Vacancy", _vacancies)
removes("providers.LocationInDesk", lambda limit: LocationInDesk.objects.filter(end_on__lt=limit.day))

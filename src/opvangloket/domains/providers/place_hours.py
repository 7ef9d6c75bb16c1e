"""When locations are open and at which hours their declared places are free, as the rules of a proposal read it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from opvangloket.domains.providers.models import CapacityKind, OpeningHours, Vacancy
from opvangloket.domains.providers.supply import LocationSupply
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.place_hours import DeclaredHours, PlaceHours


def place_hours_of(supplies: Mapping[UUID, LocationSupply], *, today: date) -> dict[UUID, PlaceHours]:
    """Return the hours of these locations, in two queries; declared places count where they say what is free."""
    opened: defaultdict[UUID, list[DayHours]] = defaultdict(list)
    days = OpeningHours.objects.filter(location_id__in=supplies)
    for location_id, weekday, opens, closes in days.values_list("location_id", "weekday", "opens", "closes"):
        opened[location_id].append(DayHours(WEEKDAYS[weekday], opens, closes))
    declared: defaultdict[UUID, list[DeclaredHours]] = defaultdict(list)
    telling = [key for key, supply in supplies.items() if supply.kind is CapacityKind.VACANCIES]
    rows = Vacancy.objects.filter(Q(end_on=None) | Q(end_on__gt=today), location_id__in=telling, closed_on=None)
    for row in rows:
        place = DeclaredHours(
            WeekPattern(row.parts), Period(row.start_on, row.end_on), CareHours.parse("|".join(row.hours))
        )
        declared[row.location_id].append(place)
    return {key: PlaceHours(CareHours(tuple(opened[key])), tuple(declared[key])) for key in supplies}

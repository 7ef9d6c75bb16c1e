"""The children of a location in a calendar year, as the meters count them."""

from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.models import Inquiry, Placement, PlacementState
from opvangloket.domains.providers.models import Location
from opvangloket.rules.periods import Period
from opvangloket.rules.school_entry import care_period
from opvangloket.rules.shares import Share, shares


def shares_of_year(location_id: UUID, *, on: date, with_inquiry: UUID | None = None) -> tuple[Share, ...]:
    """Return how far a location is this year, from the children that came through a desk.

    `with_inquiry` counts the child of that question too, as if it came.
    """
    subsidy_step = Location.objects.values_list("subsidy_step", flat=True).get(id=location_id)
    children = _children_of(location_id, Period(date(on.year, 1, 1), date(on.year + 1, 1, 1)))
    if with_inquiry is not None:
        asking = Inquiry.objects.select_related("request").get(id=with_inquiry).request
        children[asking.id] = frozenset(asking.characteristics)
    return shares(subsidy_step, children.values(), on=on)


def _children_of(location_id: UUID, year: Period) -> dict[UUID, frozenset[str]]:
    """Return the characteristics of each child that is there on a day of the year, by request."""
    rows = Placement.objects.filter(location_id=location_id).exclude(state=PlacementState.UNDONE)
    rows = rows.annotate(
        began_on=Coalesce("confirmed_start_on", "start_on"),
        born_on=Coalesce("request__child__birth_on", "request__child__due_on"),
    ).filter(began_on__lt=year.end)
    columns = ("request_id", "request__characteristics", "began_on", "end_on", "born_on")
    return {
        request: frozenset(characteristics)
        for request, characteristics, began_on, end_on, born_on in rows.values_list(*columns)
        if _is_there_in(year, began_on, end_on, born_on)
    }


def _is_there_in(year: Period, began_on: date, end_on: date | None, born_on: date) -> bool:
    if end_on is not None and end_on <= began_on:
        return False
    return care_period(began_on, end_on, born_on=born_on).overlaps(year)

"""Which locations of a desk nobody set on the map yet: how many there are, and the list of only those."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.deskwork.locations import LocationOverview
from opvangloket.domains.providers.map_point import map_points
from opvangloket.domains.providers.own_locations import home_desks
from opvangloket.web.guards import DeskVisit

ONLY_UNSET: Final = "nog"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFilter:
    """The locations to list, what to say of those without a point of their own, and the way to the others."""

    shown: Sequence[LocationOverview]
    words: str = ""
    url: str = ""
    is_only_unset: bool = False


def map_filter(found: Sequence[LocationOverview], visit: DeskVisit, *, chosen: str) -> MapFilter:
    """Return the locations to list, in three queries: all of them, or when that was chosen those without a point.

    Only locations that the desk looks after count: of others it cannot set the point.
    """
    if not visit.may("location.edit"):
        return MapFilter(shown=found)
    homes = home_desks([one.id for one in found], today=visit.today)
    points = map_points([one.id for one in found if homes.get(one.id) == visit.desk.id])
    unset = [one for one in found if one.id in points and points[one.id].is_unset]
    words = ngettext(
        "%(count)s opvanglocatie staat nog niet juist op de kaart.",
        "%(count)s opvanglocaties staan nog niet juist op de kaart.",
        len(unset),
    )
    every = reverse("desk:locations", args=[visit.desk.slug])
    if chosen == ONLY_UNSET:
        told = words % {"count": len(unset)} if unset else _("Alle opvang staat juist op de kaart.")
        return MapFilter(shown=unset, words=told, url=every, is_only_unset=True)
    if not unset:
        return MapFilter(shown=found)
    return MapFilter(shown=found, words=words % {"count": len(unset)}, url=f"{every}?kaart={ONLY_UNSET}")

"""Where a location stands on the map, in words: where the point comes from, and how far it goes."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from opvangloket.domains.providers.location_page import PublicLocation
from opvangloket.domains.providers.map_point import map_points
from opvangloket.rules.map_points import MapPoint, PointOrigin, wind
from opvangloket.rules.neutrality import Point, distance_m
from opvangloket.rules.wording import dutch_date
from opvangloket.web.locations.point_picture import map_url, town_picture

_KILOMETRE = 1000


def origin_words(found: MapPoint) -> str:
    """Say where the point of a location comes from, to whoever keeps it up."""
    match found.origin:
        case PointOrigin.MISSING:
            return _("Nog niet op de kaart")
        case PointOrigin.MIDDLE:
            return _("Het midden van postcode %(postcode)s: nog niet juist gezet") % {"postcode": found.postcode}
        case PointOrigin.KNOWN:
            return _("Kwam mee met de gegevens van de opvang")
        case PointOrigin.SET:
            return _("Gezet op %(day)s") % {"day": dutch_date(found.set_on)} if found.set_on else ""


def hint_words(found: MapPoint) -> str:
    """Ask to set a point that nobody set yet, and say why that helps; empty for every other."""
    if found.origin is PointOrigin.MISSING:
        return _("Deze opvang staat nog niet op de kaart. Gezinnen zien dan niet hoe ver ze is.")
    if found.origin is PointOrigin.MIDDLE:
        told = {"postcode": found.postcode}
        return _("Op de kaart staat deze opvang in het midden van postcode %(postcode)s, niet bij haar deur.") % told
    return ""


def point_hint(location_id: UUID) -> str:
    """Ask to set the point of a location that was found in the scope in force; empty when somebody did."""
    return hint_words(map_points([location_id])[location_id])


def way_words(start: Point | None, end: Point) -> str:
    """Say how far a point goes and whereto: "340 meter naar het noordoosten"."""
    metres = distance_m(start, end) if start else 0.0
    if start is None or metres < 1:
        return ""
    told = {"far": far_words(metres), "wind": wind(start, end)}
    return _("%(far)s naar het %(wind)s") % told


def far_words(metres: float) -> str:
    """Write a distance: in metres, from a kilometre on in kilometres."""
    if round(metres) < _KILOMETRE:
        return _("%(metres)s meter") % {"metres": round(metres)}
    return _("%(kilometres)s kilometer") % {"kilometres": f"{metres / _KILOMETRE:.1f}".replace(".", ",")}


def shown_on_map(found: PublicLocation) -> dict[str, Any]:
    """Return what the page for families needs to draw the place of a location; nothing when it has no point."""
    point = found.map_point.point
    if point is None:
        return {"map": None}
    roughly = _("Ongeveer: het midden van postcode %(postcode)s.") % {"postcode": found.postcode}
    return {
        "map": town_picture(found.nis_code, now=None, then=point),
        "map_url": map_url(point, zoom=15 if found.map_point.is_unset else 18),
        "map_roughly": roughly if found.map_point.is_unset else "",
    }

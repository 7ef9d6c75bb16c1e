"""The boundaries of municipalities: for maps that need no tile server, and to tell in which one a point lies."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from opvangloket.foundation.geography.files import DATA
from opvangloket.foundation.geography.municipalities import code_in_year
from opvangloket.rules.neutrality import Point
from opvangloket.rules.shapes import Ring, contains, metres_to_border

_TODAY = 9999  # a year after every merger
# The shapes are simplified: a house near the border may lie just outside its own municipality. Held against the full
# boundaries of the 285 municipalities that no merger touched, a point each 100 metres, 4 of the 41,244 border points
# that fall outside the simple shape are more than this far from it.
NEAR_BORDER_M: Final = 400
# Baarle-Hertog is scattered in the Netherlands: its smaller parts, left out of the shape, lie up to 1.7 km from it.
_FURTHER_M: Final = MappingProxyType({"13002": 2_000})


def boundaries(nis_codes: Iterable[str] | None = None) -> dict[str, Any]:
    """Return a GeoJSON FeatureCollection (WGS84) of these municipalities, or of all of them.

    An ended code gives the municipality that it became, once; an unknown code gives nothing. The properties of a
    feature are `nis_code`, `naam` and `provincie`. The features are shared: do not change them.
    """
    if nis_codes is None:
        features = list(_features().values())
    else:
        codes = dict.fromkeys(code_in_year(code, _TODAY) for code in nis_codes)
        features = [_features()[code] for code in codes if code in _features()]
    return {"type": "FeatureCollection", "features": features}


def rings_of(feature: Mapping[str, Any]) -> tuple[Ring, ...]:
    """Return the rings of a feature, each a line of (longitude, latitude) that ends where it begins."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(ring for polygon in polygons for ring in polygon)


def code_at(point: Point) -> str | None:
    """Return the code of the municipality of today in which a point lies; None outside Flanders and Brussels."""
    return next((code for code, rings in _rings().items() if contains(rings, point)), None)


def is_in_or_near(nis_code: str, point: Point) -> bool:
    """Tell whether a point lies in a municipality, or so near its simple border that it may.

    Of a code without a shape nothing can be said, so every point will do.
    """
    code = code_in_year(nis_code, _TODAY)
    rings = _rings().get(code)
    if rings is None or contains(rings, point):
        return True
    return metres_to_border(rings, point) <= _FURTHER_M.get(code, NEAR_BORDER_M)


@lru_cache(maxsize=1)
def _rings() -> Mapping[str, tuple[Ring, ...]]:
    return MappingProxyType({code: rings_of(feature) for code, feature in _features().items()})


@lru_cache(maxsize=1)
def _features() -> Mapping[str, dict[str, Any]]:
    collection = json.loads((DATA / "gemeenten_2025.geojson").read_text(encoding="utf-8"))
    return MappingProxyType({feature["properties"]["nis_code"]: feature for feature in collection["features"]})

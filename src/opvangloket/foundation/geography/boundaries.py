"""The boundaries of municipalities, for maps that need no tile server."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from opvangloket.foundation.geography.files import DATA
from opvangloket.foundation.geography.municipalities import code_in_year

_TODAY = 9999  # a year after every merger


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


@lru_cache(maxsize=1)
def _features() -> Mapping[str, dict[str, Any]]:
    collection = json.loads((DATA / "gemeenten_2025.geojson").read_text(encoding="utf-8"))
    return MappingProxyType({feature["properties"]["nis_code"]: feature for feature in collection["features"]})

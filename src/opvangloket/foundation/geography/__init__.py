"""Municipalities over time, postcodes and places, boundaries and public holidays; read once from packaged files.

Nothing here asks a network. The files and their licences are in `data/README.md`.
"""

from opvangloket.foundation.geography.boundaries import boundaries, code_at, is_in_or_near, rings_of
from opvangloket.foundation.geography.municipalities import (
    Municipality,
    code_in_year,
    is_known_code,
    mergers,
    municipalities,
    municipality,
    name_in_year,
    name_of_code,
    names_by_code,
)
from opvangloket.foundation.geography.places import (
    Place,
    PlaceKind,
    PlacePoint,
    distance_km,
    place_point,
    postcode,
    suggest,
)
from opvangloket.foundation.geography.public_holidays import PublicHoliday, holidays, is_holiday

__all__ = [
    "Municipality",
    "Place",
    "PlaceKind",
    "PlacePoint",
    "PublicHoliday",
    "boundaries",
    "code_at",
    "code_in_year",
    "distance_km",
    "holidays",
    "is_holiday",
    "is_in_or_near",
    "is_known_code",
    "mergers",
    "municipalities",
    "municipality",
    "name_in_year",
    "name_of_code",
    "names_by_code",
    "place_point",
    "postcode",
    "rings_of",
    "suggest",
]

"""Which desk serves a municipality, whatever mergers its code went through."""

from typing import Final

from opvangloket.foundation import geography
from opvangloket.foundation.tenancy.models import Desk

_LAST_YEAR: Final = 9999


def desks_serving(nis_code: str) -> list[Desk]:
    """Return the desks of a municipality, the eldest first."""
    code = code_of_today(nis_code)
    desks = Desk.objects.order_by("created_at", "id")
    return [desk for desk in desks if code in {code_of_today(own) for own in desk.territory}]


def code_of_today(nis_code: str) -> str:
    """Return the code that a municipality has after its mergers."""
    return geography.code_in_year(nis_code, _LAST_YEAR)

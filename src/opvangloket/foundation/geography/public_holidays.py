"""The Belgian public holidays, with their Dutch names."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import country_holidays


@dataclass(frozen=True, slots=True, order=True)
class PublicHoliday:
    """A public holiday."""

    on: date
    name: str


def holidays(first_year: int, last_year: int) -> tuple[PublicHoliday, ...]:
    """Return the public holidays of the years from the first up to and including the last, in order."""
    return tuple(day for year in range(first_year, last_year + 1) for day in _of_year(year))


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday."""
    return any(holiday.on == day for holiday in _of_year(day.year))


@lru_cache(maxsize=64)
def _of_year(year: int) -> tuple[PublicHoliday, ...]:
    listed = country_holidays("BE", years=[year], language="nl")
    return tuple(sorted(PublicHoliday(on, name) for on, name in listed.items()))

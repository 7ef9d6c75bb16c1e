"""Free places as locations declare them: some today, some weeks ago, some only for the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from opvangloket.domains.providers.models import CapacityKind, Tariff, Vacancy
from opvangloket.rules.patterns import PART_COUNT
from opvangloket.rules.periods import add_months, brussels_date, end_of_brussels_day
from opvangloket.simulation.chance import happens, stream
from opvangloket.simulation.moments import MINUTES_PER_DAY, moment
from opvangloket.simulation.supply.ledger import Ledger, stay
from opvangloket.simulation.supply.town import Town

_LONG, _SHORT = 26, 4  # months
_NEWBORN_DAYS: Final = 120
_MOST_PLACES: Final = 3
_DECLARES: Final = 0.85
_OLDEST_DECLARATION_DAYS: Final = 75
_FRESH: Final = 0.6
_ONLY_FOR_THE_DESK: Final = 0.2


def vacancies(town: Town, last_taken: Sequence[int]) -> Iterator[Vacancy]:
    """Yield what the locations that declare vacancies have free, as declared after they last gave a place away.

    What was taken before a declaration is in it already, so nothing is promised twice.
    """
    random = stream(town.seed, "vacancies")
    for number, planned in enumerate(town.locations):
        row = planned.row
        stopped = row.closed_on is not None and row.closed_on <= add_months(town.today, _SHORT)
        if row.capacity_kind != CapacityKind.VACANCIES or stopped or not happens(random, _DECLARES):
            continue
        declared_on = _declared_on(random, town.today, last_taken[number])
        for start_on, end_on, parts, places in _free(random, town.ledgers[number], town.today):
            yield Vacancy(
                location=row,
                parts=parts,
                start_on=start_on,
                end_on=end_on,
                places=places,
                tariff=Tariff.INCOME if row.tariff == Tariff.MIXED else row.tariff,
                public=not happens(random, _ONLY_FOR_THE_DESK),
                declared_at=min(end_of_brussels_day(declared_on), moment(town.today.toordinal() * MINUTES_PER_DAY)),
                confirmed_on=_confirmed_on(random, declared_on, town.today),
            )


def _declared_on(random: Random, today: date, last_taken: int) -> date:
    """Return a day since the location last gave a place away, not longer ago than people let it lie."""
    oldest = today - timedelta(days=random.randint(1, _OLDEST_DECLARATION_DAYS))
    since = brussels_date(moment(last_taken)) if last_taken else oldest
    return max(since, oldest)


def _confirmed_on(random: Random, declared_on: date, today: date) -> date:
    if happens(random, _FRESH):
        return max(declared_on, today - timedelta(days=random.randint(1, 13)))
    return declared_on


def _free(random: Random, ledger: Ledger, today: date) -> Iterator[tuple[date, date | None, int, int]]:
    """Yield weeks that are free from a month on: to stay, or else for some months."""
    start = add_months(today.replace(day=1), random.choice((1, 1, 2, 3)))
    for months in (_LONG, _SHORT):
        end = add_months(start, months)
        when = stay(start.toordinal(), end.toordinal(), born=start.toordinal() - _NEWBORN_DAYS)
        parts = ledger.free_parts(range(PART_COUNT), when)
        if len(parts) >= 2:
            places = min(ledger.free(parts, when), _MOST_PLACES)
            yield start, None if months == _LONG else end, sum(1 << part for part in parts), places
            return

"""A town of any size as the simulation sees it: desks, locations with their places, and who can choose what."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from math import cos, exp, hypot, radians
from random import Random

from opvangloket.domains.providers.models import Organiser
from opvangloket.rules.procedure import Procedure
from opvangloket.simulation.reference import Village
from opvangloket.simulation.supply.desks import PlannedDesk
from opvangloket.simulation.supply.ledger import Ledger
from opvangloket.simulation.supply.locations import PlannedLocation
from opvangloket.simulation.supply.staff import Staff

_KM_PER_DEGREE = 111.2
_NEAREST = 40
_FAR_ENOUGH_KM = 2.6


@dataclass(slots=True)
class Behaviour:
    """How a location answers: after how many days, how often never, and by which door: paper, mail, a file."""

    days: float
    forgets: float
    on_paper: bool
    by_mail: float
    by_file: float = 0.0


@dataclass(slots=True)
class Town:
    """Everything that stays the same while requests come and go. Locations are known by their position."""

    seed: int
    since: date
    today: date
    desks: list[PlannedDesk]
    organisers: list[Organiser]
    staff: Staff
    locations: list[PlannedLocation]
    ledgers: list[Ledger]
    behaviours: list[Behaviour]
    desk_of_municipality: dict[str, int]
    seen_by_desk: list[list[int]]
    home_desk: list[int]
    _valid_from: list[list[int]] = field(default_factory=list)
    _choices: dict[tuple[int, Village], tuple[list[int], list[float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the days on which procedures begin."""
        self._valid_from = [[row.valid_from.toordinal() for row in desk.versions] for desk in self.desks]

    def procedure(self, desk: int, day: int) -> tuple[int, Procedure]:
        """Return the procedure in force at a desk on a day, with its number."""
        position = bisect_right(self._valid_from[desk], day) - 1
        if position < 0:
            return 0, Procedure()
        return self.desks[desk].versions[position].number, self.desks[desk].procedures[position]

    def procedure_numbered(self, desk: int, number: int) -> Procedure:
        """Return the procedure of a version; number 0 are the defaults from before any version."""
        found = zip(self.desks[desk].versions, self.desks[desk].procedures, strict=True)
        return next((procedure for version, procedure in found if version.number == number), Procedure())

    def is_open(self, location: int, day: int) -> bool:
        """Tell whether a location takes questions on a day."""
        row = self.locations[location].row
        begun = row.opened_on is None or row.opened_on.toordinal() <= day
        return begun and (row.closed_on is None or row.closed_on.toordinal() > day)

    def choose(self, random: Random, desk: int, home: Village, day: int, count: int, first: int | None) -> list[int]:
        """Return different locations that a family of a village chooses, the nearby ones most often."""
        positions, sums = self._near(desk, home)
        chosen = [first] if first is not None and first in positions and self.is_open(first, day) else []
        for _ in range(count * 6):
            if len(chosen) >= count:
                break
            location = random.choices(positions, cum_weights=sums)[0]
            if location not in chosen and self.is_open(location, day):
                chosen.append(location)
        return chosen

    def _near(self, desk: int, home: Village) -> tuple[list[int], list[float]]:
        """Return the nearest locations that a desk sees from a village, with their weights added up."""
        if (desk, home) not in self._choices:
            measured = sorted((self._km(home, position), position) for position in self.seen_by_desk[desk])[:_NEAREST]
            weights = [
                exp(-km / _FAR_ENOUGH_KM) * self.locations[position].row.licensed_places ** 0.5 + 1e-6
                for km, position in measured
            ]
            self._choices[desk, home] = [position for _km, position in measured], list(accumulate(weights))
        return self._choices[desk, home]

    def _km(self, home: Village, position: int) -> float:
        row = self.locations[position].row
        return flat_km(home.lat, home.lon, row.lat or home.lat, row.lon or home.lon)


def flat_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return a distance in kilometres as on a flat map: near enough for one region, and fast."""
    east = (other_lon - lon) * cos(radians(lat))
    return hypot(other_lat - lat, east) * _KM_PER_DEGREE

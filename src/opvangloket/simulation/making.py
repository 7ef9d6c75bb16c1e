"""Making a town and writing it down: the one way in for the commands and the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import seeded
from opvangloket.foundation.tenancy.models import Desk, Installation, InstallationKind
from opvangloket.rules.periods import MONTHS_PER_YEAR, add_months, brussels_midnight
from opvangloket.simulation.life.history import History
from opvangloket.simulation.reference import flemish_codes
from opvangloket.simulation.scene import play_scene
from opvangloket.simulation.supply import ninove
from opvangloket.simulation.supply.free_places import vacancies
from opvangloket.simulation.supply.plan import plan_town
from opvangloket.simulation.supply.town import Town
from opvangloket.simulation.writing.rows import CourseRows
from opvangloket.simulation.writing.write import HistoryWriter, write_supply, write_vacancies


class NotEmpty(OpvangloketError):
    """There are desks already, or this is a real installation; a simulated town never mixes with others."""

    code = "not_empty"
    message = "Dit is geen lege speelplek. Kies een lege map met OPVANGLOKET_VAR=/pad/naar/map."


class UnknownMunicipality(OpvangloketError):
    """A code that is no Flemish municipality of today."""

    code = "unknown_municipality"

    def __init__(self, nis_code: str) -> None:
        super().__init__(f"{nis_code} is geen NIS-code van een Vlaamse gemeente van vandaag.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TownOrder:
    """Which town to make: the same order gives the same rows, whenever and wherever it is made.

    `with_scene` adds the families that a demonstration knows by name; Ninove has to be among the municipalities.
    """

    nis_codes: tuple[str, ...]
    today: date
    years: int
    seed: int
    requests_scale: float = 1.0
    with_scene: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTown:
    """A town that was made, with the number of rows per table."""

    town: Town
    counts: dict[str, int]


def make_town(order: TownOrder, *, progress: Callable[[int], None] = lambda _requests: None) -> MadeTown:
    """Make a town and write it into an empty database, which is a playground from then on.

    `progress` hears how many requests are written. Raises NotEmpty or UnknownMunicipality.
    """
    real = Installation.objects.filter(kind=InstallationKind.PRODUCTION).exists()
    if real or Desk.objects.exists():
        raise NotEmpty
    with seeded(order.seed):
        town = planned_town(order)
        write_supply(town)
        writer = HistoryWriter(CourseRows(town), progress)
        history = History(town, finished=writer.finish, declare=writer.declare, requests_scale=order.requests_scale)
        kept = ninove.places_kept_free(town) if order.with_scene else []
        history.run()
        writer.flush()
        for ledger, parts, when in kept:
            ledger.give_back(parts, when)
        declared = write_vacancies(vacancies(town, history.acts.last_taken))
        if order.with_scene:
            play_scene(town)
    Installation.objects.update_or_create(
        pk=1, defaults={"kind": InstallationKind.DEMO, "clock_offset": timedelta(), "town_seed": order.seed}
    )
    counts = {table._meta.model_name or "": count for table, count in writer.written.items()}
    supply = {
        "desk": len(town.desks),
        "organiser": len(town.organisers),
        "location": len(town.locations),
        "places": sum(planned.row.licensed_places for planned in town.locations),
        "vacancy": declared,
    }
    return MadeTown(town=town, counts=counts | supply)


def planned_town(order: TownOrder) -> Town:
    """Return the desks and locations of an order, before anything happens there."""
    known = set(flemish_codes())
    for code in order.nis_codes:
        if code not in known:
            raise UnknownMunicipality(code)
    since = add_months(order.today.replace(day=1), -order.years * MONTHS_PER_YEAR)
    return plan_town(
        order.nis_codes, seed=order.seed, since=since, today=order.today, created_at=brussels_midnight(since)
    )

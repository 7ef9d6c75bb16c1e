"""Writing a town into the database: what stands still first, then what happened, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import models, transaction

from opvangloket.domains.exchange.table_copy import TableCopy
from opvangloket.domains.providers.models import (
    Closing,
    DeskRelation,
    EffectivePlaces,
    Location,
    LocationInDesk,
    LocationPhoto,
    OpeningHours,
    Organiser,
    Vacancy,
)
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.accounts.models import Account, DeskMembership, OrganiserMembership
from opvangloket.foundation.files.models import Picture, PictureSize
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_midnight
from opvangloket.rules.procedure import PageField
from opvangloket.simulation.life.course import Course
from opvangloket.simulation.life.outside import Declared
from opvangloket.simulation.supply.logos import logos
from opvangloket.simulation.supply.town import Town
from opvangloket.simulation.writing.rows import COLUMNS, CourseRows, Row, Table

_ROWS_IN_A_BATCH: Final = 60_000
_INSTANCES_AT_ONCE: Final = 2_000


def write_supply(town: Town) -> None:
    """Write the desks with their settings and staff, the organisers, the locations, and who sees which location."""
    desks = [desk.row for desk in town.desks]
    with across_desks("writing a simulated town"), transaction.atomic():
        _create(Desk, desks)
        _create(ProcedureVersion, [version for desk in town.desks for version in desk.versions])
        _create(Account, town.staff.accounts)
        _create(DeskMembership, town.staff.at_desks)
        _create(OrganiserMembership, town.staff.at_organisers)
        _create(Organiser, town.organisers)
        _create(Location, [planned.row for planned in town.locations])
        _create(OpeningHours, [row for planned in town.locations for row in planned.hours])
        _create(Closing, [row for planned in town.locations for row in planned.closings])
        _create(EffectivePlaces, [row for planned in town.locations for row in planned.effective])
        _create(LocationInDesk, list(_seen(town)))
        _write_logos(town)


def write_vacancies(rows: Iterable[Vacancy]) -> int:
    """Write vacancies and return how many."""
    return len(_create(Vacancy, list(rows)))


def _write_logos(town: Town) -> None:
    """Give most locations a logo where the desk asks one; elsewhere a town has its drawings."""
    asked = [
        town.locations[number].row
        for number, position in enumerate(town.home_desk)
        if any(PageField.PHOTO in version.values["page_minimum"] for version in town.desks[position].versions)
    ]
    made = list(logos(asked, now=brussels_midnight(town.today)))
    _create(Picture, [picture for picture, _sizes, _photo in made])
    _create(PictureSize, [size for _picture, sizes, _photo in made for size in sizes])
    _create(LocationPhoto, [photo for _picture, _sizes, photo in made])


def _seen(town: Town) -> Iterator[LocationInDesk]:
    for position, desk in enumerate(town.desks):
        for number in town.seen_by_desk[position]:
            location = town.locations[number].row
            yield LocationInDesk(
                location=location,
                desk=desk.row,
                relation=DeskRelation.HOME if town.home_desk[number] == position else DeskRelation.VIEW,
                start_on=max(town.since, location.opened_on or town.since),
            )


def _create(model: type[models.Model], rows: Sequence[Any]) -> list[Any]:
    return model._default_manager.bulk_create(rows, batch_size=_INSTANCES_AT_ONCE)


class HistoryWriter:
    """Collects rows and copies them in when there are enough: one transaction per batch, tables in order of need."""

    def __init__(self, rows: CourseRows, progress: Callable[[int], None]) -> None:
        self._rows, self._progress = rows, progress
        self._tables = {table: TableCopy(table, *columns) for table, columns in COLUMNS.items()}
        self._waiting: dict[Table, list[Row]] = {table: [] for table in COLUMNS}
        self._count = 0
        self._after: dict[Course, list[Course]] = {}
        self.written: dict[Table, int] = dict.fromkeys(COLUMNS, 0)

    def declare(self, declared: Declared) -> None:
        """Write a child that a location declares."""
        self._add(self._rows.declared(declared))

    def finish(self, course: Course) -> None:
        """Write a course; one that went up in another waits for that one, which its row names."""
        older = course.merged_into
        if older and not older.written:
            self._after.setdefault(older, []).append(course)
            return
        self._add(self._rows.of(course))
        course.written = True
        for newer in self._after.pop(course, ()):
            self.finish(newer)

    def flush(self) -> None:
        """Copy in everything that waits."""
        if not self._count:
            return
        with transaction.atomic():
            for table, waiting in self._waiting.items():
                if waiting:
                    self._tables[table].write(waiting)
                    self.written[table] += len(waiting)
                    waiting.clear()
        self._count = 0
        self._progress(self.written[CareRequest])

    def _add(self, rows: Iterable[tuple[Table, Row]]) -> None:
        for table, row in rows:
            self._waiting[table].append(row)
            self._count += 1
        if self._count >= _ROWS_IN_A_BATCH:
            self.flush()

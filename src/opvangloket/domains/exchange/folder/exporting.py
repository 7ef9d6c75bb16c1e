"""Writing a desk's requests and outcomes as a zip in the exchange format, so that another installation reports the same.

Ids stay those of the source that the desk came from. What was made here goes by its public name: the reference of a
request, the address of a location. The same content always gives the same bytes.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from typing import IO, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection, transaction
from django.db.models import Case, CharField, F, Q, When
from django.db.models.functions import Collate

from opvangloket.domains.exchange.folder.formats import (
    DESKS,
    EVENTS,
    LOCATIONS,
    META,
    ORGANISERS,
    REQUESTS,
    EventRow,
    FileFormat,
    LocationRow,
    MetaRow,
    OrganiserRow,
    RequestRow,
    Row,
)
from opvangloket.domains.exchange.folder.installed import desk_row, location_row, opening_hours, organiser_row
from opvangloket.domains.exchange.folder.kept import request_rows, stored_events
from opvangloket.domains.exchange.folder.names import location_name, organiser_names, own_source
from opvangloket.domains.providers.models import Location, LocationInDesk
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import existing_desk
from opvangloket.foundation.tenancy.scopes import DeskScope, scope

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_ELSEWHERE: Final = "Samengevoegd met een vraag bij een ander loket."


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written."""

    locations: int
    requests: int
    events: int


def export_desk(slug: str, out: IO[bytes], *, now: datetime) -> Exported:
    """Write everything of one desk that the exchange format holds, as a zip, and return how much that was.

    Raises UnknownDesk.
    """
    with _one_moment():
        desk = existing_desk(slug)
        with scope(DeskScope(desk.id)), ZipFile(out, "w", ZIP_DEFLATED) as archive:
            folder = _DeskFolder.of(desk)
            if folder.source:
                _write(archive, META, [MetaRow(folder.source)])
            _write(archive, DESKS, [desk_row(desk, now)])
            _write(archive, ORGANISERS, folder.organisers())
            locations = _write(archive, LOCATIONS, folder.location_rows())
            requests = _write(archive, REQUESTS, (row for batch in folder.requests() for _id, row in batch))
            return Exported(locations, requests, _write(archive, EVENTS, folder.events()))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it stood at one moment, also when the desk works on meanwhile."""
    already = connection.in_atomic_block
    with transaction.atomic():
        if not already:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write(archive: ZipFile, layout: FileFormat[Row], rows: Iterable[Row]) -> int:
    """Write one file of the format and return the number of its rows."""
    written = 0
    entry = ZipInfo(layout.name, _LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(column.name for column in layout.columns)
        for row in rows:
            writer.writerow(layout.cells(row))
            written += 1
    return written


@dataclass(frozen=True, slots=True)
class _DeskFolder:
    """The rows of one desk's folder, with the names that they have in it."""

    desk: Desk
    source: str
    locations: dict[UUID, Location]
    location_names: dict[UUID, str]

    @classmethod
    def of(cls, desk: Desk) -> "_DeskFolder":
        """Gather the locations that the desk sees or names, and choose under which source everything is named."""
        ids = set(LocationInDesk.objects.filter(desk=desk).values_list("location_id", flat=True))
        ids |= set(
            RequestedLocation.objects.filter(request__desk=desk).values_list("location_id", flat=True).distinct()
        )
        ids |= set(CaseEvent.ever.filter(desk=desk).order_by().values_list("location_id", flat=True).distinct())
        locations = {each.id: each for each in Location.objects.filter(id__in=ids).select_related("organiser")}
        source = _common_source(desk, locations.values())
        return cls(desk, source, locations, {each.id: location_name(source, each) for each in locations.values()})

    def organisers(self) -> list[OrganiserRow]:
        """Return the organisers of the locations."""
        organisers = {location.organiser_id: location.organiser for location in self.locations.values()}
        names = organiser_names(self.source, organisers.values())
        return sorted(organiser_row(organiser, names[id_]) for id_, organiser in organisers.items())

    def location_rows(self) -> list[LocationRow]:
        """Return the locations."""
        spans = opening_hours(self.locations)
        organisers = organiser_names(self.source, {each.organiser for each in self.locations.values()})
        return sorted(
            (
                location_row(location, self.location_names[id_], organisers[location.organiser_id], spans.get(id_, []))
                for id_, location in self.locations.items()
            ),
            key=lambda row: row.id,
        )

    def requests(self) -> Iterator[list[tuple[UUID, RequestRow]]]:
        """Yield the requests in batches, by registration."""
        name = Case(
            When(Q(source=self.source) & ~Q(external_id=""), then=F("external_id")),
            default=F("reference"),
            output_field=CharField(),
        )
        requests = CareRequest.objects.filter(desk=self.desk).order_by("registered_at", Collate(name, "C"))
        return request_rows(requests, source=self.source, location_name=self.location_names.__getitem__)

    def events(self) -> Iterator[EventRow]:
        """Yield the events that stand, in the order of the requests."""
        for batch in self.requests():
            names = {request_id: row.id for request_id, row in batch}
            stored = stored_events(
                names,
                source=self.source,
                location_name=self.location_names.__getitem__,
                out_of_sight=_ELSEWHERE,
            )
            for request_id in names:
                yield from (event.row for event in stored.get(request_id, ()) if event.stands)


def _common_source(desk: Desk, locations: Collection[Location]) -> str:
    """Return the one source that everything came from, else the source of what is made here."""
    origins = set(
        CareRequest.objects.filter(desk=desk)
        .order_by()
        .values_list("source", Case(When(external_id="", then=False), default=True))
        .distinct()
    )
    origins |= {(location.source, bool(location.external_id)) for location in locations}
    origins |= {(location.organiser.source, bool(location.organiser.external_id)) for location in locations}
    if not origins:
        origins = {(desk.source, bool(desk.imported_digest))}
    (source, has_ids), *others = origins
    return source if has_ids and not others else own_source()

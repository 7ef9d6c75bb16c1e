"""Desks, organisers and locations of a folder beside those of this installation: what is new, and what disagrees.

A known id whose row is equal to the one that was imported before changes nothing, also when it was edited here since;
nor does a row that is equal to what is kept here now. A known id with any other row is an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from opvangloket.domains.exchange.folder.formats import (
    DESKS,
    LOCATIONS,
    ORGANISERS,
    DeskRow,
    FileFormat,
    LocationRow,
    OrganiserRow,
    Row,
)
from opvangloket.domains.exchange.folder.names import location_name, organiser_names, own_source
from opvangloket.domains.exchange.folder.reading import Folder
from opvangloket.domains.exchange.lists.row_errors import RowErrors
from opvangloket.domains.providers.models import Location, OpeningHours, Organiser
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.periods import brussels_date


@dataclass(slots=True)
class Installed:
    """The ids here of the rows of a folder that were known before; what is not in here is new."""

    desks: dict[str, UUID] = field(default_factory=dict)
    organisers: dict[str, UUID] = field(default_factory=dict)
    locations: dict[str, UUID] = field(default_factory=dict)


def find_installed(folder: Folder, errors: RowErrors, *, now: datetime) -> Installed:
    """Return what of the folder is known here; a row that disagrees is added to `errors`. Runs across desks."""
    organisers = _known_organisers(folder, errors)
    return Installed(
        desks=_known_desks(folder, errors, now),
        organisers=organisers,
        locations=_known_locations(folder, organisers, errors),
    )


def _known_desks(folder: Folder, errors: RowErrors, now: datetime) -> dict[str, UUID]:
    known = {}
    for desk in Desk.objects.filter(slug__in=list(folder.desks.rows)):
        known[desk.slug] = desk.id
        line, row = folder.desks.rows[desk.slug]
        if desk.imported_digest != DESKS.digest(row):
            column = DESKS.differing(desk_row(desk, now), row)
            if column:
                errors.add(
                    DESKS.name,
                    line,
                    column,
                    f"Het loket {desk.slug} bestaat hier al, met een andere waarde voor {column}.",
                    "Neem de gegevens over zoals ze hier staan, of pas ze eerst hier aan.",
                )
    return known


def desk_row(desk: Desk, now: datetime) -> DeskRow:
    """Return a desk of this installation as a row of `desks.csv`, with the settings in force."""
    procedure = procedure_in_force(desk.id, brussels_date(now)).procedure
    return DeskRow(
        desk.slug, desk.name, desk.operator, desk.file_number, desk.territory, procedure.mode, procedure.report_row
    )


def _known_organisers(folder: Folder, errors: RowErrors) -> dict[str, UUID]:
    """Return the organisers of the folder's source, also those that the folder does not repeat."""
    known = {}
    own_names = folder.source == own_source()
    organisers = Organiser.objects.all() if own_names else Organiser.objects.filter(source=folder.source)
    stored = {organiser.id: organiser for organiser in organisers if own_names or organiser.external_id}
    for organiser_id, name in organiser_names(folder.source, stored.values()).items():
        known[name] = organiser_id
        if name in folder.organisers.rows:
            line, row = folder.organisers.rows[name]
            if stored[organiser_id].imported_digest != ORGANISERS.digest(row):
                _disagree(errors, ORGANISERS, line, organiser_row(stored[organiser_id], name), row)
    return known


def organiser_row(organiser: Organiser, external_id: str) -> OrganiserRow:
    """Return an organiser of this installation as a row of `organisers.csv`."""
    return OrganiserRow(external_id, organiser.name, organiser.kbo, organiser.email, organiser.phone)


def _known_locations(folder: Folder, organisers: dict[str, UUID], errors: RowErrors) -> dict[str, UUID]:
    ids = list(folder.locations.rows)
    wanted = Q(source=folder.source, external_id__in=ids) & ~Q(external_id="")
    if folder.source == own_source():
        wanted |= Q(slug__in=ids) & ~Q(source=folder.source)
    known, differing = {}, []
    for location in Location.objects.filter(wanted):
        name = location_name(folder.source, location)
        known[name] = location.id
        line, row = folder.locations.rows[name]
        if location.imported_digest != LOCATIONS.digest(row):
            differing.append((line, location, row))
    spans = opening_hours(location.id for _line, location, _row in differing)
    names = {organiser_id: name for name, organiser_id in organisers.items()}
    for line, location, row in differing:
        mine = location_row(location, row.id, names.get(location.organiser_id, ""), spans.get(location.id, []))
        _disagree(errors, LOCATIONS, line, mine, row)
    return known


def opening_hours(location_ids: Iterable[UUID]) -> dict[UUID, list[tuple[int, int, int]]]:
    """Return the opening hours of these locations, in the order of the week."""
    found: dict[UUID, list[tuple[int, int, int]]] = {}
    rows = OpeningHours.objects.filter(location_id__in=list(location_ids)).order_by("weekday", "opens")
    for location_id, *span in rows.values_list("location_id", "weekday", "opens", "closes"):
        found.setdefault(location_id, []).append((span[0], span[1], span[2]))
    return found


def location_row(
    location: Location, external_id: str, organiser: str, opening: Iterable[tuple[int, int, int]]
) -> LocationRow:
    """Return a location of this installation as a row of `locations.csv`."""
    return LocationRow(
        external_id,
        organiser,
        location.name,
        location.type,
        location.subsidy_step,
        location.file_number,
        location.tariff,
        location.licensed_places,
        location.street,
        location.house_number,
        location.postcode,
        location.nis_code,
        location.lat,
        location.lon,
        tuple(opening),
        location.price_day,
        location.price_half_day,
        location.email,
        location.phone,
        location.website,
        location.inclusive,
        location.text,
    )


def _disagree(errors: RowErrors, layout: FileFormat[Row], line: int, mine: Row, theirs: Row) -> None:
    """Add a known id with another row, at the first column that differs from what is kept here."""
    if column := layout.differing(mine, theirs):
        add_disagreement(errors, layout, line, column)


def add_disagreement(errors: RowErrors, layout: FileFormat[Row], line: int, column: str) -> None:
    """Add a row whose id was imported before with another content."""
    errors.add(
        layout.name,
        line,
        column,
        "Deze rij is al eens overgenomen, toen met een andere inhoud.",
        "Herstel de rij zoals ze was. Wat veranderde, pas je aan in het loket.",
    )

"""Desks, organisers and locations of a folder beside those of this installation: what is new, and what disagrees.

A known id whose row is equal to the one that was imported before changes nothing, also when its page was edited here
since. A known id with another row is an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from opvangloket.domains.exchange.formats import (
    DESKS,
    LOCATIONS,
    ORGANISERS,
    DeskRow,
    FileFormat,
    LocationRow,
    OrganiserRow,
    Row,
)
from opvangloket.domains.exchange.reading import Folder
from opvangloket.domains.exchange.row_errors import RowErrors
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
    return Installed(
        desks=_known_desks(folder, errors, now),
        organisers=_known_organisers(folder, errors),
        locations=_known_locations(folder, errors),
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
    stored = Organiser.objects.filter(source=folder.source).exclude(external_id="")
    known = {}
    for organiser in stored:
        known[organiser.external_id] = organiser.id
        line, row = folder.organisers.rows.get(organiser.external_id, (0, None))
        if row and organiser.imported_digest != ORGANISERS.digest(row):
            _disagree(errors, ORGANISERS, line, organiser_row(organiser, row.id), row)
    return known


def organiser_row(organiser: Organiser, external_id: str) -> OrganiserRow:
    """Return an organiser of this installation as a row of `organisers.csv`."""
    return OrganiserRow(external_id, organiser.name, organiser.kbo, organiser.email, organiser.phone)


def _known_locations(folder: Folder, errors: RowErrors) -> dict[str, UUID]:
    stored = (
        Location.objects.filter(source=folder.source, external_id__in=list(folder.locations.rows))
        .exclude(external_id="")
        .select_related("organiser")
    )
    known, differing = {}, []
    for location in stored:
        known[location.external_id] = location.id
        line, row = folder.locations.rows[location.external_id]
        if location.imported_digest != LOCATIONS.digest(row):
            differing.append((line, location, row))
    spans = opening_hours(location.id for _, location, _ in differing)
    for line, location, row in differing:
        mine = location_row(location, row.id, location.organiser.external_id, spans.get(location.id, []))
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
    add_disagreement(errors, layout, line, layout.differing(mine, theirs) or layout.columns[0].name)


def add_disagreement(errors: RowErrors, layout: FileFormat[Row], line: int, column: str) -> None:
    """Add a row whose id was imported before with another content."""
    errors.add(
        layout.name,
        line,
        column,
        "Deze rij is al eens overgenomen, toen met een andere inhoud.",
        "Herstel de rij zoals ze was. Wat veranderde, pas je aan in het loket.",
    )

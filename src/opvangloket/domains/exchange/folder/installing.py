"""Making the desks, organisers and locations of a folder that are new here, and letting desks see locations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.text import slugify

from opvangloket.domains.exchange.folder.formats import DESKS, LOCATIONS, ORGANISERS, DeskRow, LocationRow, OrganiserRow
from opvangloket.domains.exchange.folder.installed import Installed
from opvangloket.domains.exchange.folder.reading import Folder
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, OpeningHours, Organiser
from opvangloket.foundation import geography
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.rules.procedure import DeskMode, Procedure, ReportRow

# Before any request that is still kept, so that the settings and the view of a desk hold for its whole past.
EARLIEST_ON: Final = date(2000, 1, 1)
_LAST_YEAR: Final = 9999
_SLUG_LENGTH: Final = 80
_ROWS_AT_A_TIME: Final = 1_000


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows were new."""

    desks: int
    organisers: int
    locations: int


def install(folder: Folder, installed: Installed, *, now: datetime) -> Made:
    """Make what is new, and add its ids to `installed`. Runs across desks, inside the caller's transaction."""
    desks = [row for _line, row in folder.desks.rows.values() if row.slug not in installed.desks]
    organisers = [row for _line, row in folder.organisers.rows.values() if row.id not in installed.organisers]
    locations = [row for _line, row in folder.locations.rows.values() if row.id not in installed.locations]
    for desk in desks:
        installed.desks[desk.slug] = _make_desk(desk, folder.source, now)
    _make_organisers(organisers, folder.source, installed, now)
    _make_locations(locations, folder.source, installed, now)
    return Made(len(desks), len(organisers), len(locations))


def _make_desk(row: DeskRow, source: str, now: datetime) -> UUID:
    desk = Desk.objects.create(
        slug=row.slug,
        name=row.name,
        operator=row.operator,
        file_number=row.file_number,
        territory=row.territory,
        source=source,
        imported_digest=DESKS.digest(row),
        created_at=now,
    )
    ProcedureVersion.objects.create(
        desk=desk,
        number=1,
        valid_from=EARLIEST_ON,
        values=Procedure(mode=DeskMode(row.mode), report_row=ReportRow(row.report_row)).to_mapping(),
        reason="Overgenomen bij de start.",
        made_at=now,
    )
    return desk.id


def _make_organisers(rows: Iterable[OrganiserRow], source: str, installed: Installed, now: datetime) -> None:
    made = [
        Organiser(
            source=source,
            external_id=row.id,
            name=row.name,
            kbo=row.kbo,
            email=row.email,
            phone=row.phone,
            imported_digest=ORGANISERS.digest(row),
            created_at=now,
        )
        for row in rows
    ]
    Organiser.objects.bulk_create(made, batch_size=_ROWS_AT_A_TIME)
    installed.organisers |= {organiser.external_id: organiser.id for organiser in made}


def _make_locations(rows: Iterable[LocationRow], source: str, installed: Installed, now: datetime) -> None:
    taken = set(Location.objects.values_list("slug", flat=True))
    made, hours = [], []
    for row in rows:
        location = _location(row, source, installed.organisers[row.organiser], _free_slug(row.name, taken), now)
        made.append(location)
        hours += [
            OpeningHours(location_id=location.id, weekday=weekday, opens=opens, closes=closes)
            for weekday, opens, closes in row.opening
        ]
    Location.objects.bulk_create(made, batch_size=_ROWS_AT_A_TIME)
    OpeningHours.objects.bulk_create(hours, batch_size=_ROWS_AT_A_TIME)
    installed.locations |= {location.external_id: location.id for location in made}


def _location(row: LocationRow, source: str, organiser_id: UUID, slug: str, now: datetime) -> Location:
    return Location(
        id=new_id(),
        organiser_id=organiser_id,
        source=source,
        external_id=row.id,
        slug=slug,
        name=row.name,
        type=row.type,
        subsidy_step=row.subsidy_step,
        tariff=row.tariff,
        file_number=row.file_number,
        licensed_places=row.licensed_places,
        street=row.street,
        house_number=row.house_number,
        postcode=row.postcode,
        nis_code=row.nis_code,
        lat=row.lat,
        lon=row.lon,
        email=row.email,
        phone=row.phone,
        website=row.website,
        price_day=row.price_day,
        price_half_day=row.price_half_day,
        inclusive=row.inclusive,
        text=row.text,
        imported_digest=LOCATIONS.digest(row),
        created_at=now,
    )


def _free_slug(name: str, taken: set[str]) -> str:
    """Return an address for a location that no other has, and take it."""
    base = slugify(name)[: _SLUG_LENGTH - 8].strip("-") or "opvang"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


def show_locations(folder: Folder, installed: Installed, named: Iterable[tuple[str, str]]) -> None:
    """Let desks see the locations of the folder: the home desk by its territory, and each desk that names one.

    `named` are pairs of a desk's slug and a location's id in the folder. A folder of one desk is all that this desk
    sees. A desk that ever saw a location, and perhaps stopped, is left as it is.
    """
    pairs = {(installed.locations[location], installed.desks[desk]) for desk, location in named}
    if len(folder.desks.rows) == 1:
        (only,) = folder.desks.rows
        pairs |= {(installed.locations[location], installed.desks[only]) for location in folder.locations.rows}
    at_home = dict(_home_desks(folder, installed))
    rows = LocationInDesk.objects.filter(location_id__in=[installed.locations[each] for each in folder.locations.rows])
    known = {(row.location_id, row.desk_id) for row in rows}
    have_home = {row.location_id for row in rows if row.relation == DeskRelation.HOME}
    homes = {(location, desks[0]) for location, desks in at_home.items() if location not in have_home}
    pairs |= {(location, desk) for location, desks in at_home.items() for desk in desks}
    LocationInDesk.objects.bulk_create(
        (
            LocationInDesk(
                location_id=location,
                desk_id=desk,
                relation=DeskRelation.HOME if (location, desk) in homes else DeskRelation.VIEW,
                start_on=EARLIEST_ON,
            )
            for location, desk in sorted(pairs - known)
        ),
        batch_size=_ROWS_AT_A_TIME,
    )


def _home_desks(folder: Folder, installed: Installed) -> Iterator[tuple[UUID, list[UUID]]]:
    """Yield the locations of the folder with the desks of their municipality, by today's codes; the first is home."""
    serving: dict[str, list[UUID]] = {}
    for desk in Desk.objects.order_by("slug"):
        for code in {geography.code_in_year(code, _LAST_YEAR) for code in desk.territory}:
            serving.setdefault(code, []).append(desk.id)
    for location_id, (_line, row) in folder.locations.rows.items():
        if desks := serving.get(geography.code_in_year(row.nis_code, _LAST_YEAR)):
            yield installed.locations[location_id], desks

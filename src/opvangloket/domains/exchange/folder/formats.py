"""The files of the exchange format, version 1: their columns, and one typed row of each (EXCHANGE)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final, Generic, NamedTuple, TypeVar

from opvangloket.domains.exchange.lists.cells import (
    DATE,
    HOURS,
    IDS,
    MOMENT,
    MUNICIPALITIES,
    MUNICIPALITY,
    OPENING,
    PARTS,
    PRICE,
    RESIDENCE,
    SLUG,
    Kind,
    Opening,
    degrees,
    one_of,
    people_text,
    several_of,
    text,
    whole_number,
    yes_no,
)
from opvangloket.domains.providers.models import LocationType, SubsidyStep, Tariff
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.case_facts import Channel
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.procedure import DeskMode, ReportRow

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header, what its cells hold, and whether each row must fill it."""

    name: str
    kind: Kind
    required: bool = False


@dataclass(frozen=True, slots=True)
class FileFormat(Generic[Row]):
    """One file: its name, its columns in the order of its row type, and whether a folder must have it.

    The first column is the id of the row, except for events, which have none.
    """

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    must_exist: bool = True

    def cells(self, row: Row) -> list[str]:
        """Return the cells of a row in their one written form."""
        return [column.kind.write(value) for column, value in zip(self.columns, row, strict=True)]

    def digest(self, row: Row) -> str:
        """Return a digest of what the row says: equal rows have equal digests, however they were written."""
        return sha256("\x1f".join(self.cells(row)).encode()).hexdigest()

    def differing(self, one: Row, other: Row) -> str | None:
        """Return the name of the first column in which two rows differ."""
        pairs = zip(self.columns, self.cells(one), self.cells(other), strict=True)
        return next((column.name for column, mine, theirs in pairs if mine != theirs), None)


class MetaRow(NamedTuple):
    """Where the ids of a folder come from."""

    source: str


class DeskRow(NamedTuple):
    """A desk."""

    slug: str
    name: str
    operator: str
    file_number: str
    territory: list[str]
    mode: str
    report_row: str


class OrganiserRow(NamedTuple):
    """An organiser."""

    id: str
    name: str
    kbo: str
    email: str
    phone: str


class LocationRow(NamedTuple):
    """A location."""

    id: str
    organiser: str
    name: str
    type: str
    subsidy_step: str
    file_number: str
    tariff: str
    licensed_places: int
    street: str
    house_number: str
    postcode: str
    nis_code: str
    lat: float | None
    lon: float | None
    opening: tuple[Opening, ...]
    price_day: Decimal | None
    price_half_day: Decimal | None
    email: str
    phone: str
    website: str
    inclusive: bool | None
    text: str


class RequestRow(NamedTuple):
    """A request as it was asked; `pattern` and `also_possible` are masks of day parts."""

    id: str
    desk: str
    registered_at: datetime
    channel: str
    applicant_first_name: str
    applicant_last_name: str
    applicant_email: str
    applicant_phone: str
    residence_nis: str
    child_first_name: str
    child_last_name: str
    child_birth_on: date | None
    child_due_on: date | None
    start_on: date
    end_on: date | None
    pattern: int
    also_possible: int | None
    parts_wanted: int | None
    hours: list[str]
    characteristics: list[str]
    urgent_reason: str
    special_need: bool
    locations: list[str]
    language: str


class EventRow(NamedTuple):
    """Something that happened to a request; `pattern` is a mask of day parts, None when the cell is empty."""

    request: str
    at: datetime
    kind: str
    location: str
    start_on: date | None
    pattern: int | None
    reply_by_on: date | None
    reason: str
    by: str


_ID = people_text(200)
_PERSON_NAME = people_text(100)
_MAIL = text(254)
_PHONE = text(40)

META: Final = FileFormat("meta.csv", MetaRow, (Column("source", text(120), required=True),), must_exist=False)
DESKS: Final = FileFormat(
    "desks.csv",
    DeskRow,
    (
        Column("desk", SLUG, required=True),
        Column("name", text(200), required=True),
        Column("operator", text(200), required=True),
        Column("file_number", text(40)),
        Column("territory", MUNICIPALITIES, required=True),
        Column("mode", one_of(DeskMode), required=True),
        Column("report_row", one_of(ReportRow, empty=ReportRow.RESIDENCE)),
    ),
)
ORGANISERS: Final = FileFormat(
    "organisers.csv",
    OrganiserRow,
    (
        Column("organiser", _ID, required=True),
        Column("name", text(200), required=True),
        Column("kbo", text(20)),
        Column("email", _MAIL),
        Column("phone", _PHONE),
    ),
    must_exist=False,
)
LOCATIONS: Final = FileFormat(
    "locations.csv",
    LocationRow,
    (
        Column("location", _ID, required=True),
        Column("organiser", _ID, required=True),
        Column("name", text(200), required=True),
        Column("type", one_of(LocationType), required=True),
        Column("subsidy_step", one_of(SubsidyStep), required=True),
        Column("file_number", text(40)),
        Column("tariff", one_of(Tariff), required=True),
        Column(
            "licensed_places", whole_number(0, "Schrijf het aantal vergunde plaatsen, bijvoorbeeld 18."), required=True
        ),
        Column("street", text(120)),
        Column("house_number", text(20)),
        Column("postcode", text(4)),
        Column("nis_code", MUNICIPALITY, required=True),
        Column("lat", degrees(90)),
        Column("lon", degrees(180)),
        Column("opening", OPENING),
        Column("price_day", PRICE),
        Column("price_half_day", PRICE),
        Column("email", _MAIL),
        Column("phone", _PHONE),
        Column("website", text(300)),
        Column("inclusive", yes_no(empty=None)),
        Column("text", text(None)),
    ),
)
REQUESTS: Final = FileFormat(
    "requests.csv",
    RequestRow,
    (
        Column("request", _ID, required=True),
        Column("desk", text(60), required=True),
        Column("registered_at", MOMENT, required=True),
        Column("channel", one_of(Channel), required=True),
        Column("applicant_first_name", _PERSON_NAME),
        Column("applicant_last_name", _PERSON_NAME),
        Column("applicant_email", _MAIL),
        Column("applicant_phone", _PHONE),
        Column("residence_nis", RESIDENCE),
        Column("child_first_name", _PERSON_NAME),
        Column("child_last_name", _PERSON_NAME),
        Column("child_birth_on", DATE),
        Column("child_due_on", DATE),
        Column("start_on", DATE, required=True),
        Column("end_on", DATE),
        Column("pattern", PARTS, required=True),
        Column("also_possible", PARTS),
        Column("parts_wanted", whole_number(1, "Schrijf een geheel getal vanaf 1, of laat de cel leeg.")),
        Column("hours", HOURS),
        Column("characteristics", several_of(Characteristic)),
        Column("urgent_reason", one_of(UrgentReason)),
        Column("special_need", yes_no(empty=False)),
        Column("locations", IDS),
        Column("language", Kind(text(12).read, str, empty="nl")),
    ),
)
EVENTS: Final = FileFormat(
    "events.csv",
    EventRow,
    (
        Column("request", _ID, required=True),
        Column("at", MOMENT, required=True),
        Column("kind", one_of(EventKind), required=True),
        Column("location", _ID),
        Column("start_on", DATE),
        Column("pattern", PARTS),
        Column("reply_by_on", DATE),
        Column("reason", people_text(200)),
        Column("by", people_text(120)),
    ),
)
FORMATS: Final[tuple[FileFormat[Any], ...]] = (META, DESKS, ORGANISERS, LOCATIONS, REQUESTS, EVENTS)
FILES: Final = tuple(file.name for file in FORMATS)

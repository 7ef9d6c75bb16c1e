"""Reads an exchange folder into plain records; a valid folder is assumed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Desk:
    slug: str
    territory: tuple[str, ...]
    mode: str
    report_row: str


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    at: datetime
    location: str = ""
    start_on: date | None = None
    pattern: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    id: str
    desk: str
    registered_at: datetime
    channel: str
    residence: str
    start_on: date
    pattern: frozenset[str]
    parts_wanted: int | None
    hours: tuple[str, ...]
    characteristics: frozenset[str]
    urgent_reason: str
    special_need: bool
    locations: tuple[str, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    desks: dict[str, Desk]
    nis_of_location: dict[str, str]
    requests: tuple[Request, ...]


def read_folder(path: Path) -> Folder:
    """Read the files that matter to the report; "a missing optional column is empty"."""
    desks = {
        # «`report_row` (`residence`, the default, | `location`)»
        row["desk"]: Desk(row["desk"], _list(row["territory"]), row["mode"], row.get("report_row") or "residence")
        for row in rows_of(path / "desks.csv")
    }
    nis_of_location = {row["location"]: row["nis_code"] for row in rows_of(path / "locations.csv")}
    events: dict[str, list[Event]] = {}
    for row in rows_of(path / "events.csv"):
        events.setdefault(row["request"], []).append(_event(row))
    requests = tuple(_request(row, events.get(row["request"], [])) for row in rows_of(path / "requests.csv"))
    return Folder(desks, nis_of_location, requests)


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of one file by column name."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def moment(text: str) -> datetime:
    """Read a moment, "ISO 8601 with offset or `Z`", as an instant in UTC."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"moment without offset: {text}")
    return value.astimezone(UTC)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _event(row: dict[str, str]) -> Event:
    return Event(
        kind=row["kind"],
        at=moment(row["at"]),
        location=row.get("location", ""),
        start_on=date.fromisoformat(row["start_on"]) if row.get("start_on") else None,
        pattern=frozenset(_list(row.get("pattern", ""))),
    )


def _request(row: dict[str, str], events: list[Event]) -> Request:
    return Request(
        id=row["request"],
        desk=row["desk"],
        registered_at=moment(row["registered_at"]),
        channel=row["channel"],
        residence=row.get("residence_nis", ""),
        start_on=date.fromisoformat(row["start_on"]),
        pattern=frozenset(_list(row["pattern"])),
        parts_wanted=int(row["parts_wanted"]) if row.get("parts_wanted") else None,
        hours=_list(row.get("hours", "")),
        characteristics=frozenset(_list(row.get("characteristics", ""))),
        urgent_reason=row.get("urgent_reason", ""),
        special_need=row.get("special_need") == "yes",
        locations=_list(row.get("locations", "")),
        # «Events are read per request in order of the instant `at` (the file need not be sorted);
        # equal instants keep file order»; sorted() keeps equal elements in place.
        events=tuple(sorted(events, key=lambda event: event.at)),
    )

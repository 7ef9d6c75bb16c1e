"""Writes a large, plausible exchange folder: one desk, its locations, and requests with four events each."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

LOCATIONS = 400
ORGANISERS = 150
YEARS = range(2018, 2026)
EVENTS_PER_REQUEST = 4
TERRITORY = ("41048", "41018", "41027", "41063", "41081")
WEEKDAYS = ("ma", "di", "wo", "do", "vr")
NAMES = ("Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Yilmaz", "El Amrani", "De Smet", "Nowak", "Diallo")
CHARACTERISTICS = (
    "WerkOpleiding",
    "Alleenstaanden",
    "LaagInkomen",
    "BroerZus",
    "LaagOpleidingsniveau",
    "Pleegkinderen",
)

Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """Which municipalities the desk serves, how many locations they have, and in which years care was to start."""

    territory: Sequence[str] = TERRITORY
    locations: int = LOCATIONS
    years: Sequence[int] = YEARS


def write_folder(folder: Path, *, requests: int, seed: int = 1, region: Region = Region()) -> None:
    """Write the folder; the same numbers always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "meta.csv", ("source",), [("meting",)])
    _write(
        folder / "desks.csv",
        ("desk", "name", "operator", "territory", "mode"),
        [("denderstreek", "Loket Denderstreek", "Stad Ninove", "|".join(region.territory), "central")],
    )
    _write(
        folder / "organisers.csv",
        ("organiser", "name"),
        ((f"O{number}", f"Organisator {number}") for number in range(ORGANISERS)),
    )
    _write(
        folder / "locations.csv",
        ("location", "organiser", "name", "type", "subsidy_step", "tariff", "licensed_places", "nis_code"),
        (
            (f"L{n}", f"O{n % ORGANISERS}", f"Opvang {n}", "group", "T2A", "income", 18, nis_code)
            for n, nis_code in zip(range(region.locations), cycle(region.territory), strict=False)
        ),
    )
    _write(
        folder / "requests.csv",
        (
            "request", "desk", "registered_at", "channel", "applicant_first_name", "applicant_last_name",
            "applicant_email", "applicant_phone", "residence_nis", "child_first_name", "child_last_name",
            "child_birth_on", "start_on", "pattern", "characteristics", "urgent_reason", "special_need", "locations",
        ),
        (_request(seed, number, region) for number in range(requests)),
    )  # fmt: skip
    _write(
        folder / "events.csv",
        ("request", "at", "kind", "location", "start_on", "pattern", "reply_by_on", "reason"),
        (event for number in range(requests) for event in _events(seed, number, region)),
    )


def _request(seed: int, number: int, region: Region) -> Cells:
    random, registered_at, start_on, pattern, locations = _facts(seed, number, region)
    name = random.choice(NAMES)
    return (
        f"R{number}", "denderstreek", registered_at.isoformat(), random.choice(("online", "phone", "counter")),
        "Sara", name, f"gezin{number}@example.org", f"0470 {number % 100:02} {number // 100 % 100:02} 00",
        random.choice(region.territory), f"Kind {number}", name, start_on - timedelta(days=150), start_on, pattern,
        "|".join(random.sample(CHARACTERISTICS, random.choice((0, 1, 2)))),
        random.choice(("", "", "", "StartWerk")), random.choice(("", "", "", "yes")), "|".join(locations),
    )  # fmt: skip


def _events(seed: int, number: int, region: Region) -> Iterator[Cells]:
    random, registered_at, start_on, _pattern, locations = _facts(seed, number, region)
    moments = [(registered_at + timedelta(days=3 * step)).isoformat() for step in range(1, EVENTS_PER_REQUEST + 1)]
    request, first, second = f"R{number}", *locations[:2]
    yield request, moments[0], "answered_no", second, "", "", "", "volzet"
    yield request, moments[1], "answered_yes", first, "", "", start_on, ""
    if random.random() < 0.6:
        yield request, moments[2], "offer_accepted", first, "", "", "", ""
        yield (
            request,
            moments[3],
            "start_confirmed",
            first,
            start_on + timedelta(days=random.choice((0, 0, 40))),
            "",
            "",
            "",
        )
    else:
        yield request, moments[2], "offer_declined", first, "", "", "", "afstand"
        yield request, moments[3], random.choice(("search_ended", "found_elsewhere", "withdrawn")), "", "", "", "", ""


def _facts(seed: int, number: int, region: Region) -> tuple[Random, datetime, date, str, list[str]]:
    """Return what both the request and its events are made of."""
    random = Random(seed * 1_000_003 + number)
    start_on = date(random.choice(region.years), 1, 1) + timedelta(days=random.randrange(365))
    registered_at = datetime(start_on.year, start_on.month, start_on.day, 9, tzinfo=UTC) - timedelta(days=200)
    days = random.sample(WEEKDAYS, random.choice((2, 3, 4, 5)))
    pattern = "|".join(f"{day}_{half}" for day in days for half in ("vm", "nm"))
    return random, registered_at, start_on, pattern, [f"L{n}" for n in random.sample(range(region.locations), 5)]


def _write(path: Path, header: Cells, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)

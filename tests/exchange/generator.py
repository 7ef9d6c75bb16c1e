"""Writes a valid exchange folder from a seed: awkward rather than realistic, so that every clause is met often.

The same seed always writes the same bytes.
"""

import argparse
import csv
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

from tests.exchange.folder import rows_of
from tests.exchange.generator_events import Story, draw_events
from tests.exchange.generator_values import (
    CHANNELS,
    TEXTS,
    URGENT_REASONS,
    chance,
    characteristics,
    hours,
    moment_text,
    original_start,
    parts_wanted,
    pattern,
    registration,
)

DATA = Path(__file__).parent / "data"
Row = dict[str, str]

# Columns per file; those that only carry data past the report may be left out of a generated file.
COLUMNS = {
    "meta": "source",
    "desks": "desk name operator file_number territory mode report_row",
    "organisers": "organiser name kbo email phone",
    "locations": "location organiser name type subsidy_step file_number tariff licensed_places street house_number "
    "postcode nis_code lat lon opening price_day price_half_day email phone website inclusive text",
    "requests": "request desk registered_at channel applicant_first_name applicant_last_name applicant_email "
    "applicant_phone residence_nis child_first_name child_last_name child_birth_on child_due_on start_on end_on pattern "
    "also_possible parts_wanted hours characteristics urgent_reason special_need locations language",
    "events": "request at kind location start_on pattern reply_by_on reason by",
}
DROPPABLE = {
    "desks": "file_number",
    "organisers": "kbo email phone",
    "locations": "file_number street house_number postcode lat lon opening price_day price_half_day email phone website "
    "inclusive text",
    "requests": "applicant_email applicant_phone end_on also_possible language",
    "events": "reply_by_on by",
}
DESKS = [*((mode, row) for mode in ("central", "desk_only") for row in ("residence", "location", "")), ("central", "")]
# The last desk has few requests: years without any, and reports without a row for requests from outside.
REQUEST_SHARES = (8, 8, 8, 8, 8, 8, 1)
# Municipalities that never merged: one for each territory, and others that no desk serves.
QUIET_CODES = ("11001", "24062", "44021", "31005", "13040", "71016", "12014")
OUTSIDE_CODES = ("21004", "41002", "11008")


def merged_towns() -> list[list[str]]:
    """Return the codes of every municipality that merged with others: the old ones, then the new one."""
    rows = sorted(rows_of(DATA / "gemeentefusies.csv"), key=lambda row: row["nieuw_nis"])
    return [
        [*(row["oud_nis"] for row in group if row["oud_nis"] != new), new]
        for new, group in ((new, list(rows)) for new, rows in groupby(rows, key=lambda row: row["nieuw_nis"]))
    ]


def generate(folder: Path, *, seed: int, requests: int = 500) -> None:
    """Write every file of one folder."""
    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "meta.csv").unlink(missing_ok=True)
    towns = merged_towns()
    rng.shuffle(towns)
    # Every desk has its own towns, so that the codes around it are now inside its territory, now just outside.
    towns_of_desk = [towns[number :: len(DESKS)] for number in range(len(DESKS))]
    tables: dict[str, list[Row]] = {
        "desks": [draw_desk(rng, number, towns_of_desk[number]) for number in range(len(DESKS))],
        "organisers": [draw_organiser(rng, number) for number in range(8)],
        "locations": [],
        "requests": [],
        "events": [],
    }
    for number, desk_towns in enumerate(towns_of_desk):
        codes = [code for town in desk_towns for code in town]
        tables["locations"] += [draw_location(rng, number * 10 + place, rng.choice(codes)) for place in range(8)]
        tables["locations"] += [
            draw_location(rng, number * 10 + place, rng.choice((*QUIET_CODES, *OUTSIDE_CODES))) for place in (8, 9)
        ]
    drawn_events = draw_requests(rng, requests, towns_of_desk, tables)
    tables["events"] = shuffled_events(rng, drawn_events)
    rng.shuffle(tables["requests"])
    if chance(rng, 50):
        tables["meta"] = [{"source": f"oud-systeem-{seed}"}]
    for name, rows in tables.items():
        write_table(rng, folder, name, rows)


def draw_desk(rng: Random, number: int, towns: Sequence[Sequence[str]]) -> Row:
    """Draw a territory of whole merged towns by their old codes, parts of them, or their new code."""
    mode, report_row = DESKS[number]
    territory: list[str] = []
    for town in towns:
        *old, new = town
        territory += rng.choice((old, rng.sample(old, max(1, len(old) - 1)), old[:1], [new]))
    if chance(rng, 50):
        territory.append(QUIET_CODES[number])
    rng.shuffle(territory)
    return {
        "desk": f"loket-{number}",
        "name": f"Loket {rng.choice(TEXTS)} {number}",
        "operator": "Lokaal bestuur",
        "file_number": rng.choice(("", f"LL-{number}")),
        "territory": "|".join(territory),
        "mode": mode,
        "report_row": report_row,
    }


def draw_organiser(rng: Random, number: int) -> Row:
    base = 4_000_000 + number
    return {
        "organiser": f"O{number}",
        "name": f"{rng.choice(TEXTS)} vzw",
        "kbo": rng.choice(("", f"{base:08d}{97 - base % 97:02d}")),
        "email": rng.choice(("", f"organisator{number}@example.org")),
        "phone": rng.choice(("", "+32 470 12 34 56")),
    }


def draw_location(rng: Random, number: int, nis_code: str) -> Row:
    return {
        "location": f"L{number}",
        "organiser": f"O{rng.randrange(8)}",
        "name": f"Opvang {rng.choice(TEXTS)} {number}",
        "type": rng.choice(("family", "group")),
        "subsidy_step": rng.choice(("T0", "T1", "T2A", "T2B", "T3")),
        "tariff": rng.choice(("income", "free", "mixed")),
        "licensed_places": str(rng.choice((4, 8, 14, 57))),
        "nis_code": nis_code,
        "lat": rng.choice(("", "51.05")),
        "lon": rng.choice(("", "3.72")),
        "opening": rng.choice(("", "ma 07:00-18:00", "ma 07:00-18:00|di 06:30-24:00")),
        "price_day": rng.choice(("", "28.50")),
        "inclusive": rng.choice(("", "yes", "no")),
        "text": rng.choice(("", *TEXTS)),
    }


def draw_requests(
    rng: Random, count: int, towns_of_desk: Sequence[Sequence[Sequence[str]]], tables: dict[str, list[Row]]
) -> list[tuple[datetime, Row]]:
    """Add the requests to their table and return all their events, each request's in order."""
    events: list[tuple[datetime, Row]] = []
    ids_of_desk: list[list[str]] = [[] for _ in DESKS]
    row: Row = {}
    for number in range(count):
        (desk,) = rng.choices(range(len(DESKS)), REQUEST_SHARES)
        own = [row["location"] for row in tables["locations"][desk * 10 : desk * 10 + 10]]
        anywhere = [row["location"] for row in tables["locations"]]
        request = rng.choice((f"R{number}", f"2024/{number}", f"A, {number}", f"é-{number}"))
        # Now and then twins: one family asks the same for two children, in two requests that both count.
        row = dict(row) if row and chance(rng, 8) else draw_request(rng)
        row |= {
            "request": request,
            "desk": f"loket-{desk}",
            "residence_nis": draw_residence(rng, towns_of_desk, desk),
            "locations": "|".join(rng.sample(own if chance(rng, 70) else anywhere, rng.choice((0, 1, 2, 3, 5)))),
        }
        events += draw_events(
            Story(
                rng=rng,
                request=request,
                desk_requests=tuple(ids_of_desk[desk]),
                start=date.fromisoformat(row["start_on"]),
                pattern=row["pattern"].split("|"),
                # An organiser outside the family's own choice may answer too.
                locations=rng.sample(anywhere if chance(rng, 20) else own, rng.choice((1, 2, 2, 3))),
            )
        )
        ids_of_desk[desk].append(request)
        tables["requests"].append(row)
    return events


def draw_request(rng: Random) -> Row:
    start, asked = original_start(rng), pattern(rng)
    born = start - timedelta(days=rng.randrange(60, 900))
    dates = rng.choice(
        ({"child_birth_on": born}, {"child_due_on": born}, {"child_birth_on": born, "child_due_on": born})
    )
    return {
        "registered_at": moment_text(rng, registration(rng, start)),
        "channel": "organiser" if chance(rng, 35) else rng.choice(CHANNELS),
        "applicant_first_name": rng.choice(("", *TEXTS)),
        "applicant_last_name": rng.choice(("", *TEXTS)),
        "applicant_email": rng.choice(("", "ouder@example.org")),
        "applicant_phone": rng.choice(("", "0470 12 34 56")),
        "child_first_name": rng.choice(("", *TEXTS)),
        "child_last_name": rng.choice(("", *TEXTS)),
        **{name: day.isoformat() for name, day in dates.items()},
        "start_on": start.isoformat(),
        "end_on": rng.choice(("", (start + timedelta(days=900)).isoformat())),
        "pattern": "|".join(asked),
        "also_possible": rng.choice(("", "|".join(pattern(rng)))),
        "parts_wanted": parts_wanted(rng, asked),
        "hours": hours(rng),
        "characteristics": characteristics(rng),
        "urgent_reason": rng.choice((*URGENT_REASONS, "", "", "")),
        "special_need": rng.choice(("", "", "no", "yes")),
        "language": rng.choice(("", "nl", "fr")),
    }


def draw_residence(rng: Random, towns_of_desk: Sequence[Sequence[Sequence[str]]], desk: int) -> str:
    """Draw a residence in one of the desk's towns (by any of its codes), elsewhere, or absent."""
    if chance(rng, 15):
        return ""
    if chance(rng, 20):
        return rng.choice((*QUIET_CODES, *OUTSIDE_CODES))
    towns = towns_of_desk[desk if chance(rng, 75) else rng.randrange(len(DESKS))]
    return rng.choice(rng.choice(towns))


def shuffled_events(rng: Random, drawn: list[tuple[datetime, Row]]) -> list[Row]:
    """Shuffle all events; those of one request at one instant keep their order, for there file order decides."""
    order = list(range(len(drawn)))
    rng.shuffle(order)
    slots: dict[tuple[str, datetime], list[int]] = {}
    for slot, position in enumerate(order):
        moment, row = drawn[position]
        slots.setdefault((row["request"], moment), []).append(slot)
    rows: list[Row] = [{} for _ in drawn]
    for moment, row in drawn:
        rows[slots[row["request"], moment].pop(0)] = row
    return rows


def write_table(rng: Random, folder: Path, name: str, rows: Sequence[Row]) -> None:
    """Write one file with its columns in any order, some optional ones left out, in any of the allowed dialects."""
    dropped = {column for column in DROPPABLE.get(name, "").split() if chance(rng, 15)}
    columns = [column for column in COLUMNS[name].split() if column not in dropped]
    rng.shuffle(columns)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file,
            columns,
            restval="",
            extrasaction="ignore",
            lineterminator=rng.choice(("\n", "\r\n")),
            quoting=rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)),
        )
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--requests", type=int, default=500)
    arguments = parser.parse_args()
    generate(arguments.folder, seed=arguments.seed, requests=arguments.requests)


if __name__ == "__main__":
    main()

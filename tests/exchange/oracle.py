"""Counts the annual report of an exchange folder a second time, clause by clause; its rows equal the CSV contract.

It imports nothing of the product, so that the two counts can be compared. Speed comes second.
"""

import argparse
import csv
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.exchange.folder import Desk, Folder, Request, read_folder, rows_of
from tests.exchange.outcomes import (
    UNANSWERED,
    Original,
    brussels_date,
    events_up_to,
    is_up_to,
    original_of,
    outcome_as_of,
)

DATA = Path(__file__).parent / "data"
OUTSIDE, OUTSIDE_NAME = "00000", "buiten werkingsgebied"
CATEGORIES = ("urgent", "atypical", "priority", "vulnerable", "special_need")
OUTCOME_COLUMNS = (
    *UNANSWERED,
    "partly_later",
    "partly_fewer",
    "partly_both",
    "found_elsewhere",
    "lapsed",
    "unknown",
)
COLUMNS = (
    "year",
    "as_of",
    "nis_code",
    "municipality",
    "total",
    *OUTCOME_COLUMNS,
    *(f"{category}_{kind}" for category in CATEGORIES for kind in ("total", "unanswered")),
)

# «at least two of the five groups …, of which at least one of the last three»
VULNERABLE_GROUPS = (
    {"WerkOpleiding"},
    {"Alleenstaanden"},
    {"LaagInkomen"},
    {"GezinslidHandicap", "GezinslidZelfzorgvermogen", "SociaalPedagogisch"},
    {"LaagOpleidingsniveau"},
)
PRIORITY_2014 = {"WerkOpleiding", "Alleenstaanden", "LaagInkomen", "Pleegkinderen"}
PRIORITY_2024 = {"VierVijfden", "BroerZus", "Pleegkinderen"}

MERGERS = sorted(rows_of(DATA / "gemeentefusies.csv"), key=lambda row: row["datum"])
# «Names from `gemeenten_2025.csv`, for older codes the old name.»
NAMES = {row["oud_nis"]: row["oud_naam"] for row in MERGERS} | {
    row["nis_code"]: row["naam_nl"] for row in rows_of(DATA / "gemeenten_2025.csv")
}


# Municipalities


def code_in(year: int, code: str) -> str:
    # «apply in date order every merger (`gemeentefusies.csv`) dated up to 31 December of Y»
    for merger in MERGERS:
        if merger["datum"] <= f"{year}-12-31" and merger["oud_nis"] == code:
            code = merger["nieuw_nis"]
    return code


def territory_in(year: int, desk: Desk) -> set[str]:
    return {code_in(year, code) for code in desk.territory}


def row_of(request: Request, desk: Desk, year: int, nis_of_location: dict[str, str]) -> str:
    territory = territory_in(year, desk)
    # «Row (`report_row` = `residence`): the residence when it belongs to the territory»
    if desk.report_row == "residence" and code_in(year, request.residence) in territory:
        return code_in(year, request.residence)
    # «otherwise the first location in `locations` (only the first) when it does»
    if request.locations and code_in(year, nis_of_location[request.locations[0]]) in territory:
        return code_in(year, nis_of_location[request.locations[0]])
    # «otherwise the row `00000`»
    return OUTSIDE


# Categories


def rule_set(request: Request) -> str:
    # «Rule sets by registration date (Brussels): `VR2014` up to 2024-03-31, `VR2024` 2024-04-01…2025-04-29,
    # `VR2014b` from 2025-04-30.»
    registered = brussels_date(request.registered_at)
    if registered <= date(2024, 3, 31):
        return "VR2014"
    return "VR2024" if registered <= date(2025, 4, 29) else "VR2014b"


def is_vulnerable(request: Request) -> bool:
    met = [bool(group & request.characteristics) for group in VULNERABLE_GROUPS]
    return sum(met) >= 2 and any(met[2:])


def is_priority(request: Request) -> bool:
    # «VR2024: any of {VierVijfden, BroerZus, Pleegkinderen} (vulnerable plays no part)»
    if rule_set(request) == "VR2024":
        return bool(request.characteristics & PRIORITY_2024)
    # «VR2014 and VR2014b: vulnerable, or at least two of {WerkOpleiding, Alleenstaanden, LaagInkomen, Pleegkinderen}»
    return is_vulnerable(request) or len(request.characteristics & PRIORITY_2014) >= 2


def is_urgent(request: Request, original: Original) -> bool:
    # «an urgent reason, and original start - registration date (Brussels) ≤ 31 days, also when negative»
    return bool(request.urgent_reason) and (original.start - brussels_date(request.registered_at)).days <= 31


def is_atypical(request: Request, original: Original) -> bool:
    # «a `za_`/`zo_` part in the original pattern (as corrected up to D), or in `hours` …»
    in_weekend = any(part.startswith(("za_", "zo_")) for part in original.pattern)
    return in_weekend or any(is_atypical_entry(entry) for entry in request.hours)


def is_atypical_entry(entry: str) -> bool:
    # «`nacht` or `feestdag`»
    if entry in ("nacht", "feestdag"):
        return True
    weekday, span = entry.split(" ")
    start, end = span.split("-")
    # «a start before 07:00, an end after 18:00, an end not after its start (past midnight), a `za`/`zo` entry»
    return start < "07:00" or end > "18:00" or end <= start or weekday in ("za", "zo")


def categories_of(request: Request, original: Original) -> set[str]:
    met = {
        "urgent": is_urgent(request, original),
        "atypical": is_atypical(request, original),
        "priority": is_priority(request),
        "vulnerable": is_vulnerable(request),
        # «`special_need`: yes.»
        "special_need": request.special_need,
    }
    return {category for category, applies in met.items() if applies}


def categories_in(year: int) -> tuple[str, ...]:
    # «Year 2019 and earlier: category columns empty. 2020-2023 and from 2025: all five. 2024: priority empty.»
    if year <= 2019:
        return ()
    return tuple(category for category in CATEGORIES if year != 2024 or category != "priority")


# The report


def default_as_of(year: int) -> date:
    # «Default D = 28 February of Y+1.»
    return date(year + 1, 2, 28)


def columns_of(outcome: str, categories: Iterable[str]) -> set[str]:
    """Return every column in which one counted request counts for one."""
    columns = {"total", outcome} & set(COLUMNS)
    # «`partly_later` and `partly_fewer` each include `partly_both`»
    if outcome == "partly_both":
        columns |= {"partly_later", "partly_fewer"}
    for category in categories:
        columns.add(f"{category}_total")
        # «"…_unanswered" counts both kinds of unanswered.»
        if outcome in UNANSWERED:
            columns.add(f"{category}_unanswered")
    return columns


def report_rows(folder: Folder, slug: str, year: int, as_of: date | None = None) -> list[dict[str, str]]:
    """Return the rows of one report as the texts that its CSV holds."""
    day = as_of or default_as_of(year)
    desk = folder.desks[slug]
    # «Every municipality of the territory has a row, also with zeros»
    counts = {code: dict.fromkeys(COLUMNS[4:], 0) for code in territory_in(year, desk)}
    for request in folder.requests:
        if request.desk != slug:
            continue
        original = original_of(request, events_up_to(request, day))
        # «Year Y counts requests whose **original** start (as corrected up to D) lies in Y and whose `registered_at`
        # is up to D.»
        if original.start.year != year or not is_up_to(request.registered_at, day):
            continue
        outcome = outcome_as_of(request, day, desk.mode)
        if outcome is None:
            continue
        # «`00000` only when it counts something»
        row = counts.setdefault(row_of(request, desk, year, folder.nis_of_location), dict.fromkeys(COLUMNS[4:], 0))
        for column in columns_of(outcome, categories_of(request, original)):
            row[column] += 1
    # «Rows sorted by `nis_code` as text.»
    return [_text_row(year, day, code, counts[code]) for code in sorted(counts)]


def _text_row(year: int, day: date, code: str, counts: dict[str, int]) -> dict[str, str]:
    name = OUTSIDE_NAME if code == OUTSIDE else NAMES[code]
    row = {"year": str(year), "as_of": day.isoformat(), "nis_code": code, "municipality": name}
    row |= {column: str(count) for column, count in counts.items()}
    # «a category not registered in that year is empty, not 0»
    for category in set(CATEGORIES) - set(categories_in(year)):
        row |= {f"{category}_total": "", f"{category}_unanswered": ""}
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--desk", required=True)
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--as-of", type=date.fromisoformat)
    arguments = parser.parse_args()
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(report_rows(read_folder(arguments.folder), arguments.desk, arguments.year, arguments.as_of))


if __name__ == "__main__":
    main()

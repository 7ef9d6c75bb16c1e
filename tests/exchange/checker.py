"""Finds what is wrong in an exchange folder: proof that generated folders are valid and broken ones break as named."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.exchange.folder import moment
from tests.exchange.oracle import MERGERS, NAMES
from tests.exchange.outcomes import CLOSES_OFFER, OFFERS

Check = Callable[[str], object]
REQUIRED_FILES = ("desks.csv", "locations.csv", "requests.csv", "events.csv")
MUNICIPALITIES = set(NAMES) | {row["nieuw_nis"] for row in MERGERS}
ID_COLUMN = {"desks.csv": "desk", "organisers.csv": "organiser", "locations.csv": "location", "requests.csv": "request"}


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int | None
    column: str | None


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: dict[str, str]


def matches(pattern: str) -> Check:
    return re.compile(pattern).fullmatch


def one_of(words: str) -> Check:
    return matches("|".join(words.split()))


def each(check: Check) -> Check:
    return lambda text: all(check(part) for part in text.split("|"))


def is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and _reads(date.fromisoformat, text)


def is_moment(text: str) -> bool:
    return "T" in text and _reads(moment, text)


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


anything = matches(r"[\s\S]+")
day_parts = each(matches("(ma|di|wo|do|vr|za|zo)_(vm|nm)"))
SPAN = r"(ma|di|wo|do|vr|za|zo) (([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)"
yes_no = one_of("yes no")
decimal = matches(r"-?\d+(\.\d+)?")
whole_number = matches(r"0*[1-9]\d*")
municipality = MUNICIPALITIES.__contains__
NOTHING = dict[str, Check]()

REQUIRED: dict[str, dict[str, Check]] = {
    "desks.csv": {
        **dict.fromkeys(("desk", "name", "operator"), anything),
        "territory": each(municipality),
        "mode": one_of("central desk_only"),
    },
    "organisers.csv": dict.fromkeys(("organiser", "name"), anything),
    "locations.csv": {
        **dict.fromkeys(("location", "organiser", "name"), anything),
        "type": one_of("family group"),
        "subsidy_step": one_of("T0 T1 T2A T2B T3"),
        "tariff": one_of("income free mixed"),
        "licensed_places": whole_number,
        "nis_code": municipality,
    },
    "requests.csv": {
        **dict.fromkeys(("request", "desk"), anything),
        "registered_at": is_moment,
        "channel": one_of("online phone counter paper helper organiser import interface"),
        "start_on": is_date,
        "pattern": day_parts,
    },
    "events.csv": {
        "request": anything,
        "at": is_moment,
        "kind": one_of(
            "answered_yes answered_alternative answered_no offer_accepted offer_declined offer_expired offer_withdrawn "
            "placed_directly start_confirmed still_searching search_ended found_elsewhere lapsed withdrawn reopened "
            "corrected not_genuine merged_into"
        ),
    },
    "meta.csv": {"source": anything},
}
OPTIONAL: dict[str, dict[str, Check]] = {
    "desks.csv": {"file_number": anything, "report_row": one_of("residence location")},
    "organisers.csv": dict.fromkeys(("kbo", "email", "phone"), anything),
    "locations.csv": {
        **dict.fromkeys(
            ["file_number", "street", "house_number", "postcode", "email", "phone", "website", "text"], anything
        ),
        **dict.fromkeys(("lat", "lon", "price_day", "price_half_day"), decimal),
        "opening": each(matches(SPAN)),
        "inclusive": yes_no,
    },
    "requests.csv": {
        **dict.fromkeys(
            ["applicant_first_name", "applicant_last_name", "applicant_email", "applicant_phone"], anything
        ),
        **dict.fromkeys(["child_first_name", "child_last_name", "locations", "language"], anything),
        **dict.fromkeys(("child_birth_on", "child_due_on", "end_on"), is_date),
        "residence_nis": matches(r"\d{5}"),
        "also_possible": day_parts,
        "parts_wanted": whole_number,
        "hours": each(matches(f"{SPAN}|nacht|feestdag")),
        "characteristics": each(
            one_of(
                "WerkOpleiding Alleenstaanden LaagInkomen Pleegkinderen GezinslidHandicap GezinslidZelfzorgvermogen "
                "SociaalPedagogisch LaagOpleidingsniveau BroerZus VierVijfden"
            )
        ),
        "urgent_reason": one_of("StartWerk StartOpleiding WegvallenOpvang CrisisgeenZorg CrisisZorg"),
        "special_need": yes_no,
    },
    "events.csv": {
        **dict.fromkeys(("location", "reason", "by"), anything),
        **dict.fromkeys(("start_on", "reply_by_on"), is_date),
        "pattern": day_parts,
    },
}
REFERENCES = (
    ("locations.csv", "organiser", "organisers.csv"),
    ("requests.csv", "desk", "desks.csv"),
    ("requests.csv", "locations", "locations.csv"),
    ("events.csv", "request", "requests.csv"),
    ("events.csv", "location", "locations.csv"),
)
NEEDS = {
    **dict.fromkeys(("answered_yes", "placed_directly", *CLOSES_OFFER), ("location",)),
    "answered_alternative": ("location", "start_on", "pattern"),
    "answered_no": ("location", "reason"),
    "lapsed": ("reason",),
    "merged_into": ("reason",),
}


def problems_of(folder: Path) -> list[Problem]:
    """Return the problems of the first kind found: of the files, of the cells and references, of the order of events."""
    missing = [Problem(name, None, None) for name in REQUIRED_FILES if not (folder / name).exists()]
    files: dict[str, list[Line]] = {}
    structure = list(missing)
    for name in REQUIRED:
        if (folder / name).exists():
            lines = read_lines(folder / name)
            if isinstance(lines, Problem):
                structure.append(lines)
            else:
                files[name] = lines
    if structure:
        return structure
    cells = [*wrong_cells(files), *wrong_references(files), *unmet_needs(files)]
    return cells or list(events_that_concern_nothing(files["events.csv"]))


def read_lines(path: Path) -> list[Line] | Problem:
    """Return the rows of a file with the number of their first line, or the first thing wrong with the file."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(path.name, content[: error.start].count(b"\n") + 1, None)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    lines = []
    start = 1
    try:
        for cells in reader:
            if not header:
                header = cells
                if wrong := wrong_column(path.name, header):
                    return Problem(path.name, 1, wrong)
            elif len(cells) != len(header):
                return Problem(path.name, start, None)
            else:
                lines.append(Line(start, dict(zip(header, cells, strict=True))))
            start = reader.line_num + 1
    except csv.Error:
        return Problem(path.name, start, None)
    return lines


def wrong_column(file: str, header: list[str]) -> str | None:
    """Return a column that is unknown, repeated, or required and missing."""
    known = REQUIRED[file] | OPTIONAL.get(file, NOTHING)
    unknown = (name for number, name in enumerate(header) if name not in known or name in header[:number])
    return next(unknown, None) or next((name for name in REQUIRED[file] if name not in header), None)


def wrong_cells(files: dict[str, list[Line]]) -> Iterator[Problem]:
    for file, lines in files.items():
        seen: set[str] = set()
        for line in lines:
            for column, text in line.cells.items():
                is_required = column in REQUIRED[file]
                check = REQUIRED[file][column] if is_required else OPTIONAL[file][column]
                if (text and not check(text)) or (is_required and not text):
                    yield Problem(file, line.number, column)
            if file in ID_COLUMN:
                if line.cells[ID_COLUMN[file]] in seen:
                    yield Problem(file, line.number, ID_COLUMN[file])
                seen.add(line.cells[ID_COLUMN[file]])


def wrong_references(files: dict[str, list[Line]]) -> Iterator[Problem]:
    for file, column, target in REFERENCES:
        known = {line.cells[ID_COLUMN[target]] for line in files.get(target, [])}
        for line in files[file]:
            text = line.cells.get(column, "")
            if text and any(one not in known for one in text.split("|")):
                yield Problem(file, line.number, column)


def unmet_needs(files: dict[str, list[Line]]) -> Iterator[Problem]:
    for line in files["requests.csv"]:
        if not (line.cells.get("child_birth_on") or line.cells.get("child_due_on")):
            yield Problem("requests.csv", line.number, "child_birth_on")
    requests = {line.cells["request"] for line in files["requests.csv"]}
    for line in files["events.csv"]:
        cells = line.cells
        for column in NEEDS.get(cells["kind"], ()):
            if not cells.get(column):
                yield Problem("events.csv", line.number, column)
        if cells["kind"] == "corrected" and not (cells.get("start_on") or cells.get("pattern")):
            yield Problem("events.csv", line.number, "start_on")
        other = cells.get("reason") if cells["kind"] == "merged_into" else ""
        if other and other not in requests - {cells["request"]}:
            yield Problem("events.csv", line.number, "reason")


def events_that_concern_nothing(lines: list[Line]) -> Iterator[Problem]:
    offered: set[tuple[str, str]] = set()
    placed: set[tuple[str, str]] = set()
    for line in sorted(lines, key=lambda line: moment(line.cells["at"])):
        request, kind, location = line.cells["request"], line.cells["kind"], line.cells.get("location", "")
        if kind in OFFERS:
            offered.add((request, location))
        if kind in CLOSES_OFFER and (request, location) not in offered:
            yield Problem("events.csv", line.number, "kind")
        if kind == "start_confirmed" and (request, location) not in placed:
            yield Problem("events.csv", line.number, "kind")
        if kind in ("offer_accepted", "placed_directly"):
            placed |= {(request, location), (request, "")}

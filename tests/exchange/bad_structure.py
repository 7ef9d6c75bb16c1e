"""Ways to break a whole file of the small valid folder, and changes that must break nothing."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BadCase:
    """One way to break the small valid folder, and where the error must be reported.

    `line` counts the lines of the file from 1, the header; a row of several lines is at its first. It is None when the
    file is missing. `column` is the name in
    the header; it is None when the whole line or file is wrong.
    """

    name: str
    file: str
    line: int | None
    column: str | None
    apply: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class HarmlessCase:
    """One change to the small valid folder after which it is still valid and means the same."""

    name: str
    apply: Callable[[Path], None]


def read_cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def write_cells(path: Path, cells: list[list[str]], *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=quoting, lineterminator=end).writerows(cells)  # type: ignore[arg-type]


def replace_text(file: str, old: str, new: str) -> Callable[[Path], None]:
    return replace_bytes(file, old.encode(), new.encode())


def replace_bytes(file: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return an edit that replaces the first occurrence, which must be there."""

    def edit(folder: Path) -> None:
        content = (folder / file).read_bytes()
        if old not in content:
            raise LookupError(f"{old!r} is not in {file}")
        (folder / file).write_bytes(content.replace(old, new, 1))

    return edit


def without_file(file: str) -> BadCase:
    def edit(folder: Path) -> None:
        (folder / file).unlink()

    return BadCase(f"{file} is missing", file, None, None, edit)


def without_column(file: str, column: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        cells = read_cells(folder / file)
        place = cells[0].index(column)
        write_cells(folder / file, [row[:place] + row[place + 1 :] for row in cells])

    return edit


def missing_column(file: str, column: str) -> BadCase:
    return BadCase(f"{file} has no column {column}", file, 1, column, without_column(file, column))


def extra_column(file: str, column: str) -> BadCase:
    def edit(folder: Path) -> None:
        header, *rows = read_cells(folder / file)
        write_cells(folder / file, [[*header, column], *([*row, ""] for row in rows)])

    return BadCase(f"{file} has an unknown or repeated column {column}", file, 1, column, edit)


def rewritten(quoting: int, end: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            write_cells(path, read_cells(path), quoting=quoting, end=end)

    return edit


def with_columns_reversed(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        write_cells(path, [row[::-1] for row in read_cells(path)])


def with_rows_reversed(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        header, *rows = read_cells(path)
        write_cells(path, [header, *reversed(rows)])


def with_byte_order_marks(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def without_last_line_end(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_bytes().removesuffix(b"\n"))


def with_source(folder: Path) -> None:
    (folder / "meta.csv").write_text("source\noud-systeem\n", encoding="utf-8")


def with_other_byte_encoding(folder: Path) -> None:
    replace_text("requests.csv", "Claes", "Claës")(folder)
    path = folder / "requests.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))


BAD_STRUCTURE = (
    *map(without_file, ("desks.csv", "locations.csv", "requests.csv", "events.csv")),
    missing_column("desks.csv", "territory"),
    missing_column("organisers.csv", "name"),
    missing_column("locations.csv", "nis_code"),
    missing_column("requests.csv", "pattern"),
    missing_column("events.csv", "at"),
    extra_column("desks.csv", "colour"),
    extra_column("requests.csv", "Pattern"),
    extra_column("events.csv", "kind"),
    BadCase(
        "a row has one cell too many", "desks.csv", 3, None, replace_text("desks.csv", "desk_only,\n", "desk_only,,\n")
    ),
    BadCase(
        "a row has one cell too few",
        "organisers.csv",
        3,
        None,
        replace_text("organisers.csv", "Het Nest,,,\n", "Het Nest,,\n"),
    ),
    BadCase(
        "text after a closing quote",
        "locations.csv",
        2,
        None,
        replace_text("locations.csv", ",De Zeester,", ',"De" Zeester,'),
    ),
    BadCase(
        "a quote that never closes",
        "events.csv",
        11,
        None,
        replace_text("events.csv", "R4,2024-03-06", '"R4,2024-03-06'),
    ),
    BadCase("not UTF-8", "requests.csv", 5, None, with_other_byte_encoding),
)

HARMLESS = (
    HarmlessCase("byte order marks", with_byte_order_marks),
    HarmlessCase("carriage returns", rewritten(csv.QUOTE_MINIMAL, "\r\n")),
    HarmlessCase("every cell quoted", rewritten(csv.QUOTE_ALL, "\n")),
    HarmlessCase("columns in another order", with_columns_reversed),
    HarmlessCase("rows in another order", with_rows_reversed),
    HarmlessCase("no line end at the end", without_last_line_end),
    HarmlessCase("a source", with_source),
    HarmlessCase("an optional column left out", without_column("events.csv", "reply_by_on")),
    HarmlessCase("a line break in a name", replace_text("locations.csv", ",De Zeester,", ',"De\nZeester",')),
    HarmlessCase(
        "the same instant with another offset",
        replace_text("events.csv", "2024-02-01T10:00:00+01:00", "2024-02-01T14:30+05:30"),
    ),
    HarmlessCase(
        "a day part named twice", replace_text("requests.csv", "ma_vm|di_vm|wo_vm", "ma_vm|di_vm|wo_vm|ma_vm")
    ),
    HarmlessCase(
        "a confirmation that changes nothing",
        replace_text("events.csv", "start_confirmed,L1,2024-09-02", "start_confirmed,,"),
    ),
)

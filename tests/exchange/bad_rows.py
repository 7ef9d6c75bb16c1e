"""The catalogue of ways to break the small valid folder, each with the file, line and column of its one error.

for case in CATALOGUE:
    write_valid_folder(folder)
    case.apply(folder)
"""

from pathlib import Path

from tests.exchange.bad_structure import BAD_STRUCTURE, HARMLESS, BadCase, read_cells, write_cells

__all__ = ["CATALOGUE", "HARMLESS", "BadCase"]


def set_cells(folder: Path, file: str, line: int, values: dict[str, str]) -> None:
    """Change cells of one line of a file that has no line breaks inside its cells."""
    cells = read_cells(folder / file)
    for column, value in values.items():
        cells[line - 1][cells[0].index(column)] = value
    write_cells(folder / file, cells)


def cell(file: str, line: int, column: str, value: str, because: str, *, wrong: str = "") -> BadCase:
    """Return a case in which one cell holds a wrong value, or makes the cell `wrong` of that line wrong."""

    def edit(folder: Path) -> None:
        set_cells(folder, file, line, {column: value})

    return BadCase(f"{file} {column}: {because}", file, line, wrong or column, edit)


def event(column: str, because: str, **values: str) -> BadCase:
    """Return a case with one wrong event added, on line 12, for a request with other events."""

    def edit(folder: Path) -> None:
        header, *rows = read_cells(folder / "events.csv")
        row = {"request": "R2", "at": "2024-06-01T10:00:00+02:00", **values}
        write_cells(folder / "events.csv", [header, *rows, [row.get(name, "") for name in header]])

    return BadCase(f"events.csv {values.get('kind', '')}: {because}", "events.csv", 12, column, edit)


def repeated(file: str, line: int, column: str) -> BadCase:
    """Return a case in which the first row appears again at the end, on the given line, with another name."""

    def edit(folder: Path) -> None:
        header, first, *rows = read_cells(folder / file)
        again = list(first)
        for place, name in enumerate(header):
            if name == "name":
                again[place] += " bis"
        write_cells(folder / file, [header, first, *rows, again])

    return BadCase(f"{file} {column}: an id used twice", file, line, column, edit)


def after_a_line_break(folder: Path) -> None:
    """Break the third row's code after a second row of two lines: a row is reported at its first line."""
    set_cells(folder, "locations.csv", 3, {"nis_code": "99999"})
    set_cells(folder, "locations.csv", 2, {"name": "De\nZeester"})


CATALOGUE: tuple[BadCase, ...] = (
    *BAD_STRUCTURE,
    # Ids
    repeated("desks.csv", 4, "desk"),
    repeated("organisers.csv", 4, "organiser"),
    repeated("locations.csv", 4, "location"),
    repeated("requests.csv", 6, "request"),
    # Desks
    cell("desks.csv", 2, "name", "", "required"),
    cell("desks.csv", 3, "territory", "", "required"),
    cell("desks.csv", 2, "territory", "35013|99999", "no such municipality"),
    cell("desks.csv", 2, "mode", "both", "not one of the modes"),
    cell("desks.csv", 3, "report_row", "organiser", "not residence or location"),
    # Organisers and locations
    cell("organisers.csv", 3, "name", "", "required"),
    cell("locations.csv", 2, "organiser", "O9", "no such organiser"),
    cell("locations.csv", 3, "type", "crèche", "not family or group"),
    cell("locations.csv", 3, "subsidy_step", "T2", "not one of the steps"),
    cell("locations.csv", 2, "tariff", "", "required"),
    cell("locations.csv", 2, "licensed_places", "veel", "not a number"),
    cell("locations.csv", 3, "nis_code", "99999", "no such municipality"),
    BadCase("locations.csv nis_code: after a row of two lines", "locations.csv", 4, "nis_code", after_a_line_break),
    cell("locations.csv", 2, "lat", "noord", "not a number"),
    cell("locations.csv", 2, "opening", "ma 07:00-18:00|di 7u-18u", "not weekday and hours"),
    cell("locations.csv", 3, "price_day", "€ 32", "not an amount"),
    cell("locations.csv", 2, "inclusive", "ja", "not yes or no"),
    # Requests
    cell("requests.csv", 2, "desk", "haven", "no such desk"),
    cell("requests.csv", 2, "registered_at", "2024-01-10T09:00:00", "no offset"),
    cell("requests.csv", 2, "registered_at", "2024-01-10", "a date, not a moment"),
    cell("requests.csv", 3, "registered_at", "2024-02-30T10:00:00Z", "no such day"),
    cell("requests.csv", 3, "channel", "fax", "not one of the channels"),
    cell("requests.csv", 2, "residence_nis", "Oostende", "a name, not a code"),
    cell("requests.csv", 2, "child_birth_on", "", "neither birth nor due date"),
    cell("requests.csv", 4, "child_due_on", "1 mei 2024", "not a date"),
    cell("requests.csv", 2, "start_on", "2024-02-30", "no such day"),
    cell("requests.csv", 3, "start_on", "01/10/2024", "not YYYY-MM-DD"),
    cell("requests.csv", 3, "start_on", "", "required"),
    cell("requests.csv", 2, "end_on", "2026", "not a date"),
    cell("requests.csv", 4, "pattern", "", "required"),
    cell("requests.csv", 2, "pattern", "ma_vm|ma_av", "no such day part"),
    cell("requests.csv", 2, "pattern", "ma_vm,ma_nm", "joined with a comma"),
    cell("requests.csv", 2, "also_possible", "dinsdag", "no such day part"),
    cell("requests.csv", 3, "parts_wanted", "0", "less than 1"),
    cell("requests.csv", 3, "parts_wanted", "1.5", "not a whole number"),
    cell("requests.csv", 2, "hours", "ma 07:30", "no end"),
    cell("requests.csv", 2, "hours", "ma 24:30-25:00", "after 24:00"),
    cell("requests.csv", 2, "hours", "maandag 07:30-17:30", "no such weekday"),
    cell("requests.csv", 3, "hours", "nacht|avond", "no such entry"),
    cell("requests.csv", 2, "characteristics", "WerkOpleiding|Werkloos", "not one of the characteristics"),
    cell("requests.csv", 3, "urgent_reason", "Haast", "not one of the reasons"),
    cell("requests.csv", 3, "special_need", "1", "not yes or no"),
    cell("requests.csv", 3, "locations", "L1|L9", "no such location"),
    # Events
    cell("events.csv", 2, "request", "R9", "no such request"),
    cell("events.csv", 5, "at", "2024-03-01T10:00:00", "no offset"),
    cell("events.csv", 5, "at", "", "required"),
    cell("events.csv", 9, "kind", "gone", "not one of the kinds"),
    cell("events.csv", 9, "kind", "", "required"),
    cell("events.csv", 7, "location", "L9", "no such location"),
    cell("events.csv", 7, "location", "", "an answer needs its location"),
    cell("events.csv", 7, "reason", "", "a refusal needs its reason"),
    cell("events.csv", 6, "location", "", "the end of an offer needs its location"),
    cell("events.csv", 5, "start_on", "", "an alternative needs its start"),
    cell("events.csv", 5, "pattern", "", "an alternative needs its day parts"),
    cell("events.csv", 5, "pattern", "ma_vm|xx_vm", "no such day part"),
    cell("events.csv", 5, "reply_by_on", "15/03/2024", "not a date"),
    cell("events.csv", 8, "start_on", "", "a correction without start or day parts"),
    cell("events.csv", 9, "reason", "", "lapsed needs its reason"),
    cell("events.csv", 10, "reason", "", "merged needs the other request"),
    cell("events.csv", 10, "reason", "R9", "merged into no known request"),
    cell("events.csv", 10, "reason", "R3", "merged into itself"),
    cell("events.csv", 11, "location", "", "a placement needs its location"),
    cell("events.csv", 6, "at", "2024-02-29T10:00:00+01:00", "declined before the offer", wrong="kind"),
    cell("events.csv", 6, "location", "L1", "declined, but this location made no offer", wrong="kind"),
    event("request", "required", request="", kind="reopened"),
    event("kind", "no offer of this location", kind="offer_accepted", location="L1"),
    event("kind", "no offer of this location", kind="offer_expired", location="L1"),
    event("kind", "only another request has such an offer", request="R4", kind="offer_withdrawn", location="L1"),
    event("kind", "no placement before it", kind="start_confirmed", start_on="2024-10-01"),
    event("kind", "only a later placement", request="R4", at="2024-03-05T10:00:00+01:00", kind="start_confirmed"),
    event("kind", "no placement at this location", request="R4", kind="start_confirmed", location="L1"),
    event("location", "a yes needs its location", kind="answered_yes"),
)

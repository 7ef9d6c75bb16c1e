"""Reading a list of the official register: CSV as a spreadsheet writes it, or a workbook; every error with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from opvangloket.domains.exchange.lists.columns import ColumnList, to_fill_in
from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import example_workbook, filled_lines
from opvangloket.domains.exchange.register.format import COLUMNS
from opvangloket.foundation import geography
from opvangloket.rules.official_register import RegisterFacts

MOST_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRegister:
    """What a list holds: its rows, or what is wrong with it; `unused` are headings that nothing is done with."""

    rows: tuple[RegisterFacts, ...]
    errors: tuple[RowError, ...]
    error_count: int
    unused: tuple[str, ...]


def read_register(content: bytes, file_name: str) -> ReadRegister:
    """Read a list of the register; with one error it has no rows. Raises ListRefused for what is no list at all."""
    read = ColumnList(file_name, COLUMNS, filled_lines(content), MOST_ROWS)
    rows = tuple(_facts(read))
    return ReadRegister(
        rows=() if read.errors else rows,
        errors=read.errors.in_order((file_name,)),
        error_count=read.errors.count,
        unused=read.unused,
    )


def template() -> bytes:
    """Return a workbook with the headings and one example."""
    return example_workbook("Locaties", to_fill_in(COLUMNS))


def _facts(read: ColumnList) -> Iterator[RegisterFacts]:
    """Yield the facts of each row; a file number that is there twice is an error."""
    seen: dict[str, int] = {}
    for row in read.rows():
        values = row.values
        if not values["nis_code"]:
            place = geography.postcode(values["postcode"])
            values["nis_code"] = place.nis_code if place else ""
        facts = RegisterFacts(**values)
        first = seen.setdefault(facts.file_number, row.line)
        if first == row.line:
            yield facts
        else:
            told = f"Dossiernummer {facts.file_number} staat ook op regel {first}."
            read.errors.add(read.file_name, row.line, "dossiernummer", told, "Hou één van beide rijen over.")

"""Reading a list of the official register: CSV as a spreadsheet writes it, or a workbook; every error with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from opvangloket.domains.exchange.register_format import COLUMNS, KNOWN_KEYS, RegisterColumn, heading_key
from opvangloket.domains.exchange.row_errors import CellError, RowError, RowErrors, shown
from opvangloket.domains.exchange.sheets import Line, ListRefused, example_workbook, filled_lines
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
    filled = filled_lines(content)
    header = next(filled, None)
    if header is None:
        raise ListRefused("Dit bestand is leeg. Zet de namen van de kolommen op de eerste regel.")
    errors = RowErrors()
    reader = _Reader(file_name, [heading_key(cell) for cell in header[1]], errors)
    reader.check_header(header[0])
    rows = () if errors else tuple(reader.rows(filled))
    return ReadRegister(
        rows=() if errors else rows,
        errors=errors.in_order((file_name,)),
        error_count=errors.count,
        unused=tuple(cell for cell in header[1] if cell and heading_key(cell) not in KNOWN_KEYS),
    )


def template() -> bytes:
    """Return a workbook with the headings and one example."""
    return example_workbook("Locaties", [(column.heading, column.example, column.required) for column in COLUMNS])


@dataclass(slots=True)
class _Reader:
    """Reads the rows under a header; what is wrong is added to the errors."""

    file_name: str
    headings: list[str]
    errors: RowErrors

    def check_header(self, line: int) -> None:
        """Refuse a header that misses a column, or has one twice."""
        for column in COLUMNS:
            count = self.headings.count(heading_key(column.heading))
            if column.required and not count:
                told = f"De kolom {column.heading} ontbreekt."
                self.errors.add(self.file_name, line, column.heading, told, "Voeg ze toe, zoals in het voorbeeld.")
            if count > 1:
                told = f"De kolom {column.heading} staat er {count} keer."
                self.errors.add(self.file_name, line, column.heading, told, "Hou er één over.")

    def rows(self, lines: Iterable[Line]) -> Iterator[RegisterFacts]:
        """Yield the rows that can be read."""
        seen: dict[str, int] = {}
        for count, (line, cells) in enumerate(lines, start=1):
            if count > MOST_ROWS:
                raise ListRefused(f"Deze lijst heeft meer dan {MOST_ROWS} rijen. Deel ze in stukken.")
            facts = self._row(line, dict(zip(self.headings, cells, strict=False)))
            if facts is None:
                continue
            first = seen.setdefault(facts.file_number, line)
            if first == line:
                yield facts
            else:
                told = f"Dossiernummer {facts.file_number} staat ook op regel {first}."
                self.errors.add(self.file_name, line, "dossiernummer", told, "Hou één van beide rijen over.")

    def _row(self, line: int, cells: dict[str, str]) -> RegisterFacts | None:
        """Return one row; None when a cell of it cannot be read."""
        before = self.errors.count
        values = {
            column.fact: self._value(line, column, cells.get(heading_key(column.heading), "")) for column in COLUMNS
        }
        if self.errors.count > before:
            return None
        if not values["nis_code"]:
            place = geography.postcode(values["postcode"])
            values["nis_code"] = place.nis_code if place else ""
        return RegisterFacts(**values)

    def _value(self, line: int, column: RegisterColumn, cell: str) -> Any:
        if not cell:
            if column.required:
                told, what = f"De cel {column.heading} is leeg.", f"Vul ze in, bijvoorbeeld {shown(column.example)}."
                self.errors.add(self.file_name, line, column.heading, told, what)
            return column.kind.empty
        try:
            return column.kind.read(cell)
        except CellError as error:
            self.errors.add_cell(self.file_name, line, column.heading, error)
            return column.kind.empty

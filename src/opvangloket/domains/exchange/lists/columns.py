"""A list with known columns: its heading checked, each cell read by its column, every error with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from opvangloket.domains.exchange.lists.cells import Kind
from opvangloket.domains.exchange.lists.row_errors import CellError, RowErrors, shown
from opvangloket.domains.exchange.lists.sheets import Line, ListRefused, filled_lines

_BETWEEN_WORDS: Final = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its heading, the fact it fills, how it is read, and an example to fill in."""

    heading: str
    fact: str
    kind: Kind
    example: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of which every cell could be read: its line, and its values by fact."""

    line: int
    values: dict[str, Any]


class WrongCell(CellError):
    """A cell that can be read but says what cannot be; `fact` is that of its column."""

    def __init__(self, fact: str, wrong: str, what_to_do: str) -> None:
        super().__init__(wrong, what_to_do)
        self.fact = fact


@dataclass(slots=True)
class ColumnList:
    """The lines of a file read by columns, in any order; what is wrong is added to the errors.

    `unused` are the headings of the file that nothing is done with: such a list often has more.
    """

    file_name: str
    columns: Sequence[ListColumn]
    lines: Iterator[Line]
    most_rows: int
    errors: RowErrors = field(default_factory=RowErrors)
    unused: tuple[str, ...] = ()
    _headings: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[ListRow]:
        """Yield the rows that can be read; none under a wrong heading. Raises ListRefused for what is no list."""
        header = next(self.lines, None)
        if header is None:
            raise ListRefused("Dit bestand is leeg. Zet de namen van de kolommen op de eerste regel.")
        known = {heading_key(column.heading) for column in self.columns}
        self._headings = [heading_key(cell) for cell in header[1]]
        self.unused = tuple(cell for cell in header[1] if cell and heading_key(cell) not in known)
        self._check_header(header[0])
        if not self.errors:
            yield from self._rows()

    def refuse(self, row: ListRow, wrong: WrongCell) -> None:
        """Add a cell of a row to the errors, under the heading of its column."""
        heading = next(column.heading for column in self.columns if column.fact == wrong.fact)
        self.errors.add_cell(self.file_name, row.line, heading, wrong)

    def _rows(self) -> Iterator[ListRow]:
        for count, (line, cells) in enumerate(self.lines, start=1):
            if count > self.most_rows:
                raise ListRefused(f"Deze lijst heeft meer dan {self.most_rows} rijen. Deel ze in stukken.")
            before = self.errors.count
            by_heading = dict(zip(self._headings, cells, strict=False))
            values = {
                column.fact: self._value(line, column, by_heading.get(heading_key(column.heading), ""))
                for column in self.columns
            }
            if self.errors.count == before:
                yield ListRow(line, values)

    def _check_header(self, line: int) -> None:
        """Refuse a header that misses a column, or has one twice."""
        for column in self.columns:
            count = self._headings.count(heading_key(column.heading))
            if column.required and not count:
                told = f"De kolom {column.heading} ontbreekt."
                self.errors.add(self.file_name, line, column.heading, told, "Voeg ze toe, zoals in het voorbeeld.")
            if count > 1:
                told = f"De kolom {column.heading} staat er {count} keer."
                self.errors.add(self.file_name, line, column.heading, told, "Hou er één over.")

    def _value(self, line: int, column: ListColumn, cell: str) -> Any:
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


def word(words: Mapping[str, str], *, told: str) -> Kind:
    """Return the kind of a word from a closed list, whatever its capitals."""

    def read(cell: str) -> str:
        if (found := words.get(cell.casefold())) is None:
            raise CellError(f"{shown(cell)} kan hier niet.", f"Kies uit: {told}.")
        return str(found)

    return Kind(read, str)


def lines_of(content: bytes, columns: Iterable[ListColumn]) -> list[Line]:
    """Return the lines of a file with these columns only: what else is in it is no business of ours.

    Raises ListRefused for what is no list at all.
    """
    lines = list(filled_lines(content))
    if not lines:
        return []
    known = {heading_key(column.heading) for column in columns}
    kept = [place for place, cell in enumerate(lines[0][1]) if heading_key(cell) in known]
    return [(line, [cells[place] if place < len(cells) else "" for place in kept]) for line, cells in lines]


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: small letters, whatever parts its words ("Vergunde_Plaatsen")."""
    return _BETWEEN_WORDS.sub(" ", heading.casefold().strip())


def to_fill_in(columns: Iterable[ListColumn]) -> list[tuple[str, str, bool]]:
    """Return the columns as `sheets.example_workbook` writes them."""
    return [(column.heading, column.example, column.required) for column in columns]

"""Reading one CSV file (UTF-8, RFC 4180) row by row, with the line on which each row begins."""

import csv
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import IO, Any, Final

from opvangloket.domains.exchange.folder.formats import Column, FileFormat
from opvangloket.domains.exchange.lists.row_errors import RowErrors, shown

_BOM: Final = b"\xef\xbb\xbf"
_SAVE_AS_UTF8: Final = "Bewaar het bestand als CSV met codering UTF-8."

Told = Callable[[int], object]


class _Lines:
    """The lines of a file as text; a line that is no UTF-8 is an error, and is passed on with its bad bytes replaced."""

    def __init__(self, file: IO[bytes], name: str, errors: RowErrors, told: Told) -> None:
        self.file, self.name, self.errors, self.told = file, name, errors, told

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.file, start=1):
            self.told(len(line))
            content = line.removeprefix(_BOM) if number == 1 else line
            if b"\0" in content:
                self.errors.add_unreadable(
                    self.name, number, "Op deze regel staat een onzichtbaar teken dat niet kan.", _SAVE_AS_UTF8
                )
                content = content.replace(b"\0", b"")
            try:
                yield content.decode()
            except UnicodeDecodeError:
                self.errors.add_unreadable(
                    self.name, number, "Op deze regel staan tekens die geen UTF-8 zijn.", _SAVE_AS_UTF8
                )
                yield content.decode(errors="replace")


def read_rows(
    file: IO[bytes], layout: FileFormat[Any], errors: RowErrors, told: Told
) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line number and the cells of each row, in the order of the format; an absent column is empty.

    What is wrong with the file or a row is added to `errors`. `told` hears how many bytes were read. A row of empty
    lines only is passed over.
    """
    reader = csv.reader(_Lines(file, layout.name, errors, told), strict=True)
    start = 1
    places: list[int] | None = None
    width = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            errors.add_unreadable(layout.name, start, *_syntax(error))
            return
        if cells is None:
            break
        if not cells:
            pass
        elif places is None:
            width = len(cells)
            places = _places(cells, layout, errors)
            if places is None:
                return
        elif len(cells) == width:
            cells.append("")
            yield start, [cells[place] for place in places]
        else:
            errors.add_unreadable(
                layout.name,
                start,
                f"Deze rij heeft {len(cells)} cellen. De eerste rij heeft er {width}.",
                "Kijk de komma's en de aanhalingstekens na.",
            )
        start = reader.line_num + 1
    if places is None:
        errors.add_unreadable(layout.name, 1, "Dit bestand is leeg.", "Zet minstens de kolomnamen op de eerste regel.")


def _places(header: Sequence[str], layout: FileFormat[Any], errors: RowErrors) -> list[int] | None:
    """Return where each column of the format stands (-1: nowhere), or None when rows cannot be read."""
    known = [column.name for column in layout.columns]
    repeated = [name for place, name in enumerate(header) if name in known and name in header[:place]]
    missing = [column.name for column in layout.columns if column.required and column.name not in header]
    for name in header:
        if name not in known:
            errors.add(layout.name, 1, name, *_unknown(name, known))
    for name in repeated:
        errors.add(layout.name, 1, name, f"De kolom {name} staat er twee keer.", "Laat één van beide weg.")
    for name in missing:
        errors.add(layout.name, 1, name, f"De kolom {name} ontbreekt.", "Voeg de kolom toe.")
    if repeated or missing:
        errors.unreadable.add(layout.name)
        return None
    return [_place(column, header) for column in layout.columns]


def _place(column: Column, header: Sequence[str]) -> int:
    return header.index(column.name) if column.name in header else -1


def _unknown(name: str, known: Sequence[str]) -> tuple[str, str]:
    if not name.strip():
        return "Een kolom heeft geen naam.", "Geef de kolom een naam, of laat ze weg."
    if ";" in name:
        return "De kolommen zijn gescheiden met puntkomma's.", "Bewaar het bestand als CSV met komma's."
    near = get_close_matches(name.casefold(), known, n=1)
    what_to_do = f"Bedoel je {near[0]}?" if near else f"Laat de kolom weg. Mogelijk zijn: {', '.join(known)}."
    return f"De kolom {shown(name)} kennen we niet.", what_to_do


def _syntax(error: csv.Error) -> tuple[str, str]:
    """Say in Dutch what the CSV reader stumbled over; it stops there, for it no longer knows where rows begin."""
    if "unexpected end" in str(error) or "field larger" in str(error):
        return (
            "Een aanhalingsteken gaat open en nooit dicht.",
            "Sluit het, of verdubbel een aanhalingsteken in een tekst.",
        )
    return (
        "De aanhalingstekens of regeleinden op deze regel kloppen niet.",
        "Zet een tekst met een aanhalingsteken tussen aanhalingstekens, en verdubbel het teken erin.",
    )

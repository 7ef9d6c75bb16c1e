"""The two rows of headings over the numbers of the annual report, the same on the screen, in a sheet and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from opvangloket.rules.report_definitions import Block, Column, ReportDefinition


@dataclass(frozen=True, slots=True)
class HeadingOverColumns:
    """One heading of the upper row: over several columns with words of their own, or over one that stands alone."""

    words: str
    columns: tuple[Column, ...]

    @property
    def stands_alone(self) -> bool:
        """Whether the heading is the column's own, so that it takes both rows."""
        return len(self.columns) == 1

    @property
    def official(self) -> bool:
        """Whether the words are those of the agency."""
        return self.columns[0].official


def headings_over(columns: Sequence[Column], year: int) -> tuple[HeadingOverColumns, ...]:
    """Return the upper row of headings over these columns; neighbours under one heading come together."""
    found: list[HeadingOverColumns] = []
    for group, members in groupby(columns, key=lambda column: column.headings_for(year)[0]):
        if group:
            found.append(HeadingOverColumns(group, tuple(members)))
        else:
            found += (HeadingOverColumns(column.heading_for(year), (column,)) for column in members)
    return tuple(found)


def numbers_of(definition: ReportDefinition, *blocks: Block) -> tuple[Column, ...]:
    """Return the columns with numbers that a year registers, of these blocks or of all, in the order of the form."""
    return tuple(column for column in definition.form() if column.is_number and (not blocks or column.block in blocks))

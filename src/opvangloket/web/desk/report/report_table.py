"""The form on the screen: blocks of headings and numbers, each number a door to the cases that it counts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.report_definitions import Block, Column
from opvangloket.rules.report_headings import HeadingOverColumns, headings_over, numbers_of
from opvangloket.web.desk.report.report_links import meaning_id

# Gives the address of the cases behind the number of a column, in one row or (None) in all of them.
CellUrl = Callable[[str, str | None], str]

_TITLES: Final = {
    Block.FORM: gettext_noop("Het formulier"),
    Block.CATEGORIES: gettext_noop("De vijf categorieën"),
    Block.OWN: gettext_noop("Eigen kolommen"),
}
_NOTES: Final = {
    Block.CATEGORIES: gettext_noop("Het agentschap vraagt deze getallen sinds 2020. De opschriften zijn van ons."),
    Block.OWN: gettext_noop("Deze getallen vraagt het formulier niet. Ze helpen jullie om het na te kijken."),
}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the form; a number that counts nothing opens nothing.

    `heading` stands beside it where there is no table, with `group` above the first of those that share it.
    """

    words: str
    url: str
    group: str
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form: a heading with its explanation; `number` when the report has only one row."""

    heading: str
    meaning_id: str
    is_sub: bool
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class UpperHeading:
    """A heading in the upper row of a table: over its lines, or alone over one."""

    words: str
    lines: tuple[Line, ...]

    @property
    def stands_alone(self) -> bool:
        """Whether there is one line, with the very same words."""
        return not self.lines[0].is_sub


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality, or the sum of all, with its numbers."""

    name: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A part of the form: the agency's own words, the categories, or our columns."""

    key: str
    title: str
    note: str
    headings: tuple[UpperHeading, ...]
    rows: tuple[Row, ...]
    total: Row | None

    @property
    def lower(self) -> tuple[Line, ...]:
        """The lines with a heading above them, for the lower row of the table."""
        return tuple(line for heading in self.headings if not heading.stands_alone for line in heading.lines)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column counts, for whoever wonders."""

    id: str
    heading: str
    words: str
    official: bool


def form_blocks(report: AnnualReport, cell_url: CellUrl | None) -> tuple[FormBlock, ...]:
    """Return the blocks that the year registers; without `cell_url` the numbers are only numbers."""
    blocks = (Block.FORM, Block.CATEGORIES, Block.OWN)
    return tuple(
        _block(report, block, columns, cell_url)
        for block in blocks
        if (columns := numbers_of(report.definition, block))
    )


def meanings(report: AnnualReport) -> Iterator[Meaning]:
    """Yield what each column of the report counts, in the order of the form."""
    for column in numbers_of(report.definition):
        heading = column.full_heading_for(report.year)
        yield Meaning(meaning_id(column.code), heading, column.meaning, column.official)


def number_words(number: int | None) -> str:
    """Write a number as Dutch does: "1.250"."""
    return "" if number is None else f"{number:,}".replace(",", ".")


def _block(report: AnnualReport, block: Block, columns: tuple[Column, ...], cell_url: CellUrl | None) -> FormBlock:
    headings = headings_over(columns, report.year)
    first_below = {over.columns[0].code for over in headings}

    def number(column: Column, count: int | None, nis_code: str | None) -> Number:
        group, heading = column.headings_for(report.year)
        url = cell_url(column.code, nis_code) if cell_url and count else ""
        return Number(number_words(count), url, group if column.code in first_below else "", heading)

    rows = tuple(
        Row(row.municipality, tuple(number(column, row.numbers[column.code], row.nis_code) for column in columns))
        for row in report.rows
    )
    totals = report.totals()
    total = Row(_("Samen"), tuple(number(column, totals[column.code], None) for column in columns))
    only = dict(zip(columns, rows[0].numbers, strict=True)) if len(rows) == 1 else {}
    return FormBlock(
        key=str(block),
        title=_(_TITLES[block]),
        note=_(_NOTES[block]) if block in _NOTES else "",
        headings=tuple(UpperHeading(over.words, tuple(_lines(over, report.year, only))) for over in headings),
        rows=rows,
        total=None if only else total,
    )


def _lines(over: HeadingOverColumns, year: int, only: Mapping[Column, Number]) -> Iterator[Line]:
    for column in over.columns:
        words = column.headings_for(year)[1]
        yield Line(words, meaning_id(column.code), is_sub=not over.stands_alone, number=only.get(column))

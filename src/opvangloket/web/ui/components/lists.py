"""Lists that people work with: the worklist, tables, a timeline, pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from opvangloket.web.ui.components.marks import Chip, DaysLeft
from opvangloket.web.ui.components.week_strip import WeekStrip


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing a person can do: a link, or a form that posts when `post` is true; `strong` fills its button.

    `about` says what it is about to who hears the label without the row around it.
    """

    label: str
    url: str
    post: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    icon: str = ""
    about: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """A row of work: what it is about, why it is there, the facts to decide on, one main act and the rest.

    `urgency` is "late", "soon", "calm" or "" and only colours the edge: `reason` says the same in words.
    """

    key: str
    title: str
    reason: str
    url: str = ""
    urgency: str = ""
    strip: WeekStrip | None = None
    days_left: DaysLeft | None = None
    chips: tuple[Chip, ...] = ()
    act: Act | None = None
    more: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """Something that happened: what, when, by whom; quiet entries (a read, a mail) stay in the background.

    `act` is what can still be done about it.
    """

    words: str
    at: datetime
    who: str = ""
    detail: str = ""
    url: str = ""
    url_label: str = ""
    quiet: bool = False
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """A list with nothing in it, said gladly."""

    title: str
    words: str
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of a table; numbers stand at the end of their cell."""

    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: its words, and where they lead."""

    words: str
    url: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A plain table: the first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    total: tuple[TableCell, ...] = ()

    @classmethod
    def of(
        cls,
        caption: str,
        columns: tuple[Column, ...],
        rows: tuple[tuple[str | TableCell, ...], ...],
        total: tuple[str | TableCell, ...] = (),
    ) -> DataTable:
        """Return the table; a plain text becomes a cell that follows its column. ValueError for a ragged row."""
        return cls(
            caption, columns, tuple(_cells(columns, row) for row in rows), _cells(columns, total) if total else ()
        )


def _cells(columns: tuple[Column, ...], row: tuple[str | TableCell, ...]) -> tuple[TableCell, ...]:
    pairs = zip(columns, row, strict=True)
    return tuple(
        TableCell(cell.words, cell.url, column.number)
        if isinstance(cell, TableCell)
        else TableCell(cell, "", column.number)
        for column, cell in pairs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """Where we are in a long list, and the pages before and after."""

    page: int
    pages: int
    total: int
    previous_url: str = ""
    next_url: str = ""


def pagination(*, page: int, per_page: int, total: int, url_of: Callable[[int], str]) -> Pagination:
    """Return the pages of a list with `total` rows; `url_of` gives the address of a page number, from 1."""
    pages = max(1, -(-total // per_page))
    return Pagination(
        page=page,
        pages=pages,
        total=total,
        previous_url=url_of(page - 1) if page > 1 else "",
        next_url=url_of(page + 1) if page < pages else "",
    )

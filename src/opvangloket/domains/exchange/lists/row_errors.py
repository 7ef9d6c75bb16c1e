"""What is wrong in an exchange folder, row by row, for somebody who has to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

LISTED_AT_MOST: Final = 1_000
_SHOWN_AT_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing that is wrong: where, what, and what to do about it (Dutch).

    `line` counts the lines of the file from 1, the header; a row of several lines is at its first. It is None when
    the whole file is wrong; `column` is None when the whole line is.
    """

    file: str
    line: int | None
    column: str | None
    wrong: str
    what_to_do: str


class CellError(ValueError):
    """A cell that cannot be read: what is wrong and what to do (Dutch)."""

    def __init__(self, wrong: str, what_to_do: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.what_to_do = what_to_do


@dataclass(slots=True)
class RowErrors:
    """All errors of a folder: the first thousand are listed, the rest is counted."""

    listed: list[RowError] = field(default_factory=list)
    count: int = 0
    # Files of which rows could not be told apart or are missing: nothing can be said about what refers to them.
    unreadable: set[str] = field(default_factory=set)

    def add(self, file: str, line: int | None, column: str | None, wrong: str, what_to_do: str) -> None:
        """Add one error."""
        self.count += 1
        if len(self.listed) < LISTED_AT_MOST:
            self.listed.append(RowError(file, line, column, wrong, what_to_do))

    def add_unreadable(self, file: str, line: int | None, wrong: str, what_to_do: str) -> None:
        """Add an error after which the rows of this file cannot be trusted."""
        self.unreadable.add(file)
        self.add(file, line, None, wrong, what_to_do)

    def add_cell(self, file: str, line: int, column: str, error: CellError) -> None:
        """Add a cell that cannot be read."""
        self.add(file, line, column, error.wrong, error.what_to_do)

    def in_order(self, files: tuple[str, ...]) -> tuple[RowError, ...]:
        """Return the listed errors by file, in this order, and line."""
        return tuple(sorted(self.listed, key=lambda error: (files.index(error.file), error.line or 0)))

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[RowError]:
        return iter(self.listed)


def shown(text: str) -> str:
    """Return a cell's text as an error shows it: in quotes, on one line, not too long."""
    one_line = " ".join(text.split())
    return f"“{one_line[:_SHOWN_AT_MOST]}…”" if len(one_line) > _SHOWN_AT_MOST else f"“{one_line}”"

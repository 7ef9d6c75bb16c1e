"""The page about the exchange format names every file and column that the importer knows, and marks what is required."""

from pathlib import Path

import pytest

from opvangloket.domains.exchange.folder.formats import FORMATS, Column, FileFormat
from opvangloket.rules.case_events import EventKind

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")


def paragraph(layout: FileFormat[tuple[object, ...]]) -> str:
    return next(text for text in PAGE.split("\n\n") if text.startswith(f"**{layout.name}**"))


@pytest.mark.parametrize(
    ("layout", "column"),
    [(layout, column) for layout in FORMATS for column in layout.columns],
    ids=lambda value: value.name,
)
def test_every_column_is_told_with_its_star(layout: FileFormat[tuple[object, ...]], column: Column) -> None:
    told = f"{column.name}*" if column.required else column.name
    assert f"`{told}`" in paragraph(layout)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_is_told(kind: EventKind) -> None:
    assert f"`{kind}`" in PAGE

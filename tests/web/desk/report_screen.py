"""Reads the numbers of the report off its page, as somebody who looks at it would."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.domains.reporting.written import NUMBERED, Numbers
from tests.inspector import parse, text_of

from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.report_definitions import Block
from opvangloket.rules.report_headings import numbers_of


def on_screen(html: str, report: AnnualReport) -> Numbers:
    """Return the numbers per municipality, by column."""
    root = parse(html, lang="nl").root
    found: dict[str, dict[str, int]] = {row.municipality: {} for row in report.rows}
    for block in (Block.FORM, Block.CATEGORIES, Block.OWN):
        columns = numbers_of(report.definition, block)
        section = next((s for s in root.iter("section") if f"is-{block}" in s.attrib.get("class", "")), None)
        assert (section is None) == (not columns)
        if section is None:
            continue
        for name, numbers in _rows(section, report):
            found[name] |= {column.code: number for column, number in zip(columns, numbers, strict=True)}
    return {name: {column.code: numbers.get(column.code) for column in NUMBERED} for name, numbers in found.items()}


def _rows(section: Element, report: AnnualReport) -> Iterator[tuple[str, list[int]]]:
    body = next(section.iter("tbody"))
    if len(report.rows) == 1:
        yield report.rows[0].municipality, [_number(cell) for cell in body.iter("td")]
        return
    for row in body.iter("tr"):
        yield text_of(next(row.iter("th"))), [_number(cell) for cell in row.iter("td")]


def _number(cell: Element) -> int:
    """Return the number in a cell, without the heading that stands beside it on a narrow screen."""
    labels = [text_of(label) for label in cell.iter("span") if label.attrib.get("class") == "cell-label"]
    words = text_of(cell)
    for label in labels:
        words = words.removeprefix(label)
    return int(words.replace(".", ""))


def doors(html: str) -> list[tuple[str, int]]:
    """Return each number that opens something: where it leads, and the number."""
    root = parse(html, lang="nl").root
    links = (link for cell in root.iter("td") for link in cell.iter("a") if "/gevallen/" in link.attrib["href"])
    return [(link.attrib["href"], int(text_of(link).replace(".", ""))) for link in links]

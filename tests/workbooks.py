"""Workbooks to hand in: one that is good, and what a damaged disk or an ill will makes of it."""

from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

_SHEET = "xl/worksheets/sheet1.xml"
_START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook with these rows on its first sheet."""
    book = Workbook()
    for row in rows or (("naam", "postcode"), ("Zonnebloem", 9400)):
        book.worksheets[0].append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(name: str, content: bytes | None) -> bytes:
    """Return a workbook of which one part reads otherwise, or is not there."""
    written = BytesIO()
    with ZipFile(BytesIO(workbook())) as good, ZipFile(written, "w", ZIP_DEFLATED) as made:
        for entry in good.namelist():
            part = content if entry == name else good.read(entry)
            if part is not None:
                made.writestr(entry, part)
    return written.getvalue()


def with_sheet(data: str, *, entities: str = "") -> bytes:
    """Return a workbook with these rows, in XML, on its first sheet."""
    return with_part(_SHEET, entities.encode() + _START + b"<sheetData>" + data.encode() + b"</sheetData></worksheet>")


def with_a_far_cell() -> bytes:
    """Return a workbook of some bytes with a cell in its last corner: seventeen billion cells."""
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def that_laughs() -> bytes:
    """Return a workbook whose one cell would unfold to billions of letters."""
    names = "abcdefghi"
    folded = "".join(f"<!ENTITY {new} '{f'&{old};' * 20}'>" for old, new in pairwise(names))
    entities = f"<!DOCTYPE l [<!ENTITY a '{'x' * 24}'>{folded}]>"
    return with_sheet('<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>', entities=entities)


def that_is_damaged() -> dict[str, bytes]:
    """Return workbooks that are damaged, each in another part."""
    return {
        "the sheet ends early": with_part(_SHEET, _START + b"<sheetData><row r='1'>"),
        "no sheet": with_part(_SHEET, None),
        "no list of parts": with_part("[Content_Types].xml", b"<x"),
        "no book": with_part("xl/workbook.xml", b"<x"),
        "no styles": with_part("xl/styles.xml", b"<x"),
        "words that are not there": with_sheet('<row r="1"><c r="A1" t="s"><v>77</v></c></row>'),
        "a line without a number": with_sheet('<row r="x"><c r="??"><v>1</v></c></row>'),
        "a day that is none": with_sheet('<row r="1"><c r="A1" t="d"><v>onzin</v></c></row>'),
        "half of the file": workbook()[: len(workbook()) // 2],
        "an empty archive": b"PK\x05\x06" + bytes(18),
    }

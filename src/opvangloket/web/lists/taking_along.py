"""Taking a list along: the same rows as a workbook or as CSV."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpResponse

from opvangloket.domains.exchange.lists.sheets import csv_file, workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


def rows_as_file(
    title: str,
    headings: Sequence[tuple[str, bool]],
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    ending: str,
    words_of: Mapping[str, Iterable[str]] | None = None,
) -> HttpResponse:
    """Give rows under their headings (bold where told) as a file; Http404 for an ending that we do not write.

    `words_of` are by heading the words that a workbook offers in its cells.
    """
    if ending == "xlsx":
        return file_answer(workbook(title, headings, rows, words_of=words_of), f"{name}.xlsx", XLSX)
    if ending == "csv":
        return file_answer(csv_file([heading for heading, _bold in headings], rows), f"{name}.csv", CSV)
    raise Http404("Deze lijst bestaat als xlsx en als csv.")


def file_answer(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    """Give a file to keep; nobody between here and the reader keeps it too."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer

"""Looking at a PDF that was handed in: what it is, is read from its bytes, and nothing in it may act by itself.

A picture is drawn anew; a document cannot be, so what could do harm is refused: script, attached files, forms that
send themselves, programs to start, and a lock that would hide all of these. It is only ever given out as a download.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from opvangloket.foundation.errors import OpvangloketError

MOST_BYTES: Final = 5 * 1024 * 1024
LONGEST_TITLE: Final = 80
MOST_DOCUMENTS: Final = 3
_MOST_UNPACKED: Final = 20 * 1024 * 1024
_HEAD, _TAIL = 1024, 2048
_BEFORE: Final = 400  # where the description of a stream stands
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTING: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|Encrypt)(?![A-Za-z0-9])"
)


class DocumentRefused(OpvangloketError):
    """Something that we do not give out; the message says what to hand in instead."""

    code = "document_refused"


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A PDF that may be given out, under a plain name without its ending."""

    title: str
    content: bytes


def checked_pdf(upload: BinaryIO, *, name: str, size: int) -> CheckedDocument:
    """Return a PDF of `size` bytes when nothing in it acts by itself; raise DocumentRefused."""
    if size > MOST_BYTES:
        raise DocumentRefused(f"Dit bestand is te groot. Kies er een van hoogstens {MOST_BYTES // 1024 // 1024} MB.")
    content = upload.read(MOST_BYTES + 1)
    if b"%PDF-" not in content[:_HEAD] or b"%%EOF" not in content[-_TAIL:]:
        raise DocumentRefused("Dit is geen PDF, of hij is beschadigd. Bewaar je document als PDF.")
    if any(_ACTING.search(_ESCAPED.sub(_plain, part)) for part in _structure(content)):
        raise DocumentRefused("In deze PDF zit een slot, script of bijlage. Druk hem opnieuw af als gewone PDF.")
    return CheckedDocument(_title(name), content)


def _structure(content: bytes) -> Iterator[bytes]:
    """Yield what a reader of PDF acts upon: everything between the streams, and the streams that hold objects."""
    yield _STREAM.sub(b" ", content)
    unpacked = 0
    for found in _STREAM.finditer(content):
        if b"/ObjStm" not in content[max(0, found.start() - _BEFORE) : found.start()]:
            continue
        try:
            part = zlib.decompressobj().decompress(found.group(1), _MOST_UNPACKED - unpacked + 1)
        except zlib.error:
            raise DocumentRefused("Deze PDF is beschadigd. Bewaar je document opnieuw als PDF.") from None
        unpacked += len(part)
        if unpacked > _MOST_UNPACKED:
            raise DocumentRefused("Deze PDF is te zwaar om na te kijken. Bewaar hem kleiner.")
        yield part


def _plain(escaped: re.Match[bytes]) -> bytes:
    """Return the character that a name writes as its number: /J#53 is /JS."""
    return bytes([int(escaped.group(1), 16)])


def _title(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    words = " ".join(re.sub(r"[^\w .,()-]", " ", stem).split())
    return words[:LONGEST_TITLE].strip(" .") or "document"

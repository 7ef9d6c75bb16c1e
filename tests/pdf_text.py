"""Reads the words of a PDF that we made, piece by piece in the order in which they were set.

Enough for what typst writes: one content stream per page, fonts with a map to Unicode, no object streams.
"""

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
# A string may hold parentheses as they are, as long as each closes; three deep is more than a line of ours has.
_INSIDE = r"(?:\\.|[^\\()])*"
for _depth in range(3):
    _INSIDE = rf"(?:\\.|[^\\()]|\({_INSIDE}\))*"
_SHOWN = re.compile(
    rf"/(f\d+) [\d.]+ Tf|\[((?:\({_INSIDE}\)|[^\]()])*)\]\s*TJ|(\({_INSIDE}\))\s*Tj".encode(), re.DOTALL
)
_STRING = re.compile(rf"\(({_INSIDE})\)".encode(), re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pieces(pdf: bytes) -> list[str]:
    """Return each piece of text that was set in one go: a line of a paragraph, the number in a cell."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = {
        name.decode(): _characters(objects, int(number))
        for body in objects.values()
        if b"/Font<<" in body
        for name, number in _FONT.findall(body.split(b"/Font<<", 1)[1])
    }
    streams = (_unpacked(body) for body in objects.values())
    return [piece for stream in streams if b" Tf" in stream for piece in _shown(stream, fonts)]


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    return zlib.decompress(found[1]) if b"/FlateDecode" in body[: found.start()] else found[1]


def _characters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    found = _TO_UNICODE.search(objects[font])
    assert found, "a font without a map to Unicode cannot be read aloud"
    mapped = _MAPPED.findall(_unpacked(objects[int(found[1])]))
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in mapped}


def _shown(stream: bytes, fonts: dict[str, dict[int, str]]) -> Iterator[str]:
    characters: dict[int, str] = {}
    for font, several, one in _SHOWN.findall(stream):
        if font:
            characters = fonts[font.decode()]
            continue
        glyphs = b"".join(_ESCAPE.sub(_escaped, string) for string in _STRING.findall(several or one))
        codes = (int.from_bytes(glyphs[at : at + 2]) for at in range(0, len(glyphs), 2))
        # The font has one glyph for a hyphen and a soft hyphen, and the map names the second.
        yield "".join(characters[code] for code in codes).replace("\u00ad", "-")


def _escaped(found: "re.Match[bytes]") -> bytes:
    escaped = found[1]
    if escaped[:1].isdigit():
        return bytes([int(escaped, 8)])
    return _LETTERS.get(escaped, escaped)

"""Pictures to hand in: good ones, and everything that is none."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def jpeg(width: int = 800, height: int = 600, *, exif: bytes = b"", colour: str = "teal") -> bytes:
    """Return a photo of one colour."""
    return _saved(Image.new("RGB", (width, height), colour), "JPEG", exif=exif)


def photo_with_a_place() -> bytes:
    """Return a photo that lies on its side, and tells where it was made, and by which camera."""
    exif = Image.Exif()
    exif[0x0110] = "Camera van Mia"
    exif[0x0112] = 6  # turned a quarter
    exif.get_ifd(0x8825)[2] = (50.0, 50.0, 12.0)  # latitude
    return jpeg(exif=exif.tobytes())


def logo() -> bytes:
    """Return a logo that one can see through."""
    return _saved(Image.new("RGBA", (300, 200), (15, 91, 102, 0)), "PNG")


def moving() -> bytes:
    """Return a picture that moves."""
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    return _saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


def bomb(side: int = 30_000) -> bytes:
    """Return a PNG of some bytes that says that it has a billion pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"0" * 99))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()

"""Making a picture that was handed in safe to show: what it is, is read from its bytes, and it is drawn anew.

Nothing of the original survives but what one sees. Its place, its camera and whatever hides behind the last pixel stay
behind. A picture that is too large is refused on its measures, before it is unpacked.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from opvangloket.foundation.errors import OpvangloketError

WIDTHS: Final = (1280, 480)
MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
SMALLEST_SIDE: Final = 120
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY: Final = 82
_START: Final = 512

# Our own limit comes first and knows no warning: see `_checked`.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class DrawnSize:
    """A picture at one size; `wanted_width` is the size it stands for, `content` is WebP."""

    wanted_width: int
    width: int
    height: int
    content: bytes


class PictureRefused(OpvangloketError):
    """Something that cannot be shown as a picture; the message says what to hand in instead."""

    code = "picture_refused"


def drawn_anew(upload: BinaryIO, *, size: int) -> tuple[DrawnSize, ...]:
    """Return a picture of `size` bytes at each of the WIDTHS, without anything that was hidden in it.

    Raises PictureRefused for whatever is no still picture of sensible measures.
    """
    if size > MOST_BYTES:
        raise PictureRefused(f"Dit bestand is te groot. Kies er een van hoogstens {MOST_BYTES // 1024 // 1024} MB.")
    content = upload.read(MOST_BYTES + 1)
    if b"<svg" in content[:_START].lower():
        raise PictureRefused("Een tekening in SVG tonen we niet. Bewaar ze als PNG of JPEG.")
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            _check(picture)
            # A JPEG can be unpacked at a fraction of its measures.
            picture.draft("RGB", (max(WIDTHS), max(WIDTHS)))
            upright = ImageOps.exif_transpose(picture).convert("RGBA" if _has_holes(picture) else "RGB")
    except PictureRefused:
        raise
    except UnidentifiedImageError:
        raise PictureRefused("Dit is geen foto. Kies een bestand van het soort JPEG, PNG of WebP.") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError):
        raise PictureRefused("Deze foto is beschadigd. Maak ze opnieuw of kies een andere.") from None
    return tuple(_at(upright, width) for width in WIDTHS)


def _check(picture: Image.Image) -> None:
    """Hold what the start of the file says against what can be shown; nothing is unpacked yet."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise PictureRefused(f"Deze foto heeft te veel pixels. Kies er een tot {MOST_PIXELS // 1_000_000} miljoen.")
    if min(width, height) < SMALLEST_SIDE:
        raise PictureRefused(f"Deze foto is te klein. Kies er een van minstens {SMALLEST_SIDE} op {SMALLEST_SIDE}.")
    if getattr(picture, "n_frames", 1) > 1:
        raise PictureRefused("Dit beeld beweegt. Kies een foto die stilstaat.")


def _has_holes(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def _at(picture: Image.Image, wanted_width: int) -> DrawnSize:
    """Draw a picture in a square of this width, never larger than it is."""
    fitted = picture.copy()
    fitted.thumbnail((wanted_width, wanted_width), Image.Resampling.LANCZOS)
    written = BytesIO()
    # Only the pixels: a new image knows no metadata.
    bare = Image.new(fitted.mode, fitted.size)
    bare.paste(fitted)
    bare.save(written, "WEBP", quality=_QUALITY, method=4)
    return DrawnSize(wanted_width, fitted.width, fitted.height, written.getvalue())

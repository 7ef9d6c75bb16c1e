"""The names of the icons in the sprite, and of the pictograms."""

from functools import cache
from pathlib import Path
from re import findall

STATIC = Path(__file__).parent / "static"
SPRITE = STATIC / "vendor" / "tabler-icons" / "icons.svg"
PICTOGRAMS = STATIC / "pictograms"


@cache
def icon_names() -> frozenset[str]:
    """Return the ids of all symbols in the sprite."""
    return frozenset(findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))


@cache
def pictogram_names() -> frozenset[str]:
    """Return the names of all pictograms."""
    return frozenset(path.stem for path in PICTOGRAMS.glob("*.svg"))

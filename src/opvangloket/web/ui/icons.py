"""The names of the icons in the sprite."""

from functools import cache
from pathlib import Path
from re import findall

SPRITE = Path(__file__).parent / "static" / "vendor" / "tabler-icons" / "icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Return the ids of all symbols in the sprite."""
    return frozenset(findall(r'<symbol id="([a-z0-9-]+)"', SPRITE.read_text(encoding="utf-8")))

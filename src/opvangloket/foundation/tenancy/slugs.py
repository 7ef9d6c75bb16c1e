"""Which words a desk can have in its address: `/{loket}/…`."""

import re
from typing import Final

LONGEST: Final = 60  # of Desk.slug
# The first words of other addresses, of today and of the map (SPEC §21); a desk of that name could not be reached.
RESERVED: Final = frozenset(
    {
        "aanmelden",
        "api",
        "bestuur",
        "galerij",
        "gezondheid",
        "opgroeien",
        "organisator",
        "postvak-demo",
        "static",
        "thema",
        "toeleider",
        "werk",
    }
)
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_free_word(slug: str) -> bool:
    """Tell whether a desk may be called so in its address: small letters, digits and hyphens, and not reserved."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= LONGEST and slug not in RESERVED

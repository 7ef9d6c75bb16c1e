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
        "foto",
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
# What `<slug:desk>` takes in an address: other installations may write theirs with capitals or underscores.
_SLUG: Final = re.compile(r"[a-zA-Z0-9_]+(-[a-zA-Z0-9_]+)*")


def is_free_word(slug: str) -> bool:
    """Tell whether a desk may be called so in its address: letters, digits, hyphens and underscores, and not reserved."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= LONGEST and slug.lower() not in RESERVED

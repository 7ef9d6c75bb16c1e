"""Which page of a long list is asked."""

from typing import Final

from opvangloket.web.middleware import Request

LONGEST: Final = 4


def page_number(request: Request) -> int:
    """Return the page in the address, from 1; whatever is no number asks for the first."""
    text = request.GET.get("pagina", "1")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return max(1, int(text)) if is_number else 1

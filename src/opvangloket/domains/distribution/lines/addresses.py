"""The pages that a message or a link points to. The routes live in `web`; a test holds both equal."""

from opvangloket.foundation.messages.actions import absolute


def inbox() -> str:
    """Return the address of an organiser's inbox."""
    return absolute("/organisator/")


def inquiry(reference: str, location_slug: str) -> str:
    """Return the address of one question as it lies with one location."""
    return absolute(f"/organisator/vraag/{reference}/{location_slug}/")


def placement(reference: str, location_slug: str) -> str:
    """Return the address of a child with a place at one location."""
    return absolute(f"/organisator/plaatsingen/{reference}/{location_slug}/")


def answer(token: str) -> str:
    """Return the address by which a location answers without a password."""
    return absolute(f"/organisator/antwoord/{token}/")


def my_request(desk_slug: str, reference: str) -> str:
    """Return the address of a family's own request."""
    return absolute(f"/{desk_slug}/mijn/{reference}/")


def confirm_current(desk_slug: str, reference: str) -> str:
    """Return the address at which a family says with one click that its question still holds."""
    return absolute(f"/{desk_slug}/mijn/{reference}/ik-zoek-nog/")

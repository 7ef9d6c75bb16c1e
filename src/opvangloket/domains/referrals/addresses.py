"""The page that a mail about a list points to. The route lives in `web`; a test holds both equal."""

from opvangloket.foundation.messages.actions import absolute


def families_list(location_slug: str) -> str:
    """Return the address at which a location hands in its list of the quarter."""
    return absolute(f"/organisator/locaties/{location_slug}/gezinnen/")

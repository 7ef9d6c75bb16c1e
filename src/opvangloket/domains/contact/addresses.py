"""The pages of a conversation to which a mail leads. The routes live in `web`; a test holds both equal."""

from opvangloket.foundation.messages.actions import absolute


def of_family(desk_slug: str, reference: str, location_slug: str) -> str:
    """Return where a family reads and writes."""
    return absolute(f"/{desk_slug}/mijn/{reference}/gesprek/{location_slug}/")


def of_location(reference: str, location_slug: str) -> str:
    """Return where a location reads and writes."""
    return absolute(f"/organisator/vraag/{reference}/{location_slug}/gesprek/")


def visit_of_family(desk_slug: str, reference: str, location_slug: str) -> str:
    """Return where a family chooses a visit."""
    return absolute(f"/{desk_slug}/mijn/{reference}/bezoek/{location_slug}/")


def visits_of_location(location_slug: str) -> str:
    """Return where a location sees who comes."""
    return absolute(f"/organisator/locaties/{location_slug}/bezoek/")


def complaint_of_family(desk_slug: str, reference: str, complaint: str) -> str:
    """Return where a family follows what it complained about; the address does not say so."""
    return absolute(f"/{desk_slug}/mijn/{reference}/laat-weten/{complaint}/")


def complaint_of_organiser(complaint: str) -> str:
    """Return where an organiser answers a complaint, or follows its own."""
    return absolute(f"/organisator/klachten/{complaint}/")


def news_of_organiser(reference: str) -> str:
    """Return where an organiser reads news of a desk."""
    return absolute(f"/organisator/berichten/{reference}/")

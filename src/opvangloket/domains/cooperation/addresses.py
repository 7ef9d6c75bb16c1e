"""The pages of the agreement to which a mail leads. The routes live in `web`; a test holds both equal."""

from opvangloket.foundation.messages.actions import absolute


def agreement_of_organiser(desk_slug: str) -> str:
    """Return where an organiser reads and signs the agreement of a desk."""
    return absolute(f"/organisator/overeenkomst/{desk_slug}/")


def consultation_of_organiser(reference: str) -> str:
    """Return where an organiser reads an invitation and replies."""
    return absolute(f"/organisator/overleg/{reference}/")

"""For which organiser somebody works: one at a time, chosen by hand, so that nobody acts for the wrong one by accident."""

from collections.abc import Mapping
from typing import Any

from django.urls import Resolver404, resolve

from opvangloket.domains.contact.whose import organisers_of_reference
from opvangloket.domains.cooperation.consultation_queries import organisers_invited
from opvangloket.domains.providers.queries import location_by_slug
from opvangloket.foundation.accounts.sessions import OrganiserPerson, OrganiserRoles


def role_behind(roles: OrganiserRoles, parts: Mapping[str, Any]) -> OrganiserPerson | None:
    """Return at which other organiser the account may see the page with these parts in its address.

    None for a page that belongs to no organiser, to the one for which the account works now, or to none of its own.
    """
    if "location" in parts:
        found = location_by_slug(parts["location"])
        if found is None:
            return None
        return next(
            (one for one in roles.elsewhere() if one.organiser_id == found.organiser_id and one.works_at(found.id)),
            None,
        )
    if "reference" not in parts:
        return None
    behind = organisers_of_reference(parts["reference"]) | organisers_invited(parts["reference"])
    if roles.working is not None and roles.working.organiser_id in behind:
        return None
    return next((one for one in roles.elsewhere() if one.organiser_id in behind), None)


def role_behind_address(roles: OrganiserRoles, address: str) -> OrganiserPerson | None:
    """Return at which other organiser the account may see an address of ours ("/organisator/…?p=2")."""
    try:
        parts = resolve(address.partition("?")[0]).kwargs
    except Resolver404:
        return None
    return role_behind(roles, parts)

"""How organisers, locations and requests are called in a folder.

An id belongs to a source (`meta.csv`). What came from that source keeps its id; everything else goes by its public
name: the reference of a request, the address of a location. A folder that this installation wrote itself is so
recognised when it comes back.
"""

from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.utils.crypto import salted_hmac

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.domains.requests.models import CareRequest

NameOf = Callable[[UUID], str]
_ORGANISER_PREFIX: Final = "organisator-"


def own_source() -> str:
    """Return the source under which this installation writes what was made here; no other one writes the same."""
    return f"opvangloket-{salted_hmac('exchange.source', '', secret=settings.SECRET_KEY).hexdigest()[:12]}"


def request_name(folder_source: str, source: str, external_id: str, reference: str) -> str:
    """Return how a request is called in a folder of this source."""
    return external_id if external_id and source == folder_source else reference


def location_name(folder_source: str, location: Location) -> str:
    """Return how a location is called in a folder of this source."""
    return location.external_id if location.external_id and location.source == folder_source else location.slug


def organiser_names(folder_source: str, organisers: Iterable[Organiser]) -> dict[UUID, str]:
    """Return how organisers are called in a folder of this source: without an id, after their first location."""
    first_slugs = dict(Location.objects.values_list("organiser_id").annotate(first=Min("slug")))
    return {
        each.id: each.external_id
        if each.external_id and each.source == folder_source
        else f"{_ORGANISER_PREFIX}{first_slugs.get(each.id, each.id.hex)}"
        for each in organisers
    }


def merge_targets(folder_source: str, merges: Iterable[tuple[str, bool, str]]) -> dict[tuple[str, bool, str], str]:
    """Return how the other request of each merge is called in a folder of this source.

    A merge is the source of its request, whether it was imported, and the reason as it is kept: the id of the source
    when imported, else the reference. Only requests in the scope in force are found.
    """
    wanted = set(merges)
    ids = {reason for _source, imported, reason in wanted if imported}
    references = {reason for _source, imported, reason in wanted if not imported}
    rows = CareRequest.objects.filter(external_id__in=ids) | CareRequest.objects.filter(reference__in=references)
    found = {}
    for source, external_id, reference in rows.values_list("source", "external_id", "reference"):
        name = request_name(folder_source, source, external_id, reference)
        found[source, True, external_id] = name
        found |= {merge: name for merge in wanted if not merge[1] and merge[2] == reference}
    return {merge: found[merge] for merge in wanted if merge in found}

"""The inbox: the questions of all own locations, across desks, the most pressing first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.contact.queries import unread_by_inquiry
from opvangloket.domains.distribution.inbox.filters import that_are_urgent, that_fit
from opvangloket.domains.distribution.inbox.rows import PER_PAGE, InboxFilter, inbox, inbox_count
from opvangloket.domains.providers.own_locations import NamedLocation, have_several_desks, location_names
from opvangloket.rules.conversations import Side
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.page_numbers import page_number
from opvangloket.web.organiser.questions.also_waiting import also_waiting
from opvangloket.web.organiser.questions.inbox_rows import (
    empty,
    heading,
    inbox_rows,
    lead,
    no_messages,
    nothing_fits,
    nothing_urgent,
)
from opvangloket.web.ui.components import pagination

MESSAGES, FITS, URGENT = "berichten", "past", "dringend"
SHOWN = {
    "": InboxFilter.OPEN,
    FITS: InboxFilter.OPEN,
    URGENT: InboxFilter.OPEN,
    "beantwoord": InboxFilter.ANSWERED,
    "alle": InboxFilter.ALL,
    MESSAGES: InboxFilter.ALL,
}
# Whoever has fewer sees all of them at one look.
NARROWED_FROM: Final = 6
EMPTY = {MESSAGES: no_messages, FITS: nothing_fits, URGENT: nothing_urgent}


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of what to see."""

    label: str
    url: str
    current: bool


@organiser_page("inquiry.read")
def show(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show the questions that wait, those that are answered, or all of them."""
    locations = location_names(visit.location_ids)
    wanted, here = request.GET.get("toon", ""), request.GET.get("locatie", "")
    chosen = next((location for location in locations if location.slug == here), None)
    only = chosen or (locations[0] if len(locations) == 1 else None)
    shown = SHOWN.get(wanted, InboxFilter.OPEN)
    ids: frozenset[UUID] = frozenset({chosen.id}) if chosen else visit.location_ids
    number = page_number(request)
    unread = unread_by_inquiry(Side.LOCATION)
    among = _among(wanted, ids, unread, visit.today)
    found = inbox(ids, show=shown, today=visit.today, page=number, among=among)
    count = inbox_count(visit.location_ids)

    def url_of(page_number: int) -> str:
        return _url(wanted, chosen, page_number)

    context = {
        "heading": heading(count),
        "lead": lead(count, today=visit.today),
        "tabs": _tabs(wanted if wanted in SHOWN else "", chosen, len(unread), narrowed=count.waiting >= NARROWED_FROM),
        "locations": locations if len(locations) > 1 else (),
        "chosen": chosen,
        "wanted": wanted,
        "rows": inbox_rows(
            found.rows,
            several_locations=len(locations) > 1,
            several_desks=have_several_desks(visit.location_ids, today=visit.today),
            today=visit.today,
            unread=unread,
        ),
        "pages": pagination(page=number, per_page=PER_PAGE, total=found.total, url_of=url_of),
        "empty": EMPTY[wanted]() if wanted in EMPTY else empty(answered=shown is not InboxFilter.OPEN),
        "order_url": _url_of("order", only),
        "paper_url": _url_of("paper_list", only) if among is None and shown is InboxFilter.OPEN and found.total else "",
        "file_query": _file_query(chosen) if shown is InboxFilter.OPEN and found.total else None,
        "also_waiting": also_waiting(visit),
        "several_url": _several_url(chosen) if shown is InboxFilter.OPEN and found.total > 1 else "",
    }
    return draw(request, visit, "inbox.html", context, section=INBOX, waiting=count.waiting)


def _among(
    wanted: str, location_ids: Collection[UUID], unread: Collection[UUID], today: date
) -> Collection[UUID] | None:
    """Return the inquiries that a filter leaves; None where it does not name them one by one."""
    if wanted == FITS:
        return that_fit(location_ids, today=today)
    if wanted == URGENT:
        return that_are_urgent(location_ids)
    return unread if wanted == MESSAGES else None


def _several_url(chosen: NamedLocation | None) -> str:
    address = reverse("organiser:several")
    return f"{address}?locatie={chosen.slug}" if chosen else address


def _file_query(chosen: NamedLocation | None) -> str:
    """Return what the address of the list in a file says besides: of which location."""
    return f"?locatie={chosen.slug}" if chosen else ""


def _url_of(name: str, location: NamedLocation | None) -> str:
    return reverse(f"organiser:{name}", args=[location.slug]) if location else ""


def _tabs(shown: str, chosen: NamedLocation | None, unread: int, *, narrowed: bool) -> tuple[Tab, ...]:
    labels = {"": _("Te beantwoorden")}
    if narrowed or shown in (FITS, URGENT):
        labels |= {FITS: _("Past helemaal"), URGENT: _("Dringend")}
    labels |= {"beantwoord": _("Beantwoord"), "alle": _("Alle")}
    if unread or shown == MESSAGES:
        labels[MESSAGES] = _("Nieuwe berichten (%(count)s)") % {"count": unread}
    return tuple(Tab(label, _url(wanted, chosen), wanted == shown) for wanted, label in labels.items())


def _url(wanted: str, chosen: NamedLocation | None, page_number: int = 1) -> str:
    asked = {"toon": wanted, "locatie": chosen.slug if chosen else "", "pagina": page_number if page_number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("organiser:inbox")
    return f"{address}?{query}" if query else address

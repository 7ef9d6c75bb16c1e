"""The frame around every page of an organiser: its name, its menu with what waits, and the way out."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.contact.news import unread_news
from opvangloket.domains.distribution.inbox.rows import inbox_count
from opvangloket.domains.providers.own_locations import organiser_name
from opvangloket.web.guards import OrganiserVisit
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import Chrome, NavItem

INBOX, PLACEMENTS, PLANNER, LOCATIONS, MIRROR, NEWS = (
    "inbox",
    "placements",
    "planners",
    "locations",
    "mirror",
    "news",
)


def draw(
    request: Request,
    visit: OrganiserVisit,
    template: str,
    context: dict[str, Any],
    *,
    section: str,
    status: int = 200,
    waiting: int | None = None,
) -> HttpResponse:
    """Render a page of an organiser; `section` is the entry of the menu to which it belongs.

    `waiting` is the number of questions in the menu, where the page has counted them already.
    """
    request.chrome = chrome(visit, section, waiting=waiting)  # type: ignore[attr-defined]
    return page(request, f"organiser/{template}", context, status=status)


def draw_shared(
    request: Request, visit: OrganiserVisit, template: str, context: dict[str, Any], *, section: str
) -> HttpResponse:
    """Render a page that other audiences have too, in the frame of an organiser; `template` is its whole name."""
    request.chrome = chrome(visit, section)  # type: ignore[attr-defined]
    return page(request, template, context)


def chrome(visit: OrganiserVisit, section: str, *, waiting: int | None = None) -> Chrome:
    """Return the frame of a page."""
    if waiting is None:
        waiting = inbox_count(visit.location_ids).waiting
    return Chrome(
        place=organiser_name(visit.organiser_id),
        home_url=reverse("organiser:inbox"),
        nav=(
            _item(INBOX, _("Vragen"), section, "mail", count=waiting),
            _item(PLACEMENTS, _("Plaatsingen"), section, "baby-carriage"),
            _item(PLANNER, _("Planner"), section, "calendar"),
            _item(LOCATIONS, _("Locaties"), section, "home"),
            _item(MIRROR, _("Spiegel"), section, "chart-bar"),
            _item(NEWS, _("Nieuws"), section, "bell", count=unread_news(visit.account.id)),
        ),
        account=visit.account.name,
        logout_url=reverse("organiser:sign_out"),
        switch_url=reverse("organiser:work_for") if visit.works_elsewhere else "",
    )


def _item(name: str, label: str, section: str, icon: str, *, count: int = 0) -> NavItem:
    return NavItem(label=label, url=reverse(f"organiser:{name}"), current=name == section, icon=icon, count=count)

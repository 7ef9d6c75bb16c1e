"""The frame of every page of the desk: its menu, the search field, who is signed in."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opvangloket.web.guards import DeskVisit
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.chrome import chrome_of_desk
from opvangloket.web.ui.components import Chrome, NavItem, SearchBox

# The name of the page that an entry opens, its words and its icon.
MENU: Final = (
    ("worklist", gettext_noop("Werklijst"), "list"),
    ("register", gettext_noop("Vraag opnemen"), "phone"),
    ("families", gettext_noop("Gezinnen"), "users"),
    ("locations", gettext_noop("Opvang"), "home"),
    ("complaints", gettext_noop("Klachten"), "message"),
    ("report", gettext_noop("Verslag"), "report"),
    ("settings", gettext_noop("Instellingen"), "settings"),
)


def frame(visit: DeskVisit, *, current: str = "", searched: str = "") -> Chrome:
    """Return the frame of a page; `current` is the entry of the menu it belongs to, `searched` what was looked for."""
    slug = visit.desk.slug
    return Chrome(
        place=chrome_of_desk(visit.desk).place,
        home_url=reverse("desk:worklist", args=[slug]),
        nav=tuple(
            NavItem(label=_(label), url=reverse(f"desk:{name}", args=[slug]), icon=icon, current=name == current)
            for name, label, icon in MENU
        ),
        search=SearchBox(
            url=reverse("desk:families", args=[slug]),
            label=_("Zoek een gezin op naam, telefoon of nummer"),
            placeholder=_("Naam, telefoon of nummer"),
            value=searched,
        ),
        account=visit.account.name,
        logout_url=reverse("desk:sign_out"),
        procedure_url=reverse("public:procedure", args=[slug]),
    )


def show(
    request: Request,
    visit: DeskVisit,
    template: str,
    context: dict[str, Any],
    *,
    current: str = "",
    searched: str = "",
    swaps: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page of the desk in its frame; `swaps` is the list of partials that htmx may ask for."""
    request.chrome = frame(visit, current=current, searched=searched)  # type: ignore[attr-defined]
    return page(request, template, {"visit": visit, **context}, swaps=swaps, status=status)

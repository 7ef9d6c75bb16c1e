"""The frame of a family's pages: brand, phone, menu, the pages that every page links to."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.foundation.tenancy.models import Desk
from opvangloket.web.middleware import Request
from opvangloket.web.ui.chrome import chrome_of_desk
from opvangloket.web.ui.components import Chrome, NavItem


def frame(request: Request, desk: Desk) -> None:
    """Put the frame around a page of asking: no menu, nothing that leads away."""
    request.chrome = _chrome(desk)  # type: ignore[attr-defined]


def frame_with_menu(request: Request, desk: Desk) -> None:
    """Put the frame with the menu of a signed-in family around a page."""
    address = {"desk": desk.slug}
    mine = reverse("family:mine", kwargs=address)
    request.chrome = replace(  # type: ignore[attr-defined]
        _chrome(desk),
        nav=(
            NavItem(label=_("Mijn vragen"), url=mine, current=request.path.startswith(mine), icon="list"),
            NavItem(label=_("Nieuwe vraag"), url=reverse("family:ask", kwargs=address), icon="plus"),
        ),
        account=_("Je bent aangemeld."),
        logout_url=reverse("family:sign_out", kwargs=address),
    )


def _chrome(desk: Desk) -> Chrome:
    address = {"desk": desk.slug}
    return replace(
        chrome_of_desk(desk),
        procedure_url=reverse("public:procedure", kwargs=address),
        privacy_url=reverse("public:privacy", kwargs=address),
        accessibility_url=reverse("public:accessibility", kwargs=address),
    )

"""The frame of a page, from what is known about the request."""

from django.http import HttpRequest
from django.urls import reverse

from opvangloket.foundation.tenancy.models import Desk
from opvangloket.web.ui.components import DEFAULT_CHROME, Chrome


def chrome_of(request: HttpRequest) -> Chrome:
    """Return the frame that a view put on `request.chrome`, else that of the page's desk, else the bare brand."""
    own = getattr(request, "chrome", None)
    if isinstance(own, Chrome):
        return own
    desk = getattr(request, "desk", None)
    return chrome_of_desk(desk) if desk else DEFAULT_CHROME


def chrome_of_desk(desk: Desk) -> Chrome:
    """Return the public frame of a desk: its name, and its phone and counter as prominent as the button."""
    return Chrome(
        place=desk.name.removeprefix(f"{DEFAULT_CHROME.name} "),
        home_url=f"/{desk.slug}/",
        procedure_url=reverse("public:procedure", kwargs={"desk": desk.slug}),
        privacy_url=reverse("public:privacy", kwargs={"desk": desk.slug}),
        accessibility_url=reverse("public:accessibility", kwargs={"desk": desk.slug}),
        phone=desk.phone,
        counter=", ".join(words for words in (desk.counter, desk.counter_hours) if words),
    )

"""What every request gets around its page: the clock, the desk whose page it is, words for what was refused."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from opvangloket.foundation import clock as installation_clock
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.web.errors import changed_meanwhile

log = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]


class Request(HttpRequest):
    """A request as our pages see it: with the moment it came in and, on a desk's pages, that desk."""

    now: datetime
    desk: Desk | None
    htmx: Any


def clock(get_response: Answer) -> Answer:
    """Read the clock once, at the door: `request.now`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = installation_clock.now()  # type: ignore[attr-defined]
        request.desk = None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def desk_of_the_page(get_response: Answer) -> Answer:
    """Look up the desk named in the address, so that error pages too can say whom to call."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> None:
        if slug := kwargs.get("desk"):
            request.desk = Desk.objects.filter(slug=slug).first()  # type: ignore[attr-defined]

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def addresses_that_can_be(get_response: Answer) -> Answer:
    """Find no page at an address that holds a NUL: nobody types one, and the database refuses to look for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, _view: Any, _args: Any, _kwargs: dict[str, Any]) -> None:
        if "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise Http404("Dit adres kan niet bestaan.")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def what_an_action_refused(get_response: Answer) -> Answer:
    """Say in words what an action refused, where its page did not foresee that."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, refused: Exception) -> HttpResponse | None:
        if not isinstance(refused, OpvangloketError):
            return None
        log.warning("%s: refused by an action (%s)", request.resolver_match, refused.code)
        return changed_meanwhile(request, refused)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware

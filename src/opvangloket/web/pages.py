"""Rendering a page: the same address, view and template for a full page and for an htmx swap."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

from opvangloket.web.middleware import Request
from opvangloket.web.ui.chrome import chrome_of


def page(
    request: Request, template: str, context: dict[str, Any], *, swaps: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """Render a page, or for htmx the one part of it that was asked for.

    `swaps` is the list of partials that may be asked for (by the id of the element that is replaced); everything else
    gets the whole page. The context is the same either way: nothing reaches the template that the visitor may not see.
    """
    target = request.htmx.target if request.htmx else None
    name = f"{template}#{target}" if target in swaps else template
    response = TemplateResponse(request, name, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the desk and the frame of its page, and whether this is a playground."""
    return {
        "desk": getattr(request, "desk", None),
        "chrome": chrome_of(request),
        "playground": settings.PLAYGROUND,
    }

"""Pictures that were handed in, as they were drawn anew: public, and never different under the same address."""

from typing import Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from opvangloket.foundation.files.keeping import kept_size
from opvangloket.foundation.files.pictures import WIDTHS
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request

_A_YEAR: Final = 365 * 24 * 60 * 60


@open_page
def picture(request: Request, name: str, width: int) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Send a picture at one of its sizes, to keep for a year: another picture has another address."""
    found = kept_size(name, width) if width in WIDTHS else None
    if found is None:
        raise Http404("Deze foto is er niet meer.")
    response = HttpResponse(found.content, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    response["Last-Modified"] = http_date(found.kept_at.timestamp())
    response["Content-Disposition"] = f'inline; filename="{name[:8]}-{width}.webp"'
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def picture_url(name: str, width: int) -> str:
    """Return the address of a picture at a size."""
    return reverse("picture", args=[name, width])

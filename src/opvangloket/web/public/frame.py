"""The frame of a desk's public pages: brand, phone, menu, the pages that every page links to."""

from dataclasses import replace

from django.urls import reverse

from opvangloket.foundation.tenancy.models import Desk
from opvangloket.web.ui.chrome import chrome_of_desk
from opvangloket.web.ui.components import Chrome


def public_chrome(desk: Desk) -> Chrome:
    """Return the frame of a desk's public pages."""
    address = {"desk": desk.slug}
    return replace(
        chrome_of_desk(desk),
        procedure_url=reverse("public:procedure", kwargs=address),
        privacy_url=reverse("public:privacy", kwargs=address),
        accessibility_url=reverse("public:accessibility", kwargs=address),
    )

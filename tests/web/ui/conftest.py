"""The gallery on its own: no database, no sessions, only what draws a page."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import include, path
from tests.serving import served

urlpatterns = [path("galerij/", include("opvangloket.web.ui.urls"))]

ALONE = {
    "ROOT_URLCONF": __name__,
    "MIDDLEWARE": [
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "csp.middleware.CSPMiddleware",
    ],
}


@pytest.fixture
def gallery() -> Iterator[Client]:
    """A client for the pages of the gallery."""
    with override_settings(**ALONE):
        yield Client()


@pytest.fixture(scope="session")
def gallery_address() -> Iterator[str]:
    """The address of the gallery, served with its stylesheets and its content policy."""
    with override_settings(**ALONE), served() as address:
        yield f"{address}/galerij/"

"""The gallery on its own: no database, no sessions, only what draws a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client, override_settings
from django.urls import include, path, set_urlconf
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


@contextmanager
def _alone() -> Iterator[None]:
    """Serve nothing but the gallery for as long as the block lasts; afterwards nothing in this thread remembers it."""
    try:
        with override_settings(**ALONE):
            yield
    finally:
        set_urlconf(None)


@pytest.fixture
def gallery() -> Iterator[Client]:
    """A client for the pages of the gallery."""
    with _alone():
        yield Client()


@pytest.fixture(scope="module")
def gallery_address() -> Iterator[str]:
    """The address of the gallery, served with its stylesheets and its content policy."""
    with _alone(), served() as address:
        yield f"{address}/galerij/"

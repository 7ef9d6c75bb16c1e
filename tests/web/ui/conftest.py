"""The gallery on its own: no database, no sessions, only what draws a page."""

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.urls import include, path

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


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keep the output of the tests to what fails."""


@pytest.fixture(scope="session")
def gallery_address() -> Iterator[str]:
    """The address of the gallery, served with its stylesheets and its content policy."""
    with override_settings(**ALONE):
        server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=_Server, handler_class=_Quiet)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/galerij/"
        server.shutdown()
        server.server_close()
        thread.join()

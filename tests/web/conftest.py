"""What every test of a page has: the cast on one day, and a browser that reads each page as a strict reader would."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from tests.cast import Town, plan_places, town
from tests.domains.distribution.care_journey import in_care
from tests.domains.distribution.journey import Journey
from tests.inspector import inspect_page

from opvangloket.domains.requests.actions import Registered
from opvangloket.foundation import clock
from opvangloket.foundation.accounts import sessions
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.web.sessions import cookie_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday


# One for all: a handler of its own would let each client read every static file anew before its first page.
_HANDLER = ClientHandler(enforce_csrf_checks=False)


class PageClient(Client):
    """A browser in which every page is inspected; a part of a page, fetched by htmx, is not a page."""

    def __init__(self) -> None:
        super().__init__()
        self.handler = _HANDLER

    def request(self, **request: Any) -> HttpResponse:
        """Do a request and inspect the page that comes back."""
        response: HttpResponse = super().request(**request)
        is_page = response.get("Content-Type", "").startswith("text/html") and response.content
        if is_page and "HTTP_HX_REQUEST" not in request:
            inspect_page(response.content.decode(), request["PATH_INFO"])
        return response


ClientFor = Callable[..., PageClient]


@pytest.fixture
def here() -> Iterator[Town]:
    """Give the town on the day of these tests, and stop the clock there."""
    with clock.stopped_at(NOW):
        yield town(NOW)


@pytest.fixture
def client_for(here: Town) -> ClientFor:
    """Give a browser: of a visitor, of an account (`client_for(here.rosa)`), or of a family (`client_for(noor)`)."""

    def make(*who: Account | Registered) -> PageClient:
        client = PageClient()
        accounts = [person for person in who if isinstance(person, Account)]
        requests = frozenset(request.request_id for request in who if isinstance(request, Registered))
        for account in accounts:
            session = _session()
            sessions.open_account(session, account)
            _remember(client, session, Audience(account.audience))
        if requests:
            session = _session()
            sessions.open_family(session, here.ninove.id, requests)
            _remember(client, session, Audience.FAMILY)
        return client

    return make


@pytest.fixture
def noor(here: Town) -> Iterator[Journey]:
    """Noor is in care at De Regenboog Centrum since a month; the clock stands there. Most tests have their own Noor."""
    for location in (here.regenboog_centrum, here.regenboog_denderhof):
        plan_places(location, 1, from_on=here.today)
    journey = in_care(here)
    with clock.stopped_at(journey.now):
        yield journey


@pytest.fixture
def rosa(client_for: ClientFor, here: Town) -> PageClient:
    """Give the browser of the manager of De Regenboog."""
    return client_for(here.rosa)


def _session() -> Any:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    return session


def _remember(client: Client, session: Any, audience: Audience) -> None:
    session.save()
    name, path = cookie_of(audience)
    client.cookies[name] = session.session_key
    client.cookies[name]["path"] = path

"""The whole product in a real browser: a town of its own for each test, served from a database in which commits last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from tests.browser import PATIENCE, fits_across, violations
from tests.cast import Town, town
from tests.serving import served

from opvangloket.domains.requests.actions import Registered
from opvangloket.foundation import clock
from opvangloket.foundation.accounts import sessions
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.web.sessions import cookie_of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test beside this file as one in a real browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@dataclass
class Site:
    """A town that is open, and the browsers that look at it.

    `visit(...)` opens a page: of a visitor, of an account or of a family. Whatever a browser complains about makes
    the test fail at its end.
    """

    here: Town
    address: str
    browser: Any
    complaints: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)
    without_script: list[Any] = field(default_factory=list)

    def visit(self, path: str, *who: Account | Registered, width: int = 1280, **options: Any) -> Any:
        """Open a page in a browser of its own; `options` are those of a browser, such as `java_script_enabled`."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.contexts.append(context)
        if not options.get("java_script_enabled", True):
            self.without_script.append(context)
        for name, key, cookie_path in self._sessions(who):
            host = urlsplit(self.address).hostname
            context.add_cookies([{"name": name, "value": key, "domain": host, "path": cookie_path}])
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + path)
        return page

    def mail(self, address: str, *, subject: str = "") -> str:
        """Return the text of the latest mail to an address, with links that lead to this site."""
        found = next(mail for mail in mailbox(search=address) if subject in mail.row.subject)
        return found.text.replace(settings.PUBLIC_ADDRESS, self.address)

    def link_in_mail(self, address: str, part: str) -> str:
        """Return the path of the link in the latest mail to an address that holds `part`."""
        found = re.search(rf"{re.escape(self.address)}(\S*{re.escape(part)}\S*)", self.mail(address))
        assert found, f"no link with {part} in the mail to {address}"
        return found[1]

    def check(self, page: Any) -> None:
        """Let axe look at a page: no violation of WCAG 2.2 AA, and nothing that scrolls sideways."""
        page.wait_for_load_state()
        read = self._with_script(page) if page.context in self.without_script else page
        assert violations(read) == [], page.url
        assert fits_across(read), f"{page.url} is too wide"

    def _with_script(self, page: Any) -> Any:
        """Open the same HTML where scripts run: in a page without them axe waits for ever for its own timers."""
        html = page.content()
        context = self.browser.new_context(viewport=page.viewport_size)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        copy = context.new_page()
        copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        copy.goto(page.url)
        return copy

    def _sessions(self, who: tuple[Account | Registered, ...]) -> Iterator[tuple[str, str, str]]:
        """Sign these people in, each at their own door."""
        requests = frozenset(request.request_id for request in who if isinstance(request, Registered))
        for account in (person for person in who if isinstance(person, Account)):
            session = _session()
            sessions.open_account(session, account)
            yield _saved(session, Audience(account.audience))
        if requests:
            session = _session()
            sessions.open_family(session, self.here.ninove.id, requests)
            yield _saved(session, Audience.FAMILY)


@pytest.fixture
def site(browser: Any, committed_database: str) -> Iterator[Site]:
    """Open a town, with its desks and organisers as they are now, to browsers."""
    with served() as address:
        opened = Site(here=town(clock.now()), address=address, browser=browser)
        yield opened
        for context in opened.contexts:
            context.close()
    assert opened.complaints == []


def _session() -> Any:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    return session


def _saved(session: Any, audience: Audience) -> tuple[str, str, str]:
    session.save()
    name, path = cookie_of(audience)
    return name, session.session_key, path

"""A slow machine for the tests in a browser (`make slow`): what only works because all goes quickly fails here.

Every page comes in two halves with a pause before each, and the browser is slowed down many times. Nobody needs to
know whether a page that arrives in pieces is accessible: axe stays out of it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests import browser

PAUSE_S: Final = 0.25
TIMES_SLOWER: Final = 6
_PAGE: Final = b"<!doctype html"


@pytest.fixture(scope="session", autouse=True)
def _slow_machine() -> Iterator[None]:
    """Slow down server and browser for as long as the tests last."""
    from playwright.sync_api import BrowserContext

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WSGIHandler, "__call__", _slowly(WSGIHandler.__call__))
        patched.setattr(BrowserContext, "new_page", _throttled(BrowserContext.new_page))
        yield


def pytest_configure() -> None:
    """Leave axe out, before the tests take it along."""
    browser.violations = _no_violations


def _no_violations(page: Any, **_only: Any) -> list[str]:
    page.wait_for_load_state()
    return []


def _slowly(answer: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
    def answered(self: WSGIHandler, environ: Any, start_response: Any) -> Iterator[bytes]:
        time.sleep(PAUSE_S)
        return _in_pieces(answer(self, environ, start_response))

    return answered


def _in_pieces(response: Any) -> Iterator[bytes]:
    """Yield an answer of the server: the head of a page, then each half of it, with a pause before either."""
    try:
        yield b""
        for data in response:
            is_page = data[: len(_PAGE)].lower() == _PAGE
            half = len(data) // 2 if is_page else 0
            for piece in filter(None, (data[:half], data[half:])):
                time.sleep(PAUSE_S if is_page else 0)
                yield piece
    finally:
        if hasattr(response, "close"):
            response.close()


def _throttled(open_page: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def opened(context: Any) -> Any:
        page = open_page(context)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": TIMES_SLOWER})
        return page

    return opened

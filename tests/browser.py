"""A real browser for tests (loaded as a plugin, `-p tests.browser`).

Chromium is looked for on the path, then where playwright keeps its own. Without one, `make check` fails
(`OPVANGLOKET_BROWSER=required`); `make test` goes on and says at its end which tests nobody ran.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).resolve().parent / "vendor/axe/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NO_BROWSER = "no browser: install Chromium (Debian: apt install chromium), or run `playwright install chromium`"
PATIENCE = 60_000
_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium; each test opens contexts of its own in it."""
    from playwright.sync_api import expect, sync_playwright

    # Playwright keeps an event loop in this thread; the tests still speak to the database as plain code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    # What a page is expected to say may take as long as what a test does with it.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        path = browser_path(playwright)
        if not Path(path).exists():
            _do_without()
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


def browser_path(playwright: Any) -> str:
    """Return where the browser is: on the path, or where playwright keeps its own."""
    return str(next(filter(None, map(shutil.which, _NAMES)), playwright.chromium.executable_path))


def _do_without() -> None:
    if os.environ.get("OPVANGLOKET_BROWSER") == "required":
        pytest.fail(NO_BROWSER)
    pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly which tests were not run for want of a browser."""
    unseen = [report for report in terminalreporter.getreports("skipped") if NO_BROWSER in str(report.longrepr)]
    if unseen:
        terminalreporter.write_sep("!", f"{len(unseen)} TESTS NEED A BROWSER AND WERE NOT RUN", red=True, bold=True)
        terminalreporter.write_line(f"{NO_BROWSER}. `make check` does not pass without one.")


def drawn(page: Any) -> Any:
    """Wait until a page is there and on the screen, and return it: before that a browser hears no keys.

    By a picture, for which no script has to run; asked of the browser itself, since playwright's own styles the page.
    """
    page.wait_for_load_state()
    page.context.new_cdp_session(page).send("Page.captureScreenshot")
    return page


def fits_across(page: Any) -> bool:
    """Return whether nothing lies beside the edge of the screen.

    A press ends as soon as the next page begins to arrive, when there is nothing yet to measure.
    """
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def violations(page: Any, *, only: Sequence[str] = ()) -> list[str]:
    """Return what axe has against the page as it stands, by all rules or by some, each with the first element."""
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        # Not by a script tag: the content policy of the pages stands.
        page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    wanted = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": WCAG}
    # The elements that pass are not listed one by one: nobody reads them, and a large page has thousands.
    found = page.evaluate("wanted => axe.run({runOnly: wanted, resultTypes: ['violations']})", wanted)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]

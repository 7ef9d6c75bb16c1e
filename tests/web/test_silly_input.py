"""Whatever somebody types, every form of every page answers kindly: no error page, and what was typed stands there again.

The pages are those of the routes, so a new form is tried by itself. Each field of a form gets the same silly answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any, Final
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import transaction
from django.test import Client
from tests.cast import Town
from tests.e2e.test_axe_everywhere import Tour, routes_of
from tests.web.conftest import ClientFor, PageClient
from tests.web.organiser.routes import Mails

pytestmark = pytest.mark.django_db

LAST_DAY_EVER: Final = {"day": str(date.max.day), "month": str(date.max.month), "year": str(date.max.year)}
MUCH: Final = "👶🏽 <b>&'\" ²" * 300
SILLY: Final = ("-1", "9" * 25, MUCH)
CHOSEN: Final = {"radio", "checkbox", "hidden", "submit", "file"}


@dataclass(slots=True)
class DrawnForm:
    """A form as a page draws it: where it goes, what is chosen or hidden in it, and what one types."""

    address: str
    method: str
    chosen: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it another form than one that was tried."""
        return self.address, self.method, *sorted(self.chosen), *self.typed

    def filled(self, words: str) -> dict[str, Any]:
        """Return the form with the same words in every field."""
        return {**self.chosen, **dict.fromkeys(self.typed, words)}

    def dated(self, day: dict[str, str]) -> dict[str, Any]:
        """Return the form with the same day in every date."""
        return {**self.chosen, **{name: day.get(name.rpartition("_")[2], "") for name in self.typed}}


def forms_on(page: str, address: str) -> Iterator[DrawnForm]:
    """Yield the forms of a page."""
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter("form"):
        form = DrawnForm(element.get("action") or address, element.get("method", "get").lower())
        for control in element.iter():
            _add(form, control)
        yield form


def _add(form: DrawnForm, control: Element) -> None:
    name, kind = control.get("name", ""), control.get("type", "text")
    if not name:
        return
    if control.tag == "select":
        options = [option.get("value", "") for option in control.iter("option")]
        form.chosen[name] = options[-1:]
    elif control.tag == "input" and kind in CHOSEN:
        if kind != "file" and (kind != "radio" or name not in form.chosen or control.get("checked") is not None):
            form.chosen[name] = [control.get("value", "on")]
    elif control.tag in {"input", "textarea"}:
        form.typed.append(name)


def pages_of(tour: Tour, client: PageClient, space: str) -> Iterator[tuple[str, str]]:
    """Yield each page with its address."""
    for route in routes_of(space):
        for address in tour.addresses(route):
            answer = client.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield address, answer.content.decode()


def sent(client: Client, form: DrawnForm, data: dict[str, Any]) -> Any:
    """Send a form, and take back whatever it did."""
    with transaction.atomic():
        answer = client.get(form.address, data) if form.method == "get" else client.post(form.address, data)
        transaction.set_rollback(True)
    return answer


def lost(answer: Any, form: DrawnForm, words: str) -> bool:
    """Tell whether a form came back for another try without the words that were typed."""
    comes_back = form.method == "post" and answer.status_code == 200 and form.typed
    return bool(comes_back) and words not in unescape(answer.content.decode())


@pytest.mark.parametrize("space", ["", "public", "family", "organiser", "desk"])
def test_every_form_answers_kindly(here: Town, client_for: ClientFor, space: str) -> None:
    tour = Tour(Mails(here))  # type: ignore[arg-type] # of a site a tour asks only its mails
    client = client_for(*tour.people(space))
    hasty = Client()  # the pages that come back are inspected by the tests of each page
    hasty.cookies = client.cookies
    tried: set[tuple[str, ...]] = set()
    wrong = []
    for address, page in pages_of(tour, client, space):
        for form in forms_on(page, address):
            if form.key in tried or not form.address.startswith("/"):
                continue
            tried.add(form.key)
            for words, data in [
                *((words, form.filled(words)) for words in SILLY),
                ("a day", form.dated(LAST_DAY_EVER)),
            ]:
                answer = sent(hasty, form, data)
                if answer.status_code not in {200, 204, 302, 400, 403, 404, 409, 429}:
                    wrong.append(f"{form.address} answers {answer.status_code} to {words[:30]!r}")
                if words == MUCH and lost(answer, form, words):
                    wrong.append(f"{form.address} loses what was typed")
    assert wrong == [], "\n".join(wrong)
    assert tried or space == ""

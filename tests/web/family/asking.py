"""Filling in the pages of a question as a family would, one post per page."""

import re
from typing import Any

from django.http import HttpResponse
from tests.web.conftest import PageClient

from opvangloket.foundation.messages.queries import mailbox

HOME = "/ninove/vraag/"
MONDAY_TUESDAY = {f"week_{day}_{half}": "need" for day in ("ma", "di") for half in ("vm", "nm")}

# The family Peeters, page by page.
PAGES: dict[str, dict[str, Any]] = {
    "kind": {
        "children": "1",
        "born_1": "yes",
        "date_1_day": "2",
        "date_1_month": "januari",
        "date_1_year": "2026",
        "first_name_1": "Noor",
        "last_name_1": "",
    },
    "start": {"start_1_day": "1", "start_1_month": "9", "start_1_year": "2026", "until": "school"},
    "momenten": {**MONDAY_TUESDAY, "wanted": ""},
    "soepel": {"later": "2", "other_days": "yes"},
    "situatie": {"about_single_parent": "yes", "about_low_income": "rather_not"},
    "contact": {
        "first_name": "Sara",
        "last_name": "Peeters",
        "email": "sara.peeters@voorbeeld.be",
        "phone": "",
        "place": "9400",
    },
}
LOCATIONS = ("de-regenboog-centrum", "mias-nestje")


def fill_in(
    client: PageClient, *, different: dict[str, dict[str, Any]] | None = None, locations: tuple[str, ...] = LOCATIONS
) -> None:
    """Answer every page up to the check page; `different` changes answers per page."""
    for step in ("kind", "start", "momenten", "soepel"):
        post(client, step, **((different or {}).get(step, {})))
    for slug in locations:
        client.post(f"{HOME}opvang/", {"act": f"add:{slug}"})
    assert client.post(f"{HOME}opvang/", {}).status_code == 302
    for step in ("situatie", "contact"):
        post(client, step, **((different or {}).get(step, {})))


def post(client: PageClient, step: str, **different: Any) -> HttpResponse:
    """Post one page as the family Peeters does, and hold that the question goes on."""
    response: HttpResponse = client.post(f"{HOME}{step}/", PAGES[step] | different)
    assert response.status_code == 302, response.content.decode()
    return response


def send(client: PageClient) -> HttpResponse:
    """Press the last button and read the confirmation."""
    response: HttpResponse = client.post(f"{HOME}nakijken/", follow=True)
    return response


def mailed_code(address: str) -> str:
    """Return the code in the newest mail to an address."""
    return re.findall(r"\b\d{6}\b", mailbox(search=address)[0].text)[0]


def text(response: HttpResponse) -> str:
    """Return a page's words without tags, spaces made single."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())

"""Who may open what: every page of organisers, for every role, at the own location, at another one, and afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Final

import pytest
from django.http import HttpResponse
from django.urls import resolve
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.organiser.routes import Address, organiser_addresses
from tests.web.reading import words

from opvangloket.domains.providers.models import Location
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.foundation.accounts.rights import rights

pytestmark = pytest.mark.django_db
HERE, THERE = "de-regenboog-centrum", "De Regenboog Denderhof"
OPENED, NOT_ALLOWED, NOT_FOUND, AT_THE_DOOR = "opened", "not allowed", "not found", "at the door"

# A complaint is of its location, whose name is not in the address.
BY_REFERENCE: Final = {"complaint", "complaint_remark", "complaint_reply"}
# What only a manager does, and what a stand-in leaves to staff: the spec of the roles, beside the table of rights.
MANAGER_ONLY: Final = {
    "close_location",
    "complaint",
    "complaint_remark",
    "complaint_reply",
    "complaints",
    "decide_manager",
    "end_team",
    "new_complaint",
    "stay_open",
    "team",
}
NOT_FOR_A_STAND_IN: Final = {
    "agreement",
    "capacity",
    "change_days",
    "choose_weekly_list",
    "confirm_location",
    "confirm_page",
    "confirm_placement",
    "confirm_together",
    "declare_vacancy",
    "end_care",
    "families_list",
    "move_child",
    "page",
    "page_part",
    "places",
    "publish_visits",
    "together",
    "vacancy_file",
    "vacancy_file_download",
}
FOR_A_STAND_IN: Final = {
    "answer",
    "close_vacancy",
    "confirm_vacancy",
    "conversation",
    "direct",
    "inbox",
    "mirror",
    "news",
    "paper_list",
    "placement",
    "placements",
    "planner",
    "question",
    "question_file",
    "refer",
    "several",
    "visits",
    "what_if",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role, at the location of the addresses, elsewhere, or not any more."""

    role: str
    is_here: bool = True
    is_over: bool = False

    def expected(self, address: Address) -> str:
        """Return what happens to this person at an address."""
        if self.is_over:
            return AT_THE_DOOR
        if not rights().allows(address.right, self.role):
            return NOT_ALLOWED
        is_elsewhere = HERE in address.path or (address.name in BY_REFERENCE and self.role == "manager")
        return NOT_FOUND if is_elsewhere and not self.is_here else OPENED


PEOPLE: Final = {
    "manager": Person("manager"),
    "staff of this location": Person("location_staff"),
    "staff of another location": Person("location_staff", is_here=False),
    "stand-in": Person("stand_in"),
    "stand-in at another location": Person("stand_in", is_here=False),
    "stand-in afterwards": Person("stand_in", is_over=True),
    "manager of another organiser": Person("manager", is_here=False),
}


def account_of(here: Town, name: str) -> Account:
    """Return the account of a person of the table."""
    known = {"manager": here.rosa, "manager of another organiser": here.mia_account}
    if name in known:
        return known[name]
    person = PEOPLE[name]
    account = Account.objects.create(
        audience=Audience.ORGANISER, email=f"{name.replace(' ', '.')}@opvang.example", name="Ines", created_at=here.now
    )
    location = here.regenboog_centrum if person.is_here else here.regenboog_denderhof
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.regenboog.id,
            account=account,
            role=OrganiserRole(person.role),
            location_id=location.id,
            start_on=date(2020, 1, 1),
            end_on=here.today if person.is_over else None,
        )
    return account


def what_happened(answer: HttpResponse) -> str:
    """Say in one word what an answer is; a page that leads on to another one was opened."""
    if answer.status_code == 302:
        at_the_door = answer["Location"].startswith("/organisator/werk-voor/")
        return AT_THE_DOOR if at_the_door else OPENED
    return {200: OPENED, 403: NOT_ALLOWED, 404: NOT_FOUND}[answer.status_code]


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_opens_for_whom_it_is(client_for: ClientFor, here: Town, name: str) -> None:
    client, person = client_for(account_of(here, name)), PEOPLE[name]
    wrong = []
    for address in organiser_addresses(here):
        answer = client.get(address.path)
        happened, expected = what_happened(answer), person.expected(address)
        if happened != expected:
            wrong.append((address.path, happened, expected))
        if happened == NOT_ALLOWED and "Vraag het aan Rosa." not in words(answer):
            wrong.append((address.path, "does not say whom to ask", ""))
        if expected in {NOT_ALLOWED, NOT_FOUND, AT_THE_DOOR} and what_happened(client.post(address.path)) != expected:
            wrong.append((address.path, "an act is taken", expected))
    assert wrong == []


def test_the_roles_are_those_of_the_spec(here: Town) -> None:
    guards = {one.name: one.right for one in organiser_addresses(here)}
    may = {
        role: {name for name, action in guards.items() if rights().allows(action, role)}
        for role in ("manager", "location_staff", "stand_in")
    }
    assert guards.keys() == may["manager"]
    assert not MANAGER_ONLY & may["location_staff"]
    assert may["location_staff"] >= NOT_FOR_A_STAND_IN | FOR_A_STAND_IN
    assert may["stand_in"] >= FOR_A_STAND_IN
    assert not (MANAGER_ONLY | NOT_FOR_A_STAND_IN) & may["stand_in"]


@pytest.mark.parametrize("name", ["staff of another location", "stand-in at another location"])
def test_pages_over_all_locations_show_only_the_own_one(client_for: ClientFor, here: Town, name: str) -> None:
    Location.objects.filter(id=here.regenboog_centrum.id).update(name="Locatie Elders")
    client = client_for(account_of(here, name))
    shown = {one.path: client.get(one.path, follow=True) for one in organiser_addresses(here) if HERE not in one.path}
    readable = {path: words(answer) for path, answer in shown.items() if answer["Content-Type"].startswith("text/")}
    leaks = [path for path, text in readable.items() if re.search(f"Locatie Elders|{HERE}|Noor|Deniz", text)]
    assert leaks == []
    assert THERE in readable["/organisator/locaties/"]


@pytest.mark.parametrize("name", ["manager", "staff of this location", "stand-in"])
def test_no_page_offers_what_its_reader_may_not_do(client_for: ClientFor, here: Town, name: str) -> None:
    client = client_for(account_of(here, name))
    offered = {resolve(link).url_name: link for one in organiser_addresses(here) for link in _offered(client, one)}
    assert len(offered) > 20
    dead = [link for link in offered.values() if client.get(link).status_code in {403, 404}]
    assert dead == []


def _offered(client: PageClient, address: Address) -> Iterator[str]:
    """Yield each page of organisers to which a page leads, by a link or a form; `?…` left out."""
    answer = client.get(address.path)
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        yield from map(unescape, re.findall(r'(?:href|action)="(/organisator/[^"#?]*)', answer.content.decode()))

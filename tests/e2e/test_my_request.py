"""Following a request in a real browser: an offer taken in two clicks, a change shown before it is made."""

from typing import Any

import pytest
from tests.cast import VISITOR, Town
from tests.e2e.conftest import Site
from tests.e2e.family import ADDRESS, mailed_code

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No
from opvangloket.domains.distribution.answering.giving import answer
from opvangloket.domains.distribution.asking.questions import confirm_contact
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import NoReason


def asked(here: Town) -> Registered:
    """Let Sara ask for Noor; De Regenboog offers one day of two, Mia has no place."""
    question = here.noor()
    registered = here.ask(question)
    with here.at_desk():
        confirm_contact(request_ids=[registered.request_id], actor=VISITOR, now=here.now)
    offer = Alternative(start_on=question.start_on, pattern=WeekPattern.full_days("ma"), message="Welkom, Noor!")
    say(here, here.regenboog_centrum, offer)
    say(here, here.mias_nestje, No(reason=NoReason.DAYS_FULL, possible_pattern=WeekPattern.full_days("do")))
    return registered


def say(here: Town, location: Location, given: NewAnswer) -> None:
    with here.at_organiser(location):
        inquiry = Inquiry.objects.get(location=location)
        answer(inquiry_id=inquiry.id, given=given, door=AnswerDoor.INBOX, actor=here.manager, now=here.now)


def sign_in(site: Site, page: Any) -> None:
    """Come in with a code by mail."""
    page.goto(site.address + "/ninove/mijn/")
    page.get_by_label("Je e-mailadres of het nummer van je vraag").fill(ADDRESS)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("Code van 6 cijfers").wait_for()
    page.get_by_label("Code van 6 cijfers").fill(mailed_code())
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("heading", name="Mijn vragen").wait_for()


def state_of(registered: Registered) -> str:
    with across_desks("how it stands"):
        return CareRequest.objects.get(id=registered.request_id).state


@pytest.mark.parametrize("script", [True, False])
def test_an_offer_is_taken_in_two_clicks(site: Site, script: bool) -> None:
    registered = asked(site.here)
    page = site.visit("/ninove/", width=360, java_script_enabled=script)
    sign_in(site, page)
    page.get_by_role("link", name="Opvang voor Noor").click()
    page.get_by_role("link", name="Ja, ik wil deze plaats").click()
    page.get_by_role("button", name="Ja, ik neem deze plaats").click()
    page.get_by_text("Gelukt: Noor heeft een plaats bij De Regenboog Centrum.").wait_for()
    assert state_of(registered) == "placed"


def test_what_a_change_brings_about_can_be_read_by_everybody(site: Site) -> None:
    registered = asked(site.here)
    page = site.visit("/ninove/", width=360)
    sign_in(site, page)
    page.goto(f"{site.address}/ninove/mijn/{registered.reference}/veranderen/")
    page.locator("[name=week_ma_vm][value=none]").evaluate("radio => radio.click()")
    page.get_by_role("button", name="Bekijk wat er dan gebeurt").click()
    page.get_by_role("heading", name="Dit gebeurt er dan").wait_for()
    site.check(page)


def test_a_change_goes_back_and_forth_without_losing_anything(site: Site) -> None:
    registered = asked(site.here)
    page = site.visit("/ninove/", java_script_enabled=False)
    sign_in(site, page)
    page.goto(site.address + f"/ninove/mijn/{registered.reference}/veranderen/")
    cell = page.locator("td:has([name=week_vr_vm])").bounding_box()
    page.mouse.click(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    page.get_by_role("button", name="Bekijk wat er dan gebeurt").click()
    page.get_by_text("Je kan je vraag opnieuw veranderen vanaf").wait_for()
    page.get_by_role("button", name="Nog aanpassen").click()
    assert page.locator("[name=week_vr_vm][value=need]").is_checked()
    assert page.locator("[name=week_ma_vm][value=need]").is_checked()

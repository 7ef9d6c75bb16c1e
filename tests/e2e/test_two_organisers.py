"""Somebody works for two organisers: a link in a mail asks to switch, and every page says for whom."""

from datetime import date

import pytest
from playwright.sync_api import expect
from tests.cast import Town
from tests.domains.distribution.journey import asks, looking
from tests.e2e.conftest import Site

from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole


def let_rosa_stand_in_for_mia(here: Town) -> None:
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.mia.id, account=here.rosa, role=OrganiserRole.STAND_IN, start_on=date(2020, 1, 1)
        )


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, False)])
def test_a_link_to_the_other_organiser_asks_to_switch(site: Site, width: int, script: bool) -> None:
    let_rosa_stand_in_for_mia(site.here)
    journey = asks(site.here)
    page = site.visit("/organisator/", site.here.rosa, width=width, java_script_enabled=script)
    expect(page.get_by_role("heading", level=1)).to_have_text("Voor wie werk je nu?")
    if script:
        site.check(page)
    page.get_by_role("button", name="Werk voor De Regenboog vzw").click()
    expect(page.locator(".brand")).to_contain_text("Je werkt voor De Regenboog vzw")
    page.goto(f"{site.address}/organisator/vraag/{journey.registered.reference}/mias-nestje/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina is van Mia De Smet")
    if script:
        site.check(page)
    page.get_by_role("button", name="Werk voor Mia De Smet").click()
    page.wait_for_url("**/mias-nestje/")
    expect(page.locator(".brand")).to_contain_text("Je werkt voor Mia De Smet")
    expect(page.locator("main")).to_contain_text("Noor")
    page.get_by_role("link", name="Wissel van organisator").click()
    expect(page.locator(".card", has_text="Mia De Smet")).to_contain_text("Hier werk je nu.")

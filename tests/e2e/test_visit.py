"""A location puts moments ready, and a family comes to look: by phone in the hand, and without script."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site


def test_from_a_moment_to_a_visit(site: Site) -> None:
    here, noor = site.here, asks(site.here)
    day = here.today + timedelta(days=9)
    rosa = site.visit("/organisator/locaties/de-regenboog-centrum/bezoek/", here.rosa, java_script_enabled=False)
    rosa.get_by_label("Dag").fill(str(day.day))
    rosa.get_by_label("Maand").fill(str(day.month))
    rosa.get_by_label("Jaar").fill(str(day.year))
    rosa.get_by_label("Hoe laat begint het eerste bezoek?").fill("10.30")
    rosa.get_by_label("Hoeveel bezoeken na elkaar?").fill("2")
    rosa.get_by_role("button", name="Zet klaar").click()
    expect(rosa.locator("main")).to_contain_text("2 momenten staan klaar.")

    sara = site.visit(f"/ninove/mijn/{noor.registered.reference}/", noor.registered, width=360)
    sara.locator("summary", has_text="meer: De Regenboog Centrum").click()
    sara.get_by_role("link", name="Kom kennismaken").click()
    sara.wait_for_url("**/bezoek/**")
    site.check(sara)
    sara.get_by_role("button", name="Kies dit").last.click()
    expect(sara.locator(".visit-chosen")).to_contain_text("11 uur")
    site.check(sara)

    rosa.goto(site.address + "/organisator/locaties/de-regenboog-centrum/bezoek/")
    expect(rosa.locator("main")).to_contain_text("komt")
    whole = site.visit("/organisator/locaties/de-regenboog-centrum/bezoek/", here.rosa, width=360)
    site.check(whole)

"""A new manager: proposed by the only one there is, checked by the desk on the phone, and in by mail."""

import re

from playwright.sync_api import expect
from tests.e2e.conftest import Site

NEW = "ines@opvang.example"


def test_a_new_manager_takes_two_people(site: Site) -> None:
    here = site.here
    rosa = site.visit("/organisator/medewerkers/", here.rosa, width=360)
    rosa.get_by_label("Naam").fill("Ines Maes")
    rosa.get_by_label("E-mailadres").fill(NEW)
    rosa.get_by_label("Verantwoordelijke").check()
    rosa.get_by_role("button", name="Nodig uit").click()
    expect(rosa.locator("main")).to_contain_text("Het loket belt je om dit te bevestigen.")
    expect(rosa.get_by_role("button", name="Neem terug")).to_be_visible()
    site.check(rosa)

    karel = site.visit("/werk/ninove/", here.karel, java_script_enabled=False)
    karel.get_by_role("link", name="Nakijken").click()
    expect(karel.get_by_role("heading", level=1)).to_have_text("Nieuwe verantwoordelijken")
    expect(karel.locator("main")).to_contain_text(NEW)
    karel.get_by_role("button", name="Bevestig").click()
    expect(karel.locator("main")).to_contain_text("Bel eerst, en kruis dan dit vakje aan.")
    karel.get_by_label("Ik belde, en dit klopt").check()
    karel.get_by_role("button", name="Bevestig").click()
    expect(karel.locator("main")).to_contain_text("Ines Maes is nu verantwoordelijke")

    ines = site.visit("/organisator/medewerkers/", width=360)
    ines.get_by_label("Je e-mailadres").fill(NEW)
    ines.get_by_role("button", name="Stuur mij een code").click()
    expect(ines.get_by_label("Code van 6 cijfers")).to_be_visible()
    [digits] = re.findall(r"\b\d{6}\b", site.mail(NEW, subject="code"))
    ines.get_by_label("Code van 6 cijfers").fill(digits)
    ines.get_by_role("button", name="Aanmelden").click()
    ines.wait_for_url("**/organisator/medewerkers/")
    expect(ines.locator("main")).to_contain_text("Ines Maes · Verantwoordelijke")

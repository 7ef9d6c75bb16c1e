"""A family stands at the door of a location: placed or passed on from a phone, in well under a minute."""

from typing import Any, Final

import pytest
from playwright.sync_api import expect
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site

# What a person does: fields typed in and boxes ticked. At two seconds each, this stays far below a minute.
MOST_ACTS: Final = 22


class Hands:
    """Somebody who fills in a form, and counts what it takes."""

    def __init__(self, page: Any) -> None:
        self.page, self.acts = page, 0

    def type(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.acts += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def date(self, legend: str, day: str, month: str, year: str) -> None:
        """Fill in the three parts of a date."""
        for part, text in (("Dag", day), ("Maand", month), ("Jaar", year)):
            self.acts += 1
            self.page.get_by_role("group", name=legend).get_by_label(part).fill(text)

    def tick(self, name: str, value: str) -> None:
        """Tick a box, or choose one of several."""
        self.acts += 1
        self.page.locator(f"input[name={name}][value={value}]").check(force=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_family_is_passed_on_from_a_phone(site: Site, javascript: bool) -> None:
    here, soon = site.here, site.here.today.replace(day=1)
    page = site.visit("/organisator/", here.rosa, width=360, java_script_enabled=javascript)
    page.get_by_role("link", name="Ik heb geen plaats: doorverwijzen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doorverwijzen")
    hands = Hands(page)
    hands.tick("location", "de-regenboog-centrum")
    hands.type("Voornaam ouder", "Ann")
    hands.type("Familienaam ouder", "Maes")
    page.locator("input[name=phone]").fill("0499 11 22 33")
    page.locator("input[name=child_first_name]").fill("Lou")
    hands.acts += 2
    hands.date("Geboren op", "1", str(soon.month), str(soon.year))
    hands.date("Start op", "1", "9", str(soon.year + 1))
    hands.tick("week_ma_vm", "yes")
    hands.tick("week_ma_nm", "yes")
    hands.tick("consent_how", "at_the_door")
    if javascript:
        site.check(page)
    page.get_by_role("button", name="Verwijs door").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doorverwezen gezinnen")
    expect(page.get_by_role("main")).to_contain_text("wacht op het loket")
    assert hands.acts <= MOST_ACTS
    desk = site.visit("/werk/ninove/", here.amina)
    expect(desk.get_by_role("main")).to_contain_text("De Regenboog Centrum kon niet helpen en verwees dit gezin door.")


def test_a_child_is_placed_at_the_door_in_few_acts(site: Site) -> None:
    here, soon = site.here, site.here.today.replace(day=1)
    page = site.visit("/organisator/plaatsing/", here.mia_account, width=360)
    hands = Hands(page)
    page.locator("input[name=child_first_name]").fill("Lou")
    page.locator("input[name=phone]").fill("0499 11 22 33")
    hands.acts += 2
    hands.type("Voornaam ouder", "Ann")
    hands.type("Familienaam ouder", "Maes")
    hands.date("Geboren op", "1", str(soon.month), str(soon.year))
    hands.date("Start op", "1", "9", str(soon.year + 1))
    hands.tick("week_ma_vm", "yes")
    hands.tick("week_ma_nm", "yes")
    page.get_by_role("button", name="Plaats dit kind").click()
    expect(page.get_by_role("main")).to_contain_text("Lou")
    expect(page.get_by_text("Geplaatst. Dit kind telt nu mee.")).to_be_visible()
    assert hands.acts <= MOST_ACTS


def test_a_child_that_asked_already_is_placed_from_its_question(site: Site) -> None:
    here = site.here
    noor = asks(here)
    page = site.visit(f"/organisator/vraag/{noor.registered.reference}/mias-nestje/", here.mia_account, width=360)
    page.get_by_role("link", name="Geef het door").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rechtstreeks geplaatst")
    site.check(page)
    page.get_by_label("Het gezin koos zelf voor deze plaats.").check()
    page.get_by_role("button", name="Geef deze plaats door").click()
    expect(page.get_by_text("Geplaatst. Het gezin kreeg bericht")).to_be_visible()
    family = site.visit(f"/ninove/mijn/{noor.registered.reference}/", noor.registered, width=360)
    expect(family.get_by_role("main")).to_contain_text("Mia's Nestje")

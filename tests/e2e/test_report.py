"""The annual report by hand: a number opens its cases and a case its file; filing on a phone and without script."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from tests.browser import drawn
from tests.domains.reporting.year import happened
from tests.e2e.conftest import Site

from opvangloket.domains.reporting.filings import filings_of
from opvangloket.domains.requests.actions import Registered
from opvangloket.rules.case_events import EventKind


@pytest.fixture
def year(site: Site) -> int:
    """The last year that is over."""
    return site.here.today.year - 1


@pytest.fixture
def noor(site: Site, year: int) -> Registered:
    """A question of that year whose search ended without a place."""
    asked_at = site.here.now.replace(year=year, month=3, day=2)
    question = site.here.noor(start_on=date(year, 9, 1))
    child = replace(question.child, birth_on=(asked_at - timedelta(days=60)).date())
    registered = site.here.ask(replace(question, child=child), now=asked_at)
    happened(registered, f"{year}-10-01", EventKind.SEARCH_ENDED)
    return registered


def test_a_number_opens_its_case_and_the_case_its_file(site: Site, year: int, noor: Registered) -> None:
    page = site.visit("/werk/ninove/", site.here.amina)
    page.get_by_role("link", name="Verslag").click()
    page.get_by_role("link", name=str(year), exact=True).click()
    site.check(page)
    row = page.get_by_role("row").filter(has_text="Aantal onbeantwoorde opvangvragen zonder opvangvoorstel")
    row.get_by_role("cell").get_by_role("link", name="1", exact=True).click()
    page.wait_for_url("**/gevallen/**")
    expect(page.locator("h1")).to_have_text("Ninove: 1")
    expect(page.locator("main")).to_contain_text("Geen enkele locatie deed een voorstel dat bleef staan.")
    site.check(page)
    drawn(page).keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/gezin/{noor.reference}/")
    expect(page.locator("h1")).to_have_text("Noor Peeters")


def test_a_heading_leads_to_what_it_counts(site: Site, year: int, noor: Registered) -> None:
    page = site.visit(f"/werk/ninove/verslag/{year}/", site.here.amina)
    page.get_by_role("link", name="Minder opvangdagen dan gevraagd").click()
    meaning = page.locator("#uitleg-minder-dagen")
    expect(meaning).to_contain_text("minder dagen of minder halve dagen")
    assert meaning.evaluate("element => element.matches(':target')")
    assert meaning.evaluate("element => element.getBoundingClientRect().top < window.innerHeight")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_lead_looks_checks_and_files_on_a_phone(site: Site, year: int, noor: Registered, javascript: bool) -> None:
    address = f"/werk/ninove/verslag/{year}/"
    page = site.visit(address, site.here.karel, width=360, java_script_enabled=javascript)
    page.get_by_role("link", name="Kijk na en dien in").click()
    expect(page.locator("main")).to_contain_text("Van elke vraag is bekend hoe het afliep.")
    if javascript:
        site.check(page)
    page.get_by_role("button", name="Dien het verslag in").click()
    page.wait_for_url("**/ingediend/1/")
    expect(page.locator("h1")).to_have_text(f"Verslag {year}, versie 1")
    expect(page.locator("main")).to_contain_text("Niets is veranderd sinds het indienen.")
    if javascript:
        site.check(page)
    with site.here.at_desk():
        assert [filing.number for filing in filings_of(site.here.ninove.id, year=year)] == [1]
    mail = site.mail("info@regenboog.example")
    assert f"Dit zijn de cijfers van het jaar {year}." in mail
    assert "Aantal onbeantwoorde opvangvragen zonder opvangvoorstel:\nNinove 1" in mail


@pytest.mark.parametrize("municipalities", [["41048"], ["41048", "41018", "41002", "41011", "41024", "23044"]])
def test_the_form_prints_on_one_sheet(site: Site, year: int, noor: Registered, municipalities: list[str]) -> None:
    site.here.ninove.territory = municipalities
    site.here.ninove.save(update_fields=["territory"])
    page = site.visit(f"/werk/ninove/verslag/{year}/", site.here.amina)
    site.check(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    page.set_viewport_size({"width": 360, "height": 800})
    site.check(page)

"""From the planner to a question, what it would change, the offer, and the planner that shows it."""

from playwright.sync_api import expect
from tests.cast import plan_places
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site

from opvangloket.rules.periods import add_months, week_of


def test_from_the_planner_to_the_offer_and_back(site: Site) -> None:
    here = site.here
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    asks(here)
    start_on = here.today.fromordinal(here.today.toordinal() + 120)
    page = site.visit("/organisator/planner/", here.rosa)
    site.check(page)
    page.get_by_role("link", name="De Regenboog Centrum").click()
    expect(page.locator("h1")).to_have_text("Planner: De Regenboog Centrum")
    site.check(page)
    page.get_by_role("link", name="Wat als we dit kind nemen?").click()
    expect(page.locator("h1")).to_have_text("Wat als we dit kind nemen?")
    site.check(page)
    page.get_by_role("link", name="Noor Peeters").click()
    expect(page.locator(".what-if")).to_contain_text("Dit kind past, elke dag dat het komt.")
    site.check(page)
    page.get_by_role("link", name="Beantwoord deze vraag").click()
    page.wait_for_url("**/vraag/**")
    page.get_by_role("button", name="Stel deze plaats voor").click()
    expect(page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    planner = "/organisator/locaties/de-regenboog-centrum/planner/"
    page.goto(f"{site.address}{planner}week/{week_of(start_on).start.isoformat()}/")
    expect(page.locator(".planner-children")).to_contain_text("Noor Peeters")
    expect(page.locator(".planner-children")).to_contain_text("Voorstel, antwoord tot")
    site.check(page)
    following = add_months(start_on.replace(day=1), 1)
    page.goto(f"{site.address}{planner}")
    month = page.locator(f'a[href="{planner}{following.year}/{following.month}/"]')
    expect(month).to_contain_text("Plaats vrij: woensdag, donderdag en vrijdag hele dag.")
    month.click()
    expect(page.locator(".number-week").first).to_contain_text("0 vrij van 1")
    site.check(page)

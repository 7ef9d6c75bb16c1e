"""A childminder without password: from the mail to her confirmed free place, in two clicks and without script."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.domains.providers.test_vacancy_links import declare
from tests.e2e.conftest import Site

from opvangloket.domains.providers.vacancy_links import sweep_vacancies
from opvangloket.rules.wording import dutch_date


def test_from_the_mail_to_the_confirmed_place(site: Site) -> None:
    here = site.here
    declare(here, now=here.now - timedelta(days=15))
    sweep_vacancies(now=here.now)
    link = site.link_in_mail(here.mias_nestje.email, "/organisator/vrij/")
    page = site.visit(link, width=360, java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("Kloppen je vrije plaatsen nog?")
    expect(page.get_by_text("Niet bevestigd sinds")).to_be_visible()
    page.get_by_role("button", name="Deze plaats is nog vrij").click()
    expect(page.locator("h1")).to_have_text("Bedankt, je plaatsen zijn bevestigd")
    expect(page.get_by_text(f"Bevestigd op {dutch_date(here.today, year=False)}")).to_be_visible()
    site.check(site.visit(link, width=360))

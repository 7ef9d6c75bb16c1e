"""A location closes: its manager sees what follows for every family, does it, and each gets a next step."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.domains.distribution.journey import YES, asks
from tests.e2e.conftest import Site


def test_every_family_gets_a_next_step(site: Site) -> None:
    here = site.here
    placed = asks(here)
    placed.answers(here.mias_nestje, YES)
    placed.accepts(here.mias_nestje)
    offered = asks(here, here.deniz(location_ids=(here.mias_nestje.id, here.het_klavertje.id)))
    offered.answers(here.mias_nestje, YES)
    day = here.today + timedelta(days=60)

    page = site.visit("/organisator/locaties/mias-nestje/", here.mia_account, width=360, java_script_enabled=False)
    page.get_by_role("link", name="Deze opvang sluiten").click()
    for part, value in (("Dag", day.day), ("Maand", day.month), ("Jaar", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Bekijk wat er volgt").click()
    expect(page.get_by_role("heading", name="Je voorstel trekken we in")).to_be_visible()
    expect(page.get_by_role("heading", name="Start niet meer: het gezin zoekt opnieuw")).to_be_visible()
    page.get_by_role("button", name="Sluit deze opvang").click()
    expect(page.get_by_text("Elk gezin krijgt bericht.")).to_be_visible()

    assert "De Regenboog" not in site.mail("sara.peeters@voorbeeld.be", subject="sluit")
    desk = site.visit("/werk/ninove/", here.amina)
    expect(desk.get_by_text("Zoek mee naar een andere plaats.").first).to_be_visible()
    family = site.visit("/ninove/opvang/mias-nestje/", width=360)
    expect(family.get_by_text("Deze opvang sluit op")).to_be_visible()
    closing = site.visit("/organisator/locaties/mias-nestje/sluiten/", here.mia_account, width=360)
    site.check(closing)

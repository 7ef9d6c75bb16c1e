"""A location moves: its manager sees what follows, families read it and may let go, and the desks take it over."""

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect
from tests.domains.distribution.journey import YES, asks
from tests.e2e.conftest import Site

MIA = "/organisator/locaties/mias-nestje/"


def fills_in(page: Any, street: str, number: str, postcode: str, day: date) -> None:
    answers = {"Straat": street, "Nummer en bus": number, "Postcode": postcode}
    for label, value in (answers | {"Dag": day.day, "Maand": day.month, "Jaar": day.year}).items():
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Bekijk wat er volgt").click()


def test_every_family_reads_where_it_goes(site: Site) -> None:
    here = site.here
    offered = asks(here)
    offered.answers(here.mias_nestje, YES)
    day = here.today + timedelta(days=60)

    page = site.visit(MIA, here.mia_account, width=360, java_script_enabled=False)
    page.get_by_role("link", name="Deze opvang verhuist").click()
    site.check(page)
    fills_in(page, "Oudebergstraat", "3", "9500", day)
    expect(page.get_by_text("Van Opvangloket Ninove naar Loket Overstroom")).to_be_visible()
    expect(page.get_by_text("1 open voorstel")).to_be_visible()
    site.check(page)
    page.get_by_role("button", name="Kondig de verhuis aan").click()
    expect(page.get_by_text("Elk gezin krijgt bericht.")).to_be_visible()
    expect(page.get_by_text("naar Oudebergstraat 3, 9500 Geraardsbergen.")).to_be_visible()

    assert "Oudebergstraat 3, 9500 Geraardsbergen" in site.mail("sara.peeters@voorbeeld.be", subject="verhuist")
    family = site.visit(f"/ninove/mijn/{offered.registered.reference}/", offered.registered, width=360)
    expect(family.get_by_text("naar Oudebergstraat 3, 9500 Geraardsbergen.").first).to_be_visible()
    site.check(family)
    family.get_by_role("link", name="Nee, dit past niet").click()
    family.get_by_label("De opvang ligt te ver").check()
    family.get_by_role("button", name="Ik neem deze plaats niet").click()
    expect(family.get_by_text("Mia's Nestje weet dat je deze plaats niet neemt.")).to_be_visible()

    desk = site.visit("/werk/ninove/", here.amina)
    expect(desk.get_by_text("naar Oudebergstraat 3, 9500 Geraardsbergen.")).to_be_visible()

    page.get_by_role("link", name="De verhuis bekijken of veranderen").click()
    expect(page.get_by_role("button", name="Verhuist toch niet")).to_be_visible()
    site.check(page)
    fills_in(page, "Oudebergstraat", "5", "9500", here.today)
    page.get_by_role("button", name="Kondig de verhuis aan").click()
    expect(page.get_by_text("Het nieuwe adres staat erop.")).to_be_visible()
    public = site.visit("/overstroom/opvang/mias-nestje/", width=360)
    expect(public.get_by_text("Oudebergstraat 5")).to_be_visible()
    new_desk = site.visit("/werk/overstroom/", here.stranger)
    expect(new_desk.get_by_text("Kijk de pagina na en bevestig ze.")).to_be_visible()

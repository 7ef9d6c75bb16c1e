"""A new location: its manager asks for it on a phone, the lead looks and opens it, and families find it."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.e2e.conftest import Site


def test_a_manager_asks_and_the_desk_opens(site: Site) -> None:
    here = site.here
    day = here.today + timedelta(days=90)
    page = site.visit("/organisator/locaties/", here.rosa, width=360, java_script_enabled=False)
    page.get_by_role("link", name="Nieuwe locatie").click()
    site.check(page)
    answers = {
        "Naam van de opvang": "Regenboog Okegem",
        "Vergunde plaatsen": "18",
        "Straat": "Dreefstraat",
        "Huisnummer": "1",
        "Postcode": "9400",
        "Dag": str(day.day),
        "Maand": str(day.month),
        "Jaar": str(day.year),
    }
    for label, value in answers.items():
        page.get_by_label(label, exact=True).fill(value)
    for choice in ("groepsopvang", "T2B", "volgens het inkomen"):
        page.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Vraag het aan het loket").click()
    expect(page.get_by_text("Je krijgt een mail.")).to_be_visible()
    site.check(page)

    desk = site.visit("/werk/ninove/", here.karel)
    desk.get_by_role("link", name="Regenboog Okegem · De Regenboog vzw").first.click()
    expect(desk.get_by_text("Staat deze opvang er al?")).to_be_visible()
    desk.locator("summary", has_text="Nog niet").click()
    site.check(desk)
    desk.get_by_role("button", name="Zet op de lijst").click()
    expect(desk.get_by_text("Regenboog Okegem staat op de lijst.")).to_be_visible()

    assert "Vul de pagina verder aan." in site.mail(here.rosa.email, subject="Regenboog Okegem")
    public = site.visit("/ninove/opvang/regenboog-okegem/", width=360)
    expect(public.get_by_text("Deze opvang opent op")).to_be_visible()

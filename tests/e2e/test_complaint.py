"""A complaint by phone in the hand and without script: written, answered, answered again, closed by the desk."""

from playwright.sync_api import expect
from tests.cast import SARA
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site


def test_from_a_complaint_to_its_end(site: Site) -> None:
    here, noor = site.here, asks(site.here)
    sara = site.visit(
        f"/ninove/mijn/{noor.registered.reference}/", noor.registered, width=360, java_script_enabled=False
    )
    sara.get_by_role("link", name="Niet tevreden? Laat het weten").click()
    sara.get_by_label("De Regenboog Centrum").check()
    sara.get_by_label("Wat wil je zeggen?").fill("Niemand belde ons terug.")
    sara.get_by_role("button", name="Verstuur").click()
    expect(sara.locator("main")).to_contain_text("We hebben je bericht. Je krijgt een antwoord.")
    expect(sara.locator(".talk")).to_contain_text("Niemand belde ons terug.")

    rosa = site.visit("/organisator/", here.rosa)
    rosa.get_by_role("link", name="Er wacht een klacht op je antwoord.").click()
    rosa.get_by_role("link", name="Klacht over De Regenboog Centrum").click()
    site.check(rosa)
    rosa.get_by_label("Je tekst").fill("Dat spijt ons. We bellen vandaag.")
    rosa.get_by_role("button", name="Verstuur het antwoord").click()
    expect(rosa.locator("main")).to_contain_text("Je antwoord is verstuurd.")

    page = site.visit(site.link_in_mail(SARA.email, "/laat-weten/"), noor.registered, width=360)
    expect(page.locator(".talk")).to_contain_text("We bellen vandaag.")
    site.check(page)
    page.get_by_label("Je tekst").fill("Bedankt, het is in orde.")
    page.get_by_role("button", name="Verstuur je reactie").click()
    expect(page.locator("main")).to_contain_text("Je krijgt opnieuw een antwoord.")

    karel = site.visit("/werk/ninove/klachten/", here.karel)
    karel.get_by_role("link", name="Klacht over De Regenboog Centrum").click()
    site.check(karel)
    karel.locator("summary", has_text="Afsluiten").click()
    karel.get_by_label("Opgelost").check()
    karel.locator("#close-text").fill("Fijn dat het opgelost is.")
    karel.get_by_role("button", name="Sluit de klacht af").click()
    expect(karel.locator("main")).to_contain_text("Afgesloten: opgelost")
    site.check(karel)

"""A family and a location write to each other from the mail to the answer, and the desk is asked along."""

from playwright.sync_api import expect
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site

QUESTION, REPLY, HELP = "Mogen we eens komen kijken?", "Graag, zaterdag om 10 uur.", "We weten het tarief niet."


def test_from_a_first_question_to_the_help_of_the_desk(site: Site) -> None:
    here = site.here
    noor = asks(here)
    home = f"/ninove/mijn/{noor.registered.reference}/"
    sara = site.visit(home, noor.registered, width=360)
    sara.get_by_role("link", name="Schrijf een bericht De Regenboog Centrum").click()
    sara.get_by_label("Jouw bericht").fill(QUESTION)
    sara.get_by_role("button", name="Verstuur").click()
    sara.wait_for_url("**/gesprek/**#laatste")
    expect(sara.locator(".bubble")).to_have_count(1)
    expect(sara.locator(".bubble")).to_contain_text("Nog niet gelezen")
    site.check(sara)

    link = site.link_in_mail(here.regenboog_centrum.email, "/gesprek/")
    rosa = site.visit(link, here.rosa, java_script_enabled=False)
    expect(rosa.locator(".bubble")).to_contain_text(QUESTION)
    rosa.get_by_label("Jouw bericht").fill(REPLY)
    rosa.get_by_role("button", name="Verstuur").click()
    expect(rosa.locator(".bubble").last).to_contain_text(REPLY)

    sara.goto(site.address + home)
    expect(sara.get_by_role("link", name="Lees 1 nieuw bericht De Regenboog Centrum")).to_be_visible()
    site.check(sara)
    sara.get_by_role("link", name="Lees 1 nieuw bericht De Regenboog Centrum").click()
    expect(sara.locator(".bubble").first).to_contain_text("Gelezen door De Regenboog Centrum")
    sara.get_by_label("Jouw bericht").fill(HELP)
    sara.get_by_label("Dit is een vraag voor het loket").check()
    sara.get_by_role("button", name="Verstuur").click()
    expect(sara.locator(".bubble").last).to_contain_text("Vraag voor het loket")

    amina = site.visit("/werk/ninove/", here.amina)
    amina.get_by_role("link", name="Lezen").click()
    expect(amina.locator("h1")).to_have_text("Gesprek met De Regenboog Centrum")
    expect(amina.locator(".bubble")).to_have_count(3)
    site.check(amina)
    amina.get_by_label("Jouw bericht").fill("Wij rekenen het samen uit.")
    amina.get_by_role("button", name="Verstuur").click()
    expect(amina.locator(".bubble")).to_have_count(4)
    amina.goto(f"{site.address}/werk/ninove/")
    expect(amina.locator("main")).not_to_contain_text("vraag voor het loket")

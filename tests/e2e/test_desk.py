"""A desk worker's day in a real browser: find a family, take a call, enter an answer, close, choose anew."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect
from tests.browser import drawn
from tests.cast import plan_places
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.e2e.conftest import Site

from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.characteristics import Characteristic

WORKLIST = "/werk/ninove/"


def _fill_date(page: Any, name: str, day: date) -> None:
    for index, part in enumerate((day.day, day.month, day.year)):
        page.locator(f"#id_{name}_{index}").fill(str(part))


def _noor(site: Site) -> Journey:
    """Let Noor be asked for, with an offer of Mia and a question that Het Klavertje has not answered."""
    here = site.here
    noor = asks(
        here,
        location_ids=(here.mias_nestje.id, here.het_klavertje.id),
        characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME}),
        own_words="Oma kan op vrijdag.",
    )
    noor.answers(here.mias_nestje, YES)
    return noor


def test_a_family_is_found_while_typing(site: Site) -> None:
    noor = _noor(site)
    page = drawn(site.visit(WORKLIST, site.here.amina))
    page.keyboard.press("/")
    page.keyboard.type("0470 12")
    hint = page.locator("#site-search-hints a")
    hint.wait_for()
    expect(hint).to_contain_text("Noor Peeters")
    site.check(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/gezin/{noor.registered.reference}/")
    expect(page.locator("h1")).to_have_text("Noor Peeters")


def test_a_family_is_found_without_script(site: Site) -> None:
    _noor(site)
    page = site.visit(WORKLIST, site.here.amina, java_script_enabled=False)
    page.get_by_role("searchbox").fill("peeters")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Noor Peeters").click()
    expect(page.locator("h1")).to_have_text("Noor Peeters")


def test_the_worklist_is_walked_by_keyboard_alone(site: Site) -> None:
    noor = _noor(site)
    asks(site.here, site.here.deniz(location_ids=()))
    page = drawn(site.visit(WORKLIST, site.here.amina))
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    assert {first.partition(" ")[0], second.partition(" ")[0]} == {"Noor", "Deniz"}
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == first
    if second.startswith("Noor"):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url(f"**/gezin/{noor.registered.reference}/#eigen-woorden")
    expect(page.locator("#eigen-woorden")).to_contain_text("Oma kan op vrijdag.")


def test_a_part_of_the_worklist_comes_without_a_new_page(site: Site) -> None:
    _noor(site)
    asks(site.here, site.here.deniz(location_ids=()))
    page = site.visit(WORKLIST, site.here.amina)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Nog bij geen opvang").click()
    page.wait_for_url("**/?toon=not_sent")
    page.locator(".worklist-row").nth(1).wait_for(state="detached")
    assert page.locator(".worklist-row h3").all_inner_texts() == ["Deniz Yılmaz · Elif Yılmaz, 0471 65 43 21"]
    assert page.evaluate("window.sameDocument") is True
    site.check(page)


def test_a_question_is_taken_on_the_phone(site: Site) -> None:
    here = site.here
    plan_places(here.mias_nestje, 0, from_on=here.today)
    known = asks(here)
    page = site.visit(f"{WORKLIST}opnemen/", here.amina)
    page.get_by_label("Voornaam", exact=True).fill("Sara")
    page.get_by_label("Familienaam", exact=True).fill("Peeters")
    page.locator("#id_phone").fill("0470 12 34 56")
    page.get_by_label("Postcode").fill("9400")
    _fill_date(page, "date_1", here.today - timedelta(days=60))
    page.get_by_label("Voornaam van het kind").first.fill("Noor")
    page.get_by_label("Familienaam, als die anders is").first.click()
    alike = page.locator("#alike a")
    alike.wait_for()
    assert alike.get_attribute("href") == f"/werk/ninove/gezin/{known.registered.reference}/"
    page.get_by_label("Voornaam van het kind").first.fill("Lotte")
    _fill_date(page, "date_1", here.today - timedelta(days=400))
    _fill_date(page, "start_on", here.today + timedelta(days=90))
    page.get_by_role("button", name="maandag").click()
    page.get_by_text("volzet").first.wait_for()
    page.locator("#proposals select").nth(1).select_option("1")
    page.locator("#proposals select").nth(0).select_option("2")
    page.locator("#alike a").wait_for(state="detached")
    site.check(page)
    page.get_by_role("button", name="Vraag opnemen en versturen").last.click()
    page.wait_for_url("**/opgenomen/**")
    site.check(page)
    with looking():
        lotte = CareRequest.objects.get(child__first_name="Lotte")
        asked = lotte.inquiries.count()
    assert " – ".join(lotte.reference) in page.locator("main").inner_text()
    assert (lotte.state, lotte.channel, asked) == ("open", "phone", 2)


def test_a_question_is_taken_without_script(site: Site) -> None:
    here = site.here
    page = site.visit(f"{WORKLIST}opnemen/", here.amina, java_script_enabled=False)
    page.locator("#id_first_name").fill("Elif")
    page.locator("#id_last_name").fill("Yılmaz")
    page.locator("#id_postcode").fill("9400")
    page.get_by_role("button", name="Toon opvang in de buurt").click()
    expect(page.locator("#id_first_name")).to_have_value("Elif")
    page.locator("#id_child_first_name_1").fill("Deniz")
    _fill_date(page, "date_1", here.today - timedelta(days=30))
    _fill_date(page, "start_on", here.today + timedelta(days=90))
    page.locator("td:has([name=week_ma_vm])").click()
    page.locator("#proposals select").first.select_option("1")
    page.locator("#id_last_name").press("Enter")
    page.wait_for_url("**/opgenomen/**")
    with looking():
        assert CareRequest.objects.get().parts == 1


def test_an_answer_by_phone_is_entered_and_accepted(site: Site) -> None:
    noor = _noor(site)
    page = site.visit(f"{WORKLIST}gezin/{noor.registered.reference}/", site.here.amina)
    page.get_by_role("link", name="Antwoord ingeven Het Klavertje").click()
    expect(page.locator(".is-offer")).to_be_visible()
    page.get_by_text("Nee", exact=True).click()
    expect(page.locator(".is-offer")).to_be_hidden()
    page.get_by_text("Ja, zoals gevraagd").click()
    expect(page.locator(".is-no")).to_be_hidden()
    site.check(page)
    page.get_by_role("button", name="Antwoord ingeven").click()
    page.get_by_text("Ingegeven: Het Klavertje doet een voorstel.").wait_for()
    page.get_by_role("link", name="Gezin neemt aan Het Klavertje").click()
    page.get_by_role("button", name="Ja, het gezin neemt dit aan").click()
    page.get_by_text("Noor Peeters heeft een plaats bij Het Klavertje.").wait_for()
    assert noor.state == "placed"
    assert noor.events() == ["answered_yes", "answered_yes", "offer_accepted", "offer_declined"]
    site.check(page)


def test_a_search_is_closed_from_the_menu(site: Site) -> None:
    noor = _noor(site)
    page = site.visit(f"{WORKLIST}gezin/{noor.registered.reference}/", site.here.amina, width=360)
    page.get_by_text("meer doen").click()
    site.check(page)
    page.get_by_role("link", name="Vraag sluiten").click()
    page.get_by_text("Elders opvang: in een andere gemeente").click()
    page.get_by_role("button", name="Vraag sluiten").click()
    page.get_by_text("De vraag is gesloten.").wait_for()
    assert (noor.state, noor.last_event().kind) == ("found_elsewhere", "found_elsewhere")
    expect(page.get_by_role("link", name="Opnieuw openen")).to_be_visible()


def test_a_note_and_a_part_of_the_timeline(site: Site) -> None:
    noor = _noor(site)
    page = site.visit(f"{WORKLIST}gezin/{noor.registered.reference}/", site.here.amina)
    page.get_by_label("Wat was het?").select_option("called_family")
    page.get_by_label("Wat wil je onthouden?").fill("Denkt na tot vrijdag")
    page.get_by_role("button", name="Noteren").click()
    page.get_by_text("Gebeld met het gezin: Denkt na tot vrijdag").wait_for()
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Berichten").click()
    page.get_by_text("Bericht aan Sara Peeters").first.wait_for()
    assert page.evaluate("window.sameDocument") is True
    site.check(page)


def test_the_lead_chooses_anew(site: Site) -> None:
    page = site.visit(f"{WORKLIST}instellingen/", site.here.karel)
    page.get_by_role("link", name="Nieuwe versie maken").click()
    page.get_by_label("Hoeveel locaties mag een gezin kiezen?").fill("5")
    page.get_by_label("Waarom veranderen jullie dit?").fill("Minder werk voor de opvang")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.locator("mark")).to_have_text(re.compile(r"Een gezin kiest ten hoogste 5 locaties\.$"))
    site.check(page)
    page.get_by_role("button", name="Pas nog iets aan").click()
    expect(page.get_by_label("Hoeveel locaties mag een gezin kiezen?")).to_have_value("5")
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_role("button", name="Bewaar deze versie").click()
    page.get_by_text("Minder werk voor de opvang").wait_for()
    page.get_by_role("link", name="Vanaf").click()
    site.check(page)

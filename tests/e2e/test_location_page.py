"""A childminder keeps up her page on a phone without script, and families see it at once."""

from playwright.sync_api import expect
from tests import pictures
from tests.browser import drawn
from tests.e2e.conftest import Site

from opvangloket.domains.providers.models import Location
from opvangloket.foundation.geography import postcode

PAGE = "/organisator/locaties/mias-nestje/pagina/"


def test_a_page_is_filled_in_part_by_part_on_a_phone_without_script(site: Site) -> None:
    page = site.visit(PAGE, site.here.mia_account, width=360, java_script_enabled=False)
    page.get_by_role("link", name="Openingsuren").click()
    expect(page.locator("h1")).to_have_text("Openingsuren")
    page.locator("#id_hours_vr_end").fill("17.30")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Bewaard. Gezinnen zien dit meteen.")).to_be_visible()
    page.get_by_role("link", name="Uitleg voor ouders").click()
    page.get_by_label("Hoe verloopt een dag bij jou?").fill("Wij gaan elke dag naar buiten.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Wij gaan elke dag naar buiten.")).to_be_visible()
    page.get_by_role("button", name="Alles klopt nog").click()
    expect(page.get_by_text("Gezinnen zien dat de pagina klopt.")).to_be_visible()
    page.get_by_role("link", name="Bekijk zoals gezinnen").click()
    expect(page.get_by_text("Zo zien gezinnen je pagina.")).to_be_visible()

    family = site.visit("/ninove/opvang/mias-nestje/", width=360)
    expect(family.get_by_text("vrijdag van 7 uur tot 17.30 uur")).to_be_visible()
    expect(family.get_by_text("Wij gaan elke dag naar buiten.")).to_be_visible()


def test_a_photo_is_chosen_and_families_see_it(site: Site) -> None:
    page = site.visit(f"{PAGE}foto/", site.here.mia_account, width=360)
    photo = {"name": "tuin.jpg", "mimeType": "image/jpeg", "buffer": pictures.photo_with_a_place()}
    page.get_by_label("Kies een foto of een logo").set_input_files(photo)
    page.get_by_label("Wat staat erop?").fill("De tuin met glijbaan")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Bewaard. Gezinnen zien dit meteen.")).to_be_visible()
    family = site.visit("/ninove/opvang/mias-nestje/", width=360)
    shown = family.get_by_role("img", name="De tuin met glijbaan")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", value=True)
    expect(shown).not_to_have_js_property("naturalWidth", 0)
    site.check(family)


def test_a_location_is_set_at_its_door_by_keyboard_alone_without_script(site: Site) -> None:
    middle = postcode("9400")
    assert middle is not None
    Location.objects.filter(id=site.here.mias_nestje.id).update(lat=middle.lat, lon=middle.lon)
    page = drawn(site.visit(f"{PAGE}kaart/", site.here.mia_account, width=360, java_script_enabled=False))
    page.get_by_label("Het punt van je opvang").focus()
    page.keyboard.type("50,84215 4,01277")
    page.keyboard.press("Enter")  # the first button of the form shows, and keeps nothing
    expect(page.get_by_role("status")).to_contain_text("Nog niet bewaard.")
    north = drawn(page).get_by_role("button", name="noord")
    north.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("25 meter naar het noorden.")
    expect(page.get_by_label("Het punt van je opvang")).to_have_value("50.84237, 4.01277")
    expect(north).to_be_focused()
    drawn(page).keyboard.press("Enter")
    expect(page.get_by_label("Het punt van je opvang")).to_have_value("50.84259, 4.01277")
    site.check(page)
    page.get_by_role("button", name="Bewaar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard. Gezinnen zien de opvang hier op de kaart.")).to_be_visible()

    family = site.visit("/ninove/opvang/mias-nestje/", width=360)
    expect(family.get_by_role("img", name="Mia's Nestje op de kaart van Ninove")).to_be_visible()
    site.check(family)


def test_locations_on_one_point_are_all_found_on_the_map(site: Site) -> None:
    Location.objects.filter(id__in=[site.here.mias_nestje.id, site.here.het_klavertje.id]).update(
        lat=50.84215, lon=4.01277
    )
    page = site.visit("/ninove/zoeken/")
    pins = page.locator(".leaflet-marker-icon.map-pin")
    expect(pins).to_have_count(2)
    pins.first.click()
    named = page.locator(".leaflet-popup-content")  # in the order of the day
    for name in ("Mia's Nestje", "Het Klavertje"):
        expect(named.get_by_role("link", name=name)).to_be_visible()


def test_every_page_of_the_editor_is_fit_for_all(site: Site) -> None:
    page = site.visit(PAGE, site.here.mia_account, width=360)
    site.check(page)
    for part in ("contact", "kaart", "uren", "sluitingsdagen", "prijs", "welkom", "uitleg", "foto", "voorbeeld"):
        page.goto(f"{site.address}{PAGE}{part}/")
        site.check(page)
    desk = site.visit("/werk/ninove/opvang/mias-nestje/pagina/", site.here.amina)
    site.check(desk)

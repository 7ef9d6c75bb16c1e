"""News from the desk to a phone: written with a document, found as new, opened, and seen to be opened."""

from playwright.sync_api import expect
from tests.documents import pdf
from tests.e2e.conftest import Site


def test_from_the_desk_to_every_organiser(site: Site) -> None:
    karel = site.visit("/werk/ninove/opvang/", site.here.karel)
    karel.get_by_role("link", name="Nieuws aan alle opvang").click()
    karel.get_by_role("link", name="Schrijf een bericht").click()
    karel.get_by_label("Titel").fill("Overleg op 3 maart")
    karel.get_by_label("Bericht").fill("We spreken de regels opnieuw af. Kom je ook?")
    karel.get_by_label("Documenten").set_input_files(
        [{"name": "Agenda 3 maart.pdf", "mimeType": "application/pdf", "buffer": pdf()}]
    )
    site.check(karel)
    karel.get_by_role("button", name="Verstuur aan iedereen").click()
    expect(karel.locator("h2", has_text="Geopend door")).to_have_text("Geopend door 0 van 3")
    site.check(karel)

    mia = site.visit("/organisator/", site.here.mia_account, width=360, java_script_enabled=False)
    mia.get_by_role("link", name="Nieuws").click()
    expect(mia.locator(".visits .chip")).to_have_text("Nieuw")
    mia.get_by_role("link", name="Overleg op 3 maart").click()
    expect(mia.locator("main")).to_contain_text("Kom je ook?")
    with mia.expect_download() as saved:
        mia.get_by_role("link", name="Agenda 3 maart (PDF)").click()
    assert saved.value.suggested_filename == "agenda-3-maart.pdf"

    karel.reload()
    expect(karel.locator("h2", has_text="Geopend door")).to_have_text("Geopend door 1 van 3")

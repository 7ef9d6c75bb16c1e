"""Free places by a file: handed in without a script, a cell corrected, looked over, approved in part, and once more on a phone."""

from playwright.sync_api import expect
from tests.domains.exchange.register.test_register import as_csv
from tests.domains.exchange.vacancies.test_vacancy_lists import ROW
from tests.e2e.conftest import Site

PAGE = "/organisator/vrije-plaatsen/"


def handed_in(*rows: dict[str, str]) -> dict[str, object]:
    """Return a list as a browser takes it from a folder."""
    return {"name": "plaatsen.csv", "mimeType": "text/csv", "buffer": as_csv(*rows)}


def test_an_organiser_hands_in_its_free_places_and_approves_them(site: Site) -> None:
    here = site.here
    year = here.today.year + 1
    centrum = ROW | {"van": f"1/4/{year}", "tot en met": f"30/6/{year}"}
    denderhof = centrum | {"opvang": "De Regenboog Denderhof", "leeftijd": "", "uren": ""}

    page = site.visit("/organisator/locaties/", here.rosa, java_script_enabled=False)
    page.get_by_role("link", name="Vrije plaatsen met een bestand").click()
    page.get_by_label("Kies je lijst").set_input_files(handed_in(centrum | {"dagen": "elke dag"}, denderhof))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("1 fout in je lijst.")).to_be_visible()
    expect(page.get_by_text("“elke” kennen we niet.")).to_be_visible()
    site.check(page)

    page.get_by_label("Kies je lijst").set_input_files(handed_in(centrum, denderhof))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("2 nieuw.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="De Regenboog Centrum")).to_be_checked()
    page.get_by_role("checkbox", name="De Regenboog Denderhof").uncheck()
    page.get_by_role("button", name="Keur het gekozene goed").click()
    expect(page.get_by_text("Bewaard: 1 nieuw.")).to_be_visible()
    expect(page.get_by_text("Er staat 1 vrije plaats in.")).to_be_visible()

    # What was not ticked stands there again, also for whoever comes with a script and on a phone.
    phone = site.visit(PAGE, here.rosa, width=360)
    changed = centrum | {"aantal": "1"}
    phone.get_by_label("Kies je lijst").set_input_files(handed_in(changed, denderhof))
    phone.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(phone.get_by_role("heading", name="Staat niet in je lijst (1)")).to_be_visible()
    site.check(phone)
    # The enter key on a box approves nothing, and ticks nothing.
    phone.get_by_role("checkbox", checked=False).press("Enter")
    phone.wait_for_url("**/goedkeuren/")
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(2)
    phone.get_by_role("button", name="Kies alles").click()
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(3)
    phone.get_by_role("button", name="Keur het gekozene goed").click()
    expect(phone.get_by_text("Bewaard: 2 nieuw en 1 niet meer vrij.")).to_be_visible()
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Lijst in Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

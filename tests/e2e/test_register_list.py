"""The list of the register: the lead hands it in, corrects its cells, sees what it changes and approves row by row."""

from playwright.sync_api import expect
from tests.domains.exchange.register.test_register import NEW, ROW, as_csv
from tests.e2e.conftest import Site

PAGE = "/werk/ninove/locaties/register/"


def handed_in(*rows: dict[str, str]) -> dict[str, object]:
    """Return a list as a browser takes it from a folder."""
    return {"name": "register.csv", "mimeType": "text/csv", "buffer": as_csv(*rows)}


def test_a_lead_corrects_a_list_and_approves_what_it_changes(site: Site) -> None:
    here = site.here
    page = site.visit("/werk/ninove/opvang/", here.karel, java_script_enabled=False)
    page.locator(f"a[href='{PAGE}']").click()
    page.get_by_label("Kies je lijst").set_input_files(handed_in(ROW | {"trap": "T4"}, NEW))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("1 fout in je lijst.")).to_be_visible()
    expect(page.get_by_text("“T4” kan hier niet.")).to_be_visible()

    page.get_by_label("Kies je lijst").set_input_files(handed_in(ROW | {"vergunde_plaatsen": "21"}, NEW))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("1 nieuwe opvang, 1 veranderd")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Zonnebloem")).to_be_checked()
    page.get_by_role("checkbox", name="De Regenboog Centrum").uncheck()
    page.get_by_role("button", name="Keur het gekozene goed").click()
    expect(page.get_by_text("Bewaard: 1 nieuw, 0 veranderd.")).to_be_visible()
    assert "Zonnebloem" in site.mail("welkom@zonnebloem.example")

    # What was not ticked stays to be approved, also for whoever comes with a script and on a phone.
    phone = site.visit(page.url.removeprefix(site.address), here.karel, width=360)
    expect(phone.get_by_role("checkbox", name="De Regenboog Centrum")).to_be_checked()
    site.check(phone)
    phone.get_by_role("button", name="Keur het gekozene goed").click()
    expect(phone.get_by_text("Er is niets meer om goed te keuren.")).to_be_visible()
    family = site.visit("/ninove/opvang/zonnebloem/", width=360)
    expect(family.get_by_role("heading", level=1)).to_have_text("Zonnebloem")

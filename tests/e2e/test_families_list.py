"""A desk that counts only its own questions: a location hands in a list, and the desk takes a family over from it."""

from playwright.sync_api import expect
from tests.e2e.conftest import Site

from opvangloket.rules.procedure import DeskMode, Procedure

HEADER = "voornaam ouder;familienaam ouder;telefoon;voornaam kind;geboren op;start op;dagen;gevraagd op;akkoord"


def test_from_a_file_to_a_file_at_the_desk(site: Site) -> None:
    here = site.here
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    born, start, asked = here.today.replace(day=1), here.today.replace(day=1, year=here.today.year + 1), here.today
    lou = f"Ann;Maes;0499 11 22 33;Lou;{born:%d/%m/%Y};{start:%d/%m/%Y};ma, di voormiddag;{asked};ja"
    page = site.visit("/organisator/plaatsing/", here.rosa, width=360)
    page.get_by_role("link", name="De Regenboog Centrum").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lijst van gezinnen")
    content = "\n".join((HEADER, lou, lou)).encode()
    page.locator("input[type=file]").set_input_files({"name": "lijst.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Lees mijn lijst").click()
    expect(page.get_by_text("Lijkt op Lou · Ann Maes, hierboven in deze lijst.")).to_be_visible()
    site.check(page)
    page.get_by_label("Zelfde kind: laat het weg").check(force=True)
    page.get_by_role("button", name="Dien de lijst in").click()
    expect(page.get_by_text("1 gezin doorgegeven.")).to_be_visible()
    desk = site.visit("/werk/ninove/opvang/", here.amina)
    desk.get_by_role("link", name="Lijsten van de opvang").click()
    expect(desk.get_by_role("heading", level=3, name="Lou")).to_be_visible()
    site.check(desk)
    desk.get_by_role("button", name="Neem over").click()
    expect(desk.get_by_text("Overgenomen. Bel het gezin en kies samen opvang.")).to_be_visible()

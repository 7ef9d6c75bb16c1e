"""Answers by a file: taken along, a wrong cell told, all of it seen, sent without a script, and read by each family."""

import csv
from io import StringIO
from pathlib import Path

from playwright.sync_api import expect
from tests.cast import plan_places
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site

from opvangloket.rules.references import displayed

REASON = "Deze dagen zijn volzet"


def upload(content: str) -> dict[str, object]:
    """Return a list as a browser takes it from a folder."""
    return {"name": "open-vragen.csv", "mimeType": "text/csv", "buffer": content.encode()}


def filled_in(taken: Path, cells: dict[str, dict[str, str]]) -> str:
    """Return a list that was taken along, with these cells by the reference of a question."""
    rows = list(csv.DictReader(StringIO(taken.read_text(encoding="utf-8-sig")), delimiter=";"))
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(row | cells.get(row["Vraag"], {}) for row in rows)
    return text.getvalue()


def test_an_organiser_answers_with_a_list(site: Site) -> None:
    here = site.here
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    ids = (here.regenboog_centrum.id,)
    taking, refused = asks(here, location_ids=ids), asks(here, location_ids=ids)
    yes, no = (displayed(one.registered.reference) for one in (taking, refused))

    page = site.visit("/organisator/", here.rosa, java_script_enabled=False)
    page.get_by_role("link", name="Antwoorden met een bestand").click()
    expect(page.get_by_text("Er wachten 2 vragen op je antwoord.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Open vragen als CSV").click()
    list_taken = Path(taken.value.path())

    wrong = filled_in(list_taken, {yes: {"Antwoord": "ja"}, no: {"Antwoord": "nee"}})
    page.get_by_label("Kies je lijst").set_input_files(upload(wrong))
    page.get_by_role("button", name="Bekijk je antwoorden").click()
    expect(page.get_by_text("1 fout in je lijst.")).to_be_visible()
    site.check(page)

    cells = {yes: {"Antwoord": "ja"}, no: {"Antwoord": "nee", "Reden": REASON, "Plaats op": "wo, do"}}
    page.get_by_label("Kies je lijst").set_input_files(upload(filled_in(list_taken, cells)))
    page.get_by_role("button", name="Bekijk je antwoorden").click()
    expect(page.get_by_text("Je antwoordt 1 keer ja en 1 keer nee.")).to_be_visible()
    expect(page.get_by_text("Wel mogelijk: woensdag en donderdag hele dag.")).to_be_visible()
    site.check(page)
    page.get_by_role("button", name="Verstuur 2 antwoorden").click()
    expect(page.get_by_text("2 gezinnen kregen elk hun antwoord.")).to_be_visible()

    family = site.visit("/ninove/mijn/", refused.registered)
    family.get_by_role("link", name="Opvang voor Noor").click()
    expect(family.get_by_text("woensdag en donderdag").first).to_be_visible()

    # The same list once more answers nobody again, also on a phone.
    phone = site.visit("/organisator/antwoorden/", here.rosa, width=360)
    phone.get_by_label("Kies je lijst").set_input_files(upload(filled_in(list_taken, cells)))
    phone.get_by_role("button", name="Bekijk je antwoorden").press("Enter")
    expect(phone.get_by_role("link", name="Deze vragen wachten niet meer op je antwoord.")).to_be_visible()
    site.check(phone)

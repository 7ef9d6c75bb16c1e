"""The official register beside the locations of the desk: hand in, see, approve; nothing changes before that."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.cast import Town
from tests.domains.exchange.register.test_register import NEW, ROW, as_csv
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import Location

pytestmark = pytest.mark.django_db
PAGE = "/werk/ninove/locaties/register/"


def hand_in(client: PageClient, *rows: dict[str, str], content: bytes | None = None) -> Any:
    file = SimpleUploadedFile("lijst.csv", as_csv(*rows) if content is None else content)
    return client.post(PAGE, {"upload": file})


def keys_on(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('name="row" id="row-')[1:]]


def test_the_lead_finds_it_from_the_locations(here: Town, client_for: ClientFor) -> None:
    assert PAGE in words(client_for(here.karel).get("/werk/ninove/opvang/"))
    assert PAGE not in words(client_for(here.amina).get("/werk/ninove/opvang/"))
    page = words(client_for(here.karel).get(PAGE))
    assert "dossiernummer" in page
    assert "Voorbeeld in Excel" in page


def test_only_the_lead_of_this_desk_comes_in(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.amina).get(PAGE).status_code == 403
    assert client_for(here.stranger).get(PAGE).status_code == 404
    assert client_for().get(PAGE).status_code == 302
    kept = hand_in(client_for(here.karel), ROW)["Location"]
    assert client_for(here.amina).post(kept, {"row": "x"}).status_code == 403
    elsewhere = kept.replace("/ninove/", "/overstroom/")
    assert client_for(here.stranger).get(elsewhere).status_code == 404
    assert client_for(here.stranger).post(elsewhere, {"row": "x"}).status_code == 404


def test_the_example_opens_in_a_spreadsheet(here: Town, client_for: ClientFor) -> None:
    answer = client_for(here.karel).get(f"{PAGE}voorbeeld.xlsx")
    assert load_workbook(BytesIO(answer.content)).worksheets[0]["A1"].value == "dossiernummer"


def test_errors_are_told_by_line_and_column_and_nothing_is_kept(here: Town, client_for: ClientFor) -> None:
    page = words(hand_in(client_for(here.karel), ROW | {"trap": "T4"}, NEW | {"postcode": "1"}))
    assert "2 fouten in je lijst. Er is niets bewaard." in page
    assert "“T4” kan hier niet." in page
    assert "Kies uit: T0, T1, T2A, T2B, T3." in page
    assert not Location.objects.filter(name="Zonnebloem").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04", "We kunnen dit Excel-bestand niet openen."),
        (b"", "Dit bestand is leeg. Kies een ander."),
        (b"\n", "Dit bestand is leeg. Zet de namen"),
    ],
)
def test_what_is_no_list_is_asked_again(here: Town, client_for: ClientFor, content: bytes, told: str) -> None:
    assert told in words(hand_in(client_for(here.karel), content=content))


def test_no_file_is_asked_again(here: Town, client_for: ClientFor) -> None:
    assert "Kies een bestand." in words(client_for(here.karel).post(PAGE, {}))


def test_what_changes_is_seen_first_and_then_done(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    kept = hand_in(client, ROW | {"vergunde_plaatsen": "21", "e-mail": "x@agentschap.example"}, NEW)["Location"]
    page = words(client.get(kept))
    assert "1 nieuwe opvang, 1 veranderd, 0 gelijk en 0 niet meer in het register." in page
    assert "Groepsopvang van Zonnebloem bv, 18 plaatsen. Kerkplein 1, 9402 Ninove." in page
    assert "<s>18</s>" in page
    assert "Neem over" in page
    assert page.count(" checked") == 3  # both locations and the mail; never a fact of the location itself
    assert not Location.objects.filter(name="Zonnebloem").exists()
    told = words(client.post(kept, {"row": keys_on(page), "invite": "on"}, follow=True))
    assert "Bewaard: 1 nieuw, 1 veranderd. 1 opvang kreeg een mail." in told
    regenboog = Location.objects.get(id=here.regenboog_centrum.id)
    assert (regenboog.licensed_places, regenboog.email) == (21, "de-regenboog-centrum@opvang.example")
    # What was not taken over stays a difference, for whoever looks again.
    assert "0 nieuwe locaties, 1 veranderd" in told


def test_own_facts_are_taken_over_one_by_one(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    kept = hand_in(client, ROW | {"e-mail": "x@agentschap.example", "telefoon": "09 1"})["Location"]
    (key,) = keys_on(words(client.get(kept)))
    client.post(kept, {"row": key, "own": f"{key}:email"})
    regenboog = Location.objects.get(id=here.regenboog_centrum.id)
    assert (regenboog.email, regenboog.phone) == ("x@agentschap.example", "054 11 22 33")


def test_what_was_ticked_stays_ticked_when_something_changed(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    kept = hand_in(client, ROW | {"vergunde_plaatsen": "21"}, NEW)["Location"]
    new, changed = keys_on(words(client.get(kept)))
    Location.objects.filter(id=here.regenboog_centrum.id).update(licensed_places=20)
    page = words(client.post(kept, {"row": [new, changed]}))
    assert "Er veranderde intussen iets." in page
    assert f'value="{new}" checked' in page
    assert "<s>20</s>" in page
    assert not Location.objects.filter(name="Zonnebloem").exists()


def test_nothing_chosen_is_said(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    kept = hand_in(client, NEW)["Location"]
    assert "Kies minstens één opvang." in words(client.post(kept, {}))
    page = words(client.get(f"{kept}?kies=niets"))
    assert page.count(" checked") == 1


def test_without_an_address_the_lead_reads_whom_to_call(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.karel)
    kept = hand_in(client, NEW | {"e-mail": ""})["Location"]
    told = words(client.post(kept, {"row": keys_on(words(client.get(kept))), "invite": "on"}, follow=True))
    assert "Zonder e-mailadres, bel ze: Zonnebloem." in told
    assert "Er is niets meer om goed te keuren." in told


def test_what_is_decided_per_location_is_listed_apart(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(file_number="410480013")
    client = client_for(here.karel)
    page = words(client.get(hand_in(client, ROW | {"nis_code": "41018", "postcode": "9500"})["Location"]))
    assert "Niet meer in het register" in page
    assert "/werk/ninove/opvang/mias-nestje/sluiten/" in page

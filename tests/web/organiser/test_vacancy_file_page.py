"""Free places by a file: taken along, handed in, looked over, approved all or row by row; nothing changes before that."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests import workbooks
from tests.cast import Town, open_location
from tests.domains.distribution.journey import looking
from tests.domains.exchange.register.test_register import as_csv
from tests.domains.exchange.vacancies.test_vacancy_lists import HEADINGS, ROW
from tests.domains.providers.test_vacancy_links import declare
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import plain_words, words

from opvangloket.domains.exchange.vacancies import changes
from opvangloket.domains.providers.models import Vacancy
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole

pytestmark = pytest.mark.django_db
PAGE = "/organisator/vrije-plaatsen/"
APPROVE = f"{PAGE}goedkeuren/"
OTHER = ROW | {"opvang": "De Regenboog Denderhof", "uren": ""}


@pytest.fixture
def rosa(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.rosa)


def hand_in(client: PageClient, *rows: dict[str, str], content: bytes | None = None) -> Any:
    file = SimpleUploadedFile("plaatsen.csv", as_csv(*rows) if content is None else content)
    return client.post(PAGE, {"upload": file})


def posted(page: Any, **more: Any) -> dict[str, Any]:
    """Return what the form of the changes would post as it stands."""
    keys = re.findall(r'name="row" id="row-(\w+)" value="\w+" checked', page.content.decode())
    return {"carried": page.context["carried"], "row": keys} | more


def downloaded(client: PageClient) -> list[list[Any]]:
    content = client.get(f"{PAGE}lijst.xlsx").content
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows()]


def rows_of(client: PageClient) -> list[dict[str, str]]:
    """Return the list that is taken along, as a spreadsheet hands it in again."""
    return [
        {heading: str(cell or "") for heading, cell in zip(HEADINGS, row, strict=True)}
        for row in downloaded(client)[1:]
    ]


def test_it_is_found_from_the_locations_and_from_one(rosa: PageClient, here: Town, client_for: ClientFor) -> None:
    for address in ("/organisator/locaties/", "/organisator/locaties/de-regenboog-centrum/"):
        assert PAGE in words(rosa.get(address))
    assert PAGE in words(client_for(here.mia_account).get("/organisator/locaties/mias-nestje/"))


def test_places_are_handed_in_looked_over_and_declared(rosa: PageClient) -> None:
    assert "Je gaf nog geen vrije plaats op." in words(rosa.get(PAGE))
    page = hand_in(rosa, ROW, OTHER)
    assert "2 nieuw." in words(page)
    place = "2 plaatsen vanaf 1 april 2026 tot en met 30 juni 2026, peuters"
    assert f"De Regenboog Centrum : {place} {place} Maandag van 9 uur tot 15 uur." in plain_words(page)
    assert not Vacancy.objects.exists()
    done = rosa.post(APPROVE, posted(page), follow=True)
    assert "Bewaard: 2 nieuw." in words(done)
    assert "Er staan 2 vrije plaatsen in." in words(done)
    assert "Alles staat al zoals in je lijst." in words(hand_in(rosa, ROW, OTHER))
    assert Vacancy.objects.count() == 2


def test_the_list_taken_along_comes_back_changed(rosa: PageClient) -> None:
    rosa.post(APPROVE, posted(hand_in(rosa, ROW, OTHER)))
    assert downloaded(rosa)[0] == HEADINGS
    first, second = rows_of(rosa)
    page = hand_in(rosa, first | {"aantal": "3", "leeftijd": "baby's"}, second | {"aantal": "0"})
    assert "1 veranderd en 1 niet meer vrij." in words(page)
    assert "Aantal Nu: 2 In je lijst: 3" in plain_words(page)
    assert "Leeftijd Nu: peuters In je lijst: baby’s" in plain_words(page)
    assert "Bewaard: 1 veranderd en 1 niet meer vrij." in words(rosa.post(APPROVE, posted(page), follow=True))
    assert [row[HEADINGS.index("aantal")] for row in downloaded(rosa)[1:]] == [3]


def test_csv_says_the_same_and_another_shape_is_not_found(rosa: PageClient) -> None:
    rosa.post(APPROVE, posted(hand_in(rosa, ROW)))
    answer = rosa.get(f"{PAGE}lijst.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="vrije-plaatsen-2026-03-02.csv"'
    assert (
        "De Regenboog Centrum;;1/4/2026;30/6/2026;ma, di voormiddag;ma 09:00-15:00;2;peuters" in answer.content.decode()
    )
    assert "Alles staat al zoals in je lijst." in words(hand_in(rosa, content=answer.content))
    assert rosa.get(f"{PAGE}lijst.ods").status_code == 404


def test_what_the_list_does_not_name_stays_until_it_is_ticked(rosa: PageClient) -> None:
    rosa.post(APPROVE, posted(hand_in(rosa, ROW, OTHER)))
    page = hand_in(rosa, ROW)
    assert "Staat niet in je lijst (1)" in words(page)
    assert posted(page)["row"] == []
    assert "Kies minstens één vrije plaats." in words(rosa.post(APPROVE, posted(page)))
    everything = rosa.post(APPROVE, posted(page, step="alles"))
    assert len(posted(everything)["row"]) == 1
    assert posted(rosa.post(APPROVE, posted(everything, step="niets")))["row"] == []
    assert posted(rosa.post(APPROVE, posted(everything, step="zo")))["row"] == posted(everything)["row"]
    assert Vacancy.objects.filter(closed_on=None).count() == 2
    rosa.post(APPROVE, posted(everything))
    assert Vacancy.objects.filter(closed_on=None).count() == 1


def test_places_too_many_to_show_are_told_and_stay(rosa: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa.post(APPROVE, posted(hand_in(rosa, *(ROW | {"aantal": str(places)} for places in range(1, 6)))))
    monkeypatch.setattr(changes, "MOST_MISSING", 3)
    kept = rows_of(rosa)[0]
    page = hand_in(rosa, kept)
    assert "4 niet in je lijst." in words(page)
    assert "Staat niet in je lijst (3 van 4)" in words(page)
    assert "We tonen er niet meer tegelijk: nog 1 plaats blijft ook staan." in words(page)
    everything = posted(rosa.post(APPROVE, posted(page, step="alles")))
    assert len(everything["row"]) == 3
    done = words(rosa.post(APPROVE, everything, follow=True))
    assert "Bewaard: 3 niet meer vrij. Nog 1 plaats staat niet in je lijst. Ze bleef staan: we toonden ze niet." in done
    again = words(hand_in(rosa, kept))
    assert "Staat niet in je lijst (1)" in again
    assert "We tonen er niet meer tegelijk" not in again


def test_errors_are_told_by_line_and_column_and_nothing_is_kept(rosa: PageClient) -> None:
    page = words(hand_in(rosa, ROW | {"dagen": "elke dag"}, OTHER | {"aantal": "veel"}))
    assert "2 fouten in je lijst. Er is niets bewaard." in page
    assert "“elke” kennen we niet." in page
    assert "Schrijf bijvoorbeeld: ma, di voormiddag, vr." in page
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04", "We kunnen dit Excel-bestand niet openen."),
        (b"", "Dit bestand is leeg. Kies een ander."),
        (b"\n", "Dit bestand is leeg. Zet de namen"),
        (workbooks.that_laughs(), "niet openen"),
        (workbooks.with_a_far_cell(), "te veel regels"),
        (b"\0\0", "Dit is geen CSV of Excel."),
    ],
    ids=["damaged", "nothing", "empty", "unfolds", "far", "binary"],
)
def test_what_is_no_list_is_asked_again(rosa: PageClient, content: bytes, told: str) -> None:
    assert told in words(hand_in(rosa, content=content))


def test_no_file_is_asked_again(rosa: PageClient) -> None:
    assert "Kies een bestand." in words(rosa.post(PAGE, {}))


def test_pressed_twice_and_changed_meanwhile_say_so(rosa: PageClient) -> None:
    form = posted(hand_in(rosa, ROW))
    rosa.post(APPROVE, form)
    again = words(rosa.post(APPROVE, form))
    assert "Er veranderde intussen iets." in again
    assert "Alles staat al zoals in je lijst." in again
    assert Vacancy.objects.count() == 1


def test_a_place_that_went_meanwhile_is_told_as_an_error(rosa: PageClient) -> None:
    rosa.post(APPROVE, posted(hand_in(rosa, ROW)))
    row = rows_of(rosa)[0] | {"aantal": "1"}
    form = posted(hand_in(rosa, row))
    Vacancy.objects.update(closed_on="2026-03-02")
    assert "Deze plaats staat er niet meer." in words(rosa.post(APPROVE, form))


@pytest.mark.parametrize("carried", ["", "verzonnen"])
def test_a_list_that_is_not_ours_is_asked_again(rosa: PageClient, carried: str) -> None:
    page = words(rosa.post(APPROVE, {"carried": carried, "row": "x"}, follow=True))
    assert "Je lijst is er niet meer. Kies ze opnieuw." in page


def test_somebody_elses_places_are_not_in_the_list_and_not_changed_by_it(here: Town, client_for: ClientFor) -> None:
    key = declare(here)
    rosa = client_for(here.rosa)
    assert len(downloaded(rosa)) == 1
    page = words(hand_in(rosa, ROW | {"sleutel": str(key)}))
    assert "Deze plaats staat er niet meer." in page
    assert "Mias Nestje" not in page
    carried = posted(hand_in(client_for(here.mia_account), ROW | {"opvang": here.mias_nestje.name}))
    assert "We vinden deze opvang niet bij jouw locaties." in words(rosa.post(APPROVE, carried))
    assert Vacancy.objects.count() == 1


def test_staff_has_its_own_location_only_and_a_stand_in_none(here: Town, client_for: ClientFor) -> None:
    rosa = client_for(here.rosa)
    rosa.post(APPROVE, posted(hand_in(rosa, ROW, OTHER)))
    with looking():
        mine = OrganiserMembership.objects.filter(account=here.rosa)
        mine.update(role=OrganiserRole.STAFF, location_id=here.regenboog_centrum.id)
    assert [row[0] for row in downloaded(rosa)[1:]] == ["De Regenboog Centrum"]
    assert "We vinden deze opvang niet bij jouw locaties." in words(hand_in(rosa, OTHER))
    with looking():
        mine.update(role=OrganiserRole.STAND_IN)
    for address in (PAGE, APPROVE, f"{PAGE}lijst.xlsx"):
        assert rosa.get(address).status_code == 403
    assert PAGE not in words(rosa.get("/organisator/locaties/de-regenboog-centrum/"))
    assert client_for().get(PAGE)["Location"].startswith("/organisator/aanmelden/")


def test_a_long_list_costs_no_more_queries_than_a_short_one(here: Town, rosa: PageClient) -> None:
    def queries(*rows: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as counted:
            hand_in(rosa, *rows)
        return len(counted)

    queries(ROW)
    few = queries(ROW)
    with looking():
        more = [open_location(here.regenboog, f"De Regenboog {n}", here.ninove, here.now) for n in range(38)]
    assert queries(*(ROW | {"opvang": one.name} for one in more)) == few

"""Answers by a file: taken along, answered in a spreadsheet, looked over, sent one by one; nothing is sent before that."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import dumps
from openpyxl import Workbook, load_workbook
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.domains.exchange.answers.test_answer_lists import row_of
from tests.domains.exchange.register.test_register import as_csv
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import plain_words, words

from opvangloket.domains.distribution.inbox.questions import AskedCare
from opvangloket.domains.distribution.models import Answer, AnswerDoor, Offer
from opvangloket.domains.exchange.answers.columns import CHOICES
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
PAGE = "/organisator/antwoorden/"
SEND = f"{PAGE}versturen/"
MONDAY = WeekPattern.full_days("ma")
NO = {"Antwoord": "nee", "Reden": "Alles is volzet"}


@pytest.fixture
def rosa(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.rosa)


def hand_in(client: PageClient, *rows: dict[str, str], content: bytes | None = None, name: str = "lijst.csv") -> Any:
    file = SimpleUploadedFile(name, as_csv(*rows) if content is None else content)
    return client.post(PAGE, {"upload": file})


def send(client: PageClient, page: Any) -> Any:
    return client.post(SEND, {"carried": page.context["carried"]}, follow=True)


def at_centrum(here: Town, count: int) -> list[Journey]:
    return [asks(here, location_ids=(here.regenboog_centrum.id,), pattern=MONDAY) for _one in range(count)]


def answered() -> dict[str, str]:
    """Return each answer by the reference of its request."""
    with looking():
        return dict(Answer.objects.values_list("inquiry__request__reference", "kind"))


def test_the_list_taken_along_comes_back_with_answers(here: Town, rosa: PageClient) -> None:
    first, second, third = at_centrum(here, 3)
    book = load_workbook(BytesIO(rosa.get("/organisator/open-vragen.xlsx").content))
    sheet = book.worksheets[0]
    offered = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered == {f'"{",".join(chosen_from)}"' for chosen_from in CHOICES.values()}
    column = {cell.value: cell.column for cell in sheet[1]}
    line = {str(sheet.cell(row, column["Vraag"]).value).replace(" ", ""): row for row in range(2, sheet.max_row + 1)}
    for journey, cells in ((first, {"Antwoord": "ja"}), (second, NO)):
        for heading, cell in cells.items():
            sheet.cell(line[journey.registered.reference], column[heading], cell)
    page = hand_in(rosa, content=saved(book), name="open-vragen.xlsx")
    assert "Je antwoordt 1 keer ja en 1 keer nee." in words(page)
    assert "Verstuur 2 antwoorden" in words(page)
    assert answered() == {}
    done = send(rosa, page)
    assert "2 gezinnen kregen elk hun antwoord." in words(done)
    assert answered() == {first.registered.reference: "yes", second.registered.reference: "no"}
    assert third.states()["De Regenboog Centrum"] == "sent"
    with looking():
        assert set(Answer.objects.values_list("door", flat=True)) == {AnswerDoor.FILE}
        for journey, template in ((first, "offer_made"), (second, "answer_no")):
            assert Message.objects.filter(request_id=journey.request_id, template=template).count() == 1


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_everything_is_seen_before_it_goes(here: Town, rosa: PageClient) -> None:
    [asked] = at_centrum(here, 1)
    cells = {"Antwoord": "anders", "Plaats op": "di", "Plaats vanaf": "1/9/2026", "Boodschap aan het gezin": "Tot gauw"}
    page = plain_words(hand_in(rosa, row_of(asked, here.regenboog_centrum) | cells))
    assert "Ja, maar anders Plaats op dinsdag hele dag vanaf dinsdag 1 september 2026. Tot gauw" in page
    page = plain_words(hand_in(rosa, row_of(asked, here.regenboog_centrum) | NO | {"Plaats op": "wo"}))
    assert "Nee Alles is volzet. Wel mogelijk: woensdag hele dag." in page


def test_what_is_refused_stays_and_stops_no_other(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    first, second = at_centrum(here, 2)
    rows = [row_of(one, here.regenboog_centrum, Antwoord="ja") for one in (first, second)]
    done = send(rosa, hand_in(rosa, *rows))
    assert "1 gezin kreeg je antwoord." in words(done)
    assert "Dit lukte nog niet" in words(done)
    assert len(answered()) == 1
    refused = second if first.registered.reference in answered() else first
    assert [line.url for line in done.context["lines"]] == [
        f"/organisator/vraag/{refused.registered.reference}/de-regenboog-centrum/"
    ]
    assert done.context["lines"][0].refusal
    with looking():
        assert Offer.objects.count() == 1


def test_pressed_twice_it_is_sent_once(here: Town, rosa: PageClient) -> None:
    [asked] = at_centrum(here, 1)
    page = hand_in(rosa, row_of(asked, here.regenboog_centrum) | NO)
    send(rosa, page)
    again = send(rosa, page)
    assert "Deze vragen wachten niet meer op je antwoord." in words(again)
    with looking():
        assert Answer.objects.count() == 1
        assert Message.objects.filter(request_id=asked.request_id, template="answer_no").count() == 1


def test_questions_that_wait_no_more_are_told_and_skipped(here: Town, rosa: PageClient) -> None:
    first, second = at_centrum(here, 2)
    first.answers(here.regenboog_centrum, YES)
    rows = [row_of(one, here.regenboog_centrum) | NO for one in (first, second)]
    page = words(hand_in(rosa, *rows))
    assert f"1 vraag wacht niet meer op je antwoord: {rows[0]['Vraag']}. We slaan ze over." in page
    assert "Verstuur 1 antwoord" in page
    assert "Deze vragen wachten niet meer op je antwoord." in words(hand_in(rosa, rows[0]))


def test_errors_are_told_by_line_and_column_and_nothing_is_sent(here: Town, rosa: PageClient) -> None:
    first, second = at_centrum(here, 2)
    good = row_of(first, here.regenboog_centrum) | NO
    page = words(hand_in(rosa, good, row_of(second, here.regenboog_centrum, Antwoord="nee")))
    assert "1 fout in je lijst. Er is niets bewaard." in page
    assert "Kies uit: Alles is volzet, Deze dagen zijn volzet" in page
    assert answered() == {}


def test_an_empty_list_says_what_to_do(here: Town, rosa: PageClient) -> None:
    [asked] = at_centrum(here, 1)
    page = hand_in(rosa, row_of(asked, here.regenboog_centrum))
    assert "Er staat nog geen antwoord in je lijst. Vul de kolom Antwoord in." in words(page)
    assert "De kolom Vraag ontbreekt." in words(hand_in(rosa, {"naam": "Sara"}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04", "We kunnen dit Excel-bestand niet openen."),
        (b"", "Dit bestand is leeg. Kies een ander."),
        (b"\n", "Dit bestand is leeg. Zet de namen"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(rosa: PageClient, content: bytes, told: str) -> None:
    assert told in words(hand_in(rosa, content=content))


def test_a_list_that_is_not_ours_sends_nothing(rosa: PageClient) -> None:
    of_free_places = dumps({"name": "x", "lines": []}, salt="list of free places")
    for carried in ("", "silly", of_free_places):
        answer = rosa.post(SEND, {"carried": carried}, follow=True)
        assert "Je lijst is er niet meer. Kies ze opnieuw." in words(answer)
    assert rosa.get(SEND)["Location"] == PAGE


def test_what_changed_between_looking_and_sending_is_told(
    here: Town, rosa: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    [asked] = at_centrum(here, 1)
    page = hand_in(rosa, row_of(asked, here.regenboog_centrum, Antwoord="ja"))
    correct = AskedCare.__init__

    def corrected(care: AskedCare, **facts: Any) -> None:
        correct(care, **(facts | {"needed": WeekPattern.full_days("vr")}))

    monkeypatch.setattr(AskedCare, "__init__", corrected)
    assert "Het gezin vraagt nu vr." in words(send(rosa, page))
    assert answered() == {}


@pytest.mark.parametrize("role", [OrganiserRole.STAFF, OrganiserRole.STAND_IN])
def test_who_works_at_one_location_answers_for_that_one(here: Town, client_for: ClientFor, role: str) -> None:
    [asked] = at_centrum(here, 1)
    row = row_of(asked, here.regenboog_centrum) | NO
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=role, location_id=here.regenboog_denderhof.id)
    assert "Deze vragen wachten niet meer op je antwoord." in words(hand_in(client_for(here.rosa), row))
    assert "Deze vragen wachten niet meer" in words(hand_in(client_for(here.mia_account), row))
    assert client_for().get(PAGE)["Location"].startswith("/organisator/aanmelden/")


def test_names_stay_hidden_where_the_first_answer_is_blind(here: Town, rosa: PageClient) -> None:
    here.choose(Procedure(blind_first_answer=True))
    [asked] = at_centrum(here, 1)
    page = words(hand_in(rosa, row_of(asked, here.regenboog_centrum) | NO))
    assert "Noor" not in page
    assert "Kind, 5 maanden bij de start" in page


def test_the_question_says_how_it_was_answered_and_the_inbox_leads_here(here: Town, rosa: PageClient) -> None:
    [asked] = at_centrum(here, 1)
    assert PAGE in words(rosa.get("/organisator/"))
    send(rosa, hand_in(rosa, row_of(asked, here.regenboog_centrum) | NO))
    question = rosa.get(f"/organisator/vraag/{asked.registered.reference}/de-regenboog-centrum/")
    assert "met een lijst in een bestand" in words(question)

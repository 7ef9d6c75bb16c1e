"""De periodieke lijst: gathered from a form or a file, looked over, and handed in whole."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor
from tests.web.organiser.test_direct_page import filled, words

from opvangloket.domains.referrals.models import HandedInList, HandedInQuestion
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db
WHERE = "/organisator/locaties/de-regenboog-centrum/gezinnen/"
HEADER = (
    "voornaam ouder;familienaam ouder;telefoon;e-mail;postcode;voornaam kind;familienaam kind;geboren op;start op;"
    "dagen;gevraagd op;akkoord"
)
LOU = "Ann;Maes;0499 11 22 33;;9400;Lou;Maes;3/1/2026;1/9/2026;ma, di voormiddag;2/2/2026;ja"
BO = "Elif;Yılmaz;;elif@voorbeeld.be;9400;;;2026-06-09;1 december 2026;vr;20-2-2026;nee"


@pytest.fixture
def asked(here: Town) -> Town:
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    return here


def a_row(**different: str) -> dict[str, str]:
    row = filled(step="row", asked_on_day="2", asked_on_month="3", asked_on_year="2026", agreed="on")
    return row | different


def a_file(*lines: str, name: str = "lijst.csv") -> dict[str, Any]:
    return {"step": "file", "upload": SimpleUploadedFile(name, "\n".join((HEADER, *lines)).encode())}


def carried(answer: Any) -> str:
    return str(answer.context["carried"])


def questions() -> list[HandedInQuestion]:
    with looking():
        return list(HandedInQuestion.objects.order_by("handed_in__handed_in_at", "number"))


def test_families_are_gathered_and_handed_in(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    assert "Nog niets. Je eerste lijst komt hier." in words(client.get(WHERE))
    one = client.post(WHERE, a_row())
    assert "Jouw lijst voor kwartaal 1 van 2026" in words(one)
    assert questions() == []
    both = client.post(WHERE, a_file(BO) | {"carried": carried(one)})
    assert "Lou Maes · Ann Maes" in words(both)
    assert "Kindje van Elif Yılmaz" in words(both)
    told = client.post(WHERE, {"step": "hand_in", "carried": carried(both)}, follow=True)
    assert "2 gezinnen doorgegeven." in words(told)
    assert "maandag 2 maart 2026: 2 gezinnen" in words(told)
    lou, bo = questions()
    assert (lou.child_first_name, lou.agreed, lou.phone) == ("Lou", True, "0499 11 22 33")
    assert (str(bo.due_on), str(bo.start_on), bo.agreed) == ("2026-06-09", "2026-12-01", False)
    assert bo.parts == WeekPattern.full_days("vr").mask


def test_pressed_twice_hands_in_once(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    made = {"step": "hand_in", "carried": carried(client.post(WHERE, a_file(LOU)))}
    for _ in range(2):
        assert client.post(WHERE, made).status_code == 302
    with looking():
        assert HandedInList.objects.count() == 1


def test_the_example_can_be_handed_in_as_it_stands(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    content = client.get(f"{WHERE}voorbeeld.xlsx").content
    assert [cell.value for cell in load_workbook(BytesIO(content)).worksheets[0][1]] == HEADER.split(";")
    upload = SimpleUploadedFile("lijst.xlsx", content)
    assert "Lou Maes · Ann Maes" in words(client.post(WHERE, {"step": "file", "upload": upload}))


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        (LOU.replace("ma, di voormiddag", "ma, blauw"), "dagen", "“blauw” kennen we niet."),
        (LOU.replace("3/1/2026", "31/2/2026"), "geboren op", "Deze datum bestaat niet."),
        (LOU.replace("Ann;Maes", ";Maes"), "voornaam ouder", "Vul dit nog in."),
        (LOU.replace(";ja", ";misschien"), "akkoord", "Schrijf ja of nee."),
        (LOU.replace("0499 11 22 33", ""), "telefoon", "Anders kan het loket niet bellen."),
        (LOU.replace("9400", "0000"), "postcode", "Deze postcode kennen we niet."),
        (LOU.replace("Lou;", ";"), "voornaam kind", "Vul de voornaam van het kind in."),
        (LOU.replace("1/9/2026", "1/12/2025"), "start op", "De opvang kan niet starten voor de geboorte."),
    ],
)
def test_a_wrong_cell_is_told_by_line_and_column_and_nothing_is_taken(
    asked: Town, client_for: ClientFor, line: str, column: str, message: str
) -> None:
    answer = client_for(asked.rosa).post(WHERE, a_file(BO, line))
    told = words(answer)
    assert "Er is iets mis met deze lijst. We namen niets over." in told
    assert f'<th scope="row">3</th><td>{column}</td>' in told
    assert message in told
    assert "Kindje van Elif" not in told


def test_a_file_without_a_column_or_without_rows(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    short = SimpleUploadedFile("lijst.csv", b"voornaam ouder;telefoon\nAnn;0499")
    assert "De kolom geboren op ontbreekt." in words(client.post(WHERE, {"step": "file", "upload": short}))
    assert "In deze lijst staat nog geen gezin." in words(client.post(WHERE, a_file()))
    picture = SimpleUploadedFile("foto.png", b"\x89PNG\0\0")
    assert "Dit is geen CSV of Excel." in words(client.post(WHERE, {"step": "file", "upload": picture}))
    empty = SimpleUploadedFile("lijst.csv", b"\n")
    assert "Dit bestand is leeg." in words(client.post(WHERE, {"step": "file", "upload": empty}))


def test_what_looks_double_is_chosen_by_a_person(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    made = client.post(WHERE, a_file(LOU, LOU))
    assert "Lijkt op Lou Maes · Ann Maes, hierboven in deze lijst." in words(made)
    hand_in = {"step": "hand_in", "carried": carried(made)}
    assert "Kies eerst bij elk gezin dat er dubbel uitziet." in words(client.post(WHERE, hand_in))
    assert questions() == []
    client.post(WHERE, hand_in | {"same_1": "yes"})
    assert len(questions()) == 1
    again = client.post(WHERE, a_file(LOU))
    assert "Lijkt op Lou Maes, in een vorige lijst." in words(again)
    client.post(WHERE, {"step": "hand_in", "carried": carried(again), "same_0": "no"})
    assert len(questions()) == 2


def test_a_family_that_asked_the_desk_is_not_told_to_a_location(asked: Town, client_for: ClientFor) -> None:
    noor = asked.noor()
    asked.ask(noor)
    born = noor.child.birth_on
    assert born is not None
    line = f"Sara;Peeters;0470 12 34 56;;9400;Noor;Peeters;{born};1/9/2026;ma;2/2/2026;ja"
    assert "Lijkt op" not in words(client_for(asked.rosa).post(WHERE, a_file(line)))


def test_a_family_is_taken_off_and_what_was_typed_stays(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    made = client.post(WHERE, a_file(LOU, BO))
    left = client.post(WHERE, {"step": "drop-0", "carried": carried(made)})
    assert "Lou Maes" not in words(left)
    assert "Kindje van Elif Yılmaz" in words(left)
    wrong = client.post(WHERE, a_row(birth_year="", carried=carried(left)))
    assert "Vul ook het jaar in." in words(wrong)
    assert 'value="Lou"' in words(wrong)
    assert "Kindje van Elif Yılmaz" in words(wrong)


def test_a_list_that_was_changed_on_its_way_is_not_ours(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.rosa)
    made = carried(client.post(WHERE, a_file(LOU)))
    assert "Een lijst telt tussen 1 en" in words(client.post(WHERE, {"step": "hand_in", "carried": f"{made}x"}))
    assert questions() == []


def test_a_central_desk_asks_no_list(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    assert "Bij Opvangloket Ninove komt elke vraag via het loket." in words(client.get(WHERE))
    client.post(WHERE, a_file(LOU))
    assert WHERE not in words(client.get("/organisator/plaatsing/"))


def test_the_door_leads_to_the_list(asked: Town, client_for: ClientFor) -> None:
    assert f'href="{WHERE}"' in words(client_for(asked.rosa).get("/organisator/plaatsing/"))


@pytest.mark.parametrize("where", [WHERE, f"{WHERE}voorbeeld.xlsx"])
def test_doors(asked: Town, client_for: ClientFor, where: str) -> None:
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(asked.mia_account).get(where).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=asked.rosa).update(role=OrganiserRole.STAND_IN)
    assert client_for(asked.rosa).get(where).status_code == 403


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("ma", ("ma_vm", "ma_nm")),
        ("Maandag en dinsdag".replace(" en ", ", "), ("ma_vm", "ma_nm", "di_vm", "di_nm")),
        ("ma vm; vr namiddag", ("ma_vm", "vr_nm")),
        ("wo_nm|do", ("wo_nm", "do_vm", "do_nm")),
    ],
)
def test_days_are_read_as_people_write_them(
    asked: Town, client_for: ClientFor, cell: str, codes: tuple[str, ...]
) -> None:
    line = LOU.replace("ma, di voormiddag", f'"{cell}"')
    client = client_for(asked.rosa)
    client.post(WHERE, {"step": "hand_in", "carried": carried(client.post(WHERE, a_file(line)))})
    [lou] = questions()
    assert WeekPattern.from_mask(lou.parts) == WeekPattern.of(*codes)

"""The open questions in a file: what the screen shows, to whom it shows it, and written down as read."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.inbox.rows import InboxFilter, inbox
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.web.organiser.questions.question_file_page import FACTS, WORDED
from opvangloket.web.questions.asked_facts import asked_items, contact_items

pytestmark = pytest.mark.django_db
FILE = "/organisator/open-vragen"
INBOX = "/organisator/"


@pytest.fixture
def rosa(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.rosa)


def taken(client: PageClient, query: str = "") -> list[dict[str, Any]]:
    """Return the rows of the workbook, by their headings."""
    answer = client.get(f"{FILE}.xlsx{query}")
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    heading, *rows = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def as_text(client: PageClient) -> str:
    return str(client.get(f"{FILE}.csv").content.decode("utf-8-sig"))


def test_a_question_is_a_row_with_what_is_asked(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    asks(here, also=WeekPattern.of("do_vm"), hours=CareHours.parse("ma 07:00-18:00"))
    row = next(one for one in taken(rosa) if one["Opvang"] == "De Regenboog Centrum")
    assert row["Kind"] == "Noor Peeters, 5 maanden bij de start"
    assert (row["Start"], row["Antwoord ten laatste op"]) == (datetime(2026, 6, 30), datetime(2026, 3, 16))
    assert (row["Dagen"], row["Kan ook"], row["Halve dagen per week"]) == ("ma, di", "do voormiddag", 4)
    assert (row["Uren"], row["Past het?"]) == ("Maandag van 7 uur tot 18 uur", "Dit past.")
    assert (row["Ouder"], row["Loket"]) == ("Sara Peeters", "Opvangloket Ninove")


def test_csv_has_the_same_rows(here: Town, rosa: PageClient) -> None:
    asks(here)
    lines = list(csv.reader(StringIO(as_text(rosa)), delimiter=";"))
    assert [line[0] for line in lines[1:]] == [row["Vraag"] for row in taken(rosa)]
    assert "30/6/2026" in lines[1]
    assert rosa.get(f"{FILE}.ods").status_code == 404


def test_every_fact_of_the_page_is_in_the_list_and_nothing_besides(here: Town, rosa: PageClient) -> None:
    asks(
        here,
        characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.SIBLING}),
        urgent_reason=UrgentReason.START_WORK,
        support_needed="Een pompje.",
        later_start_months=2,
    )
    with here.at_organiser(here.regenboog_centrum):
        [row] = inbox({here.regenboog_centrum.id}, show=InboxFilter.OPEN, today=here.today).rows
    assert row.question.family is not None
    told = {str(item.question) for item in (*asked_items(row.question), *contact_items(row.question.family))}
    assert told <= {str(heading) for heading in (*FACTS, *WORDED)} | {"Hoeveel per week"}
    assert "Alleenstaande" not in as_text(rosa)


def test_a_blind_first_answer_is_blind_in_a_file(here: Town, rosa: PageClient) -> None:
    here.choose(Procedure(blind_first_answer=True))
    asks(here)
    text = as_text(rosa)
    assert "Kind, 5 maanden bij de start" in text
    for word in ("Noor", "Sara", "Peeters", "@"):
        assert word not in text


def test_whoever_takes_it_along_has_read_it(here: Town, rosa: PageClient) -> None:
    asks(here)
    taken(rosa)
    with looking():
        mine = Inquiry.objects.filter(location__organiser=here.regenboog)
        assert not mine.filter(seen_at=None).exists()
        read = AuditEvent.objects.filter(action="inquiry.read", actor_id=here.rosa.id)
        assert sorted(read.values_list("subject_id", flat=True)) == sorted(mine.values_list("id", flat=True))
        assert (
            Inquiry.objects.filter(seen_at=None).exists()
            == Inquiry.objects.exclude(location__organiser=here.regenboog).exists()
        )


def test_what_is_answered_is_gone_and_one_location_is_asked_apart(here: Town, rosa: PageClient) -> None:
    asks(here).answers(here.regenboog_centrum, YES)
    waiting = asks(here, here.deniz())
    rows = taken(rosa, "?locatie=de-regenboog-centrum")
    assert [row["Kind"] for row in rows] == ["Deniz Yılmaz, verwacht op 10 juni 2026"]
    assert waiting.registered.reference.replace("-", "") in rows[0]["Vraag"].replace("-", "").replace(" ", "")
    assert {row["Opvang"] for row in taken(rosa, "?locatie=mias-nestje")} == {row["Opvang"] for row in taken(rosa)}


@pytest.mark.parametrize("role", [OrganiserRole.STAFF, OrganiserRole.STAND_IN])
def test_who_works_at_one_location_takes_its_questions_only(here: Town, client_for: ClientFor, role: str) -> None:
    asks(here)
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=role, location_id=here.regenboog_denderhof.id)
    assert "Regenboog Centrum" not in as_text(client_for(here.rosa))
    assert client_for().get(f"{FILE}.csv")["Location"].startswith("/organisator/aanmelden/")


def test_words_of_a_family_are_no_formula(here: Town, rosa: PageClient) -> None:
    asks(here, message_to_locations="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in as_text(rosa)
    content = rosa.get(f"{FILE}.xlsx").content
    cells = [cell for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"} == {"s"}


def test_the_inbox_leads_to_it_when_something_waits(here: Town, rosa: PageClient) -> None:
    assert FILE not in words(rosa.get(INBOX))
    asks(here)
    assert f"{FILE}.xlsx" in words(rosa.get(INBOX))
    assert f"{FILE}.csv?locatie=de-regenboog-centrum" in words(rosa.get(f"{INBOX}?locatie=de-regenboog-centrum"))
    assert FILE not in words(rosa.get(f"{INBOX}?toon=beantwoord"))


def test_many_questions_cost_no_more_queries_than_one(here: Town, rosa: PageClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            rosa.get(f"{FILE}.csv")
        return len(counted)

    asks(here)
    queries()
    few = queries()
    for _more in range(3):
        asks(here, here.deniz())
    assert queries() == few

"""The open questions on paper: what the pen needs, and nothing that the screen does not show."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, asks, looking
from tests.pdf_text import pieces
from tests.web.conftest import ClientFor

from opvangloket.domains.distribution.inbox.weekly_lists import sweep_weekly_lists
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.models import Location, LocationInDesk, Tariff
from opvangloket.domains.requests.models import Channel
from opvangloket.foundation import clock
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import NO_REASONS
from opvangloket.rules.references import displayed

pytestmark = pytest.mark.django_db
CENTRUM = "/organisator/locaties/de-regenboog-centrum/open-vragen.pdf"


def paper(client: Any, address: str = CENTRUM) -> str:
    """Return the words of a list, in the order in which they stand on the sheet."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert "private" in answer["Cache-Control"]
    return " ".join(" ".join(pieces(answer.content)).split())


def test_each_question_has_what_is_asked_and_three_answers_to_tick(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    noor = asks(
        here,
        also=WeekPattern.full_days("do"),
        characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.SIBLING}),
    )
    sheet = paper(client_for(here.rosa))
    for words in (
        "Open vragen: De Regenboog Centrum",
        "Zoals het was op maandag 2 maart 2026",
        "1 vraag wacht op jouw antwoord.",
        "Noor Peeters, 5 maanden bij de start",
        f"Vraag {displayed(noor.registered.reference)}",
        "Antwoord ten laatste op maandag 16 maart.",
        "Maandag en dinsdag hele dag",
        "Dit past.",
        "Sara Peeters",
        "Zoals gevraagd.",
        "Iets anders",
        *NO_REASONS.labels.values(),
    ):
        assert words in sheet
    assert (sheet.count("nodig"), sheet.count("kan ook")) == (5, 2), "two days whole, and once in a reason for a no"
    assert "Alleenstaande" not in sheet


def test_the_desk_says_where_the_sheet_goes(here: Town, client_for: ClientFor) -> None:
    here.ninove.counter = "Centrumlaan 100, 9400 Ninove"
    here.ninove.save()
    asks(here)
    sheet = paper(client_for(here.rosa))
    assert "Zo komt het bij Opvangloket Ninove." in sheet
    assert "Geef het blad af: Centrumlaan 100, 9400 Ninove." in sheet
    assert "Of mail een foto van het blad naar loket@ninove.example." in sheet
    assert "054 31 32 33" in sheet
    assert "Overstroom" not in sheet


def test_questions_of_several_desks_each_name_theirs(here: Town, client_for: ClientFor) -> None:
    with here.at_desk(here.overstroom):
        LocationInDesk.objects.create(
            location=here.regenboog_centrum, desk=here.overstroom, relation="view", start_on=date(2026, 1, 1)
        )
    asks(here)
    assert "Overstroom" not in paper(client_for(here.rosa)), "a desk that asks nothing gets nothing"
    there = replace(here, ninove=here.overstroom)
    other = asks(there, here.noor(channel=Channel.PHONE, location_ids=(here.regenboog_centrum.id,)))
    sheet = paper(client_for(here.rosa))
    for desk in ("Opvangloket Ninove", "Loket Overstroom"):
        assert f"Zo komt het bij {desk}." in sheet
    assert f"Vraag {displayed(other.registered.reference)}, Loket Overstroom" in sheet


def test_what_does_not_fit_is_said_and_two_prices_are_to_tick(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    Location.objects.filter(id=here.regenboog_centrum.id).update(tariff=Tariff.MIXED)
    asks(here, pattern=WeekPattern.full_days("ma")).answers(here.regenboog_centrum, YES)
    asks(here)
    sheet = paper(client_for(here.rosa))
    assert "1 vraag wacht" in sheet
    assert "Geen plaats vrij op maandag hele dag." in sheet
    assert sheet.count("Vaste prijs") == 2


def test_days_of_choice_fit_when_enough_of_them_are_free(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    asks(here, pattern=WeekPattern.full_days("ma")).answers(here.regenboog_centrum, YES)
    week = WeekPattern.full_days("ma", "di", "wo")
    asks(here, pattern=week, parts_wanted=4)
    sheet = paper(client_for(here.rosa))
    assert "Dit past." in sheet
    assert "Kruis hiernaast aan welke dagen." in sheet
    assert "Zoals gevraagd." not in sheet
    asks(here, pattern=week, parts_wanted=5)
    assert "Vrij: dinsdag en woensdag hele dag." in paper(client_for(here.rosa))


def test_hours_that_do_not_fit_are_said_on_paper_too(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)  # open from 7 to 18
    asks(here, hours=CareHours.parse("ma 06:00-15:00"))
    sheet = paper(client_for(here.rosa))
    assert "De dagen zijn vrij, maar niet op alle gevraagde uren." in sheet
    assert "Dit past." not in sheet


def test_a_blind_first_answer_is_blind_on_paper(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(blind_first_answer=True))
    asks(here)
    sheet = paper(client_for(here.rosa))
    assert "Kind, 5 maanden bij de start" in sheet
    assert "Peeters" not in sheet


def test_before_the_first_day_to_offer_only_no_can_be_ticked(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(answer_from_months=2))
    asks(here)
    sheet = paper(client_for(here.rosa))
    assert "Een plaats voorstellen kan vanaf donderdag 30 april 2026." in sheet
    assert "Zoals gevraagd." not in sheet
    assert "Alles is volzet" in sheet


def test_who_prints_has_read_and_it_is_written_down(here: Town, client_for: ClientFor) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    paper(client_for(here.rosa))
    paper(client_for(here.rosa))
    for journey in (noor, deniz):
        assert journey.inquiry(here.regenboog_centrum).seen_at == here.now
        with looking():
            reads = AuditEvent.objects.filter(action="inquiry.read", request_id=journey.request_id)
            assert list(reads.values_list("actor_id", flat=True)) == [here.rosa.id] * 2
    assert noor.inquiry(here.mias_nestje).seen_at is None


def test_nothing_to_answer_makes_a_glad_sheet(here: Town, client_for: ClientFor) -> None:
    sheet = paper(client_for(here.rosa))
    assert "Je hoeft niets te doen." in sheet
    assert "Kruis" not in sheet


def test_a_late_question_stays_on_the_list(here: Town, client_for: ClientFor) -> None:
    asks(here)
    with clock.stopped_at(here.now + timedelta(days=20)):
        assert "De termijn liep tot maandag 16 maart. Antwoorden kan nog." in paper(client_for(here.rosa))


def test_the_number_of_queries_does_not_grow(here: Town, client_for: ClientFor) -> None:
    client, counted = client_for(here.rosa), []
    for many in (1, 5):
        for _ in range(many):
            asks(here)
        with CaptureQueriesContext(connection) as queries:
            paper(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_inbox_leads_to_the_list_of_one_location(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    asks(here)
    assert "open-vragen.pdf" not in client.get("/organisator/").content.decode(), "which of the two?"
    assert CENTRUM in client.get("/organisator/?locatie=de-regenboog-centrum").content.decode()
    assert "open-vragen.pdf" not in client.get("/organisator/?locatie=de-regenboog-denderhof").content.decode()
    assert "mias-nestje/open-vragen.pdf" in client_for(here.mia_account).get("/organisator/").content.decode()


def test_strangers_do_not_find_it(here: Town, client_for: ClientFor) -> None:
    asks(here)
    assert client_for(here.mia_account).get(CENTRUM).status_code == 404
    assert client_for().get(CENTRUM).status_code == 302
    assert client_for(here.karel).get(CENTRUM).status_code == 302


@pytest.fixture
def weekly_link(here: Town, client_for: ClientFor) -> str:
    client = client_for(here.rosa)
    told = client.post("/organisator/locaties/de-regenboog-centrum/weeklijst/", {"elke-week": "ja"}, follow=True)
    assert "Je krijgt elke week een mail met de lijst." in told.content.decode()
    asks(here)
    assert sweep_weekly_lists(now=here.now) == 1
    with looking():
        text = Message.objects.get(template="weekly_list").text
    return "/organisator/lijst/" + text.partition("/organisator/lijst/")[2].split()[0]


def test_the_link_in_the_mail_opens_the_list_without_names_and_changes_nothing(
    here: Town, client_for: ClientFor, weekly_link: str
) -> None:
    with looking():
        before = AuditEvent.objects.count()
    sheet = paper(client_for(), weekly_link)
    assert "Kind van" not in sheet
    assert "Kind, 5 maanden bij de start" in sheet
    for private in ("Noor", "Peeters", "0470", "sara"):
        assert private not in sheet
    with looking():
        assert AuditEvent.objects.count() == before
        assert not Inquiry.objects.exclude(seen_at=None).exists()


def test_an_old_link_leads_to_the_door_and_a_guess_nowhere(here: Town, client_for: ClientFor, weekly_link: str) -> None:
    client = client_for()
    with clock.stopped_at(here.now + timedelta(days=14)):
        page = client.get(weekly_link)
    assert "Deze lijst is oud" in page.content.decode()
    assert CENTRUM in page.content.decode()
    assert client.get("/organisator/lijst/geraden/").status_code == 404


def test_the_weekly_mail_is_stopped_on_the_page_of_the_location(
    here: Town, client_for: ClientFor, weekly_link: str
) -> None:
    address = "/organisator/locaties/de-regenboog-centrum/"
    client = client_for(here.rosa)
    assert "Stop deze mail" in client.get(address).content.decode()
    told = client.post(f"{address}weeklijst/", {"elke-week": "nee"}, follow=True).content.decode()
    assert "Je krijgt de lijst niet meer." in told
    assert "Mail me elke week de lijst" in told
    assert weekly_link


def test_without_an_address_the_mail_is_not_started(here: Town, client_for: ClientFor) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(email="")
    here.mia.email = ""
    here.mia.save()
    address = "/organisator/locaties/mias-nestje/weeklijst/"
    told = client_for(here.mia_account).post(address, {"elke-week": "ja"}, follow=True).content.decode()
    assert "We hebben geen e-mailadres van deze opvang." in told
    assert client_for(here.rosa).post(address, {"elke-week": "ja"}).status_code == 404
    assert client_for().post(address, {"elke-week": "ja"}).status_code == 302

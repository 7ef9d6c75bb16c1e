"""The inbox: what waits, for whom, and nothing of anybody else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import FULL, YES, asks, looking
from tests.web.conftest import ClientFor

from opvangloket.domains.requests.actions import AskedChild
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
INBOX = "/organisator/"


def words_of(client: Any, address: str = INBOX) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_nothing_to_do_is_said_gladly(here: Town, client_for: ClientFor) -> None:
    page = words_of(client_for(here.rosa))
    assert "Alles is beantwoord" in page
    assert "De volgende vraag verschijnt hier vanzelf." in page


def test_what_waits_is_counted_and_shown_with_what_fits(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    asks(here, characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.SIBLING}))
    page = words_of(client_for(here.rosa))
    assert "1 vraag wacht op jouw antwoord" in page
    assert "De eerste vervalt op maandag 16 maart." in page
    assert "Noor Peeters, 5 maanden bij de start" in page
    assert "Vanaf dinsdag 30 juni 2026 · 2 dagen · De Regenboog Centrum" in page
    for mark in ("Nieuw", "Voorrang volgens de wet", "Broer of zus", "Past helemaal", "nog 14 dagen"):
        assert mark in page
    assert "Alleenstaande" not in page
    assert "Mia" not in page


def test_a_child_that_is_not_born_yet_and_one_without_name(here: Town, client_for: ClientFor) -> None:
    asks(here, here.deniz())
    assert "Deniz Yılmaz, verwacht op 10 juni 2026" in words_of(client_for(here.rosa))
    here.choose(Procedure(blind_first_answer=True))
    asks(here)
    page = words_of(client_for(here.rosa))
    assert "Kind, 5 maanden bij de start" in page
    assert "Noor" not in page


def test_what_is_late_is_said(here: Town, client_for: ClientFor) -> None:
    asks(here)
    with clock.stopped_at(here.now + timedelta(days=15)):
        page = words_of(client_for(here.rosa))
    assert "De eerste termijn liep tot maandag 16 maart. Antwoorden kan nog." in page
    assert "1 dag te laat" in page


def test_answered_questions_and_one_location(here: Town, client_for: ClientFor) -> None:
    yes, no = asks(here, here.deniz()), asks(here)
    yes.answers(here.regenboog_centrum, YES)
    no.answers(here.regenboog_centrum, FULL)
    client = client_for(here.rosa)
    answered = words_of(client, f"{INBOX}?toon=beantwoord")
    assert "Wacht op het gezin tot donderdag 12 maart" in answered
    assert "Nee op maandag 2 maart · Alles is volzet · De Regenboog Centrum" in answered
    one = words_of(client, f"{INBOX}?locatie=de-regenboog-denderhof")
    assert "Deniz Yılmaz" in one
    assert one.count("worklist-row") == 1
    assert words_of(client, f"{INBOX}?toon=alle").count('class="worklist-row') == 3
    both = words_of(client, f"{INBOX}?toon=beantwoord&locatie=de-regenboog-centrum")
    assert both.count('class="worklist-row') == 2
    assert "Nog geen antwoorden" in words_of(client, f"{INBOX}?toon=beantwoord&locatie=de-regenboog-denderhof")


@pytest.mark.parametrize("query", ["toon=onzin", "locatie=mias-nestje", "pagina=0", "pagina=x", "pagina=99999999999"])
def test_an_address_that_somebody_made_up_shows_the_inbox(here: Town, client_for: ClientFor, query: str) -> None:
    asks(here)
    assert "Noor Peeters" in words_of(client_for(here.rosa), f"{INBOX}?{query}")


def test_who_is_not_signed_in_is_sent_to_the_door(here: Town, client_for: ClientFor) -> None:
    asks(here)
    for client in (client_for(), client_for(here.karel)):
        answer = client.get(INBOX)
        assert answer.status_code == 302
        assert answer["Location"] == "/organisator/aanmelden/?na=%2Forganisator%2F"


def test_each_sees_the_own_locations_only(here: Town, client_for: ClientFor) -> None:
    asks(here)
    assert "Noor Peeters" in words_of(client_for(here.mia_account))
    assert "Noor Peeters" not in words_of(client_for(here.wim))
    denderhof_only = Account.objects.create(
        audience=Audience.ORGANISER, email="an@opvang.example", name="An", created_at=here.now
    )
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.regenboog.id,
            location_id=here.regenboog_denderhof.id,
            account=denderhof_only,
            role=OrganiserRole.STAND_IN,
            start_on=date(2020, 1, 1),
        )
    assert "Noor Peeters" not in words_of(client_for(denderhof_only))
    asks(here, here.deniz())
    assert "Deniz Yılmaz" in words_of(client_for(denderhof_only))


def test_the_number_of_queries_does_not_grow(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 3, from_on=here.today)
    client = client_for(here.rosa)
    counted = []
    for many in (1, 6):
        for _ in range(many):
            asks(here, replace(here.noor(), channel="phone"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            words_of(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def many_wait(here: Town) -> None:
    """Six questions at one location with one place: the first children of the week fit, and one family is urgent."""
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    for number in range(6):
        asks(here, child=AskedChild(first_name=f"Kind{number}", last_name="Peeters", birth_on=here.today))


def test_who_has_many_questions_sees_those_that_fit_by_themselves(here: Town, client_for: ClientFor) -> None:
    many_wait(here)
    client = client_for(here.rosa)
    assert 'href="/organisator/?toon=past"' in words_of(client)
    assert words_of(client, f"{INBOX}?toon=past").count('class="worklist-row') == 6
    direct = asks(here, child=AskedChild(first_name="Eerst", last_name="Peeters", birth_on=here.today))
    direct.answers(here.regenboog_centrum, YES)
    none = words_of(client, f"{INBOX}?toon=past")
    assert "Niets past helemaal" in none
    assert 'class="worklist-row' not in none
    assert "6 vragen wachten op jouw antwoord" in none


def test_who_has_many_questions_sees_the_urgent_ones_by_themselves(here: Town, client_for: ClientFor) -> None:
    many_wait(here)
    client = client_for(here.rosa)
    assert "Niets is dringend" in words_of(client, f"{INBOX}?toon=dringend")
    soon = here.today + timedelta(days=20)
    asks(here, start_on=soon, urgent_reason=UrgentReason.START_WORK)
    urgent = words_of(client, f"{INBOX}?toon=dringend&locatie=de-regenboog-centrum")
    assert urgent.count('class="worklist-row') == 1
    assert '<span class="chip-words">Dringend</span>' in urgent


def test_who_has_few_questions_sees_no_filters_that_say_nothing(here: Town, client_for: ClientFor) -> None:
    asks(here)
    page = words_of(client_for(here.rosa))
    assert "toon=past" not in page
    assert "Niets past helemaal" in words_of(client_for(here.rosa), f"{INBOX}?toon=past")

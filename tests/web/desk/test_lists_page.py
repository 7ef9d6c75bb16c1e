"""The lists of a quarter: who handed in, what looks double, and a family taken over with its consent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import NOW, looking
from tests.domains.referrals.test_handing_in import hands_in, unanswered
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.referrals.models import HandedInQuestion
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db
WHERE, DECIDE = "/werk/ninove/lijsten/", "/werk/ninove/lijsten/beslis/"


@pytest.fixture
def asked(here: Town) -> Town:
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    return here


def questions() -> list[HandedInQuestion]:
    with looking():
        return list(HandedInQuestion.objects.order_by("handed_in__location__name", "number"))


def test_the_quarter_is_told_apart_from_the_report(asked: Town, client_for: ClientFor) -> None:
    hands_in(asked, unanswered(asked), unanswered(asked, "Bo", agreed=False))
    told = words(client_for(asked.amina).get(WHERE))
    assert "Dit staat los van het jaarverslag." in told
    assert "1 opvang gaf een lijst door" in told
    assert "3 opvanglocaties nog niet" in told
    assert 'href="/werk/ninove/opvang/mias-nestje/"' in told, "who has to be called is one click away"
    assert "Noor Peeters" in told
    assert "Sara Peeters · 0470 12 34 56 · sara.peeters@voorbeeld.be" in told
    assert "Nog geen akkoord van het gezin." in told
    assert told.count("0470 12 34 56") == 1, "who did not agree is not called"


def test_a_family_is_taken_over_into_a_file(asked: Town, client_for: ClientFor) -> None:
    hands_in(asked, unanswered(asked))
    [noor] = questions()
    client = client_for(asked.amina)
    told = words(client.post(DECIDE, {"question": str(noor.id), "take_over": "ja"}, follow=True))
    assert "Overgenomen. Bel het gezin en kies samen opvang." in told
    assert "Noor Peeters" in told
    with looking():
        assert CareRequest.objects.count() == 1
    again = words(client.post(DECIDE, {"question": str(noor.id), "take_over": "ja"}, follow=True))
    assert "Deze vraag staat niet meer open op de lijst." in again
    assert "Er staat niets open in dit kwartaal." in again


def test_a_person_says_what_is_double(asked: Town, client_for: ClientFor) -> None:
    known = asked.ask(asked.noor())
    hands_in(asked, unanswered(asked), unanswered(asked, "Bo"))
    hands_in(asked, unanswered(asked, "Bo"), location_id=asked.regenboog_denderhof.id, now=NOW + timedelta(hours=1))
    noor, bo, bo_again = questions()
    client = client_for(asked.amina)
    told = words(client.get(WHERE))
    assert f"/werk/ninove/gezin/{known.reference}/" in told
    assert "Bo Peeters op een lijst: zelfde geboortedatum" in told
    client.post(DECIDE, {"question": str(noor.id), "same_request": str(known.request_id)})
    client.post(DECIDE, {"question": str(bo_again.id), "same_as": str(bo.id)})
    told = words(client.get(WHERE))
    assert "Is dit hetzelfde kind?" not in told
    assert "Noor Peeters" not in told


def test_a_child_that_is_another_one_stays(asked: Town, client_for: ClientFor) -> None:
    asked.ask(asked.noor())
    hands_in(asked, unanswered(asked))
    client = client_for(asked.amina)
    client.post(DECIDE, {"question": str(questions()[0].id)})
    told = words(client.get(WHERE))
    assert "Noor Peeters" in told
    assert "Is dit hetzelfde kind?" not in told


def test_another_quarter_stands_apart(asked: Town, client_for: ClientFor) -> None:
    hands_in(asked, unanswered(asked))
    client = client_for(asked.amina)
    assert "Er staat niets open in dit kwartaal." in words(client.get(f"{WHERE}?kwartaal=2025-10"))
    assert "Noor Peeters" in words(client.get(f"{WHERE}?kwartaal=onzin&pagina=x"))


def test_a_central_desk_has_no_lists(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.amina)
    assert "Lijsten zijn dan niet nodig." in words(client.get(WHERE))
    assert WHERE not in words(client.get("/werk/ninove/opvang/"))


def test_the_locations_lead_to_the_lists(asked: Town, client_for: ClientFor) -> None:
    assert f'href="{WHERE}"' in words(client_for(asked.amina).get("/werk/ninove/opvang/"))


def test_a_long_quarter_takes_as_many_queries_as_a_short_one(asked: Town, client_for: ClientFor) -> None:
    client = client_for(asked.amina)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(WHERE).status_code == 200
        return len(captured)

    hands_in(asked, unanswered(asked))
    few = queries()
    hands_in(asked, unanswered(asked), unanswered(asked, "Bo"), unanswered(asked, "Mila"))
    assert queries() == few


def test_doors(asked: Town, client_for: ClientFor) -> None:
    hands_in(asked, unanswered(asked))
    assert client_for().get(WHERE)["Location"].startswith("/werk/aanmelden/")
    assert client_for(asked.stranger).get(WHERE).status_code == 404
    assert client_for(asked.amina).get(DECIDE).status_code == 302
    assert client_for(asked.amina).post(DECIDE, {"question": "x"}).status_code == 404
    theirs = client_for(asked.stranger).post("/werk/overstroom/lijsten/beslis/", {"question": str(questions()[0].id)})
    assert theirs.status_code == 302
    assert questions()[0].apart_at is None

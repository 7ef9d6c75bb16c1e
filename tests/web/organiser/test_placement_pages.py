"""Children with a place: the whole file for their location, one click to confirm."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.distribution.care.not_started import ASK_FAMILY
from opvangloket.domains.requests.models import DeskTask
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import Account, OrganiserMembership
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
LIST = "/organisator/plaatsingen/"
AS_AGREED = {"as_agreed": "yes"}


def placed(here: Town) -> Journey:
    journey = asks(here, support_needed="Een rustige slaapplek", support_shared=True)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    return journey


def file_of(journey: Journey, more: str = "") -> str:
    return f"{LIST}{journey.registered.reference}/de-regenboog-centrum/{more}"


def test_an_empty_list_is_said_gladly(here: Town, client_for: ClientFor) -> None:
    assert "Nog geen plaatsingen" in words(client_for(here.rosa).get(LIST))


def test_long_before_the_start_there_is_nothing_to_confirm(here: Town, client_for: ClientFor) -> None:
    placed(here)
    page = words(client_for(here.rosa).get(LIST))
    assert "Noor Peeters" in page
    assert "Afgesproken op maandag 2 maart" in page
    assert "Klopt, bevestig" not in page


def test_one_click_confirms_what_was_agreed(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    with clock.stopped_at(here.now + timedelta(days=121)):
        client = client_for(here.rosa)
        assert "Klopt, bevestig" in words(client.get(LIST))
        told = client.post(file_of(journey, "bevestigen/"), AS_AGREED, follow=True)
    assert "Bevestigd: Noor Peeters." in words(told)
    event = journey.last_event()
    assert (event.kind, event.start_on, event.parts) == ("start_confirmed", None, None)
    assert "Bevestigd op woensdag 1 juli" in words(told)


def test_who_may_be_at_school_is_asked_after_and_can_be_said_to_have_gone(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    with clock.stopped_at(here.now + timedelta(days=121)):
        client_for(here.rosa).post(file_of(journey, "bevestigen/"), AS_AGREED)
    school = datetime(2028, 9, 1, 9, tzinfo=UTC)
    with clock.stopped_at(school - timedelta(days=1)):
        assert "Misschien al naar school" not in words(client_for(here.rosa).get(LIST))
    with clock.stopped_at(school + timedelta(days=30)):
        rosa = client_for(here.rosa)
        assert "Misschien al naar school" in words(rosa.get(LIST))
        told = words(rosa.get(file_of(journey)))
        assert "Kon vanaf vrijdag 1 september 2028 naar school. Sinds dan tellen we de plaats als vrij." in told
        ask = "Is het kind er nog, of is het al weg? Vul bij “De opvang stopt” de dag in."
        assert ask in told
        _become(here.rosa, "stand_in")  # who may not end a care is not asked to
        assert ask not in words(client_for(here.rosa).get(file_of(journey)))
        _become(here.rosa, "manager")
        gone = {"end_on_day": "1", "end_on_month": "9", "end_on_year": "2028", "reason": "naar_school"}
        assert rosa.post(file_of(journey, "stopt/"), gone).status_code == 302
        assert "Nog geen plaatsingen" in words(rosa.get(LIST))


def _become(account: Account, role: str) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=account).update(role=role)


def test_the_real_start_and_days(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    real = {"start_day": "6", "start_month": "7", "start_year": "2026", "week_ma_vm": "yes", "week_ma_nm": "yes"}
    with clock.stopped_at(here.now + timedelta(days=130)):
        client = client_for(here.rosa)
        wrong = client.post(file_of(journey, "bevestigen/"), real | {"start_day": "32"})
        assert "De dag is een getal van 1 tot 31." in words(wrong)
        client.post(file_of(journey, "bevestigen/"), real)
    event = journey.last_event()
    assert (event.start_on, event.parts) == (date(2026, 7, 6), WeekPattern.full_days("ma").mask)


def test_the_whole_file_is_read_and_written_down(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    page = words(client_for(here.rosa).get(file_of(journey)))
    for told in ("Centrumlaan 12, 9400 Ninove", "0470 12 34 56", "Een rustige slaapplek", "1 januari 2026"):
        assert told in page
    with here.at_desk():
        assert AuditEvent.objects.get(action="placement.read").actor_id == here.rosa.id


def test_care_that_did_not_start_is_told_to_the_desk(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    with clock.stopped_at(here.now + timedelta(days=125)):
        told = client_for(here.rosa).post(file_of(journey, "niet-gestart/"), follow=True)
    assert "Het loket weet het en belt het gezin." in words(told)
    with looking():
        assert DeskTask.objects.filter(note=ASK_FAMILY, request_id=journey.request_id).count() == 1


@pytest.mark.parametrize("more", ["", "bevestigen/", "niet-gestart/"])
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, more: str) -> None:
    journey = placed(here)
    where = file_of(journey, more)
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    for client in (client_for(here.wim), client_for(here.mia_account)):
        assert client.get(where).status_code == 404
        assert client.post(where, AS_AGREED).status_code == 404


def test_acts_need_a_post(here: Town, client_for: ClientFor) -> None:
    journey = placed(here)
    for more in ("bevestigen/", "niet-gestart/"):
        assert client_for(here.rosa).get(file_of(journey, more)).status_code == 302
    assert journey.last_event().kind == "offer_accepted"


def test_the_number_of_queries_does_not_grow(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.rosa)
    counted = []
    for many in (1, 5):
        for _ in range(many):
            placed(here)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]

"""Moments for a visit: published, booked by one family only, changed, cancelled, remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PARENT, SARA, Town
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.contact.models import Visit, VisitMoment
from opvangloket.domains.contact.sweeps import sweep_visits
from opvangloket.domains.contact.visits import MomentTaken, book_visit, publish_moments
from opvangloket.domains.distribution.closing import searches
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)  # a Saturday, 10.30 uur
VISITS = "/organisator/locaties/de-regenboog-centrum/bezoek/"
TYPED = {"on_day": "14", "on_month": "3", "on_year": "2026", "at": "10.30", "minutes": "30", "count": "3"}


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here)


def of_family(noor: Journey, more: str = "") -> str:
    return f"/ninove/mijn/{noor.registered.reference}/bezoek/de-regenboog-centrum/{more}"


def publish(here: Town, count: int = 2) -> list[str]:
    """Publish moments of half an hour in a row; return their ids."""
    with here.at_organiser(here.regenboog_centrum):
        moments = [MOMENT + timedelta(minutes=30 * number) for number in range(count)]
        publish_moments(
            location_id=here.regenboog_centrum.id, starts_at=moments, minutes=30, actor=here.manager, now=here.now
        )
        return [str(one.id) for one in VisitMoment.objects.order_by("starts_at")]


def standing() -> list[tuple[str, datetime]]:
    with looking():
        rows = Visit.objects.filter(cancelled_at=None).order_by("moment__starts_at")
        return list(rows.values_list("request__reference", "moment__starts_at"))


def mails(template: str) -> set[str]:
    with looking():
        return set(Message.objects.filter(template=template).values_list("recipient", flat=True))


def test_moments_are_published_in_a_row_and_once(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    page = words(rosa.post(f"{VISITS}nieuw/", TYPED, follow=True))
    assert "3 momenten staan klaar." in page
    assert "11.30 uur, 30 minuten" in page
    assert "Deze momenten stonden er al." in words(rosa.post(f"{VISITS}nieuw/", TYPED, follow=True))
    with looking():
        assert VisitMoment.objects.count() == 3


def test_what_is_not_right_stays_typed(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    page = words(rosa.post(f"{VISITS}nieuw/", TYPED | {"at": "straks"}))
    assert "Vul een uur in, bijvoorbeeld 10.30." in page
    assert 'value="straks"' in page
    assert "Kies een moment dat nog komt" in words(rosa.post(f"{VISITS}nieuw/", TYPED | {"on_month": "2"}))
    with looking():
        assert not VisitMoment.objects.exists()


def test_a_family_chooses_changes_and_cancels(client_for: ClientFor, here: Town, noor: Journey) -> None:
    first, second = publish(here)
    sara, rosa = client_for(noor.registered), client_for(here.rosa)
    home = words(sara.get(f"/ninove/mijn/{noor.registered.reference}/"))
    assert "Kom kennismaken" in home
    page = words(sara.post(of_family(noor), {"moment": first}, follow=True))
    assert "Je bezoek is afgesproken." in page
    assert "Liever een ander moment?" in page
    sara.post(of_family(noor), {"moment": first})
    reference = noor.registered.reference
    assert standing() == [(reference, MOMENT)]
    assert mails("visit_booked") == {SARA.email, here.regenboog_centrum.email}
    assert f"{reference[:4]} {reference[4:]} komt" in words(rosa.get(VISITS))
    assert "Peeters" not in words(rosa.get(VISITS))
    sara.post(of_family(noor), {"moment": second})
    assert standing() == [(reference, MOMENT + timedelta(minutes=30))]
    assert "Je bezoek gaat niet door." in words(sara.post(of_family(noor), {"cancel": "yes"}, follow=True))
    assert standing() == []
    assert mails("visit_cancelled") == {here.regenboog_centrum.email}


def test_a_moment_goes_to_one_family_only(client_for: ClientFor, here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    deniz = asks(here, here.deniz())
    client_for(noor.registered).post(of_family(noor), {"moment": moment})
    elif_yilmaz = client_for(deniz.registered)
    assert "Er is nu geen vrij moment." in words(elif_yilmaz.get(of_family(deniz)))
    page = words(elif_yilmaz.post(of_family(deniz), {"moment": moment}, follow=True))
    assert "Dit moment is net ingenomen." in page
    assert [reference for reference, _at in standing()] == [noor.registered.reference]


def test_too_near_or_taken_back_is_not_booked(here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    with here.as_family(noor.registered), pytest.raises(MomentTaken):
        book_visit(request_id=noor.request_id, moment_id=moment, actor=PARENT, now=MOMENT - timedelta(minutes=119))


def test_who_takes_a_moment_back_tells_the_family(client_for: ClientFor, here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    client_for(noor.registered).post(of_family(noor), {"moment": moment})
    client_for(here.rosa).post(f"{VISITS}weg/", {"moment": moment})
    assert standing() == []
    assert mails("visit_cancelled") == {SARA.email}
    assert "Er is nu geen vrij moment." in words(client_for(noor.registered).get(of_family(noor)))


def test_both_are_reminded_the_day_before_and_once(client_for: ClientFor, here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    client_for(noor.registered).post(of_family(noor), {"moment": moment})
    assert sweep_visits(now=MOMENT - timedelta(days=2)) == 0
    day_before = MOMENT - timedelta(days=1)
    assert [sweep_visits(now=day_before), sweep_visits(now=day_before)] == [1, 0]
    assert mails("visit_reminder") == {SARA.email, here.regenboog_centrum.email}


def test_a_visit_falls_away_when_the_search_stops(client_for: ClientFor, here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    client_for(noor.registered).post(of_family(noor), {"moment": moment})
    with here.as_family(noor.registered):
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=noor.now)
    assert sweep_visits(now=here.now) == 1
    assert standing() == []
    assert mails("visit_cancelled") == {here.regenboog_centrum.email}


def test_the_calendar_of_both_holds_the_moment_and_no_name(client_for: ClientFor, here: Town, noor: Journey) -> None:
    [moment] = publish(here, 1)
    sara = client_for(noor.registered)
    assert sara.get(of_family(noor, "agenda.ics"))["Location"] == of_family(noor)
    sara.post(of_family(noor), {"moment": moment})
    for file in (sara.get(of_family(noor, "agenda.ics")), client_for(here.rosa).get(f"{VISITS}agenda.ics")):
        text = file.content.decode()
        assert "DTSTART:20260314T093000Z" in text
        assert "DTEND:20260314T100000Z" in text
        assert "Noor" not in text
        assert "Peeters" not in text


def test_strangers_find_nothing_and_a_stand_in_publishes_nothing(
    client_for: ClientFor, here: Town, noor: Journey
) -> None:
    [moment] = publish(here, 1)
    assert client_for(here.wim).get(VISITS).status_code == 404
    assert client_for(here.wim).post(f"{VISITS}weg/", {"moment": moment}).status_code == 404
    stranger = here.ask(here.deniz())
    assert client_for(stranger).post(of_family(noor), {"moment": moment}).status_code == 404
    assert "/aanmelden/" in client_for().get(of_family(noor))["Location"]
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    rosa = client_for(here.rosa)
    assert "Zet klaar" not in words(rosa.get(VISITS))
    assert rosa.post(f"{VISITS}nieuw/", TYPED).status_code == 403
    assert rosa.post(f"{VISITS}weg/", {"moment": moment}).status_code == 403
    assert standing() == []


def test_as_many_queries_for_many_moments_as_for_one(client_for: ClientFor, here: Town, noor: Journey) -> None:
    rosa, sara, counts = client_for(here.rosa), client_for(noor.registered), []
    for count in (1, 9):
        publish(here, count)
        for client, address in ((rosa, VISITS), (sara, of_family(noor))):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))
    assert counts[:2] == counts[2:]

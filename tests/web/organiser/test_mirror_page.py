"""The own mirror: right about oneself, silent about each other one, and a proof that can be checked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, open_location
from tests.domains.distribution.asking.test_proof import seal_all
from tests.domains.distribution.journey import FULL, YES, Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.distribution.inbox.mirror import DeskMirror, latest_sendings, own_mirror
from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.accounts.models import OrganiserMembership
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.mirror import AnswerCounts

pytestmark = pytest.mark.django_db
PAGE = "/organisator/spiegel/"


def mirror(here: Town, *locations: Location, days: int = 0) -> DeskMirror:
    with here.at_organiser(*locations):
        [found] = own_mirror(
            [location.id for location in locations],
            organiser_id=locations[0].organiser_id,
            today=here.today + timedelta(days=days),
        )
    return found


def others(here: Town, number: int) -> list[Location]:
    """Open locations of so many other organisers."""
    made = []
    with across_desks("more organisers for a test"):
        for count in range(number):
            organiser = Organiser.objects.create(name=f"Ander {count}", created_at=here.now)
            made.append(open_location(organiser, f"Ander huis {count}", here.ninove, here.now))
    return made


def asked_thrice(here: Town, locations: list[Location]) -> list[Journey]:
    ids = tuple(location.id for location in locations)
    return [asks(here, location_ids=ids) for _child in range(3)]


def test_what_counts_as_in_time_late_silent_and_waiting(here: Town) -> None:
    location, term = here.regenboog_centrum, timedelta(days=14)
    on_the_last_day, too_late, _silent = asks(here), asks(here), asks(here)
    on_the_last_day.later(days=term.days)
    on_the_last_day.answers(location, FULL)
    too_late.later(days=term.days + 1)
    too_late.answers(location, FULL)
    assert mirror(here, location, days=14).own == AnswerCounts(answered=2, in_time=1, waiting=1, median_days=14.5)
    assert mirror(here, location, days=15).own == AnswerCounts(answered=2, in_time=1, unanswered=1, median_days=14.5)
    assert mirror(here, here.mias_nestje, days=15).own == AnswerCounts(unanswered=3)


def test_a_correction_does_not_make_the_first_answer_later(here: Town) -> None:
    journey = asks(here)
    journey.later(days=2).answers(here.regenboog_centrum, FULL)
    journey.later(days=30).corrects(here.regenboog_centrum, YES)
    assert mirror(here, here.regenboog_centrum, days=33).own == AnswerCounts(answered=1, in_time=1, median_days=2)


def test_what_was_asked_more_than_a_year_ago_is_over(here: Town) -> None:
    asks(here)
    with here.at_organiser(here.regenboog_centrum):
        later = here.today + timedelta(days=367)
        assert own_mirror([here.regenboog_centrum.id], organiser_id=here.regenboog.id, today=later) == ()


def test_the_middle_is_told_from_five_others_on_and_without_oneself(here: Town) -> None:
    four = others(here, 4)
    journeys = asked_thrice(here, [here.regenboog_centrum, *four])
    for journey in journeys:
        journey.later(days=4)
        for location in four:
            journey.answers(location, FULL)
    assert mirror(here, here.regenboog_centrum, days=20).middle is None
    fifth = asked_thrice(here, [here.mias_nestje])
    for journey in fifth:
        journey.later(days=10).answers(here.mias_nestje, FULL)
    found = mirror(here, here.regenboog_centrum, days=20)
    assert found.own.share_in_time == 0
    assert found.middle is not None
    assert (found.middle.others, found.middle.share_in_time, found.middle.median_days) == (5, 1.0, 4.0)


def test_the_page_tells_oneself_and_names_nobody_else(client_for: ClientFor, here: Town) -> None:
    five = others(here, 5)
    for journey in asked_thrice(here, [here.regenboog_centrum, here.regenboog_denderhof, *five]):
        journey.answers(here.regenboog_centrum, FULL)
        for location in five:
            journey.answers(location, FULL)
    page = words(client_for(here.rosa).get(PAGE))
    for told in (
        "Je antwoordde op 3 vragen. 3 wachten nog.",
        "100 procent",
        "3 van 3 vragen kregen een antwoord binnen de termijn.",
        "Midden van 5 andere organisatoren: 100 procent",
        "De Regenboog Denderhof",
        "Pagina nooit bevestigd",
        "Kreeg iedereen de vraag tegelijk?",
    ):
        assert told in page
    assert "Ander huis" not in page
    assert "Mia" not in page


def test_too_few_others_are_not_compared_with(client_for: ClientFor, here: Town) -> None:
    asks(here).answers(here.regenboog_centrum, FULL)
    page = words(client_for(here.rosa).get(PAGE))
    assert "Er zijn nog geen 5 andere organisatoren met genoeg vragen." in page
    assert "Midden van" not in page


def test_before_the_first_question(client_for: ClientFor, here: Town) -> None:
    assert "Nog niets te zien" in words(client_for(here.rosa).get(PAGE))


def test_the_proof_of_an_own_question(client_for: ClientFor, here: Town) -> None:
    journey = asks(here)
    address = f"/organisator/vraag/{journey.registered.reference}/de-regenboog-centrum/bewijs/"
    page = words(client_for(here.rosa).get(address))
    assert "Met 1 andere locatie" in page
    assert "Nog niet. Dat gebeurt elke minuut." in page
    with looking():
        digest = journey.inquiry(here.regenboog_centrum).sending.fields_digest
    assert digest in page
    assert "Mia" not in page
    seal_all()
    assert "Verzegeld als schakel" in words(client_for(here.rosa).get(address))
    assert client_for(here.wim).get(address).status_code == 404
    assert client_for(here.mia_account).get(address).status_code == 404


def test_who_is_limited_to_one_location_sees_that_one(client_for: ClientFor, here: Town) -> None:
    asks(here, location_ids=(here.regenboog_centrum.id, here.regenboog_denderhof.id))
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(location_id=here.regenboog_denderhof.id)
    page = words(client_for(here.rosa).get(PAGE))
    assert "Denderhof" in page
    assert "Centrum" not in page
    with here.at_organiser(here.regenboog_denderhof):
        assert {one.location_name for one in latest_sendings([here.regenboog_denderhof.id])} == {
            "De Regenboog Denderhof"
        }


def test_who_is_not_signed_in_goes_to_the_door(client_for: ClientFor, here: Town) -> None:
    assert "/organisator/aanmelden/" in client_for().get(PAGE)["Location"]


def test_as_many_queries_for_many_questions_as_for_one(client_for: ClientFor, here: Town) -> None:
    client, ids = client_for(here.rosa), (here.regenboog_centrum.id, here.regenboog_denderhof.id)
    asks(here, location_ids=ids)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _more in range(4):
        asks(here, location_ids=ids).answers(here.regenboog_centrum, YES)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)

"""Moving a location: where and when, what follows for whom, and only then the announcement; back in time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import YES, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.closing.moving import sweep_moves
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.moving import announced_move
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole

pytestmark = pytest.mark.django_db
MIA = "/organisator/locaties/mias-nestje/"
MOVE = f"{MIA}verhuizen/"
ADDRESS = {"street": "Beverstraat", "house_number": "12", "postcode": "9400"}
DAY = {"moves_day": "1", "moves_month": "5", "moves_year": "2026"}
ELSEWHERE = {"street": "Oudebergstraat", "house_number": "3", "postcode": "9500"}
SURE = {"sure": "on"}


@pytest.fixture
def mia(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.mia_account)


def test_what_follows_is_shown_first_and_then_announced(here: Town, mia: PageClient) -> None:
    asks(here).answers(here.mias_nestje, YES)
    assert MOVE in words(mia.get(MIA))
    assert "Nu: Dreefstraat 1, 9400 Ninove" in words(mia.get(MOVE))
    shown = words(mia.post(MOVE, ADDRESS | DAY))
    assert "Wat er volgt bij een verhuis op vrijdag 1 mei 2026" in shown
    assert "1 gezin krijgt bericht." in shown
    assert "1 open voorstel" in shown
    assert "Blijft Opvangloket Ninove" in shown
    assert "Peeters" not in shown
    assert announced_move(here.mias_nestje.id) is None
    done = words(mia.post(MOVE, ADDRESS | DAY | SURE, follow=True))
    assert "De verhuis op vrijdag 1 mei 2026 is aangekondigd. Elk gezin krijgt bericht." in done
    assert "Verhuist op vrijdag 1 mei 2026 naar Beverstraat 12, 9400 Ninove." in done


def test_another_municipality_is_told_with_its_desk(mia: PageClient) -> None:
    shown = words(mia.post(MOVE, ELSEWHERE | DAY))
    assert "Van Opvangloket Ninove naar Loket Overstroom" in shown
    assert "Stuurt ook vragen" in shown
    assert "Niemand wacht hier op een antwoord of een plaats." in shown
    without = words(mia.post(MOVE, ELSEWHERE | {"postcode": "9300"} | DAY))
    assert "In Aalst is er hier geen loket. Opvangloket Ninove blijft het loket." in without


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Vul een datum in"),
        (ADDRESS | DAY | {"moves_year": "2025"}, "Kies vandaag of een latere dag."),
        (ADDRESS | DAY | {"moves_year": "2046"}, "Dit is langer dan twee jaar."),
        (ADDRESS | DAY | {"postcode": "0000"}, "We kennen deze postcode niet."),
        (ADDRESS | DAY | {"postcode": "abc"}, "Een postcode heeft vier cijfers"),
        (ADDRESS | DAY | {"street": "Dreefstraat", "house_number": "1"}, "Dit is het adres van nu."),
    ],
)
def test_what_is_wrong_is_asked_again_and_what_was_typed_stays(
    mia: PageClient, posted: dict[str, str], message: str
) -> None:
    again = words(mia.post(MOVE, posted))
    assert message in again
    assert posted.get("street", "") in again


def test_families_read_it_before_the_day_and_not_after_it(here: Town, mia: PageClient, client_for: ClientFor) -> None:
    offered = asks(here, location_ids=(here.mias_nestje.id,))
    offered.answers(here.mias_nestje, YES)
    mia.post(MOVE, ELSEWHERE | DAY | SURE)
    told = "Verhuist op vrijdag 1 mei 2026 naar Oudebergstraat 3, 9500 Geraardsbergen."
    family = client_for(offered.registered)
    mine = f"/ninove/mijn/{offered.registered.reference}/"
    assert words(family.get(mine)).count(told) == 2  # on the letter and on the line
    assert told in words(family.get(f"{mine}aannemen/mias-nestje/"))
    offered.accepts(here.mias_nestje)
    assert told in words(family.get(mine))
    visitor = client_for()
    assert told in words(visitor.get("/ninove/opvang/mias-nestje/"))
    assert "Verhuist op 1 mei naar Geraardsbergen" in words(visitor.get("/ninove/zoeken/"))
    with clock.stopped_at(here.now + timedelta(days=60)), looking():
        assert sweep_moves(now=here.now + timedelta(days=60)) == 1
    after = words(client_for().get("/ninove/opvang/mias-nestje/"))
    assert told not in after
    assert "Oudebergstraat 3" in after


def test_a_move_is_changed_or_taken_back_on_the_same_page(here: Town, mia: PageClient) -> None:
    mia.post(MOVE, ADDRESS | DAY | SURE)
    first = announced_move(here.mias_nestje.id)
    assert first is not None
    page = words(mia.get(MOVE))
    assert 'value="Beverstraat"' in page
    assert str(first.id) in page
    mia.post(MOVE, ELSEWHERE | DAY | SURE | {"instead_of": str(first.id)})
    second = announced_move(here.mias_nestje.id)
    assert second is not None
    assert second.town == "Geraardsbergen"
    taken_back = words(mia.post(f"{MOVE}toch-niet/", {"move": str(second.id)}, follow=True))
    assert "De opvang verhuist niet. Elk gezin krijgt bericht." in taken_back
    assert announced_move(here.mias_nestje.id) is None


def test_whoever_comes_second_is_told_to_look(here: Town, mia: PageClient) -> None:
    mia.post(MOVE, ADDRESS | DAY | SURE)
    second = words(mia.post(MOVE, ELSEWHERE | DAY | SURE, follow=True))
    assert "Iemand veranderde net iets aan deze verhuis." in second
    assert "Beverstraat 12" in second
    stale = words(mia.post(f"{MOVE}toch-niet/", {"move": "0" * 32}, follow=True))
    assert "Iemand veranderde net iets aan deze verhuis." in stale
    mia.post(f"{MOVE}toch-niet/", {"move": "geen nummer"})
    assert announced_move(here.mias_nestje.id) is not None


def test_a_move_of_today_is_there_at_once(here: Town, mia: PageClient) -> None:
    today = {"moves_day": "2", "moves_month": "3", "moves_year": "2026"}
    done = words(mia.post(MOVE, ADDRESS | today | SURE, follow=True))
    assert "Het nieuwe adres staat erop. Elk gezin krijgt bericht." in done
    assert Location.objects.get(id=here.mias_nestje.id).street == "Beverstraat"


def test_whom_it_touches_is_counted_in_as_many_queries_for_one_as_for_many(here: Town, mia: PageClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            mia.post(MOVE, ADDRESS | DAY)
        return len(counted)

    asks(here)
    queries()
    one = queries()
    asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    assert queries() == one


def test_only_a_manager_of_the_location_moves_it(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.rosa).get(MOVE).status_code == 404
    assert client_for().get(MOVE).status_code == 302
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=OrganiserRole.STAFF)
    staff = client_for(here.mia_account)
    assert staff.get(MOVE).status_code == staff.post(MOVE, ADDRESS | DAY | SURE).status_code == 403
    assert MOVE not in words(staff.get(MIA))
    assert announced_move(here.mias_nestje.id) is None

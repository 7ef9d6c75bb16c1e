"""Moving a location by the lead of its home desk, and what the desks find on their worklist."""

from datetime import timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.closing.moving import sweep_moves
from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.domains.providers.moving import announced_move
from opvangloket.foundation import clock

pytestmark = pytest.mark.django_db
MIA = "/werk/ninove/opvang/mias-nestje/"
MOVE = f"{MIA}verhuizen/"
POSTED = {
    "street": "Oudebergstraat",
    "house_number": "3",
    "postcode": "9500",
    "moves_day": "1",
    "moves_month": "5",
    "moves_year": "2026",
}
SURE = POSTED | {"sure": "on"}


@pytest.fixture
def karel(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.karel)


def test_the_lead_announces_it_and_takes_it_back(here: Town, karel: PageClient) -> None:
    asks(here)
    assert MOVE in words(karel.get(MIA))
    shown = words(karel.post(MOVE, POSTED))
    assert "Van Opvangloket Ninove naar Loket Overstroom" in shown
    assert "1 gezin krijgt bericht." in shown
    told = words(karel.post(MOVE, SURE, follow=True))
    assert "Verhuist op vrijdag 1 mei 2026 naar Oudebergstraat 3, 9500 Geraardsbergen." in told
    move = announced_move(here.mias_nestje.id)
    assert move is not None
    back = words(karel.post(f"{MOVE}toch-niet/", {"move": str(move.id)}, follow=True))
    assert "De opvang verhuist niet." in back


def test_both_desks_find_it_on_their_worklist(here: Town, karel: PageClient, client_for: ClientFor) -> None:
    karel.post(MOVE, SURE)
    assert "Verhuist op vrijdag 1 mei 2026 naar Oudebergstraat 3" in words(karel.get("/werk/ninove/"))
    with clock.stopped_at(here.now + timedelta(days=60)):
        with looking():
            assert sweep_moves(now=here.now + timedelta(days=60)) == 1
        stranger = client_for(here.stranger)
        assert "Verhuisde op vrijdag 1 mei 2026 naar jullie." in words(stranger.get("/werk/overstroom/"))
        assert "Verhuis" not in words(client_for(here.karel).get("/werk/ninove/"))
        page = "/werk/overstroom/opvang/mias-nestje/pagina/"
        assert stranger.post(f"{page}klopt/").status_code == 302
        assert "Verhuisde op" not in words(stranger.get("/werk/overstroom/"))


def test_a_worker_another_desk_and_a_guest_do_not_move_it(here: Town, client_for: ClientFor) -> None:
    amina = client_for(here.amina)
    assert amina.get(MOVE).status_code == 403
    assert MOVE not in words(amina.get(MIA))
    assert client_for(here.stranger).get(MOVE).status_code == 404
    with looking():
        LocationInDesk.objects.filter(location=here.mias_nestje).update(relation="view")
    guest = client_for(here.karel)
    assert guest.post(MOVE, SURE).status_code == 404
    assert MOVE not in words(guest.get(MIA))


def test_the_new_desk_sees_it_coming(here: Town, karel: PageClient, client_for: ClientFor) -> None:
    stranger = client_for(here.stranger)
    assert "Komt naar jullie loket" not in words(stranger.get("/werk/overstroom/opvang/"))
    karel.post(MOVE, SURE)
    work, listed = (words(stranger.get(f"/werk/overstroom/{page}")) for page in ("", "opvang/"))
    assert "Mia&#x27;s Nestje · Mia De Smet" in work
    assert "Verhuist naar jullie, en komt op vrijdag 1 mei op je lijst." in work
    assert "Komt op vrijdag 1 mei 2026 naar Oudebergstraat 3, 9500 Geraardsbergen." in listed
    assert "Tot dan is Opvangloket Ninove het loket." in listed
    assert "Komt naar jullie loket" not in words(karel.get("/werk/ninove/opvang/"))
    with clock.stopped_at(here.now + timedelta(days=60)), looking():
        sweep_moves(now=here.now + timedelta(days=60))
    assert "Komt naar jullie loket" not in words(stranger.get("/werk/overstroom/opvang/"))


def test_what_moves_within_the_territory_does_not_come(karel: PageClient) -> None:
    karel.post(MOVE, SURE | {"postcode": "9400"})
    assert "Komt naar jullie loket" not in words(karel.get("/werk/ninove/opvang/"))

"""A family whose question came through a location reads by whom, when, and that it agreed."""

import pytest
from tests.cast import Town
from tests.web.conftest import NOW, ClientFor
from tests.web.family.asking import text

from opvangloket.domains.referrals.referring import Consent, refer
from opvangloket.rules.referrals import ConsentHow

pytestmark = pytest.mark.django_db


def test_a_question_that_was_passed_on_says_by_whom(here: Town, client_for: ClientFor) -> None:
    with here.at_organiser(here.mias_nestje):
        registered = refer(
            desk_id=here.ninove.id,
            location_id=here.mias_nestje.id,
            question=here.noor(location_ids=()),
            consent=Consent(ConsentHow.BY_PHONE, here.today),
            actor=here.manager,
            now=NOW,
            randomness=here.randomness,
        )
    page = text(client_for(registered).get(f"/ninove/mijn/{registered.reference}/"))
    assert "gaf je vraag door aan het loket op maandag 2 maart 2026. Jij ging akkoord, aan de telefoon." in page


def test_who_came_by_itself_reads_nothing_of_it(here: Town, client_for: ClientFor) -> None:
    registered = here.ask(here.noor())
    assert "gaf je vraag door" not in text(client_for(registered).get(f"/ninove/mijn/{registered.reference}/"))

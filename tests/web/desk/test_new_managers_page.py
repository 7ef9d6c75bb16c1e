"""The desk as the second person for an organiser with one manager: call, look, confirm or refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.providers.models import Organiser
from opvangloket.domains.providers.new_managers import propose_manager
from opvangloket.domains.providers.team import manager_names
from opvangloket.foundation.accounts.models import Account, RoleProposal

pytestmark = pytest.mark.django_db
PAGE, ACT = "/werk/ninove/verantwoordelijken/", "/werk/ninove/verantwoordelijken/beslissen/"


def propose(here: Town, name: str = "Ines Maes") -> None:
    address = f"{name.split()[0].lower()}@opvang.example"
    with here.at_organiser(here.regenboog_centrum):
        propose_manager(organiser_id=here.regenboog.id, address=address, name=name, actor=here.manager, now=here.now)


def typed(here: Town, **act: str) -> dict[str, str]:
    with looking():
        proposal = RoleProposal.objects.latest("proposed_at").id
    return {"organiser": str(here.regenboog.id), "proposal": str(proposal), **act}


def managers(here: Town) -> tuple[str, ...]:
    return manager_names(here.regenboog.id, today=here.today)


def test_the_lead_reads_what_to_check_and_confirms(client_for: ClientFor, here: Town) -> None:
    Organiser.objects.filter(id=here.regenboog.id).update(phone="054 99 88 77")
    propose(here)
    karel = client_for(here.karel)
    row = words(karel.get("/werk/ninove/"))
    assert "Er is een nieuwe verantwoordelijke voorgesteld. Bel en bevestig voor" in row
    assert PAGE in row
    page = words(karel.get(PAGE))
    assert "Rosa stelt deze persoon voor bij <strong>De Regenboog vzw</strong>." in page
    assert "ines@opvang.example" in page
    assert "De Regenboog Centrum en De Regenboog Denderhof" in page
    assert "054 99 88 77" in page
    done = words(karel.post(ACT, typed(here, called="on"), follow=True))
    assert "Ines Maes is nu verantwoordelijke en kreeg een mail." in done
    assert "Niemand wacht" in done
    assert managers(here) == ("Ines Maes", "Rosa")


def test_who_did_not_call_does_not_confirm(client_for: ClientFor, here: Town) -> None:
    propose(here)
    page = words(client_for(here.karel).post(ACT, typed(here)))
    assert "Bel eerst, en kruis dan dit vakje aan." in page
    assert "Ines Maes" in page
    assert managers(here) == ("Rosa",)


def test_refusing_asks_no_call(client_for: ClientFor, here: Town) -> None:
    propose(here)
    page = words(client_for(here.karel).post(ACT, typed(here, refuse="ja"), follow=True))
    assert "Ines Maes wordt geen verantwoordelijke." in page
    assert managers(here) == ("Rosa",)


def test_a_worker_reads_it_and_leaves_it_to_the_lead(client_for: ClientFor, here: Town) -> None:
    propose(here)
    amina = client_for(here.amina)
    assert "De trekker van het loket bevestigt dit." in words(amina.get(PAGE))
    assert amina.post(ACT, typed(here, called="on")).status_code == 403
    assert managers(here) == ("Rosa",)


def test_a_lead_who_is_proposed_leaves_it_to_another_lead(client_for: ClientFor, here: Town) -> None:
    Account.objects.filter(id=here.karel.id).update(email="ines@opvang.example")
    propose(here)
    karel = client_for(here.karel)
    assert "Dit gaat over jou. Een andere trekker bevestigt het." in words(karel.get(PAGE))
    assert "Je kan je eigen voorstel niet bevestigen." in words(karel.post(ACT, typed(here, called="on"), follow=True))
    assert managers(here) == ("Rosa",)


def test_another_desk_sees_nothing_and_can_do_nothing(client_for: ClientFor, here: Town) -> None:
    propose(here)
    stranger = client_for(here.stranger)
    assert "Ines" not in words(stranger.get("/werk/overstroom/verantwoordelijken/"))
    answer = stranger.post("/werk/overstroom/verantwoordelijken/beslissen/", typed(here, called="on"), follow=True)
    assert "Dit voorstel wacht niet meer." in words(answer)
    assert stranger.get(PAGE).status_code == 404
    assert client_for().get(PAGE).status_code == 302
    assert managers(here) == ("Rosa",)


@pytest.mark.parametrize("bad", [{"proposal": "x"}, {"organiser": ""}])
def test_a_form_that_is_not_ours_changes_nothing(client_for: ClientFor, here: Town, bad: dict[str, str]) -> None:
    propose(here)
    assert client_for(here.karel).post(ACT, typed(here, called="on") | bad).status_code == 200
    assert managers(here) == ("Rosa",)


def test_many_proposals_take_as_many_queries_as_one(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)

    def queries() -> int:
        karel.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            karel.get(PAGE)
        return len(asked)

    propose(here)
    few = queries()
    for name in ("Tom Vos", "Lien Claes", "An Maes"):
        propose(here, name)
    assert queries() == few

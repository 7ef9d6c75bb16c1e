"""What a worker writes down of a running care, when the location or the family calls, or sends a paper."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import day, week

from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.change_proposals.proposing import propose_days
from opvangloket.domains.distribution.models import CareChange, ChangeProposal
from opvangloket.domains.providers.models import Location
from opvangloket.foundation import clock
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client_for: ClientFor, here: Town) -> PageClient:
    return client_for(here.amina)


@pytest.fixture
def noor(here: Town) -> Journey:
    """Noor is in care at De Regenboog Centrum, confirmed."""
    return _in_care(here, here.regenboog_centrum)


def _in_care(here: Town, location: Location) -> Journey:
    noor = asks(here, location_ids=(location.id,))
    noor.answers(location, YES)
    noor.accepts(location)
    noor.later(days=126)
    with here.at_desk():
        confirm_start(placement_id=noor.placement().id, actor=here.worker, now=noor.now)
    return noor


def _address(noor: Journey, act: str = "") -> str:
    return f"/werk/ninove/gezin/{noor.registered.reference}/{act}"


def _do(amina: PageClient, noor: Journey, act: str, **typed: Any) -> str:
    """Post an act and return the words of the page that follows."""
    with clock.stopped_at(noor.now):
        return amina.post(_address(noor, f"{act}/"), typed, follow=True).content.decode()


def _file(amina: PageClient, noor: Journey) -> str:
    with clock.stopped_at(noor.now):
        return amina.get(_address(noor)).content.decode()


def test_days_and_a_move_are_written_down_for_the_location(amina: PageClient, noor: Journey, here: Town) -> None:
    file = _file(amina, noor)
    assert "andere-dagen/de-regenboog-centrum/" in file
    assert "verhuizen/de-regenboog-centrum/" in file
    from_on = noor.today + timedelta(days=30)
    agreed = day("from_on", from_on) | day("agreed_on", noor.today) | {"door": "phone"}
    hours = {"hours_wo_start": "8", "hours_wo_end": "12.30"}
    page = _do(amina, noor, "andere-dagen/de-regenboog-centrum", **agreed, **week("wo"), **hours)
    assert "Het gezin en de opvang krijgen bericht." in page
    with looking():
        change = CareChange.objects.get()
    assert (change.door, change.by, change.family_agreed_on) == ("phone", "desk_worker", noor.today)
    assert change.hours == ["wo 08:00-12:30"]
    later = day("from_on", from_on + timedelta(days=30)) | day("agreed_on", noor.today) | {"door": "paper"}
    _do(amina, noor, "verhuizen/de-regenboog-centrum", **later, location="de-regenboog-denderhof")
    assert noor.placement().location_id == here.regenboog_denderhof.id
    assert len(noor.mails("care_days_organiser")) == 2


def test_what_is_missing_is_asked_beside_what_was_typed(amina: PageClient, noor: Journey) -> None:
    page = _do(amina, noor, "andere-dagen/de-regenboog-centrum", **week("wo"), over_capacity_reason="Mag van hen.")
    assert "Mag van hen." in page
    assert "Vul een datum in" in page
    with looking():
        assert not CareChange.objects.exists()


def test_nobody_moves_to_another_organiser(amina: PageClient, here: Town) -> None:
    noor = _in_care(here, here.mias_nestje)
    page = _do(amina, noor, "verhuizen/mias-nestje", **day("from_on", noor.today), location="het-klavertje")
    assert "Deze organisator heeft geen andere locatie" in page


@pytest.mark.parametrize(("answer", "state"), [("yes", "agreed"), ("no", "refused")])
@pytest.mark.parametrize("asked_by", list(Proposer))
def test_a_proposed_change_is_answered_by_phone(
    amina: PageClient, noor: Journey, here: Town, asked_by: Proposer, answer: str, state: str
) -> None:
    with here.at_desk():
        proposal_id = propose_days(
            placement_id=noor.placement().id,
            asked_by=asked_by,
            from_on=noor.today + timedelta(days=30),
            pattern=WeekPattern.full_days("wo"),
            actor=here.worker,
            now=noor.now,
        )
    file = _file(amina, noor)
    assert "Antwoord op de verandering" in file
    assert "Verandering gevraagd bij De Regenboog Centrum" in file
    assert "Genoteerd: " in _do(amina, noor, "verandering/de-regenboog-centrum", answer=answer, door="phone")
    with looking():
        assert ChangeProposal.objects.get(id=proposal_id).state == state
    assert "Hier wacht niets meer op een antwoord." in _do(amina, noor, "verandering/de-regenboog-centrum")


@pytest.mark.parametrize("act", ["andere-dagen", "verhuizen", "verandering"])
def test_only_the_desk_of_the_request(client_for: ClientFor, noor: Journey, here: Town, act: str) -> None:
    address = _address(noor, f"{act}/de-regenboog-centrum/")
    assert client_for().get(address).status_code == 302
    assert client_for(here.rosa).get(address).status_code == 302
    assert client_for(here.amina).get(address.replace("ninove", "overstroom")).status_code in {403, 404}

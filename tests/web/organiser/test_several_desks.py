"""One login for locations that two desks see: one inbox that names the desk, and nothing that leaks between desks."""

from datetime import date

import pytest
from tests.cast import PARENT, Town
from tests.domains.distribution.journey import asks, looking
from tests.web.conftest import ClientFor
from tests.web.reading import words

from opvangloket.domains.contact.complaints import complain_as_family
from opvangloket.domains.distribution.asking import questions
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk
from opvangloket.domains.requests.actions import Channel, Registered
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.scopes import FamilyScope, scope

pytestmark = pytest.mark.django_db
INBOX = "/organisator/"


@pytest.fixture
def over_the_border(here: Town) -> Registered:
    """Let the other desk see Denderhof too, and a family ask there."""
    with looking():
        LocationInDesk.objects.create(
            location=here.regenboog_denderhof,
            desk=here.overstroom,
            relation=DeskRelation.VIEW,
            start_on=date(2020, 1, 1),
        )
    question = here.deniz(channel=Channel.PHONE, location_ids=(here.regenboog_denderhof.id,))
    stranger = Actor(ActorKind.DESK_LEAD, here.stranger.id, here.stranger.name)
    with here.at_desk(here.overstroom):
        [registered] = questions.ask(
            desk_id=here.overstroom.id,
            questions=[question],
            actor=stranger,
            now=here.now,
            randomness=here.randomness,
        )
    return registered


def test_one_inbox_names_the_desk_of_each_question(
    client_for: ClientFor, here: Town, over_the_border: Registered
) -> None:
    asks(here)
    page = words(client_for(here.rosa).get(INBOX))
    assert "2 vragen wachten op jouw antwoord" in page
    assert "De Regenboog Centrum · Opvangloket Ninove" in page
    assert "De Regenboog Denderhof · Loket Overstroom" in page
    own = f"/organisator/vraag/{over_the_border.reference}/de-regenboog-denderhof/"
    assert client_for(here.rosa).get(own).status_code == 200


def test_with_one_desk_nobody_has_to_read_its_name(client_for: ClientFor, here: Town) -> None:
    asks(here)
    page = words(client_for(here.rosa).get(INBOX))
    assert "De Regenboog Centrum" in page
    assert "· Opvangloket Ninove" not in page


def test_each_desk_finds_only_its_own_families(client_for: ClientFor, here: Town, over_the_border: Registered) -> None:
    noor = asks(here)
    amina, stranger = client_for(here.amina), client_for(here.stranger)
    assert amina.get(f"/werk/ninove/gezin/{over_the_border.reference}/").status_code == 404
    assert stranger.get(f"/werk/overstroom/gezin/{noor.registered.reference}/").status_code == 404
    assert stranger.get(f"/werk/overstroom/gezin/{over_the_border.reference}/").status_code == 200
    for client, address in (
        (amina, "/werk/ninove/opvang/de-regenboog-denderhof/"),
        (amina, "/werk/ninove/gezinnen/?q=Deniz"),
        (amina, "/werk/ninove/"),
    ):
        page = words(client.get(address))
        assert "Deniz" not in page.replace('value="Deniz"', "").replace("“Deniz”", "")
        assert over_the_border.reference not in page
    assert "Noor" not in words(stranger.get("/werk/overstroom/"))


def test_a_complaint_at_one_desk_is_not_known_at_the_other(
    client_for: ClientFor, here: Town, over_the_border: Registered
) -> None:
    with scope(FamilyScope(here.overstroom.id, frozenset({over_the_border.request_id}))):
        reference = complain_as_family(
            request_id=over_the_border.request_id,
            location_id=here.regenboog_denderhof.id,
            text="Niemand belde ons terug.",
            shows_name=False,
            reference="K7M4CXR9",
            actor=PARENT,
            now=here.now,
        )
    assert "Loket Overstroom" in words(client_for(here.rosa).get(f"/organisator/klachten/{reference}/"))
    assert client_for(here.amina).get(f"/werk/ninove/klachten/{reference}/").status_code == 404
    assert "Denderhof" not in words(client_for(here.amina).get("/werk/ninove/klachten/"))
    assert client_for(here.stranger).get(f"/werk/overstroom/klachten/{reference}/").status_code == 200

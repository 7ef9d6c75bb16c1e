"""The desk prints the open questions of a location: what the location would see of this desk's questions, no more."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import asks, looking
from tests.web.conftest import ClientFor
from tests.web.organiser.test_paper_list import paper

from opvangloket.domains.providers.models import LocationInDesk
from opvangloket.domains.requests.models import Channel
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.references import displayed

pytestmark = pytest.mark.django_db
MIA = "/werk/ninove/opvang/mias-nestje/"
LIST = f"{MIA}open-vragen.pdf"


def test_the_sheet_is_that_of_the_location(here: Town, client_for: ClientFor) -> None:
    noor = asks(here)
    client = client_for(here.amina)
    assert LIST in client.get(MIA).content.decode()
    sheet = paper(client, LIST)
    assert "Open vragen: Mia's Nestje" in sheet
    assert f"Vraag {displayed(noor.registered.reference)}" in sheet
    assert "Noor Peeters, 5 maanden bij de start" in sheet
    assert "Zo komt het bij Opvangloket Ninove." in sheet


def test_what_the_location_may_not_know_yet_is_not_handed_to_it(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(blind_first_answer=True))
    asks(here)
    sheet = paper(client_for(here.amina), LIST)
    assert "Kind, 5 maanden bij de start" in sheet
    assert "Peeters" not in sheet


def test_each_desk_prints_its_own_questions(here: Town, client_for: ClientFor) -> None:
    with here.at_desk(here.overstroom):
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation="view", start_on=date(2026, 1, 1)
        )
    own = asks(here)
    there = replace(here, ninove=here.overstroom)
    other = asks(there, here.noor(channel=Channel.PHONE, location_ids=(here.mias_nestje.id,)))
    references = [displayed(journey.registered.reference) for journey in (own, other)]
    seen = {
        desk: [reference in paper(client_for(who), LIST.replace("ninove", desk)) for reference in references]
        for desk, who in (("ninove", here.amina), ("overstroom", here.stranger))
    }
    assert seen == {"ninove": [True, False], "overstroom": [False, True]}


def test_printing_is_written_down_but_the_location_has_read_nothing(here: Town, client_for: ClientFor) -> None:
    noor = asks(here)
    paper(client_for(here.amina), LIST)
    assert noor.inquiry(here.mias_nestje).seen_at is None
    with looking():
        (printed,) = AuditEvent.objects.filter(action="inquiry.print")
    assert (printed.actor_id, printed.request_id) == (here.amina.id, noor.request_id)
    file = client_for(here.amina).get(f"/werk/ninove/gezin/{noor.registered.reference}/").content.decode()
    assert "Vraag afgedrukt voor Mia&#x27;s Nestje" in file
    reads = client_for(noor.registered).get(f"/ninove/mijn/{noor.registered.reference}/gelezen/").content.decode()
    assert "Iemand van het loket drukte je vraag af voor Mia&#x27;s Nestje" in reads


def test_nothing_open_offers_no_sheet(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.amina)
    assert LIST not in client.get(MIA).content.decode()
    assert "Je hoeft niets te doen." in paper(client, LIST)


def test_only_this_desk_comes_in(here: Town, client_for: ClientFor) -> None:
    asks(here)
    assert client_for(here.stranger).get(LIST).status_code == 404
    assert client_for(here.stranger).get(LIST.replace("ninove", "overstroom")).status_code == 404
    assert client_for(here.mia_account).get(LIST).status_code == 302
    assert client_for().get(LIST).status_code == 302


def test_the_number_of_queries_does_not_grow(here: Town, client_for: ClientFor) -> None:
    client, counted = client_for(here.amina), []
    for many in (1, 4):
        for _ in range(many):
            asks(here)
        with CaptureQueriesContext(connection) as queries:
            paper(client, LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]

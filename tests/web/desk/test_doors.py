"""Who comes in where: every page about a file opens for its own desk only, and every refusal keeps what was typed."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from tests.cast import Town
from tests.domains.distribution.journey import Journey, asks
from tests.web.conftest import ClientFor

from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.web.desk import urls

pytestmark = pytest.mark.django_db

OF_A_FILE = ["file", "duplicates", "registered", *urls._ACTS]
OF_A_LINE = ["conversation", *urls._LINE_ACTS]
OF_THE_DESK = ["worklist", "register", "families", "locations", "settings"]
ACTS = [*urls._ACTS, *urls._LINE_ACTS]


def _addresses(desk: str, noor: Journey) -> Iterator[str]:
    reference = noor.registered.reference
    yield from (reverse(f"desk:{name}", args=[desk]) for name in OF_THE_DESK)
    yield from (reverse(f"desk:{name}", args=[desk, reference]) for name in OF_A_FILE)
    yield from (reverse(f"desk:{name}", args=[desk, reference, "mias-nestje"]) for name in OF_A_LINE)
    yield reverse("desk:location", args=[desk, "mias-nestje"])
    yield reverse("desk:note_call", args=[desk, "mias-nestje"])


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here, location_ids=(here.mias_nestje.id,))


def test_every_page_opens_for_a_worker(client_for: ClientFor, here: Town, noor: Journey) -> None:
    amina = client_for(here.amina)
    assert {address: amina.get(address).status_code for address in _addresses("ninove", noor)} == dict.fromkeys(
        _addresses("ninove", noor), 200
    )


def test_nobody_comes_in_without_signing_in(client_for: ClientFor, here: Town, noor: Journey) -> None:
    visitor, organiser, family = client_for(), client_for(here.rosa), client_for(noor.registered)
    for somebody in (visitor, organiser, family):
        for address in _addresses("ninove", noor):
            assert somebody.get(address)["Location"].startswith("/werk/aanmelden/?na=")


def test_another_desk_finds_nothing_here(client_for: ClientFor, here: Town, noor: Journey) -> None:
    stranger = client_for(here.stranger)
    assert {stranger.get(address).status_code for address in _addresses("ninove", noor)} == {404}


def test_another_desk_finds_nothing_of_this_family_at_home(client_for: ClientFor, here: Town, noor: Journey) -> None:
    stranger, reference = client_for(here.stranger), noor.registered.reference
    for name in OF_A_FILE:
        address = reverse(f"desk:{name}", args=["overstroom", reference])
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code == 404
    for name in OF_A_LINE:
        address = reverse(f"desk:{name}", args=["overstroom", reference, "mias-nestje"])
        assert stranger.post(address).status_code == 404
    assert stranger.get("/werk/overstroom/opvang/mias-nestje/").status_code == 404
    assert noor.states() == {"Mia's Nestje": "sent"}


@pytest.mark.parametrize("name", OF_A_LINE)
def test_a_location_without_this_question_is_not_found(
    client_for: ClientFor, here: Town, noor: Journey, name: str
) -> None:
    address = reverse(f"desk:{name}", args=["ninove", noor.registered.reference, "het-klavertje"])
    assert client_for(here.amina).get(address).status_code == 404


def test_every_read_of_a_file_is_written_down(client_for: ClientFor, here: Town, noor: Journey) -> None:
    amina = client_for(here.amina)
    for _again in range(2):
        amina.get(reverse("desk:file", args=["ninove", noor.registered.reference]))
    with across_desks("a test reads the log"):
        reads = AuditEvent.objects.filter(action="request.read", request_id=noor.request_id)
        assert [(read.actor_id, read.actor_kind) for read in reads] == [(here.amina.id, "desk_worker")] * 2


def test_a_reference_is_found_however_it_is_typed(client_for: ClientFor, here: Town, noor: Journey) -> None:
    reference = noor.registered.reference
    assert client_for(here.amina).get(f"/werk/ninove/gezin/{reference.lower()}/").status_code == 200
    assert client_for(here.amina).get("/werk/ninove/gezin/22222222/").status_code == 404

"""The page of a conversation at its three doors: who comes in, what stays typed, what is marked as read."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PARENT, Town
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.contact.models import ReadMark, ThreadMessage
from opvangloket.domains.distribution.closing import searches
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole

pytestmark = pytest.mark.django_db
HELLO = "Mogen we komen kijken?"
CENTRUM = "de-regenboog-centrum"


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here)


def of_family(noor: Journey, location: str = CENTRUM) -> str:
    return f"/ninove/mijn/{noor.registered.reference}/gesprek/{location}/"


def of_location(noor: Journey, location: str = CENTRUM) -> str:
    return f"/organisator/vraag/{noor.registered.reference}/{location}/gesprek/"


def of_desk(noor: Journey, location: str = CENTRUM, desk: str = "ninove") -> str:
    return f"/werk/{desk}/gezin/{noor.registered.reference}/gesprek/{location}/"


def says(client: PageClient, address: str, text: str = HELLO, *, after: int = 0, **more: str) -> Any:
    return client.post(address, {"text": text, "after": str(after), **more}, follow=True)


def stored() -> list[tuple[str, str]]:
    with looking():
        return list(ThreadMessage.objects.order_by("number").values_list("side", "text"))


def test_three_sides_write_on_one_page_each(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa, amina = client_for(noor.registered), client_for(here.rosa), client_for(here.amina)
    assert "Er is nog niets geschreven." in words(sara.get(of_family(noor)))
    assert "Nog niet gelezen" in words(says(sara, of_family(noor)))
    assert f"{HELLO}</p>" in words(rosa.get(of_location(noor)))
    says(rosa, of_location(noor), "Graag, op zaterdag.", after=1)
    says(amina, of_desk(noor), "Veel plezier.", after=2)
    page = words(sara.get(of_family(noor)))
    assert "Gesprek met De Regenboog Centrum" in page
    assert "Gelezen door De Regenboog Centrum" in page
    assert page.count(">Nieuw<") == 2
    assert ">Nieuw<" not in words(sara.get(of_family(noor)))
    assert stored() == [("family", HELLO), ("location", "Graag, op zaterdag."), ("desk", "Veel plezier.")]
    assert "Sara Peeters" not in words(rosa.get(of_location(noor)))


def test_no_address_stands_on_any_of_the_pages(client_for: ClientFor, here: Town, noor: Journey) -> None:
    says(client_for(noor.registered), of_family(noor))
    assert "sara.peeters@" not in words(client_for(here.rosa).get(of_location(noor)))
    assert here.regenboog_centrum.email not in words(client_for(noor.registered).get(of_family(noor)))


def test_a_second_press_says_it_once(client_for: ClientFor, noor: Journey) -> None:
    sara = client_for(noor.registered)
    for _press in range(2):
        says(sara, of_family(noor))
    assert stored() == [("family", HELLO)]


def test_what_cannot_be_sent_stays_typed(client_for: ClientFor, noor: Journey) -> None:
    sara = client_for(noor.registered)
    page = words(says(sara, of_family(noor), "Ons nummer is 85.07.30-033.28."))
    assert "Schrijf hier geen rijksregisternummer." in page
    assert "85.07.30-033.28" in page
    assert "Schrijf eerst je bericht." in words(says(sara, of_family(noor), "  "))
    assert "Fout:" in words(says(sara, of_family(noor), "x" * 2001))
    assert stored() == []


def test_words_are_never_markup(client_for: ClientFor, here: Town, noor: Journey) -> None:
    says(client_for(noor.registered), of_family(noor), "<script>alert(1)</script>\nhttp://x.example")
    page = client_for(here.rosa).get(of_location(noor)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>http://x.example" in page


def test_strangers_find_nothing(client_for: ClientFor, here: Town, noor: Journey) -> None:
    says(client_for(noor.registered), of_family(noor))
    assert client_for(here.wim).get(of_location(noor)).status_code == 404
    assert client_for(here.mia_account).get(of_location(noor)).status_code == 404
    assert client_for(here.stranger).get(of_desk(noor)).status_code == 404
    assert client_for(here.stranger).get(of_desk(noor, desk="overstroom")).status_code == 404
    elif_yilmaz = here.ask(here.deniz())
    assert client_for(elif_yilmaz).get(of_family(noor)).status_code == 404
    for client in (client_for(here.wim), client_for(elif_yilmaz)):
        says(client, of_location(noor), "Ik hoor hier niet.")
        says(client, of_family(noor), "Ik hoor hier niet.")
    assert stored() == [("family", HELLO)]


def test_a_location_that_was_not_asked_has_no_conversation(client_for: ClientFor, here: Town, noor: Journey) -> None:
    assert client_for(noor.registered).get(of_family(noor, "het-klavertje")).status_code == 404
    assert client_for(here.amina).get(of_desk(noor, "het-klavertje")).status_code == 404


def test_who_is_not_signed_in_goes_to_the_door(client_for: ClientFor, noor: Journey) -> None:
    for address in (of_family(noor), of_location(noor), of_desk(noor)):
        assert "/aanmelden/?na=" in client_for().get(address)["Location"]


def test_a_stand_in_takes_part(client_for: ClientFor, here: Town, noor: Journey) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    says(client_for(here.rosa), of_location(noor))
    assert stored() == [("location", HELLO)]


def test_each_side_sees_that_something_waits(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa, amina = client_for(noor.registered), client_for(here.rosa), client_for(here.amina)
    home = f"/ninove/mijn/{noor.registered.reference}/"
    assert "Schrijf een bericht" in words(sara.get(home))
    says(sara, of_family(noor), for_desk="on")
    inbox = words(rosa.get("/organisator/"))
    assert "1 nieuw bericht" in inbox
    assert "Nieuwe berichten (1)" in inbox
    shown = words(rosa.get("/organisator/?toon=berichten"))
    assert "Noor Peeters" in shown
    assert "In het gesprek met De Regenboog Centrum is een vraag voor het loket." in words(amina.get("/werk/ninove/"))
    assert "Gesprek (1 nieuw)" in words(amina.get(f"/werk/ninove/gezin/{noor.registered.reference}/"))
    says(rosa, of_location(noor), "Graag.", after=1)
    assert "Alles gelezen" in words(rosa.get("/organisator/?toon=berichten"))
    assert "Lees 1 nieuw bericht" in words(sara.get(home))
    assert "1 nieuw bericht" in words(sara.get("/ninove/mijn/"))
    says(amina, of_desk(noor), "Wij bellen.", after=2)
    assert "vraag voor het loket" not in words(amina.get("/werk/ninove/"))


def test_a_closed_conversation_stays_readable(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara = client_for(noor.registered)
    says(sara, of_family(noor))
    with here.as_family(noor.registered):
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=noor.now)
    for client, address in ((sara, of_family(noor)), (client_for(here.rosa), of_location(noor))):
        page = words(client.get(address))
        assert HELLO in page
        assert "De zoektocht is gestopt. Schrijven kan niet meer." in page
        assert "<textarea" not in page
    assert "De zoektocht is gestopt." in words(says(sara, of_family(noor), "Nog iets", after=1))
    assert stored() == [("family", HELLO)]


def test_after_acceptance_the_conversation_goes_on(client_for: ClientFor, here: Town, noor: Journey) -> None:
    noor.answers(here.regenboog_centrum, YES)
    noor.accepts(here.regenboog_centrum)
    rosa = client_for(here.rosa)
    placement = words(rosa.get(f"/organisator/plaatsingen/{noor.registered.reference}/{CENTRUM}/"))
    assert of_location(noor) in placement
    says(rosa, of_location(noor), "Welkom!")
    assert stored() == [("location", "Welkom!")]


@pytest.mark.parametrize("door", ["family", "location", "desk"])
def test_as_many_queries_for_one_message_as_for_fifteen(
    client_for: ClientFor, here: Town, noor: Journey, door: str
) -> None:
    client = {"family": lambda: client_for(noor.registered), "location": lambda: client_for(here.rosa),
              "desk": lambda: client_for(here.amina)}[door]()  # fmt: skip
    address = {"family": of_family, "location": of_location, "desk": of_desk}[door](noor)
    writer = client_for(noor.registered)

    def count() -> int:
        client.get(address)
        with looking():
            ReadMark.objects.update(read=0)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address)
        return len(captured)

    says(writer, of_family(noor))
    few = count()
    for number in range(1, 15):
        says(writer, of_family(noor), f"Bericht {number}", after=number)
    assert count() == few


@pytest.mark.parametrize("address", ["/organisator/", "/ninove/mijn/"])
def test_lists_do_not_ask_more_for_more_conversations(
    client_for: ClientFor, here: Town, noor: Journey, address: str
) -> None:
    client = client_for(here.rosa) if address == "/organisator/" else client_for(noor.registered)
    other = client_for(here.rosa) if address != "/organisator/" else client_for(noor.registered)
    door = of_location if address != "/organisator/" else of_family
    deniz = asks(here, here.deniz())
    says(other, door(noor))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    if address == "/organisator/":
        says(client_for(deniz.registered), of_family(deniz))
        says(client_for(deniz.registered), of_family(deniz, "de-regenboog-denderhof"))
    else:
        says(other, door(noor), "En nog iets.", after=1)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)

"""A new location: its manager asks for it, the lead of its desk looks and decides, and the manager reads what became of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import AskedOpening, Location, LocationInDesk, Organiser
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
ASK = "/organisator/locaties-nieuw/"
ASKED = "/werk/ninove/locaties/gevraagd/"
DECIDE = f"{ASKED}beslissen/"
NEW = {
    "name": "Regenboog aan Zee",
    "file_number": "410480099",
    "type": "groepsopvang",
    "subsidy_step": "T1",
    "tariff": "vrije prijs",
    "licensed_places": "18",
    "street": "Kerkplein",
    "house_number": "3",
    "postcode": "9400",
    "email": "",
    "phone": "054 11 22 33",
    "opens_day": "1",
    "opens_month": "9",
    "opens_year": "2026",
}


@pytest.fixture
def karel(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.karel)


def waiting() -> AskedOpening:
    with looking():
        return AskedOpening.objects.get(ended_at=None)


def mail() -> Message:
    with looking():
        return Message.objects.get(template="opening_decided")


def test_what_is_asked_waits_for_the_desk_and_is_opened(here: Town, rosa: PageClient, karel: PageClient) -> None:
    assert ASK in words(rosa.get("/organisator/locaties/"))
    asked = words(rosa.post(ASK, NEW, follow=True))
    assert "Opvangloket Ninove kijkt Regenboog aan Zee na. Je krijgt een mail." in asked
    assert "Wacht op Opvangloket Ninove" in asked
    assert "Regenboog aan Zee · De Regenboog vzw" in words(karel.get("/werk/ninove/"))
    shown = words(karel.get(ASKED))
    for told in ("De Regenboog vzw", "Kerkplein 3, 9400 Ninove", "dinsdag 1 september 2026", "410480099"):
        assert told in shown
    assert "Staat deze opvang er al?" not in shown
    done = words(karel.post(DECIDE, {"row": waiting().id, "open": "ja"}, follow=True))
    assert "Regenboog aan Zee staat op de lijst. De organisator kreeg een mail." in done
    assert "Niets te bekijken" in done
    location = Location.objects.get(slug="regenboog-aan-zee")
    assert (location.organiser_id, str(location.opened_on)) == (here.regenboog.id, "2026-09-01")
    with looking():
        assert LocationInDesk.objects.get(location=location).relation == "home"
    assert mail().recipient == here.rosa.email
    assert "/organisator/locaties/regenboog-aan-zee/" in mail().text
    assert "Staat op de lijst." in words(rosa.get(ASK))
    assert "Regenboog aan Zee" in words(rosa.get("/organisator/locaties/"))
    public = words(karel.get("/ninove/opvang/regenboog-aan-zee/"))
    assert "Deze opvang opent op dinsdag 1 september 2026." in public


def test_what_is_not_right_yet_comes_back_with_the_reason(rosa: PageClient, karel: PageClient) -> None:
    rosa.post(ASK, NEW)
    row = str(waiting().id)
    empty = karel.post(DECIDE, {"row": row, "because": ""})
    assert empty.status_code == 200
    told = words(karel.post(DECIDE, {"row": row, "because": "De beslissing ontbreekt nog."}, follow=True))
    assert "De organisator leest waarom Regenboog aan Zee nog niet kan." in told
    assert "De beslissing ontbreekt nog." in mail().text
    assert "De beslissing ontbreekt nog." in words(rosa.get(ASK))
    assert not Location.objects.filter(name="Regenboog aan Zee").exists()


def test_the_desk_sees_which_location_it_may_be_already(here: Town, rosa: PageClient, karel: PageClient) -> None:
    rosa.post(ASK, NEW | {"street": "Dreefstr.", "house_number": "1"})
    shown = words(karel.get(ASKED))
    assert "Staat deze opvang er al?" in shown
    assert "De Regenboog Centrum, Dreefstraat 1, 9400 Ninove, De Regenboog vzw" in shown
    assert "(gesloten)" not in shown


def test_one_of_the_same_name_is_shown_too_and_the_others_are_not(
    here: Town, rosa: PageClient, karel: PageClient
) -> None:
    Location.objects.filter(id=here.het_klavertje.id).update(closed_on=here.today)
    rosa.post(ASK, NEW | {"name": "het klavertje"})
    shown = words(karel.get(ASKED))
    assert "Het Klavertje, Dreefstraat 1, 9400 Ninove, Stad Ninove (gesloten)" in shown
    assert "De Regenboog Centrum" not in shown


def test_pressed_twice_is_asked_once_and_decided_once(rosa: PageClient, karel: PageClient) -> None:
    rosa.post(ASK, NEW)
    rosa.post(ASK, NEW)
    row = waiting().id
    karel.post(DECIDE, {"row": row, "open": "ja"})
    again = words(karel.post(DECIDE, {"row": row, "open": "ja"}, follow=True))
    assert "Over deze opvang is al beslist, of ze is niet meer gevraagd." in again
    assert Location.objects.filter(name="Regenboog aan Zee").count() == 1
    late = words(rosa.post(f"{ASK}toch-niet/", {"row": row}, follow=True))
    assert "Over deze opvang is al beslist" in late


def test_a_manager_takes_it_back(rosa: PageClient, karel: PageClient) -> None:
    rosa.post(ASK, NEW)
    told = words(rosa.post(f"{ASK}toch-niet/", {"row": waiting().id}, follow=True))
    assert "Je vraagt Regenboog aan Zee niet meer." in told
    assert "Niets te bekijken" in words(karel.get(ASKED))
    assert rosa.post(f"{ASK}toch-niet/", {"row": "geen nummer"}).status_code == 302


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"postcode": "9300"}, "In deze gemeente is er hier geen loket."),
        ({"postcode": "0001"}, "geen postcode in Vlaanderen"),
        ({"licensed_places": "veel"}, "Schrijf een geheel getal"),
        ({"file_number": "12-a"}, "is geen dossiernummer"),
        ({"opens_year": "2046"}, "Dit is langer dan twee jaar."),
        ({"opens_day": ""}, "Vul ook de dag in."),
    ],
)
def test_what_is_wrong_is_asked_again_and_what_was_typed_stays(
    rosa: PageClient, different: dict[str, str], message: str
) -> None:
    again = words(rosa.post(ASK, NEW | different))
    assert message in again
    assert 'value="Regenboog aan Zee"' in again
    with looking():
        assert not AskedOpening.objects.exists()


def test_a_file_number_of_another_location_is_told_at_once(here: Town, rosa: PageClient) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(file_number="410480099")
    assert "Dossiernummer 410480099 is al van een andere opvang." in words(rosa.post(ASK, NEW))


def test_it_goes_to_the_desk_of_its_municipality_and_no_other_sees_it(
    here: Town, rosa: PageClient, karel: PageClient, client_for: ClientFor
) -> None:
    rosa.post(ASK, NEW | {"postcode": "9500"})
    assert "Niets te bekijken" in words(karel.get(ASKED))
    row = waiting().id
    assert "al beslist" in words(karel.post(DECIDE, {"row": row, "open": "ja"}, follow=True))
    assert "Regenboog aan Zee" in words(client_for(here.stranger).get("/werk/overstroom/locaties/gevraagd/"))
    mia = client_for(here.mia_account)
    assert "Regenboog aan Zee" not in words(mia.get(ASK))
    assert "al beslist" in words(mia.post(f"{ASK}toch-niet/", {"row": row}, follow=True))


def test_who_may_not_ask_or_decide(here: Town, rosa: PageClient, client_for: ClientFor) -> None:
    rosa.post(ASK, NEW)
    amina = client_for(here.amina)
    assert "De trekker van het loket beslist hierover." in words(amina.get(ASKED))
    assert amina.post(DECIDE, {"row": waiting().id, "open": "ja"}).status_code == 403
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAFF)
    staff = client_for(here.rosa)
    assert staff.get(ASK).status_code == staff.post(ASK, NEW).status_code == 403
    assert ASK not in words(staff.get("/organisator/locaties/"))
    assert client_for().get(ASK).status_code == client_for().get(ASKED).status_code == 302


def test_many_cost_as_many_queries_as_one(rosa: PageClient, karel: PageClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            karel.get(ASKED)
        return len(counted)

    rosa.post(ASK, NEW)
    queries()
    one = queries()
    for number in range(3):
        rosa.post(ASK, NEW | {"name": f"Regenboog {number}", "file_number": ""})
    assert queries() == one


def test_an_organiser_without_a_number_keeps_its_own_locations_together(
    here: Town, rosa: PageClient, karel: PageClient
) -> None:
    before = Organiser.objects.count()
    rosa.post(ASK, NEW)
    karel.post(DECIDE, {"row": waiting().id, "open": "ja"})
    assert Organiser.objects.count() == before

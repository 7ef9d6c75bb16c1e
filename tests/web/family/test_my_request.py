"""Following one's own request: the next date, the lines, offers as letters, and everything a family decides."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import VISITOR, Town, plan_places
from tests.web.conftest import ClientFor, PageClient
from tests.web.family.asking import text

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No, Yes
from opvangloket.domains.distribution.answering.giving import answer, mark_seen
from opvangloket.domains.distribution.asking.questions import ask, confirm_contact
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry, Offer, Placement
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import AskedChild, Registered
from opvangloket.domains.requests.models import CareRequest, RequestedLocation, WishVersion
from opvangloket.foundation import clock
from opvangloket.foundation.audit.record import record
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import NoReason

pytestmark = pytest.mark.django_db
MONDAY = WeekPattern.full_days("ma")


@pytest.fixture
def noor(here: Town) -> Registered:
    """Noor's question, sent to De Regenboog Centrum and Mia's Nestje."""
    asked = here.ask(here.noor())
    with here.at_desk():
        confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
    return asked


@pytest.fixture
def sara(client_for: ClientFor, noor: Registered) -> PageClient:
    return client_for(noor)


def home(asked: Registered) -> str:
    return f"/ninove/mijn/{asked.reference}/"


def say(here: Town, asked: Registered, location: Location, given: NewAnswer, *, at: datetime | None = None) -> None:
    """Let a location answer the latest inquiry of a request."""
    with here.at_organiser(location):
        inquiry = Inquiry.objects.filter(request_id=asked.request_id, location=location).latest("round")
        answer(inquiry_id=inquiry.id, given=given, door=AnswerDoor.INBOX, actor=here.manager, now=at or here.now)


def stored(asked: Registered) -> CareRequest:
    with across_desks("what is stored"):
        return CareRequest.objects.get(id=asked.request_id)


# Reading


def test_the_next_date_stands_on_top(here: Town, sara: PageClient, noor: Registered) -> None:
    page = text(sara.get(home(noor)))
    assert "Opvang voor Noor" in page
    assert "Je vraag ligt bij 2 opvanglocaties. Ze antwoorden ten laatste op maandag 16 maart." in page
    assert "Nog 14 dagen Antwoordt ten laatste op maandag 16 maart." in page


def test_each_line_tells_what_happened(here: Town, sara: PageClient, noor: Registered) -> None:
    with here.at_organiser(here.mias_nestje):
        inquiry = Inquiry.objects.get(location=here.mias_nestje)
        mark_seen(inquiry_id=inquiry.id, actor=here.manager, now=here.now)
    say(here, noor, here.regenboog_centrum, No(reason=NoReason.DAYS_FULL, possible_pattern=MONDAY))
    page = text(sara.get(home(noor)))
    assert "Op de dagen die je vroeg, is er geen plaats. Wel mogelijk: maandag hele dag." in page
    assert re.search(r"gelezen 2 mrt antwoord", page)


def test_who_is_late_is_said_with_what_the_desk_does(here: Town, sara: PageClient, noor: Registered) -> None:
    with clock.stopped_at(here.now + timedelta(days=15)):
        page = text(sara.get(home(noor)))
    assert "2 zijn te laat: het loket vraagt het na." in page
    assert page.count("Te laat met antwoorden") == 2


def test_the_list_shows_every_request_of_the_family(here: Town, client_for: ClientFor, noor: Registered) -> None:
    deniz = here.ask(here.deniz())
    page = text(client_for(noor, deniz).get("/ninove/mijn/"))
    assert "Opvang voor Noor" in page
    assert "Opvang voor Deniz" in page


def test_who_read_the_file_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    assert "Nog niemand las je vraag" in text(sara.get(f"{home(noor)}gelezen/"))
    with here.at_desk():
        inquiry = Inquiry.objects.get(location=here.mias_nestje)
        facts: dict[str, Any] = {"at": here.now, "desk_id": here.ninove.id, "request_id": noor.request_id}
        record("request.read", actor=here.worker, subject_kind="request", subject_id=noor.request_id, **facts)
        record("inquiry.read", actor=here.manager, subject_kind="inquiry", subject_id=inquiry.id, **facts)
    page = text(sara.get(f"{home(noor)}gelezen/"))
    assert "Iemand van het loket las je vraag" in page
    assert "Mia&#x27;s Nestje las je vraag" in page


def test_the_dates_go_into_a_calendar(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    file = sara.get(f"{home(noor)}agenda.ics").content.decode()
    assert "SUMMARY:De Regenboog Centrum: laatste dag om te antwoorden\r\n" in file
    assert "DTSTART;VALUE=DATE:20260312\r\n" in file
    assert "SUMMARY:Mia's Nestje: antwoord verwacht\r\n" in file
    assert "Noor" not in file


# Who may


PAGES = (
    "", "aannemen/de-regenboog-centrum/", "niet-nemen/de-regenboog-centrum/", "veranderen/", "opvang/",
    "opvang/erbij/het-klavertje/", "opvang/weg/mias-nestje/", "stoppen/", "geboren/", "gelezen/", "agenda.ics",
    "ik-zoek-nog/", "versturen/", "gestart/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_door(client_for: ClientFor, noor: Registered, address: str) -> None:
    answered = client_for().get(home(noor) + address)
    assert answered.status_code == 302
    assert answered.headers["Location"].startswith("/ninove/aanmelden/?na=")


@pytest.mark.parametrize("address", PAGES)
def test_the_request_of_another_family_is_not_found(
    here: Town, client_for: ClientFor, noor: Registered, address: str
) -> None:
    other = client_for(here.ask(here.deniz()))
    assert other.get(home(noor) + address).status_code == 404
    assert other.post(home(noor) + address).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_another_desk_does_not_know_the_request(sara: PageClient, noor: Registered, address: str) -> None:
    answered = sara.get(f"/overstroom/mijn/{noor.reference}/{address}")
    assert answered.status_code == 302
    assert answered.headers["Location"].startswith("/overstroom/aanmelden/")


@pytest.mark.parametrize("address", PAGES)
def test_opening_a_page_changes_nothing(here: Town, sara: PageClient, noor: Registered, address: str) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    before = [str(vars(stored(noor)) | {"_state": None})]
    sara.get(home(noor) + address)
    assert [str(vars(stored(noor)) | {"_state": None})] == before
    with across_desks("nothing moved"):
        assert Offer.objects.get().state == "open"
        assert set(Inquiry.objects.values_list("state", flat=True)) == {"answered_yes", "sent"}


# Offers


def test_an_offer_is_a_letter_and_is_taken_in_two_clicks(here: Town, sara: PageClient, noor: Registered) -> None:
    start = stored(noor).start_on + timedelta(days=31)
    given = Alternative(start_on=start, pattern=MONDAY, message="We kijken uit naar Noor.")
    say(here, noor, here.regenboog_centrum, given)
    page = sara.get(home(noor))
    words = text(page)
    assert (
        "De Regenboog Centrum heeft een plaats voor je. Antwoord ten laatste op donderdag 12 maart (nog 10 dagen)."
        in words
    )
    assert "Een voorstel van De Regenboog Centrum" in words
    assert "We kijken uit naar Noor." in words
    assert "Niet bij dit voorstel: dinsdag hele dag." in words
    assert "De start is later" in words
    [first_click] = re.findall(r'class="button" href="([^"]+/aannemen/[^"]+)"', page.content.decode())
    confirm = sara.get(first_click)
    assert "Je vraag stopt bij: Mia&#x27;s Nestje." in text(confirm)
    done = sara.post(first_click, follow=True)
    assert "Gelukt: Noor heeft een plaats bij De Regenboog Centrum." in text(done)
    assert "Noor start op" in text(done)
    assert stored(noor).state == "placed"
    with across_desks("what it came to"):
        assert Placement.objects.get().start_on == start
        assert Inquiry.objects.get(location=here.mias_nestje).state == "withdrawn"


def test_taking_a_place_twice_does_no_harm(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    address = f"{home(noor)}aannemen/de-regenboog-centrum/"
    for _ in range(2):
        told = text(sara.post(address, follow=True))
        assert "Gelukt: Noor heeft een plaats bij De Regenboog Centrum." in told
        assert "Dit voorstel staat niet meer open." not in told
    with across_desks("one place"):
        assert Placement.objects.count() == 1


def test_an_offer_that_does_not_fit_is_left_with_a_reason(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    address = f"{home(noor)}niet-nemen/de-regenboog-centrum/"
    assert "Kies een antwoord." in text(sara.post(address, {}))
    left = sara.post(address, {"reason": "prijs"}, follow=True)
    assert "De Regenboog Centrum weet dat je deze plaats niet neemt." in text(left)
    with across_desks("the reason"):
        assert (Offer.objects.get().state, Offer.objects.get().decline_reason) == ("declined", "prijs")
    assert stored(noor).state == "open"


def test_who_found_care_elsewhere_is_asked_whether_to_stop(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    left = sara.post(f"{home(noor)}niet-nemen/de-regenboog-centrum/", {"reason": "elders_gevonden"}, follow=True)
    assert "Wil je stoppen met zoeken?" in text(left)
    assert re.search(r'value="elders-hier"[^>]*checked', left.content.decode())


def test_the_family_may_stay_listed_where_the_desk_allows_it(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(may_stay_listed=True))
    asked = here.ask(here.noor())
    with here.at_desk():
        confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
    say(here, asked, here.regenboog_centrum, Yes())
    sara = client_for(asked)
    address = f"{home(asked)}aannemen/de-regenboog-centrum/"
    assert "Wil je nog verder zoeken bij deze opvang?" in text(sara.get(address))
    sara.post(address, {"keep": [str(here.mias_nestje.id)]})
    with across_desks("still asked"):
        assert Inquiry.objects.get(location=here.mias_nestje).state == "sent"


@pytest.fixture
def both(here: Town) -> tuple[Registered, Registered]:
    """The questions for Noor and Lou, asked together."""
    with here.at_desk():
        noor, lou = ask(
            desk_id=here.ninove.id,
            questions=[here.noor(), here.noor(child=AskedChild(first_name="Lou", birth_on=here.today))],
            together=True,
            actor=VISITOR,
            now=here.now,
            randomness=here.randomness,
        )
        confirm_contact(request_ids=[noor.request_id, lou.request_id], actor=VISITOR, now=here.now)
    return noor, lou


def test_one_place_of_two_asked_together_is_taken_only_on_purpose(
    here: Town, client_for: ClientFor, both: tuple[Registered, Registered]
) -> None:
    noor, lou = both
    say(here, noor, here.regenboog_centrum, Yes())
    sara = client_for(noor, lou)
    assert "Bekijk ook de vraag voor Lou" in text(sara.get(home(noor)))
    address = f"{home(noor)}aannemen/de-regenboog-centrum/"
    page = text(sara.get(address))
    assert "De Regenboog Centrum deed nog geen voorstel voor Lou." in page
    assert "Duid dit aan als je toch alleen deze plaats neemt." in text(sara.post(address, {}))
    assert [stored(one).state for one in both] == ["open", "open"]
    assert "Gelukt: Noor heeft een plaats" in text(sara.post(address, {"apart": "on"}, follow=True))
    assert [stored(one).state for one in both] == ["placed", "open"]


def test_two_places_asked_together_are_taken_in_one_go(
    here: Town, client_for: ClientFor, both: tuple[Registered, Registered]
) -> None:
    for one in both:
        say(here, one, here.regenboog_centrum, Yes())
    sara = client_for(*both)
    address = f"{home(both[0])}aannemen/de-regenboog-centrum/"
    assert "Je neemt in één keer ook de plaats voor Lou." in text(sara.get(address))
    assert "Gelukt: Noor en Lou hebben een plaats bij De Regenboog Centrum." in text(sara.post(address, follow=True))
    assert [stored(one).state for one in both] == ["placed", "placed"]


def test_a_place_that_is_gone_is_told_kindly(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=date(2026, 1, 1))
    here.choose(Procedure(offer_holds_place=False))
    families = []
    for question in (here.noor(), here.deniz(pattern=here.noor().pattern, start_on=here.noor().start_on)):
        asked = here.ask(question)
        with here.at_desk():
            confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
        families.append(asked)
    for asked in families:
        say(here, asked, here.regenboog_centrum, Yes())
    for asked, status in zip(families, (302, 409), strict=True):
        answered = client_for(asked).post(f"{home(asked)}aannemen/de-regenboog-centrum/")
        assert answered.status_code == status
    assert "Deze plaats is net ingenomen" in text(answered)
    assert "Je vraag blijft lopen." in text(answered)


def test_an_expired_offer_says_what_to_do(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    with clock.stopped_at(here.now + timedelta(days=11)):
        page = text(sara.get(home(noor)))
        assert "De tijd om te kiezen is voorbij. Bel het loket als je nog wil." in page
        gone = sara.post(f"{home(noor)}aannemen/de-regenboog-centrum/", follow=True)
        assert "Dit voorstel staat niet meer open." in text(gone)


def test_when_all_said_no_the_page_says_what_still_fits(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, No(reason=NoReason.FULL))
    say(here, noor, here.mias_nestje, No(reason=NoReason.DAYS_FULL, possible_pattern=MONDAY))
    page = text(sara.get(home(noor)))
    assert "Er is nog geen plaats voor Noor. Het loket zoekt met je mee." in page
    assert "Dit kan nog" in page
    assert "Mia&#x27;s Nestje heeft plaats op maandag hele dag." in page


# Changing


WISH = {
    "start_1_day": "1", "start_1_month": "9", "start_1_year": "2026", "until": "school", "wanted": "",
    "week_ma_vm": "need", "week_ma_nm": "need",
}  # fmt: skip


def test_the_effect_of_a_change_is_shown_before_it_is_made(here: Town, client_for: ClientFor, noor: Registered) -> None:
    with clock.stopped_at(here.now + timedelta(days=20)):
        sara = client_for(noor)
        address = f"{home(noor)}veranderen/"
        assert re.search(r'name="week_di_nm" value="need"[^>]*checked', sara.get(address).content.decode())
        shown = sara.post(address, WISH)
        assert "Deze opvang krijgt je nieuwe vraag: De Regenboog Centrum, Mia&#x27;s Nestje." in text(shown)
        assert "Ze antwoorden ten laatste op zondag 5 april 2026." in text(shown)
        with across_desks("not yet"):
            assert WishVersion.objects.count() == 1
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode()))
        saved = sara.post(address, hidden | {"act": "save"}, follow=True)
    assert "Elke opvang in je lijst krijgt ze opnieuw." in text(saved)
    assert "Eerst vroeg je: maandag en dinsdag hele dag" in text(saved)
    with across_desks("a new round"):
        assert WishVersion.objects.latest("number").parts == MONDAY.mask
        assert set(Inquiry.objects.filter(round=2).values_list("state", flat=True)) == {"sent"}
    assert stored(noor).parts == here.noor().pattern.mask


def test_a_change_too_soon_names_the_day(here: Town, sara: PageClient, noor: Registered) -> None:
    shown = sara.post(f"{home(noor)}veranderen/", WISH)
    assert "Je kan je vraag opnieuw veranderen vanaf maandag 16 maart 2026." in text(shown)
    assert "Ja, verander mijn vraag" not in text(shown)
    refused = sara.post(f"{home(noor)}veranderen/", WISH | {"act": "save"})
    assert "Een nieuwe ronde kan vanaf maandag 16 maart 2026." in text(refused)
    assert re.search(r'name="week_ma_nm" value="need"[^>]*checked', refused.content.decode())


def test_a_change_without_a_difference_is_not_made(here: Town, sara: PageClient, noor: Registered) -> None:
    page = sara.get(f"{home(noor)}veranderen/").content.decode()
    same = {
        **dict(re.findall(r'name="(week_\w+)" value="(need)"[^>]*checked', page)),
        **dict(re.findall(r'name="(start_1_\w+)" value="(\w+)"', page)),
        "until": "school",
    }
    assert "Er is niets veranderd." in text(sara.post(f"{home(noor)}veranderen/", same))
    wrong = sara.post(f"{home(noor)}veranderen/", same | {"start_1_day": "45"})
    assert "De dag is een getal van 1 tot 31." in text(wrong)
    assert 'value="45"' in wrong.content.decode()


def test_a_location_is_added_after_its_effect_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    listed = sara.get(f"{home(noor)}opvang/?plaats=klaver")
    [address] = re.findall(r'href="([^"]+/erbij/het-klavertje/)"', listed.content.decode())
    effect = sara.get(address)
    assert "Deze opvang krijgt je vraag meteen." in text(effect)
    assert "Ze antwoordt ten laatste op maandag 16 maart 2026." in text(effect)
    added = sara.post(address, follow=True)
    assert "Het Klavertje staat in je lijst." in text(added)
    again = sara.post(address, follow=True)
    assert "Deze opvang staat al in de lijst." in text(again)
    with across_desks("asked"):
        assert Inquiry.objects.get(location=here.het_klavertje).state == "sent"


def test_a_location_is_dropped_after_its_effect_is_shown(here: Town, sara: PageClient, noor: Registered) -> None:
    address = f"{home(noor)}opvang/weg/mias-nestje/"
    assert "Deze opvang hoeft niet meer te antwoorden." in text(sara.get(address))
    assert "Mia&#x27;s Nestje staat niet meer in je lijst." in text(sara.post(address, follow=True))
    assert sara.get(address).status_code == 404
    with across_desks("withdrawn"):
        assert Inquiry.objects.get(location=here.mias_nestje).state == "withdrawn"


def test_a_location_with_an_offer_is_answered_first(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.mias_nestje, Yes())
    address = f"{home(noor)}opvang/weg/mias-nestje/"
    assert "Antwoord daar eerst op." in text(sara.get(address))
    assert "Neem het eerst aan of weiger het." in text(sara.post(address, follow=True))


def test_a_new_order_leaves_the_first_order_for_the_report(here: Town, sara: PageClient, noor: Registered) -> None:
    sara.post(f"{home(noor)}opvang/", {"act": "up:mias-nestje"})
    names = re.findall(r'class="pick-name">([^<]+)<', sara.get(f"{home(noor)}opvang/").content.decode())
    assert names == ["Mia&#x27;s Nestje", "De Regenboog Centrum"]
    with across_desks("as first chosen"):
        first = RequestedLocation.objects.order_by("position").values_list("location__slug", flat=True)
        assert list(first) == ["de-regenboog-centrum", "mias-nestje"]


@pytest.mark.parametrize(
    ("why", "state"),
    [
        ("elders-hier", "found_elsewhere"),
        ("elders-ander", "found_elsewhere"),
        ("niet-meer-nodig", "lapsed"),
        ("verhuisd", "lapsed"),
        ("miskraam", "lapsed"),
        ("intrekken", "withdrawn"),
    ],
)
def test_a_search_ends_with_a_reason(here: Town, sara: PageClient, noor: Registered, why: str, state: str) -> None:
    address = f"{home(noor)}stoppen/"
    assert "Kies een antwoord." in text(sara.post(address, {}))
    ended = sara.post(address, {"why": why}, follow=True)
    assert "Je vraag is gesloten. De opvang weet het ook." in text(ended)
    assert stored(noor).state == state
    assert "Stoppen met zoeken" not in text(ended)
    again = sara.post(address, {"why": "niet-meer-nodig"}, follow=True)
    assert again.status_code == 200


def test_who_has_a_place_is_not_offered_to_search_on(here: Town, sara: PageClient, noor: Registered) -> None:
    say(here, noor, here.mias_nestje, Yes(), at=here.now)
    sara.post(f"{home(noor)}aannemen/mias-nestje/")
    mine = text(sara.get(home(noor)))
    for words in ("Opvang toevoegen of weghalen", "Dagen of start veranderen", "Stoppen met zoeken", "dan bellen wij"):
        assert words not in mine
    assert "De opvang gaat niet door" in mine
    assert "Deze vraag zoekt geen opvang meer." in text(sara.get(f"{home(noor)}opvang/", follow=True))
    asked = text(sara.get(f"{home(noor)}stoppen/"))
    assert "De plaats van Noor gaat dan naar een ander kind." in asked
    assert "Ja, geef de plaats terug" in asked
    start_on = stored(noor).start_on
    with clock.stopped_at(here.now + (start_on - here.today)):
        assert "De opvang gaat niet door" not in text(sara.get(home(noor)))


def test_one_click_says_that_the_family_still_searches(here: Town, client_for: ClientFor, noor: Registered) -> None:
    later = here.now + timedelta(weeks=8)
    with clock.stopped_at(later):
        sara = client_for(noor)
        assert "Zoek je nog een plaats?" in text(sara.get(home(noor)))
        page = text(sara.post(f"{home(noor)}ik-zoek-nog/", follow=True))
    assert "Dank je. We zoeken verder met je mee." in page
    assert "Zoek je nog een plaats?" not in page
    assert stored(noor).confirmed_current_on == later.date()


def test_who_signed_in_by_code_can_send_at_once(here: Town, client_for: ClientFor) -> None:
    asked = here.ask(here.noor())
    sara = client_for(asked)
    assert "Ja, verstuur mijn vraag" in text(sara.get(home(asked)))
    sent = text(sara.post(f"{home(asked)}versturen/", follow=True))
    assert "Je vraag is vertrokken." in sent
    assert "Je vraag ligt bij 2 opvanglocaties." in sent
    assert stored(asked).state == "open"


def test_a_birth_keeps_the_date_of_the_request(here: Town, client_for: ClientFor) -> None:
    asked = here.ask(here.deniz())
    family = client_for(asked)
    address = f"{home(asked)}geboren/"
    wrong = family.post(address, {"birth_day": "1", "birth_month": "3", "birth_year": "2027", "first_name": ""})
    assert "Kies een datum tot en met maandag 2 maart 2026." in text(wrong)
    assert "Vul de voornaam van je kind in." in text(wrong)
    news = {"birth_day": "28", "birth_month": "2", "birth_year": "2026", "first_name": "Deniz"}
    assert "Proficiat met Deniz!" in text(family.post(address, news, follow=True))
    with across_desks("born"):
        assert CareRequest.objects.get().child.birth_on == date(2026, 2, 28)
        assert CareRequest.objects.get().registered_at == here.now
    assert family.get(address).status_code == 302


def test_the_start_is_confirmed_in_one_click(here: Town, client_for: ClientFor, noor: Registered) -> None:
    say(here, noor, here.regenboog_centrum, Yes())
    client_for(noor).post(f"{home(noor)}aannemen/de-regenboog-centrum/")
    start = stored(noor).start_on
    with clock.stopped_at(datetime(start.year, start.month, start.day, 9, 0, tzinfo=UTC)):
        sara = client_for(noor)
        assert "Is de opvang gestart zoals afgesproken?" in text(sara.get(home(noor)))
        page = text(sara.post(f"{home(noor)}gestart/", follow=True))
    assert "Dank je." in page
    assert "Is de opvang gestart" not in page
    with across_desks("confirmed"):
        assert Placement.objects.get().confirmed_at is not None


def test_query_counts_do_not_grow(here: Town, client_for: ClientFor, noor: Registered) -> None:
    def queries(client: PageClient, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    few = client_for(noor)
    one_location = {address: queries(few, address) for address in ("/ninove/mijn/", home(noor), f"{home(noor)}opvang/")}
    for location in (here.het_klavertje, here.regenboog_denderhof):
        few.post(f"{home(noor)}opvang/erbij/{location.slug}/")
    assert {address: queries(few, address) for address in one_location} == one_location
    many = client_for(noor, *(here.ask(here.deniz()) for _ in range(4)))
    assert queries(many, "/ninove/mijn/") == one_location["/ninove/mijn/"]

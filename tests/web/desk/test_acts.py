"""What a worker does in a file: each act does its one thing, and what it refuses keeps what was typed."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import FULL, YES, Journey, asks, asks_together, looking
from tests.web.conftest import NOW, ClientFor, PageClient
from tests.web.filling import day, week

from opvangloket.domains.distribution.models import Answer, CareChange
from opvangloket.domains.requests.models import CareRequest, DeskTask, Note
from opvangloket.foundation import clock
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(client_for: ClientFor, here: Town) -> PageClient:
    return client_for(here.amina)


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id))


def _do(amina: PageClient, noor: Journey, act: str, **typed: Any) -> str:
    """Post an act and return the words of the page that follows."""
    with clock.stopped_at(noor.now):
        return amina.post(f"/werk/ninove/gezin/{noor.registered.reference}/{act}/", typed, follow=True).content.decode()


def _notes(noor: Journey) -> list[str]:
    with looking():
        return list(Note.objects.filter(request_id=noor.request_id).order_by("at", "id").values_list("text", flat=True))


def test_a_call_is_written_down(amina: PageClient, noor: Journey) -> None:
    assert "Genoteerd." in _do(amina, noor, "notitie", contact="called_family", text="Denkt na tot vrijdag")
    assert _notes(noor) == ["Gebeld met het gezin: Denkt na tot vrijdag"]
    refused = _do(amina, noor, "notitie", contact="note", text="Haar nummer is 85.07.30-033 28")
    assert "Schrijf hier geen rijksregisternummer." in refused
    assert "85.07.30-033 28" in refused
    assert len(_notes(noor)) == 1


def test_a_task_is_finished_with_a_note(amina: PageClient, here: Town) -> None:
    noor = asks(here, own_words="Oma helpt.")
    with looking():
        task = DeskTask.objects.get(request_id=noor.request_id)
    assert "Klaar." in _do(amina, noor, "taak", task=str(task.id), note="Gelezen en gebeld")
    with looking():
        task.refresh_from_db()
    assert (task.note, task.done_by_id) == ("Gelezen en gebeld", here.amina.id)


def test_a_task_of_another_family_is_not_touched(amina: PageClient, here: Town, noor: Journey) -> None:
    asks(here, here.deniz(own_words="Oma helpt."))
    with looking():
        task = DeskTask.objects.get(kind="own_words")
    assert "We vinden deze taak niet." in _do(amina, noor, "taak", task=str(task.id))
    with looking():
        task.refresh_from_db()
    assert task.done_at is None


def test_an_answer_by_phone_becomes_an_offer(amina: PageClient, noor: Journey) -> None:
    said = _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="yes")
    assert "doet een voorstel" in said
    with looking():
        answer = Answer.objects.get(inquiry__request_id=noor.request_id)
    assert (answer.kind, answer.door, answer.entered_by_id) == ("yes", "phone", noor.here.amina.id)
    assert "Ingegeven door het loket." in said


def test_an_answer_on_paper_may_be_something_else(amina: PageClient, noor: Journey) -> None:
    typed = {**week("wo", name="pattern"), **day("start_on", noor.today + timedelta(days=130))}
    _do(amina, noor, "antwoord/mias-nestje", door="paper", kind="alternative", **typed)
    with looking():
        answer = Answer.objects.get(inquiry__request_id=noor.request_id)
    assert (answer.kind, answer.door, answer.parts) == ("alternative", "paper", WeekPattern.full_days("wo").mask)


def test_a_no_tells_why_and_what_is_possible(amina: PageClient, noor: Journey) -> None:
    asked = _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="no", reason="dagen_volzet")
    assert "Vraag de opvang wat wel kan" in asked
    assert "Kies waarom de opvang nee zegt." in _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="no")
    typed = week("do", name="possible_pattern")
    said = _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="no", reason="dagen_volzet", **typed)
    assert "zegt nee" in said
    assert "Wel mogelijk: donderdag hele dag." in said


def test_an_answer_is_put_right(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, FULL)
    _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="yes")
    assert noor.events() == ["answered_no", "answered_yes"]


def test_a_place_that_is_not_free_needs_a_reason(amina: PageClient, noor: Journey, here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    assert "Er is geen plaats vrij" in _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="yes")
    _do(amina, noor, "antwoord/mias-nestje", door="phone", kind="yes", over_capacity_reason="Extra begeleider")
    assert noor.events() == ["answered_yes"]


def test_an_answer_without_a_kind_is_asked_again(amina: PageClient, noor: Journey) -> None:
    text = _do(amina, noor, "antwoord/mias-nestje", door="phone", message="Tot gauw")
    assert 'class="error-summary"' in text
    assert "Tot gauw" in text
    assert noor.events() == []


def test_the_desk_stops_waiting(amina: PageClient, noor: Journey) -> None:
    _do(amina, noor, "zonder-antwoord/mias-nestje")
    assert noor.states() == {"Mia's Nestje": "closed_no_answer", "Het Klavertje": "sent"}
    assert "wacht niet op een antwoord" in _do(amina, noor, "zonder-antwoord/mias-nestje")


def test_the_family_accepts_by_phone(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    assert "heeft een plaats bij" in _do(amina, noor, "aannemen/mias-nestje")
    assert noor.state == "placed"
    assert "heeft een plaats bij" in _do(amina, noor, "aannemen/mias-nestje")
    assert noor.events() == ["answered_yes", "offer_accepted"]
    assert "Dit kan hier niet meer." in _do(amina, noor, "aannemen/het-klavertje")


def test_a_place_of_children_asked_together_is_taken_apart_on_purpose(amina: PageClient, here: Town) -> None:
    noor, lou = asks_together(here, "Noor", "Lou")
    noor.answers(here.mias_nestje, YES)
    refused = _do(amina, noor, "aannemen/mias-nestje")
    assert "Er is hier nog geen voorstel voor Lou." in refused
    assert "Duid dit aan als het gezin toch alleen deze plaats neemt." in refused
    assert "heeft een plaats bij" in _do(amina, noor, "aannemen/mias-nestje", apart="on")
    assert [noor.state, lou.state] == ["placed", "open"]


def test_the_family_declines_by_phone_with_a_reason(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    assert 'class="error-summary"' in _do(amina, noor, "weigeren/mias-nestje")
    assert "Het voorstel is geweigerd." in _do(amina, noor, "weigeren/mias-nestje", reason="afstand")
    assert noor.last_event().reason == "afstand"


def test_an_offer_gets_more_time(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    later = noor.today + timedelta(days=20)
    assert "Het gezin kan antwoorden tot en met" in _do(
        amina, noor, "meer-tijd/mias-nestje", **day("reply_by_on", later)
    )
    assert noor.offer(here.mias_nestje).reply_by_on == later
    sooner = day("reply_by_on", noor.today)
    assert "Kies een dag die later valt." in _do(amina, noor, "meer-tijd/mias-nestje", **sooner)


def test_a_location_takes_back_its_offer_by_phone(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    _do(amina, noor, "intrekken/mias-nestje")
    assert noor.last_event().kind == "offer_withdrawn"


def test_a_location_is_added_and_dropped(amina: PageClient, noor: Journey) -> None:
    assert "Verstuurd." in _do(amina, noor, "opvang-toevoegen", location="de-regenboog-centrum")
    assert noor.states()["De Regenboog Centrum"] == "sent"
    _do(amina, noor, "schrappen/de-regenboog-centrum")
    assert noor.states()["De Regenboog Centrum"] == "withdrawn"
    assert 'class="error-summary"' in _do(amina, noor, "opvang-toevoegen", location="mias-nestje")


def test_more_than_the_maximum_needs_a_reason(amina: PageClient, here: Town) -> None:
    here.choose(Procedure(max_locations=2))
    noor = asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id))
    assert "Je koos al 2 keer een opvang." in _do(amina, noor, "opvang-toevoegen", location="de-regenboog-centrum")
    typed = {"location": "de-regenboog-centrum", "more_locations_reason": "Dringend"}
    assert "Verstuurd." in _do(amina, noor, "opvang-toevoegen", **typed)
    assert _notes(noor) == ["Dringend"]


def test_what_fits_is_told_beside_each_location(amina: PageClient, here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    plan_places(here.het_klavertje, 3, from_on=here.today)
    noor = asks(here, location_ids=(here.regenboog_centrum.id,))
    text = amina.get(f"/werk/ninove/gezin/{noor.registered.reference}/opvang-toevoegen/").content.decode()
    assert "gezinsopvang · volzet" in text
    assert "groepsopvang · past helemaal" in text
    assert "De Regenboog Centrum" not in text


def test_the_hours_of_the_family_are_told_beside_each_location(amina: PageClient, here: Town) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)  # open from 7 to 18
    late = CareHours.parse("ma 08:00-18:30")
    noor = asks(here, location_ids=(here.regenboog_centrum.id,), hours=late)
    text = amina.get(f"/werk/ninove/gezin/{noor.registered.reference}/opvang-toevoegen/").content.decode()
    assert "past helemaal" not in text
    assert "Op maandag is de plaats vrij van 7 uur tot 18 uur. Gevraagd is tot 18.30 uur." in text


def test_when_every_location_is_listed_there_is_nothing_to_add(amina: PageClient, here: Town) -> None:
    noor = asks(here, location_ids=tuple(location.id for location in here.locations))
    text = amina.get(f"/werk/ninove/gezin/{noor.registered.reference}/opvang-toevoegen/").content.decode()
    assert "Elke opvang van dit loket staat al op de lijst." in text
    assert "Toevoegen en versturen" not in text


def test_a_contact_is_confirmed_and_the_question_leaves(amina: PageClient, here: Town) -> None:
    registered = here.ask(here.noor())
    noor = Journey(here=here, registered=registered, now=NOW)
    assert "Bevestig eerst" in _do(amina, noor, "versturen")
    assert "De vraag is verstuurd." in _do(amina, noor, "contact-bevestigen")
    assert noor.state == "open"
    assert set(noor.states().values()) == {"sent"}
    assert "Elke opvang op de lijst heeft de vraag al." in _do(amina, noor, "versturen")


def test_a_changed_wish_goes_out_in_a_new_round(amina: PageClient, noor: Journey) -> None:
    start = day("start_on", noor.today + timedelta(days=150))
    said = _do(amina, noor, "wens", **start, **week("wo", choice="need"), **week("do", choice="can"))
    assert "Stuur ze in een nieuwe ronde" in said
    assert "kan vanaf" in _do(amina, noor, "nieuwe-ronde")
    assert "De nieuwe vraag is verstuurd." in _do(amina, noor, "nieuwe-ronde", sooner_reason="Nieuw uurrooster")
    assert "Er is niets veranderd." in _do(
        amina, noor, "wens", **start, **week("wo", choice="need"), **week("do", choice="can")
    )
    wrong = _do(amina, noor, "wens", **start, parts_wanted="9", **week("wo", choice="need"))
    assert "Vraag er hoogstens zoveel." in wrong


def test_a_typed_error_is_put_right_with_a_reason(amina: PageClient, noor: Journey) -> None:
    right = {**day("start_on", noor.today + timedelta(days=90)), **week("ma", "di", choice="need")}
    assert 'class="error-summary"' in _do(amina, noor, "typfout", **right)
    assert "Verbeterd." in _do(amina, noor, "typfout", **right, reason="Jaar verkeerd getikt")
    event = noor.last_event()
    assert (event.kind, event.start_on, event.parts) == ("corrected", noor.today + timedelta(days=90), None)
    assert _notes(noor) == ["Jaar verkeerd getikt"]


def test_urgent_is_decided_with_a_reason(amina: PageClient, noor: Journey) -> None:
    _do(amina, noor, "dringend", reason="Mama begint maandag")
    assert noor.tasks() == {"urgent"}
    assert "niet meer dringend" in _do(amina, noor, "dringend", reason="Toch later")
    assert noor.tasks() == set()


def test_contact_and_birth_are_kept_up(amina: PageClient, here: Town) -> None:
    deniz = asks(here, here.deniz()).later(days=101)
    contact = {"phone": "0499 00 00 00", "email": "elif@nieuw.example", "language": "nl", "postcode": "9400"}
    assert "0499 00 00 00" in _do(amina, deniz, "contact", **contact)
    nothing = {"phone": "", "email": "", "language": "nl"}
    assert "Vul een e-mailadres of een telefoonnummer in." in _do(amina, deniz, "contact", **nothing)
    born = {**day("birth_on", here.today + timedelta(days=100)), "first_name": "Deniz"}
    assert "Proficiat" in _do(amina, deniz, "geboorte", **born)
    assert "kan niet. Kijk het jaar na." in _do(amina, deniz, "geboorte", **(born | {"birth_on_year": 2029}))


@pytest.mark.parametrize(
    ("ending", "state", "event"),
    [
        ("found_elsewhere:eigen_gemeente", "found_elsewhere", "found_elsewhere"),
        ("found_elsewhere:andere_gemeente", "found_elsewhere", "found_elsewhere"),
        ("found_elsewhere:onbekend", "found_elsewhere", "found_elsewhere"),
        ("lapsed:niet_meer_nodig", "lapsed", "lapsed"),
        ("lapsed:miskraam", "lapsed", "lapsed"),
        ("lapsed:verhuisd", "lapsed", "lapsed"),
        ("withdrawn", "withdrawn", "withdrawn"),
        ("closed_unanswered", "closed_unanswered", "search_ended"),
    ],
)
def test_a_search_ends_in_each_way_and_goes_on_again(
    amina: PageClient, noor: Journey, ending: str, state: str, event: str
) -> None:
    assert "De vraag is gesloten." in _do(amina, noor, "sluiten", ending=ending)
    assert noor.state == state
    last = noor.last_event()
    assert (last.kind, last.reason) == (event, ending.partition(":")[2])
    assert "De vraag loopt weer." in _do(amina, noor, "heropenen")
    assert noor.state == "open"


def test_what_is_no_real_question_needs_a_reason_and_can_come_back(amina: PageClient, noor: Journey) -> None:
    assert "Schrijf waarom dit geen echte vraag is." in _do(amina, noor, "sluiten", ending="not_genuine")
    _do(amina, noor, "sluiten", ending="not_genuine", reason="Een proef")
    assert noor.state == "not_genuine"
    assert "De vraag telt weer mee." in _do(amina, noor, "toch-meetellen", reason="Toch echt")
    assert noor.state == "open"


def test_care_that_started_is_not_undone(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    noor.later(days=130)
    assert 'class="error-summary"' in _do(amina, noor, "heropenen")
    assert noor.state == "placed"


def test_care_that_never_started_opens_the_search_again(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    _do(amina, noor, "heropenen")
    assert noor.state == "open"
    assert noor.placement().state == "undone"


def test_a_start_is_confirmed_and_care_ends(amina: PageClient, noor: Journey, here: Town) -> None:
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    real = noor.today + timedelta(days=125)
    noor.later(days=126)
    _do(amina, noor, "start/mias-nestje", **day("start_on", real), **week("ma", name="pattern"))
    place = noor.placement()
    assert (place.confirmed_start_on, place.confirmed_parts) == (real, WeekPattern.full_days("ma").mask)
    end_on = noor.today + timedelta(days=30)
    page = _do(amina, noor, "stopt/mias-nestje", **day("end_on", end_on), reason="naar_school", door="paper")
    assert (noor.placement().state, noor.placement().end_on) == ("ended", end_on)
    assert "Opvang bij Mia&#x27;s Nestje stopt op" in page
    with looking():
        assert CareChange.objects.get().door == "paper"
    assert "Het kind gaat naar school." in page
    assert "gaat toch door" in _do(amina, noor, "gaat-door/mias-nestje")
    assert noor.placement().state == "active"
    assert "Dit kan hier niet meer." in _do(
        amina, noor, "start/het-klavertje", **day("start_on", real), **week("ma", name="pattern")
    )


def test_a_direct_placement_is_written_down(amina: PageClient, noor: Journey, here: Town) -> None:
    typed = {"location": "het-klavertje", **day("start_on", noor.today), **week("ma", name="pattern")}
    assert "heeft een plaats bij Het Klavertje" in _do(amina, noor, "rechtstreeks", **typed)
    assert noor.state == "placed"
    assert noor.events() == ["placed_directly"]
    assert noor.states()["Mia's Nestje"] == "withdrawn"


def test_a_family_that_still_searches_says_so(amina: PageClient, noor: Journey) -> None:
    assert "Genoteerd: het gezin zoekt nog." in _do(amina, noor, "zoekt-nog")
    with looking():
        assert CareRequest.objects.get(id=noor.request_id).confirmed_current_on == noor.today

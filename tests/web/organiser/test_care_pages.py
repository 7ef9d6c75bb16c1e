"""While a child is in care, its location changes days, lets it move or says when it leaves; the family hears it."""

from datetime import date, timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import day, week
from tests.web.reading import words

from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership

pytestmark = pytest.mark.django_db
LIST = "/organisator/plaatsingen/"
AGREED = {"how": "agreed"}
ACTS = ("dagen/", "verhuizen/", "stopt/", "blijft/")


def file_of(journey: Journey, more: str = "", at: str = "de-regenboog-centrum") -> str:
    return f"{LIST}{journey.registered.reference}/{at}/{more}"


def test_other_days_from_a_day_on(rosa: PageClient, noor: Journey) -> None:
    assert "Andere dagen" in words(rosa.get(file_of(noor)))
    assert "Andere dagen of uren voor Noor Peeters" in words(rosa.get(file_of(noor, "dagen/")))
    from_on = noor.today + timedelta(days=30)
    typed = day("from_on", from_on) | AGREED | day("agreed_on", noor.today) | week("di", "wo")
    typed |= {"hours_di_start": "7.30", "hours_di_end": "17", "hours_vr_start": "8", "hours_vr_end": "9"}
    page = words(rosa.post(file_of(noor, "dagen/"), typed, follow=True))
    assert "Noor Peeters komt vanaf" in page
    assert "komt het kind op: dinsdag en woensdag hele dag." in page
    with clock.stopped_at(noor.later(days=30).now):
        later = words(rosa.get(file_of(noor)))
    assert "Dinsdag van 7.30 uur tot 17 uur" in later
    assert "vrijdag van" not in later


def test_days_that_are_taken_are_told_and_can_be_taken_on_purpose(here: Town, rosa: PageClient, noor: Journey) -> None:
    here.regenboog_centrum.effective_places.update(places=[0] * 14)
    from_on = noor.today + timedelta(days=30)
    typed = day("from_on", from_on) | AGREED | day("agreed_on", noor.today) | week("ma", "wo")
    page = words(rosa.post(file_of(noor, "dagen/"), typed))
    assert "Er is geen plaats vrij op woensdag hele dag" in page
    assert "Toch doen? Schrijf waarom." in page
    done = rosa.post(file_of(noor, "dagen/"), typed | {"over_capacity_reason": "Broer komt mee."}, follow=True)
    assert "Het gezin krijgt bericht." in words(done)


def test_a_child_moves_and_is_found_at_both_locations(rosa: PageClient, noor: Journey) -> None:
    from_on = noor.today + timedelta(days=30)
    typed = {"location": "de-regenboog-denderhof"} | day("from_on", from_on) | AGREED | day("agreed_on", noor.today)
    page = words(rosa.post(file_of(noor, "verhuizen/"), typed, follow=True))
    assert "naar De Regenboog Denderhof." in page
    there = words(rosa.get(file_of(noor, at="de-regenboog-denderhof")))
    assert "Komt van De Regenboog Centrum." in there
    assert "Start en dagen bevestigen" not in there
    assert "Verhuist op" in words(rosa.get(LIST))
    back = words(rosa.post(file_of(noor, "blijft/"), follow=True))
    assert "Noor Peeters blijft. Het gezin krijgt bericht." in back
    assert "Deze plaats geldt niet meer." in words(rosa.get(file_of(noor, at="de-regenboog-denderhof")))


def test_who_has_one_location_has_nowhere_to_move_to(here: Town, rosa: PageClient, noor: Journey) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(location_id=here.regenboog_centrum.id)
    assert "Naar een andere locatie" not in words(rosa.get(file_of(noor)))
    assert rosa.get(file_of(noor, "verhuizen/"))["Location"] == file_of(noor)


def test_the_last_day_is_told_corrected_and_taken_back(rosa: PageClient, noor: Journey) -> None:
    end_on = noor.today + timedelta(days=40)
    page = words(rosa.post(file_of(noor, "stopt/"), day("end_on", end_on) | {"reason": "verhuisd"}, follow=True))
    assert "De plaats is vrij vanaf" in page
    assert "Het gezin verhuist." in page
    assert "Stopt op" in words(rosa.get(LIST))
    form = words(rosa.get(file_of(noor, "stopt/")))
    assert f'value="{end_on.year}"' in form
    assert "Toch niet: het kind blijft" in page
    assert "Noor Peeters blijft." in words(rosa.post(file_of(noor, "blijft/"), follow=True))


def test_what_was_typed_stays_when_something_misses(rosa: PageClient, noor: Journey) -> None:
    page = words(rosa.post(file_of(noor, "stopt/"), {"end_on_day": "31", "end_on_month": "2", "end_on_year": "2027"}))
    assert 'value="31"' in page
    too_early = day("end_on", noor.placement().start_on) | {"reason": "andere"}
    assert "Kies een datum vanaf" in words(rosa.post(file_of(noor, "stopt/"), too_early))
    late = day("from_on", date(2040, 1, 1)) | AGREED | day("agreed_on", noor.today) | week("ma")
    assert "Dan is de opvang al gestopt." in words(rosa.post(file_of(noor, "dagen/"), late))


def test_before_the_start_is_confirmed_nothing_changes(here: Town, rosa: PageClient) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    assert "Verandert er iets?" not in words(rosa.get(file_of(journey)))


@pytest.mark.parametrize("more", ACTS)
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, noor: Journey, more: str) -> None:
    where = file_of(noor, more)
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    for client in (client_for(here.wim), client_for(here.mia_account)):
        assert client.get(where).status_code == 404
        assert client.post(where).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role="stand_in")
    assert client_for(here.rosa).get(where).status_code == 403


def test_the_planner_counts_a_child_once_and_tells_from_when_its_days_change(rosa: PageClient, noor: Journey) -> None:
    from_on = noor.today + timedelta(days=30)
    rosa.post(
        file_of(noor, "dagen/"), day("from_on", from_on) | AGREED | day("agreed_on", noor.today) | week("di", "wo")
    )
    planner = "/organisator/locaties/de-regenboog-centrum/planner/"
    page = words(rosa.get(planner))
    assert "1 kind in je planner." in page
    assert "Komt dan op andere dagen: zaterdag 29 augustus 2026." in page
    assert "Andere dagen vanaf zaterdag 29 augustus 2026." in words(rosa.get(f"{planner}2026/8/"))

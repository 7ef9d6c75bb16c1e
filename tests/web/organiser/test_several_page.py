"""Many questions answered in one go: each by itself, with what the places allow for all of them together."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.models import Answer, Offer
from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import CareHours, WeekPattern

pytestmark = pytest.mark.django_db
ADDRESS = "/organisator/samen/"
MONDAY = WeekPattern.full_days("ma")


def key(journey: Journey, location: Location) -> str:
    return f"{journey.registered.reference}.{location.slug}"


def chosen(response: Any) -> dict[str, str]:
    """Return what stands on the form: the chosen value of each list, and each text."""
    page = response.content.decode()
    found = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = picked[1] if picked else ""
    inputs = re.findall(r"<input[^>]*>", page)
    for one in inputs:
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        picked = 'type="radio"' not in one or " checked" in one
        if name and value and picked and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1]
    return found


def send(rosa: PageClient, page: Any, **different: str) -> Any:
    return rosa.post(ADDRESS, {**chosen(page), "stap": "versturen", **different}, follow=True)


def at_centrum(here: Town, *patterns: WeekPattern) -> list[Journey]:
    """Let families ask one location for these weeks."""
    ids = (here.regenboog_centrum.id,)
    return [asks(here, location_ids=ids, pattern=pattern) for pattern in patterns]


def test_what_fits_is_counted_for_all_together(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    start_on = here.today + timedelta(days=100)
    ids = (here.regenboog_centrum.id,)
    # The order of the location serves who starts first, whoever asked first.
    second = asks(here, location_ids=ids, pattern=MONDAY, start_on=start_on + timedelta(days=30))
    first = asks(here, location_ids=ids, pattern=MONDAY, start_on=start_on)
    page = rosa.get(f"{ADDRESS}?kies=past")
    stands = chosen(page)
    assert stands[key(first, here.regenboog_centrum)] == "yes.."
    assert stands[key(second, here.regenboog_centrum)].startswith("no.")
    told = send(rosa, page)
    assert "2 gezinnen kregen elk hun antwoord." in words(told)
    assert [first.states()["De Regenboog Centrum"], second.states()["De Regenboog Centrum"]] == [
        "answered_yes",
        "answered_no",
    ]


def test_nothing_is_chosen_for_who_did_not_choose(here: Town, rosa: PageClient) -> None:
    [one] = at_centrum(here, MONDAY)
    page = rosa.get(ADDRESS)
    assert chosen(page)[key(one, here.regenboog_centrum)] == ""
    assert "Kies bij minstens één vraag een antwoord." in words(send(rosa, page))
    with looking():
        assert not Answer.objects.exists()


def test_all_of_it_is_looked_at_once_before_it_goes(here: Town, rosa: PageClient) -> None:
    one, other = at_centrum(here, MONDAY, MONDAY)
    page = rosa.get(f"{ADDRESS}?kies=nee")
    check = rosa.post(ADDRESS, {**chosen(page), "message": "Veel geluk!", "stap": "nakijken"})
    assert "Je antwoordt 2 keer nee." in words(check)
    assert "Verstuur 2 antwoorden" in words(check)
    with looking():
        assert not Answer.objects.exists()
    back = rosa.post(ADDRESS, {**chosen(check), "stap": "terug"})
    assert "Veel geluk!" in words(back)
    assert chosen(back)[key(one, here.regenboog_centrum)].startswith("no.")
    send(rosa, check)
    assert [len(journey.mails("answer_no")) for journey in (one, other)] == [1, 1]
    with looking():
        assert {answer.reason for answer in Answer.objects.all()} == {"volzet"}
        assert {answer.message for answer in Answer.objects.all()} == {"Veel geluk!"}


def test_a_place_that_went_meanwhile_stops_one_answer_and_no_other(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    first, second = at_centrum(here, MONDAY, WeekPattern.full_days("di"))
    page = rosa.get(f"{ADDRESS}?kies=past")
    with here.at_organiser(here.regenboog_centrum):
        [quick] = at_centrum(here, MONDAY)
    quick.answers(here.regenboog_centrum, YES)
    told = words(send(rosa, page))
    assert "1 gezin kreeg je antwoord." in told
    assert "Er is geen plaats vrij op maandag hele dag" in told
    assert first.states()["De Regenboog Centrum"] == "sent"
    assert second.states()["De Regenboog Centrum"] == "answered_yes"
    assert "Wel mogelijk:" in told, "what is left of the list says at once what fits now"


def test_only_what_was_refused_stays_chosen_and_nothing_typed_is_lost(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    week = WeekPattern.full_days("ma", "di")
    ids = (here.regenboog_centrum.id,)
    refused = asks(here, location_ids=ids, pattern=week, part_of_week_ok=True)
    [left_alone] = at_centrum(here, WeekPattern.full_days("do"))
    page = rosa.get(ADDRESS)
    [quick] = at_centrum(here, MONDAY)
    quick.answers(here.regenboog_centrum, YES)
    typed = {key(refused, here.regenboog_centrum): "yes..", "message": "Tot binnenkort!", "reason": "dagen_volzet"}
    again = send(rosa, page, **typed)
    stands = chosen(again)
    assert stands[key(refused, here.regenboog_centrum)].startswith("alternative."), "Tuesday is still free"
    assert stands[key(left_alone, here.regenboog_centrum)] == ""
    assert stands["reason"] == "dagen_volzet"
    assert "Tot binnenkort!" in words(again)
    assert "kreeg je antwoord" not in words(again)
    send(rosa, again, message="Tot binnenkort!")
    assert WeekPattern(refused.offer(here.regenboog_centrum).parts) == WeekPattern.full_days("di")
    assert left_alone.states()["De Regenboog Centrum"] == "sent"


def test_something_else_is_sent_as_it_was_shown(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    week = WeekPattern.full_days("ma", "di")
    [quick] = at_centrum(here, MONDAY)
    quick.answers(here.regenboog_centrum, YES)
    one = asks(here, location_ids=(here.regenboog_centrum.id,), pattern=week, part_of_week_ok=True)
    page = rosa.get(f"{ADDRESS}?kies=past")
    assert "Plaats op dinsdag hele dag." in words(page)
    send(rosa, page)
    assert WeekPattern(one.offer(here.regenboog_centrum).parts) == WeekPattern.full_days("di")


def test_before_the_first_day_to_offer_only_no_can_be_chosen(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    [one] = at_centrum(here, MONDAY)
    with looking():
        one.inquiry(here.regenboog_centrum)
        type(one.inquiry(here.regenboog_centrum)).objects.update(answer_from_on=here.today.replace(year=2027))
    page = rosa.get(f"{ADDRESS}?kies=past")
    assert chosen(page)[key(one, here.regenboog_centrum)] == ""
    forged = send(rosa, page, **{key(one, here.regenboog_centrum): "yes.."})
    assert "Kies een" in words(forged)
    with looking():
        assert not Offer.objects.exists()


@pytest.mark.parametrize("typed", ["yes", "yes.x.", "no.99999.", "alternative..", "alternative.3.gisteren", "<b>"])
def test_what_no_page_ever_wrote_is_refused(here: Town, rosa: PageClient, typed: str) -> None:
    [one] = at_centrum(here, MONDAY)
    page = rosa.get(ADDRESS)
    told = send(rosa, page, **{key(one, here.regenboog_centrum): typed})
    assert told.status_code == 200
    with looking():
        assert not Answer.objects.exists()


def test_a_location_with_two_prices_says_which(here: Town, rosa: PageClient) -> None:
    with here.at_organiser(here.regenboog_centrum):
        type(here.regenboog_centrum).objects.filter(id=here.regenboog_centrum.id).update(tariff=Tariff.MIXED)
    [one] = at_centrum(here, MONDAY)
    page = rosa.get(ADDRESS)
    yes = {key(one, here.regenboog_centrum): "yes.."}
    assert "Prijs, waar er twee zijn" in words(send(rosa, page, **yes))
    send(rosa, page, tariff="income", **yes)
    assert one.offer(here.regenboog_centrum).tariff == "income"


def test_one_location_of_several_may_be_chosen(here: Town, rosa: PageClient) -> None:
    [one] = at_centrum(here, MONDAY)
    other = asks(here, location_ids=(here.regenboog_denderhof.id,))
    page = words(rosa.get(f"{ADDRESS}?locatie=de-regenboog-denderhof"))
    assert key(other, here.regenboog_denderhof) in page
    assert key(one, here.regenboog_centrum) not in page


def test_sixty_families_get_sixty_messages_and_the_page_asks_no_more(
    here: Town, rosa: PageClient, django_assert_max_num_queries: Any
) -> None:
    at_centrum(here, MONDAY)
    rosa.get(ADDRESS)
    with django_assert_max_num_queries(60) as few:
        rosa.get(f"{ADDRESS}?kies=past")
    journeys = at_centrum(here, *[MONDAY] * 59)
    with django_assert_max_num_queries(len(few)):
        page = rosa.get(f"{ADDRESS}?kies=nee")
    assert "60 gezinnen kregen elk hun antwoord." in words(send(rosa, page))
    with looking():
        mails = Message.objects.filter(template="answer_no")
        assert mails.count() == len(set(mails.values_list("request_id", flat=True))) == 60
    for journey in journeys:
        [mail] = journey.mails("answer_no")
        others = {other.registered.reference for other in journeys} - {journey.registered.reference}
        assert not any(reference in mail.text for reference in others)


def test_what_is_sent_together_keeps_the_hours_of_the_place(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    ids = (here.regenboog_centrum.id,)
    journey = asks(here, location_ids=ids, pattern=MONDAY, hours=CareHours.parse("ma 06:00-15:00"))
    page = rosa.get(f"{ADDRESS}?kies=past")
    assert "Plaats op maandag van 7 uur tot 15 uur." in words(page)
    send(rosa, page)
    with looking():
        [offer] = Offer.objects.filter(request_id=journey.request_id)
    assert offer.hours == ["ma 07:00-15:00"]


def test_days_without_hours_of_their_own_are_named_too(here: Town, rosa: PageClient) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    ids, hours = (here.regenboog_centrum.id,), CareHours.parse("ma 06:00-15:00")
    asks(here, location_ids=ids, pattern=WeekPattern.full_days("ma", "di"), hours=hours)
    page = words(rosa.get(f"{ADDRESS}?kies=past"))
    assert "Plaats op maandag en dinsdag hele dag (maandag van 7 uur tot 15 uur)." in page

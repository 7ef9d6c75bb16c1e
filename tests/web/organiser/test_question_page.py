"""One question: read, answered in three ways, corrected, taken back."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor
from tests.web.filling import day
from tests.web.reading import words

from opvangloket.domains.distribution.models import Answer, AnswerDoor
from opvangloket.domains.providers.models import Location, Occupation, Tariff
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
MONDAY = {"alternative-week_ma_vm": "yes", "alternative-week_ma_nm": "yes"}
NO = {"kind": "no", "no-reason": "volzet"}


def address(journey: Journey, location: Location, more: str = "") -> str:
    return f"/organisator/vraag/{journey.registered.reference}/{location.slug}/{more}"


def yes(here: Town, **different: str) -> dict[str, str]:
    return {"kind": "yes", **day("yes-reply_by", here.today + timedelta(days=10)), **different}


def alternative(here: Town, start: date, **different: str) -> dict[str, str]:
    return {
        "kind": "alternative",
        **MONDAY,
        **day("alternative-start", start),
        **day("alternative-reply_by", here.today + timedelta(days=10)),
        **different,
    }


def last_answer(journey: Journey) -> Answer:
    with looking():
        return Answer.objects.filter(inquiry__request_id=journey.request_id).latest("at", "id")


def fill(location: Location, pattern: WeekPattern) -> None:
    Occupation.objects.create(
        location=location, kind="placement", parts=pattern.mask, start_on=date(2026, 1, 1), subject_id=new_id(),
        made_at="2026-01-01T00:00Z",
    )  # fmt: skip


def test_reading_shows_what_is_asked_and_marks_it_as_seen_once(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(
        here,
        hours=CareHours.parse("ma 07:30-17:00|di 07:30-17:00"),
        message_to_locations="Wij komen graag kijken.",
        later_start_months=2,
        part_of_week_ok=True,
        special_need=True,
    )
    client = client_for(here.rosa)
    for _ in range(2):
        page = words(client.get(address(journey, here.regenboog_centrum)))
    for told in (
        "Noor Peeters, 5 maanden bij de start",
        "Antwoord ten laatste op maandag 16 maart.",
        "Dinsdag 30 juni 2026",
        "Maandag en dinsdag van 7.30 uur tot 17 uur",
        "De start mag tot 2 maanden later. Een deel van de week is al goed.",
        "Wij komen graag kijken.",
        "Bel het gezin of het loket voor je antwoordt.",
        "0470 12 34 56",
        "Dit past bij je vrije plaatsen.",
    ):
        assert told in page
    assert "Mia" not in page
    assert journey.inquiry(here.regenboog_centrum).seen_at == here.now
    with here.at_desk():
        assert AuditEvent.objects.filter(action="inquiry.read").count() == 2


def test_a_yes(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    client = client_for(here.rosa)
    answer = client.post(
        address(journey, here.regenboog_centrum, "antwoord/"), yes(here, **{"yes-message": "Welkom!"}), follow=True
    )
    assert "Je antwoord is verstuurd" in words(answer)
    assert "Maandag en dinsdag hele dag, vanaf dinsdag 30 juni 2026." in words(answer)
    given, offer = last_answer(journey), journey.offer(here.regenboog_centrum)
    assert (given.kind, given.door, given.message) == ("yes", AnswerDoor.INBOX, "Welkom!")
    assert (offer.reply_by_on, offer.tariff) == (date(2026, 3, 12), Tariff.INCOME)
    assert len(journey.mails("offer_made")) == 1


def test_an_alternative_with_other_hours(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    start = date(2026, 8, 1)
    posted = alternative(
        here, start, **{"alternative-hours_ma_start": "8", "alternative-hours_ma_end": "16",
                        "alternative-hours_vr_start": "8", "alternative-hours_vr_end": "12"},
    )  # fmt: skip
    answer = client_for(here.rosa).post(address(journey, here.regenboog_centrum, "antwoord/"), posted, follow=True)
    assert "Dinsdag hele dag lukt niet." in words(answer)
    offer = journey.offer(here.regenboog_centrum)
    assert (WeekPattern(offer.parts), offer.start_on) == (WeekPattern.full_days("ma"), start)
    assert offer.hours == ["ma 08:00-16:00"], "hours on a day that is not offered are left out"


def test_a_no_with_what_is_possible(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    posted = {
        **NO,
        "no-reason": "dagen_volzet",
        "no-possible_week_do_vm": "yes",
        **day("no-possible_from", date(2026, 9, 1)),
    }
    answer = client_for(here.rosa).post(address(journey, here.regenboog_centrum, "antwoord/"), posted, follow=True)
    assert "Wel mogelijk: donderdag voormiddag." in words(answer)
    assert "Wel mogelijk: een start vanaf dinsdag 1 september 2026." in words(answer)
    given = last_answer(journey)
    assert (given.reason, given.possible_parts, given.possible_from_on) == (
        "dagen_volzet", WeekPattern.of("do_vm").mask, date(2026, 9, 1),
    )  # fmt: skip


def test_the_best_alternative_is_ready_to_send(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    fill(here.regenboog_centrum, WeekPattern.full_days("di"))
    journey = asks(here, part_of_week_ok=True)
    page = words(client_for(here.rosa).get(address(journey, here.regenboog_centrum)))
    assert "Geen plaats vrij op dinsdag hele dag." in page
    assert "Dit past wel: maandag hele dag, vanaf dinsdag 30 juni 2026 (minder dagen)." in page
    assert 'id="id_alternative-week_ma_vm" checked' in page
    assert 'id="id_alternative-week_di_vm" checked' not in page
    assert '<details class="way is-alternative" name="way" open>' in page


def test_going_over_what_is_free_asks_for_a_reason(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(here)
    fill(here.regenboog_centrum, WeekPattern.full_days("di"))
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    refused = client.post(where, yes(here, **{"yes-message": "Tot gauw"}))
    assert "Er is geen plaats vrij op dinsdag hele dag" in words(refused)
    assert "schrijf waarom je de plaats toch geeft" in words(refused)
    assert "Tot gauw" in words(refused)
    with looking():
        assert not Answer.objects.exists()
    client.post(where, yes(here, **{"yes-over_capacity_reason": "Er vertrekt een kind."}))
    assert journey.offer(here.regenboog_centrum).held


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"kind": "no"}, "Kies een antwoord."),
        ({"kind": "no", "no-reason": "onzin"}, "Kies een antwoord uit de lijst."),
        ({**NO, "no-message": "Zijn nummer is 85.07.30-033 28."}, "rijksregisternummer"),
        ({"kind": "yes", "yes-reply_by_day": "1"}, "Vul ook de maand en het jaar in."),
        ({"kind": "yes", **day("yes-reply_by", date(2026, 3, 1))}, "Kies een datum vanaf maandag 2 maart 2026."),
        ({"kind": "alternative", "alternative-message": "Graag"}, "Kies minstens één dagdeel."),
    ],
)
def test_what_is_not_right_is_asked_again(
    here: Town, client_for: ClientFor, posted: dict[str, str], message: str
) -> None:
    journey = asks(here)
    answer = client_for(here.rosa).post(address(journey, here.regenboog_centrum, "antwoord/"), posted)
    assert answer.status_code == 200
    assert message in words(answer)
    for typed in (value for name, value in posted.items() if name.endswith("message")):
        assert typed in words(answer)
    with looking():
        assert not Answer.objects.exists()


def test_a_choice_of_days_is_asked_where_the_family_left_one(here: Town, client_for: ClientFor) -> None:
    journey = asks(here, pattern=WeekPattern.full_days("ma", "di", "do"), parts_wanted=4)
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    assert "4 halve dagen naar keuze uit de 6 halve dagen" in words(
        client.get(address(journey, here.regenboog_centrum))
    )
    assert "Kies minstens één dagdeel." in words(client.post(where, yes(here)))
    chosen = {f"yes-week_{code}": "yes" for code in WeekPattern.full_days("ma", "do")}
    client.post(where, yes(here, **chosen))
    assert WeekPattern(journey.offer(here.regenboog_centrum).parts) == WeekPattern.full_days("ma", "do")


def test_a_location_with_two_prices_chooses_one(here: Town, client_for: ClientFor) -> None:
    here.regenboog_centrum.tariff = Tariff.MIXED
    here.regenboog_centrum.save()
    journey = asks(here)
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    assert "Kies een antwoord." in words(client.post(where, yes(here)))
    client.post(where, yes(here, **{"yes-tariff": "free"}))
    assert journey.offer(here.regenboog_centrum).tariff == Tariff.FREE


def test_before_answer_from_only_a_no_is_offered(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(answer_from_months=2))
    journey = asks(here)
    client = client_for(here.rosa)
    page = words(client.get(address(journey, here.regenboog_centrum)))
    assert "Een plaats voorstellen kan vanaf donderdag 30 april 2026. Nee zeggen kan nu al." in page
    assert "Ja, zoals gevraagd" not in page
    where = address(journey, here.regenboog_centrum, "antwoord/")
    assert "Een plaats voorstellen kan vanaf" in words(client.post(where, yes(here)))
    client.post(where, NO)
    assert last_answer(journey).kind == "no"


def test_an_answer_is_corrected_by_a_new_one(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    client.post(where, yes(here))
    page = words(client.get(address(journey, here.regenboog_centrum)))
    assert "Ander antwoord geven" in page
    client.post(where, NO | seen(page))
    assert journey.offer(here.regenboog_centrum).state == "withdrawn"
    page = words(client.get(address(journey, here.regenboog_centrum)))
    assert "Je zei nee" in page
    assert "Je zei ja" in page, "the history keeps what was said before"
    assert "Voorstel ingetrokken" in page


def test_what_a_colleague_answered_meanwhile_is_read_before_it_is_replaced(here: Town, client_for: ClientFor) -> None:
    """Two look at the same question: the yes of the first is not taken back by a page that did not show it."""
    journey = asks(here)
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    before = seen(words(client.get(address(journey, here.regenboog_centrum))))
    client.post(where, yes(here) | before)
    page = words(client.post(where, NO | before | {"no-message": "Wij zijn vol."}))
    assert "Deze vraag is al beantwoord." in page
    assert "Je zei ja" in page
    assert "Wij zijn vol.</textarea>" in page
    assert journey.offer(here.regenboog_centrum).state == "open"
    assert len(journey.mails("offer_made")) == 1
    client.post(where, NO | seen(page))
    assert journey.offer(here.regenboog_centrum).state == "withdrawn"


def test_the_same_answer_pressed_twice_is_one(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    client, where = client_for(here.rosa), address(journey, here.regenboog_centrum, "antwoord/")
    before = seen(words(client.get(address(journey, here.regenboog_centrum))))
    answers = [client.post(where, NO | before) for _ in range(2)]
    assert [answer["Location"].endswith("/verstuurd/") for answer in answers] == [True, True]
    assert len(journey.mails("answer_no")) == 1


def seen(page: str) -> dict[str, str]:
    """What a page posts of the answer that it shows."""
    found = re.search(r'name="gezien" value="([^"]*)"', page)
    assert found is not None
    return {"gezien": found[1]}


def test_more_time_and_taking_back(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    client = client_for(here.rosa)
    more = address(journey, here.regenboog_centrum, "voorstel/meer-tijd/")
    assert "Kies een datum vanaf vrijdag 13 maart 2026." in words(client.post(more, day("time-reply_by", here.today)))
    told = client.post(more, day("time-reply_by", date(2026, 3, 20)), follow=True)
    assert "Het gezin kan nu antwoorden tot vrijdag 20 maart 2026." in words(told)
    back = address(journey, here.regenboog_centrum, "voorstel/intrekken/")
    assert "Je voorstel is ingetrokken." in words(client.post(back, follow=True))
    assert journey.offer(here.regenboog_centrum).state == "withdrawn"
    client.post(back)
    assert len(journey.mails("offer_withdrawn")) == 1


def test_an_accepted_offer_leads_to_the_placement(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    page = words(client_for(here.rosa).get(address(journey, here.regenboog_centrum)))
    assert "Het gezin nam je voorstel aan." in page
    assert f"/organisator/plaatsingen/{journey.registered.reference}/de-regenboog-centrum/" in page
    assert "Ander antwoord geven" not in page


def test_a_question_that_ended_elsewhere_shows_no_family(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    client = client_for(here.mia_account)
    page = words(client.get(address(journey, here.mias_nestje)))
    assert "Deze vraag is afgesloten. Je hoeft niets meer te doen." in page
    assert "Noor" not in page
    assert "0470" not in page
    late = client.post(address(journey, here.mias_nestje, "antwoord/"), NO)
    assert "Deze vraag is afgesloten." in words(late)


def test_a_late_answer_still_counts_and_is_marked(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    with clock.stopped_at(here.now + timedelta(days=20)):
        later = replace(here, now=here.now + timedelta(days=20))
        client = client_for(here.rosa)
        client.post(address(journey, here.regenboog_centrum, "antwoord/"), yes(later))
        assert last_answer(journey).late
        assert "Je zei ja, na de termijn" in words(client.get(address(journey, here.regenboog_centrum)))


@pytest.mark.parametrize("more", ["", "antwoord/", "verstuurd/", "voorstel/meer-tijd/", "voorstel/intrekken/"])
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, more: str) -> None:
    journey = asks(here)
    where = address(journey, here.regenboog_centrum, more)
    assert client_for().get(where)["Location"].startswith("/organisator/aanmelden/")
    for client in (client_for(here.wim), client_for(here.mia_account)):
        assert client.get(where).status_code == 404
        assert client.post(where, NO).status_code == 404
    assert client_for(here.rosa).get(f"/organisator/vraag/ZZZZZZZZ/de-regenboog-centrum/{more}").status_code == 404


def test_acts_need_a_post(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    client = client_for(here.rosa)
    for more in ("antwoord/", "voorstel/meer-tijd/", "voorstel/intrekken/"):
        assert client.get(address(journey, here.regenboog_centrum, more)).status_code == 302
    assert journey.offer(here.regenboog_centrum).state == "open"


def test_who_left_may_not_answer(here: Town, client_for: ClientFor) -> None:
    journey = asks(here)
    client = client_for(here.rosa)
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(end_on=here.today)
    answer = client.post(address(journey, here.regenboog_centrum, "antwoord/"), NO)
    assert answer["Location"].startswith("/organisator/werk-voor/"), "where it reads that its role ended"
    with looking():
        assert not Answer.objects.exists()


def test_the_answer_starts_from_the_hours_of_the_place(here: Town, client_for: ClientFor) -> None:
    """De Regenboog Centrum is open from 7 to 18: a family that asks more reads what is possible."""
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(here, hours=CareHours.parse("ma 06:00-15:00|di 08:00-16:00"))
    page = words(client_for(here.rosa).get(address(journey, here.regenboog_centrum)))
    assert "De dagen zijn vrij, maar niet op alle gevraagde uren." in page
    assert "Op maandag is de plaats vrij van 7 uur tot 18 uur. Gevraagd is vanaf 6 uur." in page
    week = "maandag van 7 uur tot 15 uur, dinsdag van 8 uur tot 16 uur"
    assert f"Dit past wel: {week}, vanaf dinsdag 30 juni 2026 (andere uren)." in page
    assert "Past: dinsdag hele dag. Lukt niet: maandag hele dag." in page
    assert "Je belooft dan ook de gevraagde uren." in page
    assert "Dit is meer dan je vrije plaatsen." not in page
    assert "Dit past bij je vrije plaatsen." not in page
    assert '<details class="disclosure" open>' in page
    assert re.search(r'name="alternative-hours_ma_start" id="[^"]+" value="7(.00)?"', page)


def test_hours_that_are_never_possible_are_told_as_such(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(here, hours=CareHours.parse("ma 19:00-21:00"))
    page = words(client_for(here.rosa).get(address(journey, here.regenboog_centrum)))
    assert "De dagen zijn vrij, maar niet op alle gevraagde uren." in page
    assert "Gevraagd is van 19 uur tot 21 uur." in page
    assert "Dit past wel" not in page


def test_a_day_at_impossible_hours_falls_away_where_fewer_days_are_fine(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(here, hours=CareHours.parse("ma 19:00-21:00|di 08:00-16:00"), part_of_week_ok=True)
    page = words(client_for(here.rosa).get(address(journey, here.regenboog_centrum)))
    assert "Dit past wel: dinsdag hele dag, vanaf dinsdag 30 juni 2026 (minder dagen)." in page
    assert "Dit past bij je vrije plaatsen." not in page


def test_hours_that_are_not_right_do_not_hide(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey, client = asks(here), client_for(here.rosa)
    assert '<details class="disclosure" open>' not in words(client.get(address(journey, here.regenboog_centrum)))
    typed = alternative(here, here.today + timedelta(days=120), **{"alternative-hours_ma_start": "kwart voor"})
    page = words(client.post(address(journey, here.regenboog_centrum, "antwoord/"), typed))
    assert '<details class="disclosure" open>' in page
    assert 'value="kwart voor"' in page

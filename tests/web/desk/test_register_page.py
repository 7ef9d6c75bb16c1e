"""Taking a question on one screen: by phone, at the counter, from paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import NOW, ClientFor, PageClient
from tests.web.filling import day

from opvangloket.domains.providers.models import EffectivePlaces
from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.models import CareRequest, RequestedLocation
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db

REGISTER = "/werk/ninove/opnemen/"


@pytest.fixture
def amina(client_for: ClientFor, here: Town) -> PageClient:
    return client_for(here.amina)


def _typed(here: Town, **different: Any) -> dict[str, Any]:
    """Return what is typed while Sara Peeters is on the phone."""
    typed = {
        "channel": "phone",
        "first_name": "Sara",
        "last_name": "Peeters",
        "phone": "0470 12 34 56",
        "email": "sara@voorbeeld.be",
        "street": "Centrumlaan",
        "house_number": "12",
        "postcode": "9400",
        "language": "nl",
        "born_1": "born",
        "child_first_name_1": "Noor",
        "born_2": "born",
        "later_start_months": "2",
        "other_days_ok": "on",
        "place_mias-nestje": "1",
        "place_het-klavertje": "2",
        "step": "register",
        **day("date_1", here.today - timedelta(days=60)),
        **day("start_on", here.today + timedelta(days=120)),
        **{f"week_{code}": "need" for code in WeekPattern.full_days("ma", "di")},
        **{f"week_{code}": "can" for code in WeekPattern.full_days("do")},
    }
    return typed | different


def _only_request() -> CareRequest:
    with looking():
        return CareRequest.objects.select_related("child", "applicant").get()


def test_a_call_becomes_a_question_at_its_locations(amina: PageClient, here: Town) -> None:
    answer = amina.post(REGISTER, _typed(here, reply_Alleenstaanden="yes", reply_LaagInkomen="yes"))
    request = _only_request()
    assert answer["Location"] == f"/werk/ninove/opgenomen/{request.reference}/"
    assert (request.channel, request.registered_by_id, request.state) == ("phone", here.amina.id, "open")
    assert (request.child.first_name, request.child.last_name) == ("Noor", "Peeters")
    assert (request.parts, request.also_parts) == (
        WeekPattern.full_days("ma", "di").mask,
        WeekPattern.full_days("do").mask,
    )
    assert (request.later_start_months, request.other_days_ok, request.part_of_week_ok) == (2, True, False)
    assert request.applicant.residence_nis == "41048"
    assert request.vulnerable
    noor = Journey(here=here, registered=Registered(request.id, request.reference, RequestState.OPEN), now=NOW)
    assert noor.states() == {"Mia's Nestje": "sent", "Het Klavertje": "sent"}
    with looking():
        chosen = RequestedLocation.objects.order_by("position").values_list("location__slug", flat=True)
        assert list(chosen) == ["mias-nestje", "het-klavertje"]

    told = amina.get(answer["Location"]).content.decode()
    assert " – ".join(request.reference) in told
    assert "Je hoort ten laatste op maandag 16 maart 2026 van elke opvang iets." in told


def test_pressed_twice_registers_once_and_another_child_anew(amina: PageClient, here: Town) -> None:
    kept = {"kept": amina.get(REGISTER).context["form"].initial["kept"]}
    first, second = (amina.post(REGISTER, _typed(here, **kept)) for _ in range(2))
    assert first["Location"] == second["Location"] == f"/werk/ninove/opgenomen/{_only_request().reference}/"
    other = amina.post(REGISTER, _typed(here, child_first_name_1="Lotte", not_the_same="on", **kept))
    assert other["Location"] != first["Location"]
    with looking():
        assert CareRequest.objects.count() == 2


def test_the_order_of_the_family_is_kept(amina: PageClient, here: Town) -> None:
    amina.post(REGISTER, _typed(here, **{"place_mias-nestje": "2", "place_het-klavertje": "1"}))
    with looking():
        chosen = RequestedLocation.objects.order_by("position").values_list("location__slug", flat=True)
        assert list(chosen) == ["het-klavertje", "mias-nestje"]


def test_paper_keeps_its_day_of_receipt(amina: PageClient, here: Town) -> None:
    received = day("received_on", here.today - timedelta(days=4))
    amina.post(REGISTER, _typed(here, channel="paper", email="", **received))
    request = _only_request()
    assert request.channel == "paper"
    assert request.registered_at.date() == here.today - timedelta(days=5)  # midnight in Brussels, told in UTC
    told = amina.get(f"/werk/ninove/opgenomen/{request.reference}/").content.decode()
    assert "We bellen je op 0470 12 34 56." in told


def test_a_twin_gets_a_question_of_its_own(amina: PageClient, here: Town) -> None:
    twin = {"child_first_name_2": "Lotte", "together": "on", **day("date_2", here.today - timedelta(days=60))}
    amina.post(REGISTER, _typed(here, **twin))
    with looking():
        children = CareRequest.objects.order_by("id").values_list("child__first_name", "siblings_together")
        assert list(children) == [("Noor", True), ("Lotte", True)]
        assert CareRequest.objects.values("siblings_id").distinct().count() == 1


def test_an_unborn_child_needs_no_name(amina: PageClient, here: Town) -> None:
    expected = {"born_1": "expected", "child_first_name_1": "", **day("date_1", here.today + timedelta(days=90))}
    amina.post(REGISTER, _typed(here, **expected))
    assert _only_request().child.due_on == here.today + timedelta(days=90)


def test_without_locations_it_is_registered_all_the_same(amina: PageClient, here: Town) -> None:
    answer = amina.post(REGISTER, _typed(here, **{"place_mias-nestje": "", "place_het-klavertje": ""}), follow=True)
    assert "We zoeken samen verder." in answer.content.decode()


def test_an_urgent_question_goes_to_every_location_when_the_desk_chose_so(amina: PageClient, here: Town) -> None:
    assert "urgent_to_all" not in amina.get(REGISTER).content.decode()
    here.choose(Procedure(urgent_to_all=True))
    urgent = {"urgent_reason": "StartWerk", "urgent_to_all": "on", **day("start_on", here.today + timedelta(days=20))}
    amina.post(REGISTER, _typed(here, **urgent))
    with looking():
        assert RequestedLocation.objects.count() == 4


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"first_name": ""}, "Voornaam"),
        ({"child_first_name_1": ""}, "Vul de voornaam van het kind in."),
        ({"date_1_year": "2031"}, "kan niet. Kijk het jaar na."),
        ({"start_on_day": ""}, "Vul ook de dag in."),
        ({"start_on_year": "2099"}, "kan niet. Kijk het jaar na."),
        ({"postcode": "0001"}, "Deze postcode kennen we niet."),
        ({"place_het-klavertje": "1"}, "Deze plaats op de lijst koos je twee keer."),
        ({"own_words": "Mijn nummer: 85.07.30-033 28"}, "Schrijf hier geen rijksregisternummer."),
        ({"received_on_day": "1", "received_on_month": "3", "received_on_year": "2026"}, "Alleen papier heeft"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    amina: PageClient, here: Town, different: dict[str, str], message: str
) -> None:
    text = amina.post(REGISTER, _typed(here, **different)).content.decode()
    assert message in text
    assert 'class="error-summary"' in text
    assert 'name="last_name" value="Peeters"' in text
    assert '<option value="1" selected>1</option>' in text
    with looking():
        assert not CareRequest.objects.exists()


def test_more_than_the_maximum_needs_a_reason(amina: PageClient, here: Town) -> None:
    here.choose(Procedure(max_locations=1))
    assert "Dit zijn meer dan 1 locaties." in amina.post(REGISTER, _typed(here)).content.decode()
    amina.post(REGISTER, _typed(here, more_locations_reason="Dringend"))
    assert _only_request().state == "open"


def test_a_known_child_is_seen_while_typing_and_before_registering(amina: PageClient, here: Town) -> None:
    noor = asks(here)
    live = {"HX-Request": "true", "HX-Target": "alike"}
    part = amina.post(REGISTER, _typed(here, step=""), headers=live).content.decode()
    assert part.startswith('<div id="alike"')
    assert f"/werk/ninove/gezin/{noor.registered.reference}/" in part
    text = amina.post(REGISTER, _typed(here)).content.decode()
    assert "Er is al een vraag die erop lijkt." in text
    with looking():
        assert CareRequest.objects.count() == 1
    amina.post(REGISTER, _typed(here, not_the_same="on"))
    with looking():
        assert CareRequest.objects.count() == 2


def test_typing_never_registers(amina: PageClient, here: Town) -> None:
    live = {"HX-Request": "true", "HX-Target": "proposals"}
    part = amina.post(REGISTER, _typed(here), headers=live).content.decode()
    assert part.startswith('<div id="proposals"')
    assert "error" not in part
    with looking():
        assert not CareRequest.objects.exists()


def test_locations_come_nearest_first_with_what_fits(amina: PageClient, here: Town) -> None:
    for number, location in enumerate((here.het_klavertje, here.mias_nestje, here.regenboog_centrum)):
        location.lat, location.lon = 50.83, 4.02 + number / 10
        location.save()
    plan_places(here.mias_nestje, 0, from_on=here.today)
    plan_places(here.het_klavertje, 3, from_on=here.today)
    text = amina.post(REGISTER, _typed(here, step="look")).content.decode()
    assert 'class="error-summary"' not in text
    assert text.index("Het Klavertje") < text.index("Nestje") < text.index("De Regenboog Centrum")
    assert "past helemaal" in text
    assert "volzet" in text
    assert 'name="last_name" value="Peeters"' in text


def test_the_hours_on_the_phone_count(amina: PageClient, here: Town) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)  # open from 7 to 18
    fits = _typed(here, step="look", hours_ma_start="7.30", hours_ma_end="18")
    assert "past helemaal" in amina.post(REGISTER, fits).content.decode()
    late = amina.post(REGISTER, fits | {"hours_ma_end": "18.30"}).content.decode()
    assert "past helemaal" not in late
    assert "niet op de gevraagde uren, wel maandag en dinsdag hele dag (maandag van 7.30 uur tot 18 uur)." in late
    assert "Op maandag is de plaats vrij van 7 uur tot 18 uur. Gevraagd is tot 18.30 uur." in late
    unread = amina.post(REGISTER, fits | {"hours_ma_end": "half"}).content.decode()
    assert "past helemaal" in unread
    assert 'value="half"' in unread


def test_the_end_on_the_phone_counts(amina: PageClient, here: Town) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)
    full_from = here.today + timedelta(days=200)
    EffectivePlaces.objects.update(end_on=full_from)
    plan_places(here.het_klavertje, 0, from_on=full_from)
    assert "past helemaal" not in amina.post(REGISTER, _typed(here, step="look")).content.decode()
    short = _typed(here, step="look", **day("end_on", here.today + timedelta(days=190)))
    assert "past helemaal" in amina.post(REGISTER, short).content.decode()


def test_a_location_is_found_by_name_and_a_chosen_one_stays(amina: PageClient, here: Town) -> None:
    text = amina.post(REGISTER, _typed(here, step="look", location_search="denderhof")).content.decode()
    assert "place_de-regenboog-denderhof" in text
    assert "place_mias-nestje" in text
    assert "place_de-regenboog-centrum" not in text


def test_much_takes_as_many_queries_as_little(amina: PageClient, here: Town) -> None:
    def queries() -> int:
        amina.post(REGISTER, _typed(here, step="look"))
        with CaptureQueriesContext(connection) as captured:
            amina.post(REGISTER, _typed(here, step="look"))
        return len(captured)

    asks(here)
    few = queries()
    for _again in range(4):
        asks(here)
    assert queries() == few

"""Asking one question: page by page, nothing lost, sent once, proved by a code."""

import re
from typing import Any

import pytest
from tests.cast import Town, open_location, plan_places
from tests.web.conftest import ClientFor, PageClient
from tests.web.family.asking import HOME, LOCATIONS, MONDAY_TUESDAY, PAGES, fill_in, mailed_code, post, send, text

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.models import CareRequest, Draft, RequestedLocation
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
STEPS = ("kind", "start", "momenten", "soepel", "opvang", "situatie", "contact")


@pytest.fixture
def family(client_for: ClientFor) -> PageClient:
    return client_for()


def requests() -> list[CareRequest]:
    with across_desks("what a family sent"):
        return list(CareRequest.objects.select_related("child", "applicant").order_by("registered_at", "id"))


def test_the_whole_question_takes_at_most_nine_pages_and_fourteen_mandatory_answers(
    here: Town, family: PageClient
) -> None:
    fill_in(family)
    confirmation = send(family)
    pages = [*STEPS, "nakijken", "klaar"]
    assert len(pages) <= 9
    assert confirmation.redirect_chain == [(f"{HOME}klaar/", 302)]  # type: ignore[attr-defined]
    mandatory = sum(
        len(re.findall(r"<(?:input|select)[^>]* required", family.get(f"{HOME}{s}/").content.decode())) for s in STEPS
    )
    assert mandatory <= 14


def test_what_was_typed_becomes_the_request(here: Town, family: PageClient) -> None:
    fill_in(family)
    send(family)
    [request] = requests()
    assert (request.child.first_name, request.child.last_name) == ("Noor", "Peeters")
    assert str(request.child.birth_on) == "2026-01-02"
    assert str(request.start_on) == "2026-09-01"
    assert request.end_on is None
    assert request.parts == 0b1111
    assert request.characteristics == ["Alleenstaanden"]
    assert (request.later_start_months, request.other_days_ok, request.part_of_week_ok) == (2, True, False)
    assert (request.applicant.email, request.residence_nis) == ("sara.peeters@voorbeeld.be", "41048")
    assert (request.channel, request.state) == ("online", "registered")
    with across_desks("the order of the family"):
        chosen = RequestedLocation.objects.filter(request=request).order_by("position")
        assert tuple(chosen.values_list("location__slug", flat=True)) == LOCATIONS


@pytest.mark.parametrize("step", STEPS)
def test_every_page_shows_again_what_was_typed(family: PageClient, step: str) -> None:
    fill_in(family)
    shown = family.get(f"{HOME}{step}/").content.decode()
    for name, value in PAGES.get(step, {}).items():
        if value and name != "children":
            control = re.search(
                rf'<(?:input|option)[^>]*(?:name="{name}"[^>]*)?value="{re.escape(value)}"[^>]*>', shown
            )
            assert control, name
    assert "Kijk dit nog na" not in shown
    assert "has-error" not in shown


def test_a_wrong_answer_is_kept_and_explained(family: PageClient) -> None:
    answer = family.post(f"{HOME}kind/", PAGES["kind"] | {"date_1_year": "2019"})
    assert answer.status_code == 200
    assert "Een kind van die leeftijd gaat al naar school." in text(answer)
    assert 'value="2019"' in answer.content.decode()
    again = family.get(f"{HOME}kind/")
    assert 'value="2019"' in again.content.decode()
    assert "has-error" not in again.content.decode()


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("kind", {"born_1": ""}, "Kies een antwoord."),
        ("kind", {"born_1": "misschien"}, "Kies een antwoord uit de lijst."),
        ("kind", {"date_1_day": "31", "date_1_month": "2"}, "Deze datum bestaat niet."),
        ("kind", {"date_1_month": "veertien"}, "De maand is een getal van 1 tot 12, of een woord"),
        ("kind", {"date_1_year": "2027"}, "Deze dag komt nog."),
        ("kind", {"first_name_1": ""}, "Vul de voornaam van je kind in."),
        ("kind", {"born_1": "no", "date_1_month": "11", "date_1_year": "2025"}, "Dit kan geen verwachte datum zijn."),
        ("kind", {"first_name_1": "85.07.30-033.28"}, "Schrijf hier geen rijksregisternummer."),
        ("start", {"start_1_year": "2036"}, "Deze dag ligt te ver."),
        ("start", {"start_1_month": "12", "start_1_year": "2025"}, "De opvang kan niet starten voor de geboorte."),
        ("start", {"until": "day"}, "Vul de laatste dag in"),
        (
            "start",
            {"until": "day", "last_day_day": "1", "last_day_month": "8", "last_day_year": "2026"},
            "De laatste dag komt na de eerste.",
        ),
        ("momenten", dict.fromkeys(MONDAY_TUESDAY, "none"), "Kies minstens één moment"),
        ("momenten", dict.fromkeys(MONDAY_TUESDAY, "can"), "Duid aan wat je nodig hebt."),
        ("momenten", {"wanted": "9"}, "Je koos samen 4 dagdelen."),
        ("momenten", {"special": "early"}, "Vul in van wanneer tot wanneer je opvang nodig hebt."),
        (
            "momenten",
            {"special": "early", "hours_vr_start": "6.30", "hours_vr_end": "17"},
            "Je koos geen opvang op vrijdag.",
        ),
        ("momenten", {"special": "early", "hours_ma_start": "half zeven", "hours_ma_end": "17"}, "is geen uur."),
        ("contact", {"email": "sara.peeters"}, "Dit e-mailadres klopt niet."),
        ("contact", {"email": ""}, "Vul een e-mailadres of een gsm-nummer in."),
        ("contact", {"email": "", "phone": "12"}, "Dit nummer klopt niet."),
        ("contact", {"place": "Verweggistan"}, "We kennen deze plaats niet."),
        ("contact", {"place": ""}, "Vul je postcode of gemeente in"),
        ("situatie", {"own_words": "mijn nummer is 85073003328"}, "Schrijf hier geen rijksregisternummer."),
    ],
)
def test_silly_answers_are_refused_kindly(family: PageClient, step: str, typed: dict[str, Any], words: str) -> None:
    post(family, "kind")
    answer = family.post(f"{HOME}{step}/", PAGES[step] | typed)
    assert answer.status_code == 200
    assert words in text(answer)
    assert "Fout: " in text(answer)


def test_a_national_number_is_never_stored(family: PageClient) -> None:
    post(family, "kind")
    family.post(f"{HOME}contact/", PAGES["contact"] | {"first_name": "85.07.30-033.28"})
    assert "85.07.30" not in str(list(Draft.objects.values_list("answers", flat=True)))


def test_unknown_pages_and_acts_do_no_harm(family: PageClient) -> None:
    assert family.get(f"{HOME}iets-anders/").status_code == 404
    assert family.get("/nergens/vraag/kind/").status_code == 404
    assert family.post(f"{HOME}kind/", {"act": "without:99"}).status_code == 302
    assert family.post(f"{HOME}opvang/", {"act": "add:bestaat-niet"}).status_code == 302
    assert family.post(f"{HOME}opvang/", {"act": "add:stroomop-oudeberg"}).status_code == 302  # of another desk
    answer = family.post(f"{HOME}opvang/", {})
    assert "Kies minstens één opvang." in text(answer)


def test_the_check_page_waits_for_every_page(family: PageClient) -> None:
    post(family, "kind")
    assert family.get(f"{HOME}nakijken/").headers["Location"] == f"{HOME}start/"


def test_changing_an_answer_leads_back_to_the_check_page(family: PageClient) -> None:
    fill_in(family)
    check = family.get(f"{HOME}nakijken/")
    assert f'href="{HOME}start/?terug=nakijken"' in check.content.decode()
    changed = family.post(f"{HOME}start/?terug=nakijken", PAGES["start"] | {"start_1_month": "oktober"})
    assert changed.headers["Location"] == f"{HOME}nakijken/"
    assert "Donderdag 1 oktober 2026" in text(family.get(f"{HOME}nakijken/"))


def test_a_twin_is_asked_in_one_go(here: Town, family: PageClient) -> None:
    two = {"children": "2", "born_2": "yes", "first_name_2": "Lou", "together": "together"}
    added = family.post(f"{HOME}kind/", PAGES["kind"] | {"act": "twin"}, follow=True)
    assert added.content.decode().count('value="januari"') == 2
    fill_in(
        family,
        different={"kind": {**two, "date_2_day": "2", "date_2_month": "1", "date_2_year": "2026", "last_name_2": ""}},
    )
    confirmation = send(family)
    noor, lou = requests()
    assert (noor.child.first_name, lou.child.first_name) == ("Noor", "Lou")
    assert noor.siblings_id == lou.siblings_id is not None
    assert noor.siblings_together
    assert noor.applicant_id == lou.applicant_id
    assert text(confirmation).count("Het nummer van je vraag voor") == 2


def test_a_child_can_be_taken_out_again(family: PageClient) -> None:
    two = PAGES["kind"] | {"children": "2", "first_name_2": "Lou", "born_2": "no", "act": "without:1"}
    left = family.post(f"{HOME}kind/", two, follow=True).content.decode()
    assert 'value="Lou"' in left
    assert 'value="Noor"' not in left
    assert "Kind 2" not in left


def test_an_unborn_child_needs_no_name(here: Town, family: PageClient) -> None:
    expected = {"born_1": "no", "first_name_1": "", "date_1_day": "1", "date_1_month": "6", "date_1_year": "2026"}
    fill_in(family, different={"kind": expected})
    send(family)
    [request] = requests()
    assert (request.child.birth_on, str(request.child.due_on)) == (None, "2026-06-01")


def test_any_three_days_are_needed_parts_with_a_number(here: Town, family: PageClient) -> None:
    week = {f"week_{day}_{half}": "can" for day in ("ma", "di", "wo", "do", "vr") for half in ("vm", "nm")}
    fill_in(family, different={"momenten": week | {"wanted": "6"}})
    send(family)
    [request] = requests()
    assert (request.parts, request.also_parts, request.parts_wanted) == (0b1111111111, 0, 6)


def test_early_hours_and_nights_are_kept(here: Town, family: PageClient) -> None:
    hours = {"special": ["early", "night"], "hours_ma_start": "6.30", "hours_ma_end": "18"}
    fill_in(family, different={"momenten": hours})
    send(family)
    [request] = requests()
    assert request.hours == ["ma 06:30-18:00", "nacht"]
    assert request.atypical


def test_the_weekend_appears_when_it_is_asked_for(family: PageClient) -> None:
    assert 'name="week_za_vm"' not in family.get(f"{HOME}momenten/").content.decode()
    shown = family.post(f"{HOME}momenten/", PAGES["momenten"] | {"act": "weekend"}, follow=True).content.decode()
    assert 'name="week_za_vm"' in shown
    assert re.search(r'name="week_ma_vm" value="need"[^>]*checked', shown)


def test_extra_support_is_only_told_when_it_is_needed(here: Town, family: PageClient) -> None:
    support = {"special_need": "no", "support_needed": "een rustige hoek", "support_shared": "on"}
    fill_in(family, different={"situatie": support})
    send(family)
    [request] = requests()
    assert (request.special_need, request.support_needed, request.support_shared) == (False, "", False)


# Locations


def test_a_location_chosen_on_its_own_page_is_in_already(family: PageClient) -> None:
    family.get(f"{HOME}?opvang=mias-nestje")
    assert "1 van 8 gekozen." in text(family.get(f"{HOME}opvang/"))
    post(family, "kind")
    family.get(f"{HOME}?opvang=het-klavertje")
    assert "2 van 8 gekozen." in text(family.get(f"{HOME}opvang/"))


def test_the_order_changes_by_buttons(family: PageClient) -> None:
    for slug in ("mias-nestje", "het-klavertje", "de-regenboog-centrum"):
        family.post(f"{HOME}opvang/", {"act": f"add:{slug}"})
    family.post(f"{HOME}opvang/", {"act": "up:de-regenboog-centrum"})
    family.post(f"{HOME}opvang/", {"act": "down:mias-nestje"})
    family.post(f"{HOME}opvang/", {"act": "drop:het-klavertje"})
    names = re.findall(r'class="pick-name">([^<]+)<', family.get(f"{HOME}opvang/").content.decode())
    assert names == ["De Regenboog Centrum", "Mia&#x27;s Nestje"]


def test_no_more_locations_than_the_procedure_allows(here: Town, family: PageClient) -> None:
    here.choose(Procedure(max_locations=2))
    for slug in ("mias-nestje", "het-klavertje", "de-regenboog-centrum"):
        family.post(f"{HOME}opvang/", {"act": f"add:{slug}"})
    full = family.get(f"{HOME}opvang/")
    assert "2 van 2 gekozen." in text(full)
    assert "Je lijst is vol." in text(full)
    assert "add:" not in full.content.decode()


def test_the_nearest_location_stands_on_top(here: Town, family: PageClient) -> None:
    for number, location in enumerate(here.locations):
        location.lat, location.lon = 50.8355 + number / 100, 4.0233
        location.save(update_fields=["lat", "lon"])
    found = family.get(f"{HOME}opvang/?plaats=9400").content.decode()
    order = re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", found)
    assert order == [location.name.replace("'", "&#x27;") for location in here.locations]
    assert "Dichtst bij 9400 Ninove staat bovenaan." in found


def test_a_location_is_found_by_its_name(family: PageClient) -> None:
    found = family.get(f"{HOME}opvang/?plaats=klaver").content.decode()
    assert re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", found) == ["Het Klavertje"]
    assert "We vinden niets met deze woorden." in text(family.get(f"{HOME}opvang/?plaats=xyzzy"))


def test_who_reports_room_for_the_asked_days_is_marked_and_moves_nobody(here: Town, family: PageClient) -> None:
    post(family, "kind")
    post(family, "start")
    post(family, "momenten")
    before = re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", family.get(f"{HOME}opvang/").content.decode())
    plan_places(here.het_klavertje, 3, from_on=here.today)
    shown = family.get(f"{HOME}opvang/").content.decode()
    assert re.findall(r"<h3><a [^>]+>([^<]+)</a></h3>", shown) == before
    assert shown.count("Meldt plaats op jouw dagen") == 1
    assert re.search(r"Het Klavertje</a>(?:(?!<h3>).)*Meldt plaats", shown, re.DOTALL)


def test_htmx_gets_the_list_alone(family: PageClient) -> None:
    part = family.post(
        f"{HOME}opvang/", {"act": "add:mias-nestje"}, follow=True, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="choose"
    ).content.decode()
    assert part.lstrip().startswith('<div class="choose" id="choose">')
    assert "<html" not in part


def test_where_the_family_searched_is_not_asked_again(family: PageClient) -> None:
    family.post(f"{HOME}opvang/?plaats=9400", {"act": "add:mias-nestje"})
    assert 'value="9400"' in family.get(f"{HOME}contact/").content.decode()


# Sending


def test_an_urgent_question_goes_to_all_where_the_desk_and_the_family_want_so(here: Town, family: PageClient) -> None:
    here.choose(Procedure(urgent_to_all=True))
    soon = {"start_1_day": "16", "start_1_month": "3"}
    fill_in(family, different={"start": soon, "situatie": {"urgent": "WegvallenOpvang", "urgent_to_all": "on"}})
    send(family)
    family.post(f"{HOME}klaar/", {"digits": mailed_code("sara.peeters@voorbeeld.be")})
    with across_desks("who was asked"):
        assert Inquiry.objects.count() == len(here.locations)


def test_sending_twice_makes_one_request_and_one_code(family: PageClient) -> None:
    fill_in(family)
    send(family)
    send(family)
    assert len(requests()) == 1
    assert len([mail for mail in mailbox() if mail.row.subject]) == 1


def test_the_code_sends_the_question_to_all_at_one_moment(here: Town, family: PageClient) -> None:
    fill_in(family)
    confirmation = send(family)
    assert "Nog één stap: vul de code in." in text(confirmation)
    assert family.get("/ninove/mijn/").status_code == 302
    wrong = family.post(f"{HOME}klaar/", {"digits": "000000"})
    assert "Deze code klopt niet" in text(wrong)
    proved = family.post(f"{HOME}klaar/", {"digits": mailed_code("sara.peeters@voorbeeld.be")}, follow=True)
    assert "Je vraag is vertrokken" in text(proved)
    assert "Je vraag ligt bij 2 opvanglocaties." in text(proved)
    assert "Ten laatste op maandag 16 maart 2026 antwoorden ze." in text(proved)
    with across_desks("what was sent"):
        sent = list(Inquiry.objects.values_list("location__slug", "sent_at", "state"))
    assert {slug for slug, _at, _state in sent} == set(LOCATIONS)
    assert {(at, state) for _slug, at, state in sent} == {(here.now, "sent")}
    assert family.get("/ninove/mijn/").status_code == 200


def test_a_new_code_and_another_address_can_be_asked(family: PageClient) -> None:
    fill_in(family, different={"contact": {"email": "sara@verkeerd.be"}})
    send(family)
    family.post(f"{HOME}klaar/", {"act": "again"})
    assert len(mailbox(search="sara@verkeerd.be")) == 2
    assert "Dit e-mailadres klopt niet." in text(family.post(f"{HOME}klaar/", {"act": "address", "email": "sara"}))
    family.post(f"{HOME}klaar/", {"act": "address", "email": "sara@juist.be"})
    proved = family.post(f"{HOME}klaar/", {"digits": mailed_code("sara@juist.be")}, follow=True)
    assert "Je vraag is vertrokken" in text(proved)
    [request] = requests()
    assert request.applicant.email == "sara@juist.be"


def test_guessing_codes_stops(family: PageClient) -> None:
    fill_in(family)
    send(family)
    answers = [family.post(f"{HOME}klaar/", {"digits": f"{n:06}"}).status_code for n in range(16)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_a_family_without_mail_hears_when_it_is_called(family: PageClient) -> None:
    fill_in(family, different={"contact": {"email": "", "phone": "0470 12 34 56"}})
    confirmation = send(family)
    assert "Het loket belt je op 0470 12 34 56." in text(confirmation)
    assert "Binnen 3 dagen belt het loket je." in text(confirmation)
    assert "Code van 6 cijfers" not in text(confirmation)


def test_dates_follow_the_procedure(here: Town, family: PageClient) -> None:
    here.choose(Procedure(send_from_months=5, answer_from_months=4))
    fill_in(family)
    confirmation = text(send(family))
    assert "Op woensdag 1 april 2026 gaat je vraag naar 2 opvanglocaties." in confirmation
    assert "Vanaf vrijdag 1 mei 2026 kunnen ze een plaats voorstellen." in confirmation
    assert "Ten laatste op vrijdag 15 mei 2026 antwoorden ze." in confirmation


def test_asking_again_for_the_same_child_is_told_kindly_and_only_to_who_proved_the_address(
    here: Town, client_for: ClientFor
) -> None:
    for _ in range(2):
        family = client_for()
        fill_in(family)
        assert "misschien al eens" not in text(send(family))
        proved = family.post(f"{HOME}klaar/", {"digits": mailed_code("sara.peeters@voorbeeld.be")}, follow=True)
    assert "Je stelde deze vraag misschien al eens" in text(proved)
    assert len(requests()) == 2


def test_the_dates_go_into_a_calendar(family: PageClient) -> None:
    fill_in(family)
    send(family)
    family.post(f"{HOME}klaar/", {"digits": mailed_code("sara.peeters@voorbeeld.be")})
    file = family.get(f"{HOME}klaar/agenda.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20260316\r\n" in file.content
    assert b"Noor" not in file.content


# Going on later


def test_a_link_goes_on_elsewhere(client_for: ClientFor, family: PageClient) -> None:
    post(family, "kind")
    later = family.post(f"{HOME}start/", PAGES["start"] | {"act": "later"}, follow=True)
    link = re.findall(r'href="http://localhost:8000(/ninove/vraag/verder/[^"]+)"', later.content.decode())[0]
    elsewhere = client_for()
    assert elsewhere.get(link).headers["Location"] == f"{HOME}momenten/"
    assert 'value="Noor"' in elsewhere.get(f"{HOME}kind/").content.decode()
    assert elsewhere.get(f"{HOME}verder/{'x' * 32}/").status_code == 404


def test_the_link_is_mailed_on_request(family: PageClient) -> None:
    post(family, "kind")
    mailed = family.post(f"{HOME}bewaren/", {"email": "sara.peeters@voorbeeld.be"}, follow=True)
    assert "De link is onderweg" in text(mailed)
    [mail] = mailbox(search="sara.peeters@voorbeeld.be")
    assert "/ninove/vraag/verder/" in mail.text
    assert "Dit e-mailadres klopt niet." in text(family.post(f"{HOME}bewaren/", {"email": "sara"}))


def test_after_sending_the_link_leads_to_the_confirmation(client_for: ClientFor, family: PageClient) -> None:
    fill_in(family)
    send(family)
    link = re.findall(r"http://localhost:8000(/ninove/vraag/verder/\S+)", mailbox()[0].text)[0]
    elsewhere = client_for()
    assert elsewhere.get(link).headers["Location"] == f"{HOME}klaar/"
    assert "We hebben je vraag" in text(elsewhere.get(f"{HOME}klaar/"))
    family.get(HOME)
    assert 'value="Noor"' not in family.get(f"{HOME}kind/").content.decode()


def test_query_counts_do_not_grow_with_the_locations(
    here: Town, family: PageClient, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(address: str) -> int:
        family.get(address)
        with CaptureQueriesContext(connection) as captured:
            family.get(address)
        return len(captured)

    fill_in(family)
    few = {step: queries(f"{HOME}{step}/") for step in ("kind", "opvang", "nakijken")}
    with across_desks("many locations"):
        for number in range(12):
            open_location(here.mia, f"Opvang {number}", here.ninove, here.now)
    assert {step: queries(f"{HOME}{step}/") for step in few} == few

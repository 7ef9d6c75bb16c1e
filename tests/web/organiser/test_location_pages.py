"""The own locations: places, free places and the year to come, kept up by their own people."""

import html
import re
from datetime import date, timedelta

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, asks, looking
from tests.web.conftest import ClientFor
from tests.web.filling import kept
from tests.web.reading import words

from opvangloket.domains.providers.models import EffectivePlaces, Occupation, Vacancy
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
MIA = "/organisator/locaties/mias-nestje/"
CENTRUM = "/organisator/locaties/de-regenboog-centrum/"
APRIL = {"start_day": "1", "start_month": "4", "start_year": "2026"}
VACANCY = {**APRIL, "week_do_vm": "yes", "week_do_nm": "yes", "places": "2", "age_group": "mixed", "public": "yes"}


def numbers(number: str) -> dict[str, str]:
    return {f"places_{code}": number for code in PART_CODES[:10]}


def test_whoever_has_one_location_goes_straight_to_it(here: Town, client_for: ClientFor) -> None:
    assert client_for(here.mia_account).get("/organisator/locaties/")["Location"] == MIA
    page = words(client_for(here.rosa).get("/organisator/locaties/"))
    assert "De Regenboog Centrum" in page
    assert "De Regenboog Denderhof" in page


def test_a_location_shows_what_families_see_and_who_asks(here: Town, client_for: ClientFor) -> None:
    page = words(client_for(here.mia_account).get(MIA))
    for told in (
        "Je houdt je plaatsen hier niet bij.",
        "Maandag tot en met vrijdag van 7 uur tot 18 uur",
        "/ninove/opvang/mias-nestje/",
        "/ninove/zo-werkt-het/",
        "/organisator/locaties/mias-nestje/pagina/",
    ):
        assert told in page
    assert "De komende twaalf maanden" not in page


def test_the_year_to_come_is_a_picture_with_its_numbers(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    asks(here).answers(here.regenboog_centrum, YES)
    page = words(client_for(here.rosa).get(CENTRUM))
    assert page.count('class="month"') == 12
    assert "jul 2026" in page
    assert "Plaats vrij: maandag tot en met vrijdag hele dag." in page
    assert "Vrije plaatsen per dagdeel" in page
    assert 'class="tone is-2"' in page


def test_choosing_how_places_are_kept(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    assert "Hoe hou je je plaatsen bij?" in words(client.get(f"{MIA}bijhouden/"))
    assert "Kies een antwoord uit de lijst." in words(client.post(f"{MIA}bijhouden/", {"kind": "x"}))
    told = client.post(f"{MIA}bijhouden/", {"kind": "plan"}, follow=True)
    assert "Je houdt je plaatsen en kinderen hier bij." in words(told)
    assert "We rekenen met je vergunde plaatsen: 8." in words(told)


def test_who_begins_to_keep_places_keeps_what_it_promised_before(here: Town, client_for: ClientFor) -> None:
    journey = asks(here, location_ids=(here.mias_nestje.id,))
    journey.answers(here.mias_nestje, YES)
    assert not Occupation.objects.exists()
    client_for(here.mia_account).post(f"{MIA}bijhouden/", {"kind": "plan"})
    assert set(Occupation.objects.values_list("kind", flat=True)) == {"hold"}
    journey.accepts(here.mias_nestje)
    assert set(Occupation.objects.values_list("kind", flat=True)) == {"placement"}


def test_the_number_of_places_from_a_day_on(here: Town, client_for: ClientFor) -> None:
    plan_places(here.mias_nestje, 8, from_on=here.today)
    client = client_for(here.mia_account)
    assert 'name="places_ma_vm" id="id_places_ma_vm" value="8"' in words(client.get(f"{MIA}plaatsen/"))
    told = client.post(f"{MIA}plaatsen/", {**APRIL, "age_group": "mixed", **numbers("6")}, follow=True)
    assert "6 plaatsen: maandag tot en met vrijdag hele dag" in words(told)
    assert "Vanaf 2 maart 2026 tot en met 31 maart 2026" in words(told)
    april = EffectivePlaces.objects.get(start_on=date(2026, 4, 1))
    client.post(f"{MIA}plaatsen/weg/", {"row": str(april.id)})
    assert [row.end_on for row in EffectivePlaces.objects.all()] == [None]


def team(number: str) -> dict[str, str]:
    return {f"caregivers_{code}": number for code in PART_CODES[:10]}


def test_a_team_is_held_against_the_law_of_its_days(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 18, from_on=here.today)
    client = client_for(here.rosa)
    assert "Kijk je team na." not in words(client.get(CENTRUM))
    posted = {**APRIL, "age_group": "mixed", **numbers("18"), **team("2")}
    told = words(client.post(f"{CENTRUM}plaatsen/", posted, follow=True))
    assert "2 begeleiders op maandag tot en met vrijdag hele dag: hoogstens 18 kinderen." in told
    assert "Vanaf 1 januari 2027 zijn dat er 14." in told
    for page in (CENTRUM, f"{CENTRUM}plaatsen/", f"{CENTRUM}planner/"):
        shown = words(client.get(page))
        assert "Vanaf 1 januari 2027 heb je meer plaatsen dan de kindratio toelaat: 18, en 14 mag." in shown
        assert "hoogstens 7 kinderen van alle leeftijden per begeleider" in shown
    assert 'name="caregivers_ma_vm" id="id_caregivers_ma_vm" value="2"' in words(client.get(f"{CENTRUM}plaatsen/"))
    client.post(f"{CENTRUM}plaatsen/", {**posted, **numbers("14")})
    assert "Kijk je team na." not in words(client.get(CENTRUM))


def test_family_care_is_not_asked_for_a_team_and_reads_its_own_rule(here: Town, client_for: ClientFor) -> None:
    plan_places(here.mias_nestje, 8, from_on=here.today)
    page = words(client_for(here.mia_account).get(f"{MIA}plaatsen/"))
    assert "Met hoeveel begeleiders?" not in page
    assert "Vanaf 1 januari 2027 heb je meer plaatsen dan de kindratio toelaat: 8, en 7 mag." in page
    assert "De regel: hoogstens 7 kinderen tegelijk in gezinsopvang." in page


def test_a_wrong_number_of_caregivers_is_asked_again(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 18, from_on=here.today)
    posted = {**APRIL, "age_group": "mixed", **numbers("18"), **team("twee")}
    answer = words(client_for(here.rosa).post(f"{CENTRUM}plaatsen/", posted))
    assert "twee is geen aantal." in answer
    assert 'id="id_caregivers_ma_vm" value="twee"' in answer
    assert EffectivePlaces.objects.count() == 1


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({**APRIL, "age_group": "mixed"}, "Vul voor minstens één dagdeel een aantal in."),
        ({**APRIL, "age_group": "mixed", "places_ma_vm": "veel"}, "veel is geen aantal."),
        ({**APRIL, "age_group": "mixed", "places_ma_vm": "501"}, "Kies een getal van 0 tot 500."),
        ({"age_group": "mixed", "start_day": "1", "places_ma_vm": "7"}, "Vul ook de maand en het jaar in."),
    ],
)
def test_wrong_numbers_are_asked_again(here: Town, client_for: ClientFor, posted: dict[str, str], message: str) -> None:
    answer = client_for(here.mia_account).post(f"{MIA}plaatsen/", posted)
    assert message in words(answer)
    assert f'value="{posted.get("places_ma_vm", "")}"' in words(answer)
    assert not EffectivePlaces.objects.exists()


def test_a_free_place_is_declared_confirmed_and_taken_away(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    told = client.post(f"{MIA}vrij/", VACANCY, follow=True)
    assert "2 plaatsen vanaf 1 april 2026" in words(told)
    assert "Bevestigd op maandag 2 maart" in words(told)
    vacancy = Vacancy.objects.get()
    assert (vacancy.parts, vacancy.public) == (WeekPattern.full_days("do").mask, True)
    with clock.stopped_at(here.now + timedelta(days=20)):
        assert "Niet bevestigd sinds maandag 2 maart" in words(client.get(MIA))
        assert "nog vrij" in words(client.post(f"{MIA}vrij/klopt/", {"row": str(vacancy.id)}, follow=True))
        gone = words(client.post(f"{MIA}vrij/weg/", {"row": str(vacancy.id)}, follow=True))
        assert "Je gaf nog geen vrije plaats op." in gone
        late = words(client.post(f"{MIA}vrij/klopt/", {"row": str(vacancy.id)}, follow=True))
        assert "Deze vrije plaats staat er niet meer." in late


def test_a_second_press_declares_no_second_place(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    asked = kept(client.get(f"{MIA}vrij/"))
    for _press in range(2):
        told = words(client.post(f"{MIA}vrij/", VACANCY | {"kept": asked}, follow=True))
        assert "Je vrije plaats staat erbij." in told
    assert Vacancy.objects.count() == 1


def test_a_free_place_with_hours_of_its_own(here: Town, client_for: ClientFor) -> None:
    client = client_for(here.mia_account)
    hours = {"hours_do_start": "9", "hours_do_end": "15.30"}
    told = words(client.post(f"{MIA}vrij/", VACANCY | hours, follow=True))
    assert "Donderdag van 9 uur tot 15.30 uur. Iedereen ziet dit." in told
    assert Vacancy.objects.get().hours == ["do 09:00-15:30"]


def test_hours_that_do_not_match_the_day_parts_are_asked_again(here: Town, client_for: ClientFor) -> None:
    hours = {"hours_do_start": "9", "hours_do_end": "12"}
    answer = words(client_for(here.mia_account).post(f"{MIA}vrij/", VACANCY | hours))
    assert "De uren en de dagdelen kloppen niet met elkaar op donderdag namiddag." in answer
    assert 'value="9"' in answer
    assert not Vacancy.objects.exists()


def test_a_place_that_follows_from_the_plan_stands_ready_to_be_made_shorter(here: Town, client_for: ClientFor) -> None:
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    client = client_for(here.rosa)
    planner = client.get(f"{CENTRUM}planner/").content.decode()
    address = html.unescape(re.findall(r'href="([^"]+/vrij/\?[^"]+)"', planner)[0])
    form = client.get(address).content.decode()
    assert re.search(r'name="week_ma_vm"[^>]* checked', form)
    assert re.search(r'name="places" value="2"', form)
    assert client.get(f"{CENTRUM}vrij/?parts=-1&start=vandaag").status_code == 200


def test_a_free_place_that_ends_before_it_starts_is_asked_again(here: Town, client_for: ClientFor) -> None:
    last = {"last_day": "1", "last_month": "3", "last_year": "2026"}
    answer = client_for(here.mia_account).post(f"{MIA}vrij/", VACANCY | last)
    assert "De laatste dag kan niet voor woensdag 1 april 2026 liggen." in words(answer)
    assert not Vacancy.objects.exists()


def test_the_desk_chooses_who_sees_a_new_free_place_first(here: Town, client_for: ClientFor) -> None:
    here.choose(Procedure(vacancy_public_default=False))
    page = words(client_for(here.mia_account).get(f"{MIA}vrij/"))
    assert 'name="public" value="no"' in page.split("checked")[-2]


def test_confirming_the_page(here: Town, client_for: ClientFor) -> None:
    told = client_for(here.mia_account).post(f"{MIA}klopt/", follow=True)
    assert "Bevestigd op maandag 2 maart 2026." in words(told)


@pytest.mark.parametrize(
    "more", ["", "klopt/", "bijhouden/", "plaatsen/", "plaatsen/weg/", "vrij/", "vrij/klopt/", "vrij/weg/"]
)
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().get(MIA + more)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.rosa).get(MIA + more).status_code == 404
    assert client_for(here.rosa).post(MIA + more, VACANCY).status_code == 404


@pytest.mark.parametrize("more", ["klopt/", "bijhouden/", "plaatsen/", "plaatsen/weg/", "vrij/"])
def test_a_stand_in_looks_and_changes_nothing(here: Town, client_for: ClientFor, more: str) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=OrganiserRole.STAND_IN)
    client = client_for(here.mia_account)
    page = words(client.get(MIA))
    assert "Vrije plaats opgeven" not in page
    assert "Alles klopt nog" not in page
    assert client.post(MIA + more, VACANCY).status_code == 403


@pytest.mark.parametrize("row", ["", "onzin", "01a1fb94-ba1e-7d8f-a9f2-c12fa3c8b1c5"])
@pytest.mark.parametrize("more", ["plaatsen/weg/", "vrij/klopt/", "vrij/weg/"])
def test_a_row_that_is_not_there_changes_nothing(here: Town, client_for: ClientFor, more: str, row: str) -> None:
    assert client_for(here.mia_account).post(MIA + more, {"row": row}).status_code == 302

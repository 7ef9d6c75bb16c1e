"""The locations of the desk: how they answer, what lies open, how fresh their free places are."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import MONDAY_TUESDAY, Town
from tests.domains.distribution.journey import FULL, YES, asks
from tests.web.conftest import NOW, ClientFor

from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk
from opvangloket.domains.providers.own_locations import AgeGroup
from opvangloket.domains.providers.types import Tariff
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.foundation import clock
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import PageField, Procedure

pytestmark = pytest.mark.django_db

LIST = "/werk/ninove/opvang/"
MIA = f"{LIST}mias-nestje/"


def _declare(here: Town) -> None:
    vacancy = NewVacancy(pattern=MONDAY_TUESDAY, start_on=here.today, tariff=Tariff.INCOME, places=2)
    with here.at_organiser(here.mias_nestje):
        declare_vacancy(location_id=here.mias_nestje.id, vacancy=vacancy, actor=here.manager, now=NOW)


def test_the_list_tells_how_each_location_answers(client_for: ClientFor, here: Town) -> None:
    _declare(here)
    first = asks(here, location_ids=(here.mias_nestje.id,))
    first.later(days=1).answers(here.mias_nestje, FULL)
    asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    with clock.stopped_at(NOW + timedelta(days=20)):
        text = client_for(here.amina).get(LIST).content.decode()
    row = text[text.index("Nestje") :]
    cells = [cell.partition("<")[0] for cell in row.partition("</tr>")[0].split('">')[2:]]
    assert "1 van 2" in cells
    assert "2 maart 2026" in row
    assert "054 11 22 33" in row
    assert "Stroomop" not in text


def test_a_part_of_a_name_finds_a_location(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)
    assert "Denderhof" not in amina.get(LIST, {"naam": "mia"}).content.decode()
    assert "Denderhof" in amina.get(LIST, {"naam": "regenboog vzw"}).content.decode()
    assert "Geen opvang met “xyz” in de naam." in amina.get(LIST, {"naam": "xyz"}).content.decode()


def test_the_desk_sees_which_locations_are_not_set_on_the_map(client_for: ClientFor, here: Town) -> None:
    def names(**asked: str) -> list[str]:
        text = unescape(amina.get(LIST, asked).content.decode())
        return sorted(re.findall(rf'href="{LIST}[a-z-]+/">([^<]+)</a>', text))

    amina = client_for(here.amina)
    Location.objects.filter(organiser=here.regenboog).update(lat=50.8421, lon=4.0127)
    text = amina.get(LIST).content.decode()
    assert "2 opvanglocaties staan nog niet juist op de kaart." in text
    assert f'href="{LIST}?kaart=nog"' in text
    assert len(names()) == 4
    assert names(kaart="nog") == ["Het Klavertje", "Mia's Nestje"]
    assert names(kaart="nog", naam="mia") == ["Mia's Nestje"]
    assert names(kaart="nog", naam="regenboog") == []
    Location.objects.update(lat=50.8421, lon=4.0127)
    assert "op de kaart" not in amina.get(LIST).content.decode()
    assert "Alle opvang staat juist op de kaart." in amina.get(LIST, {"kaart": "nog"}).content.decode()
    with across_desks("a test lets another desk look after it"):
        Location.objects.filter(id=here.mias_nestje.id).update(lat=None)
        LocationInDesk.objects.filter(location=here.mias_nestje).update(relation=DeskRelation.VIEW)
    assert "op de kaart" not in amina.get(LIST).content.decode()


def test_one_location_has_everything_at_hand(client_for: ClientFor, here: Town) -> None:
    _declare(here)
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    here.choose(Procedure(page_minimum=(*Procedure().page_minimum, PageField.TEXT)))
    text = client_for(here.amina).get(MIA).content.decode()
    assert 'href="tel:054 11 22 33"' in text
    assert f"/werk/ninove/gezin/{noor.registered.reference}/antwoord/mias-nestje/" in text
    assert "Maandag en dinsdag hele dag" in text
    assert "uitleg over de opvang" in text
    assert 'id="bellen"' not in text
    assert client_for(here.amina).get(f"{LIST}stroomop-oudeberg/").status_code == 404


def test_two_of_one_name_are_told_apart(client_for: ClientFor, here: Town) -> None:
    Location.objects.filter(id=here.regenboog_denderhof.id).update(name="De Regenboog Centrum", street="Beverstraat")
    text = client_for(here.amina).get(LIST).content.decode()
    assert "De Regenboog Centrum, Dreefstraat" in text
    assert "De Regenboog Centrum, Beverstraat" in text
    assert "Het Klavertje, " not in text


def test_a_free_place_says_when_and_what_is_special_about_it(client_for: ClientFor, here: Town) -> None:
    _declare(here)
    week = WeekPattern.of("vr_vm")
    facts = {"tariff": Tariff.FREE, "age_group": AgeGroup.BABY, "public": False}
    later = NewVacancy(pattern=week, start_on=date(2026, 4, 1), end_on=date(2026, 7, 1), **facts)
    with here.at_organiser(here.mias_nestje):
        declare_vacancy(location_id=here.mias_nestje.id, vacancy=later, actor=here.manager, now=NOW)
    page = unescape(re.sub(r"<[^>]+>", " ", client_for(here.amina).get(MIA).content.decode()))
    text = " ".join(page.split())
    assert "hele dag Nu 2 Prijs volgens je inkomen, bevestigd op 2 maart 2026" in text
    special = "Baby's, alleen het loket ziet dit, vaste prijs, bevestigd op 2 maart 2026"
    assert f"Vrijdag voormiddag Vanaf 1 apr 2026 tot en met 30 jun 2026 1 {special}" in text


def test_a_call_about_late_answers_is_noted(client_for: ClientFor, here: Town) -> None:
    asks(here, location_ids=(here.mias_nestje.id,))
    amina = client_for(here.amina)
    with clock.stopped_at(NOW + timedelta(days=18)):
        assert "1 antwoord is te laat." in amina.get(MIA).content.decode()
        assert 'class="error-summary"' in amina.post(f"{MIA}gesprek/", {"note": ""}).content.decode()
        said = amina.post(f"{MIA}gesprek/", {"note": "Antwoordt morgen"}, follow=True).content.decode()
        assert "De opvang blijft op de werklijst tot ze antwoordt." in said
        work = amina.get("/werk/ninove/").content.decode()
    assert "“Antwoordt morgen”" in work
    assert "Als er tijd is" in work


def test_a_call_about_nothing_is_refused(client_for: ClientFor, here: Town) -> None:
    text = client_for(here.amina).post(f"{MIA}gesprek/", {"note": "Gebeld"}).content.decode()
    assert "Deze opvang heeft geen antwoorden die te laat zijn." in text


def test_much_takes_as_many_queries_as_little(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)

    def queries(address: str) -> int:
        amina.get(address)
        with CaptureQueriesContext(connection) as captured:
            amina.get(address)
        return len(captured)

    _declare(here)
    asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id)).answers(here.het_klavertje, YES)
    few = [queries(LIST), queries(MIA)]
    for _again in range(3):
        _declare(here)
        asks(here, location_ids=(here.mias_nestje.id, here.het_klavertje.id)).answers(here.het_klavertje, FULL)
    assert [queries(LIST), queries(MIA)] == few


def test_the_desk_starts_the_weekly_list_for_who_works_on_paper(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)
    assert "Werkt deze opvang liever met pen?" in amina.get(MIA).content.decode()
    started = amina.post(f"{MIA}weeklijst/", {"elke-week": "ja"}, follow=True).content.decode()
    assert "Haar antwoorden geef jij hier in." in started
    stopped = amina.post(f"{MIA}weeklijst/", {"elke-week": "nee"}, follow=True).content.decode()
    assert "Werkt deze opvang liever met pen?" in stopped
    Location.objects.filter(id=here.mias_nestje.id).update(email="")
    here.mia.email = ""
    here.mia.save()
    refused = amina.post(f"{MIA}weeklijst/", {"elke-week": "ja"}, follow=True).content.decode()
    assert "We hebben geen e-mailadres van deze opvang." in refused


def test_another_desk_does_not_choose_for_a_location(client_for: ClientFor, here: Town) -> None:
    assert client_for(here.stranger).post(f"{MIA}weeklijst/", {"elke-week": "ja"}).status_code == 404
    with here.at_desk(here.overstroom):
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation="view", start_on=here.today
        )
    viewing = client_for(here.stranger)
    seen = "/werk/overstroom/opvang/mias-nestje/"
    assert "Vragen op papier" not in viewing.get(seen).content.decode()
    assert viewing.post(f"{seen}weeklijst/", {"elke-week": "ja"}).status_code == 404

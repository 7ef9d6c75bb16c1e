"""The page that families see, kept up by the location's own people."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import Closing, OpeningHours
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.procedure import PageField, Procedure

pytestmark = pytest.mark.django_db
MIA = "/organisator/locaties/mias-nestje/pagina/"
PUBLIC = "/ninove/opvang/mias-nestje/"
CONTACT = {"name": "Mia’s Nestje", "phone": "054 99 88 77", "website": "www.nestje.example"}
HOURS = {f"hours_{day}_{end}": time for day in ("ma", "di") for end, time in (("start", "6.30"), ("end", "18.30"))}
CLOSED = {"start_day": "6", "start_month": "4", "start_year": "2026", "reason": "verlof"}
CLOSED_UNTIL = {"last_day": "10", "last_month": "4", "last_year": "2026"}


@pytest.fixture
def mia(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.mia_account)


def test_the_overview_tells_what_is_there_what_is_missing_and_why_it_helps(here: Town, mia: PageClient) -> None:
    here.choose(Procedure(page_minimum=(*Procedure().page_minimum, PageField.TEXT)))
    page = words(mia.get(MIA))
    assert "Er ontbreekt nog één ding" in page
    assert f'<a href="{MIA}uitleg/">Uitleg over de opvang</a> Een gezin leest hoe een dag bij jou verloopt.' in page
    assert "Maandag tot en met vrijdag van 7 uur tot 18 uur" in page
    assert "Gezinsopvang, subsidie voor inkomenstarief en 8 vergunde plaatsen" in page
    assert "Bevestigd op" not in page
    mia.post(f"{MIA}uitleg/", {"text": "Elke dag buiten."})
    assert "Alles wat Opvangloket Ninove vraagt, staat erop." in words(mia.get(MIA))


@pytest.mark.parametrize(
    ("part", "posted", "told"),
    [
        ("contact", CONTACT, ['href="tel:054998877"', 'href="https://www.nestje.example"']),
        ("uren", HOURS | {"night": "on"}, ["Maandag en dinsdag van 6.30 uur tot 18.30 uur", "Vroeg (voor 7 uur)"]),
        ("sluitingsdagen", CLOSED | CLOSED_UNTIL, ["maandag 6 april tot en met vrijdag 10 april 2026"]),
        ("prijs", {"tariff": "free", "price_day": "€ 34,5"}, ["Vaste prijs, 34,50 euro per dag"]),
        (
            "welkom",
            {"inclusive": "yes", "accessible": "no", "languages": ["nl", "tr"]},
            ["extra zorg nodig hebben, zijn welkom", "Niet met een rolstoel", "Nederlands en Turks"],
        ),
        ("uitleg", {"text": "Wij gaan\r\nelke dag buiten."}, ["Wij gaan<br>elke dag buiten."]),
    ],
)
def test_what_is_saved_is_on_the_page_of_families_at_once(
    mia: PageClient, part: str, posted: dict[str, Any], told: list[str]
) -> None:
    assert mia.get(f"{MIA}{part}/").status_code == 200
    saved = mia.post(f"{MIA}{part}/", posted, follow=True)
    assert "Bewaard. Gezinnen zien dit meteen." in words(saved)
    for page in (words(mia.get(PUBLIC)), words(mia.get(f"{MIA}voorbeeld/"))):
        assert [sentence for sentence in told if sentence not in page] == []
        assert "Bevestigd op 2 maart 2026" in page


@pytest.mark.parametrize(
    ("part", "posted", "message"),
    [
        ("contact", {"name": "Nestje"}, "Vul een e-mailadres of een telefoonnummer in."),
        ("contact", CONTACT | {"website": "nestje"}, "Kijk dit webadres na."),
        ("uren", {}, "Vul voor minstens één dag in"),
        ("uren", {"hours_ma_start": "18", "hours_ma_end": "7"}, "Het einde ligt voor het begin."),
        ("uren", {"hours_ma_start": "vroeg", "hours_ma_end": "7"}, "vroeg is geen uur."),
        ("sluitingsdagen", CLOSED | {"start_year": "2025"}, "Deze dagen zijn voorbij."),
        ("sluitingsdagen", CLOSED | CLOSED_UNTIL | {"last_month": "3"}, "De laatste dag ligt voor de eerste."),
        ("prijs", {"tariff": "free", "price_day": "veel"}, "Schrijf een bedrag, bijvoorbeeld 34,50."),
        ("prijs", {"tariff": "free", "price_day": "900"}, "Kies een bedrag tot 500 euro."),
        ("prijs", {"tariff": "duur"}, "Kies een antwoord uit de lijst."),
        ("welkom", {"inclusive": "yes", "accessible": "no", "languages": ["xx"]}, "Kies een antwoord uit de lijst."),
        ("uitleg", {"text": "a" * 2001}, "2000"),
    ],
)
def test_what_cannot_be_is_asked_again_with_what_was_typed(
    mia: PageClient, part: str, posted: dict[str, Any], message: str
) -> None:
    answer = mia.post(f"{MIA}{part}/", posted)
    page = words(answer)
    assert answer.status_code == 200
    assert message in page
    for value in posted.values():
        assert str(value if isinstance(value, str) else value[0]) in page or value == ["xx"] or value == "duur"


def test_a_day_with_a_pause_keeps_it_when_another_day_changes(here: Town, mia: PageClient) -> None:
    OpeningHours.objects.filter(location=here.mias_nestje, weekday=0).update(closes=720)
    OpeningHours.objects.create(location=here.mias_nestje, weekday=0, opens=780, closes=1080)
    shown = words(mia.get(f"{MIA}uren/"))
    posted = dict(re.findall(r'name="(hours_\w+)" id="\w+" value="([^"]*)"', shown))
    mia.post(f"{MIA}uren/", posted | {"hours_di_end": "17"})
    kept = OpeningHours.objects.filter(location=here.mias_nestje).order_by("weekday", "opens")
    assert list(kept.values_list("weekday", "opens", "closes"))[:3] == [(0, 420, 720), (0, 780, 1080), (1, 420, 1020)]


def test_closing_days_are_taken_away(here: Town, mia: PageClient) -> None:
    listed = words(mia.post(f"{MIA}sluitingsdagen/", CLOSED, follow=True))
    assert "maandag 6 april 2026" in listed
    row = Closing.objects.get().id
    gone = words(mia.post(f"{MIA}sluitingsdagen/weg/", {"row": str(row)}, follow=True))
    assert "Weggehaald." in gone
    assert not Closing.objects.exists()
    mia.post(f"{MIA}sluitingsdagen/weg/", {"row": "onzin"})


def test_one_button_confirms_everything(mia: PageClient) -> None:
    page = words(mia.post(f"{MIA}klopt/", follow=True))
    assert "Bevestigd. Gezinnen zien dat de pagina klopt." in page
    assert page.count("Bevestigd op 2 maart 2026") == 7  # what is filled in


def test_a_text_waits_for_a_desk_that_reads_it_first(here: Town, mia: PageClient) -> None:
    here.choose(Procedure(review_page_text=True))
    assert "Het loket leest je tekst na." in words(mia.get(f"{MIA}uitleg/"))
    saved = words(mia.post(f"{MIA}uitleg/", {"text": "Met tuin."}, follow=True))
    assert "Je nieuwe tekst wacht op het loket." in saved
    assert "Met tuin." in words(mia.get(f"{MIA}voorbeeld/"))
    assert "Met tuin." in words(mia.get(f"{MIA}uitleg/"))
    assert "Met tuin." not in words(mia.get(PUBLIC))


def test_the_policy_in_force_is_on_the_page_and_every_version_stays_known(mia: PageClient) -> None:
    today = {"start_day": "2", "start_month": "3", "start_year": "2026"}
    saved = mia.post(f"{MIA}opvangbeleid/", today | {"text": "Broers en zussen eerst."}, follow=True)
    assert "Bewaard als een nieuwe versie." in words(saved)
    mia.post(f"{MIA}opvangbeleid/", {**today, "start_month": "9", "text": "Ook wie in de straat woont."})
    shown = words(mia.get(PUBLIC))
    assert "Broers en zussen eerst." in shown
    assert "Versie 1, geldig vanaf 2 maart 2026" in shown
    assert "Ook wie in de straat woont." not in shown
    page = words(mia.get(f"{MIA}opvangbeleid/"))
    assert "Versie 2, vanaf woensdag 2 september 2026" in page
    wrong = words(mia.post(f"{MIA}opvangbeleid/", {**today, "start_year": "2025", "text": "Te vroeg."}))
    assert "Een versie geldt vanaf vandaag of later." in wrong
    assert "Te vroeg." in wrong


@pytest.mark.parametrize("more", ["", "klopt/", "voorbeeld/", "contact/", "sluitingsdagen/weg/"])
def test_strangers_do_not_find_it_and_a_stand_in_may_not(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().get(MIA + more)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.rosa).get(MIA + more).status_code == 404
    assert client_for(here.rosa).post(MIA + more, CONTACT).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.mia_account).get(MIA + more).status_code == 403
    assert client_for(here.mia_account).post(MIA + more, CONTACT).status_code == 403


def test_a_part_that_does_not_exist_is_not_found(mia: PageClient) -> None:
    assert mia.get(f"{MIA}onzin/").status_code == 404


def test_more_closing_days_cost_no_more_queries(here: Town, mia: PageClient) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            mia.get(MIA)
        return len(counted)

    mia.get(MIA)
    few = queries()
    for day in range(1, 10):
        mia.post(f"{MIA}sluitingsdagen/", CLOSED | {"start_day": str(day)})
    mia.get(MIA)  # the messages are read
    assert queries() == few

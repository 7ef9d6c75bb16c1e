"""The file of a family: facts, lines with acts, one timeline."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.domains.distribution.journey import FULL, YES, Journey, alternative, asks
from tests.web.conftest import NOW, ClientFor, PageClient

from opvangloket.domains.requests.actions import Wish, change_wish, write_note
from opvangloket.foundation import clock
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.characteristics import Characteristic
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db


def _file(noor: Journey, part: str = "") -> str:
    return f"/werk/ninove/gezin/{noor.registered.reference}/{part}"


def _text(client: PageClient, noor: Journey, **asked: str) -> str:
    with clock.stopped_at(noor.now):
        return client.get(_file(noor), asked).content.decode()


def test_it_tells_who_what_and_why(client_for: ClientFor, here: Town) -> None:
    noor = asks(
        here,
        characteristics=frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME}),
        own_words="Oma kan op vrijdag.",
        support_needed="Kalme groep",
        later_start_months=2,
    )
    text = _text(client_for(here.amina), noor)
    for words in (
        "Noor Peeters",
        "0470 12 34 56",
        "Kwetsbaar gezin",
        "Alleenstaande ouder en laag inkomen.",
        "Oma kan op vrijdag.",
        "Kalme groep (Alleen het loket mag dit lezen.)",
        "Tot 2 maanden later starten.",
        "Maandag en dinsdag hele dag, vanaf dinsdag 30 juni 2026.",
        "Ontvangen op maandag 2 maart 2026, via telefoon, door Amina.",
    ):
        assert words in text


def test_the_wish_of_today_stands_beside_the_first_question(client_for: ClientFor, here: Town) -> None:
    noor = asks(here)
    amina = client_for(here.amina)
    assert "Wens nu" not in _text(amina, noor)
    with here.at_desk():
        wish = Wish(start_on=here.today + timedelta(days=150), pattern=WeekPattern.full_days("wo"))
        change_wish(request_id=noor.request_id, wish=wish, actor=here.worker, now=NOW)
    text = _text(amina, noor)
    assert "Eerste vraag" in text
    assert "Wens nu" in text
    assert "Nieuwe ronde starten" in text


def test_each_line_offers_what_can_be_done(client_for: ClientFor, here: Town) -> None:
    locations = (here.mias_nestje, here.het_klavertje, here.regenboog_centrum)
    noor = asks(here, location_ids=tuple(location.id for location in locations))
    noor.answers(here.mias_nestje, alternative(noor, WeekPattern.full_days("ma")))
    noor.answers(here.het_klavertje, FULL)
    amina = client_for(here.amina)
    text = _text(amina, noor)
    assert _file(noor, "aannemen/mias-nestje/") in text
    assert _file(noor, "meer-tijd/mias-nestje/") in text
    assert "Niet bij dit voorstel: dinsdag hele dag." in text
    assert "Alles is volzet" in text
    assert _file(noor, "antwoord/regenboog-centrum/") not in text
    assert _file(noor, "antwoord/de-regenboog-centrum/") in text
    assert _file(noor, "schrappen/mias-nestje/") not in text
    noor.accepts(here.mias_nestje)
    text = _text(amina, noor)
    assert "Heeft een plaats" in text
    assert _file(noor, "start/mias-nestje/") in text
    assert _file(noor, "stopt/mias-nestje/") not in text
    assert _file(noor, "antwoord/") not in text
    noor.later(days=150)
    text = _text(amina, noor)
    assert _file(noor, "stopt/mias-nestje/") in text
    assert _file(noor, "sluiten/") not in text


def test_an_overdue_line_says_so(client_for: ClientFor, here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,)).later(days=16)
    text = _text(client_for(here.amina), noor)
    assert "2 dagen te laat" in text
    assert "De termijn eindigde op maandag 16 maart." in text


def test_the_timeline_tells_all_of_it_in_parts(client_for: ClientFor, here: Town) -> None:
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    noor.later(hours=1).answers(here.mias_nestje, YES)
    with here.at_desk():
        write_note(request_id=noor.request_id, text="Belt morgen.\nNa 16 uur.", actor=here.worker, now=noor.now)
    noor.later(hours=1).accepts(here.mias_nestje)
    amina = client_for(here.amina)
    _text(amina, noor)
    story = _text(amina, noor)
    for words in (
        "Vraag opgenomen aan de telefoon",
        "Verstuurd naar 1 opvang",
        "heeft plaats, zoals gevraagd",
        "aangenomen",
        "Belt morgen.",
        "Antwoord ten laatste op donderdag 12 maart 2026.",
    ):
        assert words in story
    assert "Bericht aan" not in story
    assert "Bekeek dit overzicht" not in story
    assert "Bericht aan Sara Peeters" in _text(amina, noor, toon="berichten")
    reads = _text(amina, noor, toon="gelezen")
    assert "Bekeek dit overzicht" in reads
    assert "3 keer op deze dag." in reads
    assert "Belt morgen." in _text(amina, noor, toon="alles")
    assert "Belt morgen." in _text(amina, noor, toon="iets anders")
    with clock.stopped_at(noor.now):
        part = amina.get(_file(noor), headers={"HX-Request": "true", "HX-Target": "tijdlijn"}).content.decode()
    assert part.startswith('<div id="tijdlijn">')


def test_a_long_story_shows_its_newest_part(client_for: ClientFor, here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opvangloket.web.desk.files.file_page.NEWEST", 1)
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    amina = client_for(here.amina)
    assert "Vraag opgenomen aan de telefoon" not in _text(amina, noor)
    assert "Toon alles, ook het oudste" in _text(amina, noor)
    assert "Vraag opgenomen aan de telefoon" in _text(amina, noor, toon="alles")


def test_a_message_that_did_not_arrive_goes_out_again(client_for: ClientFor, here: Town) -> None:
    noor = asks(here)
    with across_desks("a mail bounces"):
        bounced = Message.objects.get(request_id=noor.request_id, template="request_receipt")
        Message.objects.filter(id=bounced.id).update(state=MessageState.FAILED, failure="Onbekend adres")
    amina = client_for(here.amina)
    text = _text(amina, noor)
    assert "Niet bezorgd. Onbekend adres" in text
    assert f'value="{bounced.id}"' in text
    assert str(bounced.id) not in _file(noor)
    answer = amina.post(_file(noor, "bericht/"), {"message": str(bounced.id)}, follow=True)
    assert "Het bericht wordt opnieuw verstuurd." in answer.content.decode()
    refused = amina.post(_file(noor, "bericht/"), {"message": str(bounced.id)})
    assert "Dit bericht is al verstuurd" in refused.content.decode()


def test_children_asked_together_lead_to_each_other(client_for: ClientFor, here: Town) -> None:
    from opvangloket.domains.distribution.asking.questions import ask
    from opvangloket.domains.requests.actions import AskedChild, Channel

    noor = here.noor(channel=Channel.PHONE)
    lotte = here.noor(
        channel=Channel.PHONE, child=AskedChild(first_name="Lotte", birth_on=here.today - timedelta(days=60))
    )
    with here.at_desk():
        first, second = ask(
            desk_id=here.ninove.id,
            questions=[noor, lotte],
            actor=here.worker,
            now=NOW,
            randomness=here.randomness,
        )
    text = client_for(here.amina).get(f"/werk/ninove/gezin/{first.reference}/").content.decode()
    assert "Samen gevraagd met Lotte" in text
    assert f"/werk/ninove/gezin/{second.reference}/" in text


def test_a_long_file_takes_as_many_queries_as_a_short_one(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)

    def queries(journey: Journey) -> int:
        with CaptureQueriesContext(connection) as captured:
            _text(amina, journey)
        return len(captured)

    short = asks(here, location_ids=(here.mias_nestje.id,))
    short.later(hours=1).answers(here.mias_nestje, YES)
    short.later(hours=1).accepts(here.mias_nestje)
    long = asks(here, here.deniz())
    for location in (here.regenboog_centrum, here.regenboog_denderhof, here.het_klavertje):
        long.later(hours=1).answers(location, YES)
    for _again in range(3):
        with here.at_desk():
            write_note(request_id=long.request_id, text="Gebeld", actor=here.lead, now=long.later(hours=1).now)
    long.accepts(here.het_klavertje)
    queries(short)
    queries(long)
    assert queries(long) == queries(short)

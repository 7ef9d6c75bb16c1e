"""The pages of consultations: planned by the lead, answered by organisers, reported by the desk."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, open_location
from tests.documents import pdf
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import kept
from tests.web.organiser.test_two_organisers import give_role, working_for
from tests.web.reading import plain_words as words

from opvangloket.domains.cooperation.models import Consultation, Invitation
from opvangloket.domains.providers.models import Organiser

pytestmark = pytest.mark.django_db
DESKS, OURS = "/werk/ninove/overleg/", "/organisator/overleg/"
WHEN = {"on_day": "23", "on_month": "3", "on_year": "2026", "starts": "19.30", "ends": "21:00", "place": "Stadhuis"}
TYPED = {**WHEN, "title": "Lokaal overleg", "agenda": "1. De cijfers", "is_agreement_moment": "on"}


def plans(karel: PageClient, **different: Any) -> Any:
    asked = kept(karel.get(f"{DESKS}nieuw/"))
    return karel.post(f"{DESKS}nieuw/", TYPED | {"kept": asked} | different, follow=True)


def reference() -> str:
    with looking():
        return Consultation.objects.get().reference


def replies(client: PageClient, reply: str, by: str = "") -> Any:
    typed = {"reply": reply, "represented_by": by}
    return client.post(f"{OURS}{reference()}/antwoord/", typed, follow=True)


def let_it_begin() -> None:
    with looking():
        Consultation.objects.update(starts_at=Consultation.objects.get().invited_at - timedelta(hours=1))


def test_the_lead_invites_everybody(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    page = words(karel.get(DESKS))
    assert "Plan een overleg" in page
    assert "Voor 2026 staat er nog geen afsprakenmoment" in page
    upload = SimpleUploadedFile("Cijfers 2025.pdf", pdf(), "application/pdf")
    answer = plans(karel, documents=[upload])
    assert "0 van 3 komen of zijn vertegenwoordigd, 3 antwoordden nog niet" in words(answer)
    assert "maandag 23 maart 2026, 19.30 uur, Stadhuis" in words(answer)
    assert "Voor 2026 staat er nog geen" not in words(karel.get(DESKS))
    assert client_for(here.rosa).get(f"{OURS}{reference()}/1/").content == pdf()
    assert "Plan een overleg" not in words(client_for(here.amina).get(DESKS))
    assert client_for(here.amina).post(f"{DESKS}nieuw/", TYPED).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on_day": "4"}, "minstens een week"),
        ({"starts": "25 uur"}, "Vul een uur in"),
        ({"ends": "19.00"}, "een half uur tot acht uur"),
        ({"on_month": "febr", "on_day": "30"}, "bestaat niet"),
        ({"title": "x" * 121}, "120"),
        ({"agenda": "Over 85.07.30-033.28"}, "rijksregisternummer"),
    ],
)
def test_what_is_not_right_is_asked_again(client_for: ClientFor, here: Town, typed: dict[str, str], said: str) -> None:
    answer = plans(client_for(here.karel), **typed)
    assert said in words(answer)
    assert all(html.escape(value) in answer.content.decode() for value in typed.values()), "nothing typed is lost"
    with looking():
        assert not Consultation.objects.exists()


def test_an_organiser_replies_from_its_inbox(client_for: ClientFor, here: Town) -> None:
    plans(client_for(here.karel))
    rosa, mia = client_for(here.rosa), client_for(here.mia_account)
    assert "Kom je naar het overleg op maandag 23 maart?" in words(rosa.get("/organisator/"))
    assert "te beantwoorden" in words(rosa.get(OURS))
    assert "Jullie antwoordden: we komen." in words(replies(rosa, "comes"))
    assert "Kom je naar het overleg" not in words(rosa.get("/organisator/"))
    assert "De Regenboog vzw vertegenwoordigt ons" in words(replies(mia, "represented", "1"))
    assert "vertegenwoordigd door De Regenboog vzw" in words(client_for(here.amina).get(f"{DESKS}{reference()}/"))
    ics = rosa.get(f"{OURS}{reference()}/agenda/").content.decode()
    assert "DTSTART:20260323T183000Z" in ics
    assert "DTEND:20260323T200000Z" in ics


@pytest.mark.parametrize(
    ("reply", "by", "said"),
    [
        ("", "", "Kies een antwoord."),
        ("misschien", "", "Fout: Lokaal overleg"),
        ("represented", "", "Kies wie jullie vertegenwoordigt"),
        ("represented", "99", "Kies een antwoord uit de lijst"),
    ],
)
def test_half_a_reply_is_asked_again(client_for: ClientFor, here: Town, reply: str, by: str, said: str) -> None:
    plans(client_for(here.karel))
    assert said in words(replies(client_for(here.mia_account), reply, by))
    with looking():
        assert not Invitation.objects.exclude(reply="").exists()


def test_staff_reads_and_the_manager_replies(client_for: ClientFor, here: Town) -> None:
    plans(client_for(here.karel))
    wim = client_for(here.wim)
    assert "De beheerder van je organisatie antwoordt." in words(wim.get(f"{OURS}{reference()}/"))
    assert wim.post(f"{OURS}{reference()}/antwoord/", {"reply": "comes"}).status_code == 403
    assert client_for(here.stranger).get(DESKS).status_code == 404


def test_a_change_and_a_cancellation_reach_everybody(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    plans(karel)
    page = karel.get(f"{DESKS}{reference()}/veranderen/")
    assert 'value="19:30"' in page.content.decode()
    moved = WHEN | {"place": "Zaal Denderhof", "agenda": "1. De cijfers"}
    assert "Zaal Denderhof" in words(karel.post(f"{DESKS}{reference()}/veranderen/", moved, follow=True))
    assert "Zeg kort waarom" in words(karel.post(f"{DESKS}{reference()}/afgelast/", {"because": ""}))
    answer = karel.post(f"{DESKS}{reference()}/afgelast/", {"because": "De zaal is dicht."}, follow=True)
    assert "De zaal is dicht." in words(answer)
    shown = words(client_for(here.rosa).get(f"{OURS}{reference()}/"))
    assert "Dit overleg gaat niet door. De zaal is dicht." in shown
    assert "Verstuur het antwoord" not in shown


def test_afterwards_the_desk_notes_and_reports(client_for: ClientFor, here: Town) -> None:
    karel, amina, rosa = client_for(here.karel), client_for(here.amina), client_for(here.rosa)
    plans(karel)
    replies(rosa, "comes")
    let_it_begin()
    page = amina.get(f"{DESKS}{reference()}/").content.decode()
    assert re.search(r'value="1"[^>]* checked', page), "who said to come is ticked"
    noted = amina.post(f"{DESKS}{reference()}/aanwezig/", {"present": ["1", "3"]}, follow=True)
    assert "2 van 3 organisatoren waren er." in words(noted)
    assert "Schrijf kort wat" in words(amina.post(f"{DESKS}{reference()}/verslag/", {"text": ""}))
    upload = SimpleUploadedFile("Verslag.pdf", pdf(), "application/pdf")
    sent = amina.post(f"{DESKS}{reference()}/verslag/", {"text": "We gaan door.", "documents": [upload]}, follow=True)
    assert "verslag verstuurd" in words(sent)
    shown = words(rosa.get(f"{OURS}{reference()}/"))
    assert "We gaan door." in shown
    assert "Verslag (PDF)" in shown
    assert "begonnen" in words(replies(rosa, "not"))
    again = amina.post(f"{DESKS}{reference()}/verslag/", {"text": "Iets anders."})
    assert "Het verslag is al verstuurd" in words(again)
    late = karel.post(f"{DESKS}{reference()}/afgelast/", {"because": "Toch niet."})
    assert "Dit overleg is al begonnen" in words(late)


def test_a_link_in_a_mail_asks_for_whom_one_works(client_for: ClientFor, here: Town) -> None:
    plans(client_for(here.karel))
    give_role(here, here.rosa, here.stroomop.id)
    client = working_for(client_for(here.rosa), here.stroomop)
    assert client.get(f"{OURS}{reference()}/")["Location"].startswith("/organisator/werk-voor/")


def test_many_organisers_are_no_more_questions(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    plans(karel)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            karel.get(path)
        return len(queries)

    paths = (DESKS, f"{DESKS}{reference()}/")
    before = [asked(path) for path in paths]
    with looking():
        consultation = Consultation.objects.get()
        for number in range(12):
            more = Organiser.objects.create(name=f"Organisator {number}", created_at=here.now)
            place = open_location(more, f"Opvang {number}", here.ninove, here.now)
            Invitation.objects.create(
                consultation=consultation, number=10 + number, organiser=more, location_id=place.id, was_mailed=False
            )
    assert [asked(path) for path in paths] == before

"""A complaint from the family to its end: who reads what, who answers by when, and who never hears a name."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import PARENT, SARA, Town
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import kept
from tests.web.reading import words

from opvangloket.domains.contact.complaints import complain_as_family
from opvangloket.domains.contact.models import Complaint, ComplaintStep
from opvangloket.domains.deskwork.work import Urgency, WorkReason
from opvangloket.domains.deskwork.worklist import worklist
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
WORDS = "Niemand belde ons terug."
CENTRUM = "de-regenboog-centrum"
OURS, DESKS = "/organisator/klachten/", "/werk/ninove/klachten/"


@pytest.fixture
def noor(here: Town) -> Journey:
    return asks(here)


def of_family(noor: Journey, more: str = "") -> str:
    return f"/ninove/mijn/{noor.registered.reference}/laat-weten/{more}"


def complains(client: PageClient, noor: Journey, about: str = CENTRUM, **more: str) -> str:
    """Let the family complain; return the reference of the complaint."""
    data = {"about": about, "text": WORDS, "kept": kept(client.get(of_family(noor))), **more}
    answer = client.post(of_family(noor), data)
    assert answer.status_code == 302, words(answer)
    return str(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def step(client: PageClient, address: str, text: str, after: int = 0, **more: str) -> Any:
    return client.post(address, {"text": text, "after": str(after), **more}, follow=True)


def mails(template: str) -> list[str]:
    with looking():
        return list(Message.objects.filter(template=template).order_by("id").values_list("recipient", flat=True))


def state() -> str:
    with looking():
        return Complaint.objects.values_list("state", flat=True).get()


def on_the_list(here: Town, *, days: int = 0) -> list[Urgency]:
    with here.at_desk():
        work = worklist(Procedure(), now=here.now + timedelta(days=days))
    return [item.urgency for entry in work.entries for item in entry.items if item.reason is WorkReason.COMPLAINT]


def test_from_complaint_to_close(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa, karel = client_for(noor.registered), client_for(here.rosa), client_for(here.karel)
    reference = complains(sara, noor)
    assert mails("complaint_received") == [SARA.email]
    assert mails("complaint_waits") == ["info@regenboog.example"]
    assert "Antwoord ten laatste op woensdag 1 april 2026." in words(sara.get(of_family(noor, f"{reference}/")))

    assert "Er wacht een klacht op je antwoord." in words(rosa.get("/organisator/"))
    page = words(rosa.get(f"{OURS}{reference}/"))
    assert WORDS in page
    assert "Een gezin" in page
    page = words(step(rosa, f"{OURS}{reference}/antwoord/", "Dat spijt ons. We bellen vandaag."))
    assert "Je antwoord is verstuurd." in page
    assert "Er wacht een klacht" not in words(rosa.get("/organisator/"))
    assert mails("complaint_moved") == [SARA.email]

    page = words(step(sara, of_family(noor, f"{reference}/reactie/"), "Er belde nog altijd niemand.", after=1))
    assert "Je krijgt opnieuw een antwoord." in page
    assert state() == "received"
    assert mails("complaint_waits") == ["info@regenboog.example"] * 2
    step(rosa, f"{OURS}{reference}/antwoord/", "We belden net.", after=2)

    page = words(karel.get(f"{DESKS}{reference}/"))
    assert "Van Sara Peeters." in page
    assert f"/werk/ninove/gezin/{noor.registered.reference}/" in page
    page = words(step(karel, f"{DESKS}{reference}/afsluiten/", "Dank voor jullie geduld.", after=3, code="settled"))
    assert "De klacht is afgesloten." in page
    assert "Afgesloten: opgelost" in words(sara.get(of_family(noor, f"{reference}/")))
    assert mails("complaint_moved") == [SARA.email, SARA.email, SARA.email, "info@regenboog.example"]
    assert "Verstuur" not in words(sara.get(of_family(noor, f"{reference}/")))


def test_a_location_hears_no_name_unless_the_family_says_so(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa = client_for(noor.registered), client_for(here.rosa)
    hidden, shown = complains(sara, noor), complains(sara, noor, shows_name="on")
    for address in (OURS, f"{OURS}{hidden}/"):
        page = words(rosa.get(address))
        assert ("Sara Peeters" in page) is (address == OURS)  # the list names the other complaint
        assert noor.registered.reference not in page
    assert "Sara Peeters" in words(rosa.get(f"{OURS}{shown}/"))
    with looking():
        to_organisers = Message.objects.filter(audience="organiser", template__startswith="complaint")
        assert to_organisers.count() == 2
        assert not any("Peeters" in one.text or one.request_id for one in to_organisers)
        assert not any("klacht" in one.subject.lower() for one in Message.objects.all())


def test_only_the_two_sides_and_the_desk_find_it(client_for: ClientFor, here: Town, noor: Journey) -> None:
    reference = complains(client_for(noor.registered), noor)
    other = here.ask(here.deniz())
    assert client_for(other).get(of_family(noor, f"{reference}/")).status_code == 404
    theirs = f"/ninove/mijn/{other.reference}/laat-weten/{reference}/"
    assert client_for(other).get(theirs).status_code == 404
    assert client_for(here.mia_account).get(f"{OURS}{reference}/").status_code == 404
    assert client_for(here.stranger).get(f"/werk/overstroom/klachten/{reference}/").status_code == 404
    assert client_for(here.stranger).get(f"{DESKS}{reference}/").status_code == 404
    assert client_for().get(f"{OURS}{reference}/").status_code == 302
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.rosa).get(f"{OURS}{reference}/").status_code == 403
    assert "klacht" not in words(client_for(here.rosa).get("/organisator/")).lower()


def test_the_desk_answers_for_itself_and_only_its_lead(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, karel, amina = client_for(noor.registered), client_for(here.karel), client_for(here.amina)
    reference = complains(sara, noor, about="loket")
    assert mails("complaint_waits") == []
    assert client_for(here.rosa).get(f"{OURS}{reference}/").status_code == 404
    page = words(amina.get(f"{DESKS}{reference}/"))
    assert "Notitie voor het loket" in page
    assert "Verstuur het antwoord" not in page
    assert step(amina, f"{DESKS}{reference}/antwoord/", "Sorry.").status_code == 403
    assert step(amina, f"{DESKS}{reference}/doorgeven/", "Bekijk dit.", code="agency").status_code == 403
    assert "Je antwoord is verstuurd." in words(step(karel, f"{DESKS}{reference}/antwoord/", "Dat doen we beter."))
    assert "Dat doen we beter." in words(sara.get(of_family(noor, f"{reference}/")))


def test_a_note_stays_with_the_desk(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, amina = client_for(noor.registered), client_for(here.amina)
    reference = complains(sara, noor)
    page = words(step(amina, f"{DESKS}{reference}/notitie/", "Gebeld met Rosa, ze zoekt het uit."))
    assert "Gebeld met Rosa" in page
    assert state() == "received"
    for client, address in (
        (sara, of_family(noor, f"{reference}/")),
        (client_for(here.rosa), f"{OURS}{reference}/"),
    ):
        assert "Gebeld met Rosa" not in words(client.get(address))
    assert mails("complaint_moved") == []


def test_what_is_handed_on_leaves_the_hands_of_both(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, karel = client_for(noor.registered), client_for(here.karel)
    reference = complains(sara, noor)
    page = words(step(karel, f"{DESKS}{reference}/doorgeven/", "Dit hoort bij hen.", code="agency"))
    assert "Doorgegeven aan het agentschap Opgroeien" in page
    assert "Dit kan nu niet meer." in words(step(client_for(here.rosa), f"{OURS}{reference}/antwoord/", "Te laat."))
    assert sorted(mails("complaint_moved")) == ["info@regenboog.example", SARA.email]
    assert on_the_list(here) == []


def test_an_organiser_complains_about_the_cooperation(client_for: ClientFor, here: Town) -> None:
    rosa, address = client_for(here.rosa), f"{OURS}nieuw/"
    about = f"cooperation:{here.ninove.id}"
    answer = rosa.post(
        address, {"about": about, "text": "Te veel mails.", "kept": kept(rosa.get(address))}, follow=True
    )
    assert "Je klacht is verstuurd." in words(answer)
    with looking():
        reference = Complaint.objects.values_list("reference", flat=True).get()
    assert client_for(here.wim).get(f"{OURS}{reference}/").status_code == 403
    assert client_for(here.mia_account).get(f"{OURS}{reference}/").status_code == 404
    step(client_for(here.karel), f"{DESKS}{reference}/antwoord/", "We bundelen ze voortaan.")
    assert mails("complaint_moved") == [here.rosa.email]
    page = words(step(rosa, f"{OURS}{reference}/reactie/", "Ik merk er niets van.", after=1))
    assert "Je krijgt opnieuw een antwoord." in page
    foreign = {"about": f"desk:{here.overstroom.id}", "text": "Hallo.", "kept": kept(rosa.get(address))}
    assert rosa.post(address, foreign).status_code == 200
    with looking():
        assert Complaint.objects.count() == 1


def test_the_worklist_knows_when_an_answer_stays_away(client_for: ClientFor, here: Town, noor: Journey) -> None:
    reference = complains(client_for(noor.registered), noor)
    assert on_the_list(here) == []
    assert on_the_list(here, days=23) == [Urgency.SOON]
    assert on_the_list(here, days=30) == [Urgency.SOON]
    assert on_the_list(here, days=31) == [Urgency.LATE]
    step(client_for(here.rosa), f"{OURS}{reference}/antwoord/", "We bellen vandaag.")
    assert on_the_list(here) == [Urgency.CALM]
    page = words(client_for(here.amina).get("/werk/ninove/?toon=complaint"))
    assert "Klacht over De Regenboog Centrum · Sara Peeters" in page
    assert "Sluit de klacht af, of volg verder op." in page


def test_the_desk_sees_its_own_complaints_at_once(client_for: ClientFor, here: Town, noor: Journey) -> None:
    complains(client_for(noor.registered), noor, about="loket")
    assert on_the_list(here) == [Urgency.SOON]
    assert "Klacht over het loket · Sara Peeters" in words(client_for(here.amina).get("/werk/ninove/"))


def test_what_is_not_right_stays_typed(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara = client_for(noor.registered)
    answer = sara.post(of_family(noor), {"text": "Mijn nummer is 85.07.30-033 28.", "about": CENTRUM, "kept": "x"})
    assert "Deze pagina stond te lang open. Verstuur ze nog eens." in words(answer)
    assert "85.07.30-033 28" in words(answer)
    assert 'name="kept" value="x"' not in answer.content.decode(), "pressing again has to help"
    data = {"about": CENTRUM, "text": "Mijn nummer is 85.07.30-033 28.", "kept": kept(sara.get(of_family(noor)))}
    page = words(sara.post(of_family(noor), data))
    assert "Schrijf hier geen rijksregisternummer." in page
    assert "85.07.30-033 28" in page
    reference = complains(sara, noor)
    page = words(step(client_for(here.karel), f"{DESKS}{reference}/afsluiten/", "Klaar."))
    assert "> Klaar.</textarea>" in page
    assert state() == "received"


def test_pressing_twice_does_nothing_twice(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa = client_for(noor.registered), client_for(here.rosa)
    data = {"about": CENTRUM, "text": WORDS, "kept": kept(sara.get(of_family(noor)))}
    first, second = sara.post(of_family(noor), data), sara.post(of_family(noor), data)
    assert first["Location"] == second["Location"]
    reference = first["Location"].rstrip("/").rsplit("/", 1)[-1]
    for _ in range(2):
        step(rosa, f"{OURS}{reference}/antwoord/", "We bellen vandaag.")
    with looking():
        assert (Complaint.objects.count(), ComplaintStep.objects.count()) == (1, 1)
    assert len(mails("complaint_received")) == len(mails("complaint_waits")) == len(mails("complaint_moved")) == 1


def test_going_back_to_change_the_text_says_that_the_first_one_went_out(
    client_for: ClientFor, here: Town, noor: Journey
) -> None:
    sara = client_for(noor.registered)
    data = {"about": CENTRUM, "text": WORDS, "kept": kept(sara.get(of_family(noor)))}
    sara.post(of_family(noor), data)
    answer = sara.post(of_family(noor), {**data, "text": "En het was erger."})
    page = words(answer)
    assert "Je klacht is al verstuurd, zoals ze toen was." in page
    assert "En het was erger.</textarea>" in page
    assert len(complaints_told()) == 1
    again = kept(answer)
    for _ in range(2):
        sara.post(of_family(noor), {**data, "text": "En het was erger.", "kept": again})
    assert complaints_told() == [WORDS, "En het was erger."]


def test_an_organiser_that_goes_back_hears_the_same(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    about = {"about": f"desk:{here.ninove.id}", "kept": kept(rosa.get(f"{OURS}nieuw/"))}
    rosa.post(f"{OURS}nieuw/", {**about, "text": WORDS})
    page = words(rosa.post(f"{OURS}nieuw/", {**about, "text": "Iets anders."}))
    assert "Wat je nu schrijft, las nog niemand." in page
    assert complaints_told() == [WORDS]


def complaints_told() -> list[str]:
    with looking():
        return list(Complaint.objects.order_by("received_at", "id").values_list("text", flat=True))


def test_every_read_by_others_is_in_the_family_s_log(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara = client_for(noor.registered)
    reference = complains(sara, noor)
    sara.get(of_family(noor, f"{reference}/"))
    client_for(here.rosa).get(f"{OURS}{reference}/")
    client_for(here.amina).get(f"{DESKS}{reference}/")
    page = words(sara.get(f"/ninove/mijn/{noor.registered.reference}/gelezen/"))
    assert "Iemand van het loket las je klacht" in page
    assert "De opvang las een klacht van een gezin" in page
    with looking():
        acts = AuditEvent.objects.filter(subject_kind="complaint").order_by("id").values_list("action", flat=True)
        assert list(acts) == ["complaint.write", "complaint.read", "complaint.read"]


def test_what_was_said_cannot_be_changed(client_for: ClientFor, here: Town, noor: Journey) -> None:
    reference = complains(client_for(noor.registered), noor)
    step(client_for(here.rosa), f"{OURS}{reference}/antwoord/", "We bellen vandaag.")
    with looking(), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
        ComplaintStep.objects.update(text="iets anders")


def test_a_complaint_has_one_complainant(here: Town, noor: Journey) -> None:
    facts: dict[str, Any] = {
        "desk": here.ninove,
        "topic": "desk",
        "text": WORDS,
        "received_at": here.now,
        "due_on": here.today,
    }
    with looking():
        for who in ({}, {"request_id": noor.request_id, "organiser": here.regenboog}):
            with transaction.atomic(), pytest.raises(IntegrityError, match="complaint_has_one_complainant"):
                Complaint.objects.create(reference="K7M4CXR9", **facts, **who)


def test_the_number_of_queries_is_constant(client_for: ClientFor, here: Town, noor: Journey) -> None:
    sara, rosa, amina = client_for(noor.registered), client_for(here.rosa), client_for(here.amina)
    pages = ((sara, of_family(noor)), (rosa, OURS), (amina, DESKS), (amina, "/werk/ninove/?toon=complaint"))

    def counts() -> list[int]:
        found = []
        for client, address in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    references = iter(("K7M4CXR9", "H7M4CXRA", "J7M4CXRB"))

    def one_more() -> None:
        with here.as_family(noor.registered):
            complain_as_family(
                request_id=noor.request_id,
                location_id=None,
                text=WORDS,
                shows_name=False,
                reference=next(references),
                actor=PARENT,
                now=here.now,
            )

    one_more()
    counts()
    before = counts()
    one_more()
    one_more()
    assert counts() == before

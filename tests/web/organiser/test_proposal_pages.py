"""A location asks a family for a change of its care, and answers what a family asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PARENT, Town
from tests.domains.distribution.care_journey import in_care
from tests.domains.distribution.journey import Journey, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.change_proposals.proposing import propose_days
from opvangloket.domains.distribution.change_proposals.replying import refuse
from opvangloket.domains.distribution.models import ChangeProposal
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import OrganiserMembership
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
LIST = "/organisator/plaatsingen/"
ANSWER, AGREED, WITHDRAW = "verandering/", "verandering/akkoord/", "verandering/intrekken/"


def file_of(journey: Journey, more: str = "") -> str:
    return f"{LIST}{journey.registered.reference}/de-regenboog-centrum/{more}"


def typed(noor: Journey, **more: str) -> dict[str, Any]:
    on = noor.today + timedelta(days=30)
    days = {f"week_{code}": "yes" for code in WeekPattern.full_days("di", "wo")}
    return {"from_on_day": on.day, "from_on_month": on.month, "from_on_year": on.year, "how": "ask", **days, **more}


def family_asks(noor: Journey, message: str = "Ik werk nu op woensdag.") -> None:
    with noor.here.as_family(noor.registered):
        propose_days(
            placement_id=noor.placement().id,
            asked_by=Proposer.FAMILY,
            from_on=noor.today + timedelta(days=30),
            pattern=WeekPattern.full_days("di", "wo"),
            message=message,
            actor=PARENT,
            now=noor.now,
        )


def the_proposal() -> ChangeProposal:
    with looking():
        return ChangeProposal.objects.latest("made_at", "id")


def test_a_location_asks_the_family_and_sees_that_it_waits(rosa: PageClient, noor: Journey) -> None:
    told = words(rosa.post(file_of(noor, "dagen/"), typed(noor, message="Dan zijn we met meer."), follow=True))
    assert "We vroegen het aan het gezin van Noor Peeters." in told
    assert "Je vroeg dit aan het gezin" in told
    assert "Erbij: woensdag hele dag." in told
    assert "Dan zijn we met meer." in told
    assert "Het gezin antwoordt ten laatste op" in told
    assert "Wacht op het gezin" in words(rosa.get(LIST))
    assert the_proposal().state == "open"


def test_a_move_is_asked_as_well(rosa: PageClient, noor: Journey) -> None:
    move = {name: value for name, value in typed(noor).items() if not name.startswith("week_")}
    told = words(rosa.post(file_of(noor, "verhuizen/"), move | {"location": "de-regenboog-denderhof"}, follow=True))
    assert "Naar De Regenboog Denderhof." in told
    assert the_proposal().state == "open"


def test_who_says_that_it_is_agreed_says_when(rosa: PageClient, noor: Journey) -> None:
    page = words(rosa.post(file_of(noor, "dagen/"), typed(noor, how="agreed", message="Tot dan.")))
    assert "Vul in wanneer jullie dit afspraken." in page
    assert "Tot dan." in page
    with looking():
        assert not ChangeProposal.objects.exists()


def test_a_family_that_said_yes_by_phone(rosa: PageClient, noor: Journey) -> None:
    rosa.post(file_of(noor, "dagen/"), typed(noor))
    told = words(rosa.post(file_of(noor, AGREED), {"proposal": str(the_proposal().id)}, follow=True))
    assert "Genoteerd. Het gezin van Noor Peeters krijgt een bericht." in told
    assert "komt het kind op: dinsdag en woensdag hele dag." in told
    again = words(rosa.post(file_of(noor, WITHDRAW), {"proposal": str(the_proposal().id)}, follow=True))
    assert "Dit is al afgesproken." in again


def test_a_proposal_is_taken_back(rosa: PageClient, noor: Journey) -> None:
    rosa.post(file_of(noor, "dagen/"), typed(noor))
    told = words(rosa.post(file_of(noor, WITHDRAW), {"proposal": str(the_proposal().id)}, follow=True))
    assert "Ingetrokken. Voor Noor Peeters blijft alles zoals het is." in told
    assert the_proposal().state == "taken_back"
    assert rosa.post(file_of(noor, WITHDRAW), {"proposal": "onzin"}).status_code == 302


def test_what_a_family_asks_is_met_in_the_inbox_and_answered(rosa: PageClient, noor: Journey) -> None:
    family_asks(noor)
    inbox = words(rosa.get("/organisator/"))
    assert f'<a href="{file_of(noor, ANSWER)}">Het gezin van Noor Peeters vraagt andere dagen.</a>' in inbox
    assert "Vraagt andere dagen" in words(rosa.get(LIST))
    assert "Antwoord het gezin" in words(rosa.get(file_of(noor)))
    page = words(rosa.get(file_of(noor, ANSWER)))
    assert "Ik werk nu op woensdag." in page
    assert "Er is geen plaats vrij" not in page
    done = words(rosa.post(file_of(noor, ANSWER), {"answer": "yes"}, follow=True))
    assert "Je antwoord is verstuurd." in done
    assert "komt het kind op: dinsdag en woensdag hele dag." in done
    assert "vraagt andere dagen" not in words(rosa.get("/organisator/"))


def test_what_is_not_free_is_said_before_and_can_be_given_on_purpose(
    here: Town, rosa: PageClient, noor: Journey
) -> None:
    here.regenboog_centrum.effective_places.update(places=[0] * 14)
    family_asks(noor)
    assert "Er is geen plaats vrij op woensdag hele dag" in words(rosa.get(file_of(noor, ANSWER)))
    page = words(rosa.post(file_of(noor, ANSWER), {"answer": "yes"}))
    assert "Zeg nee, stel iets anders voor, of schrijf waarom het toch kan." in page
    assert "Toch doen? Schrijf waarom." in page
    done = rosa.post(file_of(noor, ANSWER), {"answer": "yes", "over_capacity_reason": "Broer komt mee."}, follow=True)
    assert "Je antwoord is verstuurd." in words(done)


def test_a_no_keeps_its_words_until_it_is_sent(rosa: PageClient, noor: Journey) -> None:
    family_asks(noor)
    assert "Volzet." in words(rosa.post(file_of(noor, ANSWER), {"words": "Volzet."}))
    assert "Je antwoord is verstuurd." in words(
        rosa.post(file_of(noor, ANSWER), {"answer": "no", "words": "Volzet."}, follow=True)
    )
    assert (the_proposal().state, the_proposal().reply) == ("refused", "Volzet.")
    assert rosa.get(file_of(noor, ANSWER))["Location"] == file_of(noor)


def test_what_the_family_says_with_its_no_is_read(rosa: PageClient, noor: Journey) -> None:
    rosa.post(file_of(noor, "dagen/"), typed(noor))
    with noor.here.as_family(noor.registered):
        refuse(proposal_id=the_proposal().id, words="Woensdag lukt niet.", actor=PARENT, now=noor.now)
    page = words(rosa.get(file_of(noor)))
    assert "Het gezin zei nee op de verandering vanaf" in page
    assert "“Woensdag lukt niet.”" in page
    with clock.stopped_at(noor.later(days=30).now):
        assert "Het gezin zei nee" not in words(rosa.get(file_of(noor)))


@pytest.mark.parametrize("more", [ANSWER, AGREED, WITHDRAW])
def test_strangers_do_not_find_it(here: Town, client_for: ClientFor, noor: Journey, more: str) -> None:
    family_asks(noor)
    posted = {"proposal": str(the_proposal().id), "answer": "yes"}
    assert client_for().get(file_of(noor, more))["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.mia_account).post(file_of(noor, more), posted).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.rosa).update(role="stand_in")
    assert client_for(here.rosa).post(file_of(noor, more), posted).status_code == 403
    assert "Antwoord het gezin" not in words(client_for(here.rosa).get(file_of(noor)))
    assert the_proposal().state == "open"


def test_the_inbox_asks_no_more_for_many_families(here: Town, rosa: PageClient, noor: Journey) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            rosa.get("/organisator/")
        return len(captured)

    family_asks(noor)
    queries()
    one = queries()
    for _ in range(3):
        here.regenboog_centrum.effective_places.update(places=[9] * 14)
        with clock.stopped_at(here.now):
            other = in_care(here)
        family_asks(other, message="")
    assert queries() == one

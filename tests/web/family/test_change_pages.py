"""A family answers a change that its location proposes, and asks for other days itself."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.distribution.change_proposals.proposing import propose_days, propose_move
from opvangloket.domains.distribution.change_proposals.replying import refuse
from opvangloket.domains.distribution.models import ChangeProposal
from opvangloket.foundation import clock
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
ANSWER, ASK = "verandering/de-regenboog-centrum/", "andere-dagen/de-regenboog-centrum/"


@pytest.fixture
def sara(client_for: ClientFor, noor: Journey) -> PageClient:
    return client_for(noor.registered)


def page_of(noor: Journey, more: str = "") -> str:
    return f"/ninove/mijn/{noor.registered.reference}/{more}"


def proposes(noor: Journey) -> None:
    with noor.here.at_organiser(noor.here.regenboog_centrum):
        propose_days(
            placement_id=noor.placement().id,
            asked_by=Proposer.ORGANISER,
            from_on=noor.today + timedelta(days=30),
            pattern=WeekPattern.full_days("di", "wo"),
            hours=CareHours.parse("wo 08:00-16:00"),
            message="Op maandag zijn we met te veel.",
            actor=noor.here.manager,
            now=noor.now,
        )


def test_where_who_answers_first_gets_the_place_a_late_yes_says_so(here: Town, noor: Journey, sara: PageClient) -> None:
    here.choose(Procedure(offer_holds_place=False))
    proposes(noor)
    asked = words(sara.get(page_of(noor, ANSWER)))
    assert "De plaats gaat naar wie eerst antwoordt." in asked
    assert "Tot dan is de plaats voor jou." not in asked
    deniz = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,), pattern=WeekPattern.full_days("wo")))
    deniz.answers(here.regenboog_centrum, YES)
    deniz.accepts(here.regenboog_centrum)
    done = words(sara.post(page_of(noor, ANSWER), {"answer": "yes"}, follow=True))
    assert "Deze plaats is net ingenomen. Alles blijft zoals nu." in done
    assert the_proposal().state == "just_taken"


def the_proposal() -> ChangeProposal:
    with looking():
        return ChangeProposal.objects.latest("made_at", "id")


def other_days(noor: Journey, **more: str) -> dict[str, Any]:
    on = noor.today + timedelta(days=30)
    days = {f"week_{code}": "yes" for code in WeekPattern.full_days("do")}
    return {"from_on_day": on.day, "from_on_month": on.month, "from_on_year": on.year, **days, **more}


def test_a_proposal_stands_on_top_with_all_that_is_needed_to_decide(sara: PageClient, noor: Journey) -> None:
    proposes(noor)
    page = words(sara.get(page_of(noor)))
    assert "De Regenboog Centrum stelt een verandering voor. Antwoord ten laatste op" in page
    assert page_of(noor, ANSWER) in page
    assert page_of(noor, ASK) not in page
    asked = words(sara.get(page_of(noor, ANSWER)))
    for told in (
        "De Regenboog Centrum stelt iets voor",
        "Erbij: woensdag hele dag.",
        "Niet meer: maandag hele dag.",
        "Woensdag van 8 uur tot 16 uur.",
        "Op maandag zijn we met te veel.",
        "Tot dan is de plaats voor jou.",
    ):
        assert told in asked


def test_the_family_says_yes(sara: PageClient, noor: Journey) -> None:
    proposes(noor)
    told = words(sara.post(page_of(noor, ANSWER), {"answer": "yes"}, follow=True))
    assert "Afgesproken, vanaf" in told
    assert ": dinsdag en woensdag hele dag." in told
    assert "Dit voorstel staat niet meer open." in words(sara.get(page_of(noor, ANSWER), follow=True))


def test_the_family_says_no_and_what_it_wrote_is_kept_until_then(sara: PageClient, noor: Journey) -> None:
    proposes(noor)
    assert "Ik werk dan." in words(sara.post(page_of(noor, ANSWER), {"words": "Ik werk dan."}))
    told = words(sara.post(page_of(noor, ANSWER), {"answer": "no", "words": "Ik werk dan."}, follow=True))
    assert "Alles blijft zoals het is. De opvang krijgt bericht." in told
    assert (the_proposal().state, the_proposal().reply) == ("refused", "Ik werk dan.")


def test_after_its_last_day_a_proposal_is_gone(sara: PageClient, noor: Journey) -> None:
    proposes(noor)
    with clock.stopped_at(noor.later(days=11).now):
        assert "stelt een verandering voor" not in words(sara.get(page_of(noor)))
        gone = words(sara.post(page_of(noor, ANSWER), {"answer": "yes"}, follow=True))
        assert "Dit voorstel staat niet meer open." in gone


def test_a_move_names_where_the_child_would_go(here: Town, sara: PageClient, noor: Journey) -> None:
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        propose_move(
            placement_id=noor.placement().id,
            location_id=here.regenboog_denderhof.id,
            from_on=noor.today + timedelta(days=30),
            actor=here.manager,
            now=noor.now,
        )
    assert "Naar De Regenboog Denderhof, vanaf" in words(sara.get(page_of(noor, ANSWER)))
    told = words(sara.post(page_of(noor, ANSWER), {"answer": "yes"}, follow=True))
    assert "Vroeger bij De Regenboog Centrum." in told


def test_a_family_asks_for_other_days_and_takes_it_back(sara: PageClient, noor: Journey) -> None:
    assert "Andere dagen vragen voor Noor" in words(sara.get(page_of(noor, ASK)))
    told = words(sara.post(page_of(noor, ASK), other_days(noor, message="Ik werk nu anders."), follow=True))
    assert "Je vraag is bij De Regenboog Centrum." in told
    assert "Je vroeg andere dagen" in told
    assert "Je krijgt antwoord ten laatste op" in told
    assert the_proposal().message == "Ik werk nu anders."
    back = words(sara.post(page_of(noor, f"{ASK}toch-niet/"), follow=True))
    assert "Je vraag is ingetrokken." in back
    assert the_proposal().state == "taken_back"


def test_what_the_location_says_with_its_no_is_read(here: Town, sara: PageClient, noor: Journey) -> None:
    sara.post(page_of(noor, ASK), other_days(noor))
    with here.at_organiser(here.regenboog_centrum):
        refuse(proposal_id=the_proposal().id, words="Donderdag is volzet.", actor=here.manager, now=noor.now)
    page = words(sara.get(page_of(noor)))
    assert "De opvang zei nee op je vraag vanaf" in page
    assert "“Donderdag is volzet.”" in page
    assert page_of(noor, ASK) in page


def test_what_is_wrong_is_said_beside_what_was_typed(sara: PageClient, noor: Journey) -> None:
    page = words(sara.post(page_of(noor, ASK), other_days(noor, from_on_day="31", from_on_month="2", message="Ja!")))
    assert 'value="31"' in page
    assert "Ja!" in page
    same = {f"week_{code}": "yes" for code in WeekPattern.full_days("ma", "di")}
    days = {name: value for name, value in other_days(noor).items() if not name.startswith("week_")}
    assert "Dat zijn al de dagen en uren van dan." in words(sara.post(page_of(noor, ASK), days | same))
    number = other_days(noor, message="85.07.30-033.28")
    assert "rijksregisternummer" in words(sara.post(page_of(noor, ASK), number))


@pytest.mark.parametrize("more", [ANSWER, ASK, f"{ASK}toch-niet/"])
def test_only_the_family_itself(here: Town, sara: PageClient, client_for: ClientFor, noor: Journey, more: str) -> None:
    proposes(noor)
    other = asks(here, here.deniz(location_ids=(here.regenboog_centrum.id,)))
    assert client_for(other.registered).post(page_of(noor, more), {"answer": "yes"}).status_code == 404
    assert client_for().post(page_of(noor, more)).status_code == 302
    assert sara.get(page_of(noor, more.replace("de-regenboog-centrum", "het-klavertje"))).status_code == 404
    assert the_proposal().state == "open"

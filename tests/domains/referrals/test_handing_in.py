"""De periodieke lijst: handed in whole, each child counted once, taken over only with consent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, looking

from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.referrals.handed_in import QuarterOfLists, lists_of, own_lists
from opvangloket.domains.referrals.handing_in import (
    ListsNotAsked,
    NotAgreed,
    QuestionNotOnList,
    UnansweredQuestion,
    WrongLength,
    hand_in,
    handed_in_before,
    same_child,
    take_over,
)
from opvangloket.domains.referrals.models import HandedInList, HandedInQuestion
from opvangloket.domains.referrals.reminding import sweep_lists
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.handed_in import MOST_QUESTIONS, quarter_of
from opvangloket.rules.procedure import DeskMode, Procedure

pytestmark = pytest.mark.django_db
QUARTER = quarter_of(NOW.date())


@pytest.fixture
def here(db: None) -> Town:
    made = town(NOW)
    made.choose(Procedure(mode=DeskMode.DESK_ONLY))
    return made


def unanswered(here: Town, name: str = "Noor", *, agreed: bool = True, **different: Any) -> UnansweredQuestion:
    question = here.noor(location_ids=(), **different)
    born = {"Noor": 60, "Bo": 400, "Mila": 800}[name]
    child = replace(question.child, first_name=name, birth_on=here.today - timedelta(days=born))
    return UnansweredQuestion(question=replace(question, child=child), asked_on=here.today, agreed=agreed)


def hands_in(here: Town, *questions: UnansweredQuestion, **different: Any) -> UUID:
    facts: dict[str, Any] = {
        "list_id": new_id(),
        "desk_id": here.ninove.id,
        "location_id": here.regenboog_centrum.id,
        "questions": questions,
        "actor": here.manager,
        "now": NOW,
    }
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        return hand_in(**facts | different)


def quarter(here: Town) -> QuarterOfLists:
    with here.at_desk():
        return lists_of(QUARTER, today=here.today)


def test_a_list_shows_who_handed_in_and_who_did_not(here: Town) -> None:
    hands_in(here, unanswered(here), unanswered(here, "Bo", agreed=False))
    found = quarter(here)
    assert found.handed_in == ("De Regenboog Centrum",)
    assert tuple(one.name for one in found.missing) == ("De Regenboog Denderhof", "Het Klavertje", "Mia's Nestje")
    assert (found.total, found.waiting, found.doubles, found.taken_over) == (2, 2, 0, 0)
    assert [(one.child_name, one.agreed) for one in found.questions] == [("Noor Peeters", True), ("Bo Peeters", False)]
    with here.at_organiser(here.regenboog_centrum):
        assert [(one.handed_in_on, one.questions) for one in own_lists(here.regenboog_centrum.id)] == [(here.today, 2)]
    with looking():
        assert not CareRequest.objects.exists()


def test_handed_in_twice_is_once(here: Town) -> None:
    list_id = new_id()
    for _ in range(2):
        assert hands_in(here, unanswered(here), list_id=list_id) == list_id
    with looking():
        assert (HandedInList.objects.count(), HandedInQuestion.objects.count()) == (1, 1)
        assert AuditEvent.objects.filter(action="list.hand_in").count() == 1


def test_the_desk_decides_about_what_looks_double(here: Town) -> None:
    known = here.ask(here.noor())
    hands_in(here, unanswered(here), unanswered(here, "Bo"))
    hands_in(here, unanswered(here, "Bo"), location_id=here.regenboog_denderhof.id, now=NOW + timedelta(hours=1))
    order = sorted(quarter(here).questions, key=lambda one: (one.location_name, one.child_name))
    bo, noor, bo_again = order
    assert [double.request_id for double in noor.doubles] == [known.request_id]
    assert bo.doubles == ()
    assert [double.other_id for double in bo_again.doubles] == [bo.id]
    with here.at_desk():
        same_child(question_id=noor.id, request_id=known.request_id, actor=here.worker, now=NOW)
        same_child(question_id=bo_again.id, other_id=bo.id, actor=here.worker, now=NOW)
        with pytest.raises(QuestionNotOnList):
            same_child(question_id=bo_again.id, actor=here.worker, now=NOW)
    found = quarter(here)
    assert (found.total, found.doubles, found.waiting) == (3, 2, 1)


def test_who_is_told_apart_is_not_asked_about_again(here: Town) -> None:
    here.ask(here.noor())
    hands_in(here, unanswered(here))
    [noor] = quarter(here).questions
    with here.at_desk():
        same_child(question_id=noor.id, actor=here.worker, now=NOW)
    assert quarter(here).questions[0].doubles == ()
    assert quarter(here).waiting == 1


def test_a_family_that_agreed_is_taken_over_once(here: Town) -> None:
    hands_in(here, unanswered(here))
    [noor] = quarter(here).questions
    with here.at_desk():
        registered = take_over(question_id=noor.id, actor=here.worker, now=NOW, randomness=here.randomness)
        with pytest.raises(QuestionNotOnList):
            take_over(question_id=noor.id, actor=here.worker, now=NOW, randomness=here.randomness)
        request = CareRequest.objects.get(id=registered.request_id)
        assert (request.channel, request.state, request.residence_nis) == ("organiser", "open", "41048")
    assert (quarter(here).taken_over, quarter(here).waiting) == (1, 0)


def test_a_family_that_did_not_agree_is_not_taken_over(here: Town) -> None:
    hands_in(here, unanswered(here, agreed=False))
    [noor] = quarter(here).questions
    with here.at_desk(), pytest.raises(NotAgreed):
        take_over(question_id=noor.id, actor=here.worker, now=NOW, randomness=here.randomness)


def test_a_location_learns_only_of_its_own_lists(here: Town) -> None:
    here.ask(here.noor())
    hands_in(here, unanswered(here, "Bo"))
    asked = [unanswered(here).identity, unanswered(here, "Bo").identity]
    with here.at_organiser(here.regenboog_centrum):
        assert handed_in_before(asked, [here.regenboog_centrum.id]) == {1: "Bo Peeters"}
    with here.at_organiser(here.mias_nestje):
        assert handed_in_before(asked, [here.regenboog_centrum.id]) == {}
    with here.at_desk(here.overstroom):
        assert lists_of(QUARTER, today=here.today).total == 0


def test_what_is_not_right_leaves_nothing(here: Town) -> None:
    with pytest.raises(WrongLength):
        hands_in(here)
    with pytest.raises(WrongLength):
        hands_in(here, *[unanswered(here)] * (MOST_QUESTIONS + 1))
    with pytest.raises(LocationNotHere):
        hands_in(here, unanswered(here), location_id=here.mias_nestje.id)
    with pytest.raises(LocationNotHere):
        hands_in(here, unanswered(here), location_id=here.ver_weg.id)
    named = replace(here.noor().applicant, last_name="85.07.30-033.28")
    with pytest.raises(NationalNumberRefused):
        hands_in(here, unanswered(here), unanswered(here, "Bo", applicant=named))
    here.choose(Procedure())
    with pytest.raises(ListsNotAsked):
        hands_in(here, unanswered(here))
    with looking():
        assert not HandedInList.objects.exists()


def test_lists_of_another_quarter_stand_apart(here: Town) -> None:
    hands_in(here, unanswered(here))
    with here.at_desk():
        assert lists_of(quarter_of(date(2026, 4, 1)), today=here.today).total == 0


def test_many_questions_take_as_many_queries_as_few(here: Town) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            quarter(here)
        return len(captured)

    here.ask(here.noor())
    hands_in(here, unanswered(here))
    few = queries()
    hands_in(here, unanswered(here), unanswered(here, "Bo"), unanswered(here, "Mila"))
    assert queries() == few


def sweeps(day: date) -> int:
    return sweep_lists(now=datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def test_who_handed_in_nothing_is_reminded_once_before_the_quarter_ends(here: Town) -> None:
    hands_in(here, unanswered(here))
    assert sweeps(date(2026, 3, 17)) == 0
    assert [sweeps(date(2026, 3, day)) for day in (18, 18, 31)] == [3, 0, 0]
    with looking():
        mails = list(Message.objects.filter(template="list_reminder").order_by("recipient_name"))
    assert [mail.recipient_name for mail in mails] == ["De Regenboog Denderhof", "Het Klavertje", "Mia's Nestje"]
    assert "tot en met dinsdag 31 maart" in mails[0].text
    assert "/organisator/locaties/de-regenboog-denderhof/gezinnen/" in mails[0].text
    assert sweeps(date(2026, 4, 1)) == 0
    assert sweeps(date(2026, 6, 20)) == 4


def test_nobody_is_reminded_at_a_central_desk(here: Town) -> None:
    here.choose(Procedure(mode=DeskMode.CENTRAL))
    assert sweeps(date(2026, 3, 20)) == 0

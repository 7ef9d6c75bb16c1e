"""An organiser passes a family on with its consent: the desk takes over, and the organiser learns no more than it may."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import SARA, Town, town
from tests.domains.distribution.journey import NOW, YES, Journey, looking

from opvangloket.domains.deskwork.work import WorkReason
from opvangloket.domains.deskwork.worklist import worklist
from opvangloket.domains.distribution.asking.choosing import add_location
from opvangloket.domains.distribution.closing.searches import withdraw_request
from opvangloket.domains.distribution.lines.locking import LocationNotHere
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.referrals.models import Referral
from opvangloket.domains.referrals.queries import OwnReferral, own_referrals, referral_of, referred_before
from opvangloket.domains.referrals.referring import MOST_WORDS, Consent, ConsentNotInForce, TooManyWords, refer
from opvangloket.domains.requests.actions import NewQuestion, QuestionRefused, Registered, finish_task
from opvangloket.domains.requests.duplicates import find_likely_duplicates, identity_of
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.procedure import DeskMode, Procedure
from opvangloket.rules.referrals import ConsentHow, ReferralStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def refers(here: Town, question: NewQuestion | None = None, **different: Any) -> Registered:
    """Let De Regenboog Centrum pass a family on, Sara and Noor unless told."""
    facts: dict[str, Any] = {
        "desk_id": here.ninove.id,
        "location_id": here.regenboog_centrum.id,
        "question": question or here.noor(location_ids=()),
        "consent": Consent(ConsentHow.AT_THE_DOOR, here.today),
        "actor": here.manager,
        "now": NOW,
        "randomness": here.randomness,
    }
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof):
        return refer(**facts | different)


def seen(here: Town) -> tuple[OwnReferral, ...]:
    with here.at_organiser(here.regenboog_centrum):
        return own_referrals([here.regenboog_centrum.id]).rows


@pytest.mark.parametrize("mode", DeskMode)
def test_the_desk_takes_over(here: Town, mode: DeskMode) -> None:
    here.choose(Procedure(mode=mode))
    registered = refers(here, words="Mama begint op 1 september te werken.")
    with looking():
        request = CareRequest.objects.get(id=registered.request_id)
        assert (request.state, request.channel, request.desk_id) == ("open", "organiser", here.ninove.id)
        assert not request.chosen_locations.exists()
        assert not Inquiry.objects.exists()
        task = DeskTask.objects.get(kind=TaskKind.REFERRED)
        assert (task.request_id, task.location_id) == (request.id, here.regenboog_centrum.id)
        consent = "Akkoord van het gezin: mondeling, op maandag 2 maart 2026."
        assert task.note == f"{consent} “Mama begint op 1 september te werken.”"
        assert AuditEvent.objects.get(action="referral.record").codes == ["at_the_door"]
        [receipt] = Message.objects.filter(recipient=SARA.email)
        assert "De opvang waar je was, gaf je vraag aan ons door." in receipt.text
    with here.at_desk():
        [entry] = worklist(Procedure(), now=NOW).entries
        assert WorkReason.REFERRED in entry.reasons
        known = referral_of(registered.request_id)
        assert known is not None
        assert (known.location_name, known.consent_on) == ("De Regenboog Centrum", here.today)


def test_a_family_without_mail_is_on_the_list_all_the_same(here: Town) -> None:
    refers(here, here.noor(location_ids=(), applicant=replace(SARA, email="")))
    with looking():
        assert DeskTask.objects.filter(kind=TaskKind.REFERRED, done_at=None).count() == 1
        assert not Message.objects.exists()


def test_pressed_twice_refers_once(here: Town) -> None:
    first, second = (refers(here, reference="K7M2X4R9") for _ in range(2))
    assert first.request_id == second.request_id
    with looking():
        assert (Referral.objects.count(), CareRequest.objects.count(), DeskTask.objects.count()) == (1, 1, 1)


def test_a_family_that_the_desk_knew_is_put_before_a_person(here: Town) -> None:
    known = here.ask(here.noor())
    registered = refers(here)
    with here.at_desk():
        assert [one.request_id for one in find_likely_duplicates(registered.request_id)] == [known.request_id]
        assert DeskTask.objects.filter(kind=TaskKind.LIKELY_DUPLICATE, request_id=registered.request_id).exists()


def test_the_location_learns_three_things_at_most(here: Town) -> None:
    registered = refers(here)
    assert [(one.child_name, one.step) for one in seen(here)] == [("Noor Peeters", ReferralStep.WAITS)]
    with here.at_desk():
        add_location(request_id=registered.request_id, location_id=here.mias_nestje.id, actor=here.worker, now=NOW)
    assert seen(here)[0].step is ReferralStep.TAKEN_OVER
    Journey(here=here, registered=registered, now=NOW).answers(here.mias_nestje, YES)
    assert seen(here)[0].step is ReferralStep.TAKEN_OVER
    with here.at_desk():
        withdraw_request(request_id=registered.request_id, actor=here.worker, now=NOW)
        assert not DeskTask.objects.filter(kind=TaskKind.REFERRED, done_at=None).exists()
    assert seen(here)[0].step is ReferralStep.OVER


def test_a_task_that_is_done_is_taken_over(here: Town) -> None:
    refers(here)
    with here.at_desk():
        task = DeskTask.objects.get(kind=TaskKind.REFERRED)
        finish_task(task_id=task.id, actor=here.worker, now=NOW, note="Gebeld.")
    assert seen(here)[0].step is ReferralStep.TAKEN_OVER


def test_other_locations_and_other_desks_see_nothing(here: Town) -> None:
    refers(here)
    with here.at_organiser(here.mias_nestje):
        assert own_referrals([here.mias_nestje.id, here.regenboog_centrum.id]).rows == ()
    with here.at_organiser(here.regenboog_centrum):
        assert not CareRequest.objects.exists()
    with here.at_desk(here.overstroom):
        assert not Referral.objects.exists()


def test_the_same_child_again_is_recognised_by_its_own_location_alone(here: Town) -> None:
    registered = refers(here)
    with looking():
        identity = identity_of(CareRequest.objects.select_related("child", "applicant").get(id=registered.request_id))
    with here.at_organiser(here.regenboog_centrum):
        found = referred_before(identity, [here.regenboog_centrum.id])
        assert found is not None
        assert found.reference == registered.reference
    with here.at_organiser(here.mias_nestje):
        assert referred_before(identity, [here.regenboog_centrum.id, here.mias_nestje.id]) is None
    with here.at_desk():
        withdraw_request(request_id=registered.request_id, actor=here.worker, now=NOW)
    with here.at_organiser(here.regenboog_centrum):
        assert referred_before(identity, [here.regenboog_centrum.id]) is None


@pytest.mark.parametrize(
    ("different", "error"),
    [
        ({"consent": Consent(ConsentHow.BY_PHONE, (NOW - timedelta(days=40)).date())}, ConsentNotInForce),
        ({"consent": Consent(ConsentHow.BY_PHONE, (NOW + timedelta(days=1)).date())}, ConsentNotInForce),
        ({"words": "w" * (MOST_WORDS + 1)}, TooManyWords),
        ({"words": "85.07.30-033.28"}, NationalNumberRefused),
    ],
)
def test_what_is_not_right_is_refused_whole(here: Town, different: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        refers(here, **different)
    with looking():
        assert not CareRequest.objects.exists()


def test_a_family_must_be_reachable_and_the_location_its_own(here: Town) -> None:
    with pytest.raises(QuestionRefused) as refused:
        refers(here, here.noor(location_ids=(), applicant=replace(SARA, email="", phone="")))
    assert refused.value.problems[0].field == "applicant.phone"
    with pytest.raises(LocationNotHere):
        refers(here, location_id=here.mias_nestje.id)
    with pytest.raises(LocationNotHere):
        refers(here, desk_id=here.overstroom.id)


def test_a_family_reads_who_passed_its_question_on(here: Town) -> None:
    registered = refers(here)
    with here.as_family(registered):
        found = referral_of(registered.request_id)
    assert found
    assert (found.location_name, found.consent_how) == ("De Regenboog Centrum", ConsentHow.AT_THE_DOOR)
    other = refers(here, here.deniz(location_ids=()))
    with here.as_family(other):
        assert referral_of(registered.request_id) is None

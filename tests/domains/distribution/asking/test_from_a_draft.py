"""From a draft to a request: sent once whatever happens, its address proved by a code, its order kept for the report."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connections
from tests.cast import VISITOR, Town, town

from opvangloket.domains.distribution.answering.suggestions import suggestions_of
from opvangloket.domains.distribution.asking.questions import ask_from_draft, confirm_contact_by_code
from opvangloket.domains.distribution.asking.round_preview import preview_round
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.actions import DraftGone, RequestNotFound, draft_by_token, save_draft
from opvangloket.domains.requests.contact_codes import AlreadyProved, change_unproved_address, send_contact_code
from opvangloket.domains.requests.models import CareRequest, RequestedLocation
from opvangloket.domains.requests.own_requests import own_request, own_requests
from opvangloket.domains.requests.preferences import OrderNotComplete, reorder_locations
from opvangloket.domains.requests.submitted import submission_of
from opvangloket.domains.requests.wishes import Wish
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.foundation.tenancy.scopes import FamilyScope, across_desks, scope
from opvangloket.rules.patterns import WeekPattern

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LINK = "http://localhost:8000/ninove/vraag/verder/geheim/"


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def begun(here: Town) -> str:
    return save_draft(desk_id=here.ninove.id, answers={"kind": {"born_1": ["yes"]}}, now=here.now)


def send(here: Town, token: str) -> UUID:
    return ask_from_draft(
        desk_id=here.ninove.id,
        token=token,
        link=LINK,
        questions=[here.noor()],
        actor=VISITOR,
        now=here.now,
        randomness=Random(3),
    )


def digits(address: str) -> str:
    """Return the code in the newest mail to an address."""
    return re.findall(r"\b\d{6}\b", mailbox(search=address)[0].text)[0]


def test_a_sent_draft_forgets_its_answers_and_leads_to_the_request(here: Town) -> None:
    token = begun(here)
    request_id = send(here, token)
    found = draft_by_token(desk_id=here.ninove.id, token=token)
    assert (found.request_id, found.answers) == (request_id, {})
    assert send(here, token) == request_id
    assert len(mailbox()) == 1


def test_a_draft_of_another_desk_is_not_there(here: Town) -> None:
    token = save_draft(desk_id=here.overstroom.id, answers={}, now=here.now)
    with pytest.raises(DraftGone):
        send(here, token)


def test_two_presses_at_the_same_moment_register_once(committed_database: str) -> None:
    here = town(NOW)
    token = begun(here)

    def press(_number: int) -> UUID:
        try:
            return send(here, token)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as presses:
        answers = list(presses.map(press, range(6)))
    assert len(set(answers)) == 1
    with across_desks("counting"):
        assert CareRequest.objects.count() == 1
    assert len(mailbox()) == 1


def test_the_right_code_sends_the_question_and_works_once(here: Town) -> None:
    request_id = send(here, begun(here))
    with here.at_desk():
        code = digits("sara")
        wrong = "000000" if code != "000000" else "111111"
        by = {"request_id": request_id, "actor": VISITOR, "now": here.now}
        assert not confirm_contact_by_code(digits=wrong, **by)
        assert submission_of(request_id).is_proved is False
        assert confirm_contact_by_code(digits=code, **by)
        assert submission_of(request_id).is_proved is True
        assert Inquiry.objects.filter(state="sent").count() == 2
        assert not confirm_contact_by_code(digits=code, **by)


def test_a_proved_address_is_not_changed_by_who_holds_the_draft(here: Town) -> None:
    request_id = send(here, begun(here))
    with here.at_desk():
        confirm_contact_by_code(request_id=request_id, digits=digits("sara"), actor=VISITOR, now=here.now)
        with pytest.raises(AlreadyProved):
            change_unproved_address(request_id=request_id, email="dief@x.be", link=LINK, actor=VISITOR, now=here.now)
        assert send_contact_code(request_id=request_id, link=LINK, now=here.now) is False


def test_a_new_order_is_kept_beside_the_first_one(here: Town) -> None:
    noor = here.ask(here.noor())
    first, second = here.regenboog_centrum.id, here.mias_nestje.id
    with here.as_family(noor):
        reorder_locations(request_id=noor.request_id, location_ids=[second, first], actor=VISITOR, now=here.now)
        rows = dict(RequestedLocation.objects.values_list("location_id", "preference"))
        assert rows == {second: 1, first: 2}
        assert dict(RequestedLocation.objects.values_list("location_id", "position")) == {first: 1, second: 2}
        for wrong in ([first], [first, first], [first, second, uuid4()]):
            with pytest.raises(OrderNotComplete):
                reorder_locations(request_id=noor.request_id, location_ids=wrong, actor=VISITOR, now=here.now)


def test_a_family_sees_its_own_requests_only(here: Town) -> None:
    noor, deniz = here.ask(here.noor()), here.ask(here.deniz())
    with here.as_family(noor):
        assert [own.reference for own in own_requests()] == [noor.reference]
        assert own_request(noor.reference.lower()).child_first_name == "Noor"
        with pytest.raises(RequestNotFound):
            own_request(deniz.reference)
        assert suggestions_of(deniz.request_id, today=here.today) == ()
    with scope(FamilyScope(here.overstroom.id, frozenset())):
        assert own_requests() == ()


def test_the_effect_of_a_change_is_known_before(here: Town) -> None:
    request_id = send(here, begun(here))
    question = here.noor()
    other = Wish(start_on=question.start_on, pattern=WeekPattern.full_days("vr"))
    same = Wish(start_on=question.start_on, pattern=question.pattern)
    with here.at_desk():
        assert not preview_round(request_id=request_id, wish=other, today=here.today).asks_again
        confirm_contact_by_code(request_id=request_id, digits=digits("sara"), actor=VISITOR, now=here.now)
        preview = preview_round(request_id=request_id, wish=other, today=here.today)
        assert preview.asks_again
        assert str(preview.possible_on) == "2026-03-16"
        assert str(preview.dates.due_on) == "2026-03-16"
        assert set(preview.location_names) == {"De Regenboog Centrum", "Mia's Nestje"}
        assert not preview_round(request_id=request_id, wish=same, today=here.today).asks_again
        with pytest.raises(RequestNotFound):
            preview_round(request_id=uuid4(), wish=same, today=here.today)

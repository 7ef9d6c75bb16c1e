"""The nightly check finds every state that does not follow from its events, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import Town, plan_places, town
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, asks, looking

from opvangloket.domains.distribution import replay
from opvangloket.domains.distribution.models import Offer, Placement
from opvangloket.domains.distribution.places.taking import release_places
from opvangloket.domains.distribution.replay import Differs, replay_check
from opvangloket.domains.distribution.tasks import check_states
from opvangloket.domains.providers.models import Occupation
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest, CaseEvent
from opvangloket.rules.case_events import EventKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> Town:
    """Give a town in which a test breaks something."""
    return town(NOW)


def placed(there: Town) -> Journey:
    plan_places(there.mias_nestje, 1, from_on=there.today)
    noor = asks(there)
    noor.answers(there.regenboog_centrum, FULL)
    noor.answers(there.mias_nestje, YES)
    noor.accepts(there.mias_nestje)
    return noor


def test_a_story_as_it_should_be(there: Town) -> None:
    placed(there)
    asks(there, there.deniz()).answers(there.het_klavertje, YES)
    assert replay_check(there.ninove.id) == ()
    assert check_states(timestamp=0) == 0


BREAKS: dict[str, tuple[Callable[[Journey], Any], set[Differs]]] = {
    "a state without its event": (
        lambda noor: CareRequest.objects.filter(id=noor.request_id).update(state="withdrawn"),
        {Differs.STATE},
    ),
    "an event without its state": (
        lambda noor: append_event(
            request=CareRequest.objects.get(id=noor.request_id), at=noor.now, kind=EventKind.PLACED_DIRECTLY,
            location_id=noor.here.het_klavertje.id,
        ),
        {Differs.PLACEMENTS},
    ),
    "an answer without its event": (
        lambda noor: append_event(
            request=CareRequest.objects.get(id=noor.request_id), at=noor.now, kind=EventKind.ANSWERED_NO,
            location_id=noor.here.het_klavertje.id, reason="volzet",
        ),
        {Differs.ANSWERS},
    ),
    "an offer that was opened again": (
        lambda noor: Offer.objects.update(state="open", held=False),
        {Differs.OPEN_OFFERS},
    ),
    "a placement that was undone by hand": (
        lambda noor: Placement.objects.update(state="undone"),
        {Differs.PLACEMENTS, Differs.PLACES},
    ),
    "a place that was given away": (
        lambda noor: release_places([noor.placement().id]),
        {Differs.PLACES},
    ),
    "a place that stayed behind": (
        lambda noor: Occupation.objects.update(subject_id=noor.offer(noor.here.mias_nestje).id),
        {Differs.PLACES},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BREAKS)
def test_what_was_broken_is_found(there: Town, what: str, caplog: pytest.LogCaptureFixture) -> None:
    noor = placed(there)
    break_it, expected = BREAKS[what]
    with looking():
        break_it(noor)
    found = replay_check(there.ninove.id)
    assert {one.what for one in found} == expected
    assert {one.reference for one in found} == {noor.registered.reference}
    assert replay_check(there.overstroom.id) == ()
    assert check_states(timestamp=0) == len(found)
    assert noor.registered.reference in caplog.text


def test_of_an_imported_request_only_its_state_is_compared(there: Town) -> None:
    noor = asks(there)
    with looking():
        CaseEvent.objects.create(
            desk=there.ninove, request_id=noor.request_id, seq=1, at=NOW, kind="answered_no",
            location=there.mias_nestje, reason="volzet", imported=True,
        )  # fmt: skip
    assert replay_check(there.ninove.id) == ()


def test_more_requests_than_fit_at_a_time(there: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "_AT_A_TIME", 2)
    journeys = [asks(there) for _ in range(5)]
    with looking():
        CareRequest.objects.filter(id=journeys[4].request_id).update(state="placed")
    assert [one.reference for one in replay_check(there.ninove.id)] == [journeys[4].registered.reference]

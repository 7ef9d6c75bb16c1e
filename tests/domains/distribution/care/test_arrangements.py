"""Before a start: what is on paper, item by item, and the moments at which a child comes to get used to its place."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import YES, Journey, asks

from opvangloket.domains.distribution.care.arrangements import (
    MOST_MOMENTS,
    Arrangements,
    MomentRefused,
    arrangements_of,
    drop_moment,
    plan_moment,
    tick_items,
)
from opvangloket.domains.distribution.care.start import CannotConfirm
from opvangloket.domains.distribution.closing.searches import reopen
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.domains.providers.models import Tariff
from opvangloket.rules.care_agreement import AgreementItem


@pytest.fixture
def noor(here: Town) -> Journey:
    """Noor will come to De Regenboog Centrum."""
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    journey.accepts(here.regenboog_centrum)
    return journey


def arranged(noor: Journey) -> Arrangements:
    with noor.here.as_family(noor.registered):
        return arrangements_of([noor.placement().id])[noor.placement().id]


def ticks(noor: Journey, *items: AgreementItem) -> None:
    with noor.here.at_organiser(noor.here.regenboog_centrum):
        tick_items(placement_id=noor.placement().id, items=items, actor=noor.here.manager, now=noor.now)


def settles(noor: Journey, starts_at: datetime, minutes: int = 90) -> None:
    facts: dict[str, Any] = {"actor": noor.here.manager, "now": noor.now}
    with noor.here.at_organiser(noor.here.regenboog_centrum):
        plan_moment(placement_id=noor.placement().id, starts_at=starts_at, minutes=minutes, **facts)


def test_each_item_keeps_the_day_on_which_it_was_ticked(noor: Journey) -> None:
    assert AgreementItem.SIGNED in arranged(noor).missing
    first_day = noor.today
    ticks(noor, AgreementItem.CARE_PLAN)
    noor.later(days=3)
    ticks(noor, AgreementItem.CARE_PLAN, AgreementItem.SIGNED)
    ticks(noor, AgreementItem.CARE_PLAN, AgreementItem.SIGNED)
    assert arranged(noor).arranged == {AgreementItem.CARE_PLAN: first_day, AgreementItem.SIGNED: noor.today}
    ticks(noor, AgreementItem.SIGNED)
    assert arranged(noor).arranged == {AgreementItem.SIGNED: noor.today}


def test_a_location_with_a_fixed_price_needs_no_certificate(here: Town, noor: Journey) -> None:
    here.regenboog_centrum.tariff = Tariff.FREE
    here.regenboog_centrum.save(update_fields=["tariff"])
    ticks(noor, AgreementItem.INCOME_CERTIFICATE, AgreementItem.PRICE)
    assert set(arranged(noor).arranged) == {AgreementItem.PRICE}


def test_a_child_comes_to_get_used_to_its_place(here: Town, noor: Journey) -> None:
    starts_at = noor.now + timedelta(days=110)
    settles(noor, starts_at)
    settles(noor, starts_at)
    [moment] = arranged(noor).moments
    assert (moment.starts_at, moment.minutes) == (starts_at, 90)
    [mail] = noor.mails("settling_in_family")
    assert "zaterdag 20 juni 2026" in mail.text
    for _ in range(2):
        with here.at_organiser(here.regenboog_centrum):
            drop_moment(placement_id=noor.placement().id, moment_id=moment.id, actor=here.manager, now=noor.now)
    assert arranged(noor).moments == ()
    assert len(noor.mails("settling_in_off_family")) == 1


@pytest.mark.parametrize(
    ("days", "minutes", "code"),
    [(-1, 60, "past"), (110, 0, "minutes"), (110, 700, "minutes"), (300, 60, "far_from_start")],
)
def test_a_moment_that_cannot_be_is_refused(noor: Journey, days: int, minutes: int, code: str) -> None:
    with pytest.raises(MomentRefused) as refused:
        settles(noor, noor.now + timedelta(days=days), minutes)
    assert refused.value.code == code


def test_there_are_not_endlessly_many_moments(noor: Journey) -> None:
    for number in range(MOST_MOMENTS):
        settles(noor, noor.now + timedelta(days=100 + number))
    with pytest.raises(MomentRefused, match="genoeg wenmomenten"):
        settles(noor, noor.now + timedelta(days=130))


def test_only_its_own_location_arranges_and_only_while_the_place_stands(here: Town, noor: Journey) -> None:
    placement_id = noor.placement().id
    facts: dict[str, Any] = {"placement_id": placement_id, "items": [], "actor": here.manager, "now": noor.now}
    with here.at_organiser(here.mias_nestje), pytest.raises(PlacementNotFound):
        tick_items(**facts)
    with here.at_organiser(here.mias_nestje):
        assert arrangements_of([placement_id]) == {}
    with here.at_desk():
        reopen(request_id=noor.request_id, actor=here.worker, now=noor.now)
    with pytest.raises(CannotConfirm):
        ticks(noor, AgreementItem.SIGNED)
    with pytest.raises(CannotConfirm):
        settles(noor, noor.now + timedelta(days=110))

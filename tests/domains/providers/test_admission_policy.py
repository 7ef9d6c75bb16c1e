"""The admission policy of a location: versions that are never changed, one of which holds on a day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import Town, town

from opvangloket.domains.providers.admission_policy import policy_in_force, policy_versions, publish_policy
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.providers.page_edit import PageRefused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def publish(here: Town, text: str, valid_from: date = TODAY, **different: Any) -> int:
    at = {"location_id": here.mias_nestje.id, "actor": here.manager, "now": NOW} | different
    with here.at_organiser(here.mias_nestje):
        return publish_policy(text=text, valid_from=valid_from, **at)


def in_force(here: Town, day: date) -> int | None:
    found = policy_in_force(here.mias_nestje.id, day)
    return found.number if found else None


def test_a_version_holds_from_its_day_until_the_next_one(here: Town) -> None:
    summer = date(2026, 7, 1)
    assert in_force(here, TODAY) is None
    assert [publish(here, "Broers en zussen eerst."), publish(here, "Ook wie in de straat woont.", summer)] == [1, 2]
    days = (TODAY - timedelta(days=1), TODAY, summer - timedelta(days=1), summer)
    assert [in_force(here, day) for day in days] == [None, 1, 1, 2]


def test_a_version_of_the_same_day_takes_over_and_the_former_stays_known(here: Town) -> None:
    publish(here, "Eerst.")
    publish(here, "Beter gezegd.")
    assert in_force(here, TODAY) == 2
    assert [version.text for version in policy_versions(here.mias_nestje.id)] == ["Beter gezegd.", "Eerst."]


def test_the_same_once_more_changes_nothing(here: Town) -> None:
    assert [publish(here, "Broers en zussen eerst.") for _twice in range(2)] == [1, 1]
    assert len(policy_versions(here.mias_nestje.id)) == 1


@pytest.mark.parametrize(
    ("text", "day", "field"),
    [("", TODAY, "text"), ("a" * 5001, TODAY, "text"), ("Te laat.", TODAY - timedelta(days=1), "start")],
)
def test_no_words_and_no_past(here: Town, text: str, day: date, field: str) -> None:
    with pytest.raises(PageRefused) as refused:
        publish(here, text, day)
    assert refused.value.field == field
    assert policy_versions(here.mias_nestje.id) == ()


def test_a_stranger_publishes_nothing(here: Town) -> None:
    with pytest.raises(LocationNotFound):
        publish(here, "Van ons.", location_id=here.het_klavertje.id)

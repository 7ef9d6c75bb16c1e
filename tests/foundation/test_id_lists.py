"""A list of identifiers goes to the database as one array, and finds what Django's own list finds."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, town

from opvangloket.domains.providers.models import Location, OpeningHours
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))


@pytest.fixture
def two(here: Town) -> list[UUID]:
    return [here.regenboog_centrum.id, here.mias_nestje.id]


@pytest.mark.parametrize("kind", [list, tuple, set, frozenset])
def test_every_sort_of_list_finds_its_rows(two: list[UUID], kind: type) -> None:
    with across_desks("a test"), CaptureQueriesContext(connection) as asked:
        found = set(Location.objects.filter(id__in=kind([*two, new_id()])).values_list("id", flat=True))
    assert found == set(two)
    assert "= ANY(" in asked[0]["sql"]


def test_a_foreign_key_finds_them_too_by_name_by_id_and_through_another_table(two: list[UUID]) -> None:
    with across_desks("a test"):
        by_id = OpeningHours.objects.filter(location_id__in=two)
        assert by_id.exists()
        assert set(OpeningHours.objects.filter(location__in=two)) == set(by_id)
        assert set(OpeningHours.objects.filter(location__id__in=two)) == set(by_id)
        assert not OpeningHours.objects.exclude(location_id__in=two).filter(location_id=two[0]).exists()


def test_no_identifiers_find_nothing_and_leave_nothing_out(two: list[UUID]) -> None:
    with across_desks("a test"):
        assert not Location.objects.filter(id__in=[]).exists()
        assert Location.objects.exclude(id__in=frozenset()).filter(id__in=two).count() == 2


def test_anything_else_is_left_to_django(here: Town, two: list[UUID]) -> None:
    with across_desks("a test"):
        assert Location.objects.filter(id__in=[str(one) for one in two]).count() == 2
        assert Location.objects.filter(id__in=Location.objects.filter(id=two[0])).count() == 1
        assert OpeningHours.objects.filter(location__in=[here.regenboog_centrum, None]).exists()
        with pytest.raises(ValidationError):
            Location.objects.filter(id__in=["geen id"]).exists()

"""Versions of what a desk chose are read many at once, as running terms keep them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cast import town

from opvangloket.foundation.tenancy.queries import procedures_numbered
from opvangloket.rules.procedure import Procedure

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_many_versions_are_read_in_one_query(django_assert_num_queries: Any) -> None:
    here = town(NOW)
    here.choose(Procedure(reply_by_days=12))
    here.choose(Procedure(reply_by_days=20))
    wanted = [(here.ninove.id, 1), (here.ninove.id, 2), (here.ninove.id, 0), (here.overstroom.id, 0)]
    with here.at_organiser(here.mias_nestje), django_assert_num_queries(1):
        found = procedures_numbered(wanted)
    assert [found[version].reply_by_days for version in wanted] == [12, 20, 10, 10]

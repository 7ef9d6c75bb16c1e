"""The same seed on the same day gives the same town, byte by byte; another seed gives another."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.db import transaction
from tests.simulation.conftest import NINOVE, ORDER, TODAY, live_through

from opvangloket.domains.exchange.folder.exporting import export_desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import brussels_midnight
from opvangloket.simulation.making import NotEmpty, TownOrder, UnknownMunicipality, make_town, planned_town

SMALL = TownOrder(nis_codes=(NINOVE,), today=TODAY, years=1, seed=3, requests_scale=0.5)


def exported(order: TownOrder) -> bytes:
    out = BytesIO()
    with transaction.atomic(), across_desks("exporting a made town"):
        make_town(order)
        export_desk("ninove", out, now=brussels_midnight(TODAY))
        transaction.set_rollback(True)
    return out.getvalue()


@pytest.mark.django_db
def test_the_same_order_exports_the_same_bytes() -> None:
    assert exported(SMALL) == exported(SMALL)


@pytest.mark.django_db
def test_another_seed_is_another_town() -> None:
    assert exported(SMALL) != exported(replace(SMALL, seed=4))


def test_a_history_does_not_depend_on_who_reads_it() -> None:
    first, second = live_through(SMALL), live_through(SMALL)

    assert [course.reference for course in first.courses] == [course.reference for course in second.courses]
    assert [course.id for course in first.courses] == [course.id for course in second.courses]
    assert [course.events for course in first.courses] == [course.events for course in second.courses]


def test_references_and_names_of_pages_are_used_once() -> None:
    lived = live_through(SMALL)
    references = [course.reference for course in lived.courses]
    slugs = [planned.row.slug for planned in lived.town.locations]

    assert len(set(references)) == len(references)
    assert len(set(slugs)) == len(slugs)


@pytest.mark.django_db
def test_a_town_is_only_made_where_nothing_is() -> None:
    with across_desks("making a town twice"):
        make_town(SMALL)
        with pytest.raises(NotEmpty):
            make_town(SMALL)


@pytest.mark.parametrize("code", ["99999", "21004", "44001"])
def test_a_code_that_is_no_flemish_municipality_of_today_is_refused(code: str) -> None:
    with pytest.raises(UnknownMunicipality):
        planned_town(replace(ORDER, nis_codes=(code,)))

"""Children who never were a question here take their place in the plan, and give it back."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import YES, asks, looking, taken

from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.planner.declared_children import (
    DeclarationRefused,
    DeclaredChild,
    NewChildren,
    declare_children,
    declared_children,
    end_declared,
)
from opvangloket.domains.distribution.planner.planned_children import planned_children
from opvangloket.domains.providers.models import CapacityKind, Location, Occupation
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern

MONDAY_TUESDAY = WeekPattern.full_days("ma", "di")


@pytest.fixture
def told(here: Town) -> NewChildren:
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    return NewChildren(pattern=MONDAY_TUESDAY, born_on=date(2025, 6, 1), start_on=here.today)


def tell(here: Town, told: NewChildren, as_id: UUID | None = None) -> int:
    with here.at_organiser(here.regenboog_centrum):
        return declare_children(
            location_id=here.regenboog_centrum.id, told=told, actor=here.manager, now=here.now, as_id=as_id
        )


def children(here: Town) -> tuple[DeclaredChild, ...]:
    with here.at_organiser(here.regenboog_centrum):
        return declared_children(here.regenboog_centrum.id, today=here.today)


def test_they_take_places_until_they_can_go_to_school(here: Town, told: NewChildren) -> None:
    assert tell(here, replace(told, children=2)) == 2
    assert taken("declared") == 2
    # Born in June 2025: two and a half in December 2027, in school in January 2028 at the latest.
    assert {child.period.end for child in children(here)} == {date(2028, 1, 10)}
    noor = asks(here, location_ids=(here.regenboog_centrum.id,))
    with pytest.raises(PlaceTaken):
        noor.answers(here.regenboog_centrum, YES)


def test_each_counts_in_the_pool_of_its_age(here: Town, told: NewChildren) -> None:
    tell(here, told)
    rows = Occupation.objects.order_by("start_on").values_list("age_group", "start_on", "end_on")
    assert list(rows) == [
        ("baby", here.today, date(2026, 12, 1)),
        ("toddler", date(2026, 12, 1), date(2028, 1, 10)),
    ]


def test_more_than_there_are_places_needs_a_reason_that_is_kept(here: Town, told: NewChildren) -> None:
    with pytest.raises(PlaceTaken):
        tell(here, replace(told, children=3))
    assert taken() == 0, "all or none"
    tell(here, replace(told, children=3, over_capacity_reason="Broer en zus delen."))
    assert taken("declared") == 3
    with looking():
        assert "over_capacity" in AuditEvent.objects.filter(action="location.edit").latest("at", "id").codes


def test_who_comes_no_more_gives_the_place_back_from_that_day(here: Town, told: NewChildren) -> None:
    tell(here, replace(told, children=2))
    first, _second = children(here)
    later = replace(here, now=here.now + timedelta(days=30))
    with later.at_organiser(here.regenboog_centrum):
        facts = {"location_id": here.regenboog_centrum.id, "subject_id": first.subject_id}
        assert end_declared(**facts, actor=here.manager, now=later.now)
        assert not end_declared(**facts, actor=here.manager, now=later.now), "a second press changes nothing"
    assert len(children(later)) == 1
    noor = asks(later, location_ids=(here.regenboog_centrum.id,))
    noor.answers(here.regenboog_centrum, YES)


def test_the_planner_shows_a_number_and_no_name(here: Town, told: NewChildren) -> None:
    tell(here, told)
    with here.at_organiser(here.regenboog_centrum):
        [child] = planned_children([here.regenboog_centrum.id], from_on=here.today)[here.regenboog_centrum.id]
    assert (child.kind, child.family, child.reference) == ("declared", None, "")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("week", {"pattern": WeekPattern()}),
        ("children", {"children": 0}),
        ("children", {"children": 51}),
        ("born_year", {"born_on": date(2030, 1, 1)}),
        ("born_year", {"start_on": date(2020, 1, 1)}),
        ("last", {"end_on": date(2026, 1, 1)}),
    ],
)
def test_what_cannot_be_is_refused(here: Town, told: NewChildren, field: str, wrong: dict[str, object]) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        tell(here, replace(told, **wrong))
    assert refused.value.field == field
    assert taken() == 0


def test_a_location_that_does_not_plan_here_is_told_how(here: Town, told: NewChildren) -> None:
    Location.objects.filter(id=here.regenboog_centrum.id).update(capacity_kind=CapacityKind.NONE)
    with pytest.raises(DeclarationRefused, match="Kies eerst dat je je plaatsen hier plant"):
        tell(here, told)


def test_the_same_press_again_counts_nobody_more(here: Town, told: NewChildren) -> None:
    kept = new_id()
    assert [tell(here, replace(told, children=2), as_id=kept) for _press in range(2)] == [2, 2]
    assert len(children(here)) == 2


def test_others_on_the_same_page_are_counted_beside_them(here: Town, told: NewChildren) -> None:
    kept = new_id()
    tell(here, told, as_id=kept)
    tell(here, replace(told, pattern=WeekPattern.full_days("do")), as_id=kept)
    assert {child.pattern.words() for child in children(here)} == {"maandag en dinsdag hele dag", "donderdag hele dag"}


def test_who_left_can_be_told_again_from_the_same_page(here: Town, told: NewChildren) -> None:
    kept = new_id()
    tell(here, told, as_id=kept)
    with here.at_organiser(here.regenboog_centrum):
        location_id = here.regenboog_centrum.id
        end_declared(location_id=location_id, subject_id=kept, actor=here.manager, now=here.now)
    tell(here, told, as_id=kept)
    assert len(children(here)) == 1

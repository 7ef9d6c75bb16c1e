"""What-if agrees with the answer and its places after the act; and what comes free by the plan is published once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking

from opvangloket.domains.distribution.answering.answers import Alternative
from opvangloket.domains.distribution.answering.proposals import Proposal, proposal_for
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.distribution.planner.computed_vacancies import computed_vacancies, publish_computed
from opvangloket.domains.distribution.planner.what_if import Supposed, suppose_asked
from opvangloket.domains.distribution.planner.year_children import shares_of_year
from opvangloket.domains.providers.models import Occupation, SubsidyStep, Tariff, Vacancy
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.providers.vacancies import VacancyNotFound
from opvangloket.domains.requests.actions import AskedChild
from opvangloket.foundation.ids import new_id
from opvangloket.rules.free_stretches import FreeStretch
from opvangloket.rules.occupancy import MonthOccupancy, months_of_occupancy
from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, CareHours, DayHours, WeekPattern

MONTHS = 36
WEEK = WeekPattern.full_days("ma", "di", "wo", "do", "vr")
WEEKS = st.integers(1, WEEK.mask).map(WeekPattern)
OPEN = CareHours(tuple(DayHours(day, 7 * 60, 18 * 60) for day in WEEKDAYS[:5]))  # as the cast's locations are
TIMES = st.lists(st.integers(12, 40).map(lambda half_hours: half_hours * 30), min_size=2, max_size=2, unique=True)
DAYS = st.builds(lambda day, times: DayHours(day, *sorted(times)), st.sampled_from(WEEKDAYS[:5]), TIMES)
HOURS = st.lists(DAYS, max_size=3, unique_by=lambda day: day.weekday).map(lambda days: CareHours(tuple(days)))


def supposed(journey: Journey) -> Supposed:
    location = journey.here.regenboog_centrum
    with journey.here.at_organiser(location):
        found = suppose_asked(journey.inquiry(location).id, today=journey.today, months=MONTHS)
    assert found is not None
    return found


def proposed(journey: Journey) -> Proposal:
    """Return what the answer page starts from."""
    location = journey.here.regenboog_centrum
    with journey.here.at_organiser(location):
        return proposal_for(journey.inquiry(location).id, today=journey.today)


def actual(here: Town) -> tuple[MonthOccupancy, ...]:
    with looking():
        supply = supply_of([here.regenboog_centrum.id], from_on=here.today)[here.regenboog_centrum.id]
    return months_of_occupancy(supply.supply, supply.occupations, from_on=here.today, months=MONTHS)


def take(here: Town, pattern: WeekPattern, start_on: date, end_on: date | None) -> None:
    Occupation.objects.create(
        location=here.regenboog_centrum,
        kind="declared",
        parts=pattern.mask,
        start_on=start_on,
        end_on=end_on,
        subject_id=new_id(),
        made_at=NOW,
    )


def taken_and_held(months: tuple[MonthOccupancy, ...]) -> list[list[tuple[int, int]]]:
    """Places, and what is taken or held together: an offer holds what a placement would take."""
    return [[(part.places, part.taken + part.held) for part in month.parts] for month in months]


def free(months: Iterable[MonthOccupancy]) -> list[int]:
    """The free places of each day part, month by month."""
    return [part.free for month in months for part in month.parts]


@example(wanted=WeekPattern(1), hours=OPEN, present=[(WeekPattern(2), 0, None)] * 3, age_days=0, starts_in=5)
@example(wanted=WEEK, hours=CareHours.parse("ma 06:00-15:00"), present=[], age_days=0, starts_in=5)
@example(wanted=WEEK, hours=CareHours.parse("di 18:30-20:00"), present=[], age_days=0, starts_in=5)
@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=WEEKS,
    hours=HOURS,
    present=st.lists(st.tuples(WEEKS, st.integers(0, 400), st.none() | st.integers(401, 900)), max_size=3),
    age_days=st.integers(-100, 500),
    starts_in=st.integers(5, 300),
)
def test_it_tells_what_the_places_are_after_the_act(
    here: Town,
    wanted: WeekPattern,
    hours: CareHours,
    present: list[tuple[WeekPattern, int, int | None]],
    age_days: int,
    starts_in: int,
) -> None:
    with as_if_new():
        told_and_done(here, wanted, hours, present, age_days, starts_in)


@contextmanager
def as_if_new() -> Iterator[None]:
    """Let each example begin in the same town."""
    start = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(start)


def told_and_done(
    here: Town,
    wanted: WeekPattern,
    hours: CareHours,
    present: list[tuple[WeekPattern, int, int | None]],
    age_days: int,
    starts_in: int,
) -> None:
    location = here.regenboog_centrum
    plan_places(location, 2, from_on=here.today)
    for pattern, start, end in present:
        take(here, pattern, here.today + timedelta(days=start), here.today + timedelta(days=end) if end else None)
    child = AskedChild(first_name="Noor", last_name=f"P{new_id().hex[:8]}", **_birth(here.today, age_days))
    start_on = here.today + timedelta(days=max(starts_in, 5 - age_days))
    journey = asks(here, child=child, start_on=start_on, pattern=wanted, hours=hours)
    before = actual(here)
    told = supposed(journey)
    assert told.effect.before == before
    assert told.effect.fits == proposed(journey).fits
    if told.effect.fits:
        journey.answers(location, YES)
        assert taken_and_held(actual(here)) == taken_and_held(told.effect.after)
        journey.accepts(location)
        assert actual(here) == told.effect.after
        # The children who were there may be more than fit: a location may have taken them before it planned here.
        for was, now in zip(free(before), free(actual(here)), strict=True):
            assert now >= min(was, 0)
    elif told.effect.shortfalls:
        with pytest.raises(PlaceTaken) as refused:
            journey.answers(location, YES)
        assert refused.value.shortfalls == told.effect.shortfalls
        assert actual(here) == before
    else:
        assert any(not (within(day) or day.weekday not in wanted.weekdays) for day in hours.days)
    if told.best:
        best = told.best
        assert all(map(within, best.hours.days))
        journey.answers(location, Alternative(start_on=best.period.start, pattern=best.pattern, hours=best.hours))


def within(day: DayHours) -> bool:
    """Tell whether the cast's locations are open at these hours."""
    return 7 * 60 <= day.start < day.end <= 18 * 60


def _birth(today: date, age_days: int) -> dict[str, date]:
    born = today - timedelta(days=age_days)
    return {"birth_on": born} if age_days >= 0 else {"due_on": born}


def test_what_it_offered_itself_counts_as_free(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.regenboog_centrum, YES)
    assert supposed(noor).effect.fits


def test_the_best_that_fits_comes_with_it(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    take(here, WeekPattern.full_days("di"), here.today, None)
    told = supposed(asks(here))
    assert (told.effect.overflowing, told.effect.fits) == (WeekPattern.full_days("di"), False)
    assert told.best is not None
    assert len(told.best.pattern) == 4
    assert "di_vm" not in told.best.pattern


def test_a_week_that_is_free_at_other_hours_does_not_fit(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    told = supposed(asks(here, hours=CareHours.parse("ma 06:30-17:00|di 08:00-17:00")))
    assert (told.effect.fits, told.effect.shortfalls) == (False, ())
    assert [day.weekday for day in told.effect.apart] == ["ma"]
    assert told.best is not None
    assert told.best.hours == CareHours.parse("ma 07:00-17:00|di 08:00-17:00")


def test_who_does_not_plan_here_and_strangers_get_nothing(here: Town) -> None:
    noor = asks(here)
    with here.at_organiser(here.mias_nestje):
        inquiry_id = noor.inquiry(here.mias_nestje).id
        assert suppose_asked(inquiry_id, today=here.today, months=MONTHS) is None
    with here.at_organiser(here.ver_weg), pytest.raises(InquiryNotFound):
        suppose_asked(inquiry_id, today=here.today, months=MONTHS)


def test_the_meters_count_the_children_of_the_year_and_the_one_that_may_come(here: Town) -> None:
    location = here.regenboog_centrum
    location.subsidy_step = SubsidyStep.T3
    location.save()
    noor = asks(here, characteristics=frozenset({"LaagInkomen", "Alleenstaanden"}))
    with here.at_organiser(location):
        inquiry_id = noor.inquiry(location).id
        assert [share.total for share in shares_of_year(location.id, on=here.today)] == [0, 0]
        both = shares_of_year(location.id, on=here.today, with_inquiry=inquiry_id)
        assert [(share.counted, share.total) for share in both] == [(1, 1), (1, 1)]
    noor.answers(location, YES)
    noor.accepts(location)
    with here.at_organiser(location):
        assert shares_of_year(location.id, on=here.today) == both
        assert [share.total for share in shares_of_year(location.id, on=date(2025, 12, 31))] == [0, 0]


def publish(here: Town, stretch: FreeStretch) -> object:
    with here.at_organiser(here.regenboog_centrum):
        return publish_computed(
            location_id=here.regenboog_centrum.id,
            stretch=stretch,
            tariff=Tariff.INCOME,
            public=True,
            actor=here.manager,
            now=NOW,
        )


def test_what_comes_free_is_published_once(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    monday, june = WeekPattern.full_days("ma"), date(2026, 6, 1)
    take(here, WEEK, here.today, june)
    take(here, WEEK - monday, june, None)
    with here.at_organiser(here.regenboog_centrum):
        [found] = computed_vacancies(here.regenboog_centrum.id, today=here.today)
    assert (found.stretch.pattern, found.stretch.period.start, found.declared) == (monday, june, None)
    assert publish(here, found.stretch) == publish(here, found.stretch)
    vacancy = Vacancy.objects.get()
    assert (vacancy.parts, vacancy.start_on, vacancy.end_on, vacancy.public) == (monday.mask, june, None, True)
    with here.at_organiser(here.regenboog_centrum):
        [told] = computed_vacancies(here.regenboog_centrum.id, today=here.today)
    assert told.declared is not None
    take(here, monday, june, None)
    with pytest.raises(VacancyNotFound):
        publish(here, found.stretch)


def test_declaring_what_a_plan_says_changes_no_free_place(here: Town) -> None:
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    before = actual(here)
    with here.at_organiser(here.regenboog_centrum):
        [found] = computed_vacancies(here.regenboog_centrum.id, today=here.today)
    publish(here, found.stretch)
    assert actual(here) == before
    assert set(found.stretch.pattern) <= set(PART_CODES[:10])

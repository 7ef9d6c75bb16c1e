"""The answer page starts from the best that a location has."""

from datetime import UTC, date, datetime

import pytest
from tests.cast import Town, plan_places, town
from tests.domains.distribution.journey import YES, Journey, asks

from opvangloket.domains.distribution.answering.proposals import NOTHING_KNOWN, Proposal, proposal_for
from opvangloket.domains.distribution.answering.proposals_together import proposals_together
from opvangloket.domains.distribution.inbox.filters import that_fit
from opvangloket.domains.distribution.inbox.rows import inbox_row_of
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, Tariff
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import CareHours, WeekPattern

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def proposal(journey: Journey, location: Location) -> Proposal:
    with journey.here.at_organiser(location):
        return proposal_for(journey.inquiry(location).id, today=journey.today)


def fill(location: Location, pattern: WeekPattern, *, until: date | None = None) -> None:
    subject = new_id()
    Occupation.objects.create(
        location=location, kind="placement", parts=pattern.mask, start_on=date(2026, 1, 1), end_on=until,
        subject_id=subject, made_at=NOW,
    )  # fmt: skip


def test_a_location_without_places_here_knows_nothing(here: Town) -> None:
    assert proposal(asks(here), here.mias_nestje) == NOTHING_KNOWN


def test_what_fits_is_a_yes(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    found = proposal(asks(here), here.regenboog_centrum)
    assert found.fits
    assert found.alternative is not None
    assert found.alternative.is_as_asked


def test_a_full_day_gives_an_alternative_that_the_family_accepts(here: Town) -> None:
    location = here.regenboog_centrum
    plan_places(location, 1, from_on=here.today)
    fill(location, WeekPattern.full_days("di"), until=SEPTEMBER)
    fewer = proposal(asks(here, part_of_week_ok=True), location)
    assert not fewer.fits
    assert fewer.alternative is not None
    assert fewer.alternative.pattern == WeekPattern.full_days("ma")
    strict = proposal(asks(here), location)
    assert strict.alternative is None
    assert strict.possible_pattern == WeekPattern.full_days("ma", "wo")
    assert strict.possible_from_on == SEPTEMBER


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "ma 09:00-15:00"),
        ("ma 07:30-17:00|di 07:30-17:00", "ma 09:00-15:00|di 07:30-17:00"),
        ("ma 10:00-14:00", ""),
    ],
)
def test_a_place_with_hours_is_proposed_within_them(here: Town, asked: str, told: str) -> None:
    location = here.mias_nestje
    Location.objects.filter(id=location.id).update(capacity_kind=CapacityKind.VACANCIES)
    for day, hours in (("ma", "ma 09:00-15:00"), ("di", "")):
        vacancy = NewVacancy(
            pattern=WeekPattern.full_days(day),
            start_on=here.today,
            tariff=Tariff.INCOME,
            hours=CareHours.parse(hours),
        )
        with here.at_organiser(location):
            declare_vacancy(location_id=location.id, vacancy=vacancy, actor=here.manager, now=NOW)
    journey = asks(here, hours=CareHours.parse(asked))
    found = proposal(journey, location)
    assert found.alternative is not None
    assert (found.fits, found.alternative.hours.text()) == (not told, told)
    with here.at_organiser(location):
        inquiry_id = journey.inquiry(location).id
        assert proposals_together([inquiry_id], today=here.today)[inquiry_id].alternative == found.alternative
        assert inbox_row_of(inquiry_id, today=here.today).fits is found.fits
        assert (inquiry_id in that_fit([location.id], today=here.today)) is found.fits


def test_opening_hours_limit_a_proposal_too(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)  # open from 7 to 18
    early = proposal(asks(here, hours=CareHours.parse("ma 06:00-15:00")), here.regenboog_centrum)
    assert early.alternative is not None
    assert (early.fits, early.alternative.hours.text()) == (False, "ma 07:00-15:00")
    night = proposal(asks(here, hours=CareHours.parse("ma 19:00-21:00")), here.regenboog_centrum)
    assert night.alternative is None


def test_the_own_offer_to_this_family_does_not_stand_in_its_way(here: Town) -> None:
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    journey = asks(here)
    journey.answers(here.regenboog_centrum, YES)
    assert proposal(journey, here.regenboog_centrum).fits
    assert not proposal(asks(here), here.regenboog_centrum).fits


def test_the_question_of_somebody_else_is_not_found(here: Town) -> None:
    journey = asks(here)
    inquiry = journey.inquiry(here.regenboog_centrum)
    with here.at_organiser(here.het_klavertje), pytest.raises(InquiryNotFound):
        proposal_for(inquiry.id, today=here.today)

"""What is proposed lies within the hours of a place, whatever is asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.alternatives import Alternative, AlternativeReason
from opvangloket.rules.patterns import CareHours, DayHours, WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.rules.place_hours import DeclaredHours, PlaceHours, apart_sentences, week_words

START = date(2026, 9, 1)
MONDAY, THURSDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("do")
OPENING = CareHours.parse("ma 07:00-18:00|do 07:00-12:00|do 13:00-18:00")


def week(pattern: WeekPattern = THURSDAY) -> Alternative:
    return Alternative(pattern=pattern, period=Period(START, None), reasons=())


def declared(hours: str, pattern: WeekPattern = THURSDAY, *, since: date = START) -> DeclaredHours:
    return DeclaredHours(pattern, Period(since, None), CareHours.parse(hours))


def proposed(
    place: PlaceHours, asked: str = "", *, pattern: WeekPattern = THURSDAY, fewer: bool = False
) -> Alternative:
    found = place.proposed(week(pattern), CareHours.parse(asked), fewer_days=fewer)
    assert found is not None
    return found


@pytest.mark.parametrize("asked", ["", "do 07:00-18:00", "do 09:00-12:00", "do 22:00-06:00", "nacht"])
def test_what_is_asked_within_the_hours_stays_as_asked(asked: str) -> None:
    best = proposed(PlaceHours(OPENING), asked)
    assert (best.is_as_asked, best.hours) == (True, CareHours())


def test_what_is_asked_outside_the_hours_is_proposed_within_them() -> None:
    best = proposed(PlaceHours(OPENING), "do 06:30-17:00")
    assert best.reasons == (AlternativeReason.OTHER_HOURS,)
    assert best.hours == CareHours.parse("do 07:00-17:00")


@pytest.mark.parametrize(("asked", "told"), [("", "do 09:00-12:00"), ("do 08:00-11:00", "do 09:00-11:00")])
def test_a_place_with_hours_of_its_own_tells_them(asked: str, told: str) -> None:
    best = proposed(PlaceHours(OPENING, (declared("do 09:00-12:00"),)), asked)
    assert (best.is_as_asked, best.hours) == (False, CareHours.parse(told))


def test_days_without_other_hours_keep_theirs() -> None:
    place = PlaceHours(OPENING, (declared("do 09:00-12:00", MONDAY | THURSDAY),))
    best = proposed(place, "ma 08:00-16:00", pattern=MONDAY | THURSDAY)
    assert best.hours == CareHours.parse("ma 08:00-16:00|do 09:00-12:00")


def test_hours_as_wide_as_the_opening_say_nothing_new() -> None:
    assert proposed(PlaceHours(OPENING, (declared("do 07:00-18:00"),))).is_as_asked


@pytest.mark.parametrize(
    "other", [declared(""), declared("ma 09:00-12:00", MONDAY | THURSDAY), declared("do 06:00-19:00")]
)
def test_another_place_without_such_hours_is_free_all_day(other: DeclaredHours) -> None:
    assert proposed(PlaceHours(OPENING, (declared("do 09:00-12:00"), other)), "do 07:30-17:00").is_as_asked


def test_a_place_of_another_time_or_day_limits_nothing() -> None:
    others = (declared("ma 09:00-12:00", MONDAY), declared("do 09:00-12:00", since=date(2026, 10, 1)))
    assert proposed(PlaceHours(OPENING, others), "do 07:30-17:00").is_as_asked


def test_a_day_without_a_common_hour_falls_away_where_the_family_takes_fewer_days() -> None:
    place = PlaceHours(OPENING, (declared("do 09:00-12:00"), declared("", MONDAY)))
    asked = CareHours.parse("ma 08:00-16:00|do 14:00-17:00")
    assert place.proposed(week(MONDAY | THURSDAY), asked, fewer_days=False) is None
    best = proposed(place, asked.text(), pattern=MONDAY | THURSDAY, fewer=True)
    assert (best.pattern, best.reasons) == (MONDAY, (AlternativeReason.FEWER_DAYS,))
    assert place.proposed(week(), asked, fewer_days=True) is None


minutes = st.integers(0, 48).map(lambda quarter: quarter * 30)
spans = st.tuples(minutes, minutes).filter(lambda span: span[0] < span[1])


@given(opening=spans, own=spans, asked=st.none() | spans)
def test_no_proposal_lies_outside_the_hours(
    opening: tuple[int, int], own: tuple[int, int], asked: tuple[int, int] | None
) -> None:
    place = PlaceHours(
        CareHours((DayHours("do", *opening),)),
        (DeclaredHours(THURSDAY, Period(START, None), CareHours((DayHours("do", *own),))),),
    )
    wanted = CareHours((DayHours("do", *asked),)) if asked else CareHours()
    best = place.proposed(week(), wanted, fewer_days=True)
    for day in (best.hours or wanted).days if best else ():
        assert own[0] <= day.start < day.end <= own[1]
        assert opening[0] <= day.start
        assert day.end <= opening[1]
        assert not asked or (asked[0] <= day.start and day.end <= asked[1])
    assert place.admits(THURSDAY, week().period, wanted) == (best is not None and best.is_as_asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("do 07:30-18:00", ("Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.", "Gevraagd is tot 18 uur.")),
        ("do 07:00-16:00", ("Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.", "Gevraagd is vanaf 7 uur.")),
        (
            "do 07:00-18:00",
            ("Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.", "Gevraagd is van 7 uur tot 18 uur."),
        ),
        (
            "do 18:00-20:00",
            ("Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.", "Gevraagd is van 18 uur tot 20 uur."),
        ),
        (
            "do 07:00-09:00|do 15:00-17:00",
            (
                "Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.",
                "Gevraagd is van 7 uur tot 9 uur en van 15 uur tot 17 uur.",
            ),
        ),
        ("", ("Op donderdag is de plaats vrij van 7.30 uur tot 16 uur.", "Het gezin noemde geen uren.")),
        ("do 08:00-16:00", ()),
        ("do 22:00-06:00", ()),
    ],
)
def test_why_the_hours_do_not_fit_is_told(asked: str, told: tuple[str, ...]) -> None:
    place = PlaceHours(OPENING, (declared("do 07:30-16:00"),))
    assert apart_sentences(place.apart(THURSDAY, week().period, CareHours.parse(asked))) == told


def test_days_of_which_the_same_is_to_say_stand_together() -> None:
    place = PlaceHours(CareHours.parse("ma 07:00-18:00|do 07:00-18:00"))
    apart = place.apart(MONDAY | THURSDAY, week().period, CareHours.parse("ma 07:00-19:00|do 07:00-19:00"))
    assert apart_sentences(apart) == (
        "Op maandag en donderdag is de plaats vrij van 7 uur tot 18 uur.",
        "Gevraagd is tot 19 uur.",
    )


def test_a_place_outside_the_opening_is_never_free() -> None:
    place = PlaceHours(CareHours.parse("do 07:00-12:00"), (declared("do 13:00-16:00"),))
    told = apart_sentences(place.apart(THURSDAY, week().period, CareHours.parse("do 08:00-16:00")))
    assert told == ("Op donderdag is de plaats niet vrij.", "Gevraagd is van 8 uur tot 16 uur.")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("", "maandag en donderdag hele dag"),
        ("do 09:00-12:00", "maandag en donderdag hele dag (donderdag van 9 uur tot 12 uur)"),
        ("ma 09:00-12:00|do 09:00-12:00", "maandag en donderdag van 9 uur tot 12 uur"),
    ],
)
def test_a_week_with_hours_names_every_day(hours: str, words: str) -> None:
    assert week_words(MONDAY | THURSDAY, CareHours.parse(hours)) == words

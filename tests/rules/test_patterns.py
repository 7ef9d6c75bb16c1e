"""Week patterns and exact hours: codes, sets, words and the exchange format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, CareHours, DayHours, WeekPattern

PATTERNS = st.integers(0, 2**14 - 1).map(WeekPattern)
DAY_HOURS = st.builds(DayHours, st.sampled_from(WEEKDAYS), st.integers(0, 1440), st.integers(0, 1440))
CARE_HOURS = st.builds(CareHours, st.lists(DAY_HOURS, max_size=8).map(tuple), st.booleans(), st.booleans())
MINUTES_PER_WEEK = 7 * 1440


def test_the_parts_run_from_monday_morning_to_sunday_afternoon() -> None:
    assert PART_CODES[:3] == ("ma_vm", "ma_nm", "di_vm")
    assert PART_CODES[-1] == "zo_nm"
    assert WeekPattern.of("di_nm").mask == 0b1000


@given(st.lists(st.sampled_from(PART_CODES)))
def test_codes_give_a_set_in_the_order_of_the_week(codes: list[str]) -> None:
    pattern = WeekPattern.from_codes(codes)
    assert pattern.codes == tuple(code for code in PART_CODES if code in codes)
    assert pattern.weekdays == tuple(day for day in WEEKDAYS if any(code.startswith(day) for code in codes))
    assert [code for code in PART_CODES if code in pattern] == list(pattern) == list(pattern.codes)
    assert WeekPattern.from_mask(pattern.mask) == pattern
    assert len(pattern) == len(set(codes))
    assert bool(pattern) == bool(codes)


@given(PATTERNS, PATTERNS)
def test_patterns_combine_as_sets(first: WeekPattern, second: WeekPattern) -> None:
    one, two = set(first.codes), set(second.codes)
    assert set((first | second).codes) == one | two
    assert set((first & second).codes) == one & two
    assert set((first - second).codes) == one - two
    assert first.issubset(second) == (one <= two)


@pytest.mark.parametrize("code", ["ma", "maandag_vm", "MA_VM", "ma_vm ", ""])
def test_an_unknown_code_is_named(code: str) -> None:
    with pytest.raises(ValueError, match=f'Dagdeel "{code}" bestaat niet'):
        WeekPattern.of("ma_vm", code)


@pytest.mark.parametrize("mask", [-1, 2**14])
def test_a_mask_outside_the_week_is_refused(mask: int) -> None:
    with pytest.raises(ValueError, match="no mask"):
        WeekPattern.from_mask(mask)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (WeekPattern(), "geen dagen"),
        (WeekPattern.of("wo_vm"), "woensdag voormiddag"),
        (
            WeekPattern.full_days("ma", "di") | WeekPattern.of("wo_vm"),
            "maandag en dinsdag hele dag, woensdag voormiddag",
        ),
        (
            WeekPattern.full_days("ma", "di", "do") | WeekPattern.of("wo_vm"),
            "maandag, dinsdag en donderdag hele dag, woensdag voormiddag",
        ),
        (WeekPattern.full_days("ma", "di", "wo"), "maandag, dinsdag en woensdag hele dag"),
        (WeekPattern.full_days("ma", "di", "wo", "do", "vr"), "maandag tot en met vrijdag hele dag"),
        (WeekPattern.full_days("ma", "di", "do", "vr"), "maandag, dinsdag, donderdag en vrijdag hele dag"),
        (WeekPattern.of("ma_nm", "di_vm", "do_nm"), "maandag en donderdag namiddag, dinsdag voormiddag"),
    ],
)
def test_a_pattern_reads_as_dutch(pattern: WeekPattern, words: str) -> None:
    assert pattern.words() == words


@given(PATTERNS, PATTERNS)
def test_different_patterns_read_differently(first: WeekPattern, second: WeekPattern) -> None:
    assert (first.words() == second.words()) == (first == second)


def test_hours_are_read_and_put_in_order() -> None:
    hours = CareHours.parse("feestdag | wo 07:30-12:30|nacht|ma 06:30-18:30|ma 06:30-18:30")
    assert hours == CareHours((DayHours("ma", 390, 1110), DayHours("wo", 450, 750)), night=True, public_holiday=True)
    assert hours.text() == "ma 06:30-18:30|wo 07:30-12:30|nacht|feestdag"


def test_hours_stay_on_the_days_of_a_week_with_the_nights() -> None:
    hours = CareHours.parse("ma 06:30-12:00|ma 13:00-18:30|di 07:00-18:00|nacht")
    assert hours.on_days_of(WeekPattern.of("ma_vm")) == CareHours.parse("ma 06:30-12:00|ma 13:00-18:30|nacht")
    assert hours.on_days_of(WeekPattern()) == CareHours(night=True)


@given(CARE_HOURS)
def test_hours_survive_their_text(hours: CareHours) -> None:
    assert CareHours.parse(hours.text()) == hours
    assert bool(hours) == bool(hours.text())


@pytest.mark.parametrize(
    "entry",
    ["ma", "ma 7:00-18:00", "ma 07:00-24:30", "ma 07:60-18:00", "xx 07:00-18:00", "Nacht", "ma 07.00-18.00", "25:00"],
)
def test_an_unreadable_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match=f'Uren "{entry}" zijn niet leesbaar'):
        CareHours.parse(f"di 07:00-18:00|{entry}")


def test_an_empty_entry_is_refused_and_an_empty_field_is_not() -> None:
    assert CareHours.parse(" ") == CareHours()
    with pytest.raises(ValueError, match='Uren "" zijn niet leesbaar'):
        CareHours.parse("ma 07:00-18:00|")


@pytest.mark.parametrize(
    ("text", "atypical"),
    [
        ("", False),
        ("ma 07:00-18:00", False),
        ("ma 06:59-18:00", True),
        ("ma 07:00-18:01", True),
        ("ma 22:00-06:00", True),
        ("ma 09:00-09:00", True),
        ("za 09:00-12:00", True),
        ("zo 09:00-12:00", True),
        ("vr 00:00-12:00", True),
        ("vr 12:00-24:00", True),
        ("nacht", True),
        ("feestdag", True),
        ("di 08:00-17:00|do 08:00-19:00", True),
    ],
)
def test_atypical_hours_follow_the_exchange_format(text: str, atypical: bool) -> None:
    assert CareHours.parse(text).is_atypical() is atypical


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ma 07:00-12:30", ("ma_vm",)),
        ("ma 07:00-12:31", ("ma_vm", "ma_nm")),
        ("ma 12:30-18:00", ("ma_nm",)),
        ("vr 20:00-06:00", ("vr_nm", "za_vm")),
        ("zo 20:00-00:00", ("zo_nm",)),
        ("zo 20:00-06:00", ("ma_vm", "zo_nm")),
        ("nacht|feestdag", ()),
    ],
)
def test_hours_touch_their_day_parts(text: str, codes: tuple[str, ...]) -> None:
    assert CareHours.parse(text).parts().codes == codes


@given(CARE_HOURS, st.integers(1, 1439))
def test_a_part_is_touched_when_one_of_its_minutes_is(hours: CareHours, boundary: int) -> None:
    touched = set()
    for day in hours.days:
        midnight = WEEKDAYS.index(day.weekday) * 1440
        end = day.end if day.end > day.start else day.end + 1440
        for minute in range(midnight + day.start, midnight + end):
            weekday, minute_of_day = divmod(minute % MINUTES_PER_WEEK, 1440)
            touched.add(f"{WEEKDAYS[weekday]}_{'vm' if minute_of_day < boundary else 'nm'}")
    assert set(hours.parts(boundary).codes) == touched


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("ma 06:30-18:30", "maandag van 6.30 uur tot 18.30 uur"),
        (
            "ma 07:30-18:00|di 07:30-18:00|wo 07:30-12:00",
            "maandag en dinsdag van 7.30 uur tot 18 uur, woensdag van 7.30 uur tot 12 uur",
        ),
        ("do 07:00-09:00|do 16:00-18:00", "donderdag van 7 uur tot 9 uur en van 16 uur tot 18 uur"),
        ("vr 20:00-06:00|nacht", "vrijdag van 20 uur tot 6 uur de volgende dag, 's nachts"),
        ("vr 20:00-00:00|feestdag", "vrijdag van 20 uur tot 24 uur, op feestdagen"),
    ],
)
def test_hours_read_as_dutch(text: str, words: str) -> None:
    assert CareHours.parse(text).hours_words() == words


@pytest.mark.parametrize(("weekday", "start", "end"), [("xx", 0, 60), ("ma", -1, 60), ("ma", 0, 1441)])
def test_impossible_day_hours_are_refused(weekday: str, start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"no weekday|outside the day"):
        DayHours(weekday, start, end)

"""The week of a family: which mornings and afternoons, and at which exact hours when they matter (SPEC §3).

A week pattern is a set of fourteen day parts, held as a mask: bit i stands for `PART_CODES[i]`, Monday morning first.
Care hours are the optional exact hours of the exchange format; a location's boundary (12.30 by default) turns them
into day parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from opvangloket.rules.wording import MINUTES_PER_DAY, WEEKDAY_NAMES, dutch_list, dutch_time

WEEKDAYS: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")
PART_CODES: Final = tuple(f"{weekday}_{half}" for weekday in WEEKDAYS for half in ("vm", "nm"))
PART_COUNT: Final = len(PART_CODES)
WEEKEND: Final = ("za", "zo")
DEFAULT_BOUNDARY: Final = 12 * 60 + 30
EARLIEST_USUAL_START: Final = 7 * 60
LATEST_USUAL_END: Final = 18 * 60
NIGHT: Final = "nacht"
PUBLIC_HOLIDAY: Final = "feestdag"

_INDEX_OF_PART: Final = {code: index for index, code in enumerate(PART_CODES)}
_WORDS_OF_HALVES: Final = {0b01: "voormiddag", 0b10: "namiddag", 0b11: "hele dag"}
_DAY_HOURS: Final = re.compile(rf"({'|'.join(WEEKDAYS)}) +([0-9]{{2}}):([0-5][0-9])-([0-9]{{2}}):([0-5][0-9])")
_SHORTEST_RANGE_IN_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """A set of day parts in one week; `len` counts the parts, `|`, `&` and `-` combine patterns."""

    mask: int = 0

    def __post_init__(self) -> None:
        """Refuse a mask with bits that stand for no day part."""
        if not 0 <= self.mask < 1 << PART_COUNT:
            raise ValueError(f"{self.mask} is no mask of {PART_COUNT} day parts")

    @classmethod
    def from_mask(cls, mask: int) -> WeekPattern:
        """Return the pattern of this mask."""
        return cls(mask)

    @classmethod
    def from_codes(cls, codes: Iterable[str]) -> WeekPattern:
        """Return the pattern with these day parts, in any order. ValueError names a code that does not exist."""
        mask = 0
        for code in codes:
            if code not in _INDEX_OF_PART:
                raise ValueError(f'Dagdeel "{code}" bestaat niet. Kies uit: {", ".join(PART_CODES)}.')
            mask |= 1 << _INDEX_OF_PART[code]
        return cls(mask)

    @classmethod
    def of(cls, *codes: str) -> WeekPattern:
        """Return the pattern with these day parts: `WeekPattern.of("ma_vm", "di_nm")`."""
        return cls.from_codes(codes)

    @classmethod
    def full_days(cls, *weekdays: str) -> WeekPattern:
        """Return the pattern with morning and afternoon of these weekdays: `WeekPattern.full_days("ma", "do")`."""
        return cls.from_codes(f"{weekday}_{half}" for weekday in weekdays for half in ("vm", "nm"))

    @property
    def indexes(self) -> tuple[int, ...]:
        """The positions of the day parts in `PART_CODES`, Monday first."""
        return _indexes_in(self.mask)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the day parts, Monday first."""
        return _codes_in(self.mask)

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The weekdays with at least one day part, Monday first."""
        return tuple(weekday for weekday in WEEKDAYS if self.halves(weekday))

    def halves(self, weekday: str) -> int:
        """Return the parts of one weekday: 1 for the morning plus 2 for the afternoon."""
        return self.mask >> 2 * WEEKDAYS.index(weekday) & 0b11

    def issubset(self, other: WeekPattern) -> bool:
        """Tell whether the other pattern has every part of this one."""
        return self.mask & other.mask == self.mask

    def words(self) -> str:
        """Write the pattern in Dutch: "maandag, dinsdag en donderdag hele dag, woensdag voormiddag"."""
        words_of_day = {weekday: _WORDS_OF_HALVES[self.halves(weekday)] for weekday in self.weekdays}
        return ", ".join(_grouped_days(words_of_day)) or "geen dagen"

    def __len__(self) -> int:
        return self.mask.bit_count()

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __contains__(self, code: object) -> bool:
        return code in _INDEX_OF_PART and bool(self.mask >> _INDEX_OF_PART[code] & 1)

    def __or__(self, other: WeekPattern) -> WeekPattern:
        return WeekPattern(self.mask | other.mask)

    def __and__(self, other: WeekPattern) -> WeekPattern:
        return WeekPattern(self.mask & other.mask)

    def __sub__(self, other: WeekPattern) -> WeekPattern:
        return WeekPattern(self.mask & ~other.mask)


@dataclass(frozen=True, slots=True)
class DayHours:
    """Care on one weekday, in minutes after midnight; an end that is not after the start lies on the next day."""

    weekday: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a weekday or a minute that does not exist."""
        if self.weekday not in WEEKDAYS:
            raise ValueError(f'"{self.weekday}" is no weekday; choose from {", ".join(WEEKDAYS)}')
        if not (0 <= self.start <= MINUTES_PER_DAY and 0 <= self.end <= MINUTES_PER_DAY):
            raise ValueError(f"{self.start} to {self.end} minutes lies outside the day")

    @property
    def passes_midnight(self) -> bool:
        """Whether the care goes on into the next day."""
        return self.end <= self.start

    @property
    def is_atypical(self) -> bool:
        """Whether care begins before 7.00, ends after 18.00 or on the next day, or falls in the weekend."""
        outside_usual_hours = self.start < EARLIEST_USUAL_START or self.end > LATEST_USUAL_END
        return outside_usual_hours or self.passes_midnight or self.weekday in WEEKEND

    def text(self) -> str:
        """Return the entry of the exchange format: "ma 06:30-18:30"."""
        return f"{self.weekday} {_clock(self.start)}-{_clock(self.end)}"

    def parts(self, boundary: int) -> WeekPattern:
        """Return the day parts that these hours touch, on the next day too when they pass midnight."""
        if not self.passes_midnight:
            return _touched_parts(self.weekday, self.start, self.end, boundary)
        next_weekday = WEEKDAYS[(WEEKDAYS.index(self.weekday) + 1) % len(WEEKDAYS)]
        evening = _touched_parts(self.weekday, self.start, MINUTES_PER_DAY, boundary)
        return evening | _touched_parts(next_weekday, 0, self.end, boundary)

    def words(self) -> str:
        """Write the hours without their weekday: "van 6.30 uur tot 18.30 uur"."""
        if self.passes_midnight and self.end:
            return f"van {dutch_time(self.start)} tot {dutch_time(self.end)} de volgende dag"
        return f"van {dutch_time(self.start)} tot {dutch_time(self.end or MINUTES_PER_DAY)}"


@dataclass(frozen=True, slots=True)
class CareHours:
    """The exact hours that a family asks, as the field `hours` of the exchange format carries them."""

    days: tuple[DayHours, ...] = ()
    night: bool = False
    public_holiday: bool = False

    def __post_init__(self) -> None:
        """Put the days in the order of the week and each entry in once, so that equal hours are equal values."""
        in_order = sorted(set(self.days), key=lambda day: (WEEKDAYS.index(day.weekday), day.start, day.end))
        object.__setattr__(self, "days", tuple(in_order))

    @classmethod
    def parse(cls, text: str) -> CareHours:
        """Read "ma 06:30-18:30|nacht"; an empty text gives no hours. ValueError names the entry, in Dutch."""
        entries = [entry.strip() for entry in text.split("|")] if text.strip() else []
        days = tuple(_day_hours(entry) for entry in entries if entry not in (NIGHT, PUBLIC_HOLIDAY))
        return cls(days, night=NIGHT in entries, public_holiday=PUBLIC_HOLIDAY in entries)

    def text(self) -> str:
        """Return the canonical text: weekdays in order, then the night, then public holidays."""
        return "|".join(self.entries())

    def entries(self) -> list[str]:
        """Return the entries of the canonical text, as they are stored."""
        flags = [(NIGHT, self.night), (PUBLIC_HOLIDAY, self.public_holiday)]
        return [*(day.text() for day in self.days), *(flag for flag, holds in flags if holds)]

    def is_atypical(self) -> bool:
        """Tell whether these are atypical hours (EXCHANGE, "atypical"): early, late, night, weekend or holiday."""
        return self.night or self.public_holiday or any(day.is_atypical for day in self.days)

    def parts(self, boundary: int = DEFAULT_BOUNDARY) -> WeekPattern:
        """Return the day parts that the hours touch; `boundary` is where the afternoon begins, in minutes.

        A night or holiday flag names no weekday and so adds no part.
        """
        pattern = WeekPattern()
        for day in self.days:
            pattern |= day.parts(boundary)
        return pattern

    def on_days_of(self, week: WeekPattern) -> CareHours:
        """Return the hours on the days of a week only; the night and public holidays stay."""
        return replace(self, days=tuple(day for day in self.days if day.weekday in week.weekdays))

    def hours_words(self) -> str:
        """Write the hours in Dutch: "maandag en dinsdag van 6.30 uur tot 18.30 uur, 's nachts, op feestdagen"."""
        words_of_day = {
            weekday: dutch_list([day.words() for day in self.days if day.weekday == weekday])
            for weekday in dict.fromkeys(day.weekday for day in self.days)
        }
        phrases = _grouped_days(words_of_day)
        if self.night:
            phrases.append("'s nachts")
        if self.public_holiday:
            phrases.append("op feestdagen")
        return ", ".join(phrases)

    def __bool__(self) -> bool:
        return bool(self.days) or self.night or self.public_holiday


@cache  # At most 2 ** PART_COUNT masks; pages ask for the same few dozens thousands of times.
def _indexes_in(mask: int) -> tuple[int, ...]:
    return tuple(index for index in range(PART_COUNT) if mask >> index & 1)


@cache
def _codes_in(mask: int) -> tuple[str, ...]:
    return tuple(PART_CODES[index] for index in _indexes_in(mask))


def _day_hours(entry: str) -> DayHours:
    found = _DAY_HOURS.fullmatch(entry)
    if found:
        start, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (2, 4))
        if start <= MINUTES_PER_DAY and end <= MINUTES_PER_DAY:
            return DayHours(found[1], start, end)
    raise ValueError(
        f'Uren "{entry}" zijn niet leesbaar. Schrijf bijvoorbeeld "ma 07:00-18:00", "{NIGHT}" of "{PUBLIC_HOLIDAY}".'
    )


def _touched_parts(weekday: str, start: int, end: int, boundary: int) -> WeekPattern:
    if start >= end:
        return WeekPattern()
    halves = (start < boundary) + 2 * (end > boundary)
    return WeekPattern(halves << 2 * WEEKDAYS.index(weekday))


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}"


def _grouped_days(words_of_day: Mapping[str, str]) -> list[str]:
    """Say each thing once, after all its days; the order is that of the first day."""
    return [
        f"{_names_of([day for day, other in words_of_day.items() if other == words])} {words}"
        for words in dict.fromkeys(words_of_day.values())
    ]


def _names_of(weekdays: Sequence[str]) -> str:
    """Name weekdays in order, a long unbroken run by its first and last day."""
    indexes = [WEEKDAYS.index(weekday) for weekday in weekdays]
    names = [WEEKDAY_NAMES[index] for index in indexes]
    if len(names) >= _SHORTEST_RANGE_IN_WORDS and indexes[-1] - indexes[0] == len(names) - 1:
        return f"{names[0]} tot en met {names[-1]}"
    return dutch_list(names)

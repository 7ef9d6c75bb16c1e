"""The best a location can offer a family when the week as asked may not fit (SPEC §5, "the system proposes").

In this order, the first that exists: the week as asked; the same days from a later start, at the earliest day that
the family accepts; the fewest missing day parts at the asked start; and only then the fewest missing from a later
start. A proposal uses the days that the family named, and other ordinary days only if the family allows them.
Between weeks with as many parts, whole days win over loose halves, then named days, then needed days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final

from opvangloket.rules.capacity import (
    FreeSlice,
    Occupation,
    OccupationKind,
    Supply,
    free_timeline_of_child,
    occupations_of_child,
)
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, CareHours, WeekPattern
from opvangloket.rules.periods import Period, add_months

WHOLE_DAY: Final = 0b11
NO_PARTS: Final = WeekPattern()
ORDINARY_WEEK: Final = WeekPattern.full_days("ma", "di", "wo", "do", "vr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flexibility:
    """What the family said it could live with (SPEC §4, "flexibility questions")."""

    later_start_months: int = 0
    other_days: bool = False
    fewer_days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The week that a family asks, for whom and for how long; `parts_wanted` of None is the number needed."""

    needed: WeekPattern
    period: Period
    born_on: date
    also_possible: WeekPattern = NO_PARTS
    parts_wanted: int | None = None
    flexibility: Flexibility = field(default_factory=Flexibility)

    def __post_init__(self) -> None:
        """Refuse a number of day parts that no week can have."""
        if self.parts_wanted is not None and self.parts_wanted < 1:
            raise ValueError(f"parts_wanted must be at least 1: {self.parts_wanted}")

    @property
    def named(self) -> WeekPattern:
        """Every day part that the family named, needed or also possible."""
        return self.needed | self.also_possible

    @property
    def accepted(self) -> WeekPattern:
        """Every day part that a proposal may use: "other days" means other ordinary days, not the weekend."""
        return self.named | ORDINARY_WEEK if self.flexibility.other_days else self.named

    @property
    def whole_day_mornings(self) -> WeekPattern:
        """The mornings of the days that make sense only whole: asked whole, or not named at all."""
        asked = {weekday: self.needed.halves(weekday) or self.also_possible.halves(weekday) for weekday in WEEKDAYS}
        return WeekPattern.from_codes(f"{weekday}_vm" for weekday in WEEKDAYS if asked[weekday] in (0, WHOLE_DAY))

    @property
    def size(self) -> int:
        """The number of day parts a week, at most what the family named."""
        wanted = len(self.needed) if self.parts_wanted is None else self.parts_wanted
        return min(wanted, len(self.named))

    @property
    def latest_start(self) -> date:
        """The last day on which the family accepts that care starts."""
        return add_months(self.period.start, self.flexibility.later_start_months)


class AlternativeReason(StrEnum):
    """In what a proposal differs from the question."""

    LATER_START = "later_start"
    OTHER_DAYS = "other_days"
    FEWER_DAYS = "fewer_days"
    HALF_DAYS = "half_days"
    OTHER_HOURS = "other_hours"


REASON_WORDS: Final = {
    AlternativeReason.LATER_START: "latere start",
    AlternativeReason.OTHER_DAYS: "andere dagen",
    AlternativeReason.FEWER_DAYS: "minder dagen",
    AlternativeReason.HALF_DAYS: "halve dagen",
    AlternativeReason.OTHER_HOURS: "andere uren",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A week that fits over its whole period; without reasons it is what the family asked.

    `hours` are those to propose where the place has hours of its own (`rules.place_hours`); empty: as asked.
    """

    pattern: WeekPattern
    period: Period
    reasons: tuple[AlternativeReason, ...]
    hours: CareHours = NO_HOURS

    @property
    def is_as_asked(self) -> bool:
        """Whether the location can simply say yes."""
        return not self.reasons


def best_alternative(wish: Wish, supply: Supply, occupations: Iterable[Occupation]) -> Alternative | None:
    """Return the best week that fits at a location, or None when nothing fits within what the family accepts."""
    return best_for_each([wish.flexibility], wish, supply, occupations)[0]


def best_for_each(
    flexibilities: Sequence[Flexibility], wish: Wish, supply: Supply, occupations: Iterable[Occupation]
) -> tuple[Alternative | None, ...]:
    """Return the best week as if the family accepted each of these; what is free is worked out once for all."""
    if not supply.takes_starts_on(wish.period.start):
        return (None,) * len(flexibilities)
    timeline = free_timeline_of_child(supply, occupations, wish.period, born_on=wish.born_on)
    free_from = _first_days_free_to_the_end(timeline)
    return tuple(_best(replace(wish, flexibility=one), supply, free_from) for one in flexibilities)


def _best(wish: Wish, supply: Supply, free_from: Mapping[str, date]) -> Alternative | None:
    later_starts = sorted(
        {
            day
            for day in free_from.values()
            if wish.period.start < day <= wish.latest_start and supply.takes_starts_on(day)
        }
    )
    free_at = {start: _free_on(free_from, start) for start in (wish.period.start, *later_starts)}
    for start, free in free_at.items():
        week = _week_as_asked(wish, free)
        if week:
            return _alternative(wish, week, start)
    week = _fullest_week(wish, free_at[wish.period.start])
    if week:
        return _alternative(wish, week, wish.period.start)
    # The first of equals wins, so the earliest of the starts with the fewest missing parts.
    start = max(free_at, key=lambda start: min(wish.size, len(wish.accepted & free_at[start])))
    week = _fullest_week(wish, free_at[start])
    return _alternative(wish, week, start) if week else None


def best_in_turn(
    wishes: Iterable[Wish], supply: Supply, occupations: Iterable[Occupation]
) -> tuple[Alternative | None, ...]:
    """Return the best for each wish in turn: what one is given is taken for those after it.

    So all of them can be promised together, and the order of the wishes is the order in which they are served.
    """
    taken, found = list(occupations), []
    for wish in wishes:
        best = best_alternative(wish, supply, taken)
        found.append(best)
        taken += taken_by([wish], [best], supply)
    return tuple(found)


def taken_by(wishes: Iterable[Wish], given: Iterable[Alternative | None], supply: Supply) -> tuple[Occupation, ...]:
    """Return what these weeks hold once they are offered; None for a wish that got nothing."""
    return tuple(
        row
        for wish, week in zip(wishes, given, strict=True)
        if week
        for row in occupations_of_child(
            week.pattern,
            week.period,
            born_on=wish.born_on,
            toddler_from_months=supply.toddler_from_months,
            kind=OccupationKind.HOLD,
        )
    )


def _alternative(wish: Wish, week: WeekPattern, start: date) -> Alternative:
    as_many_needed = len(week & wish.needed) == min(len(week), len(wish.needed))
    differences = {
        AlternativeReason.LATER_START: start > wish.period.start,
        AlternativeReason.OTHER_DAYS: not as_many_needed or not week.issubset(wish.named),
        AlternativeReason.FEWER_DAYS: len(week) < wish.size,
        AlternativeReason.HALF_DAYS: _is_more_broken(wish, week),
    }
    reasons = tuple(reason for reason, differs in differences.items() if differs)
    return Alternative(pattern=week, period=Period(start, wish.period.end), reasons=reasons)


def _first_days_free_to_the_end(timeline: Sequence[FreeSlice]) -> dict[str, date]:
    """Return for each part the first day from which it stays free to the end; a part that ends full is left out."""
    free_from: dict[str, date] = {}
    still_free = set(PART_CODES)
    for free_slice in reversed(timeline):
        still_free -= {code for code, free in zip(PART_CODES, free_slice.places, strict=True) if free < 1}
        free_from.update(dict.fromkeys(still_free, free_slice.period.start))
    return free_from


def _free_on(free_from: Mapping[str, date], start: date) -> WeekPattern:
    """Return the parts that are free from this start to the end."""
    return WeekPattern.from_codes(code for code, day in free_from.items() if day <= start)


def _week_as_asked(wish: Wish, free: WeekPattern) -> WeekPattern:
    """Return a full week in the family's own terms, with whole days where it asked them, or an empty one."""
    fixed, choice = _terms(wish)
    if not fixed.issubset(free):
        return NO_PARTS
    week = _best_week(wish, fixed, choice & free)
    return week if len(week) == wish.size and not _is_more_broken(wish, week) else NO_PARTS


def _is_more_broken(wish: Wish, week: WeekPattern) -> bool:
    """Tell whether the week has more loose halves than the family would get if every part were free."""
    ideal = _best_week(wish, *_terms(wish))
    whole_days = wish.whole_day_mornings
    return _loose_halves(whole_days, week) > _loose_halves(whole_days, ideal)


def _terms(wish: Wish) -> tuple[WeekPattern, WeekPattern]:
    """Return the parts that must be in the week, and those that make up the number.

    Needed parts must, unless the family named more of them than it wants ("any three days").
    """
    if wish.size < len(wish.needed):
        return NO_PARTS, wish.needed
    return wish.needed, wish.also_possible


def _fullest_week(wish: Wish, free: WeekPattern) -> WeekPattern:
    """Return the week with the fewest missing parts that the family accepts, or an empty one."""
    week = _best_week(wish, NO_PARTS, wish.accepted & free)
    return week if len(week) == wish.size or wish.flexibility.fewer_days else NO_PARTS


def _best_week(wish: Wish, fixed: WeekPattern, choice: WeekPattern) -> WeekPattern:
    """Return the fixed parts with the best of the choice, as many as wanted or as there are.

    Whole days come first, then named parts, needed parts, and the order of the week: no tie is left.
    """
    optional = (choice - fixed).indexes
    size = min(wish.size - len(fixed), len(optional))
    additions = (sum(1 << index for index in indexes) for indexes in combinations(optional, size))
    whole_days = wish.whole_day_mornings

    def rank(week: WeekPattern) -> tuple[int, int, int]:
        return _loose_halves(whole_days, week), -len(week & wish.named), -len(week & wish.needed)

    return min((WeekPattern(fixed.mask | addition) for addition in additions), key=rank)


def _loose_halves(whole_day_mornings: WeekPattern, week: WeekPattern) -> int:
    """Count the days that make sense only whole and of which the week has one half."""
    halves = week.mask ^ week.mask >> 1
    return (halves & whole_day_mornings.mask).bit_count()

"""The questions that families ask in a month: births, seasons and habits decide when, for whom and for which week."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from opvangloket.domains.requests.models import Channel
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.periods import add_months
from opvangloket.simulation.chance import Weighted, happens, stream, whole_number
from opvangloket.simulation.demand.family_words import MESSAGES_TO_LOCATIONS, OWN_WORDS, SUPPORT_NEEDED
from opvangloket.simulation.demand.households import Household, child_name, make_household
from opvangloket.simulation.demand.weeks import AskedWeek, ask_week
from opvangloket.simulation.key_figures import REQUESTS_A_YEAR
from opvangloket.simulation.moments import at_home, at_work, day_of
from opvangloket.simulation.reference import births, share_of_births

# More families ask after the summer and after New Year, fewer in July and December.
_ASKED_IN_MONTH = (1.2, 1.1, 1.05, 1.0, 0.95, 0.95, 0.75, 0.9, 1.2, 1.1, 1.0, 0.8)
_STARTS_IN_MONTH = (1.0, 0.75, 0.8, 0.8, 0.75, 0.65, 0.45, 0.7, 1.0, 0.8, 0.75, 0.45)
_NEWBORN, _TODDLER, _SOON = "newborn", "toddler", "soon"
_KIND = Weighted({_NEWBORN: 0.78, _TODDLER: 0.15, _SOON: 0.07})
_CHANNELS = Weighted({
    Channel.ONLINE: 0.75, Channel.PHONE: 0.09, Channel.COUNTER: 0.08, Channel.PAPER: 0.02, Channel.HELPER: 0.02,
    Channel.ORGANISER: 0.04,
})  # fmt: skip
_CHANNELS_WHEN_DEPRIVED = Weighted({
    Channel.ONLINE: 0.48, Channel.PHONE: 0.14, Channel.COUNTER: 0.2, Channel.PAPER: 0.03, Channel.HELPER: 0.12,
    Channel.ORGANISER: 0.03,
})  # fmt: skip
_URGENT = Weighted({
    UrgentReason.START_WORK: 0.45, UrgentReason.START_TRAINING: 0.2, UrgentReason.CARE_FELL_AWAY: 0.25,
    UrgentReason.CRISIS_WITHOUT_CARE: 0.05, UrgentReason.CRISIS_WITH_CARE: 0.05,
})  # fmt: skip
_HOW_MANY_LOCATIONS = Weighted({1: 0.04, 2: 0.08, 3: 0.13, 4: 0.17, 5: 0.2, 6: 0.16, 7: 0.08, 8: 0.14})
_TWINS, _TWO_CHILDREN, _SECOND_CHILD = 0.016, 0.012, 0.14
_TWINS_TOGETHER = 0.85
_SPECIAL_NEED, _OWN_WORDS, _MESSAGE = 0.03, 0.03, 0.2
_LAST_WEEKS_BEFORE_SCHOOL = 8
_FOUR_FIFTHS_ASKED = (date(2024, 4, 1).toordinal(), date(2025, 4, 30).toordinal())


@dataclass(slots=True, kw_only=True)
class Question:
    """One question for one child. Moments are minutes, days are ordinals, day parts are masks."""

    household: Household
    residence_nis: str
    registered: int
    channel: Channel
    child_name: str
    born: int
    due: int | None
    start: int
    end: int | None
    week: AskedWeek
    characteristics: tuple[str, ...]
    urgent_reason: str = ""
    special_need: bool = False
    support_needed: str = ""
    support_shared: bool = False
    own_words: str = ""
    message: str = ""
    later_start_months: int = 0
    other_days_ok: bool = False
    part_of_week_ok: bool = False
    other_location_ok: bool = False
    how_many_locations: int = 5
    sibling_goes_to: int | None = None
    named_before_birth: bool = False


@dataclass(slots=True)
class Submission:
    """What one family asks in one go: a question per child."""

    questions: list[Question]
    together: bool = False


@dataclass(slots=True)
class Families:
    """The families of one municipality, and those of before that may come back with a second child."""

    nis_code: str
    seed: int
    scale: float = 1.0
    known: deque[Household] = field(default_factory=lambda: deque(maxlen=400))

    def submissions(self, year: int, month: int, *, before: int) -> Iterator[Submission]:
        """Yield what families ask in a month, in no order, as far as it lies before a minute."""
        random = stream(self.seed, "questions", self.nis_code, year, month)
        for _ in range(whole_number(random, self._expected(year, month))):
            asked = self._submission(random, date(year, month, 1))
            if asked.questions[0].registered < before:
                yield asked

    def _expected(self, year: int, month: int) -> float:
        here = REQUESTS_A_YEAR * share_of_births(self.nis_code)
        trend = births(self.nis_code, year) / max(births(self.nis_code, 2025), 1)
        children_per_family = 1 + _TWINS + _TWO_CHILDREN
        return here * trend * self.scale * _ASKED_IN_MONTH[month - 1] / 12 / children_per_family

    def _submission(self, random: Random, month: date) -> Submission:
        last = add_months(month, 1) - timedelta(days=1)
        day = random.randint(month.toordinal(), last.toordinal())
        household, sibling_goes_to = self._household(random, day)
        first = _question(random, household, day)
        self._follow(household, first, sibling_goes_to)
        if happens(random, _TWINS):
            return Submission([first, _twin(random, first)], together=happens(random, _TWINS_TOGETHER))
        if happens(random, _TWO_CHILDREN):
            return Submission([first, _older_sibling(random, first)])
        return Submission([first])

    def _household(self, random: Random, day: int) -> tuple[Household, int | None]:
        """Return who asks: sometimes a family of before with its next child, in care or not."""
        if self.known and day - self.known[0].last_child_born > 500 and happens(random, _SECOND_CHILD * 2):
            household = self.known.popleft()
            return household, household.child_goes_to[0] if household.child_goes_to else None
        return make_household(random, self.nis_code), None

    def _follow(self, household: Household, question: Question, sibling_goes_to: int | None) -> None:
        question.sibling_goes_to = sibling_goes_to
        if sibling_goes_to is not None:
            question.characteristics = tuple(sorted({*question.characteristics, Characteristic.SIBLING}))
        household.last_child_born = question.born
        household.child_goes_to = []
        self.known.append(household)


def _question(random: Random, household: Household, day: int) -> Question:
    channel = (_CHANNELS_WHEN_DEPRIVED if household.deprived else _CHANNELS).draw(random)
    if channel is Channel.ONLINE and not (household.email or household.phone):
        channel = Channel.PHONE
    registered = (at_home if channel is Channel.ONLINE else at_work)(random, day)
    day = day_of(registered)
    kind = _KIND.draw(random)
    start = _start(random, day, kind)
    born = _born(random, start, day, kind)
    special_need = happens(random, _SPECIAL_NEED)
    return Question(
        household=household,
        residence_nis=household.village.nis_code,
        registered=registered,
        channel=channel,
        child_name=child_name(random, household.origin),
        born=born,
        due=born + random.randint(-9, 8) if born > day - 20 else None,
        start=start,
        end=_end(random, start),
        week=ask_week(random),
        characteristics=_characteristics(random, household, day),
        urgent_reason=_URGENT.draw(random) if kind == _SOON and happens(random, 0.75) else "",
        special_need=special_need,
        support_needed=random.choice(SUPPORT_NEEDED) if special_need else "",
        support_shared=special_need and happens(random, 0.8),
        own_words=random.choice(OWN_WORDS) if happens(random, _OWN_WORDS) else "",
        message=random.choice(MESSAGES_TO_LOCATIONS) if happens(random, _MESSAGE) else "",
        later_start_months=random.choices((0, 1, 2, 3), weights=(60, 20, 13, 7))[0],
        other_days_ok=happens(random, 0.3),
        part_of_week_ok=happens(random, 0.25),
        other_location_ok=happens(random, 0.4),
        how_many_locations=_HOW_MANY_LOCATIONS.draw(random),
        named_before_birth=happens(random, 0.35),
    )


def _start(random: Random, day: int, kind: str) -> int:
    """Return the wanted start: most families ask five to nine months ahead; the first of a month is liked most."""
    for _ in range(4):
        if kind == _NEWBORN:
            ahead = int(random.triangular(60, 330, 215))
        elif kind == _TODDLER:
            ahead = random.randint(32, 200)
        else:
            ahead = random.randint(1, 31)
        start = date.fromordinal(day + ahead)
        if kind == _SOON or happens(random, _STARTS_IN_MONTH[start.month - 1]):
            break
    if kind != _SOON and happens(random, 0.45):
        start = start.replace(day=1)
    while start.weekday() > 4 or (kind != _SOON and start.weekday() != 0 and happens(random, 0.55)):
        start += timedelta(days=1)
    return max(start.toordinal(), day + 1)


def _born(random: Random, start: int, day: int, kind: str) -> int:
    if kind == _NEWBORN:
        born = start - int(random.triangular(75, 330, 125))
        return min(born, day + 250)
    oldest = 26 * 30 - _LAST_WEEKS_BEFORE_SCHOOL * 7
    return min(start - int(random.triangular(90, oldest, 330)), day - 5)


def _end(random: Random, start: int) -> int | None:
    return start + random.randint(60, 400) if happens(random, 0.05) else None


def _characteristics(random: Random, household: Household, day: int) -> tuple[str, ...]:
    found = set(household.characteristics)
    first, last = _FOUR_FIFTHS_ASKED
    if household.works_four_fifths and first <= day < last:
        found.add(Characteristic.FOUR_FIFTHS)
    if happens(random, 0.06):
        found.add(Characteristic.SIBLING)
    return tuple(sorted(found))


def _twin(random: Random, first: Question) -> Question:
    return replace(first, child_name=_other_name(random, first), own_words="")


def _older_sibling(random: Random, first: Question) -> Question:
    """Return the question for a child that is a year or more older, born by now."""
    born = min(first.born - random.randint(330, 500), day_of(first.registered) - 30)
    born = max(born, first.start - 26 * 30)
    return replace(
        first, child_name=_other_name(random, first), born=born, due=None, own_words="", week=ask_week(random)
    )


def _other_name(random: Random, first: Question) -> str:
    while (name := child_name(random, first.household.origin)) == first.child_name:
        pass
    return name

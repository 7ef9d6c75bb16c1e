"""Draws the single values of a generated folder, near the edges where readings of the exchange format part."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
YEARS = range(2018, 2026)
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
CHANNELS = ("online", "phone", "counter", "paper", "helper", "import", "interface")
CHARACTERISTICS = (
    "WerkOpleiding",
    "Alleenstaanden",
    "LaagInkomen",
    "Pleegkinderen",
    "GezinslidHandicap",
    "GezinslidZelfzorgvermogen",
    "SociaalPedagogisch",
    "LaagOpleidingsniveau",
    "BroerZus",
    "VierVijfden",
)
URGENT_REASONS = ("StartWerk", "StartOpleiding", "WegvallenOpvang", "CrisisgeenZorg", "CrisisZorg")
TEXTS = ("Zoë", 'De Smet, "Jo"', "O'Neill", "d’Haese–Ōe", "twee\nregels", "=1+1", "Peeters", "سارة 子")

# Month ends and the turn of the year, where a calendar month and a report year are decided.
EDGE_DAYS = ((1, 1), (1, 28), (1, 30), (1, 31), (2, 27), (2, 28), (3, 1), (3, 31), (5, 31), (8, 31), (12, 1), (12, 31))
# The first and last moments of a Brussels day, and the hours in which its date differs from that in UTC.
EDGE_TIMES = (time(0), time(0, 30), time(1, 59, 59), time(12), time(22, 30), time(23, 30), time(23, 59, 59))
CLOCK_CHANGES = (date(2019, 3, 31), date(2020, 10, 25), date(2022, 3, 27), date(2024, 3, 31), date(2024, 10, 27))
RULE_SET_EDGES = (date(2024, 3, 31), date(2024, 4, 1), date(2025, 4, 29), date(2025, 4, 30))
OFFSETS = (0, 60, 120, -300, 330, 840, -720)  # minutes

TYPICAL_HOURS = ("ma 07:00-18:00", "di 08:30-12:30", "wo 12:00-18:00", "vr 07:00-07:01")
ATYPICAL_HOURS = (
    "ma 06:59-17:00",
    "di 07:00-18:01",
    "wo 12:00-24:00",
    "do 16:00-06:00",
    "vr 09:00-09:00",
    "ma 00:00-12:00",
    "wo 14:00-00:00",
    "za 09:00-17:00",
    "zo 10:00-12:00",
    "nacht",
    "feestdag",
)


def chance(rng: Random, percentage: int) -> bool:
    return rng.randrange(100) < percentage


def original_start(rng: Random) -> date:
    """Draw a start, often a month end or a turn of the year, sometimes just outside the report years."""
    if chance(rng, 3):
        return rng.choice((date(2017, 12, 31), date(2026, 1, 1)))
    year = rng.choice(YEARS)
    if chance(rng, 5):
        return date(rng.choice((2020, 2024)), 2, 29)
    if chance(rng, 50):
        return date(year, *rng.choice(EDGE_DAYS))
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def month_later(day: date) -> date:
    """Return the same day of the next month, or the last day of that month."""
    first_of_next = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last_of_next = (first_of_next + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first_of_next + timedelta(days=day.day - 1), last_of_next)


def registration(rng: Random, start: date) -> datetime:
    """Draw a registration: around 31 days before the start, a rule set's first day, or the report's date."""
    kind = rng.randrange(9)
    if kind <= 1:
        return brussels_moment(rng, start - timedelta(days=rng.choice((30, 31, 32))))
    if kind == 2:
        return brussels_moment(rng, rng.choice(RULE_SET_EDGES))
    if kind == 3:
        return brussels_moment(rng, report_edge(rng, start.year))
    if kind == 4:
        return brussels_moment(rng, start + timedelta(days=rng.randrange(60)))
    return brussels_moment(rng, start - timedelta(days=rng.randrange(400)))


def report_edge(rng: Random, year: int) -> date:
    """Draw a day around the date of the report on `year`."""
    return date(year + 1, 2, 27) + timedelta(days=rng.randrange(4))


def brussels_moment(rng: Random, day: date) -> datetime:
    """Draw an instant of a Brussels day, often at its very edge."""
    moment = datetime.combine(day, rng.choice(EDGE_TIMES), BRUSSELS).astimezone(UTC)
    return moment + timedelta(microseconds=500_000) if chance(rng, 3) else moment


def moment_text(rng: Random, moment: datetime) -> str:
    """Write an instant with one of many offsets, with or without seconds and fractions."""
    local = moment.astimezone(timezone(timedelta(minutes=rng.choice(OFFSETS))))
    is_whole_minute = not (local.second or local.microsecond)
    text = local.isoformat(timespec="minutes" if is_whole_minute and chance(rng, 40) else "auto")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") and chance(rng, 70) else text


def parts_of(weekday: str) -> tuple[str, str]:
    return f"{weekday}_vm", f"{weekday}_nm"


def pattern(rng: Random) -> tuple[str, ...]:
    """Draw day parts: whole days, half days, seldom a weekend, sometimes the same part twice."""
    days = rng.sample(WEEKDAYS if chance(rng, 15) else WEEKDAYS[:5], rng.choice((1, 2, 2, 3, 4, 5)))
    parts = [part for day in days for part in (parts_of(day) if chance(rng, 65) else rng.sample(parts_of(day), 1))]
    if chance(rng, 8):
        parts.append(rng.choice(parts))
    return tuple(parts)


def pattern_near(rng: Random, asked: Sequence[str]) -> tuple[str, ...]:
    """Draw the parts of an offer: the same, fewer, more, as many on fewer weekdays, or on other weekdays."""
    distinct = sorted(set(asked))
    kind = rng.randrange(6)
    if kind == 0:
        return tuple(distinct)
    if kind in (1, 2):
        return tuple(rng.sample(distinct, max(1, len(distinct) - rng.choice((1, 1, 2)))))
    if kind == 3:
        whole_days = [part for day in sorted({part.split("_")[0] for part in distinct}) for part in parts_of(day)]
        return tuple(whole_days[: len(distinct)])
    if kind == 4:
        return tuple(dict.fromkeys((*distinct, *parts_of(rng.choice(WEEKDAYS[:5])))))
    return pattern(rng)


def parts_wanted(rng: Random, asked: Sequence[str]) -> str:
    number = len(set(asked))
    return (
        str(max(1, rng.choice((1, number // 2, number - 1, number - 2, number, number + 1)))) if chance(rng, 35) else ""
    )


def hours(rng: Random) -> str:
    kind = rng.randrange(10)
    if kind < 5:
        return ""
    if kind < 8:
        return "|".join(rng.sample(TYPICAL_HOURS, rng.choice((1, 2, 3))))
    return "|".join((*rng.sample(TYPICAL_HOURS, rng.choice((0, 1))), rng.choice(ATYPICAL_HOURS)))


def characteristics(rng: Random) -> str:
    return "|".join(rng.sample(CHARACTERISTICS, rng.choice((0, 0, 1, 1, 2, 2, 3, 4))))

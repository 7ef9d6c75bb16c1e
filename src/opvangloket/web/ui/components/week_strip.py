"""The week strip (weekstrook): the one picture of care in time, always with its twin in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, wraps
from typing import ParamSpec

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opvangloket.rules.patterns import WEEKDAYS, WEEKEND, WeekPattern
from opvangloket.rules.wording import WEEKDAY_NAMES

NO_PARTS = WeekPattern()


class CellKind(StrEnum):
    """What one morning or afternoon says; each kind has its own shape, colour and word."""

    NEED = "need"
    CAN = "can"
    AGREED = "agreed"
    FREE = "free"
    FULL = "full"
    FIT = "fit"
    MISS = "miss"
    EXTRA = "extra"
    CLOSED = "closed"
    OUTSIDE = "outside"
    NONE = "none"

    @property
    def word(self) -> str:
        """The word beside the shape: in the legend, and in the cell for who cannot see it."""
        words = {
            CellKind.NEED: _("nodig"),
            CellKind.CAN: _("kan ook"),
            CellKind.AGREED: _("afgesproken"),
            CellKind.FREE: _("vrij"),
            CellKind.FULL: _("volzet"),
            CellKind.FIT: _("past"),
            CellKind.MISS: _("lukt niet"),
            CellKind.EXTRA: _("extra"),
            CellKind.CLOSED: _("gesloten"),
            CellKind.OUTSIDE: _("niet bij deze plaats"),
            CellKind.NONE: _("niet gevraagd"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day part of the strip: its code ("ma_vm") and what it says."""

    code: str
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Day:
    """The head of one column."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StripRow:
    """All mornings, or all afternoons, Monday first."""

    short: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStrip:
    """A week as a picture: a caption, the words that say the same, and two rows of cells under the days."""

    caption: str
    words: str
    days: tuple[Day, ...]
    rows: tuple[StripRow, ...]

    @property
    def kinds(self) -> tuple[CellKind, ...]:
        """The kinds that occur, in the order of the legend; parts that were not asked need no legend."""
        used = {cell.kind for row in self.rows for cell in row.cells} - {CellKind.NONE}
        return tuple(kind for kind in CellKind if kind in used)


P = ParamSpec("P")


def _drawn_once(build: Callable[P, WeekStrip]) -> Callable[P, WeekStrip]:
    """Remember each week in each language: lists of families show the same few dozen weeks again and again."""

    @lru_cache(maxsize=4096)
    def known(_language: str | None, /, *args: P.args, **kwargs: P.kwargs) -> WeekStrip:
        return build(*args, **kwargs)

    @wraps(build)
    def once(*args: P.args, **kwargs: P.kwargs) -> WeekStrip:
        return known(get_language(), *args, **kwargs)  # type: ignore[arg-type]  # weeks, words: all of them hashable

    return once


@_drawn_once
def asked_strip(
    needed: WeekPattern, also: WeekPattern = NO_PARTS, *, caption: str = "", weekdays: tuple[str, ...] = ()
) -> WeekStrip:
    """Return what a family asks: the parts it needs and the parts that are fine too.

    `weekdays` are days to show even when nothing is asked on them.
    """

    def kind(code: str) -> CellKind:
        if code in needed:
            return CellKind.NEED
        return CellKind.CAN if code in also else CellKind.NONE

    words = _sentences((needed, _("%(days)s nodig.")), (also - needed, _("%(days)s kan ook.")))
    return _strip(
        kind,
        (needed | also).weekdays + tuple(weekdays),
        caption or _("Gevraagde dagen"),
        words or _("Geen dagen gekozen."),
    )


@_drawn_once
def agreed_strip(agreed: WeekPattern, *, caption: str = "") -> WeekStrip:
    """Return the week of a child that has its place."""
    return _strip(
        lambda code: CellKind.AGREED if code in agreed else CellKind.NONE,
        agreed.weekdays,
        caption or _("Afgesproken dagen"),
        _sentences((agreed, _("%(days)s."))) or _("Geen dagen afgesproken."),
    )


@_drawn_once
def free_strip(free: WeekPattern, opened: WeekPattern, *, caption: str = "") -> WeekStrip:
    """Return what a location has: free, full, or closed when the part is not among its opening parts."""

    def kind(code: str) -> CellKind:
        if code in free:
            return CellKind.FREE
        return CellKind.FULL if code in opened else CellKind.CLOSED

    full = opened - free
    words = _sentences((free, _("Vrij: %(days)s.")), (full, _("Volzet: %(days)s.")))
    return _strip(kind, (free | opened).weekdays, caption or _("Vrije dagen"), words or _("Geen openingsdagen bekend."))


@_drawn_once
def place_strip(pattern: WeekPattern, *, caption: str = "") -> WeekStrip:
    """Return the week of one free place: what lies outside it says nothing about the location."""
    return _strip(
        lambda code: CellKind.FREE if code in pattern else CellKind.OUTSIDE,
        pattern.weekdays,
        caption or _("Vrije plaats"),
        _sentences((pattern, _("%(days)s."))),
    )


@_drawn_once
def fit_strip(needed: WeekPattern, free: WeekPattern, *, also: WeekPattern = NO_PARTS, caption: str = "") -> WeekStrip:
    """Return what is asked laid over what is free: fits, misses, or flexible when a part is fine but not needed."""

    def kind(code: str) -> CellKind:
        if code in needed:
            return CellKind.FIT if code in free else CellKind.MISS
        return CellKind.CAN if code in also and code in free else CellKind.NONE

    words = _sentences(
        (needed & free, _("Past: %(days)s.")),
        (needed - free, _("Lukt niet: %(days)s.")),
        ((also - needed) & free, _("Kan ook: %(days)s.")),
    )
    return _strip(kind, (needed | also).weekdays, caption or _("Gevraagd en vrij"), words or _("Geen dagen gevraagd."))


@_drawn_once
def offer_strip(
    asked: WeekPattern, offered: WeekPattern, *, also: WeekPattern = NO_PARTS, caption: str = ""
) -> WeekStrip:
    """Return what is offered, seen from what was asked: fits, misses, or an extra part nobody asked for.

    A part that the family said is fine too fits when it is offered, and is not missed when it is not.
    """

    def kind(code: str) -> CellKind:
        if code in offered:
            return CellKind.FIT if code in asked | also else CellKind.EXTRA
        return CellKind.MISS if code in asked else CellKind.NONE

    words = _sentences(
        (offered & (asked | also), _("%(days)s.")),
        (asked - offered, _("%(days)s lukt niet.")),
        (offered - asked - also, _("Extra: %(days)s.")),
    )
    return _strip(
        kind, (asked | offered).weekdays, caption or _("Aangeboden dagen"), words or _("Geen dagen aangeboden.")
    )


def _strip(kind: Callable[[str], CellKind], shown: Collection[str], caption: str, words: str) -> WeekStrip:
    days = _days(shown)
    halves = (("vm", _("voormiddag")), ("nm", _("namiddag")))
    rows = tuple(
        StripRow(half, name, tuple(Cell(f"{day.code}_{half}", kind(f"{day.code}_{half}")) for day in days))
        for half, name in halves
    )
    return WeekStrip(caption=caption, words=words, days=days, rows=rows)


def _days(shown: Collection[str]) -> tuple[Day, ...]:
    """Return Monday to Friday, and Saturday or Sunday when they are among the days to show."""
    named = zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
    return tuple(Day(code, name) for code, name in named if code not in WEEKEND or code in shown)


def _sentences(*parts: tuple[WeekPattern, str]) -> str:
    return " ".join(capfirst(sentence % {"days": pattern.words()}) for pattern, sentence in parts if pattern)

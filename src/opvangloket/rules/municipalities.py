"""Municipality codes over time: which municipality a NIS code belongs to after the mergers up to a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Merger:
    """From this day on the municipality with the old NIS code is (part of) the one with the new code."""

    on: date
    old: str
    new: str


def successors(mergers: Iterable[Merger], until: date) -> Mapping[str, str]:
    """Return for each code that merged up to and including `until` the code that it has by then.

    Mergers apply in date order, those of one day together; an old code equal to the new one changes nothing.
    """
    carried: dict[str, str] = {}
    in_force = sorted((merger for merger in mergers if merger.on <= until), key=lambda merger: merger.on)
    for _day, on_one_day in groupby(in_force, key=lambda merger: merger.on):
        step = {merger.old: merger.new for merger in on_one_day}
        carried = step | {old: step.get(code, code) for old, code in carried.items()}
    return carried

"""Chance that repeats: one stream of numbers per purpose, so that a change in one place leaves the others alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

Value = TypeVar("Value")


def stream(seed: int, *purpose: object) -> Random:
    """Return a stream of numbers that follows from the seed and the purpose alone."""
    return Random(":".join(map(str, (seed, *purpose))))


class Weighted(Generic[Value]):
    """Values to draw from, each with its weight."""

    __slots__ = ("_sums", "values")

    def __init__(self, weights: Mapping[Value, float]) -> None:
        self.values: Sequence[Value] = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))

    def draw(self, random: Random) -> Value:
        """Return one value."""
        return random.choices(self.values, cum_weights=self._sums)[0]


def happens(random: Random, probability: float) -> bool:
    """Tell whether something of this probability happens."""
    return random.random() < probability


def whole_number(random: Random, expected: float) -> int:
    """Return a whole number that is `expected` on average (Poisson; for large numbers the nearest two)."""
    if expected > 30:
        return int(expected) + happens(random, expected - int(expected))
    limit, product, count = exp(-expected), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count

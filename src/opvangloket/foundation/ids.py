"""Identifiers: UUIDv7 (time-ordered), made here and not by the database, so a seed gives the same ids again."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID


def uuid7(milliseconds: int, randomness: int) -> UUID:
    """Return the UUIDv7 of a moment (Unix milliseconds) and 74 random bits (RFC 9562 §5.7)."""
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (randomness >> 62 & 0xFFF) << 64
    return UUID(int=value | 0b10 << 62 | randomness & (1 << 62) - 1)


def _from_the_clock() -> UUID:
    return uuid7(time.time_ns() // 1_000_000, secrets.randbits(74))


_factory: ContextVar[Callable[[], UUID]] = ContextVar("id_factory", default=_from_the_clock)


def new_id() -> UUID:
    """Return the next identifier."""
    return _factory.get()()


@contextmanager
def seeded(seed: int, start_milliseconds: int = 1_600_000_000_000) -> Iterator[None]:
    """Make every identifier in the block follow from `seed`: the same calls give the same ids."""
    random = Random(seed)  # noqa: S311 - for repeatable towns, not for secrets
    tick = start_milliseconds

    def following() -> UUID:
        nonlocal tick
        tick += 1
        return uuid7(tick, random.getrandbits(74))

    token = _factory.set(following)
    try:
        yield
    finally:
        _factory.reset(token)

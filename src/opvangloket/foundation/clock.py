"""The clock of this installation. It is read at the door (pages, jobs, commands) and handed inward as `now`.

In a playground the clock may be moved (`opvangloket clock +14d`): the distance is stored, time itself keeps running.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings

from opvangloket.foundation.tenancy.models import Installation, InstallationKind

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)
_REMEMBER_SECONDS = 1.0
_remembered: tuple[float, timedelta] | None = None


class ClockIsReal(Exception):
    """The clock of a production installation cannot be moved."""


def now() -> datetime:
    """Return the present moment (UTC) as this installation counts it."""
    if frozen := _frozen.get():
        return frozen
    present = datetime.now(UTC)
    return present + _offset() if settings.PLAYGROUND else present


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at a moment for as long as the block lasts (tests, simulation)."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)


def wall_time() -> datetime:
    """Return the moment (UTC) as the world counts it, moved by nobody: for the digits that a phone shows."""
    return _frozen.get() or datetime.now(UTC)


def move(by: timedelta) -> datetime:
    """Move the clock of a playground and return the new present; raise ClockIsReal elsewhere."""
    global _remembered
    installation = Installation.objects.filter(pk=1).first()
    if installation is None or installation.kind == InstallationKind.PRODUCTION:
        raise ClockIsReal
    installation.clock_offset += by
    installation.save(update_fields=["clock_offset"])
    _remembered = None
    return now()


def _offset() -> timedelta:
    """Return how far the clock was moved, asking the database at most once a second."""
    global _remembered
    ticks = time.monotonic()
    if _remembered is None or ticks - _remembered[0] > _REMEMBER_SECONDS:
        installation = Installation.objects.filter(pk=1).first()
        _remembered = (ticks, installation.clock_offset if installation else timedelta())
    return _remembered[1]

"""Show or move the clock of a demonstration: `opvangloket clock +14d` shows what two weeks bring."""

import argparse
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_HOW = "Say how far: +14d, +3h, -1d (w weeks, d days, h hours, m minutes)."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take how far to move; nothing shows the clock."""
    parser.prefix_chars = "\0"  # so that -1d is a distance and not an option
    parser.add_argument("by", nargs="?", default="", metavar="+14d|+3h|-1d", help=f"{_HOW} Nothing: show the clock.")


def run(arguments: argparse.Namespace) -> int:
    """Show the clock, or move it and do once what the time in between brings."""
    from opvangloket.foundation import clock

    if arguments.by:
        distance = distance_of(arguments.by)
        if distance is None:
            sys.stderr.write(f"{_HOW}\n")
            return 2
        try:
            clock.move(distance)
        except clock.ClockIsReal:
            sys.stderr.write("This is a real installation, so its clock stays right.\n")
            return 1
        sweep_once()
    sys.stdout.write(f"{in_words()}\n")
    return 0


def distance_of(text: str) -> timedelta | None:
    """Return how far "+14d" is; None for what is no distance."""
    found = re.fullmatch(r"([+-]?)(\d{1,4})([wdhm])", text)
    if found is None:
        return None
    distance = timedelta(**{_UNITS[found[3]]: int(found[2])})
    return -distance if found[1] == "-" else distance


def in_words() -> str:
    """Return what the clock says, and how far it is from the world's."""
    from opvangloket.foundation import clock
    from opvangloket.rules.periods import BRUSSELS

    now, world = clock.now(), clock.wall_time()
    moved = round((now - world).total_seconds() / 60)
    days, minutes = divmod(abs(moved), 24 * 60)
    far = f"{days} days, {minutes // 60} hours and {minutes % 60} minutes {'ahead of' if moved > 0 else 'behind'}"
    shown = f"{now.astimezone(BRUSSELS):%A %d %B %Y, %H:%M} in Brussels"
    return f"{shown} ({far} the world)." if moved else f"{shown}."


def sweep_once() -> None:
    """Do every periodic task once, and then the jobs that came of it."""
    from procrastinate.contrib.django import app

    from opvangloket.config.commands.worker import run_jobs
    from opvangloket.foundation import clock

    for periodic in list(app.periodic_registry.periodic_tasks.values()):
        if periodic.task.pass_context:
            continue  # It minds the queue itself, which the date does not move.
        task: Callable[..., Any] = periodic.task
        task(timestamp=int(clock.now().timestamp()))
    run_jobs(concurrency=1, wait=False)

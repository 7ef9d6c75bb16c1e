"""The time and memory of each sweep, at a day on which it has much to do and again when it has nothing left (SPEC §4, §19).

    python -m benchmarks.sweeps [--size town|flanders] [--days 1]

The town is the one of `benchmarks.pages`, and stays as it is: everything runs in one transaction that is rolled back.
A sweep that is linear needs as long for each subject at any size; one that loads everything shows in the memory.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Final

from benchmarks.pages import SIZES, heading, make_once

KIB_IN_MIB: Final = 1024
IMPORTED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, in which time (seconds), and what nothing to do costs; peak memory so far (MiB)."""

    name: str
    did: int
    seconds: float
    idle: float
    peak: float


def main() -> None:
    """Run every sweep some days after the town was made, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="town")
    parser.add_argument("--days", type=int, default=1, help="how many days later than now it is")
    parser.add_argument("--var", type=Path, help="where the towns are kept (default: var/bench)")
    arguments = parser.parse_args()
    make_once(arguments.var, arguments.size)
    from opvangloket.config import database

    with database.running():
        import django

        django.setup()
        from opvangloket.config.commands.migrate import bring_up_to_date
        from opvangloket.foundation import clock

        bring_up_to_date()
        _print(arguments.size, sweep_all(clock.now() + timedelta(days=arguments.days)))


def sweep_all(now: datetime) -> Iterator[Swept]:
    """Run the sweeps one after the other as the worker does, each twice, and take back what they did."""
    from django.db import transaction

    with transaction.atomic():
        _forget_comparing()
        for name, sweep in _sweeps():
            seconds, did = _timed(sweep, now)
            idle, again = _timed(sweep, now)
            if again:
                raise SystemExit(f"{name} did {again} things a second time.")
            yield Swept(name, did, seconds, idle, getrusage(RUSAGE_SELF).ru_maxrss / KIB_IN_MIB)
        transaction.set_rollback(True)


def _forget_comparing() -> None:
    """Leave the newest requests as an import leaves them: compared with nothing yet."""
    from opvangloket.domains.requests.models import CareRequest
    from opvangloket.foundation.tenancy.scopes import across_desks

    with across_desks("a benchmark makes requests that were never compared"):
        newest = CareRequest.objects.order_by("-id").values_list("id", flat=True)[:IMPORTED]
        CareRequest.objects.filter(id__in=list(newest)).update(identity_keys=None)


def _sweeps() -> Iterator[tuple[str, Callable[[datetime], int]]]:
    from opvangloket.domains.contact.sweeps import sweep_unread
    from opvangloket.domains.distribution.inbox.weekly_lists import sweep_weekly_lists
    from opvangloket.domains.distribution.sweeps import SWEEPS
    from opvangloket.domains.providers.vacancy_links import sweep_vacancies
    from opvangloket.domains.requests.sweeps import sweep_duplicates, sweep_unverified
    from opvangloket.foundation.tenancy.scopes import across_desks

    def everywhere(sweep: Callable[..., int]) -> Callable[[datetime], int]:
        def run(now: datetime) -> int:
            with across_desks("a benchmark sweeps every desk"):
                return sweep(now=now)

        return run

    others = (sweep_unread, sweep_unverified, sweep_vacancies, sweep_weekly_lists, sweep_duplicates)
    for sweep in (*SWEEPS, *others):
        yield sweep.__name__.removeprefix("sweep_").replace("_", " "), everywhere(sweep)


def _timed(sweep: Callable[[datetime], int], now: datetime) -> tuple[float, int]:
    started = time.perf_counter()
    did = sweep(now)
    return time.perf_counter() - started, did


def _print(size: str, found: Iterator[Swept]) -> None:
    print(heading(size))
    print(f"{'sweep':<20} | {'did':>7} | {'s':>7} | {'ms each':>7} | {'idle ms':>7} | {'peak MB':>7}")
    for one in found:
        each = f"{one.seconds * 1000 / one.did:.1f}" if one.did else ""
        print(
            f"{one.name:<20} | {one.did:>7} | {one.seconds:>7.2f} | {each:>7} |"
            f" {one.idle * 1000:>7.1f} | {one.peak:>7.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

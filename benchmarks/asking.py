"""How many families a second can send a question, and how long each waits, beside bare inserts of the same rows.

    python -m benchmarks.asking [--families 400] [--at-once 1,4,8]

Each question goes through the real action: registered, compared with what is there, sent to five locations in one
transaction, with its events and mails planned. The floor inserts as many rows of the same tables, with psycopg alone
and one commit for each family. Every process asks as fast as it can; the database lies in a folder of its own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from random import SystemRandom
from string import ascii_lowercase
from typing import Any, Final

from benchmarks.pages import SIZES

TABLES: Final = (
    ("requests_carerequest", 1), ("families_child", 1), ("families_guardian", 1), ("requests_wishversion", 1),
    ("requests_requestedlocation", 5), ("distribution_inquiry", 5), ("distribution_sending", 1),
    ("distribution_answerlink", 5), ("outbox_message", 6), ("audit_auditevent", 2),
)  # fmt: skip
ROWS: Final = sum(rows for _table, rows in TABLES)


def main() -> None:
    """Make the town, ask from several processes at once, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=400)
    parser.add_argument("--at-once", default="1,4,8")
    parser.add_argument("--var", type=Path, help="where the town is kept (default: var/bench)")
    arguments = parser.parse_args()
    var = (arguments.var or Path("var/bench")).resolve() / "asking"
    os.environ |= {
        "OPVANGLOKET_VAR": str(var), "OPVANGLOKET_PLAYGROUND": "yes",
        "DJANGO_SETTINGS_MODULE": "opvangloket.config.settings",
    }  # fmt: skip
    if not var.exists():
        var.mkdir(parents=True)
        code = "import sys; from opvangloket.config.cli import main; sys.exit(main())"
        subprocess.run([sys.executable, "-c", code, "simulate", *SIZES["town"]], check=True)
    from opvangloket.config import database

    with database.running():
        print(f"{'at once':>7} | {'families/s':>10} | {'p50 ms':>7} | {'p95 ms':>7} | {'bare/s':>7} | {'x floor':>7}")
        for at_once in (int(number) for number in arguments.at_once.split(",")):
            bare, _times = _at_once(at_once, arguments.families, _insert)
            asked, times = _at_once(at_once, arguments.families, _ask)
            cuts = statistics.quantiles(times, n=20)
            print(
                f"{at_once:>7} | {asked:>10.1f} | {cuts[9] * 1000:>7.0f} | {cuts[18] * 1000:>7.0f} |"
                f" {bare:>7.0f} | {bare / asked:>7.1f}",
                flush=True,
            )


def _at_once(processes: int, families: int, worker: Callable[[int, Any], list[float]]) -> tuple[float, list[float]]:
    """Return how many were done a second by all together, and how long each took."""
    context = get_context("spawn")
    barrier = context.Manager().Barrier(processes)
    share = families // processes
    with context.Pool(processes) as pool:
        results = [pool.apply_async(worker, (share, barrier)) for _ in range(processes)]
        times = [result.get() for result in results]
    return share * processes / max(sum(taken) for taken in times), [one for taken in times for one in taken]


def _timed(count: int, act: Callable[[], Any]) -> list[float]:
    times = []
    for _ in range(count):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return times


def _ask(count: int, barrier: Any) -> list[float]:
    """Let families call the desk one after the other."""
    import django

    django.setup()
    from opvangloket.domains.distribution.asking.questions import ask
    from opvangloket.domains.providers.models import LocationInDesk
    from opvangloket.domains.requests.actions import Applicant, AskedChild, Channel, NewQuestion
    from opvangloket.foundation import clock
    from opvangloket.foundation.audit.record import SYSTEM
    from opvangloket.foundation.tenancy.models import Desk
    from opvangloket.foundation.tenancy.scopes import DeskScope, scope
    from opvangloket.rules.patterns import WeekPattern

    chance = SystemRandom()
    desk = Desk.objects.order_by("id")[0]
    with scope(DeskScope(desk.id)):
        locations = list(LocationInDesk.objects.filter(desk=desk).values_list("location_id", flat=True)[:20])

    def one() -> None:
        now = clock.now()
        name = "".join(chance.choices(ascii_lowercase, k=10)).title()
        question = NewQuestion(
            applicant=Applicant(first_name="Sara", last_name=name, email=f"{name.lower()}@voorbeeld.be"),
            child=AskedChild(first_name="Noor", last_name=name, birth_on=now.date() - timedelta(days=60)),
            start_on=now.date() + timedelta(days=100),
            pattern=WeekPattern.full_days("ma", "di"),
            channel=Channel.PHONE,
            location_ids=tuple(chance.sample(locations, 5)),
        )
        ask(desk_id=desk.id, questions=[question], actor=SYSTEM, now=now, randomness=chance)

    one()
    barrier.wait()
    return _timed(count, one)


def _insert(count: int, barrier: Any) -> list[float]:
    """Copy as many rows of the same tables as a question makes, with one commit for each family."""
    import psycopg
    from psycopg import sql

    from opvangloket.config import database

    copy = sql.SQL("CREATE TEMPORARY TABLE {mine} AS SELECT * FROM {table} LIMIT 50")
    like = sql.SQL("CREATE TABLE IF NOT EXISTS {bare} AS SELECT * FROM {table} LIMIT 0")
    insert = sql.SQL("INSERT INTO {bare} SELECT * FROM {mine} LIMIT {rows}")
    with psycopg.connect(database.owner_conninfo(), autocommit=True) as connection:
        inserts = []
        for table, rows in TABLES:
            names = {
                "table": sql.Identifier(table),
                "mine": sql.Identifier(f"mine_{table}"),
                "bare": sql.Identifier(f"bare_{os.getpid()}_{table}"),
            }
            connection.execute(copy.format(**names))
            connection.execute(like.format(**names))
            inserts.append(insert.format(rows=sql.Literal(rows), **names))

        def one() -> None:
            with connection.transaction():
                for statement in inserts:
                    connection.execute(statement)

        one()
        barrier.wait()
        return _timed(count, one)


if __name__ == "__main__":
    main()

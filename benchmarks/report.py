"""The annual report of all 285 Flemish municipalities, beside one bare SQL pass over the same rows (SPEC §19).

    python -m benchmarks.report [--requests 71000] [--runs 5]

One desk serves all of Flanders; every request asks care from the year of the report. The floor reads the very columns
of the very rows with psycopg alone and does nothing with them. Each time is the median of the runs, taken in turns.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.exchange_folder import EVENTS_PER_REQUEST, Region, write_folder

YEAR, AS_OF = 2025, date(2026, 2, 28)
LOCATIONS = 5_400
MUNICIPALITIES = 285
TARGET = 3.0
PAGE = f"/werk/denderstreek/verslag/{YEAR}/?stand={AS_OF}"
CELL = f"/werk/denderstreek/verslag/{YEAR}/gevallen/alle/zonder-voorstel/?stand={AS_OF}"
REQUESTS = """
    SELECT r.id, r.reference, r.channel, r.registered_at, r.start_on, r.parts, r.parts_wanted, r.hours, r.residence_nis,
        r.characteristics, r.urgent_reason, r.special_need, (
            SELECT l.nis_code FROM requests_requestedlocation c JOIN providers_location l ON l.id = c.location_id
            WHERE c.request_id = r.id ORDER BY c.added_at, c.position LIMIT 1)
    FROM requests_carerequest r
    WHERE r.desk_id = %s AND r.start_on BETWEEN %s AND %s ORDER BY r.id
"""
EVENTS = """
    SELECT e.request_id, e.at, e.kind, e.location_id::text, e.start_on, e.parts, e.reply_by_on, e.reason, e.seq
    FROM requests_caseevent e JOIN requests_carerequest r ON r.id = e.request_id
    WHERE r.desk_id = %s AND r.start_on BETWEEN %s AND %s ORDER BY e.request_id, e.seq
"""


def main() -> None:
    """Make the data in a database of its own, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=71_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        sys.stdout.write(json.dumps(measure(arguments.measure, arguments.runs)))
        return
    with TemporaryDirectory(prefix="opvangloket-bench-") as place:
        region = Region(territory=_territory(), locations=LOCATIONS, years=(YEAR,))
        write_folder(Path(place) / "folder", requests=arguments.requests, region=region)
        environment = {**os.environ, "OPVANGLOKET_VAR": f"{place}/var", "OPVANGLOKET_PLAYGROUND": "yes"}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.report", "--measure", f"{place}/folder", "--runs", str(arguments.runs)],
            env=environment, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
    _print(json.loads(done.stdout), arguments.requests)


def _territory() -> tuple[str, ...]:
    from opvangloket.foundation import geography

    flemish = [found.nis_code for found in geography.municipalities() if found.region.startswith("Vlaams")]
    if len(flemish) != MUNICIPALITIES:
        raise SystemExit(f"{len(flemish)} Flemish municipalities, expected {MUNICIPALITIES}")
    return tuple(flemish)


def _print(found: dict[str, float], requests: int) -> None:
    floor = found["floor"]
    print(f"{requests:,} requests and {requests * EVENTS_PER_REQUEST:,} events, {MUNICIPALITIES} municipalities")
    print(f"{'what':<44} | {'seconds':>8} | {'x floor':>8}")
    for name, words in (
        ("floor", "bare SQL pass over the same rows"),
        ("report", "annual report"),
        ("page", "page of the report"),
        ("cell", "page of the cases behind one number"),
        ("filing", "filing: count, freeze, hash, tell everybody"),
    ):
        print(f"{words:<44} | {found[name]:>8.2f} | {found[name] / floor:>8.2f}")
    print(f"target: annual report at most {TARGET} x the floor")


def measure(folder: Path, runs: int) -> dict[str, float]:
    """Import the folder into the empty database of this process and take the times."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opvangloket.config.settings")
    import django

    from opvangloket.config import database

    with database.running():
        django.setup()
        from opvangloket.config.commands.import_ import refresh_statistics
        from opvangloket.config.commands.migrate import bring_up_to_date
        from opvangloket.domains.exchange.folder.importing import import_folder
        from opvangloket.foundation import clock

        bring_up_to_date()
        result = import_folder(folder, now=clock.now(), randomness=Random(1))
        if not result.ok:
            raise SystemExit(f"The folder has {result.error_count} errors, first {result.errors[0]}.")
        refresh_statistics()
        return _measure(runs)


def _measure(runs: int) -> dict[str, float]:
    from opvangloket.domains.reporting.queries import annual_report
    from opvangloket.foundation.tenancy.queries import existing_desk
    from opvangloket.foundation.tenancy.scopes import DeskScope, scope

    desk = existing_desk("denderstreek")

    def report() -> int:
        with scope(DeskScope(desk.id)):
            return annual_report(desk.id, year=YEAR, as_of=AS_OF).totals()["total"] or 0

    read, counted = _floor(desk.id), report()
    if read != counted * (1 + EVENTS_PER_REQUEST):
        raise SystemExit(f"The floor read {read} rows, the report counted {counted} requests.")
    browser = _browser(desk.id)
    acts: dict[str, Callable[[], object]] = {
        "floor": lambda: _floor(desk.id),
        "report": report,
        "page": lambda: _get(browser, PAGE),
        "cell": lambda: _get(browser, CELL),
    }
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _run in range(runs):
        for name, act in acts.items():
            taken[name].append(_seconds(act))
    return {name: statistics.median(times) for name, times in taken.items()} | {
        "filing": _seconds(lambda: _file(desk.id))
    }


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _floor(desk_id: object) -> int:
    """Read the rows and do nothing with them; return how many there are."""
    from django.db import connection

    connection.ensure_connection()
    span = (desk_id, date(YEAR, 1, 1), date(YEAR, 12, 31))
    read = 0
    with connection.connection.cursor() as cursor:
        for statement in (REQUESTS, EVENTS):
            read += len(cursor.execute(statement, span).fetchall())
    return read


def _browser(desk_id: object) -> Any:
    """Return a browser in which a worker of the desk is signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.test import Client

    from opvangloket.foundation import clock
    from opvangloket.foundation.accounts import sessions
    from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole
    from opvangloket.foundation.tenancy.scopes import across_desks
    from opvangloket.web.sessions import cookie_of

    now = clock.now()
    account = Account.objects.create(
        audience=Audience.DESK, email="meting@loket.example", name="Meting", created_at=now
    )
    with across_desks("a measurement lets its own worker in"):
        DeskMembership.objects.create(desk_id=desk_id, account=account, role=DeskRole.LEAD, start_on=date(2020, 1, 1))
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    sessions.open_account(session, account)
    session.save()
    name, path = cookie_of(Audience.DESK)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    client = Client(SERVER_NAME="localhost")
    client.cookies[name] = session.session_key
    client.cookies[name]["path"] = path
    return client


def _get(browser: Any, address: str) -> None:
    response = browser.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")


def _file(desk_id: Any) -> None:
    from opvangloket.domains.reporting.actions import file_report
    from opvangloket.domains.reporting.queries import annual_report
    from opvangloket.foundation import clock
    from opvangloket.foundation.audit.record import SYSTEM
    from opvangloket.foundation.tenancy.scopes import DeskScope, scope
    from opvangloket.rules.filed_reports import figures_digest

    with scope(DeskScope(desk_id)):
        seen = figures_digest(annual_report(desk_id, year=YEAR, as_of=AS_OF))
        file_report(desk_id=desk_id, year=YEAR, as_of=AS_OF, number=1, seen=seen, actor=SYSTEM, now=clock.now())


if __name__ == "__main__":
    main()

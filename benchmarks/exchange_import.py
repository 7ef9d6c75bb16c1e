"""How long an import takes, how much memory it needs, and how long the report of that desk takes.

    python -m benchmarks.exchange_import [--requests 25000,50000,100000]

Every size runs in a process and a database of its own. Memory and CPU are those of the importing process, without the server's.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.exchange_folder import EVENTS_PER_REQUEST, LOCATIONS, write_folder

SIZES = (25_000, 50_000, 100_000)
REPORT_YEAR = 2023
HEADINGS = (
    "requests",
    "events",
    "import s",
    "rows/s",
    "again s",
    "RSS before MB",
    "RSS peak MB",
    "report s",
    "counted",
)


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=_sizes, default=SIZES)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        sys.stdout.write(json.dumps(measure(arguments.measure)))
        return
    print(" | ".join(f"{heading:>13}" for heading in HEADINGS))
    for requests in arguments.requests:
        found = _in_its_own_process(requests)
        rows = requests * (1 + EVENTS_PER_REQUEST) + LOCATIONS
        cells = (
            f"{requests:,}", f"{requests * EVENTS_PER_REQUEST:,}", f"{found['import']:.1f}",
            f"{found['import_cpu']:.1f}",
            f"{rows / found['import']:,.0f}", f"{found['again']:.1f}", f"{found['rss_before']:.0f}",
            f"{found['rss_peak']:.0f}", f"{found['report']:.2f}", f"{found['counted']:,}",
        )  # fmt: skip
        print(" | ".join(f"{cell:>13}" for cell in cells), flush=True)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def _in_its_own_process(requests: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="opvangloket-bench-") as place:
        write_folder(Path(place) / "folder", requests=requests)
        environment = {**os.environ, "OPVANGLOKET_VAR": f"{place}/var", "OPVANGLOKET_PLAYGROUND": "yes"}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.exchange_import", "--measure", f"{place}/folder"],
            env=environment, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def measure(folder: Path) -> dict[str, float]:
    """Import a folder into the empty database of this process, twice, and report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opvangloket.config.settings")
    import django

    from opvangloket.config import database

    with database.running():
        django.setup()
        from opvangloket.config.commands.migrate import bring_up_to_date

        bring_up_to_date()
        return _measure(folder)


def _measure(folder: Path) -> dict[str, float]:
    from opvangloket.config.commands.import_ import refresh_statistics
    from opvangloket.domains.exchange.folder.importing import import_folder
    from opvangloket.domains.reporting.queries import annual_report
    from opvangloket.foundation import clock
    from opvangloket.foundation.tenancy.queries import existing_desk
    from opvangloket.foundation.tenancy.scopes import DeskScope, scope

    before = _peak_megabytes()
    started, cpu_started = time.perf_counter(), time.process_time()
    result = import_folder(folder, now=clock.now(), randomness=Random(1))
    imported, cpu_imported = time.perf_counter(), time.process_time()
    if not result.ok:
        raise SystemExit(f"The folder has {result.error_count} errors, first {result.errors[0]}.")
    if import_folder(folder, now=clock.now(), randomness=Random(2)).new_events:
        raise SystemExit("Importing again changed something.")
    again = time.perf_counter()
    refresh_statistics()
    reporting = time.perf_counter()
    desk = existing_desk("denderstreek")
    with scope(DeskScope(desk.id)):
        report = annual_report(desk.id, year=REPORT_YEAR)
    done = time.perf_counter()
    return {
        "import": imported - started,
        "again": again - imported,
        "import_cpu": cpu_imported - cpu_started,
        "report": done - reporting,
        "counted": report.totals()["total"] or 0,
        "rss_before": before,
        "rss_peak": _peak_megabytes(),
    }


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""Import an exchange folder, or only look whether that would go."""

import argparse
import csv
import sys
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from secrets import SystemRandom
from typing import IO, TYPE_CHECKING, Any

from opvangloket.config.output import output_file

if TYPE_CHECKING:
    from opvangloket.domains.exchange.folder.importing import ImportResult

ERROR_COLUMNS = ("file", "line", "column", "wrong", "what_to_do")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and whether it is only a check."""
    parser.add_argument("folder", type=Path, metavar="DIR|ZIP", help="a folder in the exchange format, or its zip")
    parser.add_argument("--check", action="store_true", help="import nothing, only tell what is wrong")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="also write the errors as CSV")


def run(arguments: argparse.Namespace) -> int:
    """Import everything or nothing; exit code 1 when something is wrong, with a line per error."""
    from opvangloket.domains.exchange.folder.importing import import_folder
    from opvangloket.foundation import clock

    with ExitStack() as stack:
        # Opened first: a place that cannot be written stops the command before anything is imported.
        errors_file = stack.enter_context(output_file(arguments.errors)) if arguments.errors else None
        progress = stack.enter_context(ProgressBar())
        result = import_folder(
            arguments.folder,
            now=clock.now(),
            randomness=SystemRandom(),
            check=arguments.check,
            progress=progress,
        )
        if errors_file:
            _write_errors(result, errors_file)
    if not result.ok:
        sys.stdout.write(error_table(result))
        return 1
    if result.new_requests:
        refresh_statistics()
    sys.stdout.write(summary(result))
    return 0


class ProgressBar:
    """A bar on standard error; where nobody watches, a line now and then of what takes long."""

    def __init__(self) -> None:
        self.step = ""
        self.bar: Any = None

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how much of a step is done."""
        if step != self.step:
            self.close()
            self.step, self.bar = step, self._new_bar(step, total)
        self.bar.update(done - self.bar.n)

    def _new_bar(self, step: str, total: int) -> Any:
        from tqdm import tqdm

        watched = sys.stderr.isatty()
        pause = 0.1 if watched else 10.0
        return tqdm(desc=step, total=total, unit_scale=True, mininterval=pause, delay=5 * pause, leave=False)

    def close(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.close()

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def error_table(result: "ImportResult") -> str:
    """Return the errors for a person: where, what is wrong, and what to do."""
    lines = [f"{_count(result.error_count, 'fout', 'fouten')}. Er is niets overgenomen.", ""]
    for error in result.errors:
        where = [
            error.file,
            f"regel {error.line}" if error.line else "",
            f"kolom {error.column}" if error.column else "",
        ]
        lines += [f"{', '.join(filter(None, where))}", f"    {error.wrong}", f"    → {error.what_to_do}"]
    if unlisted := result.error_count - len(result.errors):
        lines += ["", f"En nog {_count(unlisted, 'fout', 'fouten')}."]
    return "\n".join(lines + _ignored(result)) + "\n"


def summary(result: "ImportResult") -> str:
    """Return what an import without errors did."""
    requests = _count(result.requests, "vraag", "vragen")
    events = _count(result.events, "gebeurtenis", "gebeurtenissen")
    if result.checked_only:
        lines = [f"De map is in orde: {requests} en {events}.", "Er is niets overgenomen: dit was een controle."]
    elif new := _new_things(result):
        lines = [f"Overgenomen: {new}."]
        if result.to_take_over:
            lines.append(f"Nog open: {_count(result.to_take_over, 'vraag', 'vragen')}. Zie de werklijst, Overnemen.")
    else:
        lines = [f"Alles was al overgenomen: {requests} en {events}. Er veranderde niets."]
    return "\n".join(lines + _ignored(result)) + "\n"


def _new_things(result: "ImportResult") -> str:
    counted = (
        (result.new_desks, "loket", "loketten"),
        (result.new_organisers, "organisator", "organisatoren"),
        (result.new_locations, "locatie", "locaties"),
        (result.new_requests, "vraag", "vragen"),
        (result.new_events, "gebeurtenis", "gebeurtenissen"),
    )
    return ", ".join(_count(number, one, many) for number, one, many in counted if number)


def _ignored(result: "ImportResult") -> list[str]:
    return [f"Niet gelezen: {', '.join(result.ignored_files)}."] if result.ignored_files else []


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}".replace(",", ".")


def _write_errors(result: "ImportResult", file: IO[bytes]) -> None:
    # With a byte order mark, so that a spreadsheet shows the accents.
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(ERROR_COLUMNS)
    writer.writerows([getattr(error, name) for name in ERROR_COLUMNS] for error in result.errors)
    text.detach()


def refresh_statistics() -> None:
    """Tell PostgreSQL about the many new rows now, so that the first pages and reports are quick."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()

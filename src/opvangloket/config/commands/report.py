"""Write the annual report of a desk."""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

from opvangloket.config.output import output_file

FIRST_YEAR, LAST_YEAR = 2000, 2199
FORMATS: Final = ("csv", "json", "xlsx", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the desk, the year, and what to write where."""
    parser.add_argument("--desk", required=True, metavar="SLUG", help="the desk, as in its address")
    parser.add_argument("--year", required=True, type=_year, metavar="Y", help="the year in which care was to start")
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE", help="as known at the end of this day (default: 28 February of Y+1)"
    )
    parser.add_argument("--format", choices=FORMATS, default="csv", help="default: csv")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")


def run(arguments: argparse.Namespace) -> int:
    """Count and write the report."""
    from opvangloket.domains.reporting.documents import FORMATS as WRITERS
    from opvangloket.domains.reporting.documents import report_document
    from opvangloket.domains.reporting.queries import annual_report
    from opvangloket.foundation import clock
    from opvangloket.foundation.tenancy.queries import existing_desk
    from opvangloket.foundation.tenancy.scopes import DeskScope, scope

    desk = existing_desk(arguments.desk)
    with output_file(arguments.output) as file:
        with scope(DeskScope(desk.id)):
            report = annual_report(desk.id, year=arguments.year, as_of=arguments.as_of)
            document = report_document(desk.id, report, made_at=clock.now())
        file.write(WRITERS[arguments.format].write(document))
    return 0


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is no year")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no date: write YYYY-MM-DD") from None

"""Write a desk's requests and outcomes as a zip in the exchange format."""

import argparse
import sys
from pathlib import Path

from opvangloket.config.output import output_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the desk and the file."""
    parser.add_argument("--desk", required=True, metavar="SLUG", help="the desk, as in its address")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="ZIP", help="the file to write")


def run(arguments: argparse.Namespace) -> int:
    """Write the zip and tell what is in it."""
    from opvangloket.domains.exchange.folder.exporting import export_desk
    from opvangloket.foundation import clock

    with output_file(arguments.output) as file:
        written = export_desk(arguments.desk, file, now=clock.now())
    sys.stdout.write(
        f"{arguments.output}: {written.requests} vragen, {written.events} gebeurtenissen, "
        f"{written.locations} locaties.\nDit bestand bevat gegevens van gezinnen. Bewaar het veilig.\n"
    )
    return 0

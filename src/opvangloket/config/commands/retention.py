"""Show what the retention lines come to, or carry them out now: `opvangloket retention --now`."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take whether to only look."""
    parser.add_argument("--now", action="store_true", help="forget what is past its term now, instead of tonight")


def run(arguments: argparse.Namespace) -> int:
    """Print per line of the table from which day on is kept, what was forgotten and what is left past its term."""
    from opvangloket.foundation import clock
    from opvangloket.foundation.retention.carrying_out import carry_out, past_their_term

    lines = (carry_out if arguments.now else past_their_term)(now=clock.now())
    width = max(len(line.label) for line in lines)
    sys.stdout.write(f"{'table or field':<{width}}  kept from    forgotten  past its term\n")
    for line in sorted(lines, key=lambda one: one.label):
        sys.stdout.write(f"{line.label:<{width}}  {line.kept_from_on}  {line.forgotten:>9}  {line.left:>13}\n")
    return 1 if arguments.now and any(line.left for line in lines) else 0

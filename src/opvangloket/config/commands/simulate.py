"""Make a town of any size from a seed, into an empty playground: for benchmarks, trials and training."""

import argparse
import sys
import time
from datetime import date

from opvangloket.config.commands.import_ import refresh_statistics

_SIZES = "one or more NIS codes (41048,41011), or all"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take which town, how long a history, and the seed."""
    parser.add_argument("--municipalities", required=True, metavar="NIS,NIS|all", help=_SIZES)
    parser.add_argument("--years", type=int, default=5, help="years of history (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same town (default: 1)")
    parser.add_argument(
        "--requests-scale", type=float, default=1.0, metavar="X", help="so many times the usual requests (default: 1)"
    )
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="DATE", help="the day on which the history ends (default: today)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the town and tell what was made."""
    from opvangloket.foundation import clock
    from opvangloket.rules.periods import brussels_date
    from opvangloket.simulation.making import TownOrder, make_town
    from opvangloket.simulation.reference import flemish_codes

    if arguments.years < 1 or arguments.requests_scale <= 0:
        sys.stderr.write("Kies minstens 1 jaar, en een schaal groter dan 0.\n")
        return 2
    chosen = arguments.municipalities
    order = TownOrder(
        nis_codes=flemish_codes() if chosen == "all" else tuple(chosen.split(",")),
        today=arguments.today or brussels_date(clock.now()),
        years=arguments.years,
        seed=arguments.seed,
        requests_scale=arguments.requests_scale,
    )
    started = time.monotonic()
    made = make_town(order, progress=_progress)
    refresh_statistics()
    sys.stderr.write("\r" + " " * 40 + "\r")
    sys.stdout.write(summary(made.counts, seconds=time.monotonic() - started))
    return 0


def summary(counts: dict[str, int], *, seconds: float) -> str:
    """Return what a town has, in words."""
    groups = (
        (("desk", "loketten"), ("organiser", "organisatoren"), ("location", "locaties"), ("places", "plaatsen")),
        (("carerequest", "vragen"), ("inquiry", "keer voorgelegd aan een opvang"), ("answer", "antwoorden")),
        (
            ("offer", "voorstellen"),
            ("placement", "plaatsingen"),
            ("caseevent", "gebeurtenissen"),
            ("desktask", "taken"),
        ),
    )
    lines = [", ".join(f"{_number(counts[table])} {words}" for table, words in group) for group in groups]
    return "\n".join((*lines, f"Klaar in {seconds:.0f} seconden.", ""))


def _progress(requests: int) -> None:
    sys.stderr.write(f"\r{_number(requests)} vragen geschreven…")
    sys.stderr.flush()


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")

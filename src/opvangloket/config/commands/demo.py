"""Show a whole town: made at the first start, kept after that; pages and jobs run until Ctrl+C."""

import argparse
import os
import signal
import sys
from types import FrameType

from opvangloket.config import env
from opvangloket.config.commands import serve
from opvangloket.config.commands.import_ import refresh_statistics

_HOST = "127.0.0.1"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, and how long a history the first start makes."""
    parser.add_argument("--port", type=int, default=8000, help="where to listen (default: 8000)")
    parser.add_argument("--years", type=int, default=5, help="years of history at the first start (default: 5)")


def prepare(arguments: argparse.Namespace) -> str:
    """Set what the pages need to know before they start; return why it cannot start, or nothing."""
    os.environ["OPVANGLOKET_PLAYGROUND"] = "yes"
    os.environ["OPVANGLOKET_PUBLIC_ADDRESS"] = f"http://localhost:{arguments.port}"
    os.environ["OPVANGLOKET_SMTP_URL"] = ""  # nothing leaves this machine: mails stay in the built-in mailbox
    if arguments.years < 1:
        return "Kies minstens 1 jaar."
    problem = serve.why_not(_HOST, arguments.port)
    if "is in use" in problem:
        other = arguments.port + 1
        return (
            f"Poort {arguments.port} is al in gebruik. "
            f"Kies een andere: opvangloket demo --port {other} (of make demo PORT={other})."
        )
    return problem


def run(arguments: argparse.Namespace) -> int:
    """Make the town when it is not there yet, say who can come in, and serve until it is stopped."""
    for stopping in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(stopping, _stop)
    _make_when_new(arguments.years)
    sys.stdout.write(welcome(arguments.port))
    sys.stdout.flush()
    with serve.worker_beside():
        serve.serve(_HOST, arguments.port, workers=2, threads=4, hang_up_stops=True)
    sys.stdout.write(f"\nGestopt. De gegevens blijven bewaard in {env.var_folder()}.\n")
    return 0


def _make_when_new(years: int) -> None:
    from opvangloket.foundation import clock
    from opvangloket.rules.periods import brussels_date
    from opvangloket.simulation import demo

    if demo.is_made():
        return
    sys.stdout.write(f"De eerste start: we maken een stad met {years} jaar vragen. Dat duurt hoogstens een minuut.\n")
    sys.stdout.flush()
    demo.make(today=brussels_date(clock.now()), years=years, progress=_progress)
    refresh_statistics()
    sys.stdout.write("\n")


def welcome(port: int) -> str:
    """Return where the town is, with a link that signs in for each part one can play."""
    from django.urls import reverse

    from opvangloket.foundation.accounts import demo_links
    from opvangloket.simulation import demo

    address = f"http://localhost:{port}"
    links = []
    if family := demo.family_part():
        token = demo_links.family_token(family.desk_id, family.request_ids)
        path = reverse("family:demo_sign_in", kwargs={"desk": family.desk_slug, "token": token})
        links.append((family.words, path))
    for part in demo.parts():
        token = demo_links.account_token(part.account_id)
        links.append((part.words, reverse(f"{part.audience}:demo_sign_in", kwargs={"token": token})))
    lines = [f"Opvangloket staat open op {address}/ninove/", "", "Kom binnen als:"]
    for words, path in links:
        lines += [f"  {words}", f"    {address}{path}"]
    lines += [
        "",
        f"Alle mails lees je op {address}{reverse('mailbox')}",
        "Twee weken verder kijken: opvangloket clock +14d (in een ander venster).",
        "Ctrl+C stopt alles. De gegevens blijven bewaard.",
        "",
    ]
    return "\n".join(lines)


def _progress(requests: int) -> None:
    sys.stdout.write(f"\r  {requests} vragen…")
    sys.stdout.flush()


def _stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)

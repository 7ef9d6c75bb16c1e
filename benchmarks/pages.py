"""The time that the server needs for each page of the journey, beside an empty page and the page's own SQL (SPEC §19).

    python -m benchmarks.pages [--size town|flanders] [--runs 15]

`town` is the demonstration (Ninove, five years); `flanders` is one year of all 285 municipalities. The pages are those
of the busiest desk, the organiser with the most questions waiting, and a family with an offer. A page, the empty page
of the same audience (its guard, frame and middleware, nothing in it) and the page's own statements (those that the
empty page does not make, run bare on the same connection) take turns; each time is the median of the runs.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

SIZES: Final = {
    "town": ("--municipalities", "41048", "--years", "5"),
    "flanders": ("--municipalities", "all", "--years", "1"),
}
TARGET: Final = 3.0
READY: Final = "benchmark-ready"


@dataclass(frozen=True, slots=True)
class Page:
    """One page to measure: who looks, where, and the empty page of that audience."""

    name: str
    path: str
    client: Any
    empty: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds (medians) and counts of one page."""

    page: float
    empty: float
    sql: float
    queries: int
    kilobytes: float

    @property
    def ratio(self) -> float:
        """How many times the floor: an empty page and the page's own SQL together."""
        return self.page / (self.empty + self.sql)


def main() -> None:
    """Make the town when it is not there yet, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="town")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--var", type=Path, help="where the towns are kept (default: var/bench)")
    arguments = parser.parse_args()
    make_once(arguments.var, arguments.size)
    from opvangloket.config import database

    with database.running():
        import django

        django.setup()
        from django.conf import settings

        from opvangloket.config.commands.migrate import bring_up_to_date

        bring_up_to_date()
        settings.ROOT_URLCONF = "benchmarks.empty_pages"
        settings.ALLOWED_HOSTS = ["*"]
        import_module("opvangloket.config.wsgi")  # loads and settles what a server has loaded
        _print(arguments.size, ((page, measure(page, arguments.runs)) for page in pages()))


def make_once(kept_in: Path | None, size: str) -> None:
    """Make the town of this size when it is not there yet, and let this process work in it."""
    var = (kept_in or Path("var/bench")).resolve() / size
    os.environ |= {
        "OPVANGLOKET_VAR": str(var), "OPVANGLOKET_PLAYGROUND": "yes",
        "DJANGO_SETTINGS_MODULE": "opvangloket.config.settings",
    }  # fmt: skip
    if (var / READY).exists():
        return
    var.mkdir(parents=True, exist_ok=True)
    code = "import sys; from opvangloket.config.cli import main; sys.exit(main())"
    subprocess.run([sys.executable, "-c", code, "simulate", *SIZES[size], "--seed", "1"], check=True)
    (var / READY).touch()


def heading(size: str) -> str:
    """Return the size, the commit and the machine of a table."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], check=False, capture_output=True, text=True)
    return f"{size}, commit {commit.stdout.strip()}, Python {platform.python_version()}, {os.cpu_count()} processors"


def pages() -> Iterator[Page]:
    """Yield the pages of the journey, each of whoever has most to look at."""
    from django.db.models import Count, Q

    from opvangloket.domains.distribution.models import Inquiry, Offer
    from opvangloket.domains.providers.models import Location, LocationInDesk
    from opvangloket.domains.requests.models import CareRequest
    from opvangloket.foundation.accounts.models import Account, Audience
    from opvangloket.foundation.tenancy.models import Desk
    from opvangloket.foundation.tenancy.scopes import across_desks

    with across_desks("a benchmark looks for whoever has most"):
        desk = Desk.objects.annotate(size=Count("requests")).order_by("-size", "id")[0]
        offer = Offer.objects.filter(state="open", desk=desk).order_by("id")[0]
        reference = CareRequest.objects.get(id=offer.request_id).reference
        waiting = Count("locations__inquiries", filter=Q(locations__inquiries__state="sent"))
        organiser = _organisers().annotate(size=waiting).order_by("-size", "id")[0]
        inquiry = Inquiry.objects.filter(location__organiser=organiser, state="sent").order_by("id")[0]
        asked = CareRequest.objects.get(id=inquiry.request_id).reference
        asked_at = Location.objects.get(id=inquiry.location_id).slug
        shown = LocationInDesk.objects.filter(desk=desk, relation="home").select_related("location").order_by("id")[0]
        last_name = CareRequest.objects.select_related("applicant").get(id=offer.request_id).applicant.last_name
        postcode = shown.location.postcode
        planned = _most_planned()
    lead = Account.objects.filter(audience=Audience.DESK, desk_memberships__desk=desk).order_by("id").first()
    visitor, family = _client(), _client(family=(desk.id, offer.request_id))
    at_desk, at_organiser = _client(account=lead or _lead(desk)), _client(account=_manager(organiser))
    at_planner = _client(account=_manager(planned.organiser))
    home, work, mine = f"/{desk.slug}/", f"/werk/{desk.slug}/", f"/{desk.slug}/mijn/{reference}/"
    location = f"/organisator/locaties/{asked_at}/"
    question = f"/organisator/vraag/{asked}/{asked_at}/"
    for name, path, client, empty in (
        ("front page", home, visitor, f"{home}leeg/"),
        ("search: list", f"{home}zoeken/?plaats={postcode}", visitor, f"{home}leeg/"),
        ("search: every location", f"{home}zoeken/", visitor, f"{home}leeg/"),
        ("location page", f"{home}opvang/{shown.location.slug}/", visitor, f"{home}leeg/"),
        ("ask: first page", f"{home}vraag/kind/", visitor, f"{home}leeg/"),
        ("my request, with an offer", mine, family, f"{home}mijn-leeg/"),
        ("organiser: inbox", "/organisator/", at_organiser, "/organisator/leeg/"),
        ("organiser: what fits", "/organisator/?toon=past", at_organiser, "/organisator/leeg/"),
        ("organiser: one question", question, at_organiser, "/organisator/leeg/"),
        ("organiser: many answers", "/organisator/samen/", at_organiser, "/organisator/leeg/"),
        ("organiser: placements", "/organisator/plaatsingen/", at_organiser, "/organisator/leeg/"),
        ("organiser: locations", "/organisator/locaties/", at_organiser, "/organisator/leeg/"),
        ("organiser: one location", location, at_organiser, "/organisator/leeg/"),
        ("organiser: map point", f"{location}pagina/kaart/", at_organiser, "/organisator/leeg/"),
        ("organiser: planners", "/organisator/planner/", at_organiser, "/organisator/leeg/"),
        ("organiser: one planner", f"/organisator/locaties/{planned.slug}/planner/", at_planner, "/organisator/leeg/"),
        ("desk: worklist", work, at_desk, f"{work}leeg/"),
        ("desk: find a family", f"{work}gezinnen/?q={last_name}", at_desk, f"{work}leeg/"),
        ("desk: one file", f"{work}gezin/{reference}/", at_desk, f"{work}leeg/"),
        ("desk: register", f"{work}opnemen/", at_desk, f"{work}leeg/"),
        ("desk: locations", f"{work}opvang/", at_desk, f"{work}leeg/"),
        ("desk: settings", f"{work}instellingen/", at_desk, f"{work}leeg/"),
    ):
        yield Page(name, path, client, empty)


def _organisers() -> Any:
    from opvangloket.domains.providers.models import Organiser

    return Organiser.objects


def _lead(desk: Any) -> Any:
    from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole
    from opvangloket.foundation.tenancy.scopes import across_desks

    now = desk.created_at
    account = Account.objects.create(
        audience=Audience.DESK, email=f"lead@{desk.slug}.example", name="An Peeters", created_at=now
    )
    with across_desks("a benchmark gives somebody a role"):
        DeskMembership.objects.create(desk=desk, account=account, role=DeskRole.LEAD, start_on=now.date())
    return account


def _most_planned() -> Any:
    """Return the location that plans most children here."""
    from django.db.models import Count

    from opvangloket.domains.providers.models import CapacityKind, Location

    planning = Location.objects.filter(capacity_kind=CapacityKind.PLAN).select_related("organiser")
    return planning.annotate(size=Count("occupations")).order_by("-size", "id")[0]


def _manager(organiser: Any) -> Any:
    """Return somebody who works for an organiser; made where the town has nobody yet."""
    from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
    from opvangloket.foundation.tenancy.scopes import across_desks

    if person := Account.objects.filter(organiser_memberships__organiser_id=organiser.id).order_by("id").first():
        return person
    now = organiser.created_at
    account = Account.objects.create(
        audience=Audience.ORGANISER, email=f"{organiser.id}@opvang.example", name="Rosa Martens", created_at=now
    )
    with across_desks("a benchmark gives somebody a role"):
        OrganiserMembership.objects.create(
            organiser_id=organiser.id, account=account, role=OrganiserRole.MANAGER, start_on=now.date()
        )
    return account


def _client(*, account: Any = None, family: tuple[Any, Any] | None = None) -> Any:
    """Return a browser: of a visitor, of somebody with an account, or of a family."""
    from django.conf import settings
    from django.test import Client

    from opvangloket.foundation.accounts import sessions
    from opvangloket.foundation.accounts.models import Audience
    from opvangloket.web.sessions import cookie_of

    client = Client()
    if account is None and family is None:
        return client
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    audience = Audience.FAMILY
    if account is not None:
        audience = Audience(account.audience)
        sessions.open_account(session, account)
    elif family is not None:
        sessions.open_family(session, family[0], frozenset({family[1]}))
    session.save()
    name, path = cookie_of(audience)
    client.cookies[name] = session.session_key
    client.cookies[name]["path"] = path
    return client


def measure(page: Page, runs: int) -> Measured:
    """Measure one page, its empty page and its own statements, in turns."""
    for path in (page.path, page.empty, page.path, page.empty):
        answer = page.client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
    statements = _statements(page.client, page.path)
    own = list((Counter(statements) - Counter(_statements(page.client, page.empty))).elements())
    acts: dict[str, Callable[[], Any]] = {
        "page": lambda: page.client.get(page.path),
        "empty": lambda: page.client.get(page.empty),
        "sql": lambda: _run_bare(own),
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(runs):
        for name, act in acts.items():
            started = time.perf_counter()
            act()
            times[name].append(time.perf_counter() - started)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    return Measured(**medians, queries=len(statements), kilobytes=len(page.client.get(page.path).content) / 1024)


def _statements(client: Any, path: str) -> list[str]:
    """Return what a page says to the database, without what only marks the beginning or end of a transaction."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    said = [one["sql"] for one in captured.captured_queries]
    return [one for one in said if one.split(" ", 1)[0] not in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}]


def _run_bare(statements: list[str]) -> None:
    """Run statements as they are and fetch every row; what writes is left out, which makes the floor lower."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            if statement.startswith(("SELECT", "WITH")):
                cursor.execute(statement)
                cursor.fetchall()


def _print(size: str, found: Iterator[tuple[Page, Measured]]) -> None:
    print(heading(size))
    print(f"{'page':<28} | {'ms':>7} | {'empty':>6} | {'SQL':>6} | {'x floor':>7} | {'queries':>7} | {'kB':>5}")
    for page, one in found:
        mark = "" if one.ratio <= TARGET else "  above the target"
        print(
            f"{page.name:<28} | {one.page * 1000:>7.1f} | {one.empty * 1000:>6.1f} | {one.sql * 1000:>6.1f} |"
            f" {one.ratio:>7.2f} | {one.queries:>7} | {one.kilobytes:>5.0f}{mark}",
            flush=True,
        )


if __name__ == "__main__":
    main()

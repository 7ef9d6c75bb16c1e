"""Every page there is, in a real browser: read by axe, on a phone and on a screen, and no wider than the smallest phone.

The pages are those of the routes: a new one is looked at by itself. What its address needs is filled in by the name of
the part (`EXAMPLES`); where one example does not do for all routes, `OTHERWISE` says which.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, Final

import pytest
from django.urls import URLResolver, get_resolver, reverse
from tests.browser import fits_across, violations
from tests.cast import PARENT, plan_places
from tests.documents import pdf
from tests.domains.distribution.care_journey import proposes
from tests.domains.distribution.journey import YES, asks, looking
from tests.domains.exchange.register.test_register import NEW, ROW, as_csv
from tests.domains.providers.test_vacancy_links import declare
from tests.e2e.conftest import Site

from opvangloket.domains.contact.complaints import complain_as_family
from opvangloket.domains.contact.news import NewNews, publish_news
from opvangloket.domains.cooperation.agreements import publish_agreement
from opvangloket.domains.cooperation.consultations import WhenAndWhere, plan_consultation
from opvangloket.domains.distribution.inbox.weekly_lists import DAYS_VALID, sweep_weekly_lists
from opvangloket.domains.exchange.register.changes import keep_list
from opvangloket.domains.exchange.register.reading import read_register
from opvangloket.domains.providers.new_managers import propose_manager
from opvangloket.domains.providers.vacancy_links import sweep_vacancies
from opvangloket.domains.providers.weekly_list import choose_weekly_list
from opvangloket.domains.reporting.actions import file_report
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.foundation.files.documents import checked_pdf
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.cooperation_agreement import OwnPoints
from opvangloket.rules.filed_reports import figures_digest
from opvangloket.rules.procedure import Procedure

# Into how many tests the pages of an audience are dealt; the gallery has a tour of its own (`tests/web/ui`).
PARTS: Final = {"": 1, "public": 1, "family": 2, "organiser": 4, "desk": 4}
NARROW, PHONE, SCREEN = 320, 360, 1280
PAGE_PARTS: Final = ("contact", "uren", "sluitingsdagen", "prijs", "welkom", "uitleg", "foto", "opvangbeleid")
# By a link that holds a secret; the doors of the demonstration lead on at once.
BY_SECRET: Final = {"organiser:demo_sign_in", "desk:demo_sign_in", "family:demo_sign_in", "family:ask_go_on"}
# What a page shows besides, by a part of its address that no route knows.
QUERIES: Final = {
    "desk:families": ("?q=noor",),
    "desk:file": ("?toon=alles",),
    "organiser:inbox": ("?toon=alle",),
    "organiser:several": ("?kies=past",),
    "public:search": ("?plaats=9400",),
}
# What signs out, is visited by nobody who still has pages to see.
SIGNS_OUT: Final = {"organiser:sign_out", "desk:sign_out", "family:sign_out"}
# A picture is no page, and neither is a paper that was signed.
NO_PAGE: Final = {"picture", "organiser:agreement_paper", "desk:agreement_paper_file"}


@dataclass(frozen=True, slots=True)
class Route:
    """One route by its name ("desk:file"), and the named parts of its address."""

    name: str
    parts: tuple[str, ...]


def _routes(resolver: URLResolver | None = None, space: str = "", parts: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        own = (*parts, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, entry.namespace or space, own)
        else:
            yield Route(f"{space}:{entry.name}".lstrip(":"), own)


def space_of(route: Route) -> str:
    return route.name.rpartition(":")[0]


def routes_of(space: str) -> list[Route]:
    unseen = BY_SECRET | SIGNS_OUT | NO_PAGE
    mine = (route for route in _routes() if space_of(route) == space and route.name not in unseen)
    return sorted(mine, key=lambda route: route.name)


class Tour:
    """A town in which something stands on every page, and the address of each page in it."""

    def __init__(self, site: Site) -> None:
        here = self.here = site.here
        plan_places(here.regenboog_centrum, 3, from_on=here.today)
        here.choose(Procedure())
        self.offered = asks(here, own_words="Oma helpt.", later_start_months=2)
        self.offered.answers(here.regenboog_centrum, YES)
        self.placed = asks(here, here.deniz(start_on=here.today))
        self.placed.answers(here.regenboog_centrum, YES)
        self.placed.accepts(here.regenboog_centrum)
        self.changing = asks(here, here.deniz(start_on=here.today))
        self.changing.answers(here.regenboog_centrum, YES)
        self.changing.accepts(here.regenboog_centrum)
        for journey, asked_by in ((self.placed, Proposer.ORGANISER), (self.changing, Proposer.FAMILY)):
            proposes(journey, asked_by)
        self.asked = asks(here)
        with here.as_family(self.offered.registered):
            self.complaint = complain_as_family(
                request_id=self.offered.request_id,
                location_id=here.regenboog_centrum.id,
                text="Niemand belde ons terug.",
                shows_name=False,
                reference="K7M4CXR9",
                actor=PARENT,
                now=here.now,
            )
        with here.at_desk():
            document = checked_pdf(BytesIO(pdf()), name="Agenda.pdf", size=len(pdf()))
            self.news = publish_news(
                desk_id=here.ninove.id,
                news=NewNews(title="Overleg in maart", text="Tot dan.", documents=[document]),
                reference="J7M4CXR9",
                actor=here.lead,
                now=here.now,
            )
            self.consultations = [
                self._consultation("M7M4CXR9", weeks_ago=0),
                self._consultation("N7M4CXR9", weeks_ago=5),
            ]
            publish_agreement(
                desk=here.ninove,
                own=OwnPoints(everyone=("Elke opvang hangt de affiche uit.",)),
                number=1,
                actor=here.lead,
                now=here.now,
            )
        with looking():
            Message.objects.filter(template="request_receipt").update(state="failed", failure="550 no such user")
        with here.at_desk():
            read = read_register(as_csv(ROW | {"trap": "T3", "e-mail": "x@opvang.example"}, NEW), "register.csv")
            self.list_id = keep_list(
                desk_id=here.ninove.id, file_name="register.csv", read=read, actor=here.lead, now=here.now
            )
        with here.at_organiser(here.regenboog_centrum):
            facts: dict[str, Any] = {"organiser_id": here.regenboog.id, "actor": here.manager, "now": here.now}
            propose_manager(address="ines@opvang.example", name="Ines Maes", **facts)
        self.site, self.year = site, here.today.year - 1
        declare(here, now=here.now - timedelta(days=8))
        sweep_vacancies(now=here.now)
        mailed = site.link_in_mail(here.mias_nestje.email, "/organisator/vrij/")
        self.vacancy_token = mailed.rstrip("/").rpartition("/")[2]
        self.list_token = self._weekly_list_token()
        with here.at_desk():
            desk_id, as_of = here.ninove.id, here.today
            seen = figures_digest(annual_report(desk_id, year=self.year, as_of=as_of))
            facts: dict[str, Any] = {"number": 1, "seen": seen, "actor": here.lead, "now": here.now}
            file_report(desk_id=desk_id, year=self.year, as_of=as_of, **facts)

    def _consultation(self, reference: str, *, weeks_ago: int) -> str:
        """Plan a consultation for three weeks after the invitation, seen from the desk."""
        invited_at = self.here.now - timedelta(weeks=weeks_ago)
        return plan_consultation(
            desk_id=self.here.ninove.id,
            title="Lokaal overleg",
            when=WhenAndWhere(
                starts_at=invited_at + timedelta(weeks=3), minutes=120, place="Stadhuis", agenda="1. De cijfers"
            ),
            is_agreement_moment=True,
            documents=[checked_pdf(BytesIO(pdf()), name="Cijfers.pdf", size=len(pdf()))],
            reference=reference,
            actor=self.here.lead,
            now=invited_at,
        )

    @property
    def examples(self) -> dict[str, list[Any]]:
        """What stands for each named part of an address."""
        return {
            "desk": ["ninove"],
            "loket": ["ninove"],
            "reference": [self.offered.registered.reference],
            "other": [self.asked.registered.reference],
            "location": ["de-regenboog-centrum"],
            "complaint": [self.complaint],
            "slug": ["de-regenboog-centrum"],
            "list_id": [self.list_id],
            "year": [self.year],
            "month": [1],
            "monday": [self.here.today - timedelta(days=self.here.today.weekday())],
            "row": ["alle"],
            "column": ["totaal"],
            "number": [1],
            "ending": ["csv"],
            "token": [self._token()],
        }

    @property
    def otherwise(self) -> dict[str, dict[str, list[Any]]]:
        """The examples of routes for which those do not do."""
        placed = {"reference": [self.placed.registered.reference]}
        changing = {"reference": [self.changing.registered.reference]}
        asked = {"reference": [self.asked.registered.reference]}
        complaint = {"reference": [self.complaint]}
        news = {"reference": [self.news]}
        consultation = {"reference": self.consultations}
        steps = (
            "complaint",
            "complaint_reply",
            "complaint_remark",
            "complaint_note",
            "complaint_hand_on",
            "complaint_close",
        )
        return {f"{space}:{step}": complaint for space in ("organiser", "desk") for step in steps} | {
            **dict.fromkeys(self._names_with("consultation"), consultation),
            "organiser:news_item": news,
            "organiser:news_document": news,
            "desk:news_item": news,
            "desk:news_document": news,
            "organiser:placement": placed,
            "organiser:confirm_placement": placed,
            "organiser:not_started": placed,
            "organiser:page_part": {"part": list(PAGE_PARTS)},
            "desk:page_part": {"part": list(PAGE_PARTS)},
            "organiser:planner_month": {"year": [self.here.today.year], "month": [self.here.today.month]},
            "organiser:together": {"part": ["prijs", "sluitingsdagen"]},
            "organiser:vacancy_file_download": {"ending": ["csv", "xlsx"]},
            "organiser:vacancy_link": {"token": [self.vacancy_token]},
            "organiser:weekly_list": {"token": [self.list_token]},
            "organiser:vacancy_link_close": {"token": [self.vacancy_token]},
            "organiser:vacancy_link_fresh": {"token": [self.vacancy_token]},
            "desk:confirm_start": placed,
            "desk:end_care": placed,
            "desk:change_days": placed,
            "desk:move_child": placed,
            "desk:answer_change": placed,
            "desk:go_on": placed,
            "organiser:change_days": placed,
            "organiser:move_child": placed,
            "organiser:answer_change": changing,
            "organiser:agree_change": placed,
            "organiser:withdraw_change": placed,
            "organiser:end_care": placed,
            "organiser:keep_child": placed,
            "organiser:agreement": placed,
            "organiser:settling_in": placed,
            "organiser:drop_settling_in": placed,
            "organiser:placement_calendar": placed,
            "family:my_change": placed,
            "family:my_other_days": changing,
            "family:my_other_days_off": changing,
            "family:my_care_ends": placed,
            "family:my_care_goes_on": placed,
            "desk:enter_answer": asked,
            "family:my_started": placed,
            "family:my_add_location": {"location": ["het-klavertje"]},
            "family:ask_step": {
                "step": ["kind", "start", "momenten", "soepel", "opvang", "situatie", "contact", "nakijken"]
            },
        }

    def _names_with(self, part: str) -> list[str]:
        """Return the names of the routes below a page ("desk:consultation_move")."""
        spaces = ("organiser", "desk")
        return [one.name for space in spaces for one in routes_of(space) if re.search(rf":{part}(_|$)", one.name)]

    def addresses(self, route: Route) -> list[str]:
        """Return the addresses under which a route is looked at."""
        chosen: list[dict[str, Any]] = [{}]
        for part in route.parts:
            examples = self.otherwise.get(route.name, {}).get(part) or self.examples.get(part)
            assert examples, f"{route.name} needs an example of “{part}”: add it to `examples` or `otherwise`"
            chosen = [{**one, part: example} for one in chosen for example in examples]
        plain = [reverse(route.name, kwargs=one) for one in chosen]
        return [address + query for address in plain for query in ("", *QUERIES.get(route.name, ()))]

    def _token(self) -> str:
        link = self.site.link_in_mail(self.here.regenboog_centrum.email, "/organisator/antwoord/")
        return link.rstrip("/").rpartition("/")[2]

    def _weekly_list_token(self) -> str:
        """Mail a list that is too old to open: the page that says so is the one to look at."""
        here = self.here
        with here.at_organiser(here.regenboog_centrum):
            choose_weekly_list(location_id=here.regenboog_centrum.id, wanted=True, actor=here.manager, now=here.now)
        sweep_weekly_lists(now=here.now - timedelta(days=DAYS_VALID))
        with looking():
            text = Message.objects.get(template="weekly_list", recipient=here.regenboog_centrum.email).text
        return text.partition("/organisator/lijst/")[2].partition("/")[0]

    def people(self, space: str) -> list[Any]:
        """Return who looks at the pages of a part of the product."""
        families = [self.offered.registered, self.placed.registered, self.changing.registered]
        return {"organiser": [self.here.rosa], "desk": [self.here.karel], "family": families}.get(space, [])


def test_every_audience_has_its_tour() -> None:
    assert {space_of(route) for route in _routes()} == {*PARTS, "gallery"}


@pytest.mark.parametrize(("space", "part"), [(space, part) for space, parts in PARTS.items() for part in range(parts)])
def test_every_page_can_be_read_by_everybody(site: Site, space: str, part: int) -> None:
    routes = routes_of(space)[part :: PARTS[space]]
    tour = Tour(site)
    page = site.visit("/ninove/toegankelijkheid/", *tour.people(space), width=360)
    wrong = []
    for address in (address for route in routes for address in tour.addresses(route)):
        answer = page.request.get(site.address + address, max_redirects=0)
        assert answer.status in {200, 204, 302, 400, 403, 404, 405, 409, 429, 500, 503}, (address, answer.status)
        if answer.status == 404:
            wrong.append(f"{address}: not found; give another example")
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        wrong += [f"{address}: {what}" for what in _what_is_wrong(page, site.address + address)]
    assert wrong == []


def _what_is_wrong(page: Any, address: str) -> Iterator[str]:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    yield from violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    yield from (f"on a phone, in the dark: {found}" for found in violations(page, only=["color-contrast"]))
    page.set_viewport_size({"width": SCREEN, "height": 900})
    yield from (f"on a screen, in the dark: {found}" for found in violations(page))
    page.set_viewport_size({"width": NARROW, "height": 800})
    if not fits_across(page):
        yield f"wider than {NARROW} px"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} headings of the first level"
    if not re.fullmatch(r"\S.* · \S.*", page.title()):
        yield f"no title of its own: “{page.title()}”"

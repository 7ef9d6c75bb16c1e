"""The ways of a question over the pages, act by act: what the family, its locations and the worker do, and its traces."""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from random import Random
from string import ascii_lowercase
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.faults.processes import Browser, Page
from tests.faults.sweep import Acting
from tests.web.filling import day, week

from opvangloket.domains.distribution.models import Answer, Inquiry, Offer, Placement, Sending
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import CareRequest, CaseEvent, DeskTask, WishVersion
from opvangloket.foundation.accounts import sessions
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.web.sessions import cookie_of

ASK = "/ninove/vraag/"
# Who reads or signs in twice, is written down twice.
_MAY_BE_REPEATED = ("inquiry.read", "session.open")


@dataclass(slots=True)
class Journey:
    """One family, which asks at De Regenboog Centrum and Mia's Nestje; every act is done through the sweep."""

    here: Town
    sweep: Acting
    number: int
    family: Browser = field(init=False)

    def __post_init__(self) -> None:
        self.family = Browser(self.sweep.processes.port)

    # The family

    def asks(self) -> None:
        """Ask the question page by page, and prove the address by the code in the mail."""
        self._read("begin", self.family, f"{ASK}kind/")
        child = {"children": 1, "born_1": "yes", "first_name_1": self.name, "last_name_1": ""}
        pages: dict[str, dict[str, object]] = {
            "kind": child | day("date_1", self.here.today - timedelta(days=60)),
            "start": day("start_1", self.here.today + timedelta(days=200)) | {"until": "school"},
            "momenten": week("ma", "di", choice="need") | {"wanted": ""},
            "soepel": {"later": "2", "other_days": "yes"},
        }
        for page, typed in pages.items():
            self._do(f"ask: {page}", self.family, f"{ASK}{page}/", typed)
        for location in (self.here.regenboog_centrum, self.here.mias_nestje):
            self._do("choose a location", self.family, f"{ASK}opvang/", {"act": f"add:{location.slug}"})
        self._do("choose no more", self.family, f"{ASK}opvang/", {})
        self._do("ask: situatie", self.family, f"{ASK}situatie/", {"about_single_parent": "yes"})
        contact = {"first_name": "Sara", "last_name": self.name, "email": self.email, "phone": "", "place": "9400"}
        self._do("ask: contact", self.family, f"{ASK}contact/", contact)
        self._do("send the question", self.family, f"{ASK}nakijken/", {}, to=f"{ASK}klaar/")
        self._proves_the_address()

    def _proves_the_address(self) -> None:
        """Type the code; a family that was not told that it worked, signs in."""
        typed = {"digits": self._mailed_code("verify_contact")}
        proved = self.sweep.act("prove the address", lambda: self.family.post(f"{ASK}klaar/", typed))
        assert proved.status < 400, proved.text
        if self.family.get("/ninove/mijn/").status == 302:
            door = "/ninove/aanmelden/"
            self.family.post(door, {"address": self.email})
            self.family.post(f"{door}code/", {"digits": self._mailed_code("sign_in_code")})
            assert self.family.get("/ninove/mijn/").status == 200

    def accepts(self, location: Location) -> None:
        """Take the place that a location offers."""
        self._do("accept", self.family, f"{self.home}aannemen/{location.slug}/", {}, to=self.home)

    def declines(self, location: Location) -> None:
        """Leave the place that a location offers."""
        self._do("decline", self.family, f"{self.home}niet-nemen/{location.slug}/", {"reason": "dagen"}, to=self.home)

    def stops(self) -> None:
        """End the search."""
        self._do("stop", self.family, f"{self.home}stoppen/", {"why": "niet-meer-nodig"}, to=self.home)

    @property
    def name(self) -> str:
        """A name that is like no other family's."""
        return "".join(Random(self.number).choices(ascii_lowercase, k=12)).title()

    @property
    def email(self) -> str:
        """The address of this family, which no other family has."""
        return f"{self.name.lower()}@voorbeeld.be"

    @property
    def home(self) -> str:
        """Where the family follows its request."""
        with looking():
            reference = CareRequest.objects.get(applicant__email=self.email).reference
        return f"/ninove/mijn/{reference}/"

    @property
    def request_id(self) -> UUID:
        """The request of this family."""
        with looking():
            return CareRequest.objects.get(applicant__email=self.email).id

    def _mailed_code(self, template: str) -> str:
        with looking():
            mail = Message.objects.filter(recipient=self.email, template=template).latest("planned_at", "id")
        return re.findall(r"\b\d{6}\b", mail.text)[0]

    # The locations

    def says_yes(self, location: Location) -> None:
        """Let a location say yes."""
        self._answers(location, "yes", day("yes-reply_by", self.here.today + timedelta(days=10)))

    def offers_something_else(self, location: Location) -> None:
        """Let a location offer one of the two days."""
        start = day("alternative-start", self.here.today + timedelta(days=220))
        reply_by = day("alternative-reply_by", self.here.today + timedelta(days=10))
        self._answers(location, "alternative", week("ma", name="alternative-week") | start | reply_by)

    def says_no(self, location: Location) -> None:
        """Let a location say no."""
        self._answers(location, "no", {"no-reason": "volzet"})

    def takes_back(self, location: Location) -> None:
        """Let a location withdraw its offer."""
        browser, address = self._at(location)
        self._do("withdraw the offer", browser, f"{address}voorstel/intrekken/", {})

    def confirms(self, location: Location) -> None:
        """Let a location confirm that care starts as agreed."""
        browser, _address = self._at(location)
        address = f"/organisator/plaatsingen/{self.home.split('/')[-2]}/{location.slug}/"
        self._do("confirm the start", browser, f"{address}bevestigen/", {"as_agreed": "yes"})

    def _answers(self, location: Location, kind: str, typed: dict[str, object]) -> None:
        browser, address = self._at(location)
        self._read("read the question", browser, address)
        self._do(f"answer {kind}", browser, f"{address}antwoord/", {"kind": kind} | typed, to=f"{address}verstuurd/")

    def _at(self, location: Location) -> tuple[Browser, str]:
        """Return a browser at a location and the address of the question there."""
        person = self.here.mia_account if location == self.here.mias_nestje else self.here.rosa
        browser = _signed_in(self.family.port, person)
        return browser, f"/organisator/vraag/{self.home.split('/')[-2]}/{location.slug}/"

    def answers_from_the_mail(self, location: Location) -> None:
        """Let a location say no by the link in its mail, without signing in."""
        with looking():
            mails = Message.objects.filter(template="inquiry_sent", location_id=location.id, request_id=self.request_id)
            [link] = re.findall(r"/organisator/antwoord/[^/\s]+/", mails.get().text)
        reader = Browser(self.family.port)
        self._read("open the link", reader, f"{link}?antwoord=nee")
        self._do("answer by the link", reader, link, {"kind": "no", "no-reason": "volzet"}, to=link)

    def places_at_its_door(self, location: Location) -> None:
        """Let a location place a child that never asked the desk."""
        rosa = _signed_in(self.family.port, self.here.rosa)
        address = "/organisator/plaatsing/"
        typed: dict[str, object] = {
            "kept": _kept(self._read("open the direct placement", rosa, address)),
            "location": location.slug,
            "child_first_name": "Lou",
            "child_last_name": self.name,
            "parent_first_name": "Ann",
            "parent_last_name": self.name,
            "email": self.email,
            "postcode": "9400",
        }
        typed |= day("birth", self.here.today - timedelta(days=100)) | day("start", self.here.today)
        self._do("place directly", rosa, address, typed | week("ma"))

    # The desk

    def calls_the_desk(self) -> None:
        """Let the desk register the question on the phone."""
        amina = _signed_in(self.family.port, self.here.amina)
        address = "/werk/ninove/opnemen/"
        typed: dict[str, object] = {
            "kept": _kept(self._read("open the registration", amina, address)),
            "channel": "phone",
            "first_name": "Sara",
            "last_name": self.name,
            "email": self.email,
            "postcode": "9400",
            "language": "nl",
            "born_1": "born",
            "born_2": "born",
            "child_first_name_1": self.name,
            "later_start_months": "0",
            "place_mias-nestje": "1",
            "place_de-regenboog-centrum": "2",
            "step": "register",
        }
        typed |= day("date_1", self.here.today - timedelta(days=60))
        typed |= day("start_on", self.here.today + timedelta(days=200)) | week("ma", "di", choice="need")
        self._do("register by phone", amina, address, typed, to="/werk/ninove/opgenomen/")

    def desk_enters_a_yes(self, location: Location) -> None:
        """Let the desk write down what a location said on the phone."""
        typed = {"door": "phone", "kind": "yes"} | day("reply_by_on", self.here.today + timedelta(days=10))
        self._at_desk("enter an answer", "antwoord", location, typed)

    def desk_accepts(self, location: Location) -> None:
        """Let the desk write down that the family takes the place."""
        self._at_desk("accept for the family", "aannemen", location, {})

    def _at_desk(self, name: str, act: str, location: Location, typed: dict[str, object]) -> None:
        amina = _signed_in(self.family.port, self.here.amina)
        file = f"/werk/ninove/gezin/{self.home.split('/')[-2]}/"
        self._do(name, amina, f"{file}{act}/{location.slug}/", typed, to=file)

    # Acts and traces

    def _read(self, name: str, browser: Browser, path: str) -> Page:
        page = self.sweep.act(name, lambda: browser.get(path))
        assert page.status == 200, (name, page.status, page.location)
        return page

    def _do(self, name: str, browser: Browser, path: str, typed: dict[str, object], *, to: str = "") -> None:
        """Do an act, and hold that it leads on, also where a server that died of it had done it already."""
        page = self.sweep.act(name, lambda: browser.post(path, typed))
        assert page.status == 302, (name, page.status, page.text)
        assert page.location.startswith(to), (name, page.location)

    def traces(self) -> dict[str, Counter[Any]]:
        """Return everything that the journey left: how many rows of which kind, in codes."""
        with looking():
            [request] = CareRequest.objects.filter(applicant__email=self.email)

            def count(model: type[models.Model], *columns: str, **about: Any) -> Counter[Any]:
                about = about or {"request": request}
                return Counter(model._default_manager.filter(**about).values_list(*columns))

            return {
                "request": Counter([request.state]),
                "wishes": count(WishVersion, "number"),
                "sendings": count(Sending, "round"),
                "inquiries": count(Inquiry, "location__slug", "round", "state"),
                "answers": count(Answer, "kind", inquiry__request=request),
                "offers": count(Offer, "location__slug", "state"),
                "placements": count(Placement, "location__slug", "state"),
                "events": count(CaseEvent, "seq", "kind", "location__slug"),
                "open tasks": count(DeskTask, "kind", request=request, done_at=None),
                "tasks": count(DeskTask, "kind"),
                "messages": count(Message, "template", "audience", "location_id", request_id=request.id),
                "audit": Counter(
                    AuditEvent.objects.filter(request_id=request.id)
                    .exclude(action__in=_MAY_BE_REPEATED)
                    .values_list("action", "actor_kind")
                ),
            }


def takes_something_else(journey: Journey) -> None:
    """One location says no, the other offers something else, and the family takes it."""
    here = journey.here
    journey.asks()
    journey.says_no(here.regenboog_centrum)
    journey.offers_something_else(here.mias_nestje)
    journey.accepts(here.mias_nestje)
    journey.confirms(here.mias_nestje)


def finds_nothing(journey: Journey) -> None:
    """The family leaves one place, another is taken back, and the family stops."""
    here = journey.here
    journey.asks()
    journey.says_yes(here.regenboog_centrum)
    journey.declines(here.regenboog_centrum)
    journey.says_yes(here.mias_nestje)
    journey.takes_back(here.mias_nestje)
    journey.stops()


def goes_by_phone(journey: Journey) -> None:
    """The desk does everything for a family that calls; one location answers from its mail."""
    here = journey.here
    journey.calls_the_desk()
    journey.answers_from_the_mail(here.regenboog_centrum)
    journey.desk_enters_a_yes(here.mias_nestje)
    journey.desk_accepts(here.mias_nestje)


def is_helped_at_the_door(journey: Journey) -> None:
    """A location places a child itself."""
    journey.places_at_its_door(journey.here.regenboog_centrum)
    journey.confirms(journey.here.regenboog_centrum)


WAYS: tuple[Callable[[Journey], None], ...] = (
    takes_something_else,
    finds_nothing,
    goes_by_phone,
    is_helped_at_the_door,
)


def _kept(page: Page) -> str:
    """Return the reference that a form keeps."""
    [kept] = re.findall(r'name="kept" value="([^"]+)"', page.text)
    return html.unescape(kept)


def _signed_in(port: int, account: Account) -> Browser:
    """Return a browser in which somebody of an organiser or a desk has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.create()
    sessions.open_account(session, account)
    session.save()
    name, _path = cookie_of(Audience(account.audience))
    browser = Browser(port, {name: session.session_key})
    browser.get("/organisator/aanmelden/")  # for the token of the forms
    return browser

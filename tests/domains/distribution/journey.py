"""The steps of one question, for tests: each does one act with the cast, and says who does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.cast import PARENT, Town

from opvangloket.domains.distribution.answering import giving
from opvangloket.domains.distribution.answering.answers import Alternative, Answered, NewAnswer, No, Yes
from opvangloket.domains.distribution.asking import questions
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry, Offer, Placement
from opvangloket.domains.distribution.placing import offers
from opvangloket.domains.providers.models import Location, Occupation
from opvangloket.domains.requests.actions import AskedChild, NewQuestion, Registered
from opvangloket.domains.requests.models import CareRequest, CaseEvent, Channel, DeskTask
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import NoReason

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ORGANISER = Actor(ActorKind.ORGANISER)
FULL = No(reason=NoReason.FULL)


@dataclass(kw_only=True)
class Journey:
    """One request on its way, at a moment that a test moves forward."""

    here: Town
    registered: Registered
    now: datetime

    @property
    def request_id(self) -> UUID:
        """The request."""
        return self.registered.request_id

    @property
    def today(self) -> date:
        """The day of the moment."""
        return replace(self.here, now=self.now).today

    def later(self, **span: float) -> "Journey":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def inquiry(self, location: Location) -> Inquiry:
        """The latest inquiry of a location."""
        with looking():
            rows = Inquiry.objects.filter(request_id=self.request_id, location=location)
            return rows.select_related("wish").latest("round", "id")

    def offer(self, location: Location) -> Offer:
        """The latest offer of a location."""
        with looking():
            rows = Offer.objects.filter(request_id=self.request_id, location=location)
            return rows.latest("made_at", "id")

    def placement(self) -> Placement:
        """The latest placement."""
        with looking():
            return Placement.objects.filter(request_id=self.request_id).latest("agreed_at", "id")

    def answers(self, location: Location, given: NewAnswer, **different: Any) -> Answered:
        """Let a location answer in its inbox."""
        with self.here.at_organiser(location):
            facts: dict[str, Any] = {"door": AnswerDoor.INBOX, "actor": ORGANISER, "now": self.now} | different
            return giving.answer(inquiry_id=self.inquiry(location).id, given=given, **facts)

    def corrects(self, location: Location, given: NewAnswer) -> Answered:
        """Let a location answer anew."""
        with self.here.at_organiser(location):
            return giving.correct(
                inquiry_id=self.inquiry(location).id,
                given=given,
                door=AnswerDoor.INBOX,
                actor=ORGANISER,
                now=self.now,
            )

    def accepts(self, location: Location, **different: Any) -> UUID:
        """Let the family accept a location's offer; return the placement."""
        with self.here.as_family(self.registered):
            offer_id = self.offer(location).id
            return offers.accept(offer_id=offer_id, actor=PARENT, now=self.now, **different).placement_id

    def declines(self, location: Location, reason: Any) -> None:
        """Let the family leave a location's offer."""
        with self.here.as_family(self.registered):
            offers.decline(offer_id=self.offer(location).id, reason=reason, actor=PARENT, now=self.now)

    @property
    def state(self) -> str:
        """The state of the request."""
        with looking():
            return CareRequest.objects.values_list("state", flat=True).get(id=self.request_id)

    def states(self) -> dict[str, str]:
        """The state of the latest inquiry of each location, by the name of the location."""
        with looking():
            rows = Inquiry.objects.filter(request_id=self.request_id).order_by("round", "id")
            return dict(rows.values_list("location__name", "state"))

    def events(self) -> list[str]:
        """The kinds of the events, in order."""
        with looking():
            rows = CaseEvent.objects.filter(request_id=self.request_id).order_by("at", "seq")
            return list(rows.values_list("kind", flat=True))

    def last_event(self) -> CaseEvent:
        """The last event."""
        with looking():
            return CaseEvent.objects.filter(request_id=self.request_id).latest("at", "seq")

    def mails(self, template: str) -> list[Message]:
        """The messages of a template about this request."""
        with looking():
            return list(Message.objects.filter(request_id=self.request_id, template=template).order_by("recipient"))

    def tasks(self, *, done: bool = False) -> set[str]:
        """The kinds of the desk's open (or done) tasks about this request."""
        with looking():
            rows = DeskTask.objects.filter(request_id=self.request_id, done_at__isnull=not done)
            return set(rows.values_list("kind", flat=True))


@contextmanager
def looking() -> Iterator[None]:
    """Look from nowhere in particular."""
    with across_desks("a test looks at what was stored"):
        yield


def asks(here: Town, question: NewQuestion | None = None, **different: Any) -> Journey:
    """Let a family ask by phone, so its question goes out at once."""
    asked = question or here.noor(channel=Channel.PHONE, **different)
    facts: dict[str, Any] = {"questions": [asked], "actor": here.worker, "now": here.now}
    with here.at_desk():
        [registered] = questions.ask(desk_id=here.ninove.id, randomness=here.randomness, **facts)
    return Journey(here=here, registered=registered, now=here.now)


def asks_together(here: Town, *names: str, together: bool = True) -> tuple[Journey, ...]:
    """Let a family ask by phone for children with these first names, all born today."""
    asked = [
        here.noor(channel=Channel.PHONE, child=AskedChild(first_name=name, last_name="Peeters", birth_on=here.today))
        for name in names
    ]
    with here.at_desk():
        children = questions.ask(
            desk_id=here.ninove.id,
            questions=asked,
            together=together,
            actor=here.worker,
            now=here.now,
            randomness=here.randomness,
        )
    return tuple(Journey(here=here, registered=one, now=here.now) for one in children)


def alternative(journey: Journey, pattern: WeekPattern, *, later_days: int = 0, **different: Any) -> Alternative:
    """Return an alternative with these days, so many days later than asked."""
    with looking():
        start_on = CareRequest.objects.get(id=journey.request_id).start_on
    return Alternative(start_on=start_on + timedelta(days=later_days), pattern=pattern, **different)


def taken(kind: str | None = None) -> int:
    """Count the subjects that take a place."""
    rows = Occupation.objects.filter(kind=kind) if kind else Occupation.objects.all()
    return rows.values("subject_id").distinct().count()


YES = Yes()

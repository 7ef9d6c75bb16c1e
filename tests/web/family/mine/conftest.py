"""Sara follows her question for Noor."""

from datetime import datetime

import pytest
from tests.cast import VISITOR, Town
from tests.web.conftest import ClientFor, PageClient

from opvangloket.domains.distribution.answering.answers import NewAnswer
from opvangloket.domains.distribution.answering.giving import answer
from opvangloket.domains.distribution.asking.questions import confirm_contact
from opvangloket.domains.distribution.models import AnswerDoor, Inquiry
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern

MONDAY = WeekPattern.full_days("ma")


@pytest.fixture
def noor(here: Town) -> Registered:
    """Noor's question, sent to De Regenboog Centrum and Mia's Nestje."""
    asked = here.ask(here.noor())
    with here.at_desk():
        confirm_contact(request_ids=[asked.request_id], actor=VISITOR, now=here.now)
    return asked


@pytest.fixture
def sara(client_for: ClientFor, noor: Registered) -> PageClient:
    return client_for(noor)


def home(asked: Registered) -> str:
    return f"/ninove/mijn/{asked.reference}/"


def say(here: Town, asked: Registered, location: Location, given: NewAnswer, *, at: datetime | None = None) -> None:
    """Let a location answer the latest inquiry of a request."""
    with here.at_organiser(location):
        inquiry = Inquiry.objects.filter(request_id=asked.request_id, location=location).latest("round")
        answer(inquiry_id=inquiry.id, given=given, door=AnswerDoor.INBOX, actor=here.manager, now=at or here.now)


def stored(asked: Registered) -> CareRequest:
    with across_desks("what is stored"):
        return CareRequest.objects.get(id=asked.request_id)

"""A question as it comes in, whatever the channel, and what must be right before it can be registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.requests.models import Channel
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.wording import dutch_date

NO_PARTS: Final = WeekPattern()

# A year that was typed wrong is caught while the family is still there; the desk can correct the rest later.
EARLIEST_START: Final = timedelta(days=366)
LATEST_START: Final = timedelta(days=4 * 366)
OLDEST_CHILD: Final = timedelta(days=4 * 366)
LATEST_BIRTH_AFTER_DUE: Final = timedelta(days=90)  # the birth may not have been told yet
LONGEST_PREGNANCY: Final = timedelta(days=310)

# Whoever brings the question in on these channels spoke to the family: nobody has to prove an address first.
SPOKEN_WITH: Final = frozenset({Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.HELPER, Channel.ORGANISER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """The parent or guardian who asks."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    language: str = "nl"
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    residence_nis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChild:
    """The child for whom care is asked: born, or expected on `due_on`. An unborn child may have no name yet."""

    first_name: str = ""
    last_name: str = ""
    birth_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """One question for one child.

    `end_on` of None lasts until the child goes to school. `location_ids` is in the order of the family. `received_on`
    is the day on which paper came in. `more_locations_reason` lets the desk go over the maximum of its procedure.
    """

    applicant: Applicant
    child: AskedChild
    start_on: date
    pattern: WeekPattern
    channel: Channel = Channel.ONLINE
    end_on: date | None = None
    also: WeekPattern = NO_PARTS
    parts_wanted: int | None = None
    other_week: WeekPattern | None = None
    hours: CareHours = NO_HOURS
    characteristics: frozenset[Characteristic] = frozenset()
    urgent_reason: UrgentReason | None = None
    special_need: bool = False
    support_needed: str = ""
    support_shared: bool = False
    later_start_months: int = 0
    other_days_ok: bool = False
    part_of_week_ok: bool = False
    other_location_ok: bool = False
    location_ids: tuple[UUID, ...] = ()
    more_locations_reason: str = ""
    own_words: str = ""
    message_to_locations: str = ""
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the field of `NewQuestion` (or `applicant.…`, `child.…`) and what to do, in Dutch."""

    field: str
    message: str


class QuestionRefused(OpvangloketError):
    """The question cannot be registered as it is; `problems` says per field what to put right."""

    code = "question_refused"

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def entries(hours: CareHours) -> list[str]:
    """Return exact hours as they are stored: the entries of the exchange format."""
    return hours.entries()


def check(question: NewQuestion, *, today: date, by_desk: bool, max_locations: int) -> None:
    """Raise QuestionRefused with every problem of the question, NationalNumberRefused for a national number."""
    refuse_national_number(*_texts(question))
    problems = (
        *_applicant_problems(question),
        *_child_problems(question.child, today),
        *_week_problems(question),
        *_date_problems(question, today),
        *_location_problems(question, by_desk=by_desk, max_locations=max_locations),
    )
    if problems:
        raise QuestionRefused(*problems)


def _texts(question: NewQuestion) -> Iterator[str]:
    """Yield whatever somebody typed in words."""
    applicant, child = question.applicant, question.child
    yield from (applicant.first_name, applicant.last_name, applicant.street, applicant.house_number)
    yield from (child.first_name, child.last_name)
    yield from (question.own_words, question.message_to_locations, question.support_needed)
    yield question.more_locations_reason


def _applicant_problems(question: NewQuestion) -> Iterator[Problem]:
    applicant = question.applicant
    if not applicant.first_name.strip():
        yield Problem("applicant.first_name", "Vul je voornaam in.")
    if not applicant.last_name.strip():
        yield Problem("applicant.last_name", "Vul je familienaam in.")
    if question.channel not in SPOKEN_WITH and not (applicant.email or applicant.phone):
        yield Problem("applicant.email", "Vul een e-mailadres of een gsm-nummer in. Zo kunnen we je antwoorden.")


def _child_problems(child: AskedChild, today: date) -> Iterator[Problem]:
    if child.birth_on is None and child.due_on is None:
        yield Problem("child.birth_on", "Vul de geboortedatum in, of de dag waarop je kindje verwacht is.")
    if child.birth_on and not today - OLDEST_CHILD <= child.birth_on <= today:
        yield Problem("child.birth_on", f"De geboortedatum {dutch_date(child.birth_on)} kan niet. Kijk het jaar na.")
    earliest, latest = today - LATEST_BIRTH_AFTER_DUE, today + LONGEST_PREGNANCY
    if child.due_on and not child.birth_on and not earliest <= child.due_on <= latest:
        yield Problem("child.due_on", f"De datum {dutch_date(child.due_on)} kan niet. Kijk het jaar na.")
    if child.birth_on and not child.first_name.strip():
        yield Problem("child.first_name", "Vul de voornaam van je kind in.")


def _week_problems(question: NewQuestion) -> Iterator[Problem]:
    if not question.pattern:
        yield Problem("pattern", "Kies minstens één dagdeel.")
    possible = len(question.pattern | question.also)
    if question.parts_wanted is not None and not 1 <= question.parts_wanted <= max(possible, 1):
        yield Problem("parts_wanted", f"Je koos {possible} dagdelen. Vraag er hoogstens zoveel.")


def _date_problems(question: NewQuestion, today: date) -> Iterator[Problem]:
    start = question.start_on
    if not today - EARLIEST_START <= start <= today + LATEST_START:
        yield Problem("start_on", f"De start op {dutch_date(start)} kan niet. Kijk het jaar na.")
    elif question.child.birth_on and start < question.child.birth_on:
        yield Problem("start_on", "De opvang kan niet starten voor de geboorte.")
    if question.end_on and question.end_on <= start:
        yield Problem("end_on", "De opvang stopt na de start. Kies een latere datum.")
    if question.received_on and question.received_on > today:
        yield Problem("received_on", "De dag van ontvangst ligt in de toekomst. Kijk de datum na.")


def _location_problems(question: NewQuestion, *, by_desk: bool, max_locations: int) -> Iterator[Problem]:
    chosen = question.location_ids
    if len(set(chosen)) < len(chosen):
        yield Problem("location_ids", "Je koos dezelfde opvang twee keer. Haal er één weg.")
    # Whoever asks at a location that passes it on, chooses with the desk.
    if not chosen and not by_desk and question.channel is not Channel.ORGANISER:
        yield Problem("location_ids", "Kies minstens één opvang.")
    if len(chosen) > max_locations:
        if not by_desk:
            yield Problem(
                "location_ids",
                f"Je kunt {max_locations} opvanglocaties kiezen. Haal er weg wat je het minst graag wil. "
                "Vind je dat moeilijk? Het loket helpt je.",
            )
        elif not question.more_locations_reason.strip():
            yield Problem("more_locations_reason", f"Dit zijn meer dan {max_locations} locaties. Schrijf waarom.")

"""One question as an organiser may see it before the family accepts (SPEC §5), and nothing more.

Names and contact details follow the desk's procedure: from the sending, or only after the first answer. They are gone
again, as are the family's own words, when the question no longer lies with the location. The family's facts, its other locations and their answers
are never here; of its categories only what the location needs to apply its rules.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opvangloket.domains.distribution.lines.facts import born_on
from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.models import Tariff
from opvangloket.domains.requests.models import CareRequest
from opvangloket.rules.ages import age_words
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.characteristics import Characteristic, RuleSetId
from opvangloket.rules.inquiries import ANSWERED_STATES, AnswerKind, InquiryState, allowed_answers
from opvangloket.rules.location_order import PLUS_STEPS, Contender, CriterionKey, LocationRules, priority_words
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingFamily:
    """Who asks, as far as the desk shows it: the child, the applicant, and how to reach the applicant."""

    child_name: str
    applicant_name: str
    phone: str
    email: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCare:
    """What is asked: the wish that was sent, with what the family could live with."""

    start_on: date
    end_on: date | None
    needed: WeekPattern
    also: WeekPattern
    parts_wanted: int | None
    other_week: WeekPattern | None
    hours: CareHours
    later_start_months: int
    other_days_ok: bool
    fewer_days_ok: bool

    @property
    def wanted_parts(self) -> int:
        """How many day parts a week the family wants: all it needs, or so many out of those that it named."""
        named = len(self.needed | self.also)
        return len(self.needed) if self.parts_wanted is None else min(self.parts_wanted, named)

    @property
    def leaves_choice(self) -> bool:
        """Whether the location chooses which of the named day parts a yes gives."""
        return self.wanted_parts != len(self.needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganiserQuestion:
    """A question as it lies with one location.

    `family` is None where names are not shown. `priority` is what the law asks of this location, in words, or empty;
    `priority_with_sibling` the same when the brother or sister that the family names is at this location.
    """

    inquiry_id: UUID
    reference: str
    location_id: UUID
    location_slug: str
    location_name: str
    location_tariff: Tariff
    desk_slug: str
    desk_name: str
    desk_phone: str
    state: InquiryState
    sent_at: datetime
    due_on: date
    answer_from_on: date
    seen_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    may_answer: frozenset[AnswerKind]
    reply_by_days: int
    holds_place: bool
    age_at_start: str
    expected_on: date | None
    family: AskingFamily | None
    care: AskedCare
    message: str
    support_needed: str
    sibling: bool
    urgent: bool
    special_need: bool
    vulnerable: bool
    priority: str
    priority_with_sibling: str


def organiser_question(
    inquiry: Inquiry, procedure: Procedure, *, answered_before: bool, accepted_here: bool, today: date
) -> OrganiserQuestion:
    """Return what a location sees of a question; `procedure` is the version under which it was sent.

    The inquiry comes with its wish, desk and location, and with the request's child and applicant. `answered_before`
    says whether the location ever answered this family, `accepted_here` whether the family took its offer.
    """
    request, location = inquiry.request, inquiry.location
    state = InquiryState(inquiry.state)
    searches = request.state == RequestState.OPEN or (
        request.state == RequestState.PLACED and procedure.may_stay_listed
    )
    lies_here = accepted_here or _lies_here(state, request)
    named = lies_here and (answered_before or procedure.families_shown_from_sending)
    assert inquiry.sent_at is not None and inquiry.due_on is not None  # noqa: S101, PT018 - see the caller's filter
    return OrganiserQuestion(
        inquiry_id=inquiry.id,
        reference=request.reference,
        location_id=location.id,
        location_slug=location.slug,
        location_name=location.name,
        location_tariff=Tariff(location.tariff),
        desk_slug=inquiry.desk.slug,
        desk_name=inquiry.desk.name,
        desk_phone=inquiry.desk.phone,
        state=state,
        sent_at=inquiry.sent_at,
        due_on=inquiry.due_on,
        answer_from_on=inquiry.answer_from_on,
        seen_at=inquiry.seen_at,
        answered_at=inquiry.answered_at,
        closed_at=inquiry.closed_at,
        may_answer=allowed_answers(
            state, answer_from_on=inquiry.answer_from_on, today=today, request_searches=searches
        ),
        reply_by_days=procedure.reply_by_days,
        holds_place=procedure.offer_holds_place,
        age_at_start=age_words(born_on(request), inquiry.wish.start_on),
        expected_on=None if request.child.birth_on else request.child.due_on,
        family=asking_family(request) if named else None,
        care=_asked_care(inquiry),
        message=request.message_to_locations if lies_here else "",
        support_needed=request.support_needed if lies_here and request.support_shared else "",
        sibling=Characteristic.SIBLING in request.characteristics,
        urgent=request.urgent,
        special_need=request.special_need,
        vulnerable=request.vulnerable and location.subsidy_step in PLUS_STEPS,
        priority=_priority(inquiry, sibling_here=False),
        priority_with_sibling=_priority(inquiry, sibling_here=True),
    )


def asking_family(request: CareRequest) -> AskingFamily:
    """Return who asks, from a request that comes with its child and applicant."""
    child, applicant = request.child, request.applicant
    of_applicant = (applicant.first_name, applicant.last_name, applicant.phone, applicant.email, applicant.language)
    return named_family(child.first_name, child.last_name, *of_applicant)


def named_family(
    child_first: str, child_last: str, first_name: str, last_name: str, phone: str, email: str, language: str
) -> AskingFamily:
    """Return who asks; a child without a first name has no name yet."""
    return AskingFamily(
        child_name=f"{child_first} {child_last}".strip() if child_first else "",
        applicant_name=f"{first_name} {last_name}".strip(),
        phone=phone,
        email=email,
        language=language,
    )


def _lies_here(state: InquiryState, request: CareRequest) -> bool:
    """Tell whether the location still has to do with the family: it is asked, or its answer can still matter."""
    return state is InquiryState.SENT or (state in ANSWERED_STATES and request.state == RequestState.OPEN)


def _asked_care(inquiry: Inquiry) -> AskedCare:
    request, wish = inquiry.request, inquiry.wish
    return AskedCare(
        start_on=wish.start_on,
        end_on=wish.end_on,
        needed=WeekPattern(wish.parts),
        also=WeekPattern(wish.also_parts),
        parts_wanted=wish.parts_wanted,
        other_week=WeekPattern(request.other_week_parts) if request.other_week_parts else None,
        hours=CareHours.parse("|".join(wish.hours)),
        later_start_months=request.later_start_months,
        other_days_ok=request.other_days_ok,
        fewer_days_ok=request.part_of_week_ok,
    )


def contender_of(inquiry: Inquiry, *, sibling_here: bool) -> Contender:
    """Return a question as the order of a location sees it; it comes with its wish, location and request.

    `sibling_here` takes the brother or sister that the family names to be at this location.
    """
    request = inquiry.request
    has_sibling = sibling_here and Characteristic.SIBLING in request.characteristics
    meets = {
        CriterionKey.SIBLING: has_sibling,
        CriterionKey.RESIDENT: bool(request.residence_nis) and request.residence_nis == inquiry.location.nis_code,
        CriterionKey.URGENT: request.urgent,
    }
    return Contender(
        reference=request.reference,
        rule_set=RuleSetId(request.rule_set),
        wanted_start=inquiry.wish.start_on,
        characteristics=frozenset(map(Characteristic, request.characteristics)),
        sibling_here=has_sibling,
        meets=frozenset(key for key, holds in meets.items() if holds),
    )


def _priority(inquiry: Inquiry, *, sibling_here: bool) -> str:
    contender = contender_of(inquiry, sibling_here=sibling_here)
    return priority_words(contender, LocationRules(subsidy_step=inquiry.location.subsidy_step, seed=""))

"""What a location can answer, and what an answer proposes to the family (SPEC §5)."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.providers.models import Tariff
from opvangloket.domains.requests.models import WishVersion
from opvangloket.domains.requests.questions import entries
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import NoReason
from opvangloket.rules.terms import reply_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """Days, hours and start as asked.

    `pattern` is needed only when the family said "any so many day parts" and named more: then these. `reply_by_on`
    of None is the term of the procedure.
    """

    pattern: WeekPattern | None = None
    tariff: Tariff | None = None
    reply_by_on: date | None = None
    message: str = ""
    over_capacity_reason: str = ""

    kind: AnswerKind = field(default=AnswerKind.YES, init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Exact days, start and, when it matters, hours. `end_on` of None is the end that the family asked."""

    start_on: date
    pattern: WeekPattern
    hours: CareHours = NO_HOURS
    end_on: date | None = None
    tariff: Tariff | None = None
    reply_by_on: date | None = None
    message: str = ""
    over_capacity_reason: str = ""

    kind: AnswerKind = field(default=AnswerKind.ALTERNATIVE, init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """A coded reason, and what is possible: other day parts, or the first possible start."""

    reason: NoReason
    possible_pattern: WeekPattern | None = None
    possible_from_on: date | None = None
    message: str = ""

    kind: AnswerKind = field(default=AnswerKind.NO, init=False)


NewAnswer = Yes | Alternative | No


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer did; `offer_id` is None for a no."""

    answer_id: UUID
    offer_id: UUID | None
    late: bool


class CannotAnswer(OpvangloketError):
    """The inquiry takes no such answer today; the code says why."""

    code = "cannot_answer"


class AnswerRefused(OpvangloketError):
    """The answer itself is not complete or not possible; the code says what to put right."""

    code = "answer_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """What an offer proposes."""

    start_on: date
    end_on: date | None
    pattern: WeekPattern
    hours: tuple[str, ...]
    reply_by_on: date
    as_originally_asked: bool


def terms_of(given: Yes | Alternative, inquiry: Inquiry, procedure: Procedure, today: date) -> OfferTerms:
    """Return what a yes or an alternative proposes; raise AnswerRefused when that cannot be."""
    reply_by_on = given.reply_by_on or reply_by(today, reply_by_days=procedure.reply_by_days)
    if reply_by_on < today:
        raise AnswerRefused("Geef het gezin tijd om te antwoorden. Kies een latere dag.", "reply_by_past")
    wish, request = inquiry.wish, inquiry.request
    if isinstance(given, Yes):
        pattern = _asked_pattern(given.pattern, wish)
        return OfferTerms(
            start_on=wish.start_on,
            end_on=wish.end_on,
            pattern=pattern,
            hours=tuple(wish.hours),
            reply_by_on=reply_by_on,
            as_originally_asked=(wish.start_on, pattern.mask) == (request.start_on, request.parts),
        )
    end_on = given.end_on or wish.end_on
    if not given.pattern:
        raise AnswerRefused("Kies minstens één dagdeel.", "no_parts")
    if end_on and end_on <= given.start_on:
        raise AnswerRefused("De opvang stopt na de start. Kies een andere datum.", "ends_before_start")
    return OfferTerms(
        start_on=given.start_on,
        end_on=end_on,
        pattern=given.pattern,
        hours=tuple(entries(given.hours)),
        reply_by_on=reply_by_on,
        as_originally_asked=False,
    )


def _asked_pattern(chosen: WeekPattern | None, wish: WishVersion) -> WeekPattern:
    """Return the day parts of a yes: those that are needed, or the choice out of "any so many day parts"."""
    needed, named = WeekPattern(wish.parts), WeekPattern(wish.parts | wish.also_parts)
    wanted = len(needed) if wish.parts_wanted is None else min(wish.parts_wanted, len(named))
    if chosen is None and wanted == len(needed):
        return needed
    if chosen is None:
        raise AnswerRefused(f"Het gezin vraagt {wanted} dagdelen. Kies welke.", "choose_parts")
    if not chosen.issubset(named) or len(chosen) < wanted or (wanted == len(needed) and chosen != needed):
        raise AnswerRefused("Dit is niet wat het gezin vraagt. Stel iets anders voor.", "not_as_asked")
    return chosen

"""What the family wants now, beside what it asked first; and setting right what was registered wrongly.

A changed wish is a new version: the original question and its date stay. A correction says that the original was
never meant like that: it is an event, so the report counts what was meant (SPEC §4).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.desk_tasks import open_task, settle_tasks
from opvangloket.domains.requests.events import append_event, case_story
from opvangloket.domains.requests.models import CareRequest, TaskKind, WishVersion
from opvangloket.domains.requests.notes import keep_reason
from opvangloket.domains.requests.questions import LATEST_START, NO_PARTS, Problem, QuestionRefused, entries
from opvangloket.domains.requests.states import locked_request, record_act
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.case_facts import CaseFacts, Channel, OriginalQuestion, original_before
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.characteristics import is_atypical, is_urgent
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import DeskMode

_STILL_CHANGES: Final = frozenset({RequestState.REGISTERED, RequestState.OPEN, RequestState.PLACED})

_AFTER_EVERYTHING: Final = datetime.max.replace(tzinfo=UTC)


class SearchEnded(OpvangloketError):
    """The search has ended, so nothing is wanted any more; asking again is a new request."""

    code = "search_ended"
    message = "Deze vraag is gesloten. Stel een nieuwe vraag, of bel het loket."


class NothingChanged(OpvangloketError):
    """What was given is what already stands."""

    code = "nothing_changed"
    message = "Er is niets veranderd."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """When and how much care is wanted; `end_on` of None lasts until school."""

    start_on: date
    pattern: WeekPattern
    end_on: date | None = None
    also: WeekPattern = NO_PARTS
    parts_wanted: int | None = None
    hours: CareHours = NO_HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class WishNumber:
    """One version of the wish of a request, with its number; 1 is the original question."""

    id: UUID
    number: int
    made_at: datetime
    wish: Wish


def current_wish(request_id: UUID) -> WishNumber:
    """Return what the family wants now: the last version of its wish."""
    return wish_number(WishVersion.objects.filter(request_id=request_id).latest("number"))


def wish_number(row: WishVersion) -> WishNumber:
    """Return a stored version as a value."""
    wish = Wish(
        start_on=row.start_on,
        end_on=row.end_on,
        pattern=WeekPattern(row.parts),
        also=WeekPattern(row.also_parts),
        parts_wanted=row.parts_wanted,
        hours=CareHours.parse("|".join(row.hours)),
    )
    return WishNumber(id=row.id, number=row.number, made_at=row.made_at, wish=wish)


@transaction.atomic
def change_wish(*, request_id: UUID, wish: Wish, actor: Actor, now: datetime) -> WishNumber:
    """Add a version of what the family wants; the original question stays, and so does its date.

    Raises SearchEnded, NothingChanged or QuestionRefused. Asking the locations anew is a new round:
    `distribution.asking.choosing.new_round`.
    """
    request = locked_request(request_id)
    if RequestState(request.state) not in _STILL_CHANGES:
        raise SearchEnded
    _check(wish, today=brussels_date(now))
    if wish == current_wish(request_id).wish:
        raise NothingChanged
    version = _add_version(request, wish, actor, now)
    record_act("request.change_wish", request, actor=actor, now=now, codes=[f"version:{version.number}"])
    return version


@transaction.atomic
def correct(
    *,
    request_id: UUID,
    start_on: date | None = None,
    pattern: WeekPattern | None = None,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Set a registration error right: a typed year, a forgotten day. The report counts the corrected question.

    What the family wants now follows where it was still the wrong original. Urgent and atypical are decided anew
    under the rules of the registration date. `reason` stays with the file as a note; the event holds codes only.
    Raises NothingChanged or QuestionRefused.
    """
    request = locked_request(request_id)
    original = original_of(request)
    if (start_on or original.start_on, pattern.mask if pattern else original.pattern) == original[:2]:
        raise NothingChanged
    if not reason.strip():
        raise QuestionRefused(Problem("reason", "Schrijf waarom je dit verbetert."))
    append_event(
        request=request,
        at=now,
        kind=EventKind.CORRECTED,
        start_on=start_on,
        parts=pattern.mask if pattern else None,
        by=actor.kind,
    )
    _correct_current_wish(request, original, start_on, pattern, actor, now)
    _decide_categories_anew(request, now)
    keep_reason(request, reason, actor=actor, now=now)
    codes = [name for name, given in (("start_on", start_on), ("pattern", pattern)) if given]
    record_act("request.correct", request, actor=actor, now=now, codes=codes)


@transaction.atomic
def set_urgent(*, request_id: UUID, urgent: bool, reason: str, actor: Actor, now: datetime) -> None:
    """Let the desk call a request urgent, or no longer; the reason is kept (SPEC §7).

    This decides whom the desk helps first. What the annual report counts as urgent follows from the official reason.
    """
    request = locked_request(request_id)
    if request.urgent == urgent:
        raise NothingChanged
    if not reason.strip():
        raise QuestionRefused(Problem("reason", "Schrijf waarom."))
    request.urgent = urgent
    request.save(update_fields=["urgent"])
    keep_reason(request, reason, actor=actor, now=now)
    _follow_urgency(request, now)
    record_act("request.correct", request, actor=actor, now=now, codes=["urgent" if urgent else "not_urgent"])


@transaction.atomic
def confirm_current(*, request_id: UUID, actor: Actor, now: datetime) -> None:
    """Remember that the family still wants this; an open request says with it that it is still searching.

    Raises SearchEnded when there is nothing left to confirm.
    """
    request = locked_request(request_id)
    if RequestState(request.state) not in _STILL_CHANGES:
        raise SearchEnded
    request.confirmed_current_on = brussels_date(now)
    request.save(update_fields=["confirmed_current_on"])
    if request.state == RequestState.OPEN:
        append_event(request=request, at=now, kind=EventKind.STILL_SEARCHING, by=actor.kind)
    settle_tasks(desk_id=request.desk_id, kinds=[TaskKind.CONFIRM_CURRENT], request_id=request.id, now=now)
    record_act("request.confirm_current", request, actor=actor, now=now)


def original_of(request: CareRequest) -> OriginalQuestion:
    """Return the question as first asked and as corrected since; the row itself never changes."""
    with scope(DeskScope(request.desk_id)):
        events = case_story(request.id)
    case = CaseFacts(
        key=request.reference,
        desk_mode=DeskMode.CENTRAL,  # says nothing about what was asked
        channel=Channel(request.channel),
        registered_at=request.registered_at,
        start_on=request.start_on,
        pattern=request.parts,
        parts_wanted=request.parts_wanted,
        events=events,
    )
    return original_before(case, _AFTER_EVERYTHING)


def _check(wish: Wish, *, today: date) -> None:
    problems = []
    if not wish.pattern:
        problems.append(Problem("pattern", "Kies minstens één dagdeel."))
    if wish.start_on > today + LATEST_START:
        problems.append(Problem("start_on", "Deze start ligt te ver weg. Kijk het jaar na."))
    if wish.end_on and wish.end_on <= wish.start_on:
        problems.append(Problem("end_on", "De opvang stopt na de start. Kies een latere datum."))
    possible = len(wish.pattern | wish.also)
    if wish.parts_wanted is not None and not 1 <= wish.parts_wanted <= possible:
        problems.append(Problem("parts_wanted", f"Je koos {possible} dagdelen. Vraag er hoogstens zoveel."))
    if problems:
        raise QuestionRefused(*problems)


def _add_version(request: CareRequest, wish: Wish, actor: Actor, now: datetime) -> WishNumber:
    last = WishVersion.objects.filter(request=request).latest("number")
    row = WishVersion.objects.create(
        request=request,
        number=last.number + 1,
        made_at=now,
        made_by_kind=actor.kind,
        start_on=wish.start_on,
        end_on=wish.end_on,
        parts=wish.pattern.mask,
        also_parts=(wish.also - wish.pattern).mask,
        parts_wanted=wish.parts_wanted,
        hours=entries(wish.hours),
    )
    return wish_number(row)


def _correct_current_wish(
    request: CareRequest,
    original: OriginalQuestion,
    start_on: date | None,
    pattern: WeekPattern | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Let the wish follow a correction, except where the family has since asked something else."""
    wish = now_wanted = current_wish(request.id).wish
    if start_on and wish.start_on == original.start_on:
        wish = replace(wish, start_on=start_on)
    if pattern and wish.pattern.mask == original.pattern:
        wish = replace(wish, pattern=pattern, parts_wanted=None)
    if wish != now_wanted:
        _add_version(request, wish, actor, now)


def _decide_categories_anew(request: CareRequest, now: datetime) -> None:
    """Decide urgent and atypical for the corrected question; they hang on its start and its days."""
    original, registered_on = original_of(request), brussels_date(request.registered_at)
    procedure = procedure_in_force(request.desk_id, registered_on).procedure
    request.urgent = is_urgent(
        request.urgent_reason or None,
        original.start_on,
        registered_on,
        within_days=procedure.urgent_within_days,
    )
    request.atypical = is_atypical(WeekPattern(original.pattern), CareHours.parse("|".join(request.hours)))
    request.save(update_fields=["urgent", "atypical"])
    _follow_urgency(request, now)


def _follow_urgency(request: CareRequest, now: datetime) -> None:
    """Put an urgent request on the desk's list, and take one that is not off it."""
    if not request.urgent:
        settle_tasks(desk_id=request.desk_id, kinds=[TaskKind.URGENT], subject_id=request.id, now=now)
        return
    open_task(
        desk_id=request.desk_id,
        kind=TaskKind.URGENT,
        subject_id=request.id,
        request_id=request.id,
        due_on=brussels_date(now),
        now=now,
    )

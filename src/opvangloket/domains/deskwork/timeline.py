"""One timeline of everything around a request: its sending and answers, mails, calls and notes, changes, and reads.

Each source tells its own part; what two of them would tell twice, one keeps: an answer is an event, so its line in the
audit log only lends it the name of who gave it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.models import CareChange, Inquiry, Offer, Placement, Sending
from opvangloket.domains.providers.models import Location
from opvangloket.domains.requests.models import CareRequest, CaseEvent, Note
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.queries import MessageRow, messages_of_request
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date

MOST_ACTS: Final = 400
_READS: Final = frozenset({"request.read", "inquiry.read", "session.open"})
# Acts that no event, sending, note or message tells already.
_TOLD_BY_THE_LOG: Final = _READS | {
    "request.change_wish",
    "request.verify_contact",
    "request.confirm_current",
    "inquiry.add_location",
    "inquiry.drop_location",
    "inquiry.ask_whole_territory",
    "inquiry.new_round",
    "inquiry.print",
    "inquiry.close",
    "offer.extend",
    "placement.arrange",
    "placement.settle_in",
    "placement.propose",
    "placement.refuse",
    "placement.take_back",
    "placement.just_taken",
    "placement.lapse",
    "task.finish",
    "message.send_again",
}
# These tell something else besides what their event tells, when one of these codes is with them.
_TOLD_BY_CODE: Final = {"request.correct": {"urgent", "not_urgent"}, "request.merge": {"undo"}}
# Which act wrote an event: the log knows who did it.
_ACTS_OF_EVENT: Final[Mapping[EventKind, tuple[str, ...]]] = {
    EventKind.ANSWERED_YES: ("inquiry.answer",),
    EventKind.ANSWERED_ALTERNATIVE: ("inquiry.answer",),
    EventKind.ANSWERED_NO: ("inquiry.answer",),
    EventKind.OFFER_ACCEPTED: ("offer.accept",),
    EventKind.OFFER_DECLINED: ("offer.decline", "offer.accept"),
    EventKind.OFFER_WITHDRAWN: ("offer.withdraw", "inquiry.answer", "placement.record"),
    EventKind.PLACED_DIRECTLY: ("placement.record",),
    EventKind.START_CONFIRMED: ("placement.confirm",),
    EventKind.STILL_SEARCHING: ("request.confirm_current",),
    EventKind.SEARCH_ENDED: ("request.close",),
    EventKind.FOUND_ELSEWHERE: ("request.close",),
    EventKind.LAPSED: ("request.close",),
    EventKind.WITHDRAWN: ("request.withdraw",),
    EventKind.REOPENED: ("request.reopen",),
    EventKind.CORRECTED: ("request.correct",),
    EventKind.NOT_GENUINE: ("request.close",),
    EventKind.MERGED_INTO: ("request.merge",),
}


class Source(StrEnum):
    """Where an entry of the timeline comes from."""

    REGISTRATION = "registration"
    SENDING = "sending"
    EVENT = "event"
    MESSAGE = "message"
    NOTE = "note"
    ACT = "act"
    CARE = "care"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One entry. `code` is the channel, the kind of event or change, the message's state or the name of the act.

    Reads of one person on one day are one entry, the last, with how many `times`.
    """

    source: Source
    code: str
    at: datetime
    actor_kind: str = ""
    actor_id: UUID | None = None
    locations: tuple[str, ...] = ()
    start_on: date | None = None
    pattern: WeekPattern | None = None
    reply_by_on: date | None = None
    agreed_on: date | None = None
    reason: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    message: MessageRow | None = None
    times: int = 1

    @property
    def is_read(self) -> bool:
        """Whether somebody only looked."""
        return self.source is Source.ACT and self.code in _READS


def timeline(request_id: UUID) -> tuple[Happening, ...]:
    """Return what happened around a request of the desk, the newest first, in a fixed number of queries."""
    request = CareRequest.objects.filter(id=request_id).first()
    if request is None:
        return ()
    acts = list(AuditEvent.objects.filter(request_id=request_id).order_by("-at", "-id")[:MOST_ACTS])
    sendings = list(Sending.objects.filter(request_id=request_id))
    events = list(CaseEvent.ever.filter(request_id=request_id).order_by("seq"))
    about = _locations_of_acts(acts)
    changes = list(
        CareChange.objects.filter(placement__request_id=request_id).select_related("placement").order_by("at", "seq")
    )
    names = _names(sendings, events, changes, about)
    found = [
        _registration(request),
        *(_sending(row, names) for row in sendings),
        *_events(events, acts, names),
        *(_care(row, names) for row in changes),
        *_messages(request_id),
        *_notes(request_id),
        *_acts(acts, about, names),
    ]
    # What came at one moment keeps the order above, so that a mail stands over the act that caused it.
    return tuple(sorted(found, key=lambda happening: happening.at))[::-1]


def _registration(request: CareRequest) -> Happening:
    return Happening(
        source=Source.REGISTRATION,
        code=request.channel,
        at=request.registered_at,
        actor_id=request.registered_by_id,
        start_on=request.start_on,
        pattern=WeekPattern(request.parts),
    )


def _sending(row: Sending, names: Mapping[str, str]) -> Happening:
    locations = tuple(sorted(names[id_] for id_ in row.recipients if id_ in names))
    return Happening(source=Source.SENDING, code=str(row.round), at=row.sent_at, locations=locations)


def _events(events: list[CaseEvent], acts: list[AuditEvent], names: Mapping[str, str]) -> Iterator[Happening]:
    who = {(act.action, act.at): act.actor_id for act in acts}
    for row in events:
        actors = (who.get((action, row.at)) for action in _ACTS_OF_EVENT.get(EventKind(row.kind), ()))
        yield Happening(
            source=Source.EVENT,
            code=row.kind,
            at=row.at,
            actor_kind=row.by,
            actor_id=next(filter(None, actors), None),
            locations=(names[str(row.location_id)],) if row.location_id else (),
            start_on=row.start_on,
            pattern=WeekPattern(row.parts) if row.parts else None,
            reply_by_on=row.reply_by_on,
            reason=row.reason,
            codes=("imported",) if row.imported else (),
        )


def _care(row: CareChange, names: Mapping[str, str]) -> Happening:
    """Tell what changed in a care, from the location where the child was to where it goes."""
    where = (row.placement.location_id, *([row.location_id] if row.location_id else []))
    return Happening(
        source=Source.CARE,
        code=row.kind,
        at=row.at,
        actor_kind=row.by,
        actor_id=row.by_id,
        locations=tuple(names[str(location_id)] for location_id in where),
        start_on=row.from_on,
        pattern=WeekPattern(row.parts) if row.parts else None,
        reason=row.reason,
        text=CareHours.parse("|".join(row.hours)).hours_words(),
        agreed_on=row.family_agreed_on,
    )


def _messages(request_id: UUID) -> Iterator[Happening]:
    for message in messages_of_request(request_id):
        yield Happening(
            source=Source.MESSAGE,
            code=message.state,
            at=message.sent_at or message.planned_at,
            text=message.subject,
            message=message,
        )


def _notes(request_id: UUID) -> Iterator[Happening]:
    for row in Note.objects.filter(request_id=request_id).order_by("at", "id"):
        yield Happening(source=Source.NOTE, code="note", at=row.at, actor_id=row.author_id, text=row.text)


def _acts(acts: list[AuditEvent], about: Mapping[UUID, UUID], names: Mapping[str, str]) -> Iterator[Happening]:
    """Yield what only the log tells; reads of one person on one day become one entry."""
    reads: dict[tuple[object, ...], Happening] = {}
    for row in acts:
        if row.action not in _TOLD_BY_THE_LOG and not (_TOLD_BY_CODE.get(row.action, set()) & set(row.codes)):
            continue
        location_id = about.get(row.subject_id) if row.subject_id else None
        happening = Happening(
            source=Source.ACT,
            code=row.action,
            at=row.at,
            actor_kind=row.actor_kind,
            actor_id=row.actor_id,
            locations=(names[str(location_id)],) if location_id else (),
            codes=tuple(row.codes),
        )
        if not happening.is_read:
            yield happening
            continue
        key = (row.action, row.actor_kind, row.actor_id, location_id, brussels_date(row.at))
        known = reads.get(key)
        reads[key] = replace(known, times=known.times + 1) if known else happening
    yield from reads.values()


def _locations_of_acts(acts: list[AuditEvent]) -> dict[UUID, UUID]:
    """Return which location each inquiry, offer, placement or location in the log is about."""
    subjects: dict[str, set[UUID]] = {}
    for act in acts:
        if act.subject_id:
            subjects.setdefault(act.subject_kind, set()).add(act.subject_id)
    found = {location_id: location_id for location_id in subjects.get("location", ())}
    found |= dict(Inquiry.objects.filter(id__in=subjects.get("inquiry", ())).values_list("id", "location_id"))
    found |= dict(Offer.objects.filter(id__in=subjects.get("offer", ())).values_list("id", "location_id"))
    found |= dict(Placement.objects.filter(id__in=subjects.get("placement", ())).values_list("id", "location_id"))
    return found


def _names(
    sendings: list[Sending], events: list[CaseEvent], changes: list[CareChange], about: Mapping[UUID, UUID]
) -> dict[str, str]:
    """Return the names of all locations on the timeline, by their id as text."""
    ids = {id_ for row in sendings for id_ in row.recipients}
    ids |= {str(row.location_id) for row in events if row.location_id}
    ids |= {str(location_id) for location_id in about.values()}
    ids |= {str(row.placement.location_id) for row in changes}
    ids |= {str(row.location_id) for row in changes if row.location_id}
    return {str(id_): name for id_, name in Location.objects.filter(id__in=ids).values_list("id", "name")}

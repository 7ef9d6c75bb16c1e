"""Telling a side that something waits: a mail without the words themselves, or a task where no mail arrives."""

from datetime import datetime
from typing import Final

from opvangloket.domains.contact import addresses
from opvangloket.domains.contact.models import ReadMark, Thread, ThreadMessage
from opvangloket.domains.providers.location_mail import mail_of, to_location
from opvangloket.domains.providers.stand_ins import copies, stand_ins_of
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import DeskTask, TaskKind
from opvangloket.foundation.messages.actions import plan_message, plan_messages
from opvangloket.rules.conversations import Side, is_mail_due
from opvangloket.rules.periods import brussels_date

CALL_FAMILY: Final = "Bel het gezin: er is een bericht en er is geen mailadres."
CALL_LOCATION: Final = "Bel de opvang: er is een bericht en er is geen mailadres."


def tell(thread: Thread, mark: ReadMark, message: ThreadMessage, *, now: datetime) -> bool:
    """Mail a side that something waits, as far as it is time; `message` is the last one for it. The desk has its list.

    The thread comes with its location and organiser, and with its request's applicant, child and desk.
    """
    due = is_mail_due(newest=mark.newest, read=mark.read, told=mark.told, told_at=mark.told_at, now=now)
    if not due or mark.side == Side.DESK:
        return False
    if mark.side == Side.FAMILY:
        _tell_family(thread, message, now)
    else:
        _tell_location(thread, message, now)
    mark.told, mark.told_at = mark.newest, now
    mark.save(update_fields=["told", "told_at"])
    return True


def ask_desk(thread: Thread, message: ThreadMessage, *, now: datetime) -> None:
    """Put a question to the desk on its worklist, until it writes back or ticks it off."""
    _task(thread, message, TaskKind.DESK_ASKED, "", now)


def settle_desk(thread: Thread, *, now: datetime) -> None:
    """Take the questions to the desk off its worklist: it wrote back."""
    asked = ThreadMessage.objects.filter(thread=thread, for_desk=True).values("id")
    DeskTask.objects.filter(kind=TaskKind.DESK_ASKED, subject_id__in=asked, done_at=None).update(done_at=now)


def _tell_family(thread: Thread, message: ThreadMessage, now: datetime) -> None:
    request, location = thread.request, thread.location
    if not request.applicant.email:
        _task(thread, message, TaskKind.OTHER, CALL_FAMILY, now)
        return
    plan_message(
        desk_id=thread.desk_id,
        template="message_waits_family",
        cause=f"message_waits:{thread.id}:{Side.FAMILY}:{message.number}",
        recipient=request.applicant.email,
        recipient_name=request.applicant.full_name,
        audience="family",
        context={
            "location_name": location.name,
            "link": addresses.of_family(request.desk.slug, request.reference, location.slug),
        },
        now=now,
        request_id=request.id,
    )


def _tell_location(thread: Thread, message: ThreadMessage, now: datetime) -> None:
    location = thread.location
    if not mail_of(location):
        _task(thread, message, TaskKind.OTHER, CALL_LOCATION, now)
    mail = to_location(
        location,
        "message_waits_organiser",
        cause=f"message_waits:{thread.id}:{Side.LOCATION}:{message.number}",
        context={"link": addresses.of_location(thread.request.reference, location.slug)},
    )
    readers = stand_ins_of([location], today=brussels_date(now)).get(location.id, ())
    plan_messages(copies(mail, readers), desk_id=thread.desk_id, request_id=thread.request_id, now=now)


def _task(thread: Thread, message: ThreadMessage, kind: TaskKind, note: str, now: datetime) -> None:
    open_task(
        desk_id=thread.desk_id,
        kind=kind,
        subject_id=message.id,
        request_id=thread.request_id,
        location_id=thread.location_id,
        due_on=brussels_date(now),
        now=now,
        note=note,
    )

"""The open questions of a location on paper, offered each week by a mail to whoever asked for it (SPEC §5).

The mail holds a link and no question: it carries 192 random bits, of which only the hash is kept. The list behind it
is made when it is opened, without names, and changes nothing: programs that scan mail open it too.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef

from opvangloket.domains.distribution.lines.sweeping import SweepFailed
from opvangloket.domains.distribution.models import Inquiry, WeeklyList
from opvangloket.domains.providers.location_mail import to_location
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.own_locations import asking_desks
from opvangloket.domains.providers.stand_ins import copies, stand_ins_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute, plan_messages
from opvangloket.foundation.tenancy.scopes import OrganiserScope, across_desks
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import count_words

DAYS_VALID: Final = 14
_BYTES: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyListFacts:
    """Of which location a list is, and whether its link still opens it."""

    location_id: UUID
    location_slug: str
    location_name: str
    organiser_id: UUID
    is_over: bool

    @property
    def scope(self) -> OrganiserScope:
        """The scope of the list behind this link: one location of one organiser."""
        return OrganiserScope(self.organiser_id, frozenset({self.location_id}))


class WeeklyListNotFound(OpvangloketError):
    """No location was ever mailed this link."""

    code = "weekly_list_not_found"
    message = "Deze link werkt niet. Kijk of je hem helemaal overnam."


def sweep_weekly_lists(*, now: datetime) -> int:
    """Mail its list to every location that asked for it and has open questions; return how many mails were planned.

    A location gets one list a week, from Monday on: after downtime, or when the first question of the week comes
    later, on a later day. A location that fails does not stop the others.
    """
    today = brussels_date(now)
    monday = today - timedelta(days=today.weekday())
    planned, failures = 0, []
    with across_desks("time passes at every desk"):
        waiting = Inquiry.objects.filter(location_id=OuterRef("id"), state=InquiryState.SENT)
        sent = WeeklyList.objects.filter(location_id=OuterRef("id"), monday=monday)
        due = Location.objects.filter(Exists(waiting), ~Exists(sent), weekly_list=True)
        for location_id in list(due.order_by("id").values_list("id", flat=True)):
            try:
                planned += _mail(location_id, monday, now=now)
            except Exception as failure:
                failure.add_note(f"location {location_id}")
                failures.append(failure)
    if failures:
        raise SweepFailed(f"{len(failures)} locations failed", failures)
    return planned


def open_weekly_list(token: str, *, now: datetime) -> WeeklyListFacts:
    """Return of which location a link is, without changing anything; raise WeeklyListNotFound for one that never was."""
    link = WeeklyList.objects.select_related("location").filter(token_hash=_digest(token)).first()
    if link is None:
        raise WeeklyListNotFound
    return WeeklyListFacts(
        location_id=link.location_id,
        location_slug=link.location.slug,
        location_name=link.location.name,
        organiser_id=link.location.organiser_id,
        is_over=now >= link.made_at + timedelta(days=DAYS_VALID),
    )


@transaction.atomic
def _mail(location_id: UUID, monday: date, *, now: datetime) -> bool:
    """Plan the mail of one location for one week, and return whether it had to be planned still."""
    token = secrets.token_urlsafe(_BYTES)
    facts = {"token_hash": _digest(token), "made_at": now}
    _link, made = WeeklyList.objects.get_or_create(location_id=location_id, monday=monday, defaults=facts)
    if not made:
        return False
    location = Location.objects.select_related("organiser").get(id=location_id)
    open_now = Inquiry.objects.filter(location_id=location_id, state=InquiryState.SENT)
    counted = open_now.aggregate(waiting=Count("id"), first_due_on=Min("due_on"))
    today = brussels_date(now)
    home = next((desk for desk in asking_desks([location_id], today=today)[location_id] if desk.is_home), None)
    message = to_location(
        location,
        "weekly_list",
        cause=f"weekly_list:{location_id}:{monday}",
        context={
            "questions": count_words(counted["waiting"], "open vraag", "open vragen"),
            "first_due_on": counted["first_due_on"],
            "until_on": today + timedelta(days=DAYS_VALID - 1),
            "link": absolute(f"/organisator/lijst/{token}/"),
        },
    )
    # A stand-in opens the list signed in: its role ends with a day, and a link does not know that day.
    signed_in = {"link": absolute(f"/organisator/locaties/{location.slug}/open-vragen.pdf"), "as_stand_in": True}
    readers = stand_ins_of([location], today=today).get(location_id, ())
    mails = copies(message, readers, **signed_in)
    return bool(plan_messages(mails, desk_id=home.id if home else None, now=now))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

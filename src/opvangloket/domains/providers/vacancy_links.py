"""Asking each week whether declared places are still free, by a mail whose link needs no password (SPEC §6).

A link carries 192 random bits; only their hash is kept. Opening it changes nothing: the page behind it has a button.
It confirms once, within `DAYS_VALID` days; afterwards it still shows the places, and can mail a fresh link.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from opvangloket.domains.providers.location_mail import mail_of, to_location
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, Vacancy, VacancyLink
from opvangloket.domains.providers.own_locations import AskingDesk, asking_desks
from opvangloket.domains.providers.stand_ins import copies, stand_ins_of
from opvangloket.domains.providers.vacancies import close_vacancy, confirm_vacancies, running_vacancies
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import NewMessage, absolute, plan_messages
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, OrganiserScope, across_desks, scope
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import ONE_DAY, brussels_date
from opvangloket.rules.wording import count_words, dutch_date

ASK_EVERY: Final = timedelta(days=7)
DAYS_VALID: Final = 30
_BYTES: Final = 24
# Somebody who reads the mail of the location: who that is, nobody knows.
BEARER: Final = Actor(ActorKind.ORGANISER)


class VacancyLinkState(StrEnum):
    """What a link is still good for."""

    USABLE = "usable"
    USED = "used"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyLinkFacts:
    """What a link is about, and the place from which its page looks: one location of one organiser."""

    state: VacancyLinkState
    location_id: UUID
    location_slug: str
    organiser_id: UUID
    home: AskingDesk | None

    @property
    def scope(self) -> OrganiserScope:
        """The scope of the page behind this link."""
        return OrganiserScope(self.organiser_id, frozenset({self.location_id}))


class VacancyLinkNotFound(OpvangloketError):
    """No location has this link."""

    code = "vacancy_link_not_found"
    message = "Deze link werkt niet. Kijk of je hem helemaal overnam."


class VacancyLinkUsed(OpvangloketError):
    """The link worked already, or too long ago; a fresh one can be mailed."""

    code = "vacancy_link_used"
    message = "Je gebruikte deze link al. Vraag een nieuwe om iets te veranderen."


def vacancy_link_address(token: str) -> str:
    """Return the address at which a location confirms its places; the route lives in `web`."""
    return absolute(f"/organisator/vrij/{token}/")


def open_vacancy_link(token: str, *, now: datetime) -> VacancyLinkFacts:
    """Return what a link is about, without changing anything; raise VacancyLinkNotFound for one that never was."""
    return _facts(_found(token), now=now)


@transaction.atomic
def confirm_by_link(*, token: str, now: datetime) -> int:
    """Confirm every free place by a link, which is used up with it; return how many.

    Raises VacancyLinkNotFound and VacancyLinkUsed.
    """
    link = _usable(token, now=now)
    link.used_at = now
    link.save(update_fields=["used_at"])
    with scope(_facts(link, now=now).scope):
        return confirm_vacancies(location_id=link.location_id, actor=BEARER, now=now)


@transaction.atomic
def close_by_link(*, token: str, vacancy_id: UUID, now: datetime) -> None:
    """Take one place away by a link, which goes on working; raise as `confirm_by_link` and `close_vacancy` do."""
    link = _usable(token, now=now)
    with scope(_facts(link, now=now).scope):
        close_vacancy(location_id=link.location_id, vacancy_id=vacancy_id, actor=BEARER, now=now)


@transaction.atomic
def mail_fresh_vacancy_link(*, token: str, now: datetime) -> bool:
    """Mail the location a fresh link and return whether there was something to ask; raise VacancyLinkNotFound.

    It goes to the location's own address, so whoever found an old link gets nothing. Once a day is enough.
    """
    link = _found(token, lock=True)
    return bool(_ask([link.location_id], now=now, to_stand_ins=False))


def sweep_vacancies(*, now: datetime) -> int:
    """Ask every location whose oldest free place was not confirmed for a week; return how many mails were planned.

    A location is asked at most once a week. One without an address is on the worklist of its desk.
    """
    last_week = brussels_date(now) - ASK_EVERY
    with across_desks("time passes at every desk"):
        asked = VacancyLink.objects.filter(made_at__gt=now - ASK_EVERY).values("location_id")
        rows = running_vacancies(brussels_date(now)).filter(location__closed_on=None).exclude(location_id__in=asked)
        old = rows.values("location_id").annotate(oldest=Min("confirmed_on")).filter(oldest__lte=last_week)
        return _ask(list(old.order_by("location_id").values_list("location_id", flat=True)), now=now)


@transaction.atomic
def _ask(location_ids: list[UUID], *, now: datetime, to_stand_ins: bool = True) -> int:
    """Make a link for each location and mail it, per home desk; return how many mails were planned."""
    today, planned = brussels_date(now), 0
    with across_desks("a location is asked whatever desk it belongs to"):
        rows = Location.objects.filter(id__in=location_ids).select_related("organiser")
        locations = {row.id: row for row in rows if mail_of(row)}
        places: dict[UUID, list[Vacancy]] = {}
        for vacancy in running_vacancies(today).filter(location_id__in=locations).order_by("start_on", "id"):
            places.setdefault(vacancy.location_id, []).append(vacancy)
        homes = LocationInDesk.objects.filter(relation=DeskRelation.HOME, end_on=None, location_id__in=places)
        by_desk: dict[UUID | None, list[UUID]] = {}
        desk_of = dict(homes.values_list("location_id", "desk_id"))
        for location_id in places:
            by_desk.setdefault(desk_of.get(location_id), []).append(location_id)
        readers = stand_ins_of(locations.values(), today=today) if to_stand_ins else {}
        for desk_id, ids in by_desk.items():
            fresh_days = _fresh_days(desk_id, today)
            messages = []
            for location in (locations[key] for key in ids):
                message = _message(location, places[location.id], fresh_days, now=now)
                messages += copies(message, readers.get(location.id, ()), **_signed_in(location))
            planned += len(plan_messages(messages, desk_id=desk_id, now=now))
    return planned


def _fresh_days(desk_id: UUID | None, today: date) -> int:
    if desk_id is None:
        return ASK_EVERY.days * 2
    with scope(DeskScope(desk_id)):
        return procedure_in_force(desk_id, today).procedure.vacancy_fresh_days


def _message(location: Location, places: list[Vacancy], fresh_days: int, *, now: datetime) -> NewMessage:
    """Return the mail to a location, with a link of its own."""
    token = secrets.token_urlsafe(_BYTES)
    VacancyLink.objects.create(location=location, token_hash=_digest(token), made_at=now)
    today = brussels_date(now)
    stale_on = min(vacancy.confirmed_on for vacancy in places) + timedelta(days=fresh_days)
    return to_location(
        location,
        "confirm_vacancies",
        cause=f"confirm_vacancies:{location.id}:{today}",
        context={
            "vacancies": [_place_words(vacancy) for vacancy in places],
            "until_on": max(stale_on, today + timedelta(days=1)),
            "link": vacancy_link_address(token),
        },
    )


def _signed_in(location: Location) -> dict[str, object]:
    """Return what a stand-in is told otherwise: its role ends with a day, so it confirms signed in and by no link."""
    return {"link": absolute(f"/organisator/locaties/{location.slug}/"), "as_stand_in": True}


def _place_words(vacancy: Vacancy) -> str:
    number = count_words(vacancy.places, "plaats", "plaatsen")
    hours = CareHours.parse("|".join(vacancy.hours)).hours_words()
    until = f"tot en met {dutch_date(vacancy.end_on - ONE_DAY)}" if vacancy.end_on else ""
    words = ", ".join(part for part in (WeekPattern(vacancy.parts).words(), until) if part)
    return f"{number}: {words}" + (f" ({hours})" if hours else "")


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _found(token: str, *, lock: bool = False) -> VacancyLink:
    links = VacancyLink.objects.select_related("location")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(token_hash=_digest(token)).first()
    if link is None:
        raise VacancyLinkNotFound
    return link


def _usable(token: str, *, now: datetime) -> VacancyLink:
    link = _found(token, lock=True)
    if _state(link, now) is not VacancyLinkState.USABLE:
        raise VacancyLinkUsed
    return link


def _state(link: VacancyLink, now: datetime) -> VacancyLinkState:
    if link.used_at:
        return VacancyLinkState.USED
    return VacancyLinkState.USABLE if now < link.made_at + timedelta(days=DAYS_VALID) else VacancyLinkState.OVER


def _facts(link: VacancyLink, *, now: datetime) -> VacancyLinkFacts:
    location = link.location
    with scope(OrganiserScope(location.organiser_id, frozenset({location.id}))):
        desks = asking_desks([location.id], today=brussels_date(now))[location.id]
    return VacancyLinkFacts(
        state=_state(link, now),
        location_id=location.id,
        location_slug=location.slug,
        organiser_id=location.organiser_id,
        home=next((desk for desk in desks if desk.is_home), None),
    )

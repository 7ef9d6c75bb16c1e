"""Who works for an organiser: its manager invites staff and stand-ins, for some locations, from a day until a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole
from opvangloket.foundation.accounts.people import account_for
from opvangloket.foundation.accounts.queries import account_of_address
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import NewMessage, absolute, plan_messages
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.periods import ONE_DAY, brussels_date

TEAM_PAGE: Final = "/organisator/medewerkers/"
INVITABLE = (OrganiserRole.STAFF, OrganiserRole.STAND_IN)


class InvitationRefused(OpvangloketError):
    """Somebody cannot be invited as asked."""

    code = "invitation_refused"


class NoSuchColleague(OpvangloketError):
    """Nobody with this running role can be ended here."""

    code = "no_such_colleague"
    message = "We vinden deze medewerker niet."


class LastManager(OpvangloketError):
    """An organiser keeps at least one manager."""

    code = "last_manager"
    message = "Er blijft altijd één verantwoordelijke. Voeg eerst iemand anders toe."


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with a role that runs or still has to start; `locations` is empty for all of them.

    Who has several roles stands once for each; `role_id` names the role.
    """

    role_id: UUID
    account_id: UUID
    name: str
    email: str
    role: OrganiserRole
    locations: tuple[str, ...]
    start_on: date
    end_on: date | None


@dataclass(frozen=True, slots=True)
class FormerRole:
    """A role that ended (`ended_on` is its first day without), or one that still has to start."""

    organiser_name: str
    start_on: date
    ended_on: date | None


def roles_not_running(account_id: UUID, *, today: date) -> tuple[FormerRole, ...]:
    """Return for each organiser the last role of an account that does not run today, one that still starts first."""
    with across_desks("an account is told about its own roles"):
        rows = OrganiserMembership.objects.filter(account_id=account_id).exclude(id__in=running(today).values("id"))
        of_organiser = {row.organiser_id: row for row in rows.order_by("start_on", "id")}
    names = dict(Organiser.objects.filter(id__in=of_organiser).values_list("id", "name"))
    roles = [
        FormerRole(names[one], row.start_on, row.end_on if row.start_on <= today else None)
        for one, row in of_organiser.items()
    ]
    return tuple(sorted(roles, key=lambda role: (role.ended_on is not None, role.start_on)))


def team_of(organiser_id: UUID, *, today: date) -> tuple[Colleague, ...]:
    """Return who works for an organiser today or later, managers first, by name, in two queries."""
    rows = standing(today).filter(organiser_id=organiser_id).select_related("account")
    held: defaultdict[_Role, list[OrganiserMembership]] = defaultdict(list)
    for row in rows.order_by("id"):
        held[_role(row)].append(row)
    names = dict(Location.objects.filter(organiser_id=organiser_id).values_list("id", "name"))
    team = [_colleague(own, names) for own in held.values()]
    return tuple(sorted(team, key=lambda one: (one.role is not OrganiserRole.MANAGER, one.name.lower())))


def manager_names(organiser_id: UUID, *, today: date) -> tuple[str, ...]:
    """Return the names of who manages an organiser today, by name."""
    return tuple(sorted((one.name for one in managers_of(organiser_id, today=today)), key=str.lower))


@transaction.atomic
def invite_colleague(
    *,
    organiser_id: UUID,
    address: str,
    name: str,
    role: OrganiserRole,
    location_ids: Collection[UUID],
    start_on: date,
    until_on: date | None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Give somebody a role at these locations (none: all) and mail how to come in; return the account's id.

    `until_on` is the last day, which a stand-in has to have: the role then ends by itself. Raises InvitationRefused.
    """
    today = brussels_date(now)
    organiser = Organiser.objects.select_for_update().get(id=organiser_id)
    _check(organiser_id, role, location_ids, start_on, until_on, today)
    with across_desks("an account may be of another organiser"):
        known = account_of_address(Audience.ORGANISER, address)
        if known:
            _check_beside(known, organiser_id, location_ids, today)
        if (
            known is None
            and Account.objects.filter(audience=Audience.ORGANISER, email__iexact=address.strip()).exists()
        ):
            raise InvitationRefused("Dit adres is afgesloten. Bel het loket.")
        places: list[UUID | None] = [*sorted(location_ids)] or [None]
        account = account_for(Audience.ORGANISER, address=address, name=name, now=now)
        OrganiserMembership.objects.bulk_create(
            OrganiserMembership(
                account=account,
                organiser_id=organiser_id,
                location_id=location_id,
                role=role,
                start_on=start_on,
                end_on=until_on + ONE_DAY if until_on else None,
            )
            for location_id in places
        )
        _write_down("organiser.give_role", account.id, role, actor, now)
        context = {
            "organiser_name": organiser.name,
            "start_on": start_on,
            "until_on": until_on,
            "link": absolute("/organisator/"),
        }
        mail_people([account], "colleague_invited", context, cause=now.isoformat(), now=now)
    return account.id


@transaction.atomic
def end_colleague(*, organiser_id: UUID, role_id: UUID, actor: Actor, now: datetime) -> None:
    """End a role today, at all its locations; managers hear that one of them goes.

    Raises NoSuchColleague or LastManager.
    """
    today = brussels_date(now)
    organiser = Organiser.objects.select_for_update().get(id=organiser_id)
    rows = standing(today).filter(organiser_id=organiser_id)
    ended = rows.filter(id=role_id).select_related("account").first()
    if ended is None:
        raise NoSuchColleague
    managers = list(managers_of(organiser_id, today=today))
    was_manager = ended.role == OrganiserRole.MANAGER
    if was_manager and len(managers) == 1:
        raise LastManager
    of_account = rows.filter(account_id=ended.account_id)
    of_account.filter(id__in=[row.id for row in of_account if _role(row) == _role(ended)]).update(end_on=today)
    with across_desks("an account belongs to no single desk"):
        _write_down("organiser.end_role", ended.account_id, ended.role, actor, now)
    if was_manager:
        words = f"{ended.account.name} is geen verantwoordelijke meer van {organiser.name}."
        tell_managers(managers, words, cause=f"{ended.id}:{now.isoformat()}", now=now)


def managers_of(organiser_id: UUID, *, today: date) -> tuple[Account, ...]:
    """Return who manages an organiser today, each once."""
    with across_desks("the managers of an organiser are told"):
        rows = running(today).filter(organiser_id=organiser_id, role=OrganiserRole.MANAGER)
        accounts = {row.account_id: row.account for row in rows.select_related("account").order_by("id")}
    return tuple(accounts.values())


def tell_managers(managers: Iterable[Account], outcome_words: str, *, cause: str, now: datetime) -> None:
    """Plan a mail to each of these managers about a change among them; `cause` names the change."""
    context = {"outcome_words": outcome_words, "link": absolute(TEAM_PAGE)}
    mail_people(managers, "managers_changed", context, cause=cause, now=now)


def mail_people(
    people: Iterable[Account], template: str, context: Mapping[str, object], *, cause: str, now: datetime
) -> None:
    """Plan the same mail to each of these people of an organiser; once for the same `cause`."""
    messages = [
        NewMessage(
            template=template,
            cause=f"{template}:{cause}:{account.id}",
            recipient=account.email,
            recipient_name=account.name,
            audience=Audience.ORGANISER,
            context=context,
        )
        for account in people
    ]
    plan_messages(messages, desk_id=None, now=now)


def _check(
    organiser_id: UUID,
    role: OrganiserRole,
    location_ids: Collection[UUID],
    start_on: date,
    until_on: date | None,
    today: date,
) -> None:
    if role not in INVITABLE:
        raise InvitationRefused("Een verantwoordelijke stel je voor: iemand anders bevestigt.")
    if Location.objects.filter(organiser_id=organiser_id, id__in=location_ids).count() != len(set(location_ids)):
        raise InvitationRefused("Kies locaties van jezelf.")
    if role is OrganiserRole.STAND_IN and until_on is None:
        raise InvitationRefused("Vul de laatste dag in van een vervanger. Dan stopt de rol vanzelf.")
    if start_on < today or (until_on is not None and until_on < start_on):
        raise InvitationRefused("De eerste dag is ten vroegste vandaag, de laatste dag komt daarna.")


def _check_beside(account: Account, organiser_id: UUID, location_ids: Collection[UUID], today: date) -> None:
    """Refuse a role beside another one, unless each has locations of its own: who works at A may stand in at B."""
    rows = standing(today).filter(account=account, organiser_id=organiser_id)
    held = set(rows.values_list("location_id", flat=True))
    if held and (None in held or not location_ids or held & set(location_ids)):
        raise InvitationRefused(
            "Dit adres heeft hier al een rol. Stop die eerst, of kies alleen locaties waar dit adres nog niet werkt."
        )


def running(today: date) -> QuerySet[OrganiserMembership]:
    """Return the roles that hold today, as far as the scope sees them."""
    return standing(today).filter(start_on__lte=today)


def standing(today: date) -> QuerySet[OrganiserMembership]:
    """Return the roles that hold today or start later, as far as the scope sees them."""
    return OrganiserMembership.objects.filter(Q(end_on=None) | Q(end_on__gt=today))


_Role = tuple[UUID, str, date, date | None]


def _role(row: OrganiserMembership) -> _Role:
    """Return what the rows of one role share: each row is one of its locations."""
    return row.account_id, row.role, row.start_on, row.end_on


def _colleague(own: list[OrganiserMembership], names: dict[UUID, str]) -> Colleague:
    first, ids = own[0], [row.location_id for row in own]
    locations = () if None in ids else tuple(sorted(names.get(one, "") for one in ids if one))
    return Colleague(
        role_id=first.id,
        account_id=first.account_id,
        name=first.account.name,
        email=first.account.email,
        role=OrganiserRole(first.role),
        locations=locations,
        start_on=first.start_on,
        end_on=first.end_on,
    )


def _write_down(action: str, account_id: UUID, role: str, actor: Actor, now: datetime) -> None:
    record(
        action,
        actor=actor,
        at=now,
        desk_id=None,
        subject_kind="account",
        subject_id=account_id,
        codes=[role] if role else [],
    )

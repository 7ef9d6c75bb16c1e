"""Who may see a page. A view without a guard cannot be routed (`tests/policy/test_routes.py`).

A guard finds the desk of the address, the person of the session and the right; opens the scope in which every query of
the page runs; and hands the view a typed visit. What a stranger may not know of is not found (404), never forbidden.

    @desk_page("worklist.read")
    def worklist(request: Request, visit: DeskVisit) -> HttpResponse: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.providers.queries import location_by_slug, locations_of_organiser
from opvangloket.foundation.accounts import sessions
from opvangloket.foundation.accounts.models import Account, DeskRole
from opvangloket.foundation.accounts.rights import rights
from opvangloket.foundation.accounts.sessions import OrganiserPerson
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, scope
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.web.middleware import Request
from opvangloket.web.refusals import not_for_this_role
from opvangloket.web.workplaces import role_behind

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who looks, when."""

    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return the day in Brussels."""
        return brussels_date(self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVisit(Visit):
    """A visit to a desk's public pages."""

    desk: Desk
    procedure: Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyVisit(PublicVisit):
    """A family that proved it holds the contact of its requests."""

    request_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganiserVisit(Visit):
    """Somebody of an organiser, at the locations where the page is for this person.

    `works_elsewhere` tells that there is another organiser to switch to.
    """

    person: OrganiserPerson
    location_ids: frozenset[UUID]
    works_elsewhere: bool

    @property
    def account(self) -> Account:
        """Who is signed in."""
        return self.person.account

    @property
    def organiser_id(self) -> UUID:
        """The organiser for which the person works now."""
        return self.person.organiser_id

    def may(self, action: str, *, at: UUID | None = None) -> bool:
        """Return whether this person may do `action` at a location, or at any of this organiser without one."""
        return self.person.may(action, at=at)

    def locations_for(self, action: str) -> frozenset[UUID]:
        """Return at which locations of the page this person may do `action`."""
        return frozenset(one for one in self.location_ids if self.person.may(action, at=one))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskVisit(PublicVisit):
    """Somebody of a desk."""

    account: Account
    role: str

    def may(self, action: str) -> bool:
        """Return whether this person's role may do `action` at this desk."""
        return rights().allows(action, self.role)


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands before a view, readable for the policy tests."""

    audience: str
    action: str | None


View = Callable[..., HttpResponse]


def _mark(view: View, audience: str, action: str | None) -> View:
    if action is not None and action not in rights().actions:
        raise LookupError(f"rights.yaml has no action {action!r}")
    view.guard = Guard(audience, action)  # type: ignore[attr-defined]
    return view


def open_page(view: Callable[Concatenate[Request, P], HttpResponse]) -> View:
    """Let anyone in; the page belongs to no desk and queries nothing of one."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return _mark(guarded, "anyone", None)


def _desk_or_404(request: Request) -> Desk:
    if request.desk is None:
        raise Http404("Dit loket bestaat niet.")
    return request.desk


def public_page(action: str = "location.search") -> Callable[[Callable[..., HttpResponse]], View]:
    """Let anyone in to a page of the desk in the address."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: Request, desk: str, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 - looked up already
            home = _desk_or_404(request)
            with scope(DeskScope(home.id)):
                visit = PublicVisit(
                    actor=Actor(ActorKind.VISITOR),
                    now=request.now,
                    desk=home,
                    procedure=procedure_in_force(home.id, brussels_date(request.now)).procedure,
                )
                return view(request, visit, **kwargs)

        return _mark(guarded, "visitor", action)

    return decorate


def family_page(action: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let a family in to its own requests; a `reference` in the address must be one of them."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: Request, desk: str, **kwargs: Any) -> HttpResponse:
            home = _desk_or_404(request)
            request_ids = sessions.family_requests(request.session, home.id)
            if not request_ids:
                return _to_door("family:sign_in", request, desk=desk)
            with scope(DeskScope(home.id)):
                procedure = procedure_in_force(home.id, brussels_date(request.now)).procedure
            with scope(FamilyScope(home.id, request_ids)):
                visit = FamilyVisit(
                    actor=Actor(ActorKind.PARENT),
                    now=request.now,
                    desk=home,
                    procedure=procedure,
                    request_ids=request_ids,
                )
                return view(request, visit, **kwargs)

        return _mark(guarded, "parent", action)

    return decorate


def organiser_page(action: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let somebody of an organiser in to what lies with its locations, across desks."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: Request, **kwargs: Any) -> HttpResponse:
            roles = sessions.organiser_roles(request.session, brussels_date(request.now))
            if roles is None:
                return _to_door("organiser:sign_in", request)
            person = roles.working
            if person is None or (len(roles.people) > 1 and role_behind(roles, kwargs)):
                return _to_door("organiser:work_for", request)
            if not _may_be_here(person, action, kwargs.get("location")):
                return not_for_this_role(request, person)
            location_ids = locations_of_organiser(person.organiser_id, only=person.reach(action))
            with scope(OrganiserScope(person.organiser_id, location_ids)):
                visit = OrganiserVisit(
                    actor=Actor(ActorKind.ORGANISER, person.account.id, person.account.name),
                    now=request.now,
                    person=person,
                    location_ids=location_ids,
                    works_elsewhere=len(roles.people) > 1,
                )
                return view(request, visit, **kwargs)

        return _mark(guarded, "organiser", action)

    return decorate


def _may_be_here(person: OrganiserPerson, action: str, slug: str | None) -> bool:
    """Tell whether a page is for somebody; who has several roles may do it at one location and not at another.

    A location at which the person has no role at all is not refused here: it is not found.
    """
    if not person.may(action) or slug is None or len(person.roles) == 1:
        return person.may(action)
    found = location_by_slug(slug)
    works_there = found is not None and found.organiser_id == person.organiser_id and person.works_at(found.id)
    return found is None or not works_there or person.may(action, at=found.id)


def desk_page(action: str) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let somebody of the desk in the address in; for everybody else that desk is not found."""

    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: Request, desk: str, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 - looked up already
            home = _desk_or_404(request)
            account = sessions.desk_account(request.session)
            if account is None:
                return _to_door("desk:sign_in", request)
            today = brussels_date(request.now)
            with scope(DeskScope(home.id)):
                role = sessions.role_at_desk(account, home.id, today)
                if role is None:
                    raise Http404("Dit loket bestaat niet.")
                if not rights().allows(action, role):
                    raise PermissionDenied
                kind = ActorKind.DESK_LEAD if role == DeskRole.LEAD else ActorKind.DESK_WORKER
                visit = DeskVisit(
                    actor=Actor(kind, account.id, account.name),
                    now=request.now,
                    desk=home,
                    procedure=procedure_in_force(home.id, today).procedure,
                    account=account,
                    role=role,
                )
                return view(request, visit, **kwargs)

        return _mark(guarded, "desk", action)

    return decorate


def _to_door(name: str, request: Request, **kwargs: str) -> HttpResponse:
    """Send somebody who has to say first who it is, or for whom it works, to that page, and back here afterwards."""
    after = urlencode({"na": request.get_full_path()})
    response: HttpResponse = HttpResponseRedirect(f"{reverse(name, kwargs=kwargs)}?{after}")
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = f"{reverse(name, kwargs=kwargs)}?{after}"
    return response

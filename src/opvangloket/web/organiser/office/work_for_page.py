"""For whom somebody with roles at several organisers works now; and what to do for who has no role (any more)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.inbox.rows import inbox_count
from opvangloket.domains.providers.own_locations import location_names, organiser_name
from opvangloket.domains.providers.queries import locations_of_organiser
from opvangloket.domains.providers.team import FormerRole, roles_not_running
from opvangloket.foundation.accounts import sessions
from opvangloket.foundation.accounts.models import OrganiserRole
from opvangloket.foundation.accounts.sessions import OrganiserPerson, OrganiserRoles
from opvangloket.foundation.tenancy.scopes import OrganiserScope, scope
from opvangloket.rules.periods import ONE_DAY, brussels_date
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.access.journey import wanted_page
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import Chrome
from opvangloket.web.workplaces import role_behind_address

MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """An organiser to work for: as what, for which locations, and how much waits there."""

    organiser_id: UUID
    name: str
    role_words: str
    waiting_words: str
    is_now: bool


@open_page
def work_for(request: Request) -> HttpResponse:
    """Ask for whom somebody works now, and lead on to the page that was wanted."""
    roles = sessions.organiser_roles(request.session, brussels_date(request.now))
    if roles is None:
        return HttpResponseRedirect(reverse("organiser:sign_in"))
    after = wanted_page(request)
    if not roles.people:
        return _without_role(request, roles)
    if request.method == "POST":
        chosen = [one for one in roles.people if str(one.organiser_id) == request.POST.get("organiser")]
        if chosen:
            sessions.work_for(request.session, chosen[0].organiser_id)
            rotate_token(request)  # a form that still stands open elsewhere was drawn for the other organiser
            return HttpResponseRedirect(after or reverse("organiser:inbox"))
    if len(roles.people) == 1:
        return HttpResponseRedirect(after or reverse("organiser:inbox"))
    asked = role_behind_address(roles, after) if after else None
    shown = [asked] if asked else list(roles.people)
    request.chrome = _chrome(roles)  # type: ignore[attr-defined]
    context = {
        "places": [_workplace(one, is_now=one is roles.working) for one in shown],
        "asked": organiser_name(asked.organiser_id) if asked else "",
        "now": organiser_name(roles.working.organiser_id) if roles.working else "",
        "action": request.get_full_path(),
    }
    return page(request, "organiser/work_for.html", context)


def _workplace(person: OrganiserPerson, *, is_now: bool) -> Workplace:
    location_ids = locations_of_organiser(person.organiser_id, only=person.only_locations)
    with scope(OrganiserScope(person.organiser_id, location_ids)):
        waiting = inbox_count(location_ids).waiting
        names = {one.id: one.name for one in location_names(location_ids)}
    words = ngettext("%(number)s vraag wacht op antwoord.", "%(number)s vragen wachten op antwoord.", waiting)
    return Workplace(
        organiser_id=person.organiser_id,
        name=organiser_name(person.organiser_id),
        role_words=". ".join(_role_words(role, only, names) for role, only in person.roles.items()),
        waiting_words=words % {"number": waiting} if waiting else _("Er wacht geen vraag."),
        is_now=is_now,
    )


def _role_words(role: OrganiserRole, only: frozenset[UUID] | None, known: Mapping[UUID, str]) -> str:
    label = role.label.capitalize()
    if only is None:
        return _("%(role)s van alle locaties") % {"role": label}
    names = [name for location_id, name in known.items() if location_id in only]
    if len(names) > MOST_NAMED:
        return _("%(role)s van %(number)s locaties") % {"role": label, "number": len(names)}
    return _("%(role)s van %(names)s") % {"role": label, "names": dutch_list(names)}


def _without_role(request: Request, roles: OrganiserRoles) -> HttpResponse:
    """Say when a role starts or when it ended: whoever signed in is told why there is nothing to see."""
    today = brussels_date(request.now)
    request.chrome = _chrome(roles)  # type: ignore[attr-defined]
    lines = [_not_running(one) for one in roles_not_running(roles.account.id, today=today)]
    return page(request, "organiser/no_role.html", {"lines": lines}, status=HTTPStatus.FORBIDDEN.value)


def _not_running(one: FormerRole) -> str:
    if one.ended_on is None:
        return _("Je werkt voor %(name)s vanaf %(day)s.") % {
            "name": one.organiser_name,
            "day": dutch_date(one.start_on),
        }
    last = dutch_date(one.ended_on - ONE_DAY)
    return _("Je werkte voor %(name)s tot en met %(day)s.") % {"name": one.organiser_name, "day": last}


def _chrome(roles: OrganiserRoles) -> Chrome:
    return Chrome(
        home_url=reverse("organiser:inbox"), account=roles.account.name, logout_url=reverse("organiser:sign_out")
    )

"""Links that sign in at once, for a demonstration. Routed in a playground only, and believed there only."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect

from opvangloket.foundation.accounts import demo_links, sessions
from opvangloket.foundation.accounts.actions import write_down_family_sign_in, write_down_sign_in
from opvangloket.foundation.accounts.queries import active_account
from opvangloket.web.access import journey
from opvangloket.web.access.staff import Door
from opvangloket.web.guards import PublicVisit, open_page, public_page
from opvangloket.web.middleware import Request


def staff(door: Door) -> Callable[..., HttpResponse]:
    """Return the page behind the link of somebody of an organiser or a desk."""

    @open_page
    def come_in(request: Request, token: str) -> HttpResponse:
        who = demo_links.read_token(token)
        account = active_account(who.account_id) if isinstance(who, demo_links.DemoAccount) else None
        if account is None or account.audience != door.audience:
            raise Http404
        sessions.open_account(request.session, account)
        write_down_sign_in(account_id=account.id, how="demo", now=request.now)
        return HttpResponseRedirect(journey.wanted_page(request) or door.home)

    return come_in


@public_page("session.open")
def family(request: Request, visit: PublicVisit, token: str) -> HttpResponse:
    """Open the requests of the family of a link."""
    who = demo_links.read_token(token)
    if not isinstance(who, demo_links.DemoFamily) or who.desk_id != visit.desk.id:
        raise Http404
    request.session.flush()
    sessions.open_family(request.session, who.desk_id, who.request_ids)
    write_down_family_sign_in(desk_id=who.desk_id, request_ids=who.request_ids, how="demo", now=visit.now)
    return HttpResponseRedirect(journey.wanted_page(request) or f"/{visit.desk.slug}/mijn/")

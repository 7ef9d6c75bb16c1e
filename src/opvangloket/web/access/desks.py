"""Which desk: somebody with a role at one goes straight there, somebody with several chooses."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.foundation.accounts.queries import desks_of_account
from opvangloket.foundation.accounts.sessions import desk_account
from opvangloket.rules.periods import brussels_date
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


@open_page
def choose(request: Request) -> HttpResponse:
    """Lead a desk account to its desk."""
    account = desk_account(request.session)
    if account is None:
        return HttpResponseRedirect(reverse("desk:sign_in"))
    desks = desks_of_account(account.id, brussels_date(request.now))
    if len(desks) == 1:
        return HttpResponseRedirect(f"/werk/{desks[0].slug}/")
    return page(request, "access/desks.html", {"desks": desks})

"""The door of families, at each desk: a mail address or the number of a request, then a code by mail. No account."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.requests.contacts import address_of_reference, requests_of_address
from opvangloket.foundation.accounts import codes, sessions
from opvangloket.foundation.accounts.actions import write_down_family_sign_in
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.references import normalise
from opvangloket.web import errors
from opvangloket.web.access import journey
from opvangloket.web.access.forms import DigitsForm, FamilyAddressForm
from opvangloket.web.access.steps import code_page, may_ask, may_try, refuse_code, sign_out_page
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage


@public_page("session.open")
def sign_in(request: Request, visit: PublicVisit) -> HttpResponse:
    """Ask for an address or a reference and send a code; the answer is the same whether we know it or not."""
    form = FamilyAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["address"]
        address = _address_behind(typed)
        if not may_ask(request, address):
            return errors.too_many(request)
        codes.send_code(
            audience=Audience.FAMILY,
            address=address,
            name="",
            known=bool(requests_of_address(address)),
            now=visit.now,
            desk_id=visit.desk.id,
        )
        step = journey.AwaitingCode(address, typed, journey.wanted_page(request))
        journey.await_code(request.session, step)
        return HttpResponseRedirect(_page_of(visit.desk, "sign_in_code"))
    question = QuestionPage(
        title=_("Bekijk je vraag"),
        why=_("Je krijgt een mail met een code. Je hebt geen wachtwoord nodig."),
        pictogram="email_send",
        submit=_("Stuur mij een code"),
    )
    return page(request, "access/sign_in.html", {"form": form, "question": question})


@public_page("session.open")
def code(request: Request, visit: PublicVisit) -> HttpResponse:
    """Ask for the code, and open all requests of its address at this desk."""
    step = journey.awaiting_code(request.session)
    if step is None:
        return HttpResponseRedirect(_page_of(visit.desk, "sign_in"))
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_try(request, step.address):
            return errors.too_many(request)
        digits = form.cleaned_data["digits"]
        right = codes.check_code(audience=Audience.FAMILY, address=step.address, digits=digits, now=visit.now)
        request_ids = requests_of_address(step.address)
        if right and request_ids:
            request.session.flush()
            sessions.open_family(request.session, visit.desk.id, request_ids)
            write_down_family_sign_in(desk_id=visit.desk.id, request_ids=request_ids, how="code", now=visit.now)
            return HttpResponseRedirect(step.after or f"/{visit.desk.slug}/mijn/")
        refuse_code(form)
    return code_page(request, form, step, again=_page_of(visit.desk, "sign_in"))


@public_page("session.open")
def sign_out(request: Request, visit: PublicVisit) -> HttpResponse:
    """End the session of this family on this device; a link only asks, a button does it."""
    if request.method == "POST":
        request.session.flush()
        return HttpResponseRedirect(f"/{visit.desk.slug}/")
    return sign_out_page(request)


def _address_behind(typed: str) -> str:
    """Return the address to send to; for a reference that we do not know, a name that nobody reads mail at."""
    if "@" in typed:
        return codes.normal_address(typed)
    return codes.normal_address(address_of_reference(typed)) or f"reference {normalise(typed)}"


def _page_of(desk: Desk, name: str) -> str:
    return reverse(f"family:{name}", kwargs={"desk": desk.slug})

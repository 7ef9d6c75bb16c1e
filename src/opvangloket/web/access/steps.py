"""What the doors have in common: limits, the page for the code, the page for going out."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.foundation.accounts import limits
from opvangloket.foundation.accounts.codes import CODE_MINUTES
from opvangloket.foundation.accounts.limits import take
from opvangloket.web.access import journey
from opvangloket.web.access.forms import DigitsForm
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage


def may_ask(request: Request, address: str) -> bool:
    """Take one request for a code, of this client and for this address; False when there were too many."""
    return take(limits.CODES_FOR_CLIENT, journey.client_of(request), now=request.now) and take(
        limits.CODES_TO_ADDRESS, address, now=request.now
    )


def may_try(request: Request, address: str) -> bool:
    """Take one try at a code, of this client and for this address; False when there were too many."""
    return take(limits.TRIES_OF_CLIENT, journey.client_of(request), now=request.now) and take(
        limits.TRIES_AT_ADDRESS, address, now=request.now
    )


def refuse_code(form: DigitsForm) -> None:
    """Say that the code does not open anything, the same for every reason."""
    form.add_error("digits", _("Deze code klopt niet, of werkt niet meer. Vraag een nieuwe code."))


def code_page(request: Request, form: DigitsForm, step: journey.AwaitingCode, *, again: str) -> HttpResponse:
    """Show the question for the code; `again` is where a new one can be asked."""
    question = QuestionPage(
        title=_("Vul de code uit je mail in"), pictogram="read", back_url=again, submit=_("Aanmelden")
    )
    shown = {"form": form, "question": question, "shown": step.shown, "minutes": CODE_MINUTES, "again": again}
    return page(request, "access/code.html", shown)


def sign_out_page(request: Request) -> HttpResponse:
    """Ask once more: a link alone never ends a session."""
    return page(request, "access/sign_out.html", {})

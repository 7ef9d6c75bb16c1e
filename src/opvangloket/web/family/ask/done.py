"""The confirmation: the number of the request, what happens next, and the code that proves the address."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.asking.questions import confirm_contact_by_code
from opvangloket.domains.requests.contact_codes import change_unproved_address, send_contact_code
from opvangloket.domains.requests.contacts import requests_of_address
from opvangloket.domains.requests.submitted import Submission, asked_before, submission_of
from opvangloket.foundation.accounts.actions import write_down_family_sign_in
from opvangloket.foundation.accounts.codes import CODE_MINUTES
from opvangloket.foundation.accounts.sessions import open_family
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.references import displayed
from opvangloket.web import errors
from opvangloket.web.access.forms import DigitsForm
from opvangloket.web.access.steps import may_ask, may_try
from opvangloket.web.calendar_file import CalendarDay, calendar_file
from opvangloket.web.family.ask.draft import Asking, asking_of
from opvangloket.web.family.ask.next_steps import dates_of, next_steps
from opvangloket.web.family.frame import frame
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


class AddressForm(forms.Form):
    """The right mail address, when the first one was typed wrong."""

    email = forms.EmailField(
        label=gettext_lazy("Het juiste e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("Dit e-mailadres klopt niet. Kijk na of er een @ en een punt in staan.")
        },
    )


@public_page("request.ask")
def done(request: Request, visit: PublicVisit) -> HttpResponse:
    """Show the confirmation; its forms prove the address, ask another code or put the address right."""
    asking = asking_of(request, visit)
    if asking.request_id is None or asking.token is None:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    frame(request, visit.desk)
    submission = submission_of(asking.request_id)
    if request.method != "POST" or submission.is_proved:
        return _draw(request, visit, asking, submission, DigitsForm())
    match request.POST.get("act"):
        case "again":
            return _mail_again(request, visit, asking, submission)
        case "address":
            return _put_right(request, visit, asking, submission)
        case _:
            return _prove(request, visit, asking, submission)


def _prove(request: Request, visit: PublicVisit, asking: Asking, submission: Submission) -> HttpResponse:
    """Take the digits; the right ones send the question out and open its pages in this browser."""
    form = DigitsForm(request.POST)
    if not form.is_valid():
        return _draw(request, visit, asking, submission, form)
    if not may_try(request, submission.email):
        return errors.too_many(request)
    assert asking.request_id  # noqa: S101 - `done` looked
    digits = form.cleaned_data["digits"]
    if not confirm_contact_by_code(request_id=asking.request_id, digits=digits, actor=visit.actor, now=visit.now):
        form.add_error("digits", _("Deze code klopt niet, of werkt niet meer. Vraag een nieuwe code."))
        return _draw(request, visit, asking, submission, form)
    own = requests_of_address(submission.email) | submission.ids
    open_family(request.session, visit.desk.id, own)
    write_down_family_sign_in(desk_id=visit.desk.id, request_ids=own, how="code", now=visit.now)
    return HttpResponseRedirect(request.path)


def _mail_again(request: Request, visit: PublicVisit, asking: Asking, submission: Submission) -> HttpResponse:
    if not may_ask(request, submission.email):
        return errors.too_many(request)
    assert asking.request_id  # noqa: S101 - `done` looked
    send_contact_code(request_id=asking.request_id, link=go_on_link(visit, asking), now=visit.now)
    return HttpResponseRedirect(f"{request.path}?code=opnieuw")


def _put_right(request: Request, visit: PublicVisit, asking: Asking, submission: Submission) -> HttpResponse:
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _draw(request, visit, asking, submission, DigitsForm(), address=form)
    if not may_ask(request, form.cleaned_data["email"]):
        return errors.too_many(request)
    assert asking.request_id  # noqa: S101 - `done` looked
    try:
        change_unproved_address(
            request_id=asking.request_id,
            email=form.cleaned_data["email"],
            link=go_on_link(visit, asking),
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as refused:
        form.add_error("email", refused.message)
        return _draw(request, visit, asking, submission, DigitsForm(), address=form)
    return HttpResponseRedirect(f"{request.path}?code=opnieuw")


def go_on_link(visit: PublicVisit, asking: Asking) -> str:
    """Return the full address of the link that goes on with a question, for a mail."""
    return absolute(reverse("family:ask_go_on", kwargs={"desk": visit.desk.slug, "token": asking.token}))


@public_page("request.ask")
def calendar(request: Request, visit: PublicVisit) -> HttpResponse:
    """Give the dates of the question just sent as a calendar file."""
    asking = asking_of(request, visit)
    if asking.request_id is None:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    submission = submission_of(asking.request_id)
    reference = submission.requests[0].reference
    days = [
        CalendarDay(
            key=f"{reference}-antwoord-{number}",
            on=dates.due_on,
            words=_("Opvangloket: laatste dag voor antwoord"),
            url=absolute(reverse("family:my_request", kwargs={"desk": visit.desk.slug, "reference": reference})),
        )
        for number, dates in enumerate(dates_of(submission, visit.procedure, today=visit.today), start=1)
    ]
    return calendar_file(days, host=request.get_host(), name=visit.desk.name, now=visit.now)


def _draw(
    request: Request,
    visit: PublicVisit,
    asking: Asking,
    submission: Submission,
    form: DigitsForm,
    *,
    address: AddressForm | None = None,
) -> HttpResponse:
    assert asking.request_id  # noqa: S101 - `done` looked
    context = {
        "form": address if address and address.errors else form,
        "digits": form,
        "address": address or AddressForm(initial={"email": submission.email}),
        "submission": submission,
        "references": [(one.child_first_name, displayed(one.reference)) for one in submission.requests],
        "steps": next_steps(submission, visit.procedure, today=visit.today),
        "first_reference": submission.requests[0].reference,
        "asked_before": [displayed(one) for one in asked_before(asking.request_id)] if submission.is_proved else [],
        "mailed_again": "code" in request.GET,
        "minutes": CODE_MINUTES,
    }
    return page(request, "family/ask/done.html", context)

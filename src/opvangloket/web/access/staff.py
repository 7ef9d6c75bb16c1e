"""The doors of organisers and desks: an address, a code by mail, and for a desk the digits of a phone as well."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from opvangloket.domains.providers.people import account_of_registered_address, is_registered_address
from opvangloket.foundation import clock
from opvangloket.foundation.accounts import codes, limits, sessions, totp
from opvangloket.foundation.accounts.actions import write_down_sign_in
from opvangloket.foundation.accounts.limits import take
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.accounts.queries import account_of_address, active_account
from opvangloket.rules.periods import brussels_date
from opvangloket.web import errors
from opvangloket.web.access import journey
from opvangloket.web.access.forms import DigitsForm, StaffAddressForm
from opvangloket.web.access.steps import code_page, may_ask, may_try, refuse_code, sign_out_page
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Door:
    """One audience's way in."""

    audience: Audience
    title: "StrPromise"
    home: str
    second_factor: bool
    registered: bool = False  # whether the address of an organiser's registration opens it too

    def address(self, name: str) -> str:
        """Return the address of one of this door's pages."""
        return reverse(f"{self.audience}:{name}")


ORGANISER = Door(
    Audience.ORGANISER, _lazy("Aanmelden als organisator"), "/organisator/", second_factor=False, registered=True
)
DESK = Door(Audience.DESK, _lazy("Aanmelden bij het loket"), "/werk/", second_factor=True)


def sign_in(door: Door) -> Callable[..., HttpResponse]:
    """Return the page that asks for an address and sends it a code."""

    @open_page
    def ask_address(request: Request) -> HttpResponse:
        form = StaffAddressForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            address = codes.normal_address(form.cleaned_data["address"])
            if not may_ask(request, address):
                return errors.too_many(request)
            account = account_of_address(door.audience, address)
            codes.send_code(
                audience=door.audience,
                address=address,
                name=account.name if account else "",
                known=account is not None
                or (door.registered and is_registered_address(address, today=brussels_date(request.now))),
                now=request.now,
            )
            journey.await_code(request.session, journey.AwaitingCode(address, address, journey.wanted_page(request)))
            return HttpResponseRedirect(door.address("sign_in_code"))
        question = QuestionPage(
            title=str(door.title),
            why=_("Je krijgt een mail met een code. Je hebt geen wachtwoord nodig."),
            pictogram="email_send",
            submit=_("Stuur mij een code"),
        )
        return page(request, "access/sign_in.html", {"form": form, "question": question})

    return ask_address


def code(door: Door) -> Callable[..., HttpResponse]:
    """Return the page that asks for the code."""

    @open_page
    def ask_code(request: Request) -> HttpResponse:
        step = journey.awaiting_code(request.session)
        if step is None:
            return HttpResponseRedirect(door.address("sign_in"))
        form = DigitsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if not may_try(request, step.address):
                return errors.too_many(request)
            digits = form.cleaned_data["digits"]
            right = codes.check_code(audience=door.audience, address=step.address, digits=digits, now=request.now)
            account = _account_behind(door, step.address, now=request.now) if right else None
            if account:
                return _past_the_code(request, door, account, step.after)
            refuse_code(form)
        return code_page(request, form, step, again=door.address("sign_in"))

    return ask_code


def _account_behind(door: Door, address: str, *, now: datetime) -> Account | None:
    """Return the account of an address that was proved, made at the first visit of a registered organiser."""
    if door.registered:
        return account_of_registered_address(address, now=now)
    return account_of_address(door.audience, address)


def _past_the_code(request: Request, door: Door, account: Account, after: str) -> HttpResponse:
    if not door.second_factor:
        return _come_in(request, account, "code", after or door.home)
    secret = "" if account.totp_confirmed_at else totp.new_secret()
    step = journey.AwaitingSecondFactor(account.id, secret, after or door.home)
    journey.await_second_factor(request.session, step, now=request.now)
    return HttpResponseRedirect(door.address("second_factor"))


def second_factor(door: Door) -> Callable[..., HttpResponse]:
    """Return the page that asks for the digits of the phone, and enrols a phone the first time."""

    @open_page
    def ask_digits(request: Request) -> HttpResponse:
        step = journey.awaiting_second_factor(request.session, now=request.now)
        account = active_account(step.account_id) if step else None
        if step is None or account is None:
            return HttpResponseRedirect(door.address("sign_in"))
        form = DigitsForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if not take(limits.TRIES_OF_SECOND_FACTOR, str(account.id), now=request.now):
                return errors.too_many(request)
            if _digits_are_right(step, form.cleaned_data["digits"]):
                return _come_in(request, account, "second_factor", step.after)
            form.add_error("digits", _("Deze code klopt niet. Wacht op de volgende code en probeer opnieuw."))
        return _second_factor_page(request, form, step, account)

    return ask_digits


def _digits_are_right(step: journey.AwaitingSecondFactor, digits: str) -> bool:
    at = clock.wall_time()
    if step.secret:
        return totp.confirm(account_id=step.account_id, secret=step.secret, digits=digits, at=at)
    return totp.check(account_id=step.account_id, digits=digits, at=at)


def _second_factor_page(
    request: Request, form: DigitsForm, step: journey.AwaitingSecondFactor, account: Account
) -> HttpResponse:
    if not step.secret:
        question = QuestionPage(
            title=_("Vul de code van je telefoon in"),
            why=_("Zo komt niemand binnen die alleen je mails kan lezen."),
            pictogram="mobile_phone",
            submit=_("Aanmelden"),
        )
        return page(request, "access/second_factor.html", {"form": form, "question": question})
    question = QuestionPage(
        title=_("Koppel je telefoon"),
        why=_("Je werkt met gegevens van gezinnen. Daarom vragen we ook een code van je telefoon."),
        pictogram="mobile_phone",
        submit=_("Koppelen en aanmelden"),
    )
    enrolment = totp.enrolment(secret=step.secret, address=account.email)
    return page(request, "access/enrol.html", {"form": form, "question": question, "enrolment": enrolment})


def sign_out(door: Door) -> Callable[..., HttpResponse]:
    """Return the page that ends a session; a link only asks, a button does it."""

    @open_page
    def go_out(request: Request) -> HttpResponse:
        if request.method == "POST":
            request.session.flush()
            return HttpResponseRedirect(door.address("sign_in"))
        return sign_out_page(request)

    return go_out


def _come_in(request: Request, account: Account, how: str, after: str) -> HttpResponse:
    sessions.open_account(request.session, account)
    write_down_sign_in(account_id=account.id, how=how, now=request.now)
    return HttpResponseRedirect(after)

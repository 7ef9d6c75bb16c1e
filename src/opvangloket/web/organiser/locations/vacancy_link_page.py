"""Confirming free places from a mail, without a password (SPEC §6). Opening the link changes nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.providers.own_locations import own_location, vacancies_of
from opvangloket.domains.providers.vacancy_links import (
    VacancyLinkFacts,
    VacancyLinkNotFound,
    close_by_link,
    confirm_by_link,
    mail_fresh_vacancy_link,
    open_vacancy_link,
)
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure
from opvangloket.web.acting import done_to_row
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.locations.location_facts import vacancy_rows
from opvangloket.web.pages import page
from opvangloket.web.ui.components import Chrome


@open_page
def show(request: Request, token: str) -> HttpResponse:
    """Show the free places of a location with one button that confirms them all."""
    facts = _facts_or_404(request, token)
    if request.method == "POST":
        try:
            confirm_by_link(token=token, now=request.now)
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
        return HttpResponseRedirect(_address(token))
    today = brussels_date(request.now)
    with scope(facts.scope):
        own = own_location(facts.location_slug)
        declared = vacancies_of([facts.location_id], today=today)
    context = {
        "location": own,
        "vacancies": vacancy_rows(declared, fresh_days=_fresh_days(request, facts), today=today),
        "state": facts.state.value,
        "own_url": _address(token),
        "close_url": reverse("organiser:vacancy_link_close", args=[token]),
        "fresh_url": reverse("organiser:vacancy_link_fresh", args=[token]),
        "location_url": reverse("organiser:location", args=[facts.location_slug]),
    }
    home = facts.home
    request.chrome = Chrome(place=home.name, phone=home.phone) if home else Chrome(place=own.name)  # type: ignore[attr-defined]
    return page(request, "organiser/vacancy_link.html", context)


@open_page
def close(request: Request, token: str) -> HttpResponse:
    """Take one place away that is no longer free."""
    _facts_or_404(request, token)

    def act(vacancy_id: UUID) -> str:
        close_by_link(token=token, vacancy_id=vacancy_id, now=request.now)
        return _("Weggehaald. Deze plaats is niet meer vrij.")

    done_to_row(request, act)
    return HttpResponseRedirect(_address(token))


@open_page
def fresh(request: Request, token: str) -> HttpResponse:
    """Mail the location a fresh link."""
    _facts_or_404(request, token)
    if request.method == "POST":
        if mail_fresh_vacancy_link(token=token, now=request.now):
            messages.success(request, _("Je krijgt een mail met een nieuwe link."))
        else:
            messages.info(request, _("Vandaag stuurden we al een link. Kijk in je mail."))
    return HttpResponseRedirect(_address(token))


def _fresh_days(request: Request, facts: VacancyLinkFacts) -> int:
    if facts.home is None:
        return Procedure().vacancy_fresh_days
    with scope(DeskScope(facts.home.id)):
        return procedure_in_force(facts.home.id, brussels_date(request.now)).procedure.vacancy_fresh_days


def _facts_or_404(request: Request, token: str) -> VacancyLinkFacts:
    try:
        return open_vacancy_link(token, now=request.now)
    except VacancyLinkNotFound as error:
        raise Http404(error.message) from error


def _address(token: str) -> str:
    return reverse("organiser:vacancy_link", args=[token])

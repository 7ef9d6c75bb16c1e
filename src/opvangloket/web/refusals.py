"""Saying kindly that a page is not for somebody's role, and who in the house can do it."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opvangloket.domains.providers.own_locations import organiser_name
from opvangloket.domains.providers.team import manager_names
from opvangloket.foundation.accounts.sessions import OrganiserPerson
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_list
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Chrome


def not_for_this_role(request: Request, person: OrganiserPerson) -> HttpResponse:
    """Answer 403 to somebody of an organiser, with the names of who may do this there."""
    request.chrome = Chrome(  # type: ignore[attr-defined]
        place=organiser_name(person.organiser_id),
        home_url=reverse("organiser:inbox"),
        account=person.account.name,
        logout_url=reverse("organiser:sign_out"),
    )
    managers = manager_names(person.organiser_id, today=brussels_date(request.now))
    context = {"ask": dutch_list(managers, conjunction="of")}
    return render(request, "ui/errors/403.html", context, status=HTTPStatus.FORBIDDEN.value)

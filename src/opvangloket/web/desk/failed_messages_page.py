"""Messages that did not arrive: once more, to another address, or by phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.deskwork.failed_messages import UndeliveredMessage, undelivered
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import send_again, send_all_again, told_by_phone
from opvangloket.foundation.messages.queries import failed_counts
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import EmptyState


class AgainForm(forms.Form):
    """Which message, and to which address."""

    message = forms.UUIDField(widget=forms.HiddenInput)
    address = forms.EmailField(label=gettext_lazy("E-mailadres"))


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A message as the page shows it, with its form."""

    one: UndeliveredMessage
    why: str
    about_url: str
    about: str
    form: AgainForm


@desk_page("message.send_again")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show what did not arrive."""
    return _draw(request, visit)


@desk_page("message.send_again")
def again(request: Request, visit: DeskVisit) -> HttpResponse:
    """Send one message once more, or note that it was told by phone; an address that cannot be right stays typed."""
    form = AgainForm(request.POST if request.method == "POST" else None, auto_id=_auto_id(request.POST.get("message")))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            if "told" in request.POST:
                told_by_phone(message_id=answers["message"], actor=visit.actor, now=visit.now)
                return _done(visit, request, _("Genoteerd. Dit bericht staat niet meer op de lijst."))
            send_again(message_id=answers["message"], address=answers["address"], actor=visit.actor, now=visit.now)
        except OpvangloketError as refused:
            form.add_error("address", refused.message)
        else:
            return _done(visit, request, _("Het bericht wordt opnieuw verstuurd."))
    return _draw(request, visit, form if form.is_bound else None)


@desk_page("message.send_again")
def all_again(request: Request, visit: DeskVisit) -> HttpResponse:
    """Send once more whatever no mail server took for a day: after a breakdown nobody presses a hundred times."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:failed_messages", args=[visit.desk.slug]))
    count = send_all_again(desk_id=visit.desk.id, actor=visit.actor, now=visit.now)
    if not count:
        return _done(visit, request, _("Alles was al opnieuw onderweg."))
    words = ngettext(
        "%(count)s bericht wordt opnieuw verstuurd.", "%(count)s berichten worden opnieuw verstuurd.", count
    )
    return _done(visit, request, words % {"count": count})


def _done(visit: DeskVisit, request: Request, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:failed_messages", args=[visit.desk.slug]))


def _draw(request: Request, visit: DeskVisit, tried: AgainForm | None = None) -> HttpResponse:
    rows, counts = [_row(one, visit, tried) for one in undelivered()], failed_counts()
    context: dict[str, Any] = {
        "rows": rows,
        "more": counts.all - len(rows),
        "given_up": counts.given_up if counts.given_up > 1 else 0,
        "tried": tried,
        "empty": EmptyState(title=_("Alles kwam aan"), words=_("Lukt een mail niet? Dan lees je het hier.")),
    }
    return show(request, visit, "desk/failed_messages.html", context, current="worklist")


def _row(one: UndeliveredMessage, visit: DeskVisit, tried: AgainForm | None) -> FailedRow:
    is_tried = tried is not None and tried.data.get("message") == str(one.id)
    fresh = AgainForm(initial={"message": one.id, "address": one.address}, auto_id=_auto_id(one.id))
    about_url, about = "", ""
    if one.reference:
        about_url, about = reverse("desk:file", args=[visit.desk.slug, one.reference]), _("Bekijk het gezin")
    elif one.location_slug:
        about_url, about = reverse("desk:location", args=[visit.desk.slug, one.location_slug]), one.location_name
    return FailedRow(one, why_words(one.failure), about_url, about, tried if tried and is_tried else fresh)


def why_words(failure: str) -> str:
    """Say in plain words why a message did not arrive; a mail server says 5xx when it never will take it."""
    if failure.startswith("5"):
        return _("Het adres bestaat niet, of weigert onze mail.")
    return _("De mail raakte een dag lang niet weg. Kijk of het adres klopt.")


def _auto_id(message_id: UUID | str | None) -> str:
    return f"bericht-{str(message_id)[-8:]}-%s"

"""Stopping here and going on later: a link to keep, and by mail for whoever wants."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.requests.drafts import KEPT_FOR, DraftGone, mail_draft_link
from opvangloket.web import errors
from opvangloket.web.access.steps import may_ask
from opvangloket.web.family.ask.done import go_on_link
from opvangloket.web.family.ask.draft import asking_of
from opvangloket.web.family.ask.steps import page_of
from opvangloket.web.family.frame import frame
from opvangloket.web.guards import PublicVisit, public_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page


class MailForm(forms.Form):
    """Where to mail the link."""

    email = forms.EmailField(
        label=gettext_lazy("Je e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("Dit e-mailadres klopt niet. Kijk na of er een @ en een punt in staan.")
        },
    )


@public_page("request.ask")
def later(request: Request, visit: PublicVisit) -> HttpResponse:
    """Show the link that goes on with this question, or mail it."""
    asking = asking_of(request, visit)
    if asking.token is None or asking.request_id:
        return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
    frame(request, visit.desk)
    form = MailForm(request.POST if request.method == "POST" else None)
    link = go_on_link(visit, asking)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if not may_ask(request, address):
            return errors.too_many(request)
        try:
            mail_draft_link(desk_id=visit.desk.id, token=asking.token, address=address, link=link, now=visit.now)
        except DraftGone:
            return HttpResponseRedirect(reverse("family:ask", kwargs={"desk": visit.desk.slug}))
        messages.success(request, _("De link is onderweg naar %(address)s.") % {"address": address})
        return HttpResponseRedirect(request.path)
    context = {
        "form": form,
        "link": link,
        "until_on": visit.today + KEPT_FOR,
        "go_on_url": page_of(visit.desk.slug, asking.questionnaire(visit).first_open()),
    }
    return page(request, "family/ask/later.html", context)

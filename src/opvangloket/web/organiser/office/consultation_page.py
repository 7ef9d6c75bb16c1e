"""Consultations of the desks: the invitation and its agenda, saying whether one comes, and the report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.cooperation.consultation_queries import (
    OwnInvitation,
    consultation_document,
    invitations_of_organiser,
    own_invitation,
)
from opvangloket.domains.cooperation.consultations import ConsultationNotFound, reply_to_invitation
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.messages.actions import absolute
from opvangloket.rules.consultations import REPLY_LABELS, Reply
from opvangloket.web.calendar_file import CalendarMoment, calendar_file
from opvangloket.web.documents import as_download
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import NEWS, draw
from opvangloket.web.ui.components import Chip, EmptyState, Tone
from opvangloket.web.ui.templatetags.ui import clock_time, full_date


class ReplyForm(forms.Form):
    """Whether the organiser comes, or who speaks for it."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Komen jullie?"),
        choices=[(reply.value, label[0].upper() + label[1:]) for reply, label in REPLY_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een antwoord.")},
    )
    represented_by = forms.TypedChoiceField(
        label=gettext_lazy("Wie vertegenwoordigt jullie?"),
        help_text=gettext_lazy("Alleen als iemand anders jullie vertegenwoordigt."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, others: tuple[tuple[int, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["represented_by"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies een organisator")),
            *((str(number), name) for number, name in others),
        ]


@organiser_page("consultation.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """List the invitations, the newest first."""
    rows = [
        {
            "title": one.facts.title,
            "url": reverse("organiser:consultation", args=[one.facts.reference]),
            "words": f"{one.facts.desk_name} · {_when(one)}",
            "chip": _chip(one),
        }
        for one in invitations_of_organiser(now=visit.now)
    ]
    empty = EmptyState(
        title=_("Nog geen overleg"), words=_("Een uitnodiging van het loket lees en beantwoord je hier.")
    )
    return draw(request, visit, "consultations.html", {"rows": rows, "empty": empty}, section=NEWS)


@organiser_page("consultation.read")
def show(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Show the invitation and the agenda, and afterwards the report."""
    own = _own_or_404(reference, visit)
    typed = {"reply": own.reply or "", "represented_by": own.represented_by or ""}
    return _page(request, visit, own, ReplyForm(initial=typed, others=own.others))


@organiser_page("consultation.reply")
def reply(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Take what the organiser says."""
    own = _own_or_404(reference, visit)
    form = ReplyForm(request.POST if request.method == "POST" else None, others=own.others)
    if request.method == "POST" and form.is_valid():
        try:
            reply_to_invitation(
                reference=reference,
                organiser_id=visit.organiser_id,
                reply=Reply(form.cleaned_data["reply"]),
                represented_by=form.cleaned_data["represented_by"],
                actor=visit.actor,
                now=visit.now,
            )
        except OpvangloketError as refused:
            if not _is_open(own):
                messages.warning(request, refused.message)
                return HttpResponseRedirect(reverse("organiser:consultation", args=[reference]))
            form.add_error("represented_by", refused.message)
        else:
            messages.success(request, _("Bewaard. Het loket ziet je antwoord."))
            return HttpResponseRedirect(reverse("organiser:consultation", args=[reference]))
    return _page(request, visit, own, form)


@organiser_page("consultation.read")
def document(request: Request, visit: OrganiserVisit, reference: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Send a document of a consultation."""
    try:
        return as_download(consultation_document(reference, number))
    except ConsultationNotFound as error:
        raise Http404(error.message) from error


@organiser_page("consultation.read")
def calendar(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Give the moment as a calendar file."""
    facts = _own_or_404(reference, visit).facts
    moment = CalendarMoment(
        key=f"overleg-{facts.reference}",
        starts_at=facts.starts_at,
        minutes=facts.minutes,
        words=f"{facts.title}, {facts.place}",
        url=absolute(reverse("organiser:consultation", args=[facts.reference])),
    )
    return calendar_file([moment], host=request.get_host(), name=facts.desk_name, now=visit.now)


def _own_or_404(reference: str, visit: OrganiserVisit) -> OwnInvitation:
    try:
        return own_invitation(reference, now=visit.now)
    except ConsultationNotFound as error:
        raise Http404(error.message) from error


def _page(request: Request, visit: OrganiserVisit, own: OwnInvitation, form: ReplyForm) -> HttpResponse:
    facts = own.facts
    is_open = _is_open(own)
    papers = [
        (one.title, reverse("organiser:consultation_document", args=[facts.reference, one.number]), one.of_report)
        for one in facts.documents
    ]
    context = {
        "facts": facts,
        "when": _when(own),
        "chip": _chip(own),
        "reply_words": _reply_words(own),
        "is_open": is_open,
        "form": form if is_open and visit.may("consultation.reply") else None,
        "papers": [(title, url) for title, url, of_report in papers if not of_report],
        "report_papers": [(title, url) for title, url, of_report in papers if of_report],
    }
    return draw(request, visit, "consultation.html", context, section=NEWS)


def _is_open(own: OwnInvitation) -> bool:
    """Tell whether one can still reply."""
    return not own.facts.has_begun and not own.facts.is_cancelled


def _when(own: OwnInvitation) -> str:
    return f"{full_date(own.facts.starts_at)}, {clock_time(own.facts.starts_at)}, {own.facts.place}"


def _reply_words(own: OwnInvitation) -> str:
    if own.reply is None:
        return ""
    names = dict(own.others)
    if own.represented_by in names:
        return _("Jullie antwoordden: %(name)s vertegenwoordigt ons.") % {"name": names[own.represented_by]}
    return _("Jullie antwoordden: %(reply)s.") % {"reply": REPLY_LABELS[own.reply]}


def _chip(own: OwnInvitation) -> Chip | None:
    if own.facts.is_cancelled:
        return Chip(_("gaat niet door"), Tone.WARM)
    if own.facts.has_begun:
        return Chip(_("verslag"), Tone.LEAF) if own.facts.reported_at else None
    if own.reply is None:
        return Chip(_("te beantwoorden"), Tone.WARM)
    return Chip(_("jullie komen niet"), Tone.COOL) if own.reply is Reply.NOT else Chip(_("jullie komen"), Tone.LEAF)

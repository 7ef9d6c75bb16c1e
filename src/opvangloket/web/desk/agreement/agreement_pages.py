"""The cooperation agreement at the desk: who signed, making a version, and the yearly look (SPEC §11)."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.cooperation.agreements import (
    AgreementNotFound,
    publish_agreement,
    remind_unsigned,
    review_agreement,
)
from opvangloket.domains.cooperation.queries import (
    AgreementAtDesk,
    Partner,
    Version,
    agreement_at_desk,
    version_numbered,
)
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.cooperation_agreement import Part, Signing, agreement_text
from opvangloket.web.acting import done_by_form
from opvangloket.web.desk.agreement.agreement_forms import (
    ReviewForm,
    VersionForm,
    typed_points,
)
from opvangloket.web.desk.agreement.signature_pages import as_pdf, signed_words
from opvangloket.web.desk.frame import show as draw
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Chip, EmptyState, Tone
from opvangloket.web.ui.templatetags.ui import plain_date

_SECTION: Final = "locations"
_PREVIEW, _PUBLISH = "preview", "publish"


@desk_page("agreement.follow")
def show(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show who signed the newest version, and when it is looked at again."""
    return _overview(request, visit, ReviewForm())


@desk_page("agreement.review")
def review(request: Request, visit: DeskVisit) -> HttpResponse:
    """Write down a yearly look at the agreement."""
    form = ReviewForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        answers = form.cleaned_data
        review_agreement(reviewed_on=answers["reviewed_on"], words=answers["words"], actor=visit.actor, now=visit.now)
        return _("Bewaard.")

    if done_by_form(request, form, act, beside="reviewed_on"):
        return HttpResponseRedirect(_url(visit, "agreement"))
    return _overview(request, visit, form)


@desk_page("agreement.remind")
def remind(request: Request, visit: DeskVisit) -> HttpResponse:
    """Mail whoever did not sign yet."""
    if request.method == "POST":
        try:
            number = remind_unsigned(desk=visit.desk, actor=visit.actor, now=visit.now)
        except AgreementNotFound as error:
            raise Http404(error.message) from error
        words = ngettext(
            "%(number)s organisator tekende nog niet en krijgt vandaag een mail.",
            "%(number)s organisatoren tekenden nog niet en krijgen vandaag een mail.",
            number,
        )
        messages.success(request, words % {"number": number} if number else _("Iedereen tekende al."))
    return HttpResponseRedirect(_url(visit, "agreement"))


@desk_page("agreement.publish")
def new(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask what was agreed besides, show the whole text, then send it to every organiser at once."""
    found = agreement_at_desk(visit.desk, today=visit.today)
    step = request.POST.get("step", "")
    if step not in {_PREVIEW, _PUBLISH}:
        initial = {"number": found.newest.number + 1 if found else 1}
        if request.method == "POST":  # back from the text, with what was typed
            return _form_page(request, visit, VersionForm(initial=initial | request.POST.dict()))
        typed = typed_points(found.newest.own_points) if found else {}
        return _form_page(request, visit, VersionForm(initial=initial | typed))
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, visit, form)
    if step == _PUBLISH:
        try:
            publish_agreement(
                desk=visit.desk, own=form.own, number=form.cleaned_data["number"], actor=visit.actor, now=visit.now
            )
        except OpvangloketError as refused:
            form.add_error(None, refused.message)
            return _form_page(request, visit, form)
        messages.success(request, _("Verstuurd. Alle organisatoren kunnen deze versie nu tekenen."))
        return HttpResponseRedirect(_url(visit, "agreement"))
    parts = agreement_text(visit.procedure, desk_name=visit.desk.name, own=form.own)
    known = {point for part in found.newest.parts for point in part.points} if found else set()
    context = {
        "form": form,
        "parts": _marked(parts, known, mark=bool(found)),
        "partners": len(found.partners) if found else None,
    }
    return draw(request, visit, "desk/agreement_preview.html", context, current=_SECTION)


@desk_page("agreement.follow")
def version(request: Request, visit: DeskVisit, number: int) -> HttpResponse:
    """Show one version whole."""
    one = _version_or_404(number)
    pdf_url = reverse("desk:agreement_pdf", args=[visit.desk.slug, number])
    context = {"version": one, "pdf_url": pdf_url}
    return draw(request, visit, "desk/agreement_version.html", context, current=_SECTION)


@desk_page("agreement.follow")
def pdf(request: Request, visit: DeskVisit, number: int) -> HttpResponse:  # noqa: ARG001
    """Give one version to print, with every part."""
    one = _version_or_404(number)
    return as_pdf(visit, one, one.parts)


def _overview(request: Request, visit: DeskVisit, form: ReviewForm) -> HttpResponse:
    found = agreement_at_desk(visit.desk, today=visit.today)
    new_act = Act(label=_("Maak de overeenkomst"), url=_url(visit, "new_agreement"))
    may_publish = visit.may("agreement.publish")
    if found is None:
        words = _("Ze volgt uit jullie instellingen. Jullie voegen toe wat jullie samen afspraken.")
        empty = EmptyState(title=_("Nog geen overeenkomst"), words=words, act=new_act if may_publish else None)
        return draw(request, visit, "desk/agreement.html", {"empty": empty}, current=_SECTION)
    context = {
        "found": found,
        "lead": _lead(found),
        "made": _("Versie %(number)s, verstuurd op %(day)s.")
        % {"number": found.newest.number, "day": plain_date(found.newest.published_at)},
        "rows": [_partner_row(visit, one) for one in _waiting_first(found)],
        "waiting": len(found.partners) - found.signed,
        "may_publish": may_publish,
        "may_review": visit.may("agreement.review"),
        "review_late": found.review_due_on <= visit.today,
        "form": form,
    }
    return draw(request, visit, "desk/agreement.html", context, current=_SECTION)


def _lead(found: AgreementAtDesk) -> str:
    total = len(found.partners)
    words = ngettext(
        "%(signed)s van %(total)s organisator tekende.", "%(signed)s van %(total)s organisatoren tekenden.", total
    )
    return words % {"signed": found.signed, "total": total}


def _waiting_first(found: AgreementAtDesk) -> list[Partner]:
    return sorted(found.partners, key=lambda one: one.signing is Signing.SIGNED)


def _partner_row(visit: DeskVisit, one: Partner) -> dict[str, Any]:
    return {
        "name": one.name,
        "words": signed_words(one),
        "chip": Chip(_("getekend"), Tone.LEAF)
        if one.signing is Signing.SIGNED
        else Chip(_("niet getekend"), Tone.WARM),
        "url": reverse("desk:agreement_paper", args=[visit.desk.slug, one.location_slug]),
    }


def _form_page(request: Request, visit: DeskVisit, form: VersionForm) -> HttpResponse:
    return draw(request, visit, "desk/agreement_new.html", {"form": form}, current=_SECTION)


def _marked(parts: tuple[Part, ...], known: set[str], *, mark: bool) -> list[dict[str, Any]]:
    """Return the text as it will read, each point with whether it is new since the version before."""
    return [
        {
            "title": part.title,
            "lead": part.lead,
            "points": [(point, mark and point not in known) for point in part.points],
        }
        for part in parts
    ]


def _version_or_404(number: int) -> Version:
    try:
        return version_numbered(number)
    except AgreementNotFound as error:
        raise Http404(error.message) from error


def _url(visit: DeskVisit, name: str) -> str:
    return reverse(f"desk:{name}", args=[visit.desk.slug])

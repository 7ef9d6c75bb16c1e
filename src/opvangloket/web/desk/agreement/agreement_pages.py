"""The cooperation agreement at the desk: who signed, making a version, papers, and the yearly look (SPEC §11)."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.cooperation.agreement_pdf import blank_pdf
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
    partner_of_desk,
    version_numbered,
)
from opvangloket.domains.cooperation.signing import sign_on_paper, signed_paper, take_signature_back
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.files.keeping import KeptDocument
from opvangloket.rules.cooperation_agreement import Part, Signing, agreement_text
from opvangloket.web.acting import done_by_form
from opvangloket.web.desk.agreement.agreement_forms import (
    PaperForm,
    ReviewForm,
    TakeBackForm,
    VersionForm,
    typed_points,
)
from opvangloket.web.desk.frame import show as draw
from opvangloket.web.documents import as_download
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
    return _file(visit, one, one.parts, organiser="")


@desk_page("agreement.record")
def paper(request: Request, visit: DeskVisit, location: str) -> HttpResponse:
    """Keep the paper that an organiser signed."""
    partner, newest, parts = _partner_or_404(visit, location)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()

    def act() -> str:
        answers = form.cleaned_data
        sign_on_paper(
            desk_id=visit.desk.id,
            organiser_id=partner.organiser_id,
            name=answers["name"],
            signed_on=answers["signed_on"],
            document=answers["paper"],
            actor=visit.actor,
            now=visit.now,
        )
        return _("Bewaard. %(name)s tekende.") % {"name": partner.name}

    if done_by_form(request, form, act, beside="signed_on"):
        return HttpResponseRedirect(_url(visit, "agreement"))
    return _paper_page(request, visit, (partner, newest, parts), form, TakeBackForm())


@desk_page("agreement.take_back")
def take_back(request: Request, visit: DeskVisit, location: str) -> HttpResponse:
    """Take back a paper that was put with the wrong organiser."""
    partner, newest, parts = _partner_or_404(visit, location)
    form = TakeBackForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        because = form.cleaned_data["because"]
        take_signature_back(organiser_id=partner.organiser_id, because=because, actor=visit.actor, now=visit.now)
        return _("Teruggenomen. %(name)s kan opnieuw tekenen.") % {"name": partner.name}

    if done_by_form(request, form, act, beside="because"):
        return HttpResponseRedirect(_url(visit, "agreement"))
    return _paper_page(request, visit, (partner, newest, parts), PaperForm(), form)


@desk_page("agreement.follow")
def paper_file(request: Request, visit: DeskVisit, location: str) -> HttpResponse:  # noqa: ARG001
    """Give the newest paper that an organiser signed."""
    partner, _newest, _parts = _partner_or_404(visit, location)
    if partner.signature is None:
        raise Http404
    try:
        return as_download(signed_paper(partner.organiser_id, visit.desk.id, partner.signature.number))
    except AgreementNotFound as error:
        raise Http404(error.message) from error


@desk_page("agreement.follow")
def partner_pdf(request: Request, visit: DeskVisit, location: str) -> HttpResponse:  # noqa: ARG001
    """Give the newest version as it holds for one organiser, to print and sign."""
    partner, newest, parts = _partner_or_404(visit, location)
    return _file(visit, newest, parts, organiser=partner.name)


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
        "words": _signed_words(one),
        "chip": Chip(_("getekend"), Tone.LEAF)
        if one.signing is Signing.SIGNED
        else Chip(_("niet getekend"), Tone.WARM),
        "url": reverse("desk:agreement_paper", args=[visit.desk.slug, one.location_slug]),
    }


def _signed_words(one: Partner) -> str:
    if one.signature is None:
        return _("Tekende nog geen versie.")
    facts = {"name": one.signature.name, "day": plain_date(one.signature.signed_on), "number": one.signature.number}
    if one.signing is Signing.EARLIER:
        return _("Tekende versie %(number)s op %(day)s, deze nog niet.") % facts
    return (_("%(name)s, %(day)s, op papier.") if one.signature.on_paper else _("%(name)s, %(day)s.")) % facts


def _form_page(request: Request, visit: DeskVisit, form: VersionForm) -> HttpResponse:
    return draw(request, visit, "desk/agreement_new.html", {"form": form}, current=_SECTION)


def _paper_page(
    request: Request,
    visit: DeskVisit,
    found: tuple[Partner, Version, tuple[Part, ...]],
    form: PaperForm,
    back_form: TakeBackForm,
) -> HttpResponse:
    partner, newest, _parts = found
    is_signed = partner.signing is Signing.SIGNED
    signature = partner.signature
    keys = [visit.desk.slug, partner.location_slug]
    context = {
        "partner": partner,
        "words": _signed_words(partner),
        "number": newest.number,
        "form": None if is_signed else form,
        "back_form": back_form
        if is_signed and signature and signature.on_paper and visit.may("agreement.take_back")
        else None,
        "pdf_url": reverse("desk:agreement_partner_pdf", args=keys),
        "paper_url": reverse("desk:agreement_paper_file", args=keys) if signature and signature.has_paper else "",
        "own_url": reverse("desk:agreement_paper", args=keys),
        "back_url": reverse("desk:agreement_take_back", args=keys),
    }
    return draw(request, visit, "desk/agreement_paper.html", context, current=_SECTION)


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


def _file(visit: DeskVisit, one: Version, parts: tuple[Part, ...], *, organiser: str) -> HttpResponse:
    content = blank_pdf(
        desk_name=visit.desk.name,
        organiser_name=organiser,
        number=one.number,
        published_at=one.published_at,
        parts=parts,
    )
    title = _("Samenwerkingsovereenkomst versie %(number)s %(name)s") % {"number": one.number, "name": organiser}
    return as_download(KeptDocument(title, content))


def _partner_or_404(visit: DeskVisit, location: str) -> tuple[Partner, Version, tuple[Part, ...]]:
    try:
        return partner_of_desk(visit.desk, location, today=visit.today)
    except AgreementNotFound as error:
        raise Http404(error.message) from error


def _version_or_404(number: int) -> Version:
    try:
        return version_numbered(number)
    except AgreementNotFound as error:
        raise Http404(error.message) from error


def _url(visit: DeskVisit, name: str) -> str:
    return reverse(f"desk:{name}", args=[visit.desk.slug])

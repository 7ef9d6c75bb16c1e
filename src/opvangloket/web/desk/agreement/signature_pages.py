"""The signature of one organiser on the agreement: the text to print for it, and the paper that came back (SPEC §11)."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.cooperation.agreement_pdf import blank_pdf
from opvangloket.domains.cooperation.agreements import AgreementNotFound
from opvangloket.domains.cooperation.queries import Partner, Version, partner_of_desk
from opvangloket.domains.cooperation.signing import sign_on_paper, signed_paper, take_signature_back
from opvangloket.foundation.files.keeping import KeptDocument
from opvangloket.rules.cooperation_agreement import Part, Signing
from opvangloket.web.acting import done_by_form
from opvangloket.web.desk.agreement.agreement_forms import PaperForm, TakeBackForm
from opvangloket.web.desk.frame import show as draw
from opvangloket.web.documents import as_download
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.templatetags.ui import plain_date

_SECTION: Final = "locations"


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
        return HttpResponseRedirect(reverse("desk:agreement", args=[visit.desk.slug]))
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
        return HttpResponseRedirect(reverse("desk:agreement", args=[visit.desk.slug]))
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
    return as_pdf(visit, newest, parts, organiser=partner.name)


def signed_words(one: Partner) -> str:
    """Say who signed which version when."""
    if one.signature is None:
        return _("Tekende nog geen versie.")
    facts = {"name": one.signature.name, "day": plain_date(one.signature.signed_on), "number": one.signature.number}
    if one.signing is Signing.EARLIER:
        return _("Tekende versie %(number)s op %(day)s, deze nog niet.") % facts
    return (_("%(name)s, %(day)s, op papier.") if one.signature.on_paper else _("%(name)s, %(day)s.")) % facts


def as_pdf(visit: DeskVisit, one: Version, parts: tuple[Part, ...], *, organiser: str = "") -> HttpResponse:
    """Give a version to print; with the name of the organiser for which it is."""
    content = blank_pdf(
        desk_name=visit.desk.name,
        organiser_name=organiser,
        number=one.number,
        published_at=one.published_at,
        parts=parts,
    )
    title = _("Samenwerkingsovereenkomst versie %(number)s %(name)s") % {"number": one.number, "name": organiser}
    return as_download(KeptDocument(title, content))


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
        "words": signed_words(partner),
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


def _partner_or_404(visit: DeskVisit, location: str) -> tuple[Partner, Version, tuple[Part, ...]]:
    try:
        return partner_of_desk(visit.desk, location, today=visit.today)
    except AgreementNotFound as error:
        raise Http404(error.message) from error

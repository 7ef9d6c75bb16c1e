"""The cooperation agreements with the desks: read what holds for one's own locations, and sign it (SPEC §11)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.cooperation.agreement_pdf import own_pdf
from opvangloket.domains.cooperation.agreements import AgreementNotFound
from opvangloket.domains.cooperation.queries import OwnAgreement, agreements_of_organiser, own_agreement
from opvangloket.domains.cooperation.signing import LONGEST_NAME, AgreementReplaced, sign_agreement, signed_paper
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.files.keeping import KeptDocument
from opvangloket.rules.cooperation_agreement import Signing
from opvangloket.web.documents import as_download
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import MIRROR, draw
from opvangloket.web.ui.components import Chip, EmptyState, Tone
from opvangloket.web.ui.templatetags.ui import plain_date


class SignForm(forms.Form):
    """Whoever signs types the own name, and says to have read it."""

    digest = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Je voornaam en naam"),
        help_text=gettext_lazy("Je naam telt als handtekening."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Typ je naam om te tekenen.")},
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("Ik las deze overeenkomst. Ik teken voor mijn organisatie."),
        error_messages={"required": gettext_lazy("Kruis dit aan als je akkoord gaat.")},
    )

    def clean_name(self) -> str:
        """Return the name in one line; a few letters at least."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if sum(letter.isalpha() for letter in name) < 2:
            raise forms.ValidationError(_("Typ je voornaam en je naam."))
        return name


@organiser_page("agreement.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """List the agreements, one per desk that looks after a location of ours."""
    rows = [
        {
            "name": one.desk_name,
            "url": reverse("organiser:agreement_with_desk", args=[one.desk_slug]),
            "words": _standing(one),
            "chip": _chip(one),
        }
        for one in agreements_of_organiser(visit.organiser_id, today=visit.today)
    ]
    empty = EmptyState(
        title=_("Nog geen overeenkomst"),
        words=_("Maakt je loket er een? Dan krijg je een mail, en lees en teken je ze hier."),
    )
    return draw(request, visit, "cooperations.html", {"rows": rows, "empty": empty}, section=MIRROR)


@organiser_page("agreement.read")
def show(request: Request, visit: OrganiserVisit, loket: str) -> HttpResponse:
    """Show the agreement with a desk, and what stands under it."""
    own = _own_or_404(loket, visit)
    return _page(request, visit, own, _form(own, visit))


@organiser_page("agreement.sign")
def sign(request: Request, visit: OrganiserVisit, loket: str) -> HttpResponse:
    """Take a signature; whoever read an older text sees the new one first, and nothing is signed."""
    own = _own_or_404(loket, visit)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("organiser:agreement_with_desk", args=[loket]))
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            sign_agreement(
                desk_id=own.desk_id,
                number=form.cleaned_data["number"],
                read_digest=form.cleaned_data["digest"],
                organiser_id=visit.organiser_id,
                name=form.cleaned_data["name"],
                actor=visit.actor,
                now=visit.now,
            )
        except AgreementReplaced as replaced:
            messages.warning(request, replaced.message)
            return HttpResponseRedirect(reverse("organiser:agreement_with_desk", args=[loket]))
        except OpvangloketError as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, _("Getekend. Het loket ziet je handtekening."))
            return HttpResponseRedirect(reverse("organiser:agreement_with_desk", args=[loket]))
    return _page(request, visit, own, form)


@organiser_page("agreement.read")
def pdf(request: Request, visit: OrganiserVisit, loket: str) -> HttpResponse:  # noqa: ARG001
    """Give the agreement to print, with the signature when there is one."""
    own = _own_or_404(loket, visit)
    title = _("Samenwerkingsovereenkomst %(desk)s versie %(number)s") % {"desk": own.desk_name, "number": own.number}
    return as_download(KeptDocument(title, own_pdf(own)))


@organiser_page("agreement.read")
def paper(request: Request, visit: OrganiserVisit, loket: str) -> HttpResponse:  # noqa: ARG001
    """Give the paper that was signed, as the desk keeps it."""
    own = _own_or_404(loket, visit)
    try:
        return as_download(signed_paper(visit.organiser_id, own.desk_id, own.number))
    except AgreementNotFound as error:
        raise Http404(error.message) from error


def _own_or_404(loket: str, visit: OrganiserVisit) -> OwnAgreement:
    try:
        return own_agreement(loket, visit.organiser_id, today=visit.today)
    except AgreementNotFound as error:
        raise Http404(error.message) from error


def _form(own: OwnAgreement, visit: OrganiserVisit) -> SignForm | None:
    if own.signing is Signing.SIGNED or not visit.may("agreement.sign"):
        return None
    return SignForm(initial={"digest": own.digest, "number": own.number})


def _page(request: Request, visit: OrganiserVisit, own: OwnAgreement, form: SignForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        "own": own,
        "form": form,
        "chip": _chip(own),
        "standing": _standing(own),
        "sign_url": reverse("organiser:sign_agreement", args=[own.desk_slug]),
        "pdf_url": reverse("organiser:agreement_pdf", args=[own.desk_slug]),
        "paper_url": _paper_url(own),
    }
    return draw(request, visit, "cooperation.html", context, section=MIRROR)


def _paper_url(own: OwnAgreement) -> str:
    has_paper = own.signature is not None and own.signature.has_paper
    return reverse("organiser:agreement_paper", args=[own.desk_slug]) if has_paper else ""


def _chip(own: OwnAgreement) -> Chip:
    if own.signing is Signing.SIGNED:
        return Chip(_("getekend"), Tone.LEAF)
    return Chip(_("te tekenen"), Tone.WARM)


def _standing(own: OwnAgreement) -> str:
    """Say who signed which version when."""
    made = _("Versie %(number)s van %(day)s.") % {"number": own.number, "day": plain_date(own.published_at)}
    if not own.signatures:
        return made
    last = own.signatures[0]
    facts = {"name": last.name, "day": plain_date(last.signed_on), "number": last.number}
    if own.signing is Signing.EARLIER:
        return made + " " + _("%(name)s tekende versie %(number)s op %(day)s.") % facts
    how = _("%(name)s tekende op %(day)s, op papier.") if last.on_paper else _("%(name)s tekende op %(day)s.")
    return f"{made} {how % facts}"

"""Two requests side by side: is it the same child? Then one goes up in the other; it can be undone."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.deskwork.actions import keep_apart
from opvangloket.domains.distribution.closing.searches import merge
from opvangloket.domains.requests.duplicates import LikelyDuplicate, find_likely_duplicates
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_requests import LABELS
from opvangloket.rules.references import displayed, is_valid, normalise
from opvangloket.rules.wording import dutch_list
from opvangloket.web.desk.case import Case, open_case
from opvangloket.web.desk.files.file_facts import wish_words
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Column, DataTable, WorklistRow
from opvangloket.web.ui.components.lists import TableCell
from opvangloket.web.ui.templatetags.ui import plain_date

_LONGEST_REASON: Final = 500
THIS, OTHER, APART = "this", "other", "apart"


class OtherForm(forms.Form):
    """The reference of another request, when the system did not see the likeness."""

    reference = forms.CharField(
        label=gettext_lazy("Nummer van de andere vraag"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "width-12", "autocomplete": "off"}),
    )

    def clean_reference(self) -> str:
        """Return the reference as it is stored; say so when it cannot be one."""
        text: str = self.cleaned_data["reference"]
        if not is_valid(text):
            raise forms.ValidationError(_("Dit nummer klopt niet. Kijk het na op de bevestiging van het gezin."))
        return normalise(text)


class MergeForm(forms.Form):
    """Which request remains, or that these are two children."""

    choice = forms.ChoiceField(label=gettext_lazy("Is dit hetzelfde kind?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Hoe weet je dat?"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@desk_page("request.merge")
def duplicates(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """List the requests that may be about the same child, and let another one be named."""
    case = open_case(visit, reference)
    form = OtherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(case.url("compare", form.cleaned_data["reference"]))
    rows = [_row(case, other) for other in find_likely_duplicates(case.file.request_id)]
    return show(request, visit, "desk/duplicates.html", {"case": case, "rows": rows, "form": form}, current="families")


@desk_page("request.merge")
def compare(request: Request, visit: DeskVisit, reference: str, other: str) -> HttpResponse:
    """Show two requests side by side, and merge them or keep them apart."""
    case, second = open_case(visit, reference), open_case(visit, other)
    if case.file.request_id == second.file.request_id:
        raise Http404("Dit is twee keer dezelfde vraag.")
    form = MergeForm(request.POST or None)
    form.fields["choice"].choices = [  # type: ignore[attr-defined]
        (THIS, _("Ja, behoud %(reference)s") % {"reference": case.reference}),
        (OTHER, _("Ja, behoud %(reference)s") % {"reference": second.reference}),
        (APART, _("Nee, dit zijn twee kinderen")),
    ]
    if request.method == "POST" and form.is_valid():
        remaining = _decide(request, case, second, form)
        if remaining is not None:
            return HttpResponseRedirect(remaining.url())
    context = {"case": case, "other": second, "table": _side_by_side(case, second), "form": form}
    return show(request, visit, "desk/compare.html", context, current="families")


def _decide(request: Request, case: Case, other: Case, form: MergeForm) -> Case | None:
    """Do what was chosen and return the file to go on with; None when it is refused."""
    choice, reason = form.cleaned_data["choice"], form.cleaned_data["reason"]
    gone, kept = (case, other) if choice == OTHER else (other, case)
    actor, now = case.visit.actor, case.visit.now
    first, second = gone.file.request_id, kept.file.request_id
    try:
        if choice == APART:
            keep_apart(request_id=first, other_id=second, note=reason, actor=actor, now=now)
        else:
            merge(request_id=first, into_id=second, reason=reason, actor=actor, now=now)
    except OpvangloketError as error:
        form.add_error(None, error.message)
        return None
    said = (
        _("Genoteerd: dit zijn twee kinderen.")
        if choice == APART
        else _("Samengevoegd. Je kan dit nog ongedaan maken.")
    )
    messages.success(request, said)
    return kept


def _row(case: Case, other: LikelyDuplicate) -> WorklistRow:
    name = other.child_name or other.applicant_name
    return WorklistRow(
        key=f"gezin-{other.reference.lower()}",
        title=f"{name} · {displayed(other.reference)}",
        reason=f"{capfirst(dutch_list(other.reasons))}. {capfirst(LABELS[other.state])}.",
        url=case.url("compare", other.reference),
        urgency="soon",
    )


def _side_by_side(case: Case, other: Case) -> DataTable:
    """Return both requests line by line."""
    columns = (Column(_("Wat")), Column(case.reference), Column(other.reference))
    lines = zip(_facts(case), _facts(other), strict=True)
    return DataTable.of(
        _("De twee vragen naast elkaar"),
        columns,
        tuple((TableCell(name), mine, theirs) for (name, mine), (_n, theirs) in lines),
    )


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    file, child = case.file, case.file.child
    born = _("geboren op %(day)s") if child.birth_on else _("verwacht op %(day)s")
    return (
        (_("Kind"), child.name or _("nog zonder naam")),
        (_("Geboorte"), born % {"day": plain_date(child.born_on)}),
        (_("Aanvrager"), file.applicant.name),
        (_("Telefoon"), file.applicant.phone or "–"),
        (_("E-mail"), file.applicant.email or "–"),
        (_("Adres"), file.applicant.address or "–"),
        (_("Ontvangen"), plain_date(file.registered_at)),
        (_("Stand"), capfirst(LABELS[file.state])),
        (_("Vraag"), wish_words(file.current.wish)),
        (_("Opvang"), dutch_list([line.location_name for line in case.listed]) or "–"),
    )

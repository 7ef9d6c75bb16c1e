"""A location that is new: what the desk fills in of it, so that its people can come in and do the rest themselves."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.exchange.register_format import COLUMNS
from opvangloket.domains.exchange.row_errors import CellError
from opvangloket.domains.providers.opening import (
    NamedOrganiser,
    Opened,
    OpeningRefused,
    open_location,
    organisers_at,
)
from opvangloket.foundation import geography
from opvangloket.rules.official_register import RegisterFacts
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request

NEW_ORGANISER: Final = "nieuw"
_CALL_THEM: Final = gettext_lazy("%(name)s staat op de lijst. Bel hen hoe ze binnenkomen.")
_KINDS: Final = {column.fact: column.kind for column in COLUMNS}
_FACTS: Final = tuple(name for name in _KINDS if name not in {"nis_code", "website"})


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, **more)


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect({"class": "is-inline"}))


class OpeningForm(forms.Form):
    """What a new location needs; each answer is read as its column in a list of the register is."""

    name = _words(gettext_lazy("Naam van de opvang"))
    organiser = forms.ChoiceField(label=gettext_lazy("Organisator"))
    organiser_name = _words(
        gettext_lazy("Naam van de nieuwe organisator"),
        help_text=gettext_lazy("Alleen als de organisator hier nog niet staat."),
        required=False,
    )
    kbo = _words(gettext_lazy("Ondernemingsnummer"), required=False)
    file_number = _words(gettext_lazy("Dossiernummer"), required=False)
    type = _choice(
        gettext_lazy("Soort"),
        [("gezinsopvang", gettext_lazy("gezinsopvang")), ("groepsopvang", gettext_lazy("groepsopvang"))],
    )
    subsidy_step = _choice(gettext_lazy("Trap"), [(step, step) for step in ("T0", "T1", "T2A", "T2B", "T3")])
    tariff = _choice(
        gettext_lazy("Prijs"),
        [
            ("inkomenstarief", gettext_lazy("volgens het inkomen")),
            ("vrije prijs", gettext_lazy("vaste prijs")),
            ("beide", gettext_lazy("beide")),
        ],
    )
    licensed_places = _words(
        gettext_lazy("Vergunde plaatsen"), widget=forms.TextInput({"inputmode": "numeric", "class": "width-2"})
    )
    street = _words(gettext_lazy("Straat"))
    house_number = _words(gettext_lazy("Huisnummer"), widget=forms.TextInput({"class": "width-4"}))
    postcode = _words(gettext_lazy("Postcode"), widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}))
    email = _words(
        gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("We mailen hoe ze binnenkomen. Zonder adres bel je hen."),
        required=False,
    )
    phone = _words(gettext_lazy("Telefoon"), required=False)

    def __init__(self, data: Any = None, *, organisers: tuple[NamedOrganiser, ...]) -> None:
        super().__init__(data)
        known = [(str(one.id), one.name) for one in organisers]
        self.fields["organiser"].choices = [("", _("Kies")), *known, (NEW_ORGANISER, _("Een nieuwe organisator"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read each answer as the register would write it; ValidationError per field."""
        cleaned = super().clean() or {}
        for name in _FACTS:
            typed = str(cleaned.get(name, "")).strip()
            if not typed or name in self.errors:
                cleaned[name] = typed
                continue
            try:
                cleaned[name] = _KINDS[name].read(typed)
            except CellError as error:
                self.add_error(name, ValidationError(f"{error.wrong} {error.what_to_do}"))
        if cleaned.get("organiser") == NEW_ORGANISER and not cleaned.get("organiser_name"):
            self.add_error("organiser_name", _("Vul de naam van de organisator in."))
        return cleaned

    @property
    def organiser_id(self) -> UUID | None:
        """The known organiser that was chosen; None for a new one."""
        chosen = self.cleaned_data["organiser"]
        return None if chosen == NEW_ORGANISER else UUID(chosen)

    def facts(self) -> RegisterFacts:
        """Return what a valid form says; the municipality follows from the postcode."""
        told = {name: self.cleaned_data[name] for name in _FACTS}
        place = geography.postcode(told["postcode"])
        return RegisterFacts(**told, nis_code=place.nis_code if place else "")


@desk_page("location.open")
def open_page(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask what a new location needs, and open it."""
    organisers = organisers_at(visit.desk.id, today=visit.today)
    form = OpeningForm(request.POST if request.method == "POST" else None, organisers=organisers)
    if form.is_valid() and (opened := _open(visit, form)):
        words = _("%(name)s staat op de lijst.") if opened.is_mailed else _CALL_THEM
        messages.success(request, words % {"name": opened.name})
        return HttpResponseRedirect(reverse("desk:location", args=[visit.desk.slug, opened.slug]))
    return show(request, visit, "desk/open_location.html", {"form": form}, current="locations")


def _open(visit: DeskVisit, form: OpeningForm) -> Opened | None:
    """Open the location; what the action refuses stands on the form."""
    try:
        return open_location(
            desk_id=visit.desk.id,
            facts=form.facts(),
            organiser_id=form.organiser_id,
            actor=visit.actor,
            now=visit.now,
        )
    except OpeningRefused as refused:
        form.add_error(refused.field, refused.message)
        return None

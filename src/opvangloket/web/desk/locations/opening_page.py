"""A location that is new: what the desk fills in of it, so that its people can come in and do the rest themselves."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.opening import (
    NamedOrganiser,
    Opened,
    OpeningRefused,
    open_location,
    organisers_at,
)
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.locations.opening import NewLocationForm, words_field
from opvangloket.web.middleware import Request

NEW_ORGANISER: Final = "nieuw"
_CALL_THEM: Final = gettext_lazy("%(name)s staat op de lijst. Bel hen hoe ze binnenkomen.")


class OpeningForm(NewLocationForm):
    """What the desk fills in of a new location: also whose it is."""

    organiser = forms.ChoiceField(label=gettext_lazy("Organisator"))
    organiser_name = words_field(
        gettext_lazy("Naam van de nieuwe organisator"),
        help_text=gettext_lazy("Alleen als de organisator hier nog niet staat."),
        required=False,
    )
    kbo = words_field(gettext_lazy("Ondernemingsnummer"), required=False)
    email = words_field(
        gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("We mailen hoe ze binnenkomen. Zonder adres bel je hen."),
        required=False,
    )
    field_order = ("name", "organiser", "organiser_name", "kbo")

    def __init__(self, data: Any = None, *, organisers: tuple[NamedOrganiser, ...]) -> None:
        super().__init__(data)
        known = [(str(one.id), one.name) for one in organisers]
        self.fields["organiser"].choices = [("", _("Kies")), *known, (NEW_ORGANISER, _("Een nieuwe organisator"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read each answer as the register would write it, and ask a new organiser's name; ValidationError per field."""
        cleaned = super().clean()
        if cleaned.get("organiser") == NEW_ORGANISER and not cleaned.get("organiser_name"):
            self.add_error("organiser_name", _("Vul de naam van de organisator in."))
        return cleaned

    @property
    def organiser_id(self) -> UUID | None:
        """The known organiser that was chosen; None for a new one."""
        chosen = self.cleaned_data["organiser"]
        return None if chosen == NEW_ORGANISER else UUID(chosen)


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

"""A family at the door of an organiser, on one screen: who the child and the parent are, from when, on which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.domains.requests.actions import Applicant, AskedChild, Channel, NewQuestion, QuestionRefused
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import postcode
from opvangloket.rules.identity import Identity
from opvangloket.rules.patterns import WEEKEND
from opvangloket.web.organiser.refusable import Refusable
from opvangloket.web.ui.forms import DutchDateField, KeepsReference, WeekPartsField

OLDEST = timedelta(days=4 * 366)
LONGEST_PREGNANCY = timedelta(days=310)
START_BACK, START_AHEAD = timedelta(days=366), timedelta(days=4 * 366)
# Where the action speaks of a field of its own, the screen has this one.
FIELDS = {
    "child.birth_on": "birth",
    "child.due_on": "birth",
    "child.first_name": "child_first_name",
    "applicant.first_name": "parent_first_name",
    "applicant.last_name": "parent_last_name",
    "applicant.phone": "phone",
    "applicant.email": "email",
    "start_on": "start",
    "pattern": "week",
}


class FamilyAtTheDoor(KeepsReference, Refusable):
    """Who, from when, and on which days; the location only where an organiser has several."""

    def __init__(self, data: Any = None, *, locations: Sequence[OwnLocation], today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.locations, self.today = {location.slug: location for location in locations}, today
        if len(locations) > 1:
            self.fields["location"] = forms.ChoiceField(
                label=_("Bij welke opvang?"),
                choices=[(location.slug, location.name) for location in locations],
                widget=forms.RadioSelect({"class": "is-inline"}),
            )
        weekend = any(set(location.opened.weekdays) & set(WEEKEND) for location in locations)
        self.fields |= _child_fields(today) | _care_fields(today, weekend=weekend) | _family_fields()
        if data is not None and "not_the_same" in data:
            self.ask_whether_new()

    def ask_whether_new(self) -> None:
        """Ask to say on purpose that this is somebody else than a family that is known already."""
        self.fields["not_the_same"] = forms.BooleanField(label=_("Dit is een ander kind."), required=False)

    def refuse_known(self) -> None:
        """Show that a family that is known already may be this one."""
        self.ask_whether_new()
        self.add_error("not_the_same", _("Kijk na of dit hetzelfde kind is."))

    @property
    def location(self) -> OwnLocation:
        """The location of a valid form."""
        slug = self.cleaned_data.get("location")
        return self.locations[slug] if slug else next(iter(self.locations.values()))

    def clean_postcode(self) -> str:
        """Take a postcode that exists, also with its place behind it ("9400 Ninove"), or none."""
        typed = str(self.cleaned_data["postcode"]).partition(" ")[0]
        if typed and postcode(typed) is None:
            raise forms.ValidationError(_("Deze postcode kennen we niet. Kijk ze na, of laat ze leeg."))
        return typed

    def question(self) -> NewQuestion:
        """Return the question of this family, as if it had asked the desk."""
        cleaned = self.cleaned_data
        place = postcode(cleaned["postcode"]) if cleaned["postcode"] else None
        born = cleaned["birth"] <= self.today
        return NewQuestion(
            applicant=Applicant(
                first_name=cleaned["parent_first_name"],
                last_name=cleaned["parent_last_name"],
                phone=cleaned["phone"],
                email=cleaned["email"],
                postcode=cleaned["postcode"],
                residence_nis=place.nis_code if place else "",
            ),
            child=AskedChild(
                first_name=cleaned["child_first_name"],
                last_name=cleaned["child_last_name"],
                birth_on=cleaned["birth"] if born else None,
                due_on=None if born else cleaned["birth"],
            ),
            start_on=cleaned["start"],
            pattern=cleaned["week"],
            channel=Channel.ORGANISER,
            location_ids=(self.location.id,),
        )

    def identity(self) -> Identity:
        """Return whom this is about, to compare with families that are known already."""
        question = self.question()
        return Identity(
            child_first_name=question.child.first_name,
            child_last_name=question.child.last_name,
            birth_on=question.child.birth_on,
            due_on=question.child.due_on,
            applicant_first_name=question.applicant.first_name,
            applicant_last_name=question.applicant.last_name,
            email=question.applicant.email,
            phone=question.applicant.phone,
            postcode=question.applicant.postcode,
        )

    def refuse(self, refused: OpvangloketError) -> None:
        """Show a refusal; each problem of a question stands beside the field that it is about."""
        if not isinstance(refused, QuestionRefused):
            super().refuse(refused)
            return
        for problem in refused.problems:
            self.add_error(FIELDS.get(problem.field), problem.message)


def _name(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=100, required=required, widget=forms.TextInput({"autocomplete": "off"})
    )


def _child_fields(today: date) -> dict[str, forms.Field]:
    return {
        "child_first_name": _name(_("Voornaam kind"), required=False),
        "child_last_name": _name(_("Familienaam kind"), required=False),
        "birth": DutchDateField(
            label=_("Geboren op"),
            help_text=_("Nog niet geboren? Vul de verwachte datum in."),
            earliest=today - OLDEST,
            latest=today + LONGEST_PREGNANCY,
        ),
    }


def _care_fields(today: date, *, weekend: bool) -> dict[str, forms.Field]:
    return {
        "start": DutchDateField(label=_("Start op"), earliest=today - START_BACK, latest=today + START_AHEAD),
        "week": WeekPartsField(label=_("Op welke dagen?"), weekend=weekend),
    }


def _family_fields() -> dict[str, forms.Field]:
    return {
        "parent_first_name": _name(_("Voornaam ouder")),
        "parent_last_name": _name(_("Familienaam ouder")),
        "phone": forms.CharField(
            label=_("Telefoon"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
        ),
        "email": forms.EmailField(label=_("E-mailadres"), required=False),
        "postcode": forms.CharField(
            label=_("Postcode"),
            max_length=60,
            required=False,
            widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
        ),
    }

"""Forms of the gallery: one of each kind of field."""

from django import forms

from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui.forms import DutchDateField, HintedRadios, HoursField, WeekPartsField, WeekPatternField

YES_NO = (("yes", "Ja"), ("no", "Nee"), ("rather_not", "Ik antwoord liever niet"))


class WeekForm(forms.Form):
    """The week alone."""

    week = WeekPatternField(label="Momenten")


class CareForm(forms.Form):
    """A name, a date, choices with and without hints, a list, text, hours and a consent."""

    first_name = forms.CharField(
        label="Voornaam van je kind", help_text="Nog niet geboren? Dan mag je dit leeg laten.", required=False
    )
    email = forms.EmailField(
        label="E-mailadres",
        help_text="Hierop krijg je de antwoorden.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    start = DutchDateField(label="Vanaf wanneer zoek je opvang?", help_text="Bijvoorbeeld 6 1 2027.")
    alone = forms.ChoiceField(label="Voed je je kind alleen op?", choices=YES_NO, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Welke opvang zoek je?",
        choices=(("family", "Gezinsopvang"), ("group", "Groepsopvang"), ("any", "Allebei is goed")),
        widget=HintedRadios(
            hints={
                "family": "Een begeleider vangt thuis een kleine groep op.",
                "group": "Enkele begeleiders vangen samen een grotere groep op.",
            }
        ),
    )
    languages = forms.MultipleChoiceField(
        label="Welke talen spreken jullie thuis?",
        choices=(("nl", "Nederlands"), ("fr", "Frans"), ("tr", "Turks"), ("ar", "Arabisch")),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-inline"}),
        required=False,
    )
    town = forms.ChoiceField(label="Gemeente", choices=(("41048", "Ninove"), ("41018", "Geraardsbergen")))
    words = forms.CharField(
        label="Wil je nog iets vertellen?", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    hours = HoursField(label="Van wanneer tot wanneer?", help_text="Bijvoorbeeld van 7.30 tot 17.", required=False)
    offered = WeekPartsField(label="Welke dagdelen kan je aanbieden?", initial=WeekPattern.full_days("ma", "di"))
    consent = forms.BooleanField(label="Ik wil berichten via e-mail krijgen.")

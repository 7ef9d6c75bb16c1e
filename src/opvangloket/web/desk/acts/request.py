"""Acts about the request itself: its wish, its errors, its urgency, its people."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.requests.actions import (
    Contact,
    Wish,
    change_contact,
    change_wish,
    confirm_current,
    correct,
    record_birth,
    set_urgent,
)
from opvangloket.rules.procedure import LANGUAGES
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.forms import DutchDateField, WeekAnswer, WeekPatternField

_LONGEST_REASON: Final = 500
_SHORT = {"rows": 3}


class WishForm(ActForm):
    """What the family wants now."""

    start_on = DutchDateField(label=gettext_lazy("Vanaf wanneer?"))
    week = WeekPatternField(label=gettext_lazy("Op welke dagen?"), weekend=True)
    end_on = DutchDateField(
        label=gettext_lazy("Tot wanneer?"),
        help_text=gettext_lazy("Laat leeg als de opvang duurt tot het kind naar school gaat."),
        required=False,
    )
    parts_wanted = forms.IntegerField(
        label=gettext_lazy("Hoeveel dagdelen per week zijn genoeg?"),
        help_text=gettext_lazy("Laat leeg als het gezin alle gekozen dagdelen nodig heeft."),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4"}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        wish = case.file.current.wish
        self.initial.update(
            {
                "start_on": wish.start_on,
                "end_on": wish.end_on,
                "week": WeekAnswer(wish.pattern, wish.also),
                "parts_wanted": wish.parts_wanted,
            }
        )


def _change_wish(case: Case, form: WishForm) -> str:
    answers = form.cleaned_data
    week = answers["week"]
    wish = Wish(
        start_on=answers["start_on"],
        end_on=answers["end_on"],
        pattern=week.needed,
        also=week.also,
        parts_wanted=answers["parts_wanted"],
        hours=case.file.current.wish.hours,
    )
    change_wish(request_id=case.file.request_id, wish=wish, actor=case.visit.actor, now=case.visit.now)
    return _("De wens is veranderd. Stuur ze in een nieuwe ronde naar de opvang.")


class CorrectForm(ActForm):
    """What was typed wrong, and why it is put right."""

    start_on = DutchDateField(label=gettext_lazy("Juiste start"))
    week = WeekPatternField(
        label=gettext_lazy("Juiste dagen"),
        help_text=gettext_lazy("Alleen wat nodig is. Wat ook kan, verander je bij de wens."),
        weekend=True,
    )
    reason = forms.CharField(
        label=gettext_lazy("Wat liep er mis?"),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs=_SHORT),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        original = case.file.original
        self.initial.update({"start_on": original.start_on, "week": WeekAnswer(original.pattern)})


def _correct(case: Case, form: CorrectForm) -> str:
    original, answers = case.file.original, form.cleaned_data
    start_on, pattern = answers["start_on"], answers["week"].needed
    correct(
        request_id=case.file.request_id,
        start_on=start_on if start_on != original.start_on else None,
        pattern=pattern if pattern != original.pattern else None,
        reason=answers["reason"],
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("Verbeterd. Het jaarverslag telt met de juiste gegevens.")


class UrgentForm(ActForm):
    """Why the desk calls a request urgent, or no longer."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), max_length=_LONGEST_REASON, widget=forms.Textarea(attrs=_SHORT)
    )


def _urgent(case: Case, form: UrgentForm) -> str:
    urgent = not case.file.urgent
    set_urgent(
        request_id=case.file.request_id,
        urgent=urgent,
        reason=form.cleaned_data["reason"],
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("De vraag is nu dringend.") if urgent else _("De vraag is niet meer dringend.")


class ContactForm(ActForm):
    """How the family is reached and where it lives."""

    phone = forms.CharField(label=gettext_lazy("Telefoon"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mailadres"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Taal"), choices=[(str(code), words.capitalize()) for code, words in LANGUAGES.items()]
    )
    street = forms.CharField(label=gettext_lazy("Straat"), max_length=120, required=False)
    house_number = forms.CharField(
        label=gettext_lazy("Nummer en bus"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "width-8"}),
    )  # fmt: skip
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"), max_length=4, required=False,
        widget=forms.TextInput(attrs={"class": "width-4", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.initial.update({name: getattr(case.file.applicant, name) for name in self.fields})


def _contact(case: Case, form: ContactForm) -> str:
    change_contact(
        request_id=case.file.request_id,
        contact=Contact(**form.cleaned_data),
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("De contactgegevens zijn aangepast.")


class BirthForm(ActForm):
    """The birth of a child that was expected."""

    birth_on = DutchDateField(label=gettext_lazy("Wanneer is het kind geboren?"))
    first_name = forms.CharField(label=gettext_lazy("Voornaam van het kind"), max_length=100)
    last_name = forms.CharField(
        label=gettext_lazy("Familienaam van het kind"),
        help_text=gettext_lazy("Laat leeg als die niet verandert."),
        max_length=100,
        required=False,
    )


def _birth(case: Case, form: BirthForm) -> str:
    record_birth(request_id=case.file.request_id, actor=case.visit.actor, now=case.visit.now, **form.cleaned_data)
    return _("Proficiat aan het gezin. De geboorte is genoteerd.")


def _still_searching(case: Case, _form: ActForm) -> str:
    confirm_current(request_id=case.file.request_id, actor=case.visit.actor, now=case.visit.now)
    return _("Genoteerd: het gezin zoekt nog.")


CHANGE_WISH = FileAct(
    right="request.change_wish",
    title=lambda _case: _("Wens veranderen"),
    lead=lambda _case: _("De eerste vraag blijft altijd bewaard. Dit komt ernaast."),
    button=gettext_lazy("Nieuwe wens bewaren"),
    form=WishForm,
    do=_change_wish,
    fields={"pattern": "week"},
)
CORRECT = FileAct(
    right="request.correct",
    title=lambda _case: _("Typfout verbeteren"),
    lead=lambda _case: _(
        "Verbeter hier alleen wat fout werd ingetikt. Wil het gezin iets anders? Verander dan de wens."
    ),
    button=gettext_lazy("Verbeteren"),
    form=CorrectForm,
    do=_correct,
    fields={"pattern": "week"},
)
URGENT = FileAct(
    right="request.correct",
    title=lambda case: _("Niet meer dringend") if case.file.urgent else _("Dringend maken"),
    lead=lambda case: (
        _("De vraag verdwijnt dan uit de dringende vragen op de werklijst.")
        if case.file.urgent
        else _("De vraag komt bovenaan de werklijst. In het jaarverslag telt alleen een officiële reden.")
    ),
    button=gettext_lazy("Bewaren"),
    form=UrgentForm,
    do=_urgent,
)
CONTACT = FileAct(
    right="request.change_wish",
    title=lambda _case: _("Contactgegevens"),
    lead=lambda _case: _("Vraag na of het nieuwe adres of nummer echt van het gezin is."),
    button=gettext_lazy("Bewaren"),
    form=ContactForm,
    do=_contact,
    fields={"applicant.email": "email"},
)
BIRTH = FileAct(
    right="request.change_wish",
    title=lambda _case: _("Kind geboren"),
    lead=lambda _case: _("De vraag houdt haar datum en haar plaats in de rij."),
    button=gettext_lazy("Geboorte noteren"),
    form=BirthForm,
    do=_birth,
    fields={"child.birth_on": "birth_on"},
)
STILL_SEARCHING = FileAct(
    right="request.change_wish",
    title=lambda _case: _("Zoekt het gezin nog?"),
    lead=lambda case: (
        _("Bel %(applicant)s: %(phone)s. Zoekt het gezin niet meer? Sluit dan de vraag.")
        % {"applicant": case.file.applicant.name, "phone": case.file.applicant.phone or case.file.applicant.email}
    ),
    button=gettext_lazy("Ja, het gezin zoekt nog"),
    do=_still_searching,
)

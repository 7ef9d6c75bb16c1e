"""What changes while a child is in care, when the location or the family calls the desk or sends a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.care.changes import change_days, move_to
from opvangloket.domains.distribution.care.reading import SeenProposal
from opvangloket.domains.distribution.change_proposals.asked_changes import own_locations_beside, why_it_does_not_fit
from opvangloket.domains.distribution.change_proposals.replying import agree, refuse
from opvangloket.domains.distribution.request_lines import SeenPlacement
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import ONE_DAY
from opvangloket.web.desk.acts.lines import name_of
from opvangloket.web.desk.acts.nothing_there import NothingThere
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.forms import DutchDateField, OtherWeekForm
from opvangloket.web.ui.templatetags.ui import full_date

_LONGEST = 300


def door_field() -> forms.ChoiceField:
    """Return the question how the desk heard of what it writes down for somebody else."""
    return forms.ChoiceField(
        label=_("Hoe weet je dit?"),
        choices=[(AnswerDoor.PHONE.value, _("Via de telefoon")), (AnswerDoor.PAPER.value, _("Op papier"))],
        widget=forms.RadioSelect({"class": "is-inline"}),
        initial=AnswerDoor.PHONE.value,
    )


class AgreedForm(ActForm):
    """From when, when family and location agreed, how the desk knows, and a reason where no place is free."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        place = _place(case)
        self.fields["from_on"] = DutchDateField(
            label=_("Vanaf welke dag?"), earliest=place.real_start_on + ONE_DAY if place else None
        )
        self.fields["agreed_on"] = DutchDateField(
            label=_("Wanneer spraken het gezin en de opvang dit af?"), latest=case.today, initial=case.today
        )
        self.fields["door"] = door_field()
        self.fields["over_capacity_reason"] = forms.CharField(
            label=_("Waarom toch, als er geen plaats vrij is?"),
            help_text=_("Alleen als de opvang zelf beslist om over haar plaatsen te gaan."),
            max_length=_LONGEST,
            required=False,
        )

    @property
    def agreed(self) -> dict[str, Any]:
        """The answers that every change has."""
        cleaned = self.cleaned_data
        return {
            "from_on": cleaned["from_on"],
            "family_agreed_on": cleaned["agreed_on"],
            "door": AnswerDoor(cleaned["door"]),
            "over_capacity_reason": cleaned["over_capacity_reason"],
        }


class DaysForm(AgreedForm, OtherWeekForm):
    """The week and the hours from a day on; they start from those of today."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        place = _place(case)
        self.ask_week(
            place.care.pattern_on(case.today) if place else WeekPattern(),
            place.care.hours_on(case.today) if place else CareHours(),
            label=_("Op welke dagen komt het kind?"),
            hours_hint=_("Alleen als er uren afgesproken zijn. Bijvoorbeeld van 7.30 tot 17."),
        )
        self.order_fields(["week", "hours"])


class MoveForm(AgreedForm):
    """To which location of the same organiser a child goes."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        place = _place(case)
        self.locations = {one.slug: one for one in own_locations_beside(place.id, today=case.today)} if place else {}
        self.fields["location"] = forms.ChoiceField(
            label=_("Naar welke locatie?"),
            choices=[(slug, one.name) for slug, one in self.locations.items()],
            widget=forms.RadioSelect,
        )
        self.order_fields(["location"])


class AnswerForm(ActForm):
    """Yes or no of whoever was asked, and how the desk heard it."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Wat is het antwoord?"),
        choices=[("yes", gettext_lazy("Ja, dat is goed")), ("no", gettext_lazy("Nee, het blijft zoals het is"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["door"] = door_field()
        proposal = _proposal(case)
        if proposal and proposal.asked_by is Proposer.FAMILY and why_it_does_not_fit(proposal.id):
            self.fields["over_capacity_reason"] = forms.CharField(
                label=_("Waarom toch, als er geen plaats vrij is?"),
                help_text=_("Alleen bij een ja, als de opvang zelf beslist om over haar plaatsen te gaan."),
                max_length=_LONGEST,
                required=False,
            )


def _place(case: Case) -> SeenPlacement | None:
    return case.line.placement if case.line else None


def _place_or_refuse(case: Case) -> SeenPlacement:
    place = _place(case)
    if place is None:
        raise NothingThere
    return place


def _proposal(case: Case) -> SeenProposal | None:
    place = _place(case)
    return place.care.open_proposal(case.today) if place else None


def _change_days(case: Case, form: DaysForm) -> str:
    change_days(
        placement_id=_place_or_refuse(case).id,
        pattern=form.cleaned_data["week"],
        hours=form.hours,
        actor=case.visit.actor,
        now=case.visit.now,
        **form.agreed,
    )
    day = full_date(form.cleaned_data["from_on"])
    return _("Andere dagen vanaf %(day)s. Het gezin en de opvang krijgen bericht.") % {"day": day}


def _move(case: Case, form: MoveForm) -> str:
    to = form.locations[form.cleaned_data["location"]]
    move_to(
        placement_id=_place_or_refuse(case).id,
        location_id=to.id,
        actor=case.visit.actor,
        now=case.visit.now,
        **form.agreed,
    )
    facts = {"name": to.name, "day": full_date(form.cleaned_data["from_on"])}
    return _("Vanaf %(day)s bij %(name)s. Het gezin en de opvang krijgen bericht.") % facts


def _answer(case: Case, form: AnswerForm) -> str:
    proposal = _proposal(case)
    if proposal is None:
        raise NothingThere
    who: dict[str, Any] = {"proposal_id": proposal.id, "actor": case.visit.actor, "now": case.visit.now}
    if form.cleaned_data["answer"] == "no":
        refuse(**who)
        return _("Genoteerd: alles blijft zoals het is.")
    door, why = AnswerDoor(form.cleaned_data["door"]), form.cleaned_data.get("over_capacity_reason", "")
    agree(door=door, over_capacity_reason=why, **who)
    return _("Genoteerd: afgesproken vanaf %(day)s.") % {"day": full_date(proposal.from_on)}


def _nowhere_to_go(case: Case) -> str:
    place = _place(case)
    if place and own_locations_beside(place.id, today=case.today):
        return ""
    return _("Deze organisator heeft geen andere locatie die je hier ziet.")


def _asked_words(case: Case) -> str:
    """Say what is asked, to read aloud."""
    proposal = _proposal(case)
    if proposal is None:
        return ""
    by_family = proposal.asked_by is Proposer.FAMILY
    who = _("Het gezin vraagt:") if by_family else _("De opvang stelt voor:")
    to = f" {_('naar %(name)s,') % {'name': proposal.to_name}}" if proposal.to_name else ""
    facts = {"who": who, "to": to, "days": proposal.pattern.words(), "day": full_date(proposal.from_on)}
    words = _("%(who)s%(to)s %(days)s, vanaf %(day)s.") % facts
    return f"{words} {why_it_does_not_fit(proposal.id)}".strip() if by_family else words


CHANGE_DAYS = FileAct(
    right="placement.change",
    title=lambda case: _("Andere dagen bij %(location)s") % {"location": name_of(case)},
    lead=lambda _case: _("Alleen als gezin en opvang het samen afspraken. Wat erbij komt, moet vrij zijn."),
    button=gettext_lazy("Verander de dagen"),
    form=DaysForm,
    do=_change_days,
)
MOVE = FileAct(
    right="placement.change",
    title=lambda case: _("Van %(location)s naar een andere locatie") % {"location": name_of(case)},
    lead=lambda _case: _("Het kind houdt zijn dagen. De plaats hier komt vrij vanaf die dag."),
    button=gettext_lazy("Noteer de verhuizing"),
    form=MoveForm,
    do=_move,
    why_not=_nowhere_to_go,
)
ANSWER_CHANGE = FileAct(
    right="placement.agree",
    title=lambda case: _("Antwoord op de verandering bij %(location)s") % {"location": name_of(case)},
    lead=_asked_words,
    button=gettext_lazy("Noteer het antwoord"),
    form=AnswerForm,
    do=_answer,
    why_not=lambda case: "" if _proposal(case) else _("Hier wacht niets meer op een antwoord."),
)

"""What becomes of an offer when the family or the location calls the desk, and of the place that it became."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.care.end import end_care, go_on
from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.placing.direct import Agreed, place_request_directly
from opvangloket.domains.distribution.placing.offers import accept, decline, extend, withdraw
from opvangloket.domains.distribution.placing.together import siblings_of_offer
from opvangloket.rules.reasons import DECLINE_REASONS, END_REASONS, DeclineReason, EndReason
from opvangloket.rules.wording import dutch_list
from opvangloket.web.desk.acts.care import door_field
from opvangloket.web.desk.acts.lines import name_of
from opvangloket.web.desk.acts.nothing_there import NothingThere
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.forms import DutchDateField, WeekPartsField
from opvangloket.web.ui.templatetags.ui import full_date

_LONGEST_REASON = 300


def _offer_id(case: Case) -> UUID:
    """Return the open offer of the location in the address, or else its last one, which then tells why it is closed."""
    line = case.line
    assert line is not None  # noqa: S101 - the address names it
    given = line.open_offer or next((one for one in reversed(line.answers) if one.offer), None)
    if given is None or given.offer is None:
        raise NothingThere
    return given.offer.id


def _placement_id(case: Case) -> UUID:
    line = case.line
    if line is None or line.placement is None:
        raise NothingThere
    return line.placement.id


class AcceptForm(ActForm):
    """Whether apart is fine too, where places were asked together and one child has no offer of this location."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        given = case.line.open_offer if case.line else None
        siblings = siblings_of_offer(given.offer.id, today=case.visit.today) if given and given.offer else ()
        if missing := [sibling.name for sibling in siblings if sibling.offer_id is None]:
            self.fields["apart"] = forms.BooleanField(
                label=_("Het gezin neemt nu alleen deze plaats"),
                help_text=_(
                    "Het vroeg een plaats voor alle kinderen samen. Er is hier nog geen voorstel voor %(names)s."
                )
                % {"names": dutch_list(missing)},
                error_messages={"required": _("Duid dit aan als het gezin toch alleen deze plaats neemt.")},
            )


class DeclineForm(ActForm):
    """Why the family leaves the offer."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom neemt het gezin dit voorstel niet?"),
        choices=[(str(code), label) for code, label in DECLINE_REASONS.labels.items()],
        widget=forms.RadioSelect,
    )


class ExtendForm(ActForm):
    """Until when the family can answer now."""

    reply_by_on = DutchDateField(label=gettext_lazy("Tot welke dag kan het gezin nu antwoorden?"))


class RealDaysForm(ActForm):
    """The real start and days; as agreed unless changed."""

    start_on = DutchDateField(label=gettext_lazy("Wanneer startte de opvang echt?"))
    pattern = WeekPartsField(label=gettext_lazy("Op welke dagen komt het kind?"), weekend=True)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        place = case.line.placement if case.line else None
        if place:
            self.initial.update({"start_on": place.real_start_on, "pattern": place.real_pattern})


class EndForm(ActForm):
    """From which day the place is free again, and why."""

    end_on = DutchDateField(label=gettext_lazy("Vanaf welke dag komt het kind niet meer?"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom stopt de opvang?"),
        choices=[(str(code), label) for code, label in END_REASONS.labels.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["door"] = door_field()
        place = case.line.placement if case.line else None
        if place and (ending := place.care.ending):
            self.initial.update({"end_on": ending.on, "reason": ending.reason or ""})


class DirectForm(ActForm):
    """Where the child has a place, from when and on which days; as asked unless changed."""

    location = forms.ChoiceField(
        label=gettext_lazy("Bij welke opvang?"),
        help_text=gettext_lazy("Staat de opvang er niet bij? Voeg ze eerst toe aan de vraag."),
        widget=forms.RadioSelect,
    )
    start_on = DutchDateField(label=gettext_lazy("Vanaf wanneer?"))
    pattern = WeekPartsField(label=gettext_lazy("Op welke dagen?"), weekend=True)
    over_capacity_reason = forms.CharField(
        label=gettext_lazy("Waarom toch, als er geen plaats vrij is?"),
        help_text=gettext_lazy("Alleen als de opvang zelf beslist om over haar plaatsen te gaan."),
        max_length=_LONGEST_REASON,
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        wish = case.file.current.wish
        self.initial.update({"start_on": wish.start_on, "pattern": wish.pattern})
        listed = [(line.location_slug, line.location_name) for line in case.listed]
        self.fields["location"].choices = listed  # type: ignore[attr-defined]


def _accept(case: Case, form: AcceptForm) -> str:
    apart = form.cleaned_data.get("apart", False)
    accept(offer_id=_offer_id(case), actor=case.visit.actor, now=case.visit.now, apart=apart)
    return _("%(child)s heeft een plaats bij %(location)s.") % {"child": case.title, "location": name_of(case)}


def _decline(case: Case, form: DeclineForm) -> str:
    reason = DeclineReason(form.cleaned_data["reason"])
    decline(offer_id=_offer_id(case), reason=reason, actor=case.visit.actor, now=case.visit.now)
    return _("Het voorstel is geweigerd. De opvang krijgt bericht.")


def _extend(case: Case, form: ExtendForm) -> str:
    until = form.cleaned_data["reply_by_on"]
    extend(offer_id=_offer_id(case), reply_by_on=until, actor=case.visit.actor, now=case.visit.now)
    return _("Het gezin kan antwoorden tot en met %(day)s.") % {"day": full_date(until)}


def _withdraw(case: Case, _form: ActForm) -> str:
    withdraw(offer_id=_offer_id(case), actor=case.visit.actor, now=case.visit.now)
    return _("Het voorstel is ingetrokken. Het gezin krijgt bericht.")


def _confirm(case: Case, form: RealDaysForm) -> str:
    confirm_start(
        placement_id=_placement_id(case),
        start_on=form.cleaned_data["start_on"],
        pattern=form.cleaned_data["pattern"],
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("De start is bevestigd: %(day)s.") % {"day": full_date(form.cleaned_data["start_on"])}


def _end(case: Case, form: EndForm) -> str:
    end_on = form.cleaned_data["end_on"]
    end_care(
        placement_id=_placement_id(case),
        end_on=end_on,
        reason=EndReason(form.cleaned_data["reason"]),
        door=AnswerDoor(form.cleaned_data["door"]),
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("De plaats is vrij vanaf %(day)s.") % {"day": full_date(end_on)}


def _go_on(case: Case, _form: ActForm) -> str:
    go_on(placement_id=_placement_id(case), actor=case.visit.actor, now=case.visit.now)
    return _("De opvang gaat door. Het gezin en de opvang krijgen bericht.")


def _place(case: Case, form: DirectForm) -> str:
    answers = form.cleaned_data
    line = next(line for line in case.listed if line.location_slug == answers["location"])
    place_request_directly(
        request_id=case.file.request_id,
        location_id=line.location_id,
        agreed=Agreed(
            start_on=answers["start_on"],
            pattern=answers["pattern"],
            over_capacity_reason=answers["over_capacity_reason"],
        ),
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("%(child)s heeft een plaats bij %(location)s.") % {"child": case.title, "location": line.location_name}


def _offer_words(case: Case) -> str:
    """Say what the offer is that the family accepts."""
    given = case.line.open_offer if case.line else None
    if given is None or given.pattern is None or given.start_on is None:
        return ""
    words = _("%(days)s, vanaf %(day)s. Lees dit voor en vraag of het gezin zeker is.")
    return words % {"days": given.pattern.words().capitalize(), "day": full_date(given.start_on)}


ACCEPT = FileAct(
    right="offer.answer",
    title=lambda case: _("Het gezin neemt het voorstel van %(location)s aan") % {"location": name_of(case)},
    lead=_offer_words,
    button=gettext_lazy("Ja, het gezin neemt dit aan"),
    form=AcceptForm,
    do=_accept,
)
DECLINE = FileAct(
    right="offer.answer",
    title=lambda case: _("Het gezin weigert het voorstel van %(location)s") % {"location": name_of(case)},
    lead=lambda _case: _("De plaats is dan weer vrij voor een ander kind."),
    button=gettext_lazy("Voorstel weigeren"),
    form=DeclineForm,
    do=_decline,
)
EXTEND = FileAct(
    right="inquiry.enter_answer",
    title=lambda case: _("Meer tijd voor het voorstel van %(location)s") % {"location": name_of(case)},
    lead=lambda _case: _("Doe dit alleen als de opvang het goed vindt."),
    button=gettext_lazy("Meer tijd geven"),
    form=ExtendForm,
    do=_extend,
)
WITHDRAW = FileAct(
    right="inquiry.enter_answer",
    title=lambda case: _("%(location)s trekt het voorstel in") % {"location": name_of(case)},
    lead=lambda _case: _("Doe dit alleen als de opvang het zelf vraagt. Het gezin krijgt meteen bericht."),
    button=gettext_lazy("Voorstel intrekken"),
    do=_withdraw,
    grave=True,
)
CONFIRM_START = FileAct(
    right="placement.confirm",
    title=lambda case: _("Start bij %(location)s bevestigen") % {"location": name_of(case)},
    lead=lambda _case: _("Het jaarverslag telt met de echte start en de echte dagen."),
    button=gettext_lazy("Start bevestigen"),
    form=RealDaysForm,
    do=_confirm,
)
END_CARE = FileAct(
    right="placement.end",
    title=lambda case: _("Opvang bij %(location)s stopt") % {"location": name_of(case)},
    lead=lambda _case: _("De vraag houdt haar uitkomst. Zoekt het gezin opnieuw? Neem dan een nieuwe vraag op."),
    button=gettext_lazy("Opvang stoppen"),
    form=EndForm,
    do=_end,
)
GO_ON = FileAct(
    right="placement.end",
    title=lambda case: _("Opvang bij %(location)s gaat toch door") % {"location": name_of(case)},
    lead=lambda _case: _("Het kind houdt zijn dagen. Dat kan alleen als die nog vrij zijn."),
    button=gettext_lazy("Opvang gaat door"),
    do=_go_on,
)
PLACE_DIRECTLY = FileAct(
    right="placement.record",
    title=lambda _case: _("Rechtstreekse plaatsing"),
    lead=lambda _case: _("Een opvang gaf dit kind zelf een plaats. De andere opvang krijgt bericht."),
    button=gettext_lazy("Plaats noteren"),
    form=DirectForm,
    do=_place,
)

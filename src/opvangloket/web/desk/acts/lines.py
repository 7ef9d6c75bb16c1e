"""Acts about the locations of a request: add, drop, send, ask anew, stop waiting."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.deskwork.nearby import AskedWeek, Proposal, proposals
from opvangloket.domains.distribution.answering.giving import close_without_answer
from opvangloket.domains.distribution.asking.choosing import add_location, drop_location, new_round
from opvangloket.domains.distribution.asking.questions import confirm_contact
from opvangloket.domains.distribution.asking.sending import send_out
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.desk.nearby import proposal_words
from opvangloket.web.ui.forms import HintedRadios
from opvangloket.web.ui.templatetags.ui import full_date

_LONGEST_REASON = 300


class AddLocationForm(ActForm):
    """Which location, and why when there are more than the procedure allows."""

    location = forms.ChoiceField(label=gettext_lazy("Welke opvang?"), widget=HintedRadios)
    more_locations_reason = forms.CharField(
        label=gettext_lazy("Waarom meer dan het maximum?"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.found = {one.slug: one for one in _not_listed(case)}
        field = self.fields["location"]
        field.choices = [(one.slug, one.name) for one in self.found.values()]  # type: ignore[attr-defined]
        field.widget.hints = {one.slug: proposal_words(one) for one in self.found.values()}
        if len(case.listed) < case.visit.procedure.max_locations:
            del self.fields["more_locations_reason"]

    @property
    def chosen(self) -> Proposal:
        """The location that a valid form names."""
        return self.found[self.cleaned_data["location"]]


def _not_listed(case: Case) -> list[Proposal]:
    """Return the locations that can still be asked, the nearest to the family first, with what fits."""
    listed = {line.location_id for line in case.listed}
    wish = case.file.current.wish
    asked = AskedWeek(
        pattern=wish.pattern,
        start_on=wish.start_on,
        end_on=wish.end_on,
        born_on=case.file.child.born_on,
        hours=wish.hours,
    )
    desk, applicant = case.visit.desk, case.file.applicant
    near = applicant.address or applicant.postcode
    found = proposals(desk.id, today=case.today, near=near, asked=asked, prefer=desk.territory)
    return [one for one in found if one.id not in listed]


def _add(case: Case, form: AddLocationForm) -> str:
    sent = add_location(
        request_id=case.file.request_id,
        location_id=form.chosen.id,
        actor=case.visit.actor,
        now=case.visit.now,
        more_locations_reason=form.cleaned_data.get("more_locations_reason", ""),
    )
    if sent is None:
        return _("Toegevoegd aan de lijst.")
    if sent.sending_id is None:
        return _("Toegevoegd. De vraag vertrekt op %(day)s.") % {"day": full_date(sent.send_from_on)}
    return _("Verstuurd. De opvang antwoordt ten laatste op %(day)s.") % {"day": full_date(sent.due_on)}


def _drop(case: Case, _form: ActForm) -> str:
    assert case.line is not None  # noqa: S101 - the address names it
    drop_location(
        request_id=case.file.request_id,
        location_id=case.line.location_id,
        actor=case.visit.actor,
        now=case.visit.now,
    )
    return _("%(location)s staat niet meer op de lijst.") % {"location": case.line.location_name}


def _verify(case: Case, _form: ActForm) -> str:
    confirm_contact(request_ids=[case.file.request_id], actor=case.visit.actor, now=case.visit.now)
    return _("Het contact is bevestigd. De vraag is verstuurd.")


def _send(case: Case, _form: ActForm) -> str:
    sent = send_out(request_id=case.file.request_id, actor=case.visit.actor, now=case.visit.now)
    if sent is None:
        return _("Elke opvang op de lijst heeft de vraag al.")
    if sent.sending_id is None:
        return _("De vraag vertrekt op %(day)s.") % {"day": full_date(sent.send_from_on)}
    return _("Verstuurd. Elke opvang antwoordt ten laatste op %(day)s.") % {"day": full_date(sent.due_on)}


class NewRoundForm(ActForm):
    """Why a new round starts sooner than the procedure says; only asked when it does."""

    sooner_reason = forms.CharField(
        label=gettext_lazy("Waarom nu al een nieuwe ronde?"),
        help_text=gettext_lazy("Alleen nodig als de vorige ronde nog maar pas vertrok."),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _new_round(case: Case, form: NewRoundForm) -> str:
    sent = new_round(
        request_id=case.file.request_id,
        actor=case.visit.actor,
        now=case.visit.now,
        sooner_reason=form.cleaned_data["sooner_reason"],
    )
    return _("De nieuwe vraag is verstuurd.") if sent else _("Er is geen opvang die de vraag nog kan krijgen.")


def _stop_waiting(case: Case, _form: ActForm) -> str:
    assert case.line is not None  # noqa: S101 - the address names it
    assert case.line.inquiry_id is not None  # noqa: S101 - the button stands on a question that was sent
    close_without_answer(inquiry_id=case.line.inquiry_id, actor=case.visit.actor, now=case.visit.now)
    return _("We wachten niet meer op %(location)s.") % {"location": case.line.location_name}


def name_of(case: Case) -> str:
    """Return the name of the location that an act is about."""
    return case.line.location_name if case.line else ""


ADD_LOCATION = FileAct(
    right="inquiry.send",
    title=lambda _case: _("Opvang toevoegen"),
    lead=lambda case: (
        _("Dichtst bij het gezin eerst. Nu staan er %(number)s op de lijst, van hoogstens %(most)s.")
        % {"number": len(case.listed), "most": case.visit.procedure.max_locations}
    ),
    button=gettext_lazy("Toevoegen en versturen"),
    form=AddLocationForm,
    do=_add,
    why_not=lambda case: "" if _not_listed(case) else _("Elke opvang van dit loket staat al op de lijst."),
)
DROP_LOCATION = FileAct(
    right="inquiry.send",
    title=lambda case: _("%(location)s schrappen") % {"location": name_of(case)},
    lead=lambda _case: _("De opvang krijgt een bericht dat het gezin anders koos."),
    button=gettext_lazy("Schrappen"),
    do=_drop,
    grave=True,
)
VERIFY = FileAct(
    right="inquiry.send",
    title=lambda _case: _("Contact bevestigen"),
    lead=lambda case: (
        _("Bel %(applicant)s: %(phone)s. Kloppen de gegevens? Dan vertrekt de vraag meteen.")
        % {"applicant": case.file.applicant.name, "phone": case.file.applicant.phone or case.file.applicant.email}
    ),
    button=gettext_lazy("Bevestigen en versturen"),
    do=_verify,
)
SEND = FileAct(
    right="inquiry.send",
    title=lambda _case: _("Vraag versturen"),
    lead=lambda _case: _("De vraag gaat naar elke opvang op de lijst die ze nog niet heeft, op hetzelfde moment."),
    button=gettext_lazy("Versturen"),
    do=_send,
)
NEW_ROUND = FileAct(
    right="inquiry.send",
    title=lambda _case: _("Nieuwe ronde starten"),
    lead=lambda _case: _(
        "Elke opvang op de lijst krijgt de nieuwe wens, op hetzelfde moment en met een nieuwe termijn."
    ),
    button=gettext_lazy("Nieuwe ronde versturen"),
    form=NewRoundForm,
    do=_new_round,
)
STOP_WAITING = FileAct(
    right="inquiry.enter_answer",
    title=lambda case: _("Niet meer wachten op %(location)s") % {"location": name_of(case)},
    lead=lambda _case: _("De vraag sluit zonder antwoord. De opvang kan daarna niet meer antwoorden."),
    button=gettext_lazy("Sluiten zonder antwoord"),
    do=_stop_waiting,
    grave=True,
)

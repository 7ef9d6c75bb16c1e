"""A change of a child's care: the family answers what its location proposes, or asks for other days itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.care.reading import SeenProposal
from opvangloket.domains.distribution.change_proposals.proposing import propose_days
from opvangloket.domains.distribution.change_proposals.replying import ChangeJustTaken, agree, refuse, take_back
from opvangloket.domains.distribution.request_lines import SeenPlacement
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.change_proposals import LONGEST_MESSAGE, Proposer, change_words
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button, done_by_form
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, place_or_404, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage, agreed_strip, days_left
from opvangloket.web.ui.forms import DutchDateField, OtherWeekForm


class AnswerForm(forms.Form):
    """Yes or no to what the location proposes; a no may say why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Is dit goed voor jou?"),
        choices=[("yes", gettext_lazy("Ja, dat is goed")), ("no", gettext_lazy("Nee, laat het zoals het is"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Wil je er iets bij zeggen?"),
        help_text=gettext_lazy("Alleen bij een nee. De opvang leest dit."),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
    )


class OtherDaysForm(OtherWeekForm):
    """Which week and hours a family would like, and from when; they start from those of today."""

    def __init__(self, data: Any = None, *, place: SeenPlacement, visit: FamilyVisit) -> None:
        super().__init__(data)
        self.ask_week(
            place.care.pattern_on(visit.today),
            place.care.hours_on(visit.today),
            label=_("Op welke dagen wil je komen?"),
            hours_hint=_("Alleen als de uren belangrijk zijn. Bijvoorbeeld van 7.30 tot 17."),
        )
        earliest = max(visit.today, place.real_start_on) + timedelta(days=1)
        self.fields["from_on"] = DutchDateField(label=_("Vanaf welke dag?"), earliest=earliest)
        self.fields["message"] = forms.CharField(
            label=_("Wil je er iets bij vertellen?"),
            required=False,
            max_length=LONGEST_MESSAGE,
            widget=forms.Textarea({"rows": 3}),
        )


@family_page("placement.agree")
def answer(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Show what the location proposes beside what is now, and take the answer."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line, place = place_or_404(own, location, visit)
    proposal = place.care.open_proposal(visit.today)
    if proposal is None or proposal.asked_by is not Proposer.ORGANISER:
        messages.warning(request, _("Dit voorstel staat niet meer open. Hieronder lees je hoe het nu is."))
        return HttpResponseRedirect(home_of(own, visit))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _answered(request, form, proposal, visit):
        return HttpResponseRedirect(home_of(own, visit))
    context = {
        "form": form,
        "proposal": proposal,
        "left": days_left(proposal.reply_by_on, today=visit.today),
        "now": agreed_strip(place.care.pattern_on(proposal.from_on), caption=_("Nu")),
        "proposed": agreed_strip(proposal.pattern, caption=_("Voorstel")),
        "differences": change_words(place.care.pattern_on(proposal.from_on), proposal.pattern),
        "hours_words": capfirst(proposal.hours.hours_words()),
        "question": QuestionPage(
            title=_("%(location)s stelt iets voor") % {"location": line.location_name},
            why=_("Jij beslist. Zolang je niets zegt, blijft alles zoals nu."),
            back_url=home_of(own, visit),
            submit=_("Verstuur mijn antwoord"),
            action=request.path,
        ),
    }
    return page(request, "family/mine/change.html", context)


@family_page("placement.agree")
def ask(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Ask the location for other days or hours."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line, place = place_or_404(own, location, visit)
    form = OtherDaysForm(request.POST if request.method == "POST" else None, place=place, visit=visit)

    def act() -> str:
        _ask(place, form, visit)
        words = _("Je vraag is bij %(location)s. Tot je antwoord krijgt, blijft alles zoals nu.")
        return words % {"location": line.location_name}

    if done_by_form(request, form, act):
        return HttpResponseRedirect(home_of(own, visit))
    context = {
        "form": form,
        "question": QuestionPage(
            title=_("Andere dagen vragen voor %(name)s") % {"name": child_of(own)},
            why=_("%(location)s kijkt of het kan, en antwoordt je.") % {"location": line.location_name},
            back_url=home_of(own, visit),
            submit=_("Vraag het"),
            action=request.path,
        ),
    }
    return page(request, "ui/layouts/question.html", context)


@family_page("placement.agree")
def withdraw(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Take back what the family asked."""
    own = request_or_404(reference)
    _line, place = place_or_404(own, location, visit)
    proposal = place.care.open_proposal(visit.today)
    if proposal is not None:
        done_by_button(request, lambda: _take_back(proposal, visit))
    return HttpResponseRedirect(home_of(own, visit))


def _answered(request: Request, form: AnswerForm, proposal: SeenProposal, visit: FamilyVisit) -> bool:
    """Give the answer of a valid form, and say what follows; a refusal stands on the form."""
    who: dict[str, Any] = {"proposal_id": proposal.id, "actor": visit.actor, "now": visit.now}
    try:
        if form.cleaned_data["answer"] == "yes":
            agree(**who)
            words = _("Afgesproken, vanaf %(day)s. De opvang krijgt bericht.")
        else:
            refuse(words=form.cleaned_data["words"], **who)
            words = _("Alles blijft zoals het is. De opvang krijgt bericht.")
    except ChangeJustTaken as taken:
        messages.warning(request, taken.message)
        return True
    except OpvangloketError as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(request, words % {"day": dutch_date(proposal.from_on)})
    return True


def _take_back(proposal: SeenProposal, visit: FamilyVisit) -> str:
    take_back(proposal_id=proposal.id, actor=visit.actor, now=visit.now)
    return _("Je vraag is ingetrokken. Alles blijft zoals het is.")


def _ask(place: SeenPlacement, form: OtherDaysForm, visit: FamilyVisit) -> None:
    propose_days(
        placement_id=place.id,
        asked_by=Proposer.FAMILY,
        from_on=form.cleaned_data["from_on"],
        pattern=form.cleaned_data["week"],
        hours=form.hours,
        message=form.cleaned_data["message"],
        actor=visit.actor,
        now=visit.now,
    )

"""How the search of a request ends and goes on again, and how setting it aside is undone."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opvangloket.domains.distribution.closing import searches
from opvangloket.rules.care_requests import CLOSING_STATES, RequestState
from opvangloket.rules.reasons import ELSEWHERE_REASONS, LAPSE_REASONS, ElsewhereReason, LapseReason
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.forms import HintedRadios

_LONGEST_REASON: Final = 500
_SHORT = {"rows": 3}

_ENDINGS: Final[Mapping[str, str]] = {
    **{f"found_elsewhere:{code}": label for code, label in ELSEWHERE_REASONS.labels.items()},
    **{f"lapsed:{code}": label for code, label in LAPSE_REASONS.labels.items()},
    RequestState.WITHDRAWN.value: gettext_noop("Het gezin trekt de vraag in, zonder reden"),
    RequestState.CLOSED_UNANSWERED.value: gettext_noop("Het gezin zoekt niet verder en vond geen plaats"),
    RequestState.NOT_GENUINE.value: gettext_noop("Dit is geen echte vraag"),
}
_COUNTS: Final[Mapping[str, str]] = {
    RequestState.WITHDRAWN.value: gettext_noop("Telt niet als onbeantwoord."),
    RequestState.CLOSED_UNANSWERED.value: gettext_noop("Telt in het jaarverslag als onbeantwoord."),
    RequestState.NOT_GENUINE.value: gettext_noop("Telt nergens mee. Schrijf hieronder waarom."),
}


class CloseForm(ActForm):
    """How the search ended."""

    ending = forms.ChoiceField(label=gettext_lazy("Hoe eindigde het zoeken?"), widget=HintedRadios)
    reason = forms.CharField(
        label=gettext_lazy("Waarom is het geen echte vraag?"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs=_SHORT),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        elsewhere = tuple((key, _(words)) for key, words in _ENDINGS.items() if key.startswith("found_elsewhere"))
        lapsed = tuple((key, _(words)) for key, words in _ENDINGS.items() if key.startswith("lapsed"))
        others = tuple((key, _(words)) for key, words in _ENDINGS.items() if ":" not in key)
        self.fields["ending"].choices = [  # type: ignore[attr-defined]
            *((key, _("Elders opvang: %(where)s") % {"where": words.lower()}) for key, words in elsewhere),
            *lapsed,
            *others,
        ]
        self.fields["ending"].widget.hints = {key: _(words) for key, words in _COUNTS.items()}

    def clean(self) -> dict[str, Any]:
        """Ask why something is no real question."""
        if self.cleaned_data.get("ending") == RequestState.NOT_GENUINE and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Schrijf waarom dit geen echte vraag is."))
        return self.cleaned_data


def _close(case: Case, form: CloseForm) -> str:
    end, _colon, code = form.cleaned_data["ending"].partition(":")
    facts: dict[str, Any] = {
        "request_id": case.file.request_id,
        "actor": case.visit.actor,
        "now": case.visit.now,
    }
    ways: Mapping[str, Callable[[], None]] = {
        RequestState.FOUND_ELSEWHERE: lambda: searches.found_elsewhere(where=ElsewhereReason(code), **facts),
        RequestState.LAPSED: lambda: searches.lapse(reason=LapseReason(code), **facts),
        RequestState.WITHDRAWN: lambda: searches.withdraw_request(**facts),
        RequestState.CLOSED_UNANSWERED: lambda: searches.end_search(**facts),
        RequestState.NOT_GENUINE: lambda: searches.not_genuine(reason=form.cleaned_data["reason"], **facts),
    }
    ways[end]()
    return _("De vraag is gesloten. Opvang waar ze nog lag, krijgt bericht.")


class ReasonForm(ActForm):
    """Why, for the file."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom?"), max_length=_LONGEST_REASON, required=False, widget=forms.Textarea(attrs=_SHORT)
    )


def _reopen(case: Case, _form: ActForm) -> str:
    searches.reopen(request_id=case.file.request_id, actor=case.visit.actor, now=case.visit.now)
    return _("De vraag loopt weer. Stuur ze opnieuw naar de opvang.")


def _undo_set_aside(case: Case, form: ReasonForm) -> str:
    reason = form.cleaned_data["reason"]
    searches.undo_set_aside(request_id=case.file.request_id, actor=case.visit.actor, now=case.visit.now, reason=reason)
    return _("De vraag telt weer mee.")


CLOSE = FileAct(
    right="request.close",
    title=lambda _case: _("Vraag sluiten"),
    lead=lambda _case: _("Open voorstellen en vragen bij de opvang sluiten mee. Je kan de vraag later weer openen."),
    button=gettext_lazy("Vraag sluiten"),
    form=CloseForm,
    do=_close,
    grave=True,
)
REOPEN = FileAct(
    right="request.reopen",
    title=lambda case: (
        _("Vraag opnieuw openen") if case.file.state in CLOSING_STATES else _("De opvang gaat niet door")
    ),
    lead=lambda _case: _("Het gezin zoekt weer. De vraag houdt haar datum."),
    button=gettext_lazy("Opnieuw openen"),
    do=_reopen,
)
UNDO_SET_ASIDE = FileAct(
    right="request.merge",
    title=lambda _case: _("Toch laten meetellen"),
    lead=lambda _case: _("De vraag staat er weer zoals voor het samenvoegen of sluiten."),
    button=gettext_lazy("Ongedaan maken"),
    form=ReasonForm,
    do=_undo_set_aside,
)

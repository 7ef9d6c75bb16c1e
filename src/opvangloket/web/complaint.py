"""The pages of a complaint, the same for a family, an organiser and the desk; each draws them in its own frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opvangloket.domains.contact.complaint_queries import ComplaintRow, FullComplaint, complaint
from opvangloket.domains.contact.complaints import ComplaintNotFound, note_read, take_step
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.complaints import (
    HANDED_TO_LABELS,
    LONGEST_COMPLAINT,
    RESULT_LABELS,
    STATE_LABELS,
    TOPIC_LABELS,
    ComplaintState,
    HandedTo,
    Party,
    Result,
    Standing,
    StepKind,
    Topic,
)
from opvangloket.rules.references import displayed
from opvangloket.web.guards import Visit
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Chip, Tone
from opvangloket.web.ui.templatetags.ui import long_date

TEMPLATE: Final = "complaint/page.html"
# The side of a bubble in a conversation, which a complaint is drawn as.
_SIDES: Final = {Party.FAMILY: "family", Party.ORGANISER: "location", Party.DESK: "desk"}
_TONES: Final = {
    ComplaintState.RECEIVED: Tone.WARM,
    ComplaintState.ANSWERED: Tone.COOL,
    ComplaintState.HANDED_ON: Tone.PLAIN,
    ComplaintState.CLOSED: Tone.LEAF,
}
_HEADINGS: Final[Mapping[StepKind, tuple[str, str]]] = {
    StepKind.REPLY: (gettext_noop("Antwoorden"), gettext_noop("Verstuur het antwoord")),
    StepKind.REMARK: (gettext_noop("Nog niet tevreden?"), gettext_noop("Verstuur je reactie")),
    StepKind.NOTE: (gettext_noop("Notitie voor het loket"), gettext_noop("Bewaar de notitie")),
    StepKind.HAND_ON: (gettext_noop("Doorgeven"), gettext_noop("Geef door")),
    StepKind.CLOSE: (gettext_noop("Afsluiten"), gettext_noop("Sluit de klacht af")),
}
_DONE: Final[Mapping[StepKind, str]] = {
    StepKind.REPLY: gettext_noop("Je antwoord is verstuurd."),
    StepKind.REMARK: gettext_noop("Je reactie is verstuurd. Je krijgt opnieuw een antwoord."),
    StepKind.NOTE: gettext_noop("Genoteerd. Alleen het loket ziet dit."),
    StepKind.HAND_ON: gettext_noop("De klacht is doorgegeven. Iedereen kreeg bericht."),
    StepKind.CLOSE: gettext_noop("De klacht is afgesloten. Iedereen kreeg bericht."),
}


class StepForm(forms.Form):
    """What somebody says; `after` is the last step on the page, so that a second press says nothing twice."""

    text = forms.CharField(
        label=gettext_lazy("Je tekst"),
        max_length=LONGEST_COMPLAINT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf eerst wat je wil zeggen.")},
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class HandOnForm(StepForm):
    """To whom, and why."""

    code = forms.ChoiceField(
        label=gettext_lazy("Aan wie geef je dit door?"),
        choices=[(to.value, capfirst(HANDED_TO_LABELS[to])) for to in HandedTo],
        widget=forms.RadioSelect,
    )
    field_order = ("code", "text")


class CloseForm(StepForm):
    """How it ended, with a last word to who complained."""

    code = forms.ChoiceField(
        label=gettext_lazy("Hoe liep het af?"),
        choices=[(result.value, capfirst(RESULT_LABELS[result])) for result in Result],
        widget=forms.RadioSelect,
    )
    field_order = ("code", "text")


_FORMS: Final[Mapping[StepKind, type[StepForm]]] = {StepKind.HAND_ON: HandOnForm, StepKind.CLOSE: CloseForm}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How one audience tells of a complaint: who is called what, its way back, and the address of each step."""

    names: Mapping[Party, str]
    who_reads: str
    back_url: str
    back_label: str
    page_url: str
    step_url: Callable[[StepKind], str]
    offered: frozenset[StepKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """Something that was said, as it is drawn."""

    id: str
    who: str
    at: datetime
    text: str
    side: str
    is_own: bool
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that the reader may take now: the first on the page is the one that waits."""

    kind: StepKind
    heading: str
    button: str
    url: str
    form: StepForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedComplaint:
    """A complaint in a list."""

    title: str
    url: str
    words: str
    chip: Chip


Draw = Callable[[dict[str, Any]], HttpResponse]


def found_or_404(reference: str, **about: Any) -> FullComplaint:
    """Return a complaint that the reader may see; anybody else's is not found."""
    try:
        return complaint(reference, **about)
    except ComplaintNotFound as error:
        raise Http404(error.message) from error


def follow(
    request: Request, visit: Visit, found: FullComplaint, telling: Telling, draw: Draw, kind: StepKind | None = None
) -> HttpResponse:
    """Show a complaint, or take the step `kind`; what cannot be taken keeps its words."""
    tried = None
    if kind is not None and request.method == "POST":
        tried = _form(kind, found, data=request.POST)
        if tried.is_valid() and _take(kind, tried, found, visit):
            messages.success(request, _(_DONE[kind]))
            return HttpResponseRedirect(telling.page_url)
        found = found_or_404(found.row.reference)
    note_read(complaint_id=found.row.id, actor=visit.actor, now=visit.now)
    tries = {kind: tried} if kind is not None and tried is not None else {}
    shown = (found.may & telling.offered) | tries.keys()
    context = {
        "title": title_of(found.row),
        "row": found.row,
        "chip": chip_of(found.row, visit.today),
        "bubbles": _bubbles(found, telling),
        "steps": [_open_step(step, found, telling, tries.get(step)) for step in StepKind if step in shown],
        "telling": telling,
        "waits": found.row.state is ComplaintState.RECEIVED,
    }
    return draw(context)


def title_of(row: ComplaintRow) -> str:
    """Name a complaint by what it is about."""
    about = row.location_name if row.topic is Topic.LOCATION else TOPIC_LABELS[row.topic]
    return _("Klacht over %(about)s") % {"about": about}


def chip_of(row: ComplaintRow, today: date) -> Chip:
    """Say where a complaint is, and that its term passed."""
    if row.stands(today) is Standing.LATE:
        return Chip(_("te laat"), Tone.BRICK)
    return Chip(_(STATE_LABELS[row.state]), _TONES[row.state])


def listed(
    rows: Iterable[ComplaintRow], *, today: date, url_of: Callable[[ComplaintRow], str], tells_who: bool = True
) -> list[ListedComplaint]:
    """Return complaints as a list shows them; `tells_who` names who complains, as far as the reader may know."""
    return [
        ListedComplaint(
            title=title_of(row),
            url=url_of(row),
            words=_listed_words(row, tells_who=tells_who),
            chip=chip_of(row, today),
        )
        for row in rows
    ]


def _listed_words(row: ComplaintRow, *, tells_who: bool) -> str:
    words = [displayed(row.reference)]
    if tells_who and row.complainant_name:
        words.append(_("van %(name)s") % {"name": row.complainant_name})
    words.append(_("ontvangen op %(day)s") % {"day": long_date(row.received_at)})
    if row.state is ComplaintState.RECEIVED:
        words.append(_("antwoord ten laatste op %(day)s") % {"day": long_date(row.due_on)})
    return " · ".join(words)


def _form(kind: StepKind, found: FullComplaint, data: Any = None) -> StepForm:
    form = _FORMS.get(kind, StepForm)
    return form(data, initial={"after": found.last_number}, auto_id=f"{kind}-%s")


def _take(kind: StepKind, form: StepForm, found: FullComplaint, visit: Visit) -> bool:
    answers = form.cleaned_data
    try:
        take_step(
            complaint_id=found.row.id,
            kind=kind,
            text=answers["text"],
            code=answers.get("code", ""),
            after=answers["after"],
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as refused:
        form.add_error("text", refused.message)
        return False
    return True


def _open_step(kind: StepKind, found: FullComplaint, telling: Telling, tried: StepForm | None) -> OpenStep:
    heading, button = _HEADINGS[kind]
    return OpenStep(
        kind=kind, heading=_(heading), button=_(button), url=telling.step_url(kind), form=tried or _form(kind, found)
    )


def _bubbles(found: FullComplaint, telling: Telling) -> tuple[Bubble, ...]:
    first = Bubble(
        id="klacht",
        who=telling.names[found.row.complainant],
        at=found.row.received_at,
        text=found.text,
        side=_SIDES[found.row.complainant],
        is_own=found.is_own,
        foot="",
    )
    said = (
        Bubble(
            id=f"stap-{step.number}",
            who=telling.names[step.party],
            at=step.at,
            text=step.text,
            side=_SIDES[step.party],
            is_own=step.party is found.reader,
            foot=_foot(step.kind, step.code),
        )
        for step in found.steps
    )
    return (first, *said)


def _foot(kind: StepKind, code: str) -> str:
    if kind is StepKind.NOTE:
        return _("Notitie, alleen voor het loket")
    if kind is StepKind.HAND_ON:
        return _("Doorgegeven aan %(whom)s") % {"whom": HANDED_TO_LABELS[HandedTo(code)]}
    if kind is StepKind.CLOSE:
        return _("Afgesloten: %(how)s") % {"how": RESULT_LABELS[Result(code)]}
    return ""

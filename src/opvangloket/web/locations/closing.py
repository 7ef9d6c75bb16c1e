"""Closing a location for good, by its own people or by its home desk: the day, and what follows for every family."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.closing.locations import Consequence, NextStep
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_date
from opvangloket.web.ui.forms import DutchDateField

StepWords = Mapping[NextStep, Any]


class ClosingDayForm(forms.Form):
    """From which day on a location is closed; `seen` is how many consequences were shown."""

    closed = DutchDateField(label=gettext_lazy("Vanaf welke dag is de opvang gesloten?"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["closed"] = DutchDateField(
            label=gettext_lazy("Vanaf welke dag is de opvang gesloten?"),
            help_text=gettext_lazy("Je ziet eerst wat er volgt. Er verandert nog niets."),
            earliest=today,
        )


@dataclass(frozen=True, slots=True)
class FollowingGroup:
    """What has the same next step: the step, what it means, and one line per question, proposal or child."""

    title: str
    explained: str
    lines: tuple[str, ...]


def following_groups(
    following: Iterable[Consequence], titles: StepWords, explained: StepWords
) -> tuple[FollowingGroup, ...]:
    """Return the consequences per next step, each line in words."""
    lines: dict[NextStep, list[str]] = {}
    for one in following:
        who = one.child_words or _("Vraag %(reference)s") % {"reference": displayed(one.reference)}
        words = _("%(who)s, start op %(day)s") % {"who": who, "day": dutch_date(one.start_on)}
        lines.setdefault(one.step, []).append(words)
    return tuple(
        FollowingGroup(str(titles[step]), str(explained[step]), tuple(lines[step]))
        for step in NextStep
        if step in lines
    )


def total_words(count: int) -> str:
    """Say how much follows."""
    if not count:
        return _("Niemand wacht hier op een antwoord of een plaats.")
    words = ngettext("%(count)s gezin krijgt een volgende stap.", "%(count)s zaken krijgen een volgende stap.", count)
    return words % {"count": count}

"""When: the day on which care starts, and until when. Children of one question may start on different days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from opvangloket.domains.requests.actions import AskedChild
from opvangloket.domains.requests.questions import EARLIEST_START, LATEST_START
from opvangloket.rules.periods import ONE_DAY
from opvangloket.web.family.ask.children import child_words
from opvangloket.web.family.ask.typed import Typed, TypedForm
from opvangloket.web.ui.forms import DutchDateField

SCHOOL, UNTIL_A_DAY = "school", "day"


class StartForm(TypedForm):
    """The start per child, and the last day for who needs care only for a while."""

    def __init__(
        self,
        typed: Typed | None,
        *,
        today: date,
        children: Sequence[AskedChild] = (),
        quiet: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.today = today
        self.children = tuple(children) or (AskedChild(),)
        for number, child in enumerate(self.children, start=1):
            self.fields[f"start_{number}"] = self._start_field(number, child)
        self.fields["until"] = forms.ChoiceField(
            label=_("Tot wanneer?"),
            choices=((SCHOOL, _("Tot mijn kind naar school gaat")), (UNTIL_A_DAY, _("Tot een dag die ik kies"))),
            widget=forms.RadioSelect,
            initial=SCHOOL,
        )
        self.fields["last_day"] = DutchDateField(
            label=_("Laatste dag opvang"), help_text=_("Bijvoorbeeld 30 6 2027."), required=False
        )

    def _start_field(self, number: int, child: AskedChild) -> DutchDateField:
        alone = len(self.children) == 1
        name = child_words(child, number, len(self.children))
        hint = _("Bijvoorbeeld 1 9 2026. Weet je het nog niet juist? Schat de dag.")
        return DutchDateField(
            label=_("Eerste dag opvang") if alone else _("Eerste dag opvang voor %(name)s") % {"name": name},
            help_text=hint if number == 1 else _("Laat leeg als het dezelfde dag is."),
            required=number == 1,
        )

    def clean(self) -> dict[str, Any]:
        """Hold each start against today and the birth, and the last day against the starts."""
        for number, child in enumerate(self.children, start=1):
            start = self._start(number)
            if start and (problem := self._start_problem(start, child)):
                own = bool(self.cleaned_data.get(f"start_{number}"))
                self.add_error(f"start_{number}" if own else "start_1", problem)
        self._check_last_day()
        return self.cleaned_data

    def _start(self, number: int) -> date | None:
        return self.cleaned_data.get(f"start_{number}") or self.cleaned_data.get("start_1")

    def _start_problem(self, start: date, child: AskedChild) -> str:
        if not self.today - EARLIEST_START <= start <= self.today + LATEST_START:
            return _("Deze dag ligt te ver. Kijk het jaar na.")
        if child.birth_on and start < child.birth_on:
            return _("De opvang kan niet starten voor de geboorte. Kijk de datum na.")
        if child.due_on and start < child.due_on:
            return _("De opvang start na de geboorte. Kies een latere dag.")
        return ""

    def _check_last_day(self) -> None:
        if self.cleaned_data.get("until") != UNTIL_A_DAY:
            self.cleaned_data["last_day"] = None
            return
        last, starts = self.cleaned_data.get("last_day"), [s for n in self._numbers if (s := self._start(n))]
        if last is None and "last_day" not in self.errors:
            self.add_error("last_day", _("Vul de laatste dag in, of kies “Tot mijn kind naar school gaat”."))
        elif last and starts and last < max(starts):
            self.add_error("last_day", _("De laatste dag komt na de eerste. Kijk de datum na."))

    @property
    def _numbers(self) -> range:
        return range(1, len(self.children) + 1)

    @property
    def start_fields(self) -> Iterator[BoundField]:
        """Yield the first day of each child."""
        yield from (self[f"start_{number}"] for number in self._numbers)

    def starts(self) -> tuple[date, ...]:
        """Return the first day of each child, of a valid form."""
        return tuple(self.cleaned_data[f"start_{n}"] or self.cleaned_data["start_1"] for n in self._numbers)

    @property
    def end_on(self) -> date | None:
        """The first day without care; None lasts until school."""
        last: date | None = self.cleaned_data["last_day"]
        return last + ONE_DAY if last else None

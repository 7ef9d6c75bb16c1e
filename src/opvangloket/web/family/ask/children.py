"""For whom: one child or several, born or expected. A brother, sister or twin gets a request of its own, linked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from opvangloket.domains.requests.actions import AskedChild
from opvangloket.domains.requests.questions import LATEST_BIRTH_AFTER_DUE, LONGEST_PREGNANCY, OLDEST_CHILD
from opvangloket.web.family.ask.typed import Typed, TypedForm, first
from opvangloket.web.ui.forms import DutchDateField, HintedRadios

MOST_CHILDREN: Final = 4
_COUNT: Final = "children"
_NAME_PARTS: Final = ("born", "date", "first_name", "last_name")
APART, TOGETHER = "apart", "together"


@dataclass(frozen=True, slots=True)
class ChildFields:
    """The fields about one child, under their heading."""

    number: int
    heading: str
    fields: tuple[BoundField, ...]


class ChildrenForm(TypedForm):
    """Per child: born or not, the date, the names. `count` children are asked for."""

    def __init__(self, typed: Typed | None, *, today: date, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.today = today
        self.count = count_children(typed or {})
        self.fields[_COUNT] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.count)
        for number in range(1, self.count + 1):
            self._add_child(number, typed or {})
        if self.count > 1:
            self.fields["together"] = forms.ChoiceField(
                label=_("Moeten je kinderen samen naar dezelfde opvang?"),
                choices=((TOGETHER, _("Ja, allemaal of niemand")), (APART, _("Nee, apart kan ook"))),
                widget=HintedRadios(hints={APART: _("Zo vind je vaak sneller plaats.")}),
            )

    def _add_child(self, number: int, typed: Typed) -> None:
        self.fields[f"born_{number}"] = forms.ChoiceField(
            label=_("Is je kind al geboren?"),
            choices=(("yes", _("Ja")), ("no", _("Nee, nog niet"))),
            widget=forms.RadioSelect(attrs={"class": "is-inline"}),
        )
        self.fields[f"date_{number}"] = DutchDateField(
            label=_("Geboortedatum of verwachte datum"),
            help_text=_("Bijvoorbeeld 27 3 2026. Weet je de dag nog niet juist? Schat hem."),
        )
        self.fields[f"first_name_{number}"] = forms.CharField(
            label=_("Voornaam van je kind"),
            help_text=_("Nog niet geboren? Dan mag je dit leeg laten."),
            max_length=100,
            required=first(typed, f"born_{number}") != "no",
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Vul de voornaam van je kind in.")},
        )
        self.fields[f"last_name_{number}"] = forms.CharField(
            label=_("Familienaam van je kind"),
            help_text=_("Alleen als die anders is dan jouw naam."),
            max_length=100,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    @property
    def groups(self) -> Iterator[ChildFields]:
        """Yield the fields child by child."""
        for number in range(1, self.count + 1):
            heading = _("Kind %(number)s") % {"number": number} if self.count > 1 else ""
            yield ChildFields(number, heading, tuple(self[f"{part}_{number}"] for part in _NAME_PARTS))

    @property
    def may_add(self) -> bool:
        """Whether one more child can be added."""
        return self.count < MOST_CHILDREN

    def clean(self) -> dict[str, Any]:
        """Hold each date against today."""
        for number in range(1, self.count + 1):
            born, day = self.cleaned_data.get(f"born_{number}"), self.cleaned_data.get(f"date_{number}")
            if born and day and (problem := self._date_problem(born == "yes", day)):
                self.add_error(f"date_{number}", problem)
        return self.cleaned_data

    def _date_problem(self, born: bool, day: date) -> str:
        if born and day > self.today:
            return _("Deze dag komt nog. Kijk de datum na, of kies “Nee, nog niet”.")
        if born and day < self.today - OLDEST_CHILD:
            return _("Een kind van die leeftijd gaat al naar school. Kijk het jaar na.")
        earliest, latest = self.today - LATEST_BIRTH_AFTER_DUE, self.today + LONGEST_PREGNANCY
        if not born and not earliest <= day <= latest:
            return _("Dit kan geen verwachte datum zijn. Kijk het jaar na.")
        return ""

    def children(self) -> tuple[AskedChild, ...]:
        """Return the children of a valid form."""
        return tuple(self._child(number) for number in range(1, self.count + 1))

    def _child(self, number: int) -> AskedChild:
        answers = self.cleaned_data
        born = answers[f"born_{number}"] == "yes"
        return AskedChild(
            first_name=answers[f"first_name_{number}"],
            last_name=answers[f"last_name_{number}"],
            birth_on=answers[f"date_{number}"] if born else None,
            due_on=None if born else answers[f"date_{number}"],
        )

    @property
    def together(self) -> bool:
        """Whether the family takes places for all children or for none."""
        return self.cleaned_data.get("together") == TOGETHER


def count_children(typed: Typed) -> int:
    """Return for how many children is asked; whatever was posted, at least one and not too many."""
    text = first(typed, _COUNT, "1")
    return min(int(text), MOST_CHILDREN) if text in {"1", "2", "3", "4"} else 1


def with_one_more(typed: Typed, *, twin: bool) -> dict[str, list[str]]:
    """Return what was typed with room for one more child; of a twin the date is known."""
    count = count_children(typed)
    if count == MOST_CHILDREN:
        return dict(typed)
    more = {**typed, _COUNT: [str(count + 1)]}
    shared = ("born", "date_day", "date_month", "date_year", "last_name") if twin else ("last_name",)
    return more | {_field(part, count + 1): typed[_field(part, 1)] for part in shared if _field(part, 1) in typed}


def without(typed: Typed, number: int) -> dict[str, list[str]]:
    """Return what was typed without one of several children; those after it move up."""
    count = count_children(typed)
    if not 1 <= number <= count or count == 1:
        return dict(typed)
    parts = ("born", "date_day", "date_month", "date_year", "first_name", "last_name")
    left = {
        name: texts for name, texts in typed.items() if name not in {_field(p, n) for p in parts for n in range(1, 5)}
    }
    others = [n for n in range(1, count + 1) if n != number]
    for place, old in enumerate(others, start=1):
        left |= {_field(part, place): typed[_field(part, old)] for part in parts if _field(part, old) in typed}
    return {**left, _COUNT: [str(count - 1)]}


def _field(part: str, number: int) -> str:
    """Return the name of a control: the parts of a date stand behind the number of the child."""
    stem, _underscore, piece = part.partition("date_")
    return f"date_{number}_{piece}" if piece else f"{stem}_{number}"


def child_words(child: AskedChild, number: int, count: int) -> str:
    """Name a child in a sentence: its first name, else "je kind"."""
    if child.first_name:
        return child.first_name
    return _("je kind") if count == 1 else _("kind %(number)s") % {"number": number}

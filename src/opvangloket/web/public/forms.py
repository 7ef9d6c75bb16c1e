"""What a family may filter on. Every filter is in the address, so a search can be kept, sent and come back to."""

from typing import Any

from django import forms

from opvangloket.domains.providers.search import SearchFilter
from opvangloket.domains.providers.types import LocationType
from opvangloket.rules.asked_times import Times
from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.rules.wording import dutch_time

WORKWEEK = PART_CODES[:10]
_PRICES = (("", "Maakt niet uit"), ("income", "Prijs volgens je inkomen"), ("free", "Vaste prijs"))
_TYPES = (
    ("", "Maakt niet uit"),
    (LocationType.FAMILY.value, "Gezinsopvang: bij een onthaalouder"),
    (LocationType.GROUP.value, "Groepsopvang: in een crèche"),
)
_HALF_HOUR = 30
_TIMES = [(str(minutes), dutch_time(minutes)) for minutes in range(5 * 60, 22 * 60 + 1, _HALF_HOUR)]
_PLAIN = {"class": "is-plain"}
_EXTRAS = (
    ("free_only", "Nu vrije plaatsen"),
    ("early", "Open vóór 7 uur"),
    ("late", "Open na 18 uur"),
    ("weekend", "Open in het weekend"),
    ("night", "Ook ’s nachts"),
    ("inclusive", "Extra zorg is welkom"),
    ("accessible", "Toegankelijk met een rolstoel"),
)


class SearchForm(forms.Form):
    """Where, when, what kind. Nothing is obliged; what cannot be read is left out."""

    use_required_attribute = False

    plaats = forms.CharField(
        label="Waar zoek je?",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Gemeente, postcode of straat", "autocomplete": "postal-code"}),
    )
    moment = forms.MultipleChoiceField(label="Welke momenten?", choices=[(c, c) for c in WORKWEEK], required=False)
    van = forms.ChoiceField(label="Van", choices=[("", "–"), *_TIMES], required=False)
    tot = forms.ChoiceField(label="Tot", choices=[("", "–"), *_TIMES], required=False)
    prijs = forms.ChoiceField(
        label="Welke prijs?", choices=_PRICES, required=False, widget=forms.RadioSelect(attrs=_PLAIN)
    )
    soort = forms.ChoiceField(
        label="Welke opvang?", choices=_TYPES, required=False, widget=forms.RadioSelect(attrs=_PLAIN)
    )
    wens = forms.MultipleChoiceField(
        label="Wat is nog belangrijk?",
        choices=_EXTRAS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_PLAIN),
    )

    def wanted(self) -> SearchFilter:
        """Return the filters, leaving out what could not be read."""
        self.is_valid()
        answers: dict[str, Any] = self.cleaned_data
        price, kind, wishes = answers.get("prijs"), answers.get("soort"), answers.get("wens", [])
        return SearchFilter(
            pattern=WeekPattern.from_codes(answers.get("moment", [])),
            times=self._times(),
            type=LocationType(kind) if kind else None,
            income_tariff=price == "income",
            free_price=price == "free",
            **dict.fromkeys(wishes, True),
        )

    def _times(self) -> Times | None:
        """Return the times that the care must cover; of one that is not told, only the other counts."""
        start, end = (int(self.cleaned_data.get(name) or 0) for name in ("van", "tot"))
        if not (start or end) or self.times_turned:
            return None
        return Times(start or end - 1, end or start + 1)

    @property
    def times_turned(self) -> bool:
        """Tell whether the times end before they start, so that they cannot be used."""
        self.is_valid()
        start, end = (int(self.cleaned_data.get(name) or 0) for name in ("van", "tot"))
        return bool(start and end and end <= start)

    @property
    def place(self) -> str:
        """Return the place as typed."""
        self.is_valid()
        return str(self.cleaned_data.get("plaats", "")).strip()

    @property
    def chosen_parts(self) -> frozenset[str]:
        """Return the parts that are ticked, for drawing the week."""
        self.is_valid()
        return frozenset(self.cleaned_data.get("moment", []))

"""What an organiser fills in about its own places: how it keeps them, how many there are, what is free."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.providers.own_locations import (
    AgeGroup,
    CapacityKind,
    LocationType,
    OwnLocation,
    PlacesPeriod,
    Tariff,
)
from opvangloket.domains.providers.upkeep import MOST_PLACES
from opvangloket.domains.providers.vacancies import NewVacancy
from opvangloket.rules.free_stretches import FreeStretch
from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, WEEKEND
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import WEEKDAY_NAMES
from opvangloket.web.organiser.locations.location_facts import AGE_GROUPS
from opvangloket.web.questions.asked_facts import TARIFF_WORDS
from opvangloket.web.ui.forms import DutchDateField, HintedRadios, HoursField, KeepsId, WeekPartsField

GROUPS = [(group.value, words) for group, words in AGE_GROUPS.items()]


class CapacityForm(forms.Form):
    """How a location keeps its places."""

    kind = forms.ChoiceField(
        label=_("Hoe hou je je plaatsen bij?"),
        choices=[
            (CapacityKind.PLAN.value, _("Hier, met alle kinderen")),
            (CapacityKind.VACANCIES.value, _("Ik geef zelf op wat vrij is")),
            (CapacityKind.NONE.value, _("Niet hier")),
        ],
        widget=HintedRadios(
            hints={
                CapacityKind.PLAN.value: "Wij tellen wat vrij is. Een plaats kan nooit twee keer weg.",
                CapacityKind.VACANCIES.value: "Wat je niet opgeeft, telt als volzet.",
                CapacityKind.NONE.value: "Je kan altijd antwoorden. Niemand ziet of je plaats hebt.",
            }
        ),
    )


class NumbersWidget(forms.Widget):
    """Draws a number per morning and afternoon under the days; posts `<name>_ma_vm`."""

    template_name = "organiser/numbers.html"
    use_fieldset = True

    def __init__(self, *, weekend: bool, caption: object) -> None:
        super().__init__()
        self.weekend = weekend
        self.caption = caption

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return two rows of numbers under the names of the days."""
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", name)
        typed = value if isinstance(value, dict) else {}
        named = zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
        days = [(code, day) for code, day in named if self.weekend or code not in WEEKEND]
        rows = [
            {
                "half": half,
                "name": half_name,
                "cells": [
                    {
                        "name": f"{name}_{code}_{half}",
                        "id": f"{id_}_{code}_{half}",
                        "value": typed.get(f"{code}_{half}", ""),
                        "label": f"{day} {half_name}",
                    }
                    for code, day in days
                ],
            }
            for half, half_name in (("vm", _("voormiddag")), ("nm", _("namiddag")))
        ]
        return {**context, "caption": self.caption, "days": days, "rows": rows}

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> dict[str, str]:
        """Read what was typed, per day part."""
        return {code: str(data.get(f"{name}_{code}", "")).strip() for code in PART_CODES}

    def first_id(self, auto_id: str) -> str:
        """Return the id of the first number, for the link in the error summary."""
        return f"{auto_id}_{PART_CODES[0]}"

    def id_for_label(self, _id: str | None) -> str:
        """Return no id: the fieldset names the group."""
        return ""


class NumbersField(forms.Field):
    """Fourteen numbers, cleaned to a tuple from ma_vm to zo_nm; nothing typed is none."""

    def clean(self, value: Any) -> tuple[int, ...] | None:
        """Return the numbers; ValidationError for whatever is no number from 0 to the most.

        When nothing is typed, or only zeros, a field that is not required gives None.
        """
        typed = value if isinstance(value, dict) else {}
        numbers = tuple(_number(typed.get(code, "") or "0") for code in PART_CODES)
        if not any(numbers):
            if not self.required:
                return None
            raise ValidationError(_("Vul voor minstens één dagdeel een aantal in."))
        return numbers


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_PLACES:
        raise ValidationError(
            _("%(text)s is geen aantal. Kies een getal van 0 tot %(most)s."), params={"text": text, "most": MOST_PLACES}
        )
    return int(text)


class PlacesForm(forms.Form):
    """From which day, for which children, how many places; it starts from the last known numbers.

    Group care may add its caregivers: what the law allows follows from them. In family care it does not.
    """

    def __init__(self, data: Any = None, *, location: OwnLocation, latest: PlacesPeriod | None, today: date) -> None:
        super().__init__(data)
        weekend = bool(set(location.opened.weekdays) & set(WEEKEND))
        self.fields["start"] = DutchDateField(label=_("Vanaf wanneer?"), initial=today)
        self.fields["age_group"] = forms.ChoiceField(
            label=_("Voor wie?"),
            choices=GROUPS,
            initial=latest.age_group.value if latest else AgeGroup.MIXED.value,
            widget=forms.RadioSelect({"class": "is-inline"}),
        )
        self.fields["places"] = NumbersField(
            label=_("Hoeveel plaatsen per dagdeel?"),
            help_text=_("Met het team dat je dan hebt. Dat kan minder zijn dan je vergunning."),
            widget=NumbersWidget(weekend=weekend, caption=_("Plaatsen per dagdeel")),
            initial=_known(location, latest),
        )
        if location.type is LocationType.GROUP:
            self.fields["caregivers"] = NumbersField(
                label=_("Met hoeveel begeleiders?"),
                help_text=_("We zeggen je dan of het klopt met de kindratio: hoeveel kinderen per begeleider."),
                widget=NumbersWidget(weekend=weekend, caption=_("Begeleiders per dagdeel")),
                required=False,
                initial=_typed(latest.caregivers) if latest and latest.caregivers else {},
            )


def _typed(numbers: tuple[int, ...]) -> dict[str, str]:
    return {code: str(number) for code, number in zip(PART_CODES, numbers, strict=True)}


def _known(location: OwnLocation, latest: PlacesPeriod | None) -> dict[str, str]:
    """Return the numbers to start from: the last known ones, else the licensed places on the opening days."""
    if latest:
        return _typed(latest.places)
    return {code: str(location.licensed_places if code in location.opened else 0) for code in PART_CODES}


class VacancyForm(KeepsId):
    """A free place: which days, at which hours, from when, until when, for whom.

    `stretch` is what comes free by the plan, to start from.
    """

    def __init__(
        self, data: Any = None, *, location: OwnLocation, public: bool, today: date, stretch: FreeStretch | None = None
    ) -> None:
        super().__init__(data, initial=_of_the_plan(stretch) if stretch else None)
        self.tariffs = location.vacancy_tariffs
        weekend = bool(set(location.opened.weekdays) & set(WEEKEND))
        self.fields["week"] = WeekPartsField(label=_("Op welke dagen is er plaats?"), weekend=weekend)
        self.fields["hours"] = HoursField(
            label=_("Van wanneer tot wanneer?"),
            help_text=_("Alleen als de plaats niet voor de hele dag of halve dag is. Bijvoorbeeld van 9 tot 15."),
            required=False,
            weekend=weekend,
        )
        self.fields["start"] = DutchDateField(label=_("Vanaf wanneer?"), initial=today)
        self.fields["last"] = DutchDateField(
            label=_("Laatste dag"), help_text=_("Alleen als de plaats tijdelijk is."), required=False
        )
        self.fields["places"] = forms.IntegerField(
            label=_("Hoeveel plaatsen?"),
            min_value=1,
            max_value=100,
            initial=1,
            widget=forms.TextInput({"inputmode": "numeric", "class": "width-2"}),
        )
        self.fields["age_group"] = forms.ChoiceField(
            label=_("Voor wie?"),
            choices=GROUPS,
            initial=AgeGroup.MIXED.value,
            widget=forms.RadioSelect({"class": "is-inline"}),
        )
        if len(self.tariffs) > 1:
            self.fields["tariff"] = forms.ChoiceField(
                label=_("Prijs"),
                choices=[(tariff.value, TARIFF_WORDS[tariff]) for tariff in self.tariffs],
                widget=forms.RadioSelect({"class": "is-inline"}),
            )
        self.fields["public"] = forms.ChoiceField(
            label=_("Wie mag dit zien?"),
            choices=[("yes", _("Iedereen")), ("no", _("Alleen het loket"))],
            initial="yes" if public else "no",
            widget=forms.RadioSelect({"class": "is-inline"}),
        )

    def vacancy(self) -> NewVacancy:
        """Return the vacancy of a valid form."""
        cleaned = self.cleaned_data
        return NewVacancy(
            pattern=cleaned["week"],
            hours=cleaned["hours"],
            start_on=cleaned["start"],
            end_on=cleaned["last"] + ONE_DAY if cleaned["last"] else None,
            places=cleaned["places"],
            age_group=AgeGroup(cleaned["age_group"]),
            tariff=Tariff(cleaned["tariff"]) if "tariff" in cleaned else self.tariffs[0],
            public=cleaned["public"] == "yes",
        )


def _of_the_plan(stretch: FreeStretch) -> dict[str, Any]:
    return {
        "week": stretch.pattern,
        "start": stretch.period.start,
        "last": stretch.period.last_day,
        "places": stretch.places,
        "age_group": stretch.age_group.value,
    }

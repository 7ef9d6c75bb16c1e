"""Which moments: the week, how much of it, and exact hours for who needs care early, late or at night."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.rules.patterns import WEEKDAYS, WEEKEND, CareHours, WeekPattern
from opvangloket.rules.wording import WEEKDAY_NAMES, dutch_list
from opvangloket.web.family.ask.typed import Typed, TypedForm, first
from opvangloket.web.ui.forms import HintedCheckboxes, HoursField, WeekAnswer, WeekPatternField

EARLY_OR_LATE, NIGHT, HOLIDAY = "early", "night", "holiday"
_WEEKEND_SHOWN: Final = "weekend"
_MOST_PARTS: Final = 10
_PARTS_PER_DAY: Final = 2


def shows_weekend(typed: Typed) -> bool:
    """Tell whether Saturday and Sunday were asked for."""
    chosen = any(first(typed, f"week_{day}_{half}") in {"need", "can"} for day in WEEKEND for half in ("vm", "nm"))
    return chosen or first(typed, _WEEKEND_SHOWN) == "yes"


def with_weekend(typed: Typed) -> dict[str, list[str]]:
    """Return what was typed, with Saturday and Sunday to choose from."""
    return {**typed, _WEEKEND_SHOWN: ["yes"]}


class MomentsForm(TypedForm):
    """The week strip, how many parts of it, and special hours."""

    def __init__(self, typed: Typed | None, *, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.shows_weekend = shows_weekend(typed or {})
        self.fields["week"] = WeekPatternField(label=_("Je week"), weekend=self.shows_weekend)
        self.fields[_WEEKEND_SHOWN] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial="yes" if self.shows_weekend else ""
        )
        self.fields["wanted"] = forms.TypedChoiceField(
            label=_("Hoeveel heb je daarvan nodig?"),
            help_text=_("Zijn niet alle dagen nodig? Zeg dan hoeveel, dan vind je sneller plaats."),
            choices=(("", _("Alles wat ik “nodig” noemde")), *self._amounts()),
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["special"] = forms.MultipleChoiceField(
            label=_("Heb je opvang nodig op andere uren?"),
            choices=(
                (EARLY_OR_LATE, _("Voor 7 uur of na 18 uur")),
                (NIGHT, _("’s Nachts")),
                (HOLIDAY, _("Op feestdagen")),
            ),
            widget=HintedCheckboxes,
            required=False,
        )
        self.fields["hours"] = HoursField(
            label=_("Van wanneer tot wanneer?"),
            help_text=_("Bijvoorbeeld van 6.30 tot 17. Vul alleen de dagen in die je koos."),
            weekend=self.shows_weekend,
            required=False,
        )

    @staticmethod
    def _amounts() -> list[tuple[str, str]]:
        return [(str(parts), amount_words(parts)) for parts in range(1, _MOST_PARTS + 1)]

    def clean(self) -> dict[str, Any]:
        """Hold the amount and the hours against the chosen week."""
        week: WeekAnswer | None = self.cleaned_data.get("week")
        if week is None:
            return self.cleaned_data
        if not week.needed:
            self._need_something(week)
        self._check_amount(week)
        self._check_hours(week)
        return self.cleaned_data

    def _need_something(self, week: WeekAnswer) -> None:
        """Who says "any three days" needs that many of what is possible; a bare "kan ook" asks nothing yet."""
        if self.cleaned_data.get("wanted"):
            self.cleaned_data["week"] = WeekAnswer(needed=week.also)
        else:
            self.add_error("week", _("Duid aan wat je nodig hebt. Of kies hieronder hoeveel je nodig hebt."))

    def _check_amount(self, week: WeekAnswer) -> None:
        wanted, possible = self.cleaned_data.get("wanted"), len(week.needed | week.also)
        if wanted and wanted > possible:
            text = _("Je koos samen %(possible)s. Kies er nog bij, of vraag er minder.")
            self.add_error("wanted", text % {"possible": parts_words(possible)})

    def _check_hours(self, week: WeekAnswer) -> None:
        if EARLY_OR_LATE not in self.cleaned_data.get("special", []):
            self.cleaned_data["hours"] = CareHours()
            return
        hours: CareHours | None = self.cleaned_data.get("hours")
        if hours is None:
            return
        if not hours.days:
            self.add_error("hours", _("Vul in van wanneer tot wanneer je opvang nodig hebt."))
        chosen = (week.needed | week.also).weekdays
        if others := [day.weekday for day in hours.days if day.weekday not in chosen]:
            names = dutch_list([WEEKDAY_NAMES[WEEKDAYS.index(day)] for day in dict.fromkeys(others)])
            self.add_error(
                "hours", _("Je koos geen opvang op %(days)s. Kies die dag ook, of haal de uren weg.") % {"days": names}
            )

    @property
    def needed(self) -> WeekPattern:
        """The parts that are needed."""
        return self._week.needed

    @property
    def also(self) -> WeekPattern:
        """The parts that are fine too."""
        return self._week.also

    @property
    def _week(self) -> WeekAnswer:
        week: WeekAnswer = self.cleaned_data["week"]
        return week

    @property
    def wanted(self) -> int | None:
        """How many parts are wanted; None for all that is needed."""
        wanted: int | None = self.cleaned_data["wanted"]
        return wanted

    @property
    def hours(self) -> CareHours:
        """The exact hours, with night and public holidays."""
        special = self.cleaned_data["special"]
        return CareHours(self.cleaned_data["hours"].days, night=NIGHT in special, public_holiday=HOLIDAY in special)


def parts_words(parts: int) -> str:
    """Write a number of day parts: "1 dagdeel", "4 dagdelen"."""
    return ngettext("%(parts)s dagdeel", "%(parts)s dagdelen", parts) % {"parts": parts}


def amount_words(parts: int) -> str:
    """Write an amount as people count it: "3 dagdelen (anderhalve dag)"."""
    days, half = divmod(parts, _PARTS_PER_DAY)
    if not days:
        return _("1 dagdeel (een halve dag)")
    whole = ngettext("%(days)s dag", "%(days)s dagen", days) % {"days": days}
    return f"{parts_words(parts)} ({_('%(whole)s en een half') % {'whole': whole} if half else whole})"

"""What could be a little different: each yes makes a place likelier, each question may stay open."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.web.family.ask.typed import Typed, TypedForm, yes_no

MOST_MONTHS: Final = 6


class FlexibilityForm(TypedForm):
    """A later start, other days, part of the week, another location nearby."""

    def __init__(self, typed: Typed | None, *, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(typed, quiet=quiet, **kwargs)
        self.fields["later"] = forms.TypedChoiceField(
            label=_("Mag de opvang later starten?"),
            choices=(("0", _("Nee")), *((str(n), later_words(n)) for n in range(1, MOST_MONTHS + 1))),
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["other_days"] = yes_no(_("Mogen het andere dagen zijn?"), required=False)
        self.fields["part_of_week"] = yes_no(_("Wil je al starten met een deel van de week?"), required=False)
        self.fields["other_location"] = yes_no(
            _("Mag het loket een andere opvang in de buurt voorstellen?"), required=False
        )

    def answers(self) -> dict[str, Any]:
        """Return the answers of a valid form by the names of `NewQuestion`; an open question counts as no."""
        return {
            "later_start_months": self.cleaned_data["later"] or 0,
            "other_days_ok": self._yes("other_days"),
            "part_of_week_ok": self._yes("part_of_week"),
            "other_location_ok": self._yes("other_location"),
        }

    def _yes(self, name: str) -> bool:
        return bool(self.cleaned_data[name] == "yes")


def later_words(months: int) -> str:
    """Write how much later the start may be."""
    return ngettext("Ja, tot %(months)s maand later", "Ja, tot %(months)s maanden later", months) % {"months": months}

"""The three answers as forms: ja, iets anders, nee. Each cleans to the answer that the action takes."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No, Yes
from opvangloket.domains.distribution.answering.proposals import Proposal
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import WEEKEND, CareHours, WeekPattern
from opvangloket.rules.reasons import NO_REASONS, NoReason
from opvangloket.rules.terms import LATEST_REPLY, reply_by
from opvangloket.web.organiser.refusable import GoesOver, Refusable
from opvangloket.web.ui.forms import DutchDateField, HoursField, WeekPartsField

TARIFFS = ((Tariff.INCOME.value, _("Prijs volgens inkomen")), (Tariff.FREE.value, _("Vaste prijs")))
LONGEST_MESSAGE = 2000


def _message() -> forms.CharField:
    return forms.CharField(
        label=_("Boodschap aan het gezin"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
    )


class AnswerForm(Refusable):
    """What the three answers have in common: the question that they answer, and a message."""

    kind: AnswerKind

    def __init__(
        self, data: Any = None, *, question: OrganiserQuestion, proposal: Proposal, today: date, initial: Any = None
    ) -> None:
        super().__init__(data, prefix=self.kind.value, initial=initial)
        self.question, self.proposal, self.today = question, proposal, today
        self.fields["message"] = _message()

    def answer(self) -> NewAnswer:
        """Return the answer of a valid form."""
        raise NotImplementedError


class OfferForm(GoesOver, AnswerForm):
    """A yes or an alternative: with price, time to reply, and a reason where it goes over what is free."""

    over_hint = _("Bijvoorbeeld: er vertrekt een kind in mei. Het gezin ziet dit niet.")
    instead = _("Kies andere dagen, of schrijf waarom je de plaats toch geeft.")

    def __init__(self, data: Any = None, *, goes_over: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        latest = self.today + LATEST_REPLY
        if self.question.location_tariff is Tariff.MIXED:
            self.fields["tariff"] = forms.ChoiceField(
                label=_("Prijs"), choices=TARIFFS, widget=forms.RadioSelect({"class": "is-inline"})
            )
        self.fields["reply_by"] = DutchDateField(
            label=_("Het gezin antwoordt ten laatste op"),
            earliest=self.today,
            latest=latest,
            initial=reply_by(self.today, reply_by_days=self.question.reply_by_days),
        )
        if goes_over:
            self.let_go_over()
        self.keep_over()

    def common(self) -> dict[str, Any]:
        """Return what a yes and an alternative share."""
        cleaned = self.cleaned_data
        return {
            "tariff": Tariff(cleaned["tariff"]) if cleaned.get("tariff") else None,
            "reply_by_on": cleaned["reply_by"],
            "message": cleaned["message"],
            "over_capacity_reason": self.over_capacity_reason,
        }


class YesForm(OfferForm):
    """Days and start as asked; which days only when the family left a choice."""

    kind = AnswerKind.YES

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        care = self.question.care
        if care.leaves_choice:
            self.fields["week"] = WeekPartsField(
                label=_("Welke dagdelen krijgt het kind?"),
                weekend=_in_weekend(care.needed | care.also),
                initial=self.proposal.alternative.pattern if self.proposal.alternative else None,
            )
        self.order_fields(["week", "tariff", "reply_by", "message", "over_capacity_reason"])

    def answer(self) -> Yes:
        """Return the yes."""
        return Yes(pattern=self.cleaned_data.get("week"), **self.common())


class AlternativeForm(OfferForm):
    """Other days, another start or other hours: what exactly; it starts from the best that the places allow."""

    kind = AnswerKind.ALTERNATIVE

    def __init__(self, data: Any = None, *, weekend: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        care, best = self.question.care, self.proposal.alternative
        self.fields["week"] = WeekPartsField(
            label=_("Op welke dagen is er plaats?"),
            weekend=weekend or _in_weekend(care.needed | care.also),
            initial=best.pattern if best else care.needed,
        )
        self.fields["start"] = DutchDateField(
            label=_("Vanaf wanneer?"), initial=best.period.start if best else care.start_on
        )
        self.fields["hours"] = HoursField(
            label=_("Van wanneer tot wanneer?"),
            help_text=_("Alleen als je andere uren voorstelt. Bijvoorbeeld van 7.30 tot 17."),
            required=False,
            weekend=weekend,
            initial=best.hours if best and best.hours else care.hours,
        )
        self.order_fields(["week", "start", "hours", "tariff", "reply_by", "message", "over_capacity_reason"])

    @property
    def shows_hours(self) -> bool:
        """Whether the hours stand open: those of the place are filled in, or what was typed is not right yet."""
        best = self.proposal.alternative
        return bool(best and best.hours) or "hours" in self.errors

    def answer(self) -> Alternative:
        """Return the alternative; hours on days that are not offered are left out."""
        week: WeekPattern = self.cleaned_data["week"]
        hours: CareHours = self.cleaned_data["hours"] or NO_HOURS
        return Alternative(
            pattern=week,
            start_on=self.cleaned_data["start"],
            hours=replace(self.question.care.hours, days=hours.on_days_of(week).days),
            **self.common(),
        )


class NoForm(AnswerForm):
    """Why not, and what is possible."""

    kind = AnswerKind.NO

    def __init__(self, data: Any = None, *, weekend: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"] = forms.ChoiceField(
            label=_("Waarom lukt het niet?"),
            choices=[(str(reason), label) for reason, label in NO_REASONS.labels.items()],
            widget=forms.RadioSelect({"class": "is-plain"}),
        )
        possible = self.proposal.possible_pattern or WeekPattern()
        fully_asked = possible == self.question.care.needed
        self.fields["possible_week"] = WeekPartsField(
            label=_("Op welke dagen is er wel plaats?"),
            required=False,
            weekend=weekend or _in_weekend(self.question.care.needed),
            initial=None if fully_asked else possible,
        )
        self.fields["possible_from"] = DutchDateField(
            label=_("Vanaf wanneer lukt het wel?"), required=False, initial=self.proposal.possible_from_on
        )
        self.order_fields(["reason", "possible_week", "possible_from", "message"])

    def answer(self) -> No:
        """Return the no."""
        cleaned = self.cleaned_data
        return No(
            reason=NoReason(cleaned["reason"]),
            possible_pattern=cleaned["possible_week"] or None,
            possible_from_on=cleaned["possible_from"],
            message=cleaned["message"],
        )


def _in_weekend(pattern: WeekPattern) -> bool:
    return bool(set(pattern.weekdays) & set(WEEKEND))

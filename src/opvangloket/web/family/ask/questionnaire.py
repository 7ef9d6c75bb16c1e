"""All pages of one question together: which are answered, which comes next, and what it all asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from opvangloket.domains.requests.actions import Applicant, AskedChild, NewQuestion
from opvangloket.foundation import geography
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.web.family.ask.children import ChildrenForm
from opvangloket.web.family.ask.contact import ContactForm
from opvangloket.web.family.ask.flexibility import FlexibilityForm
from opvangloket.web.family.ask.moments import MomentsForm
from opvangloket.web.family.ask.situation import SituationForm
from opvangloket.web.family.ask.start import StartForm
from opvangloket.web.family.ask.steps import ANSWERED_STEPS, Step
from opvangloket.web.family.ask.typed import NOTHING_TYPED, Typed, TypedForm, first, read_typed

CHOSEN, PLACE = "chosen", "place"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a whole questionnaire asks: one question per child, for all or for none of them together."""

    questions: tuple[NewQuestion, ...]
    together: bool
    urgent_to_all: bool

    @property
    def applicant(self) -> Applicant:
        """Who asks."""
        return self.questions[0].applicant


class Questionnaire:
    """What was typed on all pages so far, read on a day and under the procedure in force."""

    def __init__(
        self, answers: Mapping[str, object], *, today: date, procedure: Procedure, territory: Sequence[str]
    ) -> None:
        self.answers = {step: read_typed(answers[step]) for step in ANSWERED_STEPS if step in answers}
        self.today = today
        self.procedure = procedure
        self.territory = territory

    def typed(self, step: Step) -> Typed:
        """Return what was typed on a page."""
        return self.answers.get(step, NOTHING_TYPED)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The slugs of the chosen locations, in the order of the family."""
        return tuple(dict.fromkeys(self.typed(Step.CARE).get(CHOSEN, [])))

    def form(self, step: Step, typed: Typed | None = None, *, quiet: bool = False) -> TypedForm:
        """Return the form of a page with what was typed on it; `typed` is what is being typed now.

        A page that nobody saw yet gets an empty form.
        """
        given = typed if typed is not None else self.answers.get(step)
        form = self._make(step, given, quiet)
        if step is Step.CONTACT and given is None:
            form.initial["place"] = self._searched_place()
        return form

    def _searched_place(self) -> str:
        """Return the place that the family searched around, so that nobody types it twice."""
        text = first(self.typed(Step.CARE), PLACE)
        return text if geography.place_point(text, prefer=self.territory) else ""

    def _make(self, step: Step, typed: Typed | None, quiet: bool) -> TypedForm:
        match step:
            case Step.CHILD:
                return ChildrenForm(typed, today=self.today, quiet=quiet)
            case Step.START:
                return StartForm(typed, today=self.today, children=self.children, quiet=quiet)
            case Step.MOMENTS:
                return MomentsForm(typed, quiet=quiet)
            case Step.FLEXIBILITY:
                return FlexibilityForm(typed, quiet=quiet)
            case Step.SITUATION:
                return SituationForm(typed, today=self.today, procedure=self.procedure, quiet=quiet)
            case Step.CONTACT:
                return ContactForm(typed, territory=self.territory, quiet=quiet)
        raise LookupError(f"{step} has no form")

    @cached_property
    def children(self) -> tuple[AskedChild, ...]:
        """The children, once their page is in order."""
        form = self.form(Step.CHILD)
        return form.children() if isinstance(form, ChildrenForm) and form.is_valid() else ()

    def week_and_start(self) -> tuple[WeekPattern, date | None]:
        """Return the week and the first start as far as they are known, to see who has room."""
        moments, start = self.form(Step.MOMENTS), self.form(Step.START)
        week = moments.needed if isinstance(moments, MomentsForm) and moments.is_valid() else WeekPattern()
        starts = start.starts() if isinstance(start, StartForm) and start.is_valid() else ()
        return week, min(starts, default=None)

    def is_answered(self, step: Step) -> bool:
        """Tell whether a page was seen and is in order."""
        if step is Step.CARE:
            return bool(self.chosen)
        return step in self.answers and self.form(step).is_valid()

    def first_open(self) -> Step:
        """Return the first page that still needs an answer; the check page when none does."""
        return next((step for step in ANSWERED_STEPS if not self.is_answered(step)), Step.CHECK)

    @cached_property
    def forms(self) -> Forms:
        """The forms of a complete questionnaire; LookupError when a page is still open."""
        if self.first_open() is not Step.CHECK:
            raise LookupError("the questionnaire is not complete")
        found: dict[Step, Any] = {step: self.form(step) for step in ANSWERED_STEPS if step is not Step.CARE}
        for form in found.values():
            form.is_valid()
        return Forms(
            children=found[Step.CHILD],
            start=found[Step.START],
            moments=found[Step.MOMENTS],
            flexibility=found[Step.FLEXIBILITY],
            situation=found[Step.SITUATION],
            contact=found[Step.CONTACT],
        )

    def asked(self, location_ids: Sequence[UUID]) -> Asked:
        """Return what a complete questionnaire asks of these locations."""
        forms, applicant = self.forms, self.forms.contact.applicant()
        shared = {
            "applicant": applicant,
            "end_on": forms.start.end_on,
            "pattern": forms.moments.needed,
            "also": forms.moments.also,
            "parts_wanted": forms.moments.wanted,
            "hours": forms.moments.hours,
            "location_ids": tuple(location_ids),
            **forms.flexibility.answers(),
            **forms.situation.answers(),
        }
        pairs = zip(forms.children.children(), forms.start.starts(), strict=True)
        return Asked(
            questions=tuple(
                NewQuestion(child=_named(child, applicant), start_on=start, **shared) for child, start in pairs
            ),
            together=forms.children.together,
            urgent_to_all=forms.situation.urgent_to_all,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The valid forms of a complete questionnaire."""

    children: ChildrenForm
    start: StartForm
    moments: MomentsForm
    flexibility: FlexibilityForm
    situation: SituationForm
    contact: ContactForm


def _named(child: AskedChild, applicant: Applicant) -> AskedChild:
    """A child without a family name of its own has that of who asks."""
    return child if child.last_name else replace(child, last_name=applicant.last_name)

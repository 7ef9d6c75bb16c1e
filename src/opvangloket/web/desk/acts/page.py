"""The page of an act: what it will do, its form, and one button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from opvangloket.domains.requests.actions import QuestionRefused
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.desk.case import Case, open_case
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, View, desk_page
from opvangloket.web.middleware import Request


class ActForm(forms.Form):
    """A form about one file; an act that asks nothing uses it as it is."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


def _nothing(_case: Case) -> dict[str, Any]:
    return {}


def _always(_case: Case) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAct:
    """One act: `do` gets the valid form, calls the action and returns what to say when it is done.

    `fields` maps a field of `QuestionRefused` to that of the form. `shown` adds what the template needs. `why_not` says
    why there is nothing to choose from; then there is no form.
    """

    right: str
    title: Callable[[Case], str]
    lead: Callable[[Case], str]
    button: str | Promise
    do: Callable[[Case, Any], str]
    form: type[ActForm] = ActForm
    grave: bool = False
    template: str = "desk/act.html"
    fields: Mapping[str, str] = field(default_factory=dict)
    shown: Callable[[Case], dict[str, Any]] = _nothing
    why_not: Callable[[Case], str] = _always


def act_page(act: FileAct) -> View:
    """Return the guarded view of an act."""

    @desk_page(act.right)
    def do_act(request: Request, visit: DeskVisit, reference: str, location: str | None = None) -> HttpResponse:
        case = open_case(visit, reference, location)
        form = act.form(request.POST if request.method == "POST" else None, case=case)
        if request.method == "POST" and form.is_valid():
            done = _try(act, case, form)
            if done is not None:
                messages.success(request, done)
                return HttpResponseRedirect(case.url())
        words = {"title": act.title(case), "lead": act.lead(case), "why_not": act.why_not(case)}
        context = {"case": case, "act": act, "form": form, **words}
        return show(request, visit, act.template, {**context, **act.shown(case)}, current="families")

    return do_act


def _try(act: FileAct, case: Case, form: ActForm) -> str | None:
    """Do the act; what it refuses stands on the form, beside the field that it is about where there is one."""
    try:
        return act.do(case, form)
    except QuestionRefused as refused:
        for problem in refused.problems:
            name = act.fields.get(problem.field, problem.field)
            form.add_error(name if name in form.fields else None, problem.message)
    except OpvangloketError as error:
        form.add_error(None, error.message)
    return None

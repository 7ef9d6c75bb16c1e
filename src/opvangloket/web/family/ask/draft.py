"""The question under way of this browser: its draft, whose secret the session keeps and the continue link carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from opvangloket.domains.requests.actions import DraftGone, draft_by_token, save_draft
from opvangloket.web.family.ask.questionnaire import CHOSEN, Questionnaire
from opvangloket.web.family.ask.steps import Step
from opvangloket.web.family.ask.typed import Typed, read_typed
from opvangloket.web.guards import PublicVisit
from opvangloket.web.middleware import Request

_TOKENS: Final = "asking"
_WANTED: Final = "asking_wanted"
_MOST_WANTED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question under way: its answers so far, or what became of it once it was sent."""

    token: str | None
    answers: Mapping[str, object]
    request_id: UUID | None = None

    def questionnaire(self, visit: PublicVisit) -> Questionnaire:
        """Return the answers as pages."""
        return Questionnaire(self.answers, today=visit.today, procedure=visit.procedure, territory=visit.desk.territory)


def asking_of(request: Request, visit: PublicVisit) -> Asking:
    """Return the question under way in this browser, an empty one when there is none."""
    token = request.session.get(_TOKENS, {}).get(str(visit.desk.id))
    wanted: list[str] = request.session.get(_WANTED, {}).get(str(visit.desk.id), [])
    if token:
        try:
            return _with(wanted, _found(token, visit))
        except DraftGone:
            forget(request, visit)
    return _with(wanted, Asking(token=None, answers={}))


def continue_with(request: Request, visit: PublicVisit, token: str) -> Asking:
    """Go on in this browser with the draft of a link; 404 when there is none."""
    try:
        asking = _found(token, visit)
    except DraftGone:
        raise Http404("Dit begin van een vraag bestaat niet meer.") from None
    _remember(request, _TOKENS, visit, token)
    return asking


def save(request: Request, visit: PublicVisit, asking: Asking, step: Step, typed: Typed) -> Asking:
    """Keep what was typed on a page; the first time, the draft begins. Raises what `save_draft` raises."""
    answers = {**asking.answers, step: {name: list(texts) for name, texts in typed.items()}}
    token = save_draft(desk_id=visit.desk.id, answers=answers, now=visit.now, token=asking.token)
    if token != asking.token:
        _remember(request, _TOKENS, visit, token)
    if _WANTED in request.session:
        _remember(request, _WANTED, visit, [])  # they stand in the draft now
    return Asking(token=token, answers=answers)


def want(request: Request, visit: PublicVisit, slug: str) -> None:
    """Remember a location that was chosen on its own page, until the first answer begins a draft."""
    wanted: list[str] = request.session.get(_WANTED, {}).get(str(visit.desk.id), [])
    if slug not in wanted:
        _remember(request, _WANTED, visit, [*wanted, slug][-_MOST_WANTED:])


def forget(request: Request, visit: PublicVisit) -> None:
    """Let this browser begin a new question; the draft itself stays behind its link."""
    for key in (_TOKENS, _WANTED):
        left = {desk: kept for desk, kept in request.session.get(key, {}).items() if desk != str(visit.desk.id)}
        request.session[key] = left


def _with(wanted: list[str], asking: Asking) -> Asking:
    """Add the locations that were chosen on their own pages to those of the draft."""
    if not wanted or asking.request_id:
        return asking
    care = read_typed(asking.answers.get(Step.CARE))
    chosen = list(dict.fromkeys([*care.get(CHOSEN, []), *wanted]))
    return replace(asking, answers={**asking.answers, Step.CARE: {**care, CHOSEN: chosen}})


def _found(token: str, visit: PublicVisit) -> Asking:
    draft = draft_by_token(desk_id=visit.desk.id, token=token)
    return Asking(token=token, answers=draft.answers, request_id=draft.request_id)


def _remember(request: Request, key: str, visit: PublicVisit, value: Any) -> None:
    request.session[key] = {**request.session.get(key, {}), str(visit.desk.id): value}

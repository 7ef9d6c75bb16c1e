"""Answering from a mail, without a password (SPEC §5).

Opening the link changes nothing and marks nothing as seen: programs that scan mail open it too. Names and contact
details are never on this page, for whoever holds the mail could read them.
"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.links import (
    LinkFacts,
    LinkNotFound,
    LinkState,
    answer_by_link,
    mail_fresh_link,
    open_link,
)
from opvangloket.domains.distribution.answering.proposals import proposal_for
from opvangloket.domains.distribution.inbox.rows import InboxRow, inbox_row_of
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.scopes import scope
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.periods import brussels_date
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.questions import answering
from opvangloket.web.organiser.questions.answer_forms import AnswerForm
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.question_facts import (
    ANSWER_TITLES,
    answer_sentences,
    asked_week,
    early_words,
    fit_of,
)
from opvangloket.web.pages import page
from opvangloket.web.questions.asked_facts import asked_items
from opvangloket.web.questions.question_words import child_title, past_words
from opvangloket.web.ui.components import Chrome

CHOICES = {"ja": AnswerKind.YES, "anders": AnswerKind.ALTERNATIVE, "nee": AnswerKind.NO}


@open_page
def show(request: Request, token: str) -> HttpResponse:
    """Show the question of a link with three buttons, the form of the chosen one, or what was answered."""
    facts = _facts_or_404(token)
    if request.method == "POST" and facts.state is not LinkState.USABLE:
        return HttpResponseRedirect(_address(token))
    with scope(facts.scope):
        row = _without_names(inbox_row_of(facts.inquiry_id, today=brussels_date(request.now)))
        if request.method == "POST":
            return _give(request, token, row)
        return _draw(request, token, row, facts.state)


@open_page
def fresh(request: Request, token: str) -> HttpResponse:
    """Mail the location a fresh link."""
    _facts_or_404(token)
    if request.method == "POST":
        try:
            mail_fresh_link(token=token, now=request.now)
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, _("Je krijgt een mail met een nieuwe link."))
    return HttpResponseRedirect(_address(token))


def _give(request: Request, token: str, row: InboxRow) -> HttpResponse:
    """Give the answer that was posted; what is not right yet is asked again with all that was typed."""
    today = brussels_date(request.now)
    proposal = proposal_for(row.question.inquiry_id, today=today)
    form = answering.form_of(request.POST, row, proposal, today=today)
    if form is None:
        return HttpResponseRedirect(_address(token))

    def send() -> None:
        answer_by_link(token=token, given=form.answer(), now=request.now)

    if answering.try_to(send, form):
        return HttpResponseRedirect(_address(token))
    return _draw(request, token, row, LinkState.USABLE, tried=form)


def _draw(
    request: Request, token: str, row: InboxRow, state: LinkState, *, tried: AnswerForm | None = None
) -> HttpResponse:
    today, question = brussels_date(request.now), row.question
    chosen = tried.kind if tried else CHOICES.get(request.GET.get("antwoord", ""))
    context: dict[str, Any] = {
        "title": child_title(question),
        "question": question,
        "question_url": question_url(question),
        "week": asked_week(row),
        "items": asked_items(question),
        "state": state.value,
        "given": row.answer,
        "given_title": ANSWER_TITLES[row.answer.kind] if row.answer else "",
        "given_sentences": answer_sentences(row.answer) if row.answer else (),
        "fresh_url": reverse("organiser:fresh_link", args=[token]),
        "answer_url": _address(token),
    }
    if state is LinkState.USABLE:
        proposal = proposal_for(question.inquiry_id, today=today)
        context |= {
            "due_words": past_words(question, today) if row.answer is None else "",
            "early_words": early_words(question, today),
            "fit": fit_of(row, proposal),
            "ways": answering.ways(row, proposal, today=today, tried=tried, only=chosen) if chosen else (),
            "choices": [
                {"way": way, "url": f"{_address(token)}?antwoord={word}"}
                for word, kind in CHOICES.items()
                for way in answering.ways(row, proposal, today=today, only=kind)
            ],
            "form": tried,
        }
    request.chrome = Chrome(place=question.desk_name, phone=question.desk_phone)  # type: ignore[attr-defined]
    return page(request, "organiser/link.html", context)


def _without_names(row: InboxRow) -> InboxRow:
    return replace(row, question=replace(row.question, family=None))


def _facts_or_404(token: str) -> LinkFacts:
    try:
        return open_link(token)
    except LinkNotFound as error:
        raise Http404(error.message) from error


def _address(token: str) -> str:
    return reverse("organiser:answer_link", args=[token])

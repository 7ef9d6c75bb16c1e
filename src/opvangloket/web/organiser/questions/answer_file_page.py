"""Answers by a file: hand in the list of open questions with answers in it, look at all of it once, and send (SPEC §5).

Each family gets its own answer, given one by one: what is refused stops no other, and stays on the page.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.answering.giving import answer_many
from opvangloket.domains.distribution.inbox.rows import inbox_count
from opvangloket.domains.exchange.answers.reading import ReadAnswers, answer_lines, read_answers
from opvangloket.domains.exchange.lists.sheets import ListRefused
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.lists.carried import CarriedList
from opvangloket.web.lists.handing_in import ListForm, error_words, errors_table
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.questions.answer_file_words import columns_table, line_of, past_words
from opvangloket.web.organiser.questions.sending_words import button_words, sent_words, summary_words

_PURPOSE: Final = "list of answers"


@organiser_page("inquiry.answer")
def show(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask for the list, and show what it answers; what is wrong in it is told by line and column."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        try:
            carried = CarriedList(_PURPOSE, form.cleaned_data["upload"].name, answer_lines(form.content()))
            read = _read(carried, visit)
        except ListRefused as refused:
            form.add_error("upload", refused.message)
        else:
            if read.answers:
                return _draw_check(request, visit, carried, read)
            if not read.error_count:
                form.add_error("upload", _nothing_words(read))
            return _ask(request, visit, form, read)
    return _ask(request, visit, form)


@organiser_page("inquiry.answer")
def send(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Send the answers of a list; those that were refused are shown again, each with what was wrong."""
    carried = CarriedList.posted(_PURPOSE, request)
    if carried is None:
        return HttpResponseRedirect(reverse("organiser:answer_file"))
    read = _read(carried, visit)
    if read.error_count:
        return _ask(request, visit, ListForm(), read)
    outcomes = answer_many(
        given={one.question.inquiry_id: one.given for one in read.answers},
        door=AnswerDoor.FILE,
        actor=visit.actor,
        now=visit.now,
    )
    refused = {key: one for key, one in outcomes.items() if isinstance(one, OpvangloketError)}
    if told := len(outcomes) - len(refused):
        messages.success(request, sent_words(told))
    elif not outcomes:
        messages.warning(request, _nothing_words(read))
    if refused:
        return _draw_check(request, visit, carried, _read(carried, visit), refused)
    return HttpResponseRedirect(reverse("organiser:inbox"))


def _read(carried: CarriedList, visit: OrganiserVisit) -> ReadAnswers:
    return read_answers(carried.lines, carried.file_name, location_ids=visit.location_ids, today=visit.today)


def _nothing_words(read: ReadAnswers) -> str:
    if read.past:
        return _("Deze vragen wachten niet meer op je antwoord. Neem je open vragen opnieuw mee.")
    return _("Er staat nog geen antwoord in je lijst. Vul de kolom Antwoord in.")


def _ask(request: Request, visit: OrganiserVisit, form: ListForm, read: ReadAnswers | None = None) -> HttpResponse:
    """Draw the page that asks for a list, with what is wrong in the one that was handed in."""
    waiting = inbox_count(visit.location_ids).waiting
    context: dict[str, Any] = {"form": form, "columns": columns_table(), "count": waiting}
    if read is not None and read.error_count:
        context |= {"errors": errors_table(read.errors), "error_words": error_words(read.error_count)}
    return draw(request, visit, "answer_file.html", context, section=INBOX)


def _draw_check(
    request: Request,
    visit: OrganiserVisit,
    carried: CarriedList,
    read: ReadAnswers,
    refused: Mapping[UUID, OpvangloketError] | None = None,
) -> HttpResponse:
    """Draw what a list answers; after sending only what was refused."""
    shown = [one for one in read.answers if refused is None or one.question.inquiry_id in refused]
    several_locations = len(visit.location_ids) > 1
    context = {
        "carried": carried.written(),
        "file_name": carried.file_name,
        "lines": [
            line_of(one, (refused or {}).get(one.question.inquiry_id), several_locations=several_locations)
            for one in shown
        ],
        "refused": bool(refused),
        "summary": summary_words(one.given.kind for one in shown),
        "past": past_words(read.past) if refused is None else "",
        "button": button_words(len(shown)),
    }
    return draw(request, visit, "answer_file_check.html", context, section=INBOX)

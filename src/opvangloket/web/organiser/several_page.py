"""Saying no to several questions with one reason; each family gets its own message."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.answering import answer
from opvangloket.domains.distribution.given_answers import AnswerDoor
from opvangloket.domains.distribution.inbox import InboxFilter, InboxRow, inbox
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.wording import dutch_date
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.answer_forms import SeveralNoForm
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.question_words import child_title, size_words


@organiser_page("inquiry.answer")
def say_no(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask for which questions and why, and answer each of them."""
    found = inbox(visit.location_ids, show=InboxFilter.OPEN, today=visit.today).rows
    rows = {_key(row): row for row in found if AnswerKind.NO in row.question.may_answer}
    several_locations = len(visit.location_ids) > 1
    form = SeveralNoForm(
        request.POST if request.method == "POST" else None,
        titles={key: child_title(row.question) for key, row in rows.items()},
        hints={key: _hint(row, several_locations) for key, row in rows.items()},
    )
    if request.method == "POST" and form.is_valid():
        chosen = [rows[key] for key in form.cleaned_data["questions"]]
        _answer_each(request, visit, chosen, form)
        return HttpResponseRedirect(reverse("organiser:inbox"))
    return draw(request, visit, "several.html", {"form": form, "waiting": len(rows)}, section=INBOX)


def _answer_each(request: Request, visit: OrganiserVisit, rows: list[InboxRow], form: SeveralNoForm) -> None:
    """Answer each question by itself: one that cannot be answered does not stop the others."""
    told = 0
    for row in rows:
        try:
            answer(
                inquiry_id=row.question.inquiry_id,
                given=form.answer(),
                door=AnswerDoor.INBOX,
                actor=visit.actor,
                now=visit.now,
            )
            told += 1
        except OpvangloketError as refused:
            messages.warning(request, f"{child_title(row.question)}: {refused.message}")
    if told:
        words = ngettext("%(count)s gezin kreeg je antwoord.", "%(count)s gezinnen kregen je antwoord.", told)
        messages.success(request, words % {"count": told})


def _key(row: InboxRow) -> str:
    return f"{row.question.reference}.{row.question.location_slug}"


def _hint(row: InboxRow, several_locations: bool) -> str:
    question = row.question
    words = [_("Vanaf %(day)s") % {"day": dutch_date(question.care.start_on)}, size_words(question.care)]
    return " · ".join([*words, question.location_name] if several_locations else words)

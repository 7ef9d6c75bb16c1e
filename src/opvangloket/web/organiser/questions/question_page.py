"""One question: what is asked, what fits, and three ways to answer on the same page."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from opvangloket.domains.contact.queries import unread_by_inquiry
from opvangloket.domains.distribution.answering.given import GivenAnswer, answers_of
from opvangloket.domains.distribution.answering.proposals import Proposal, proposal_for
from opvangloket.domains.distribution.inbox.reading import read_question
from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox, inbox_row
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.rules.conversations import Side
from opvangloket.rules.inquiries import ANSWERED_STATES, AnswerKind
from opvangloket.rules.offers import OfferState
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.questions import answering
from opvangloket.web.organiser.questions.answer_forms import AnswerForm
from opvangloket.web.organiser.questions.inbox_rows import inbox_rows, unread_words
from opvangloket.web.organiser.questions.offer_forms import MoreTimeForm
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.question_facts import (
    ANSWER_TITLES,
    answer_sentences,
    asked_week,
    early_words,
    fit_of,
    history,
    line_of,
)
from opvangloket.web.questions.asked_facts import asked_items, contact_items
from opvangloket.web.questions.question_words import child_title, past_words
from opvangloket.web.ui.components import compare_offer, days_left


@organiser_page("inquiry.read")
def show(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show a question; looking at it after sign-in marks it as seen."""
    row = row_or_404(visit, reference, location)
    read_question(inquiry_id=row.question.inquiry_id, actor=visit.actor, now=visit.now)
    if row.question.seen_at is None:
        row = replace(row, question=replace(row.question, seen_at=visit.now))
    return draw_question(request, visit, row)


@organiser_page("inquiry.answer")
def give(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Give or replace the answer to a question; what is not right yet is asked again with all that was typed."""
    row = row_or_404(visit, reference, location)
    if request.method != "POST":
        return HttpResponseRedirect(question_url(row.question))
    proposal = proposal_for(row.question.inquiry_id, today=visit.today)
    form = answering.form_of(request.POST, row, proposal, today=visit.today)
    if form is None:
        return HttpResponseRedirect(question_url(row.question, anchor="antwoord"))
    if answering.give(form, row, actor=visit.actor, now=visit.now):
        return HttpResponseRedirect(reverse("organiser:answered", args=[reference, location]))
    row = row_or_404(visit, reference, location)  # somebody may have answered meanwhile
    return draw_question(request, visit, row, proposal=proposal, tried=form)


@organiser_page("inquiry.read")
def answered(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show what the family gets, and what waits next."""
    row = row_or_404(visit, reference, location)
    if row.answer is None:
        return HttpResponseRedirect(question_url(row.question))
    following = inbox(visit.location_ids, show=InboxFilter.OPEN, today=visit.today).rows[:1]
    context = {
        "title": child_title(row.question),
        "question": row.question,
        "question_url": question_url(row.question),
        "says_no": row.answer.kind is AnswerKind.NO,
        "sentences": answer_sentences(row.answer),
        "message": row.answer.message,
        "offer": _compared(row, row.answer),
        "next_rows": inbox_rows(following, several_locations=len(visit.location_ids) > 1, today=visit.today),
    }
    return draw(request, visit, "answered.html", context, section=INBOX)


def row_or_404(visit: OrganiserVisit, reference: str, location: str) -> InboxRow:
    """Return a question of the own locations; anything else is not found."""
    try:
        return inbox_row(reference, location, today=visit.today)
    except InquiryNotFound as error:
        raise Http404(error.message) from error


def draw_question(
    request: Request,
    visit: OrganiserVisit,
    row: InboxRow,
    *,
    proposal: Proposal | None = None,
    tried: AnswerForm | None = None,
    more_time: MoreTimeForm | None = None,
) -> HttpResponse:
    """Render the page of a question; `tried` and `more_time` are forms that were posted and are not right yet."""
    question = row.question
    proposal = proposal or proposal_for(question.inquiry_id, today=visit.today)
    answers = answers_of([question.inquiry_id], today=visit.today).get(question.inquiry_id, ())
    is_answered = question.state in ANSWERED_STATES
    context: dict[str, Any] = {
        "title": child_title(question),
        "question": question,
        "line": line_of(row),
        "due_words": past_words(question, visit.today) if not is_answered else "",
        "days_left": days_left(question.due_on, today=visit.today),
        "early_words": early_words(question, visit.today),
        "week": asked_week(row),
        "items": asked_items(question),
        "answer_url": reverse("organiser:answer", args=[question.reference, question.location_slug]),
        "fit": fit_of(row, proposal) if question.may_answer else None,
        "what_if_url": f"{reverse('organiser:what_if', args=[question.location_slug])}?vraag={question.reference}",
        "contact": contact_items(question.family) if question.family else (),
        "place_url": reverse("organiser:place_question", args=[question.reference, question.location_slug])
        if question.may_answer
        else "",
        "ways": answering.ways(row, proposal, today=visit.today, tried=tried),
        "given": row.answer,
        "given_title": ANSWER_TITLES[row.answer.kind] if row.answer else "",
        "given_sentences": answer_sentences(row.answer) if row.answer else (),
        "is_answered": is_answered,
        "timeline": history(question, answers),
        "conversation_url": reverse("organiser:conversation", args=[question.reference, question.location_slug]),
        "unread": unread_words(unread_by_inquiry(Side.LOCATION).get(question.inquiry_id, 0)),
        "form": tried or more_time,
        **_offer_acts(row, more_time),
    }
    return draw(request, visit, "question.html", context, section=INBOX)


def _offer_acts(row: InboxRow, more_time: MoreTimeForm | None) -> dict[str, Any]:
    """Return what can be done with the offer of the answer that counts: more time, or taking it back."""
    offer = row.answer.offer if row.answer else None
    if offer is None:
        return {"offer_state": ""}
    args = [row.question.reference, row.question.location_slug]
    if offer.state is OfferState.ACCEPTED:
        return {"offer_state": "accepted", "placement_url": reverse("organiser:placement", args=args)}
    if offer.state is not OfferState.OPEN:
        return {"offer_state": "ended"}
    return {
        "offer_state": "open",
        "offer": offer,
        "more_time": more_time or MoreTimeForm(reply_by_on=offer.reply_by_on),
        "more_time_url": reverse("organiser:more_time", args=args),
        "withdraw_url": reverse("organiser:withdraw_offer", args=args),
    }


def _compared(row: InboxRow, answer: GivenAnswer) -> Any:
    """Return the offer beside the question, as the family sees it; nothing for a no."""
    if answer.pattern is None or answer.start_on is None:
        return None
    care = row.question.care
    return compare_offer(
        asked=care.needed,
        offered=answer.pattern,
        also=care.also,
        asked_from=care.start_on,
        offered_from=answer.start_on,
    )

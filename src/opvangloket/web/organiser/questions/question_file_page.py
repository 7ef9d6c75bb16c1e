"""The open questions in a file, for who works with software of its own: what the screen shows, and room to answer.

The empty columns are read again when the list is handed in (`answer_file_page`).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.inbox.reading import read_questions
from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox, inbox_count
from opvangloket.domains.exchange.answers.columns import ANSWERS, CHOICES, KEY
from opvangloket.domains.providers.own_locations import location_names
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import displayed
from opvangloket.rules.written_days import write_week
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.lists.taking_along import rows_as_file
from opvangloket.web.middleware import Request
from opvangloket.web.questions.asked_facts import asked_items, contact_items
from opvangloket.web.questions.paper_list import fit_words
from opvangloket.web.questions.question_words import child_title

Cell = Callable[[InboxRow], Any]

# Days are days here, and parts of the week are written as the lists that we read.
FACTS: Final[Mapping[Any, Cell]] = {
    _("Vraag"): lambda row: displayed(row.question.reference),
    _("Loket"): lambda row: row.question.desk_name,
    _("Opvang"): lambda row: row.question.location_name,
    _("Kind"): lambda row: child_title(row.question),
    _("Gevraagd op"): lambda row: brussels_date(row.question.sent_at),
    _("Antwoord ten laatste op"): lambda row: row.question.due_on,
    _("Voorstellen vanaf"): lambda row: row.question.answer_from_on,
    _("Start"): lambda row: row.question.care.start_on,
    _("Tot"): lambda row: row.question.care.end_on,
    _("Dagen"): lambda row: write_week(row.question.care.needed),
    _("Kan ook"): lambda row: write_week(row.question.care.also),
    _("Halve dagen per week"): lambda row: row.question.care.wanted_parts,
    _("Past het?"): fit_words,
}
WRITES: Final = _("Het gezin schrijft")
# Told in the words of the page of a question.
WORDED: Final = (
    _("De andere week"),
    _("Uren"),
    _("Ook goed"),
    _("Broer of zus"),
    _("Voorrang"),
    _("Kwetsbaar gezin"),
    _("Dringend"),
    _("Extra ondersteuning"),
    _("Ouder"),
    _("Telefoon"),
    _("E-mail"),
    _("Taal"),
)


@organiser_page("inquiry.read")
def take_along(request: Request, visit: OrganiserVisit, ending: str) -> HttpResponse:
    """Give the questions that wait, of all own locations or of one; whoever takes them along has read them."""
    here = request.GET.get("locatie", "")
    chosen = next((one.id for one in location_names(visit.location_ids) if one.slug == here), None)
    ids = frozenset({chosen}) if chosen else visit.location_ids
    waiting = inbox_count(ids).waiting
    rows = inbox(ids, show=InboxFilter.OPEN, today=visit.today, per_page=max(waiting, 1)).rows
    told = (*FACTS, *(column.heading for column in ANSWERS), WRITES, *WORDED, KEY.heading)
    to_fill_in = {column.heading for column in ANSWERS}
    headings = [(str(heading), heading in to_fill_in) for heading in told]
    name = f"open-vragen-{visit.today}"
    cells = [_cells(row) for row in rows]
    answer = rows_as_file("Open vragen", headings, cells, name=name, ending=ending, words_of=CHOICES)
    read_questions(inquiry_ids=[row.question.inquiry_id for row in rows], actor=visit.actor, now=visit.now)
    return answer


def _cells(row: InboxRow) -> list[Any]:
    question = row.question
    items = (*asked_items(question), *(contact_items(question.family) if question.family else ()))
    told = {str(item.question): str(item.answer) for item in items}
    return [
        *(cell(row) for cell in FACTS.values()),
        *("" for _column in ANSWERS),
        " ".join(question.message.split()),
        *(told.get(str(heading), "") for heading in WORDED),
        str(question.inquiry_id),
    ]

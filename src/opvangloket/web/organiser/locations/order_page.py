"""The order in which the rules of a location put its open questions, each with its reasons."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.inbox.own_order import Place, own_order
from opvangloket.domains.distribution.inbox.rows import InboxFilter, InboxRow, inbox
from opvangloket.domains.providers.admission_policy import criteria_in_force
from opvangloket.rules.location_order import OWN_CRITERIA
from opvangloket.rules.wording import dutch_date
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.questions.question_words import child_title, size_words

AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A question in its place."""

    position: int
    title: str
    url: str
    facts: str
    reasons: tuple[str, ...]


@organiser_page("inquiry.read")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Show the open questions of one location in its order."""
    own = location_or_404(location)
    places = own_order([own.id], today=visit.today)
    found = inbox({own.id}, show=InboxFilter.OPEN, today=visit.today, per_page=AT_ONCE)
    rows = sorted(found.rows, key=lambda row: places[row.question.inquiry_id].position)
    criteria = criteria_in_force([own.id], visit.today).get(own.id, ())
    context = {
        "location": own,
        "location_url": location_url(own),
        "standings": [_standing(row, places[row.question.inquiry_id]) for row in rows],
        "more": found.total - len(rows),
        "criteria": [capfirst(OWN_CRITERIA[key].label) for key in criteria],
        "policy_url": reverse("organiser:page_part", args=[own.slug, "opvangbeleid"])
        if visit.may("location.edit", at=own.id)
        else "",
        "several_url": f"{reverse('organiser:several')}?locatie={own.slug}",
    }
    return draw(request, visit, "order.html", context, section=INBOX)


def _standing(row: InboxRow, place: Place) -> Standing:
    question = row.question
    start = _("Vanaf %(day)s") % {"day": dutch_date(question.care.start_on)}
    # The start is told already, and the lot is the same for all.
    reasons = tuple(capfirst(reason) for reason in place.reasons[:-2])
    return Standing(
        position=place.position,
        title=child_title(question),
        url=question_url(question),
        facts=f"{start} · {size_words(question.care)}",
        reasons=reasons,
    )

"""The own mirror: how the own locations answer, how fresh their facts are, and proof that all got the same question."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.asking.proof import proof_of_sending
from opvangloket.domains.distribution.inbox.mirror import OwnSending, latest_sendings, own_mirror
from opvangloket.domains.distribution.inbox.rows import inbox_row
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.providers.own_locations import asking_desks, own_locations, vacancies_of
from opvangloket.foundation.tenancy.queries import procedures_in_force
from opvangloket.rules.references import displayed
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import INBOX, MIRROR, draw
from opvangloket.web.organiser.office.mirror_facts import desk_part, freshness, proof_items
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.ui.components import EmptyState
from opvangloket.web.ui.templatetags.ui import clock_time, full_date


@dataclass(frozen=True, slots=True)
class SendingRow:
    """A sending in the list, with the way to its proof."""

    title: str
    url: str
    words: str


@organiser_page("mirror.read")
def show(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show the last twelve months of the own locations, per desk, beside the anonymous middle of the others."""
    locations = own_locations(visit.location_ids)
    names = {location.id: location.name for location in locations}
    desks = asking_desks(visit.location_ids, today=visit.today)
    parts = own_mirror(visit.location_ids, organiser_id=visit.organiser_id, today=visit.today)
    context = {
        "parts": [desk_part(part, names) for part in parts],
        "fresh": freshness(
            locations,
            vacancies_of(visit.location_ids, today=visit.today),
            desks,
            procedures_in_force(visit.today),
            today=visit.today,
        ),
        "sendings": [_row(one) for one in latest_sendings(visit.location_ids)],
        "may_read_agreement": visit.may("agreement.read"),
        "may_read_complaints": visit.may("complaint.read"),
        "desks": sorted({desk for of in desks.values() for desk in of}, key=lambda desk: desk.name),
        "empty": EmptyState(
            title=_("Nog niets te zien"), words=_("Na je eerste vraag zie je hier hoe vlot je antwoordt.")
        ),
    }
    return draw(request, visit, "mirror.html", context, section=MIRROR)


@organiser_page("inquiry.read")
def proof(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Show the own part of the proof that all locations got a question at one moment, with the same fields."""
    try:
        question = inbox_row(reference, location, today=visit.today).question
        found = proof_of_sending(question.inquiry_id)
    except InquiryNotFound as error:
        raise Http404(error.message) from error
    context = {
        "question": question,
        "reference": displayed(question.reference),
        "back_url": question_url(question),
        "proof": found,
        "items": proof_items(found),
    }
    return draw(request, visit, "proof.html", context, section=INBOX)


def _row(one: OwnSending) -> SendingRow:
    together = _("aan %(count)s locaties tegelijk") if one.recipients > 1 else _("alleen aan jou")
    return SendingRow(
        title=f"{displayed(one.reference)}, {one.location_name}",
        url=reverse("organiser:proof", args=[one.reference, one.location_slug]),
        words=f"{full_date(one.sent_at)}, {clock_time(one.sent_at)}, {together % {'count': one.recipients}}",
    )

"""What a location does with its own offer: give the family more time, or take it back."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.given import GivenOffer
from opvangloket.domains.distribution.inbox.rows import InboxRow
from opvangloket.domains.distribution.placing.offers import extend, withdraw
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button, done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.questions.offer_forms import MoreTimeForm
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.question_page import draw_question, row_or_404


@organiser_page("inquiry.answer")
def more_time(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Give a family more time for an open offer."""
    row = row_or_404(visit, reference, location)
    if request.method != "POST":
        return HttpResponseRedirect(question_url(row.question))
    offer = _offer_or_404(row)
    form = MoreTimeForm(request.POST, reply_by_on=offer.reply_by_on)

    def act() -> str:
        day = form.cleaned_data["reply_by"]
        extend(offer_id=offer.id, reply_by_on=day, actor=visit.actor, now=visit.now)
        return _("Het gezin kan nu antwoorden tot %(day)s.") % {"day": dutch_date(day)}

    if done_by_form(request, form, act):
        return HttpResponseRedirect(question_url(row.question))
    return draw_question(request, visit, row, more_time=form)


@organiser_page("inquiry.answer")
def take_back(request: Request, visit: OrganiserVisit, reference: str, location: str) -> HttpResponse:
    """Take back an open offer; the family hears it at once."""
    row = row_or_404(visit, reference, location)

    def act() -> str:
        withdraw(offer_id=_offer_or_404(row).id, actor=visit.actor, now=visit.now)
        return _("Je voorstel is ingetrokken. Het gezin weet het.")

    done_by_button(request, act)
    return HttpResponseRedirect(question_url(row.question))


def _offer_or_404(row: InboxRow) -> GivenOffer:
    if row.answer is None or row.answer.offer is None:
        raise Http404
    return row.answer.offer

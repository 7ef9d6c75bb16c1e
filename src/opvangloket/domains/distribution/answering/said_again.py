"""An answer that says again what stands: a button pressed twice, or pressed again after a failure of the network.

Then nothing is written, and nobody is told twice.
"""

from datetime import date

from opvangloket.domains.distribution.answering.answers import Answered, NewAnswer, No, terms_of
from opvangloket.domains.distribution.models import Answer, Inquiry, Offer
from opvangloket.rules.offers import OfferState
from opvangloket.rules.procedure import Procedure


def standing_answer(inquiry: Inquiry, given: NewAnswer, procedure: Procedure, today: date) -> Answered | None:
    """Return what the latest answer to a locked inquiry did when this says the same, or None when it does not.

    An offer that ended meanwhile does not stand: the same once more is a new offer.
    """
    last = Answer.objects.filter(inquiry=inquiry).order_by("-at", "-id").first()
    if last is None or (last.kind, last.message) != (given.kind, given.message.strip()):
        return None
    if isinstance(given, No):
        possible = given.possible_pattern.mask if given.possible_pattern else None
        same = (last.reason, last.possible_parts, last.possible_from_on) == (
            given.reason,
            possible,
            given.possible_from_on,
        )
        return Answered(answer_id=last.id, offer_id=None, late=last.late) if same else None
    offer = Offer.objects.filter(answer=last, state=OfferState.OPEN).first()
    if offer is None:
        return None
    terms = terms_of(given, inquiry, procedure, today)
    same = (offer.start_on, offer.end_on, offer.parts, tuple(offer.hours), offer.reply_by_on) == (
        terms.start_on,
        terms.end_on,
        terms.pattern.mask,
        terms.hours,
        terms.reply_by_on,
    ) and (given.tariff is None or given.tariff == offer.tariff)
    return Answered(answer_id=last.id, offer_id=offer.id, late=last.late) if same else None

"""The line between a family and a location: whether it is there at all, and whether they may still write."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opvangloket.domains.distribution.models import Inquiry, Placement, PlacementState
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.conversations import Closed, PlaceHere, closed_reason
from opvangloket.rules.inquiries import InquiryState


class ConversationNotFound(OpvangloketError):
    """No question of this family lies, or lay, with this location in the scope in force."""

    code = "conversation_not_found"
    message = "We vinden dit gesprek niet."


@dataclass(frozen=True, slots=True)
class Line:
    """A request as it lies with a location: what was asked last, and the place that the child has there."""

    inquiry: InquiryState | None
    place: PlaceHere

    def closed(self, request: CareRequest) -> Closed | None:
        """Return why nobody writes any more, or None."""
        return closed_reason(inquiry=self.inquiry, request=RequestState(request.state), place=self.place)


def line_of(request_id: UUID, location_id: UUID, *, today: date) -> Line:
    """Return the line in the scope in force; raise ConversationNotFound where nothing was ever sent or placed."""
    own = {"request_id": request_id, "location_id": location_id}
    inquiry = Inquiry.objects.filter(**own, sent_at__isnull=False).order_by("-round", "-sent_at").first()
    places = list(Placement.objects.filter(**own).exclude(state=PlacementState.UNDONE))
    if inquiry is None and not places:
        raise ConversationNotFound
    running = any(not (one.end_on and one.end_on <= today) for one in places)
    place = PlaceHere.RUNS if running else PlaceHere.ENDED if places else PlaceHere.NONE
    return Line(InquiryState(inquiry.state) if inquiry else None, place)

"""When what a family wrote, and what the desk noted, is forgotten (`policies/retention.yaml`).

Requests themselves are forgotten by `distribution`, together with what lies with the locations; what the report needs
of them by `reporting`, once it is filed.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from opvangloket.domains.requests.models import CareRequest, DeskTask, Draft, Note
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.retention.terms import Limit, empties, removes
from opvangloket.rules.care_requests import RequestState


def over(limit: Limit, *, request: str = "") -> Q:
    """Return the condition that a request closed before the limit, or was placed and its start passed before it.

    `request` is the path to the request from the row at hand ("request__").
    """
    closed = Q(**{f"{request}closed_at__lt": limit.moment})
    return closed | Q(**{f"{request}state": RequestState.PLACED, f"{request}start_on__lt": limit.day})


def _messages(limit: Limit) -> QuerySet[Message]:
    """Return the messages about requests that are over, and those about no request that we still have."""
    going_on = CareRequest.objects.filter(id=OuterRef("request_id")).exclude(over(limit))
    return Message.objects.filter(~Exists(going_on), planned_at__lt=limit.moment)


for _words in ("own_words", "message_to_locations", "support_needed"):
    empties("requests.CareRequest", _words, lambda limit: CareRequest.objects.filter(over(limit)), to="")
removes("requests.DeskTask", lambda limit: DeskTask.objects.filter(done_at__lt=limit.moment))
removes("requests.Note", lambda limit: Note.objects.filter(over(limit, request="request__")))
removes("requests.Draft", lambda limit: Draft.objects.filter(changed_at__lt=limit.moment))
removes("outbox.Message", _messages)

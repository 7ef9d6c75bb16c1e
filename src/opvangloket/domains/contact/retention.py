"""When what people wrote to each other is forgotten (`policies/retention.yaml`)."""

from opvangloket.domains.contact.models import Complaint, ThreadMessage, VisitMoment
from opvangloket.domains.requests.retention import over
from opvangloket.foundation.retention.terms import removes

removes("contact.ThreadMessage", lambda limit: ThreadMessage.objects.filter(over(limit, request="thread__request__")))
removes("contact.VisitMoment", lambda limit: VisitMoment.objects.filter(starts_at__lt=limit.moment))
removes("contact.Complaint", lambda limit: Complaint.objects.filter(closed_at__lt=limit.moment))

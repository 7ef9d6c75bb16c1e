"""When what people wrote to each other is forgotten (`policies/retention.yaml`)."""

from datetime import datetime

from django.db.models import QuerySet

from opvangloket.domains.contact.models import Complaint, NewsDocument, NewsItem, ThreadMessage, VisitMoment
from opvangloket.domains.requests.retention import over
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.retention.terms import removes


def _forget_news(rows: QuerySet[NewsItem], _now: datetime) -> int:
    """Delete news with its documents; who got and read it goes along."""
    shown = NewsDocument._base_manager.using(rows.db).filter(item__in=rows)
    documents = list(shown.values_list("document_id", flat=True))
    gone = rows.delete()[1].get(NewsItem._meta.label, 0)
    Document.objects.using(rows.db).filter(id__in=documents).delete()
    return gone


removes("contact.ThreadMessage", lambda limit: ThreadMessage.objects.filter(over(limit, request="thread__request__")))
removes("contact.VisitMoment", lambda limit: VisitMoment.objects.filter(starts_at__lt=limit.moment))
removes("contact.Complaint", lambda limit: Complaint.objects.filter(closed_at__lt=limit.moment))
removes("contact.NewsItem", lambda limit: NewsItem.objects.filter(published_at__lt=limit.moment), _forget_news)

"""News of the desks: what is new, and one message, whose opening the desk sees."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.contact.news import NewsNotFound, news_document, open_news, received_news
from opvangloket.web.documents import as_download
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import NEWS, draw
from opvangloket.web.ui.components import EmptyState
from opvangloket.web.ui.templatetags.ui import full_date


@organiser_page("news.read")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """List the news of the desks, the newest first."""
    rows = [
        {
            "title": one.title,
            "url": reverse("organiser:news_item", args=[one.reference]),
            "words": f"{one.desk_name} · {full_date(one.published_at)}",
            "is_new": one.is_new,
        }
        for one in received_news(visit.account.id)
    ]
    empty = EmptyState(title=_("Nog geen nieuws"), words=_("Wat het loket aan alle opvang schrijft, lees je hier."))
    return draw(request, visit, "news.html", {"rows": rows, "empty": empty}, section=NEWS)


@organiser_page("news.read")
def item(request: Request, visit: OrganiserVisit, reference: str) -> HttpResponse:
    """Show one message; the desk sees that it was opened."""
    try:
        news = open_news(reference=reference, organiser_id=visit.organiser_id, actor=visit.actor, now=visit.now)
    except NewsNotFound as error:
        raise Http404(error.message) from error
    documents = [
        (one.title, reverse("organiser:news_document", args=[news.reference, one.number])) for one in news.documents
    ]
    return draw(request, visit, "news_item.html", {"news": news, "documents": documents}, section=NEWS)


@organiser_page("news.read")
def document(request: Request, visit: OrganiserVisit, reference: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Send a document of the news."""
    try:
        return as_download(news_document(reference, number))
    except NewsNotFound as error:
        raise Http404(error.message) from error

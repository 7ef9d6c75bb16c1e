"""News of the desk to all its organisers: writing it, and seeing who opened it."""

from __future__ import annotations

from functools import partial
from typing import Final

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.contact.news import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    NewNews,
    NewsNotFound,
    Receipt,
    news_document,
    news_with_receipts,
    publish_news,
    sent_news,
)
from opvangloket.web.acting import done_by_form
from opvangloket.web.desk.documents_field import DocumentsField
from opvangloket.web.desk.frame import show
from opvangloket.web.documents import as_download
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Column, DataTable, EmptyState
from opvangloket.web.ui.forms import KeepsReference
from opvangloket.web.ui.templatetags.ui import clock_time, full_date, long_date

_SECTION: Final = "locations"


class NewsForm(KeepsReference):
    """What the desk tells everyone."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Bericht"),
        help_text=gettext_lazy("Schrijf geen namen van gezinnen of kinderen."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    documents = DocumentsField()


@desk_page("news.follow")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """List what the desk told, and by how many organisers it was opened."""
    new_url = reverse("desk:new_news", args=[visit.desk.slug])
    act = Act(label=_("Schrijf een bericht"), url=new_url) if visit.may("news.publish") else None
    rows = [
        {
            "title": one.title,
            "url": reverse("desk:news_item", args=[visit.desk.slug, one.reference]),
            "words": _("%(day)s · geopend door %(readers)s van %(recipients)s organisatoren")
            % {"day": long_date(one.published_at), "readers": one.readers, "recipients": one.recipients},
        }
        for one in sent_news()
    ]
    empty = EmptyState(
        title=_("Nog geen nieuws"), words=_("Wat je hier schrijft, krijgt alle opvang tegelijk."), act=act
    )
    return show(request, visit, "desk/news.html", {"rows": rows, "act": act, "empty": empty}, current=_SECTION)


@desk_page("news.publish")
def publish(request: Request, visit: DeskVisit) -> HttpResponse:
    """Take news and send it to all organisers; what is not right yet is asked again with all that was typed."""
    form = NewsForm(request.POST, request.FILES) if request.method == "POST" else NewsForm()

    def act() -> str:
        answers = form.cleaned_data
        publish_news(
            desk_id=visit.desk.id,
            news=NewNews(title=answers["title"], text=answers["text"], documents=answers["documents"]),
            reference=form.reference_or_refuse(),
            actor=visit.actor,
            now=visit.now,
        )
        return _("Verstuurd. Alle organisatoren kregen het op hetzelfde moment.")

    if done_by_form(request, form, act, refuse=partial(form.refuse_at, "text")):
        return HttpResponseRedirect(reverse("desk:news_item", args=[visit.desk.slug, form.kept_reference]))
    return show(request, visit, "desk/news_new.html", {"form": form}, current=_SECTION)


@desk_page("news.follow")
def item(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Show what was told, to whom, and who opened it."""
    try:
        sent, documents, receipts = news_with_receipts(reference)
    except NewsNotFound as error:
        raise Http404(error.message) from error
    context = {
        "sent": sent,
        "documents": [
            (one.title, reverse("desk:news_document", args=[visit.desk.slug, sent.reference, one.number]))
            for one in documents
        ],
        "table": _receipt_table(receipts),
    }
    return show(request, visit, "desk/news_item.html", context, current=_SECTION)


@desk_page("news.follow")
def document(request: Request, visit: DeskVisit, reference: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Send a document of the news."""
    try:
        return as_download(news_document(reference, number))
    except NewsNotFound as error:
        raise Http404(error.message) from error


def _receipt_table(receipts: tuple[Receipt, ...]) -> DataTable:
    columns = (Column(_("Organisator")), Column(_("Mail")), Column(_("Eerst geopend")))
    rows = tuple(
        (
            one.organiser_name,
            _("verstuurd") if one.was_mailed else _("geen mailadres"),
            f"{full_date(one.first_read_at)}, {clock_time(one.first_read_at)}" if one.first_read_at else _("nog niet"),
        )
        for one in receipts
    )
    return DataTable.of(_("Wie het kreeg"), columns, rows)

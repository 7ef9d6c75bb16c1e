"""News of a desk: to all its organisers in one act, with proof of who got it and who opened it (SPEC §11)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from opvangloket.domains.contact import addresses
from opvangloket.domains.contact.models import NewsDocument, NewsItem, NewsRead, NewsRecipient
from opvangloket.domains.providers.addressees import Addressee, organisers_of_desk
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import AlreadySent, OpvangloketError
from opvangloket.foundation.files.documents import MOST_DOCUMENTS, CheckedDocument
from opvangloket.foundation.files.keeping import KeptDocument, keep_document, kept_document
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.messages.actions import NewMessage, plan_messages
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.references import normalise

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 5000
MOST_SHOWN: Final = 100
# The names of the documents, without the documents.
_TITLES: Final = Prefetch("documents__document", queryset=Document.objects.only("title"))


class NewsNotFound(OpvangloketError):
    """No such news in the scope in force."""

    code = "news_not_found"
    message = "We vinden dit bericht niet."


class NobodyToTell(OpvangloketError):
    """The desk sees no organiser."""

    code = "nobody_to_tell"
    message = "Dit loket heeft nog geen opvang om te schrijven."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNews:
    """What a desk wants to tell."""

    title: str
    text: str
    documents: Sequence[CheckedDocument] = ()


@transaction.atomic
def publish_news(*, desk_id: UUID, news: NewNews, reference: str, actor: Actor, now: datetime) -> str:
    """Tell all organisers of the desk in scope at once, and return the reference of the news.

    The same reference once more is the same press of the button. A mail only says that there is news. Raises
    NobodyToTell, NationalNumberRefused, or AlreadySent when something else stands under the reference.
    """
    refuse_national_number(news.title, news.text)
    addressees = organisers_of_desk(desk_id, today=brussels_date(now))
    if not addressees:
        raise NobodyToTell
    item = NewsItem(
        desk_id=desk_id,
        reference=reference,
        title=news.title,
        text=news.text,
        author_id=actor.id,
        published_at=now,
    )
    NewsItem.objects.bulk_create([item], ignore_conflicts=True)
    if not NewsItem.objects.filter(id=item.id).exists():
        _check_same(_item(reference), news)
        return reference
    for number, document in enumerate(news.documents[:MOST_DOCUMENTS], start=1):
        NewsDocument.objects.create(item=item, number=number, document_id=keep_document(document, now=now))
    NewsRecipient.objects.bulk_create(
        NewsRecipient(item=item, organiser=to.organiser, was_mailed=bool(to.address)) for to in addressees
    )
    plan_messages([_mail(item, to) for to in addressees], desk_id=desk_id, now=now)
    record(
        "news.publish",
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="news",
        subject_id=item.id,
        codes=[f"recipients:{len(addressees)}"],
    )
    return reference


@transaction.atomic
def open_news(*, reference: str, organiser_id: UUID, actor: Actor, now: datetime) -> "ReceivedNews":
    """Return news that an organiser got, and remember who first opened it when; raise NewsNotFound."""
    item = _item(reference)
    assert actor.id is not None  # noqa: S101 - whoever is signed in has an account
    read = NewsRead(item=item, organiser_id=organiser_id, account_id=actor.id, at=now)
    NewsRead.objects.bulk_create([read], ignore_conflicts=True)
    return _received(item, is_new=False)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document with news, by its number."""

    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedNews:
    """News as an organiser gets it; `is_new` until the reader opened it."""

    reference: str
    desk_name: str
    title: str
    text: str
    published_at: datetime
    is_new: bool
    documents: tuple[NamedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNews:
    """News as the desk follows it: how many organisers got it, and how many of them opened it."""

    reference: str
    title: str
    text: str
    published_at: datetime
    recipients: int
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One organiser that got the news: whether by mail too, and when somebody there first opened it."""

    organiser_name: str
    was_mailed: bool
    first_read_at: datetime | None


def received_news(account_id: UUID) -> tuple[ReceivedNews, ...]:
    """Return the news that the organiser in scope got, the newest first."""
    opened = set(NewsRead.objects.filter(account_id=account_id).values_list("item_id", flat=True))
    rows = NewsItem.objects.select_related("desk").prefetch_related(_TITLES)
    found = rows.order_by("-published_at", "-id")[:MOST_SHOWN]
    return tuple(_received(row, is_new=row.id not in opened) for row in found)


def unread_news(account_id: UUID) -> int:
    """Count the news that the reader did not open yet."""
    return NewsItem.objects.exclude(id__in=NewsRead.objects.filter(account_id=account_id).values("item_id")).count()


def sent_news() -> tuple[SentNews, ...]:
    """Return the news of the desk in scope, the newest first, in three queries."""
    rows = list(NewsItem.objects.order_by("-published_at", "-id")[:MOST_SHOWN])
    ids = [row.id for row in rows]
    got = Counter(NewsRecipient.objects.filter(item_id__in=ids).values_list("item_id", flat=True))
    readers = set(NewsRead.objects.filter(item_id__in=ids).values_list("item_id", "organiser_id"))
    opened = Counter(item_id for item_id, _organiser_id in readers)
    return tuple(_sent(row, got[row.id], opened[row.id]) for row in rows)


def news_with_receipts(reference: str) -> tuple[SentNews, tuple[NamedDocument, ...], tuple[Receipt, ...]]:
    """Return news of the desk in scope with its documents and who got and opened it; raise NewsNotFound."""
    item = _item(reference)
    # The newest first, so that the first read of an organiser is the one that stays.
    first = dict(NewsRead.objects.filter(item=item).order_by("-at").values_list("organiser_id", "at"))
    rows = NewsRecipient.objects.filter(item=item).select_related("organiser").order_by("organiser__name")
    receipts = tuple(
        Receipt(
            organiser_name=row.organiser.name,
            was_mailed=row.was_mailed,
            first_read_at=first.get(row.organiser_id),
        )
        for row in rows
    )
    return _sent(item, len(receipts), len(first)), _documents(item), receipts


def news_document(reference: str, number: int) -> KeptDocument:
    """Return a document of news in scope; raise NewsNotFound."""
    found = NewsDocument.objects.filter(item__reference=normalise(reference), number=number).first()
    if found is None:
        raise NewsNotFound
    return kept_document(found.document_id)


def _check_same(stored: NewsItem, news: NewNews) -> None:
    """Raise AlreadySent when what was told under a reference is not this."""
    titles = [document.title for document in news.documents[:MOST_DOCUMENTS]]
    told = stored.title, stored.text, [document.title for document in _documents(stored)]
    if told != (news.title, news.text, titles):
        raise AlreadySent(
            "Dit bericht is al verstuurd, zoals het toen was. Wat je nu schrijft, kreeg nog niemand. "
            "Verstuur opnieuw om er een tweede bericht van te maken."
        )


def _mail(item: NewsItem, to: Addressee) -> NewMessage:
    cause, link = f"news_published:{item.id}:{to.organiser.id}", addresses.news_of_organiser(item.reference)
    return to.message("news_published", cause=cause, context={"link": link})


def _item(reference: str) -> NewsItem:
    rows = NewsItem.objects.select_related("desk").prefetch_related(_TITLES)
    item = rows.filter(reference=normalise(reference)).first()
    if item is None:
        raise NewsNotFound
    return item


def _received(item: NewsItem, *, is_new: bool) -> ReceivedNews:
    return ReceivedNews(
        reference=item.reference,
        desk_name=item.desk.name,
        title=item.title,
        text=item.text,
        published_at=item.published_at,
        is_new=is_new,
        documents=_documents(item),
    )


def _sent(item: NewsItem, recipients: int, readers: int) -> SentNews:
    return SentNews(
        reference=item.reference,
        title=item.title,
        text=item.text,
        published_at=item.published_at,
        recipients=recipients,
        readers=readers,
    )


def _documents(item: NewsItem) -> tuple[NamedDocument, ...]:
    rows = sorted(item.documents.all(), key=lambda row: row.number)
    return tuple(NamedDocument(row.number, row.document.title) for row in rows)

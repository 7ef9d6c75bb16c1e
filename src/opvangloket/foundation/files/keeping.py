"""Keeping pictures and documents, and giving them out."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from opvangloket.foundation.files.documents import CheckedDocument
from opvangloket.foundation.files.models import Document, Picture, PictureSize
from opvangloket.foundation.files.pictures import DrawnSize

_NAME_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class KeptSize:
    """A size of a kept picture as it is sent; `content` is WebP."""

    content: bytes
    kept_at: datetime


def keep_picture(sizes: Iterable[DrawnSize], *, now: datetime) -> UUID:
    """Keep a picture that was drawn anew, in the transaction of whoever shows it, and return its id."""
    picture = Picture.objects.create(name=secrets.token_hex(_NAME_BYTES), kept_at=now)
    PictureSize.objects.bulk_create(
        PictureSize(
            picture=picture,
            wanted_width=size.wanted_width,
            width=size.width,
            height=size.height,
            content=size.content,
        )
        for size in sizes
    )
    return picture.id


def forget_pictures(picture_ids: Collection[UUID]) -> None:
    """Forget pictures, and with them the rows that showed them."""
    Picture.objects.filter(id__in=picture_ids).delete()


def kept_size(name: str, wanted_width: int) -> KeptSize | None:
    """Return a picture at one of its sizes; None when there is no such picture or size."""
    row = PictureSize.objects.filter(picture__name=name, wanted_width=wanted_width).select_related("picture").first()
    return KeptSize(bytes(row.content), row.picture.kept_at) if row else None


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document as it is sent; `content` is PDF."""

    title: str
    content: bytes


def keep_document(document: CheckedDocument, *, now: datetime) -> UUID:
    """Keep a document that was looked at, in the transaction of whoever shows it, and return its id."""
    content = document.content
    kept = Document.objects.create(title=document.title, content=content, size=len(content), kept_at=now)
    return kept.id


def kept_document(document_id: UUID) -> KeptDocument:
    """Return a document; the caller made sure that the reader may have it."""
    row = Document.objects.get(id=document_id)
    return KeptDocument(row.title, bytes(row.content))

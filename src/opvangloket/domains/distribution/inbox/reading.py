"""A question or a child's file is read: every time is written down.

The first time that somebody of the location reads a question, it is "seen"; a list that the desk prints for a location
is not read there yet.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.distribution.answering.giving import mark_seen
from opvangloket.domains.distribution.lines.locking import InquiryNotFound, PlacementNotFound
from opvangloket.domains.distribution.models import Inquiry, Placement
from opvangloket.foundation.audit.record import Actor, Subject, record, record_each


def read_question(*, inquiry_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that somebody of the location reads a question after sign-in; raise InquiryNotFound.

    Never for a page behind a link in a mail: a scanner opens those too.
    """
    found = Inquiry.objects.filter(id=inquiry_id).values_list("desk_id", "request_id", "seen_at").first()
    if found is None:
        raise InquiryNotFound
    desk_id, request_id, seen_at = found
    if seen_at is None:
        mark_seen(inquiry_id=inquiry_id, actor=actor, now=now)
        return
    record(
        "inquiry.read",
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="inquiry",
        subject_id=inquiry_id,
        request_id=request_id,
    )


@transaction.atomic
def read_questions(*, inquiry_ids: Collection[UUID], actor: Actor, now: datetime) -> None:
    """Write down that somebody of the location takes a list of questions with it, after sign-in.

    As with `read_question`, one event per question, in a fixed number of queries. What is not in the scope is left out.
    """
    rows = Inquiry.objects.filter(id__in=inquiry_ids)
    read = [Subject(*found) for found in rows.order_by("id").values_list("desk_id", "id", "request_id")]
    rows.filter(seen_at=None).update(seen_at=now)
    record_each("inquiry.read", read, subject_kind="inquiry", actor=actor, at=now)


def print_questions(*, inquiry_ids: Collection[UUID], actor: Actor, now: datetime) -> None:
    """Write down that the desk printed these questions for their location, one event per question."""
    rows = Inquiry.objects.filter(id__in=inquiry_ids).order_by("id").values_list("desk_id", "id", "request_id")
    record_each("inquiry.print", [Subject(*found) for found in rows], subject_kind="inquiry", actor=actor, at=now)


def read_placement(*, placement_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down that somebody of the location reads the file of a child with a place; raise PlacementNotFound."""
    found = Placement.objects.filter(id=placement_id).values_list("desk_id", "request_id").first()
    if found is None:
        raise PlacementNotFound
    desk_id, request_id = found
    record(
        "placement.read",
        actor=actor,
        at=now,
        desk_id=desk_id,
        subject_kind="placement",
        subject_id=placement_id,
        request_id=request_id,
    )

"""How a sweep goes over its subjects: in batches, each subject in a transaction of its own, each step once.

A request that somebody is busy with is left for the next minute (SKIP LOCKED). One subject that fails does not stop
the others; what failed is raised when all have been tried, so that the job shows it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from opvangloket.domains.distribution.models import SweepStep
from opvangloket.domains.requests.models import CareRequest

BATCH: Final = 200


class SweepFailed(ExceptionGroup[Exception]):
    """Subjects of a sweep that failed, after all others were done."""


def each(subjects: QuerySet[Any], act: Callable[[Any, CareRequest], bool]) -> int:
    """Do an act for every subject (a row with `request_id`, or a request) and return how often it did something.

    `subjects` says what is to be done; it is asked again for each subject once its request is locked, so that an
    act never sees a row that changed meanwhile.
    """
    done, failures = 0, []
    for subject_id in _ids(subjects):
        try:
            done += _one(subjects, subject_id, act)
        except Exception as failure:
            failure.add_note(f"subject {subject_id}")
            failures.append(failure)
    if failures:
        raise SweepFailed(f"{len(failures)} subjects failed", failures)
    return done


def _ids(subjects: QuerySet[Any]) -> Iterator[UUID]:
    """Yield the ids of what is to be done, in batches; an id that is left alone is not met twice."""
    last = None
    while True:
        rows = subjects.order_by("id")
        batch = list((rows.filter(id__gt=last) if last else rows).values_list("id", flat=True)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1]


@transaction.atomic
def _one(subjects: QuerySet[Any], subject_id: UUID, act: Callable[[Any, CareRequest], bool]) -> bool:
    found = subjects.filter(id=subject_id).first()
    if found is None:
        return False
    request_id = found.id if isinstance(found, CareRequest) else found.request_id
    free = CareRequest.objects.select_for_update(of=("self",), skip_locked=True)
    request = free.select_related("child", "applicant", "desk").filter(id=request_id).first()
    if request is None:
        return False
    subject = subjects.filter(id=subject_id).first()
    return subject is not None and act(subject, request)


def not_done(step: str) -> Combinable:
    """Return the condition that this step was not done yet for a row."""
    return ~Exists(SweepStep.objects.filter(subject_id=OuterRef("id"), step=step))


def done_for(step: str, column: str, *, before: datetime | None = None) -> Exists:
    """Return the condition that this step was done (before a moment) for the present date in a column of a row."""
    dated = Concat(Value(f"{step}:"), Cast(OuterRef(column), CharField()))
    steps = SweepStep.objects.filter(subject_id=OuterRef("id"), step=dated)
    return Exists(steps.filter(done_at__lte=before) if before else steps)


def remember(subject_id: UUID, step: str, *, now: datetime) -> SweepStep:
    """Write down that a step was done for a subject."""
    return SweepStep.objects.create(subject_id=subject_id, step=step, done_at=now)

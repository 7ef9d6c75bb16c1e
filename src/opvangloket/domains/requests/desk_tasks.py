"""What a desk worker has to do. A task exists once per kind and subject, so asking for it twice does nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from opvangloket.domains.requests.models import DeskTask, TaskKind
from opvangloket.foundation.audit.record import Actor, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.national_number import refuse_national_number
from opvangloket.foundation.tenancy.scopes import DeskScope, scope


class TaskNotFound(OpvangloketError):
    """No such task at this desk."""

    code = "task_not_found"
    message = "We vinden deze taak niet."


def open_task(
    *,
    desk_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_on: date,
    now: datetime,
    request_id: UUID | None = None,
    location_id: UUID | None = None,
    note: str = "",
) -> UUID:
    """Put a task on the desk's list unless the same one was ever there, and return its id.

    `subject_id` is what the task is about (an inquiry, an offer, a request); with the kind it exists once, so a
    sweep that runs twice, or again after the desk finished the task, adds nothing.
    """
    with scope(DeskScope(desk_id)):
        wanted = DeskTask(
            desk_id=desk_id,
            kind=kind,
            subject_id=subject_id,
            request_id=request_id,
            location_id=location_id,
            due_on=due_on,
            made_at=now,
            note=note,
        )
        DeskTask.objects.bulk_create([wanted], ignore_conflicts=True)
        return DeskTask.objects.values_list("id", flat=True).get(kind=kind, subject_id=subject_id)


@transaction.atomic
def finish_task(*, task_id: UUID, actor: Actor, now: datetime, note: str = "") -> None:
    """Tick off a task of the desk; doing it twice keeps the first."""
    refuse_national_number(note)
    task = DeskTask.objects.select_for_update(of=("self",)).filter(id=task_id).first()
    if task is None:
        raise TaskNotFound
    if task.done_at is not None:
        return
    task.done_at, task.done_by_id, task.note = now, actor.id, note or task.note
    task.save(update_fields=["done_at", "done_by_id", "note"])
    record(
        "task.finish",
        actor=actor,
        at=now,
        desk_id=task.desk_id,
        subject_kind="task",
        subject_id=task.id,
        request_id=task.request_id,
        codes=[task.kind],
    )


def settle_tasks(
    *,
    desk_id: UUID,
    kinds: Iterable[TaskKind],
    now: datetime,
    subject_id: UUID | None = None,
    request_id: UUID | None = None,
) -> int:
    """Close open tasks that what happened made needless, by subject or by request, and return how many.

    Give at least one of `subject_id` and `request_id`; a TypeError otherwise, for it would close a whole list.
    """
    about = {name: value for name, value in (("subject_id", subject_id), ("request_id", request_id)) if value}
    if not about:
        raise TypeError("settle_tasks needs a subject_id or a request_id")
    with scope(DeskScope(desk_id)):
        return DeskTask.objects.filter(kind__in=list(kinds), done_at=None, **about).update(done_at=now)

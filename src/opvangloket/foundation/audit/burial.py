"""Forgetting sealed records: a tombstone takes their place, so that the chain still proves everything else.

Only the owner of the tables may do this; the app role can neither delete a record nor change a tombstone.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from opvangloket.foundation.audit.models import ChainSeal, Tombstone
from opvangloket.foundation.audit.sealing import Log, newest_sealed


def bury(log: Log, rows: QuerySet[Any], *, now: datetime) -> int:
    """Delete rows of a log and leave a tombstone for each that is sealed; return how many there were.

    `rows` are on the connection of the owner, inside a transaction of the caller.
    """
    newest = newest_sealed(log)
    sealed = rows.filter(id__lte=newest) if newest else rows.none()
    Tombstone.objects.using(rows.db).bulk_create(
        Tombstone(id=one.id, desk_id=one.desk_id, log=log.name, digest=one.digest.hex(), forgotten_at=now)
        for one in log.records(sealed)
    )
    return rows.delete()[0]


def forget_seals(seals: QuerySet[ChainSeal]) -> int:
    """Delete seals that cover nothing but tombstones, with these tombstones; return how many seals there were."""
    for one in seals:
        Tombstone.objects.using(seals.db).filter(desk_id=one.desk_id, log=one.log, id__lte=one.through_id).delete()
    return seals.delete()[0]

"""Each night what is past its term is forgotten, and the run writes down that nothing is left."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from opvangloket.foundation.retention.models import RetentionRun
from opvangloket.foundation.retention.terms import Limit, Term, limit_of, lines_with_a_term, told
from opvangloket.foundation.tenancy.scopes import across_desks

log = logging.getLogger(__name__)

# Events can only be deleted by the owner of the tables.
_OWNER: Final = "owner"
_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What one line came to: the first day that is still kept, how many rows were forgotten, how many are left."""

    label: str
    kept_from_on: date
    forgotten: int
    left: int


def carry_out(*, now: datetime) -> tuple[CarriedOut, ...]:
    """Forget everything that is past its term, line by line, and write down what each line came to.

    Rows go some hundreds at a time, each time in a transaction of its own: a run that is stopped has done a part, and
    the next one does the rest.
    """
    done = []
    with across_desks("retention holds for every desk"):
        for term, limit in _terms(now):
            forgotten = _forget(term, limit, now)
            done.append(CarriedOut(term.label, limit.day, forgotten, term.rows(limit).count()))
        RetentionRun.objects.bulk_create(
            RetentionRun(at=now, label=one.label, kept_from_on=one.kept_from_on, forgotten=one.forgotten, left=one.left)
            for one in done
        )
    for one in done:
        if one.left:
            log.error("retention left %s rows of %s that are past their term", one.left, one.label)
    return tuple(done)


def past_their_term(*, now: datetime) -> tuple[CarriedOut, ...]:
    """Return for each line how many rows are past their term now, without forgetting any."""
    with across_desks("retention holds for every desk"):
        return tuple(CarriedOut(term.label, limit.day, 0, term.rows(limit).count()) for term, limit in _terms(now))


def _terms(now: datetime) -> Iterator[tuple[Term, Limit]]:
    keep = dict(lines_with_a_term())
    for term in told():
        yield term, limit_of(keep[term.label], now=now)


def _forget(term: Term, limit: Limit, now: datetime) -> int:
    forgotten = 0
    while ids := list(term.rows(limit).values_list("pk", flat=True)[:_AT_A_TIME]):
        with transaction.atomic(using=_OWNER):
            rows = term.rows(limit).model._base_manager.using(_OWNER).filter(pk__in=ids)
            some = term.forget(rows, now)
        if not some:
            break  # The count of what is left tells that something stands in the way.
        forgotten += some
    return forgotten

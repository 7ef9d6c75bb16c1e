"""When requests are forgotten, with all that lies with the locations, and the logs they left (`policies/retention.yaml`).

The events of a request are sealed: a tombstone stays of each, so that the chain still proves every other one.
"""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from opvangloket.domains.distribution.asking.proof import CASES, LOGS, SENDINGS
from opvangloket.domains.distribution.models import (
    AnswerLink,
    ChangeProposal,
    Inquiry,
    Offer,
    Placement,
    Sending,
    SweepStep,
    WeeklyList,
)
from opvangloket.domains.providers.models import Location, Occupation, Organiser
from opvangloket.domains.requests.models import CareRequest, CaseEvent, RequestedLocation, SetAside
from opvangloket.domains.requests.retention import over
from opvangloket.foundation.audit.burial import bury, forget_seals
from opvangloket.foundation.audit.models import AuditEvent, ChainSeal
from opvangloket.foundation.audit.sealing import AUDIT
from opvangloket.foundation.retention.terms import Limit, removes


def _requests(limit: Limit) -> QuerySet[CareRequest]:
    """Return the requests that closed, or never closed and whose start passed; a duplicate goes with the one it fed."""
    done = Q(closed_at__lt=limit.moment) | Q(closed_at=None, start_on__lt=limit.day)
    fed = SetAside.objects.filter(into=OuterRef("id")).exclude(request__in=CareRequest.objects.filter(done))
    return CareRequest.objects.filter(done, ~Exists(fed))


def _forget_requests(rows: QuerySet[CareRequest], now: datetime) -> int:
    """Forget requests and everything of them, from the outside in."""
    ids = list(rows.values_list("id", flat=True))

    def of_these(model: type[Model]) -> QuerySet[Any]:
        return model._base_manager.using(rows.db).filter(request_id__in=ids)

    of_these(Placement).delete()
    of_these(Inquiry).delete()
    SetAside._base_manager.using(rows.db).filter(Q(request_id__in=ids) | Q(into_id__in=ids)).delete()
    bury(CASES, of_these(CaseEvent), now=now)
    return rows.delete()[1].get(CareRequest._meta.label, 0)


def _links(limit: Limit) -> QuerySet[AnswerLink]:
    """Return the links of inquiries that were answered or closed."""
    done = AnswerLink.objects.annotate(done_at=Coalesce("inquiry__closed_at", "inquiry__answered_at"))
    return done.filter(done_at__lt=limit.moment).exclude(inquiry__state="sent")


def _steps(limit: Limit) -> QuerySet[SweepStep]:
    """Return the steps whose request is over: a step of one that goes on keeps a sweep from doing it again."""
    of_subject = {"id": OuterRef("subject_id")}
    going_on = (
        CareRequest.objects.filter(**of_subject).exclude(over(limit)),
        Inquiry.objects.filter(**of_subject).exclude(over(limit, request="request__")),
        Offer.objects.filter(**of_subject).exclude(over(limit, request="request__")),
    )
    return SweepStep.objects.filter(*(~Exists(rows) for rows in going_on), done_at__lt=limit.moment)


def _locations(limit: Limit) -> QuerySet[Location]:
    """Return the locations that closed and that no file names any more."""
    naming = (RequestedLocation, CaseEvent, Inquiry, Offer, Placement, ChangeProposal, Occupation)
    named = (Exists(model._base_manager.filter(location=OuterRef("id"))) for model in naming)
    return Location.objects.filter(*(~one for one in named), closed_on__lt=limit.day)


def _seals(limit: Limit) -> QuerySet[ChainSeal]:
    """Return the seals that cover nothing any more but tombstones; the newest of a chain always stays."""
    newer = ChainSeal.objects.filter(desk=OuterRef("desk"), log=OuterRef("log"), number__gt=OuterRef("number"))
    covered = {"desk_id": OuterRef("desk_id"), "id__lte": OuterRef("through_id")}
    empty = reduce(or_, (Q(~Exists(log.rows().filter(**covered)), log=log.name) for log in LOGS))
    return ChainSeal.objects.filter(empty, Exists(newer), sealed_at__lt=limit.moment).order_by("number")


removes("audit.ChainSeal", _seals, lambda rows, _now: forget_seals(rows))
removes(
    "audit.AuditEvent",
    lambda limit: AuditEvent.objects.filter(at__lt=limit.moment),
    lambda rows, now: bury(AUDIT, rows, now=now),
)
removes("providers.Organiser", lambda limit: Organiser.objects.filter(locations=None, created_at__lt=limit.moment))
removes("providers.Location", _locations)
removes(
    "distribution.Sending",
    lambda limit: Sending.objects.filter(sent_at__lt=limit.moment, inquiries=None),
    lambda rows, now: bury(SENDINGS, rows, now=now),
)
removes("distribution.SweepStep", _steps)
removes("distribution.AnswerLink", _links)
removes("distribution.WeeklyList", lambda limit: WeeklyList.objects.filter(made_at__lt=limit.moment))
removes("requests.CareRequest", _requests, _forget_requests)

"""When versions of the agreement and consultations are forgotten, with their papers (`policies/retention.yaml`)."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from opvangloket.domains.cooperation.models import (
    AgreementSignature,
    AgreementVersion,
    Consultation,
    ConsultationDocument,
)
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.retention.terms import Limit, removes


def _replaced_before(limit: Limit) -> QuerySet[AgreementVersion]:
    later = AgreementVersion._base_manager.filter(desk_id=OuterRef("desk_id"), number__gt=OuterRef("number"))
    replaced = Subquery(later.order_by("number").values("published_at")[:1])
    return AgreementVersion.objects.annotate(replaced_at=replaced).filter(replaced_at__lt=limit.moment)


def _forget(rows: QuerySet[AgreementVersion], _now: datetime) -> int:
    """Delete versions with their signatures and reviews; the papers go along."""
    ids = list(rows.values_list("id", flat=True))
    signed = AgreementSignature._base_manager.using(rows.db).filter(version_id__in=ids).exclude(document=None)
    papers = list(signed.values_list("document_id", flat=True))
    gone = AgreementVersion._base_manager.using(rows.db).filter(id__in=ids).delete()
    Document.objects.using(rows.db).filter(id__in=papers).delete()
    return gone[1].get(AgreementVersion._meta.label, 0)


def _forget_consultations(rows: QuerySet[Consultation], _now: datetime) -> int:
    """Delete consultations with their invitations; the documents go along."""
    ids = list(rows.values_list("id", flat=True))
    shown = ConsultationDocument._base_manager.using(rows.db).filter(consultation_id__in=ids)
    papers = list(shown.values_list("document_id", flat=True))
    gone = Consultation._base_manager.using(rows.db).filter(id__in=ids).delete()
    Document.objects.using(rows.db).filter(id__in=papers).delete()
    return gone[1].get(Consultation._meta.label, 0)


removes(
    "cooperation.Consultation",
    lambda limit: Consultation.objects.filter(starts_at__lt=limit.moment),
    _forget_consultations,
)
removes("cooperation.AgreementVersion", _replaced_before, _forget)

"""Reading the agreement: as an organiser that signs it, and as the desk that follows who did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from opvangloket.domains.cooperation.agreements import AgreementNotFound, newest_version, organiser_at_home
from opvangloket.domains.cooperation.models import AgreementReview, AgreementSignature, AgreementVersion, SignedHow
from opvangloket.domains.providers.addressees import Addressee, organisers_of_desk
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, scope
from opvangloket.rules.cooperation_agreement import (
    OwnPoints,
    Part,
    Signing,
    digest_of,
    parts_for,
    read_parts,
    review_due_on,
    signing_of,
)
from opvangloket.rules.periods import brussels_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed which version for an organiser, when and how; `has_paper` where the desk keeps the paper."""

    number: int
    name: str
    signed_on: date
    on_paper: bool
    has_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAgreement:
    """The newest agreement of a desk as it holds for one organiser; `signatures` from new to old."""

    desk_id: UUID
    desk_slug: str
    desk_name: str
    organiser_name: str
    number: int
    published_at: datetime
    parts: tuple[Part, ...]
    digest: str
    signing: Signing
    signatures: tuple[Signature, ...]

    @property
    def signature(self) -> Signature | None:
        """The signature on this version."""
        return next((one for one in self.signatures if one.number == self.number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organiser as the desk follows it: how it stands towards the newest version, and its newest signature."""

    organiser_id: UUID
    location_slug: str
    name: str
    signing: Signing
    signature: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the agreement, whole."""

    number: int
    published_at: datetime
    made_by_id: UUID | None
    procedure_number: int
    own_points: OwnPoints
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A yearly look at the agreement."""

    number: int
    reviewed_on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAtDesk:
    """What the desk knows of its agreement; versions and reviews from new to old, partners by name."""

    versions: tuple[Version, ...]
    partners: tuple[Partner, ...]
    reviews: tuple[Review, ...]
    review_due_on: date

    @property
    def newest(self) -> Version:
        """The version that holds."""
        return self.versions[0]

    @property
    def signed(self) -> int:
        """How many organisers signed the newest version."""
        return sum(one.signing is Signing.SIGNED for one in self.partners)


def agreements_of_organiser(organiser_id: UUID, *, today: date) -> tuple[OwnAgreement, ...]:
    """Return the newest agreement of each desk that looks after a location of the organiser in scope, by name."""
    return tuple(_own(desk, organiser_id, today) for desk in _home_desks(today) if _has_version(desk.id))


def own_agreement(desk_slug: str, organiser_id: UUID, *, today: date) -> OwnAgreement:
    """Return the newest agreement of one desk as it holds for the organiser in scope; raise AgreementNotFound."""
    for desk in _home_desks(today):
        if desk.slug == desk_slug and _has_version(desk.id):
            return _own(desk, organiser_id, today)
    raise AgreementNotFound


def unsigned_desks(*, today: date) -> tuple[str, ...]:
    """Return the names of the desks whose newest agreement the organiser in scope did not sign yet, in one query."""
    newest = AgreementVersion.objects.filter(desk_id=OuterRef("id")).order_by("-number").values("id")[:1]
    signed = AgreementSignature.objects.filter(version_id=OuterRef("newest_id"), taken_back_at=None)
    desks = _home_desks(today).annotate(newest_id=Subquery(newest)).exclude(newest_id=None)
    return tuple(desks.filter(~Exists(signed)).values_list("name", flat=True))


def agreement_at_desk(desk: Desk, *, today: date) -> AgreementAtDesk | None:
    """Return the agreement of the desk in scope with all its partners, in five queries; None before the first version."""
    versions = tuple(_version(row) for row in AgreementVersion.objects.order_by("-number"))
    if not versions:
        return None
    newest = versions[0]
    signatures = _signatures()
    partners = tuple(
        _partner(one, signatures.get(one.organiser.id, ()), newest.number)
        for one in organisers_of_desk(desk.id, today=today, at_home=True)
    )
    rows = AgreementReview.objects.select_related("version").order_by("-reviewed_on")
    reviews = tuple(Review(number=row.version.number, reviewed_on=row.reviewed_on, words=row.words) for row in rows)
    last = max([brussels_date(newest.published_at), *(one.reviewed_on for one in reviews[:1])])
    return AgreementAtDesk(versions=versions, partners=partners, reviews=reviews, review_due_on=review_due_on(last))


def version_numbered(number: int) -> Version:
    """Return one version of the desk in scope; raise AgreementNotFound."""
    row = AgreementVersion.objects.filter(number=number).first()
    if row is None:
        raise AgreementNotFound
    return _version(row)


def partner_of_desk(desk: Desk, location_slug: str, *, today: date) -> tuple[Partner, Version, tuple[Part, ...]]:
    """Return the organiser that this location stands for, the newest version, and its parts as they hold for it.

    Raises AgreementNotFound.
    """
    version = newest_version()
    everyone = organisers_of_desk(desk.id, today=today, at_home=True)
    one = next((one for one in everyone if one.location_slug == location_slug), None)
    if version is None or one is None:
        raise AgreementNotFound
    partner = _partner(one, _signatures(one.organiser.id).get(one.organiser.id, ()), version.number)
    return partner, _version(version), parts_for(read_parts(version.parts), one.steps)


def unsigned_organisers(*, today: date) -> tuple[tuple[Addressee, date], ...]:
    """Return the organisers of the desk in scope without a signature on the newest version, and since when it is there."""
    version = newest_version()
    if version is None:
        return ()
    rows = AgreementSignature.objects.filter(version=version, taken_back_at=None)
    signed = set(rows.values_list("organiser_id", flat=True))
    since = brussels_date(version.published_at)
    everyone = organisers_of_desk(version.desk_id, today=today, at_home=True)
    return tuple((one, since) for one in everyone if one.organiser.id not in signed)


def _home_desks(today: date) -> QuerySet[Desk]:
    """Return the desks that look after a location in the organiser's scope, by name."""
    rows = LocationInDesk.objects.filter(relation=DeskRelation.HOME, start_on__lte=today).exclude(end_on__lte=today)
    return Desk.objects.filter(id__in=rows.values("desk_id")).order_by("name", "id")


def _has_version(desk_id: UUID) -> bool:
    return AgreementVersion.objects.filter(desk_id=desk_id).exists()


def _own(desk: Desk, organiser_id: UUID, today: date) -> OwnAgreement:
    with scope(DeskScope(desk.id)):
        version = newest_version()
        if version is None:
            raise AgreementNotFound
        organiser = organiser_at_home(desk.id, organiser_id, today=today)
        signatures = _signatures(organiser_id).get(organiser_id, ())
    parts = parts_for(read_parts(version.parts), organiser.steps)
    return OwnAgreement(
        desk_id=desk.id,
        desk_slug=desk.slug,
        desk_name=desk.name,
        organiser_name=organiser.organiser.name,
        number=version.number,
        published_at=version.published_at,
        parts=parts,
        digest=digest_of(parts),
        signing=signing_of({one.number for one in signatures}, version.number),
        signatures=signatures,
    )


def _signatures(organiser_id: UUID | None = None) -> Mapping[UUID, tuple[Signature, ...]]:
    """Return what stands of the signatures at the desk in scope, per organiser, from new to old."""
    rows = AgreementSignature.objects.filter(taken_back_at=None).select_related("version").order_by("-version__number")
    if organiser_id is not None:
        rows = rows.filter(organiser_id=organiser_id)
    found: dict[UUID, tuple[Signature, ...]] = {}
    for row in rows:
        one = Signature(
            number=row.version.number,
            name=row.name,
            signed_on=row.signed_on,
            on_paper=row.how == SignedHow.PAPER,
            has_paper=row.document_id is not None,
        )
        found[row.organiser_id] = (*found.get(row.organiser_id, ()), one)
    return found


def _partner(one: Addressee, signatures: tuple[Signature, ...], newest: int) -> Partner:
    return Partner(
        organiser_id=one.organiser.id,
        location_slug=one.location_slug,
        name=one.organiser.name,
        signing=signing_of({signature.number for signature in signatures}, newest),
        signature=signatures[0] if signatures else None,
    )


def _version(row: AgreementVersion) -> Version:
    points = {key: tuple(value) for key, value in row.own_points.items()}
    return Version(
        number=row.number,
        published_at=row.published_at,
        made_by_id=row.made_by_id,
        procedure_number=row.procedure_number,
        own_points=OwnPoints(**points),
        parts=read_parts(row.parts),
    )

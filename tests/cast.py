"""One cast for every test: the desks, the organisers and the families, made through the real actions.

`town(now)` makes the least that a story needs: two desks, three organisers, and the people who work there. Families
ask by `ask(...)`; a test says only what matters to it. Nobody else is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from opvangloket.domains.providers.models import (
    CapacityKind,
    DeskRelation,
    EffectivePlaces,
    Location,
    LocationInDesk,
    LocationType,
    OpeningHours,
    Organiser,
    SubsidyStep,
    Tariff,
)
from opvangloket.domains.requests.actions import Applicant, AskedChild, NewQuestion, Registered, register
from opvangloket.domains.requests.models import CareRequest, Channel
from opvangloket.foundation.accounts.models import (
    Account,
    Audience,
    DeskMembership,
    DeskRole,
    OrganiserMembership,
    OrganiserRole,
)
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, across_desks, scope
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure

NINOVE, GERAARDSBERGEN = "41048", "41018"
VISITOR = Actor(ActorKind.VISITOR)
PARENT = Actor(ActorKind.PARENT)
MONDAY_TUESDAY = WeekPattern.full_days("ma", "di")

SARA = Applicant(
    first_name="Sara",
    last_name="Peeters",
    email="sara.peeters@voorbeeld.be",
    phone="0470 12 34 56",
    street="Centrumlaan",
    house_number="12",
    postcode="9400",
    residence_nis=NINOVE,
)
ELIF = Applicant(
    first_name="Elif",
    last_name="Yılmaz",
    email="elif.yilmaz@voorbeeld.be",
    phone="0471 65 43 21",
    language="tr",
    street="Beverstraat",
    house_number="3 bus 2",
    postcode="9400",
    residence_nis=NINOVE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Who is there. Ids and rows are those of the database; actors are ready to act."""

    now: datetime
    ninove: Desk
    overstroom: Desk
    karel: Account
    amina: Account
    stranger: Account
    regenboog: Organiser
    mia: Organiser
    klavertje: Organiser
    stroomop: Organiser
    regenboog_centrum: Location
    regenboog_denderhof: Location
    mias_nestje: Location
    het_klavertje: Location
    ver_weg: Location
    rosa: Account
    mia_account: Account
    wim: Account
    randomness: Random

    @property
    def today(self) -> date:
        """The Brussels day of the town's moment."""
        return brussels_date(self.now)

    @property
    def lead(self) -> Actor:
        """Karel, lead of the desk of Ninove."""
        return Actor(ActorKind.DESK_LEAD, self.karel.id, self.karel.name)

    @property
    def worker(self) -> Actor:
        """Amina, worker at the desk of Ninove."""
        return Actor(ActorKind.DESK_WORKER, self.amina.id, self.amina.name)

    @property
    def manager(self) -> Actor:
        """Rosa, manager of De Regenboog."""
        return Actor(ActorKind.ORGANISER, self.rosa.id, self.rosa.name)

    @property
    def locations(self) -> tuple[Location, ...]:
        """The locations that the desk of Ninove sees."""
        return (self.regenboog_centrum, self.regenboog_denderhof, self.mias_nestje, self.het_klavertje)

    def at_desk(self, desk: Desk | None = None) -> Any:
        """Look from a desk, Ninove unless told, for as long as the block lasts."""
        return scope(DeskScope((desk or self.ninove).id))

    def at_organiser(self, *locations: Location) -> Any:
        """Look from the organiser of these locations for as long as the block lasts."""
        return scope(OrganiserScope(locations[0].organiser_id, frozenset(location.id for location in locations)))

    def as_family(self, *requests: Registered) -> Any:
        """Look from the family of these requests for as long as the block lasts."""
        return scope(FamilyScope(self.ninove.id, frozenset(request.request_id for request in requests)))

    def noor(self, **different: Any) -> NewQuestion:
        """Return the question of Sara Peeters for her daughter Noor, with what a test wants different."""
        question = NewQuestion(
            applicant=SARA,
            child=AskedChild(first_name="Noor", last_name="Peeters", birth_on=self.today - timedelta(days=60)),
            start_on=self.today + timedelta(days=120),
            pattern=MONDAY_TUESDAY,
            channel=Channel.ONLINE,
            location_ids=(self.regenboog_centrum.id, self.mias_nestje.id),
        )
        return replace(question, **different)

    def deniz(self, **different: Any) -> NewQuestion:
        """Return the question of Elif Yılmaz for Deniz, who is not born yet."""
        question = NewQuestion(
            applicant=ELIF,
            child=AskedChild(first_name="Deniz", last_name="Yılmaz", due_on=self.today + timedelta(days=100)),
            start_on=self.today + timedelta(days=220),
            pattern=WeekPattern.full_days("ma", "do", "vr"),
            channel=Channel.COUNTER,
            location_ids=(self.regenboog_centrum.id, self.regenboog_denderhof.id, self.het_klavertje.id),
        )
        return replace(question, **different)

    def ask(self, question: NewQuestion, *, actor: Actor = VISITOR, now: datetime | None = None) -> Registered:
        """Register a question at the desk of Ninove."""
        with self.at_desk():
            return register(
                desk_id=self.ninove.id, question=question, actor=actor, now=now or self.now, randomness=self.randomness
            )

    def choose(self, procedure: Procedure) -> None:
        """Let Ninove choose these settings, from today."""
        with self.at_desk():
            number = ProcedureVersion.objects.filter(desk=self.ninove).count() + 1
            ProcedureVersion.objects.create(
                desk=self.ninove,
                number=number,
                valid_from=self.today,
                values=procedure.to_mapping(),
                reason="keuze voor deze test",
                made_at=self.now,
                made_by_id=self.karel.id,
            )


def town(now: datetime) -> Town:
    """Make the desks, the organisers and their people as they are at `now`."""
    with across_desks("making the cast of a test"):
        ninove = _desk("ninove", "Opvangloket Ninove", NINOVE, now)
        overstroom = _desk("overstroom", "Loket Overstroom", GERAARDSBERGEN, now)
        regenboog = Organiser.objects.create(name="De Regenboog vzw", email="info@regenboog.example", created_at=now)
        mia = Organiser.objects.create(name="Mia De Smet", email="mia@nestje.example", created_at=now)
        klavertje = Organiser.objects.create(name="Stad Ninove", email="klavertje@ninove.example", created_at=now)
        stroomop = Organiser.objects.create(name="Stroomop", email="info@stroomop.example", created_at=now)
        return Town(
            now=now,
            ninove=ninove,
            overstroom=overstroom,
            karel=_desk_account("Karel", DeskRole.LEAD, ninove, now),
            amina=_desk_account("Amina", DeskRole.WORKER, ninove, now),
            stranger=_desk_account("Vreemde", DeskRole.LEAD, overstroom, now),
            regenboog=regenboog,
            mia=mia,
            klavertje=klavertje,
            stroomop=stroomop,
            regenboog_centrum=open_location(regenboog, "De Regenboog Centrum", ninove, now),
            regenboog_denderhof=open_location(regenboog, "De Regenboog Denderhof", ninove, now),
            mias_nestje=open_location(mia, "Mia's Nestje", ninove, now, type=LocationType.FAMILY, licensed_places=8),
            het_klavertje=open_location(klavertje, "Het Klavertje", ninove, now, subsidy_step=SubsidyStep.T3),
            ver_weg=open_location(stroomop, "Stroomop Oudeberg", overstroom, now, nis_code=GERAARDSBERGEN),
            rosa=_organiser_account("Rosa", OrganiserRole.MANAGER, regenboog, now),
            mia_account=_organiser_account("Mia", OrganiserRole.MANAGER, mia, now),
            wim=_organiser_account("Wim", OrganiserRole.STAFF, klavertje, now),
            randomness=Random(7),
        )


def plan_places(location: Location, places: int, *, from_on: date) -> None:
    """Let a location plan here, with the same number of places on each weekday's parts and none in the weekend."""
    location.capacity_kind = CapacityKind.PLAN
    location.save(update_fields=["capacity_kind"])
    EffectivePlaces.objects.create(location=location, start_on=from_on, places=[places] * 10 + [0] * 4)


@contextmanager
def row_of(registered: Registered) -> Iterator[CareRequest]:
    """Give the stored request, seen from nowhere in particular, for as long as the block lasts."""
    with across_desks("a test looks at what was stored"):
        yield CareRequest.objects.get(id=registered.request_id)


def _desk(slug: str, name: str, nis_code: str, now: datetime) -> Desk:
    return Desk.objects.create(
        slug=slug,
        name=name,
        operator=f"Lokaal bestuur {name.split()[-1]}",
        territory=[nis_code],
        email=f"loket@{slug}.example",
        phone="054 31 32 33",
        created_at=now,
    )


def open_location(organiser: Organiser, name: str, desk: Desk, now: datetime, **different: Any) -> Location:
    """Open a location of an organiser in the view of a desk, with usual hours; `different` replaces facts."""
    slug = name.lower().replace("'", "").replace(" ", "-")
    facts: dict[str, Any] = {
        "slug": slug,
        "name": name,
        "type": LocationType.GROUP,
        "subsidy_step": SubsidyStep.T2B,
        "tariff": Tariff.INCOME,
        "licensed_places": 18,
        "street": "Dreefstraat",
        "house_number": "1",
        "postcode": "9400",
        "nis_code": NINOVE,
        "email": f"{slug}@opvang.example",
        "phone": "054 11 22 33",
        "created_at": now,
    }
    location = Location.objects.create(organiser=organiser, **(facts | different))
    LocationInDesk.objects.create(location=location, desk=desk, relation=DeskRelation.HOME, start_on=date(2015, 1, 1))
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=weekday, opens=7 * 60, closes=18 * 60) for weekday in range(5)
    )
    return location


def _desk_account(name: str, role: DeskRole, desk: Desk, now: datetime) -> Account:
    account = Account.objects.create(
        audience=Audience.DESK, email=f"{name.lower()}@{desk.slug}.example", name=name, created_at=now
    )
    DeskMembership.objects.create(desk=desk, account=account, role=role, start_on=date(2020, 1, 1))
    return account


def _organiser_account(name: str, role: OrganiserRole, organiser: Organiser, now: datetime) -> Account:
    account = Account.objects.create(
        audience=Audience.ORGANISER, email=f"{name.lower()}@opvang.example", name=name, created_at=now
    )
    OrganiserMembership.objects.create(organiser_id=organiser.id, account=account, role=role, start_on=date(2020, 1, 1))
    return account

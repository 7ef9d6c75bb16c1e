"""Ninove as its cooperation agreement describes it, and the few organisers that a demonstration knows by name.

The agreement of the Lokaal Loket Kinderopvang Ninove (2021) says: one central desk since 12 October 2021, at the
Sociaal Huis after appointment, answers within 14 days, and a photo or logo on each page. The names below are fictional.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils.text import slugify

from opvangloket.domains.providers.models import AgeGroup, CapacityKind, LocationType, OpeningHours, SubsidyStep, Tariff
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import LEGAL_PAGE_FIELDS, DeskMode, PageField, Procedure
from opvangloket.simulation.supply.blueprints import Blueprint, RunBy
from opvangloket.simulation.supply.desks import PlannedDesk
from opvangloket.simulation.supply.ledger import Ledger, Stay
from opvangloket.simulation.supply.locations import LocationMaker, PlannedLocation, effective_in_one_pool
from opvangloket.simulation.supply.opening import opening_pattern
from opvangloket.simulation.supply.organisers import Organisers
from opvangloket.simulation.supply.town import Town

NIS: Final = "41048"
SLUG: Final = "ninove"
_STARTED_ON: Final = date(2021, 10, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A location that the demonstration calls by name."""

    name: str
    organiser: str
    blueprint: Blueprint
    street: str
    house_number: str
    point: tuple[float, float]
    opens: int
    closes: int
    text: str


def _blueprint(
    places: int,
    run_by: RunBy,
    *,
    care: LocationType = LocationType.GROUP,
    step: SubsidyStep = SubsidyStep.T2B,
    tariff: Tariff = Tariff.INCOME,
    keeps: CapacityKind = CapacityKind.PLAN,
) -> Blueprint:
    return Blueprint(type=care, step=step, tariff=tariff, places=places, run_by=run_by, capacity_kind=keeps)


LEAD, WORKER = "Karel Wouters", "Amina Haddad"
MANAGERS: Final = {
    "De Regenboog vzw": "Rosa Martens",
    "Mia De Smet": "Mia De Smet",
    "Lokaal bestuur Ninove, dienst kinderopvang": "Wim Claes",
    "De Speelkuil bv": "Ine Baert",
}
REGENBOOG, DENDERHOF = "De Regenboog", "De Regenboog Denderhof"
MIA, KLAVERTJE, SPEELKUIL = "Onthaalouder Mia", "Het Klavertje", "De Speelkuil"
NAMED: Final = (
    Named(
        name=REGENBOOG,
        organiser="De Regenboog vzw",
        blueprint=_blueprint(36, RunBy.ASSOCIATION),
        street="Edingsesteenweg",
        house_number="112",
        point=(50.8193, 4.0159),
        opens=420,
        closes=1080,
        text="Bij ons vindt elk kind een warme plek. We spelen veel buiten, in een tuin vol kleuren. "
        "Onze baby's hebben een eigen rustige ruimte. Je betaalt volgens je inkomen.",
    ),
    Named(
        name=DENDERHOF,
        organiser="De Regenboog vzw",
        blueprint=_blueprint(18, RunBy.ASSOCIATION, step=SubsidyStep.T2A),
        street="Denderkaai",
        house_number="7",
        point=(50.8391, 4.0205),
        opens=420,
        closes=1080,
        text="Denderhof is onze kleine opvang aan het water. We zijn met drie begeleiders en kennen elk kind goed. "
        "Kom gerust eens kijken.",
    ),
    Named(
        name=MIA,
        organiser="Mia De Smet",
        blueprint=_blueprint(
            8, RunBy.CHILDMINDER, care=LocationType.FAMILY, step=SubsidyStep.T2A, keeps=CapacityKind.VACANCIES
        ),
        street="Bevrijdingslaan",
        house_number="31",
        point=(50.8322, 4.0216),
        opens=420,
        closes=1080,
        text="Ik ben Mia en ik vang kinderen op bij mij thuis. Ik maak elke dag zelf eten. "
        "We wandelen veel langs de Dender. Je mag altijd eens komen kennismaken.",
    ),
    Named(
        name=KLAVERTJE,
        organiser="Lokaal bestuur Ninove, dienst kinderopvang",
        blueprint=_blueprint(42, RunBy.MUNICIPALITY, step=SubsidyStep.T3),
        street="Preulegem",
        house_number="20",
        point=(50.8110, 4.0059),
        opens=390,
        closes=1110,
        text="Elk kind is welkom in Het Klavertje, ook als je niet werkt. We nemen tijd voor een gesprek. "
        "We houden plaatsen vrij voor gezinnen die het moeilijk hebben. Vraag ons gerust hulp.",
    ),
    Named(
        name=SPEELKUIL,
        organiser="De Speelkuil bv",
        blueprint=_blueprint(
            21, RunBy.SINGLE, step=SubsidyStep.T1, tariff=Tariff.FREE, keeps=CapacityKind.NONE
        ),
        street="Brakelsesteenweg",
        house_number="248",
        point=(50.8266, 3.9988),
        opens=450,
        closes=1080,
        text="We zijn een kleine ploeg die je kind goed kent. Er is een grote zandbak en een moestuin. "
        "Luiers en eten zijn in de prijs inbegrepen.",
    ),
)  # fmt: skip


def plan_ninove(*, since: date, today: date, made_at: datetime) -> PlannedDesk:
    """Return the desk of Ninove with its agreement as the first version, and one yearly evaluation after it."""
    row = Desk(
        slug=SLUG,
        name="Opvangloket Ninove",
        operator="Lokaal bestuur Ninove, Sociaal Huis",
        file_number="LLK-41048",
        territory=[NIS],
        email="loket@ninove.example",
        phone="054 00 00 00",
        counter="Sociaal Huis, Burchtstraat 46, 9400 Ninove",
        counter_hours="na afspraak",
        contact_person="Amina",
        created_at=made_at,
    )
    first = Procedure(
        mode=DeskMode.CENTRAL,
        answer_term_days=14,
        reply_by_days=14,
        page_minimum=(*LEGAL_PAGE_FIELDS, PageField.PHOTO),
    )
    evaluated = Procedure.from_mapping(first.to_mapping() | {"reply_by_days": 10})
    versions = (
        ProcedureVersion(
            desk=row,
            number=1,
            valid_from=min(_STARTED_ON, since - timedelta(days=1)),
            values=first.to_mapping(),
            reason="Samenwerkingsovereenkomst Lokaal Loket Kinderopvang Ninove: start met centrale aanmelding.",
            consultation_advice="Gunstig advies van het lokaal overleg kinderopvang.",
            made_at=made_at,
        ),
        ProcedureVersion(
            desk=row,
            number=2,
            valid_from=date(today.year - 1, 3, 1),
            values=evaluated.to_mapping(),
            reason="Jaarlijkse evaluatie: gezinnen antwoorden sneller, dus een plaats wacht hoogstens 10 dagen.",
            consultation_advice="Het lokaal overleg van februari adviseert gunstig.",
            made_at=made_at,
        ),
    )
    return PlannedDesk(row, versions, (first, evaluated), lead=LEAD, worker=WORKER)


def named_locations(maker: LocationMaker, organisers: Organisers, *, since: date) -> Iterator[PlannedLocation]:
    """Yield the locations that the demonstration knows by name."""
    by_name = {name: organisers.add(name, manager=manager) for name, manager in MANAGERS.items()}
    for named in NAMED:
        maker.claim(NIS, named.name)
        planned = maker.make(named.blueprint, by_name[named.organiser], named.name, NIS)
        row = planned.row
        row.street, row.house_number, row.postcode = named.street, named.house_number, "9400"
        row.lat, row.lon = named.point
        row.text, row.opened_on, row.closed_on = named.text, None, None
        row.slug = slugify(named.name)
        row.email, row.website = f"{row.slug}@opvang.example", f"https://{row.slug}.example"
        row.phone = "054 00 00 " + f"{10 + NAMED.index(named)}"
        row.inclusive = named.name in (REGENBOOG, KLAVERTJE)
        row.accessible = named.name != MIA
        if row.tariff == Tariff.FREE:
            row.price_day, row.price_half_day = Decimal("34.50"), Decimal("20.70")
        planned.hours = [
            OpeningHours(location=row, weekday=weekday, opens=named.opens, closes=named.closes) for weekday in range(5)
        ]
        planned.opening = opening_pattern(planned.hours)
        planned.effective = effective_in_one_pool(planned, since=since)
        yield planned


# What the demonstration's own families are offered later: days, how many places, and from how many days on.
_KEPT: Final = (
    (REGENBOOG, WeekPattern.full_days("ma", "di", "do"), 2, 20),
    (DENDERHOF, WeekPattern.full_days("ma", "di", "wo"), 1, 40),
    (MIA, WeekPattern.full_days("ma", "di", "wo", "do"), 1, 20),
    (KLAVERTJE, WeekPattern.full_days("ma", "di", "wo", "do", "vr"), 2, 60),
)


def places_kept_free(town: Town) -> list[tuple[Ledger, tuple[int, ...], Stay]]:
    """Take places that the history of a town must leave for the families of the demonstration, and return them."""
    taken = []
    for name, pattern, count, from_day in _KEPT:
        found = [number for number, planned in enumerate(town.locations) if planned.row.name == name]
        if not found or town.locations[found[0]].row.nis_code != NIS:
            continue
        start = town.today.toordinal() + from_day
        when: Stay = ((AgeGroup.MIXED, start, start + 3 * 366),)
        for _ in range(count):
            town.ledgers[found[0]].take(pattern.indexes, when)
            taken.append((town.ledgers[found[0]], pattern.indexes, when))
    return taken

"""Desks for any number of municipalities: most serve one, small ones share the desk of a neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.utils.text import slugify

from opvangloket.foundation.geography import distance_km, municipality
from opvangloket.foundation.tenancy.models import Desk, ProcedureVersion
from opvangloket.rules.procedure import DeskMode, Procedure
from opvangloket.simulation.chance import Weighted, happens, stream
from opvangloket.simulation.reference import streets, villages
from opvangloket.simulation.supply.organisers import person_name

_TOO_SMALL_ALONE = 9_000
_MOST_TOGETHER = 5
_CENTRAL = 0.35
_TERMS = Weighted({14: 0.7, 10: 0.1, 21: 0.1, 30: 0.1})
_SEND_FROM = Weighted({None: 0.7, 12: 0.15, 9: 0.15})
_REPLY_BY = Weighted({10: 0.6, 7: 0.2, 14: 0.2})
_MAX_LOCATIONS = Weighted({8: 0.6, 6: 0.15, 10: 0.25})
_REMIND_BEFORE_DAYS, _CALL_AFTER_DAYS = 4, 3


@dataclass(frozen=True, slots=True)
class PlannedDesk:
    """A desk with the versions of its settings, the oldest first; none of it is saved yet."""

    row: Desk
    versions: tuple[ProcedureVersion, ...]
    procedures: tuple[Procedure, ...]
    lead: str
    worker: str


def territories(codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Divide municipalities over desks; the first code of each territory is its largest municipality."""
    together = {code: [code] for code in codes if _population(code) >= _TOO_SMALL_ALONE}
    alone = sorted(set(codes) - set(together))
    for code in alone:
        near = [largest for largest, those in together.items() if len(those) < _MOST_TOGETHER]
        nearest = min(near, key=lambda largest: (_distance(code, largest), largest), default=None)
        if nearest is None:
            together[code] = [code]
        else:
            together[nearest].append(code)
    return tuple(tuple(those) for _code, those in sorted(together.items()))


def plan_desk(territory: Sequence[str], *, seed: int, since: date, made_at: datetime) -> PlannedDesk:
    """Return the desk of a territory as it worked since a day, with one version of its settings."""
    random = stream(seed, "desk", territory[0])
    town, postcode = _name(territory[0]), villages(territory[0])[0].postcode
    slug = slugify(town)
    row = Desk(
        slug=slug,
        name=f"Opvangloket {town}" if len(territory) == 1 else f"Opvangloket {town} en buren",
        operator=f"Lokaal bestuur {town}",
        file_number=f"LLK-{territory[0]}",
        territory=sorted(territory),
        email=f"loket@{slug}.example",
        phone="050 00 00 00",
        counter=f"Huis van het Kind, {random.choice(streets())} {random.randint(1, 80)}, {postcode} {town}",
        counter_hours="maandag tot en met donderdag van 9 uur tot 12 uur, en na afspraak",
        created_at=made_at,
    )
    procedure = _procedure(random)
    version = ProcedureVersion(
        desk=row,
        number=1,
        valid_from=since,
        values=procedure.to_mapping(),
        reason="Start van het loket, afgesproken met de organisatoren.",
        consultation_advice="Gunstig advies van het lokaal overleg kinderopvang.",
        made_at=made_at,
    )
    return PlannedDesk(row, (version,), (procedure,), lead=person_name(random), worker=person_name(random))


def _procedure(random: Random) -> Procedure:
    term, send_from = _TERMS.draw(random), _SEND_FROM.draw(random)
    return Procedure(
        mode=DeskMode.CENTRAL if happens(random, _CENTRAL) else DeskMode.DESK_ONLY,
        max_locations=_MAX_LOCATIONS.draw(random),
        send_from_months=send_from,
        answer_term_days=term,
        remind_after_days=term - _REMIND_BEFORE_DAYS,
        call_after_days=term + _CALL_AFTER_DAYS,
        reply_by_days=_REPLY_BY.draw(random),
    )


def _population(code: str) -> int:
    found = municipality(code)
    return found.population if found else 0


def _name(code: str) -> str:
    found = municipality(code)
    return found.name if found else code


def _distance(code: str, other: str) -> float:
    here, there = villages(code)[0], villages(other)[0]
    return distance_km(here.lat, here.lon, there.lat, there.lon)

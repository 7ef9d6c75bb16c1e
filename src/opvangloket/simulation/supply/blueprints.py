"""Which locations a municipality has: how large, family or group care, which subsidy step, run by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from opvangloket.domains.providers.models import CapacityKind, LocationType, SubsidyStep, Tariff
from opvangloket.simulation.chance import Weighted, happens, stream
from opvangloket.simulation.key_figures import (
    PLACES,
    PLACES_OF_A_CHILDMINDER,
    SHARE_OF_FAMILY_CARE,
    SIZES_OF_A_GROUP,
    STEPS_OF_FAMILY_CARE,
    STEPS_OF_GROUP_CARE,
)
from opvangloket.simulation.reference import share_of_births

FAMILY, GROUP = LocationType.FAMILY, LocationType.GROUP
FREE_PRICE_STEPS = frozenset({SubsidyStep.T0, SubsidyStep.T1})


class RunBy(StrEnum):
    """What kind of organiser runs a location."""

    CHILDMINDER = "childminder"  # a private person, at home
    SERVICE = "service"  # a service with many childminders
    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"  # several locations in one town
    REGIONAL = "regional"  # locations in several towns
    SINGLE = "single"  # one location of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """One location before it has a name and an address."""

    type: LocationType
    step: SubsidyStep
    tariff: Tariff
    places: int
    run_by: RunBy
    capacity_kind: CapacityKind


_CAPACITY = {
    GROUP: Weighted({CapacityKind.PLAN: 0.6, CapacityKind.VACANCIES: 0.28, CapacityKind.NONE: 0.12}),
    FAMILY: Weighted({CapacityKind.PLAN: 0.3, CapacityKind.VACANCIES: 0.45, CapacityKind.NONE: 0.25}),
}
_MIXED_TARIFF = 0.07
_RUNS_GROUP = Weighted({RunBy.ASSOCIATION: 0.3, RunBy.REGIONAL: 0.15, RunBy.SINGLE: 0.55})
_FEWEST_GROUPS_FOR_A_MUNICIPAL_ONE = 3


def blueprints(nis_code: str, *, seed: int) -> tuple[Blueprint, ...]:
    """Return the locations of a municipality: as many places as its share of the Flemish births."""
    random = stream(seed, "blueprints", nis_code)
    places = PLACES * share_of_births(nis_code)
    family_places = places * SHARE_OF_FAMILY_CARE
    family = _sizes(random, family_places, PLACES_OF_A_CHILDMINDER)
    group = _sizes(random, places - family_places, SIZES_OF_A_GROUP)
    return (
        *_of_type(random, FAMILY, family, STEPS_OF_FAMILY_CARE),
        *_of_type(random, GROUP, group, STEPS_OF_GROUP_CARE),
    )


def _sizes(random: Random, places: float, choices: Sequence[int]) -> list[int]:
    sizes: list[int] = []
    while sum(sizes) + min(choices) / 2 < places:
        left = places - sum(sizes)
        sizes.append(random.choice([size for size in choices if size <= left * 1.2] or [min(choices)]))
    return sizes


def _of_type(
    random: Random, care: LocationType, sizes: Sequence[int], shares: Mapping[SubsidyStep, float]
) -> list[Blueprint]:
    """Give each size a step, so that the places per step come as near as they can to the shares."""
    given: defaultdict[SubsidyStep, int] = defaultdict(int)
    found: list[Blueprint] = []
    for size in sizes:
        total = sum(given.values()) + size
        step = max(shares, key=lambda step: shares[step] * total - given[step])
        given[step] += size
        found.append(
            Blueprint(
                type=care,
                step=step,
                tariff=_tariff(random, care, step),
                places=size,
                run_by=_run_by(random, care, step, first=not found, many=len(sizes)),
                capacity_kind=_CAPACITY[care].draw(random),
            )
        )
    return found


def _tariff(random: Random, care: LocationType, step: SubsidyStep) -> Tariff:
    if step in FREE_PRICE_STEPS:
        return Tariff.FREE
    return Tariff.MIXED if care is GROUP and happens(random, _MIXED_TARIFF) else Tariff.INCOME


def _run_by(random: Random, care: LocationType, step: SubsidyStep, *, first: bool, many: int) -> RunBy:
    if care is FAMILY:
        return RunBy.CHILDMINDER if step in FREE_PRICE_STEPS else RunBy.SERVICE
    if first and many >= _FEWEST_GROUPS_FOR_A_MUNICIPAL_ONE:
        return RunBy.MUNICIPALITY
    return RunBy.SINGLE if step in FREE_PRICE_STEPS else _RUNS_GROUP.draw(random)

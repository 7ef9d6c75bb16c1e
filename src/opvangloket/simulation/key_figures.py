"""The key figures that a simulated Flanders adds up to; each with where it was published.

Opgroeien, places and locations by licence type (version of 17 July 2026) and its press release of 4 June 2026;
Flemish Parliament, written question 852 (2024-2025) for the requests at local desks. Shares without a source are a
judgement, chosen so that a town looks as one knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from opvangloket.domains.providers.models import SubsidyStep

PLACES: Final = 92_819  # licensed places on 31 December 2025
LOCATIONS: Final = 5_389  # on the same day
PLACES_WITH_INCOME_TARIFF: Final = 79_271
REQUESTS_A_YEAR: Final = 71_268  # asked at local desks in 2024, of which 26,355 stayed unanswered

# A childminder has six or seven places, so this share of the places gives the published number of locations.
SHARE_OF_FAMILY_CARE: Final = 0.205
PLACES_OF_A_CHILDMINDER: Final = (4, 5, 6, 7, 7, 7, 8, 8, 8)
SIZES_OF_A_GROUP: Final = (9, 12, 14, 16, 18, 18, 21, 24, 28, 28, 32, 36, 36, 42, 45, 54, 63, 72)

# Shares of places; T2A, T2B and T3 together are the places with income tariff.
STEPS_OF_GROUP_CARE: Final[Mapping[SubsidyStep, float]] = {
    SubsidyStep.T0: 0.04,
    SubsidyStep.T1: 0.10,
    SubsidyStep.T2A: 0.15,
    SubsidyStep.T2B: 0.60,
    SubsidyStep.T3: 0.11,
}
STEPS_OF_FAMILY_CARE: Final[Mapping[SubsidyStep, float]] = {
    SubsidyStep.T0: 0.05,
    SubsidyStep.T1: 0.12,
    SubsidyStep.T2A: 0.18,
    SubsidyStep.T2B: 0.65,
}

"""Proposals of locations in words: what it is, how far, and whether the week fits."""

from opvangloket.domains.deskwork.nearby import Proposal
from opvangloket.domains.providers.types import LocationType
from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui.templatetags.ui import plain_date

_TYPES = {LocationType.FAMILY: "gezinsopvang", LocationType.GROUP: "groepsopvang"}
_METRES_PER_KM = 1000
_NEAREST_SHOWN_M = 50


def proposal_words(proposal: Proposal) -> str:
    """Say what a location is, how far it lies and whether the week fits: "groepsopvang · 1,2 km · past"."""
    facts = (_TYPES[proposal.type], distance_words(proposal.distance_m), fit_words(proposal))
    return " · ".join(fact for fact in facts if fact)


def distance_words(metres: float | None) -> str:
    """Write a distance as people say it: "350 m", "1,2 km"; empty when it is not known."""
    if metres is None:
        return ""
    if metres < _METRES_PER_KM:
        return f"{max(_NEAREST_SHOWN_M, round(metres / _NEAREST_SHOWN_M) * _NEAREST_SHOWN_M)} m"
    return f"{metres / _METRES_PER_KM:.1f} km".replace(".", ",")


def fit_words(proposal: Proposal) -> str:
    """Say whether the week fits, and else what would; empty when the location keeps no places here."""
    if proposal.fits is None:
        return ""
    if proposal.fits:
        return "past helemaal"
    if proposal.alternative is None:
        return "volzet"
    pattern: WeekPattern = proposal.alternative.pattern
    return f"volzet, wel {pattern.words()} vanaf {plain_date(proposal.alternative.period.start)}"

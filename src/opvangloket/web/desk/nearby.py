"""Proposals of locations in words: what it is, how far, and whether the week fits."""

from opvangloket.domains.deskwork.nearby import Proposal
from opvangloket.domains.providers.types import LocationType
from opvangloket.rules.alternatives import Alternative, AlternativeReason
from opvangloket.rules.place_hours import apart_sentences, week_words
from opvangloket.web.ui.templatetags.ui import plain_date

_TYPES = {LocationType.FAMILY: "gezinsopvang", LocationType.GROUP: "groepsopvang"}
_METRES_PER_KM = 1000
_NEAREST_SHOWN_M = 50


def proposal_words(proposal: Proposal) -> str:
    """Say what a location is, how far it lies and whether the week fits: "groepsopvang · 1,2 km · past"."""
    facts = (_TYPES[proposal.type], distance_words(proposal.distance_m), fit_words(proposal))
    told = " · ".join(fact for fact in facts if fact)
    return " ".join((f"{told}.", *apart_sentences(proposal.apart))) if proposal.apart else told


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
    short = "niet op de gevraagde uren" if proposal.apart else "volzet"
    return f"{short}, wel {_instead(proposal.alternative)}" if proposal.alternative else short


def _instead(best: Alternative) -> str:
    """Say what would fit; the start only where days or start differ."""
    week = week_words(best.pattern, best.hours)
    if best.reasons == (AlternativeReason.OTHER_HOURS,):
        return week
    return f"{week} vanaf {plain_date(best.period.start)}"

"""Why searches end, and how often."""

from __future__ import annotations

from opvangloket.rules.reasons import ElsewhereReason, LapseReason
from opvangloket.simulation.chance import Weighted

LAPSE_REASONS = Weighted({LapseReason.NO_LONGER_NEEDED: 0.45, LapseReason.MOVED: 0.3, LapseReason.MISCARRIAGE: 0.25})
LAPSE_REASONS_ONCE_BORN = Weighted({LapseReason.NO_LONGER_NEEDED: 0.6, LapseReason.MOVED: 0.4})
WHERE = Weighted({
    ElsewhereReason.OWN_MUNICIPALITY: 0.45, ElsewhereReason.OTHER_MUNICIPALITY: 0.35, ElsewhereReason.UNKNOWN: 0.2,
})  # fmt: skip

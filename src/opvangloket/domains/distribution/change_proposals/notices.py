"""Telling family and location of a change that is proposed, and why one does not go through."""

from datetime import datetime
from typing import Any, Final

from opvangloket.domains.distribution.lines import addresses
from opvangloket.domains.distribution.lines.facts import hours_words
from opvangloket.domains.distribution.lines.notices import tell_family, tell_location
from opvangloket.domains.distribution.models import ChangeProposal
from opvangloket.domains.requests.actions import open_task
from opvangloket.domains.requests.models import TaskKind
from opvangloket.rules.change_proposals import ProposalState, Proposer
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date

CALL_FAMILY: Final = "Bel het gezin: de opvang stelt een verandering voor en er is geen mailadres."
CALL_FAMILY_OFF: Final = "Bel het gezin: een verandering gaat niet door en er is geen mailadres."
CALL_LOCATION: Final = "Een gezin vroeg andere dagen en kreeg geen antwoord. Bel de opvang."
# Why a change does not go through, by who asked it and how it ended.
_OFF_WORDS: Final = {
    (Proposer.ORGANISER, ProposalState.REFUSED): "Het gezin zegt nee.",
    (Proposer.ORGANISER, ProposalState.TAKEN_BACK): "De opvang trok haar voorstel in.",
    (Proposer.ORGANISER, ProposalState.LAPSED): "Het gezin antwoordde niet op tijd.",
    (Proposer.ORGANISER, ProposalState.JUST_TAKEN): "De plaats is net ingenomen.",
    (Proposer.FAMILY, ProposalState.REFUSED): "De opvang zegt nee.",
    (Proposer.FAMILY, ProposalState.TAKEN_BACK): "Het gezin trok zijn vraag in.",
    (Proposer.FAMILY, ProposalState.LAPSED): "De opvang antwoordde niet op tijd.",
}
_OFF_WORDS_FOR_FAMILY: Final = {
    (Proposer.ORGANISER, ProposalState.LAPSED): "Je antwoordde niet op tijd.",
    (Proposer.FAMILY, ProposalState.TAKEN_BACK): "Je trok je vraag in.",
}


def tell_proposed(proposal: ChangeProposal, *, now: datetime, again: bool = False) -> None:
    """Tell the other side what is asked, and until when it can answer; `again` is for whoever did not answer yet."""
    step = ":again" if again else ""
    placement = proposal.placement
    context: dict[str, Any] = {
        "from_on": proposal.from_on,
        "pattern": WeekPattern(proposal.parts),
        "hours_words": hours_words(proposal.hours),
        "reply_by_on": proposal.reply_by_on,
    }
    if proposal.asked_by == Proposer.FAMILY:
        _tell_location("change_asked_organiser", proposal, context, now, step)
        return
    for_family = {
        "location_name": placement.location.name,
        "to_name": proposal.location.name if proposal.location else "",
        "holds_place": proposal.holds_place,
    }
    tell_family(
        "change_proposed_family",
        placement.request,
        cause=f"change_proposed:{proposal.id}{step}",
        now=now,
        context=context | for_family,
        subject_id=proposal.id,
        call=CALL_FAMILY,
    )


def tell_off(proposal: ChangeProposal, *, to: Proposer, now: datetime) -> None:
    """Tell one side that a proposed change does not go through, and why; the care stays as it is."""
    how = Proposer(proposal.asked_by), ProposalState(proposal.state)
    words = _OFF_WORDS[how]
    if to is Proposer.ORGANISER:
        _tell_location("change_off_organiser", proposal, {"from_on": proposal.from_on, "reason_words": words}, now)
        return
    tell_family(
        "change_off_family",
        proposal.placement.request,
        cause=f"change_off_family:{proposal.id}",
        now=now,
        context={
            "location_name": proposal.placement.location.name,
            "from_on": proposal.from_on,
            "reason_words": _OFF_WORDS_FOR_FAMILY.get(how, words),
        },
        subject_id=proposal.id,
        call=CALL_FAMILY_OFF,
    )


def tell_not_answered(proposal: ChangeProposal, *, now: datetime) -> None:
    """Ask the desk to call a location that let a family's question lapse."""
    open_task(
        desk_id=proposal.desk_id,
        kind=TaskKind.OTHER,
        subject_id=proposal.placement_id,
        request_id=proposal.placement.request_id,
        location_id=proposal.placement.location_id,
        due_on=brussels_date(now),
        now=now,
        note=CALL_LOCATION,
    )


def _tell_location(
    template: str, proposal: ChangeProposal, context: dict[str, Any], now: datetime, step: str = ""
) -> None:
    placement = proposal.placement
    link = addresses.placement(placement.request.reference, placement.location.slug)
    tell_location(
        template,
        placement.request,
        placement.location,
        cause=f"{template}:{proposal.id}{step}",
        now=now,
        context=context | {"link": link},
    )

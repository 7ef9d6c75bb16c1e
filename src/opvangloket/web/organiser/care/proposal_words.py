"""A change that waits for an answer, as its location reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.placed_children import PlacedChild
from opvangloket.domains.distribution.care.reading import SeenProposal
from opvangloket.rules.change_proposals import Proposer, change_words
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.wording import dutch_date
from opvangloket.web.organiser.care.placement_rows import placement_url
from opvangloket.web.ui import components as c


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCard:
    """What is asked, by whom, and until when it can be answered; the addresses are those of its acts."""

    id: str
    is_asked_here: bool
    title: str
    lines: tuple[str, ...]
    now: c.WeekStrip
    then: c.WeekStrip
    message: str
    reply_words: str
    left: c.DaysLeft
    answer_url: str
    agreed_url: str
    withdraw_url: str


def proposal_card(child: PlacedChild, today: date) -> ProposalCard | None:
    """Return what waits for an answer about a child; None when nothing does."""
    proposal = child.care.open_proposal(today)
    if proposal is None:
        return None
    by_family, known = proposal.asked_by is Proposer.FAMILY, child.care.pattern_on(proposal.from_on)
    reply = _("Antwoord ten laatste op %(day)s.") if by_family else _("Het gezin antwoordt ten laatste op %(day)s.")
    return ProposalCard(
        id=str(proposal.id),
        is_asked_here=by_family,
        title=_("Het gezin vraagt andere dagen") if by_family else _("Je vroeg dit aan het gezin"),
        lines=tuple(_lines(proposal, known)),
        now=c.agreed_strip(known, caption=_("Nu")),
        then=c.agreed_strip(proposal.pattern, caption=_("Dan")),
        message=proposal.message,
        reply_words=reply % {"day": dutch_date(proposal.reply_by_on, year=False)},
        left=c.days_left(proposal.reply_by_on, today=today),
        answer_url=placement_url(child, "answer_change"),
        agreed_url=placement_url(child, "agree_change"),
        withdraw_url=placement_url(child, "withdraw_change"),
    )


def _lines(proposal: SeenProposal, known: WeekPattern) -> list[str]:
    """Say from when, where to, and what becomes different."""
    lines = [_("Vanaf %(day)s.") % {"day": dutch_date(proposal.from_on)}]
    if proposal.to_name:
        lines.append(_("Naar %(location)s.") % {"location": proposal.to_name})
    lines += change_words(known, proposal.pattern)
    if hours := proposal.hours.hours_words():
        lines.append(f"{capfirst(hours)}.")
    return lines

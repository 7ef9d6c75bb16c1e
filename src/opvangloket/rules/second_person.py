"""A role that reaches everything is given by two people: one proposes, another one confirms (SPEC §17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

# Two weeks outlast a holiday, and are as long as a location has to answer: who does not confirm by then, does not want to.
DAYS_TO_CONFIRM: Final = 14


class ProposalEnding(StrEnum):
    """How a proposal ended."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SecondPerson(StrEnum):
    """Who is asked to confirm: somebody with the same role there, or the desk where nobody else has it."""

    COLLEAGUE = "colleague"
    DESK = "desk"


def last_day_to_confirm(proposed_on: date) -> date:
    """Return the last day on which a proposal can be confirmed."""
    return proposed_on + timedelta(days=DAYS_TO_CONFIRM)


def is_lapsed(proposed_on: date, *, today: date) -> bool:
    """Tell whether a proposal waited too long, whether or not a sweep has noticed."""
    return today > last_day_to_confirm(proposed_on)


def second_person(holders: Iterable[str], *, proposer: str, candidate: str) -> SecondPerson:
    """Return who is asked to confirm, from the addresses of those who have the role now."""
    asked = any(may_confirm(address, proposer=proposer, candidate=candidate) for address in holders)
    return SecondPerson.COLLEAGUE if asked else SecondPerson.DESK


def may_confirm(address: str, *, proposer: str, candidate: str) -> bool:
    """Tell whether whoever reads this mailbox is a second person: neither who proposed nor who is proposed.

    An address stands for a person in every role, so a second role of the same person never counts as another one.
    """
    return mailbox_of(address) not in {mailbox_of(proposer), mailbox_of(candidate)}


def mailbox_of(address: str) -> str:
    """Return the mailbox behind an address: without capitals and without a label ("Rosa+desk@x.be" is rosa@x.be)."""
    name, _at, domain = address.strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"

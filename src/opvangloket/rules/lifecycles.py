"""What every lifecycle has: a table of moves, and who may make each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)


class Actor(StrEnum):
    """Who acts (SPEC §2); the system acts by a stored date or as part of someone's act."""

    PARENT = "parent"
    HELPER = "helper"
    ORGANISER = "organiser"
    DESK = "desk"
    SYSTEM = "system"


# A helper acts for a family by mandate, and the desk types what a family says by phone or at the counter.
FAMILY = frozenset({Actor.PARENT, Actor.HELPER, Actor.DESK})
DESK = frozenset({Actor.DESK})
SYSTEM = frozenset({Actor.SYSTEM})


@dataclass(frozen=True, slots=True)
class Move:
    """A step to another state: who may make it, the words of its button, and whether care may have started.

    A move without button words happens as part of another act, or through a page of its own.
    """

    by: frozenset[Actor]
    button: str = ""
    only_before_care: bool = False


@dataclass(frozen=True, slots=True)
class Button(Generic[State]):
    """A move that a page can offer."""

    to: State
    label: str


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[State]):
    """The states of one thing as a table: their labels, and the moves out of each."""

    labels: Mapping[State, str]
    moves: Mapping[State, Mapping[State, Move]]

    def can_move(self, old: State, new: State, *, by: Actor | None = None, care_started: bool = False) -> bool:
        """Tell whether the step exists; with `by`, whether that actor may make it."""
        return new in self.next_states(old, by=by, care_started=care_started)

    def next_states(self, state: State, *, by: Actor | None = None, care_started: bool = False) -> frozenset[State]:
        """Return the states that can follow; with `by`, those that this actor may bring about."""
        return frozenset(
            new
            for new, move in self.moves[state].items()
            if (by is None or by in move.by) and not (care_started and move.only_before_care)
        )

    def buttons(self, state: State, *, by: Actor, care_started: bool = False) -> tuple[Button[State], ...]:
        """Return the moves that a page offers to this actor, in the order of the table."""
        allowed = self.next_states(state, by=by, care_started=care_started)
        return tuple(
            Button(new, move.button) for new, move in self.moves[state].items() if new in allowed and move.button
        )

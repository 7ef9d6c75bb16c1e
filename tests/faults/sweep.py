"""Doing every act with a server that dies at each of its moments, and trying again as a person would."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Max
from tests.domains.distribution.journey import looking
from tests.faults.processes import Died, Page, Victims

from opvangloket.domains.requests.models import Draft
from opvangloket.foundation.accounts.models import TokenBucket
from opvangloket.foundation.audit.models import AuditEvent


class Acting(Protocol):
    """A way to do an act that has a name."""

    processes: Victims

    def act(self, name: str, ask: Callable[[], Page]) -> Page:
        """Do the act, and return the answer that arrived."""


@dataclass(slots=True)
class Undisturbed:
    """Does every act once, with a server that lives."""

    processes: Victims

    def act(self, name: str, ask: Callable[[], Page]) -> Page:
        """Do the act."""
        return ask()


@dataclass(slots=True)
class Sweep:
    """Goes over the moments of each act, `stride` at a time; an act is known by its name in every journey."""

    processes: Victims
    stride: int
    deaths: int = 0
    deaths_that_did_it: int = 0
    _next: dict[str, int] = field(default_factory=dict)
    _survived: set[str] = field(default_factory=set)

    def act(self, name: str, ask: Callable[[], Page]) -> Page:
        """Do the act until its answer comes.

        The server dies at one moment after the other, until a death left the act done though nobody was told, or no
        moment is left. The moments after the one that did it, are for the next journey.
        """
        while name not in self._survived:
            before = _what_was_done()
            self.processes.serve(die_at=self._next.setdefault(name, 1))
            try:
                answer = ask()
            except Died:
                self.deaths += 1
                self._next[name] += self.stride
                TokenBucket.objects.all().delete()  # a person does not try this often
                if _what_was_done() != before:
                    self.deaths_that_did_it += 1
                    break
            else:
                self._survived.add(name)
                self.processes.serve()
                return answer
        self.processes.serve()
        return ask()

    @property
    def is_complete(self) -> bool:
        """Return whether every act came through all its moments."""
        return bool(self._survived) and self._next.keys() == self._survived


def _what_was_done() -> tuple[object, ...]:
    """Return what changes with every act that is done: its line in the audit log, or the draft."""
    with looking():
        changed_at = Draft.objects.aggregate(Max("changed_at"))["changed_at__max"]
        return AuditEvent.objects.count(), Draft.objects.count(), changed_at

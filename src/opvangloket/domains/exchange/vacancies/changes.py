"""What a list of free places would change: new, changed, no longer free, still free, and what it does not name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from opvangloket.domains.exchange.lists.shown_changes import key_of
from opvangloket.domains.exchange.vacancies.reading import ListedPlace, OwnPlaces, ReadVacancies, facts_of
from opvangloket.domains.providers.own_locations import DeclaredVacancy, OwnLocation
from opvangloket.domains.providers.vacancies import NewVacancy

# More are not shown at once, nor ever approved: who took these away sees the next ones with the same list.
MOST_MISSING: Final = 500


class ChangeKind(StrEnum):
    """What approving a row does. A place that the list does not name is taken away only if a person says so."""

    NEW = "new"
    CHANGED = "changed"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyChange:
    """One place and what becomes of it; `key` names exactly this change."""

    key: str
    kind: ChangeKind
    location: OwnLocation
    before: DeclaredVacancy | None = None
    after: NewVacancy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VacancyChanges:
    """What a list changes, by location and start; `same` places were confirmed today, `over` rows are past.

    `unshown` places are not in the list either, but too many to show at once: nobody can approve those.
    """

    changes: tuple[VacancyChange, ...]
    same: int
    over: int
    unshown: int = 0

    def of(self, kind: ChangeKind) -> tuple[VacancyChange, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def vacancy_changes(read: ReadVacancies, known: OwnPlaces, *, today: date) -> VacancyChanges:
    """Return what a list without errors changes.

    A row without a key is the declared place with the very same facts, if there is one that no other row is: so the
    same list twice changes nothing the second time.
    """
    sorter = _Sorter(known, read.places, today)
    changes = [change for place in read.places if (change := sorter.change(place)) is not None]
    missing = list(sorter.missing())
    changes += missing[:MOST_MISSING]
    changes.sort(key=lambda one: (one.location.name, _start(one), one.key))
    return VacancyChanges(
        changes=tuple(changes), same=sorter.same, over=read.over, unshown=max(0, len(missing) - MOST_MISSING)
    )


class _Sorter:
    """Gives each declared place to one row, and says what becomes of it."""

    def __init__(self, known: OwnPlaces, places: Sequence[ListedPlace], today: date) -> None:
        named = {place.known.id for place in places if place.known}
        self._known = known
        self._today = today
        self._left = {key: one for key, one in known.vacancies.items() if key not in named}
        self._alike: defaultdict[tuple[UUID, NewVacancy], list[UUID]] = defaultdict(list)
        for key, one in reversed(self._left.items()):
            self._alike[(one.location_id, facts_of(one))].append(key)
        self._times: Counter[tuple[UUID, NewVacancy]] = Counter()
        self.same = 0

    def change(self, place: ListedPlace) -> VacancyChange | None:
        """Return what a row does; None for a place that was confirmed today."""
        before, after = place.known, place.vacancy
        if before is None and after is not None and (alike := self._alike[(place.location_id, after)]):
            before = self._left.pop(alike.pop())
        if before is None:
            return self._change(ChangeKind.NEW, place.location_id, None, after)
        if after is None:
            return self._change(ChangeKind.CLOSED, place.location_id, before, None)
        if after != facts_of(before):
            return self._change(ChangeKind.CHANGED, place.location_id, before, after)
        if before.confirmed_on < self._today:
            return self._change(ChangeKind.CONFIRMED, place.location_id, before, after)
        self.same += 1
        return None

    def missing(self) -> Iterator[VacancyChange]:
        """Yield the declared places that no row is."""
        for one in self._left.values():
            yield self._change(ChangeKind.MISSING, one.location_id, one, None)

    def _change(
        self, kind: ChangeKind, location_id: UUID, before: DeclaredVacancy | None, after: NewVacancy | None
    ) -> VacancyChange:
        told: list[object] = [kind, location_id]
        if before is not None:
            told += [before.id, before.confirmed_on, *_told(facts_of(before))]
        if after is not None:
            self._times[(location_id, after)] += 1
            told += [self._times[(location_id, after)] if before is None else "", *_told(after)]
        location = self._known.locations[location_id]
        return VacancyChange(key=key_of(*told), kind=kind, location=location, before=before, after=after)


def _told(vacancy: NewVacancy) -> Iterable[object]:
    return astuple(vacancy)


def _start(change: VacancyChange) -> date:
    place = change.after or change.before
    return place.start_on if place else date.max

"""What a list of free places changes, in words: one card per place, by what becomes of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.exchange.vacancies.approval import DoneOfList
from opvangloket.domains.exchange.vacancies.changes import ChangeKind, VacancyChange, VacancyChanges
from opvangloket.domains.exchange.vacancies.columns import HEADING_OF
from opvangloket.domains.exchange.vacancies.reading import facts_of
from opvangloket.domains.providers.vacancies import NewVacancy
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.organiser.locations.location_facts import AGE_GROUPS, vacancy_title
from opvangloket.web.questions.asked_facts import TARIFF_WORDS
from opvangloket.web.ui import components as c

# In the order of the page; what only a person can decide comes last, and is not ticked.
TITLES: Final[Mapping[ChangeKind, object]] = {
    ChangeKind.NEW: gettext_lazy("Nieuw"),
    ChangeKind.CHANGED: gettext_lazy("Veranderd"),
    ChangeKind.CLOSED: gettext_lazy("Niet meer vrij"),
    ChangeKind.CONFIRMED: gettext_lazy("Nog vrij"),
    ChangeKind.MISSING: gettext_lazy("Staat niet in je lijst"),
}
_EXPLAINED: Final[Mapping[ChangeKind, object]] = {
    ChangeKind.CLOSED: gettext_lazy("Het aantal is 0, of de laatste dag is voorbij."),
    ChangeKind.CONFIRMED: gettext_lazy("Hier veranderde niets. Je bevestigt dat deze plaatsen nog vrij zijn."),
    ChangeKind.MISSING: gettext_lazy("Deze plaatsen blijven staan. Kruis aan wat niet meer vrij is."),
}
UNTICKED: Final = frozenset({ChangeKind.MISSING})
_COUNTED: Final[Mapping[ChangeKind, object]] = {
    ChangeKind.NEW: gettext_lazy("%(count)s nieuw"),
    ChangeKind.CHANGED: gettext_lazy("%(count)s veranderd"),
    ChangeKind.CLOSED: gettext_lazy("%(count)s niet meer vrij"),
    ChangeKind.CONFIRMED: gettext_lazy("%(count)s nog vrij"),
    ChangeKind.MISSING: gettext_lazy("%(count)s niet in je lijst"),
}


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact of a place, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """A place to approve: what is posted for it, and what it says; `more` tells it from others of its location."""

    key: str
    title: str
    more: str
    words: str
    strip: c.WeekStrip
    is_ticked: bool
    facts: tuple[ChangedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class CardPart:
    """The places of which the same becomes."""

    kind: str
    title: str
    words: str
    cards: tuple[PlaceCard, ...]


def card_parts(found: VacancyChanges, ticked: Collection[str]) -> tuple[CardPart, ...]:
    """Return what a list changes, part by part; an empty part is left out."""
    by_kind = ((kind, found.of(kind)) for kind in TITLES)
    return tuple(
        CardPart(
            kind.value,
            f"{TITLES[kind]} ({_number_words(found, kind)})",
            _explained(found, kind),
            tuple(_card(one, ticked) for one in changes),
        )
        for kind, changes in by_kind
        if changes
    )


def _number_words(found: VacancyChanges, kind: ChangeKind) -> str:
    """Say how many places there are of a kind, and how many of those are shown when that is not all."""
    shown = len(found.of(kind))
    if kind is not ChangeKind.MISSING or not found.unshown:
        return str(shown)
    return _("%(shown)s van %(all)s") % {"shown": shown, "all": shown + found.unshown}


def _explained(found: VacancyChanges, kind: ChangeKind) -> str:
    """Say what a part is about, and what becomes of places that are too many to show."""
    words = str(_EXPLAINED.get(kind, ""))
    if kind is ChangeKind.MISSING and found.unshown:
        rest = ngettext(
            "We tonen er niet meer tegelijk: nog %(count)s plaats blijft ook staan.",
            "We tonen er niet meer tegelijk: nog %(count)s plaatsen blijven ook staan.",
            found.unshown,
        )
        next_ones = _("Haal je deze weg? Laad je lijst dan nog eens op: je ziet de volgende.")
        words = f"{words} {rest % {'count': found.unshown}} {next_ones}"
    return words


def summary_words(found: VacancyChanges) -> str:
    """Say in a sentence or two what the list changes."""
    counts = {kind: len(found.of(kind)) for kind in TITLES}
    counts[ChangeKind.MISSING] += found.unshown
    told = [f"{capfirst(_count_words(counts))}."] if found.changes else []
    if found.same:
        words = ngettext(
            "%(count)s plaats is gelijk en vandaag bevestigd.",
            "%(count)s plaatsen zijn gelijk en vandaag bevestigd.",
            found.same,
        )
        told.append(words % {"count": found.same})
    if found.over:
        words = ngettext(
            "%(count)s rij is voorbij of staat op 0: die slaan we over.",
            "%(count)s rijen zijn voorbij of staan op 0: die slaan we over.",
            found.over,
        )
        told.append(words % {"count": found.over})
    return " ".join(told) or _("Je lijst is leeg.")


def done_words(done: DoneOfList) -> str:
    """Say what was done: whatever was taken away is no longer free, in the list or not; and what nobody saw."""
    gone = done.counts[ChangeKind.CLOSED] + done.counts[ChangeKind.MISSING]
    told = dict(done.counts) | {ChangeKind.CLOSED: gone, ChangeKind.MISSING: 0}
    words = _("Bewaard: %(counts)s.") % {"counts": _count_words(told)}
    if not done.unshown:
        return words
    rest = ngettext(
        "Nog %(count)s plaats staat niet in je lijst. Ze bleef staan: we toonden ze niet.",
        "Nog %(count)s plaatsen staan niet in je lijst. Ze bleven staan: we toonden ze niet.",
        done.unshown,
    )
    return f"{words} {rest % {'count': done.unshown}}"


def _count_words(counts: Mapping[ChangeKind, int]) -> str:
    """Say how many places there are of each kind; nothing of a kind that there is none of."""
    return dutch_list([str(_COUNTED[kind]) % {"count": count} for kind, count in counts.items() if count])


def _card(change: VacancyChange, ticked: Collection[str]) -> PlaceCard:
    before = facts_of(change.before) if change.before else None
    place = change.after or before
    if place is None:
        raise ValueError("a change has a place before it, after it, or both")
    hours = place.hours.hours_words()
    return PlaceCard(
        key=change.key,
        title=change.location.name,
        more=vacancy_title(place),
        words=f"{capfirst(hours)}." if hours else "",
        strip=c.place_strip(place.pattern),
        is_ticked=change.key in ticked,
        facts=tuple(_changed(before, place)) if before and change.kind is ChangeKind.CHANGED else (),
    )


def _changed(before: NewVacancy, after: NewVacancy) -> Iterator[ChangedFact]:
    """Yield the facts that differ, in the order of the columns."""
    now, then = _told(before), _told(after)
    for fact, words in then.items():
        if words != now[fact]:
            yield ChangedFact(capfirst(HEADING_OF[fact]), now[fact], words)


def _told(place: NewVacancy) -> dict[str, str]:
    return {
        "start_on": dutch_date(place.start_on),
        "last_on": dutch_date(place.end_on - ONE_DAY) if place.end_on else _("geen einde"),
        "pattern": place.pattern.words(),
        "hours": place.hours.hours_words() or _("de hele dag of halve dag"),
        "places": str(place.places),
        "age_group": str(AGE_GROUPS[place.age_group]),
        "tariff": str(TARIFF_WORDS[place.tariff]),
        "public": _("iedereen") if place.public else _("alleen het loket"),
    }

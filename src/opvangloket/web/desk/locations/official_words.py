"""What a list of the official register changes, in words: one card per location."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.exchange.register.changes import ChangedLocation, NewLocation, RegisterChanges
from opvangloket.domains.providers.types import LocationType, SubsidyStep, Tariff
from opvangloket.foundation.geography import name_of_code
from opvangloket.rules.official_register import FieldChange
from opvangloket.rules.wording import dutch_list


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact: before (empty when it was not known) and after; `choice` is posted when the location's own fact is to be overwritten."""

    label: str
    before: str
    after: str
    choice: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCard:
    """A location to approve: what is posted for it, and what it says."""

    key: str
    title: str
    is_ticked: bool
    words: str = ""
    facts: tuple[ChangedFact, ...] = ()


def new_cards(found: RegisterChanges, ticked: Collection[str]) -> tuple[RegisterCard, ...]:
    """Return the locations that are new here."""
    return tuple(
        RegisterCard(key=one.key, title=one.facts.name, is_ticked=one.key in ticked, words=_new_words(one))
        for one in found.new
    )


def changed_cards(found: RegisterChanges, ticked: Collection[str], chosen: Collection[str]) -> tuple[RegisterCard, ...]:
    """Return the locations of which facts differ; `chosen` are the own facts that were ticked."""
    return tuple(
        RegisterCard(key=one.key, title=one.name, is_ticked=one.key in ticked, facts=_facts(one, chosen))
        for one in found.changed
    )


def summary_words(found: RegisterChanges) -> str:
    """Say in a sentence or two what the list changes."""
    parts = (
        ngettext("%(count)s nieuwe opvang", "%(count)s nieuwe locaties", len(found.new)) % {"count": len(found.new)},
        _("%(count)s veranderd") % {"count": len(found.changed)},
        _("%(count)s gelijk") % {"count": len(found.unchanged)},
        _("%(count)s niet meer in het register") % {"count": len(found.gone)},
    )
    words = f"{capfirst(dutch_list(parts))}."
    if found.outside:
        rows = ngettext(
            "%(count)s rij ligt buiten je gemeenten.", "%(count)s rijen liggen buiten je gemeenten.", found.outside
        )
        words += " " + rows % {"count": found.outside}
    return words


def _new_words(one: NewLocation) -> str:
    facts = one.facts
    return _("%(type)s van %(organiser)s, %(places)s plaatsen. %(street)s %(number)s, %(postcode)s %(town)s.") % {
        "type": capfirst(LocationType(facts.type).label),
        "organiser": facts.organiser_name,
        "places": facts.licensed_places,
        "street": facts.street,
        "number": facts.house_number,
        "postcode": facts.postcode,
        "town": name_of_code(facts.nis_code),
    }


def _facts(one: ChangedLocation, chosen: Collection[str]) -> tuple[ChangedFact, ...]:
    return tuple(_fact(f"{one.key}:{change.field.name}", change, chosen) for change in one.changes)


def _fact(choice: str, change: FieldChange, chosen: Collection[str]) -> ChangedFact:
    name = change.field.name
    return ChangedFact(
        label=capfirst(change.field.label),
        before=_shown(name, change.before) if change.before else "",
        after=_shown(name, change.after),
        choice=choice if change.is_own else "",
        is_chosen=choice in chosen,
    )


def _shown(field: str, value: Any) -> str:
    """Write a value as people read it."""
    match field:
        case "type" if value:
            return str(LocationType(value).label)
        case "tariff" if value:
            return str(Tariff(value).label)
        case "subsidy_step" if value:
            return f"{value}, {SubsidyStep(value).label}"
        case "nis_code":
            return name_of_code(value)
        case _:
            return str(value)

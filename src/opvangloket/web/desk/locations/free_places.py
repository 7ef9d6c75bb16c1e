"""What is free at a location, as the desk reads it while calling: one short row for each stretch."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.planner.known_vacancies import KnownVacancy, Told
from opvangloket.domains.providers.own_locations import AgeGroup
from opvangloket.web.ui.components import Column, DataTable
from opvangloket.web.ui.templatetags.ui import plain_date, short_date


def free_places_table(vacancies: tuple[KnownVacancy, ...], *, today: date) -> DataTable | None:
    """Return the table of what is free, or None when nothing is."""
    if not vacancies:
        return None
    columns = (
        Column(_("Dagen")),
        Column(_("Wanneer")),
        Column(_("Plaatsen"), number=True),
        Column(_("Wat we ervan weten")),
    )
    rows = tuple((_days(one), _when(one, today), str(one.places), _known(one)) for one in vacancies)
    return DataTable.of(_("Wat er vrij is"), columns, rows)


def _days(one: KnownVacancy) -> str:
    return capfirst(" – ".join(words for words in (one.pattern.words(), one.hours.hours_words()) if words))


def _when(one: KnownVacancy, today: date) -> str:
    """Write from when until when, as short as a phone call needs it: "Nu tot 8 apr 2027"."""
    start = _("Nu") if one.period.start <= today else _("Vanaf %(day)s") % {"day": _short(one.period.start)}
    last = one.period.last_day
    return f"{start} {_('tot en met %(day)s') % {'day': _short(last)}}" if last else start


def _short(day: date) -> str:
    return f"{short_date(day)} {day.year}"


def _known(one: KnownVacancy) -> str:
    """Say what is special about a free place, and how it is known; what holds for nearly all of them is left out."""
    told = (
        "" if one.age_group is AgeGroup.MIXED else one.age_group.label,
        "" if one.public else _("alleen het loket ziet dit"),
        one.tariff.label if one.tariff else "",
        _confirmed(one),
    )
    return capfirst(", ".join(words for words in told if words))


def _confirmed(one: KnownVacancy) -> str:
    """Say how a free place is known: when it was confirmed, or that it follows from the planner."""
    if one.confirmed_on is None:
        return _("geteld in de planner")
    confirmed = _("bevestigd op %(day)s") % {"day": plain_date(one.confirmed_on)}
    return (
        _("%(confirmed)s, maar vol in de planner") % {"confirmed": confirmed} if one.told is Told.NO_ROOM else confirmed
    )

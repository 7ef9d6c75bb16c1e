"""What comes free by the plan, as rows to publish from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.planner.computed_vacancies import ComputedVacancy
from opvangloket.domains.providers.own_locations import AgeGroup
from opvangloket.rules import capacity
from opvangloket.rules.free_stretches import FreeStretch
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.web.organiser.locations.location_facts import AGE_GROUPS
from opvangloket.web.questions.question_words import day_words
from opvangloket.web.ui import components as c


@dataclass(frozen=True, slots=True)
class FreeRow:
    """A place that comes free: when, for how long, which week; and the fields that publish it."""

    title: str
    words: str
    strip: c.WeekStrip
    is_declared: bool
    fields: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The same fields in an address."""
        return urlencode(self.fields)


def free_rows(computed: Iterable[ComputedVacancy], *, today: date) -> tuple[FreeRow, ...]:
    """Return one row per place that comes free."""
    return tuple(_row(found, today) for found in computed)


def _row(found: ComputedVacancy, today: date) -> FreeRow:
    stretch = found.stretch
    count = ngettext("%(count)s plaats", "%(count)s plaatsen", stretch.places) % {"count": stretch.places}
    start = stretch.period.start
    since = _("nu vrij") if start <= today else _("vrij vanaf %(day)s") % {"day": day_words(start)}
    last = stretch.period.last_day
    until = _("Tot en met %(day)s.") % {"day": day_words(last)} if last else _("Zonder einddatum.")
    group = AgeGroup(stretch.age_group)
    ages = "" if group is AgeGroup.MIXED else f" {_('Voor %(group)s.') % {'group': AGE_GROUPS[group]}}"
    return FreeRow(
        title=f"{count} {since}",
        words=f"{until}{ages}",
        strip=c.place_strip(stretch.pattern),
        is_declared=found.declared is not None,
        fields=tuple(_fields(stretch).items()),
    )


def _fields(stretch: FreeStretch) -> dict[str, str]:
    return {
        "parts": str(stretch.pattern.mask),
        "start": stretch.period.start.isoformat(),
        "end": stretch.period.end.isoformat() if stretch.period.end else "",
        "places": str(stretch.places),
        "age_group": stretch.age_group.value,
    }


def read_stretch(data: Mapping[str, str]) -> FreeStretch | None:
    """Read back what a row told; None for anything else."""
    try:
        end = data.get("end", "")
        return FreeStretch(
            pattern=WeekPattern.from_mask(int(data.get("parts", ""))),
            period=Period(date.fromisoformat(data.get("start", "")), date.fromisoformat(end) if end else None),
            places=int(data.get("places", "")),
            age_group=capacity.AgeGroup(data.get("age_group", "")),
        )
    except ValueError:
        return None

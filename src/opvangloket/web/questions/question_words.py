"""A question in words for whoever answers it: who it is about, how much is asked, what else is fine."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.inbox.questions import AskedCare, OrganiserQuestion
from opvangloket.rules.patterns import WEEKDAYS, WeekPattern
from opvangloket.rules.wording import dutch_date, dutch_list

WHOLE_DAY = 0b11


def child_title(question: OrganiserQuestion) -> str:
    """Name the child and how old it will be: as far as the desk shows it."""
    if question.expected_on:
        when = _("verwacht op %(day)s") % {"day": day_words(question.expected_on)}
    else:
        when = _("%(age)s bij de start") % {"age": question.age_at_start}
    family = question.family
    if family is None:
        return _("Kind, %(when)s") % {"when": when}
    if family.child_name:
        return f"{family.child_name}, {when}"
    return _("Kind van %(name)s, %(when)s") % {"name": family.applicant_name, "when": when}


def size_words(care: AskedCare) -> str:
    """Say how much is asked a week: "2 dagen en 1 halve dag", or "3 halve dagen naar keuze"."""
    wanted = care.wanted_parts
    if wanted != len(care.needed):
        return _("%(parts)s naar keuze") % {"parts": half_days(wanted)}
    return pattern_size(care.needed)


def pattern_size(pattern: WeekPattern) -> str:
    """Say how much care a week holds."""
    whole = sum(pattern.halves(weekday) == WHOLE_DAY for weekday in WEEKDAYS)
    halves = len(pattern) - 2 * whole
    words = [ngettext("%(count)s dag", "%(count)s dagen", whole) % {"count": whole}] if whole else []
    return dutch_list([*words, *([half_days(halves)] if halves else [])])


def half_days(count: int) -> str:
    """Count half days."""
    return ngettext("%(count)s halve dag", "%(count)s halve dagen", count) % {"count": count}


def flexibility_words(care: AskedCare) -> tuple[str, ...]:
    """Say what the family could live with, one sentence each."""
    sentences = []
    if care.later_start_months:
        months = ngettext("%(count)s maand", "%(count)s maanden", care.later_start_months)
        months %= {"count": care.later_start_months}
        sentences.append(_("De start mag tot %(months)s later.") % {"months": months})
    if care.other_days_ok:
        sentences.append(_("Andere dagen mogen ook."))
    if care.fewer_days_ok:
        sentences.append(_("Een deel van de week is al goed."))
    return tuple(sentences)


def day_words(day: date) -> str:
    """Write a day without its weekday: "3 februari 2027"."""
    return dutch_date(day).split(" ", 1)[1]


def past_words(question: OrganiserQuestion, today: date) -> str:
    """Say until when an answer is expected, or since when it is late."""
    day = dutch_date(question.due_on, year=False)
    if question.due_on < today:
        return _("De termijn liep tot %(day)s. Antwoorden kan nog.") % {"day": day}
    if question.due_on == today:
        return _("Antwoord ten laatste vandaag.")
    return _("Antwoord ten laatste op %(day)s.") % {"day": day}

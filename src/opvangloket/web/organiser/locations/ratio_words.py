"""The child-staff ratio in words: what the law allows with a team, and where the places are more than that."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.providers.own_locations import LocationType, OwnLocation, PlacesPeriod
from opvangloket.rules.capacity import AgeGroup, Supply
from opvangloket.rules.child_ratio import OverRatio, RatioRule, StaffAllowance, over_ratio, staff_allowances
from opvangloket.rules.periods import Period
from opvangloket.web.questions.question_words import day_words


def ratio_warnings(location: OwnLocation, supply: Supply, *, today: date) -> tuple[str, ...]:
    """Return a sentence or three for each time in which the places are more than the law allows with the team."""
    found = over_ratio(supply, is_family_care=location.type is LocationType.FAMILY, from_on=today)
    return tuple(_warning(line, today) for line in found)


def staff_words(period: PlacesPeriod, supply: Supply, *, today: date) -> tuple[str, ...]:
    """Return what the law allows with the caregivers of a period: one line per number of them."""
    whole = Period(period.start_on, period.end_on)
    if period.caregivers is None or (period.end_on and period.end_on <= today):
        return ()
    allowances = staff_allowances(supply, AgeGroup(period.age_group.value), whole, from_on=today)
    return tuple(_allowance(allowance) for allowance in allowances)


def _warning(line: OverRatio, today: date) -> str:
    since = _("Vanaf %(day)s") % {"day": day_words(line.period.start)} if line.period.start > today else _("Nu")
    last = line.period.last_day
    until = _(" tot en met %(day)s") % {"day": day_words(last)} if last else ""
    has = _("%(when)s heb je meer plaatsen dan de kindratio toelaat: %(places)s, en %(allowed)s mag.") % {
        "when": f"{since}{until}",
        "places": line.places,
        "allowed": line.allowed,
    }
    return f"{has} {_('Dat is op %(days)s.') % {'days': line.pattern.words()}} {_reason(line)}"


def _reason(line: OverRatio) -> str:
    rule = line.rule
    if line.caregivers is None:
        return _("De regel: hoogstens %(most)s kinderen tegelijk in gezinsopvang.") % {"most": rule.family_care}
    per = line.allowed // line.caregivers if line.caregivers else 0
    if not per:
        return _("Er is dan geen begeleider.")
    return _("De regel: hoogstens %(per)s %(group)s per begeleider. Je hebt er %(staff)s.") % {
        "per": per,
        "group": _group(line.age_group, rule),
        "staff": line.caregivers,
    }


def _group(group: AgeGroup, rule: RatioRule) -> str:
    """Name the children of a pool, where the rule looks at ages."""
    if rule.baby_until_months is None:
        return _("kinderen")
    names = {
        AgeGroup.BABY: _("baby’s (tot %(months)s maanden)") % {"months": rule.baby_until_months},
        AgeGroup.TODDLER: _("peuters"),
        AgeGroup.MIXED: _("kinderen van alle leeftijden"),
    }
    return names[group]


def _allowance(allowance: StaffAllowance) -> str:
    (_rule, now), *later = allowance.allowed
    count = ngettext("%(count)s begeleider", "%(count)s begeleiders", allowance.caregivers)
    words = _("%(staff)s op %(days)s: hoogstens %(most)s kinderen.") % {
        "staff": count % {"count": allowance.caregivers},
        "days": allowance.pattern.words(),
        "most": now,
    }
    return " ".join([words, *_later(later)])


def _later(later: Iterable[tuple[RatioRule, int]]) -> list[str]:
    return [
        _("Vanaf %(day)s zijn dat er %(most)s.") % {"day": day_words(rule.valid_from), "most": most}
        for rule, most in later
    ]

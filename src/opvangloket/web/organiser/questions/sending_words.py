"""Answers that are sent together, in words: what they are, the button that sends them, and how many families heard."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.questions.question_words import size_words


def summary_words(kinds: Iterable[AnswerKind]) -> str:
    """Count the answers: "3 keer ja, 1 keer iets anders en 12 keer nee"."""
    counted = Counter(kinds)
    words = {
        AnswerKind.YES: _("%(count)s keer ja"),
        AnswerKind.ALTERNATIVE: _("%(count)s keer iets anders"),
        AnswerKind.NO: _("%(count)s keer nee"),
    }
    return dutch_list([text % {"count": counted[kind]} for kind, text in words.items() if counted[kind]])


def possible_words(pattern: WeekPattern | None, start: str) -> str:
    """Write what is possible after a no: these days, or a start from that day; empty when neither was told."""
    possible = [pattern.words()] if pattern else []
    possible += [_("een start vanaf %(day)s") % {"day": start}] if start else []
    words = dutch_list(possible, conjunction=_("of"))
    return _("Wel mogelijk: %(possible)s.") % {"possible": words} if possible else ""


def place_words(days: str, later_start: str = "") -> str:
    """Write which place is proposed; `later_start` where it is free on another day than the family asks."""
    start = _(" vanaf %(day)s") % {"day": later_start} if later_start else ""
    return _("Plaats op %(days)s%(start)s.") % {"days": days, "start": start}


def button_words(count: int) -> str:
    """Name the button that sends so many answers."""
    return ngettext("Verstuur %(count)s antwoord", "Verstuur %(count)s antwoorden", count) % {"count": count}


def sent_words(count: int) -> str:
    """Say how many families got their answer."""
    words = ngettext("%(count)s gezin kreeg je antwoord.", "%(count)s gezinnen kregen elk hun antwoord.", count)
    return words % {"count": count}


def line_facts(question: OrganiserQuestion, *, several_locations: bool) -> str:
    """Say of a question among others from when, how much, where, and which priority it has."""
    start = _("Vanaf %(day)s") % {"day": dutch_date(question.care.start_on)}
    facts = [start, size_words(question.care), *([question.location_name] if several_locations else [])]
    return " · ".join([*facts, *filter(None, [question.priority])])

"""What a list answers to one question, to look at before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No
from opvangloket.domains.distribution.inbox.questions import AskedCare
from opvangloket.domains.exchange.answers.columns import ANSWER_WORDS, ANSWERS, CELLS_OF
from opvangloket.domains.exchange.answers.reading import ListedAnswer
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.inquiries import ANSWER_LABELS
from opvangloket.rules.place_hours import week_words
from opvangloket.rules.reasons import NO_REASONS
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.organiser.questions.question_address import question_url
from opvangloket.web.organiser.questions.sending_words import line_facts, place_words, possible_words
from opvangloket.web.questions.asked_facts import TARIFF_WORDS
from opvangloket.web.questions.question_words import child_title
from opvangloket.web.ui.components import Column, DataTable, WeekStrip, asked_strip, fit_strip, offer_strip

_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question and what the list answers to it; `refusal` is why it could not be sent."""

    title: str
    url: str
    facts: str
    strip: WeekStrip
    words: str
    details: tuple[str, ...]
    message: str
    refusal: str


def line_of(listed: ListedAnswer, refused: OpvangloketError | None, *, several_locations: bool) -> AnswerLine:
    """Return a question of the list with its answer in words."""
    question, given = listed.question, listed.given
    return AnswerLine(
        title=child_title(question),
        url=question_url(question),
        facts=line_facts(question, several_locations=several_locations),
        strip=_strip(given, question.care),
        words=str(ANSWER_LABELS[given.kind]),
        details=tuple(_details(given, question.care)),
        message=given.message,
        refusal=refused.message if refused else "",
    )


def columns_table() -> DataTable:
    """Return the columns to fill in, each with an example and the answers to which it belongs."""
    headings = (Column(_("Kolom")), Column(_("Voorbeeld")), Column(_("Bij")))
    rows = tuple((one.heading, one.example, _belongs_to(one.fact)) for one in ANSWERS)
    return DataTable.of(_("De kolommen"), headings, rows)


def _belongs_to(fact: str) -> str:
    kinds = [ANSWER_WORDS[kind] for kind, cells in CELLS_OF.items() if fact in cells]
    return _("elk antwoord") if len(kinds) == len(ANSWER_WORDS) else dutch_list(kinds)


def past_words(references: Sequence[str]) -> str:
    """Say which rows are skipped because their question waits for no answer any more; empty when none is."""
    if not references:
        return ""
    words = ngettext(
        "%(count)s vraag wacht niet meer op je antwoord: %(named)s. We slaan ze over.",
        "%(count)s vragen wachten niet meer op je antwoord: %(named)s. We slaan ze over.",
        len(references),
    )
    named, more = list(references[:_NAMED_AT_MOST]), len(references) - _NAMED_AT_MOST
    named += [_("nog %(count)s andere") % {"count": more}] if more > 0 else []
    return words % {"count": len(references), "named": dutch_list(named)}


def _strip(given: NewAnswer, care: AskedCare) -> WeekStrip:
    """Draw the week that is asked, with what the answer gives or what a no tells as possible over it."""
    if isinstance(given, No):
        if given.possible_pattern is None:
            return asked_strip(care.needed, care.also)
        return fit_strip(care.needed, given.possible_pattern, also=care.also)
    return offer_strip(care.needed, given.pattern or care.needed, also=care.also)


def _details(given: NewAnswer, care: AskedCare) -> list[str]:
    if isinstance(given, No):
        start = given.possible_from_on
        possible = possible_words(given.possible_pattern, dutch_date(start) if start else "")
        return [f"{NO_REASONS.label(given.reason)}.", *filter(None, [possible])]
    told = []
    if isinstance(given, Alternative):
        later = dutch_date(given.start_on) if given.start_on != care.start_on else ""
        told.append(place_words(week_words(given.pattern, given.hours), later))
    elif given.pattern:
        told.append(place_words(given.pattern.words()))
    told += [f"{capfirst(TARIFF_WORDS[given.tariff])}."] if given.tariff else []
    if given.reply_by_on:
        told.append(_("Het gezin antwoordt ten laatste op %(day)s.") % {"day": dutch_date(given.reply_by_on)})
    return told

"""Reading answers that an organiser wrote in the list of its open questions: every error with its cell (SPEC §5)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from opvangloket.domains.distribution.answering.answers import Alternative, NewAnswer, No, Yes
from opvangloket.domains.distribution.inbox.questions import AskedCare, OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import waiting_questions
from opvangloket.domains.exchange.answers.columns import (
    ANSWER_WORDS,
    ANSWERS,
    CELLS_OF,
    COLUMNS,
    HEADING_OF,
    TAKE_AGAIN,
)
from opvangloket.domains.exchange.lists.columns import ColumnList, ListRow, WrongCell, lines_of
from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import Line
from opvangloket.domains.exchange.lists.written_cells import TARIFFS
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.reasons import NO_REASONS, NoReason
from opvangloket.rules.references import displayed, normalise
from opvangloket.rules.terms import LATEST_REPLY
from opvangloket.rules.wording import dutch_date
from opvangloket.rules.written_days import write_week

MOST_ROWS: Final = 1_000
_SAID: Final = frozenset(column.fact for column in ANSWERS)


@dataclass(frozen=True, slots=True)
class ListedAnswer:
    """A row with an answer: the question as it waits now, and what is answered."""

    question: OrganiserQuestion
    given: NewAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswers:
    """The answers in a list, or what is wrong with it.

    `past` are the references of rows with an answer to what waits for none any more; `empty` counts the rows without.
    """

    answers: tuple[ListedAnswer, ...]
    past: tuple[str, ...]
    empty: int
    errors: tuple[RowError, ...]
    error_count: int


def answer_lines(content: bytes) -> list[Line]:
    """Return the lines of a file with the columns of answers; raise ListRefused for what is no list."""
    return lines_of(content, COLUMNS)


def read_answers(lines: Sequence[Line], file_name: str, *, location_ids: Collection[UUID], today: date) -> ReadAnswers:
    """Read the answers to the questions that wait at these locations, in a fixed number of queries.

    With one error a list has no answers. Raises ListRefused for what is no list at all.
    """
    read = ColumnList(file_name, COLUMNS, iter(lines), MOST_ROWS)
    rows = list(read.rows())
    keys = {key for row in rows if (key := row.values["key"])}
    waiting = waiting_questions(location_ids, today=today, most=max(len(keys), 1), among=keys).questions
    reader = _Reader(read, {question.inquiry_id: question for question in waiting}, today)
    answers = tuple(reader.answers(rows))
    return ReadAnswers(
        answers=() if read.errors else answers,
        past=tuple(reader.past),
        empty=reader.empty,
        errors=read.errors.in_order((file_name,)),
        error_count=read.errors.count,
    )


@dataclass(slots=True)
class _Reader:
    """Tells for each row which answer it is; what cannot be is added to the errors of the list."""

    read: ColumnList
    waiting: Mapping[UUID, OrganiserQuestion]
    today: date
    past: list[str] = field(default_factory=list)
    empty: int = 0
    _lines_of: dict[UUID, int] = field(default_factory=dict)

    def answers(self, rows: Sequence[ListRow]) -> Iterator[ListedAnswer]:
        for row in rows:
            if not any(row.values[fact] for fact in _SAID):
                self.empty += 1
                continue
            try:
                found = self._row(row)
                if found is None:
                    self.past.append(displayed(normalise(row.values["reference"])))
                else:
                    yield ListedAnswer(found, _answer(row.values, found, self.today))
            except WrongCell as wrong:
                self.read.refuse(row, wrong)

    def _row(self, row: ListRow) -> OrganiserQuestion | None:
        """Return the question of a row; None when it waits for no answer any more."""
        values, key = row.values, row.values["key"]
        if values["kind"] is None:
            raise WrongCell("kind", "Hier staat geen antwoord.", f"Kies uit: {', '.join(ANSWER_WORDS.values())}.")
        if key is None:
            raise WrongCell("key", "Deze rij heeft geen sleutel.", TAKE_AGAIN)
        first = self._lines_of.setdefault(key, row.line)
        if first != row.line:
            raise WrongCell("key", f"Deze sleutel staat ook op regel {first}.", "Hou één van beide rijen over.")
        found = self.waiting.get(key)
        if found is None or not found.may_answer:
            return None
        if normalise(values["reference"]) != found.reference:
            told = f"Deze sleutel hoort bij vraag {displayed(found.reference)}."
            raise WrongCell("reference", told, f"Er ging iets mis bij het sorteren. {TAKE_AGAIN}")
        _check_still_asked(values, found.care)
        return found


def _check_still_asked(values: Mapping[str, Any], care: AskedCare) -> None:
    """Refuse a row of which the family changed its question since the list was made."""
    if values["asked_start_on"] not in {None, care.start_on}:
        told = f"Het gezin vraagt nu een start op {dutch_date(care.start_on)}."
        raise WrongCell("asked_start_on", told, TAKE_AGAIN)
    if values["asked_pattern"] not in {None, care.needed}:
        raise WrongCell("asked_pattern", f"Het gezin vraagt nu {write_week(care.needed)}.", TAKE_AGAIN)


def _answer(values: Mapping[str, Any], question: OrganiserQuestion, today: date) -> NewAnswer:
    """Return what a row answers to its question."""
    kind = AnswerKind(values["kind"])
    for fact in _SAID - CELLS_OF[kind]:
        if values[fact]:
            told = f"{HEADING_OF[fact]} hoort niet bij “{ANSWER_WORDS[kind]}”."
            raise WrongCell(fact, told, "Maak de cel leeg, of schrijf het in de boodschap.")
    if kind not in question.may_answer:
        told = f"Een plaats voorstellen kan vanaf {dutch_date(question.answer_from_on)}."
        raise WrongCell("kind", told, "Antwoord met nee, of wacht tot die dag.")
    if kind is AnswerKind.NO:
        return _no(values)
    shared = {
        "tariff": _tariff(values["tariff"], question),
        "reply_by_on": _reply_by(values["reply_by_on"], today),
        "message": values["message"],
    }
    if kind is AnswerKind.YES:
        return Yes(pattern=_yes_pattern(values, question.care), **shared)
    return _alternative(values, question.care, shared)


def _no(values: Mapping[str, Any]) -> No:
    if not values["reason"]:
        raise WrongCell("reason", "De cel is leeg.", f"Kies uit: {', '.join(NO_REASONS.labels.values())}.")
    return No(
        reason=NoReason(values["reason"]),
        possible_pattern=values["pattern"] or None,
        possible_from_on=values["start_on"],
        message=values["message"],
    )


def _yes_pattern(values: Mapping[str, Any], care: AskedCare) -> WeekPattern | None:
    """Return the day parts of a yes: none to tell, or the choice that the family leaves."""
    pattern: WeekPattern | None = values["pattern"] or None
    if values["start_on"] not in {None, care.start_on}:
        told = f"Het gezin vraagt een start op {dutch_date(care.start_on)}."
        raise WrongCell("start_on", told, f"Schrijf als antwoord “{ANSWER_WORDS[AnswerKind.ALTERNATIVE]}”.")
    if not care.leaves_choice:
        if pattern not in {None, care.needed}:
            told = f"Het gezin vraagt {write_week(care.needed)}."
            raise WrongCell("pattern", told, f"Schrijf als antwoord “{ANSWER_WORDS[AnswerKind.ALTERNATIVE]}”.")
        return None
    named = care.needed | care.also
    if pattern is None or not pattern.issubset(named) or len(pattern) < care.wanted_parts:
        told = f"Het gezin vraagt {care.wanted_parts} halve dagen."
        raise WrongCell("pattern", told, f"Schrijf welke. Kies uit: {write_week(named)}.")
    return pattern


def _alternative(values: Mapping[str, Any], care: AskedCare, shared: Mapping[str, Any]) -> Alternative:
    """Return other days, another start or other hours; hours that are not told stay as asked, on the days offered."""
    pattern: WeekPattern = values["pattern"]
    if not pattern:
        raise WrongCell("pattern", "De cel is leeg.", "Schrijf welke dagen je voorstelt, bijvoorbeeld: ma, di.")
    days = values["hours"].days or care.hours.on_days_of(pattern).days
    if any(day.weekday not in pattern.weekdays for day in days):
        raise WrongCell("hours", "Op een van deze dagen stel je geen plaats voor.", "Kijk de cel na.")
    return Alternative(
        pattern=pattern,
        start_on=values["start_on"] or care.start_on,
        hours=replace(care.hours, days=days),
        **shared,
    )


def _tariff(told: str | None, question: OrganiserQuestion) -> Tariff | None:
    """Return the price of an offer, where the location has more than one."""
    if question.location_tariff is not Tariff.MIXED:
        if told and told != question.location_tariff:
            raise WrongCell("tariff", f"{question.location_name} heeft een andere prijs.", "Maak de cel leeg.")
        return None
    if not told:
        raise WrongCell("tariff", "De cel is leeg.", f"Schrijf {' of '.join(TARIFFS)}.")
    return Tariff(told)


def _reply_by(day: date | None, today: date) -> date | None:
    if day is not None and not today <= day <= today + LATEST_REPLY:
        told = f"Kies een dag van vandaag tot en met {dutch_date(today + LATEST_REPLY)}."
        raise WrongCell("reply_by_on", f"Op {dutch_date(day)} kan het gezin niet antwoorden.", told)
    return day

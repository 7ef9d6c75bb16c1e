"""The columns that an organiser adds answers to in the list of its open questions, and those by which a row is known."""

from collections.abc import Mapping
from typing import Final

from opvangloket.domains.exchange.lists.cells import people_text, text
from opvangloket.domains.exchange.lists.columns import ListColumn, word
from opvangloket.domains.exchange.lists.written_cells import DAY, HOURS_OF_DAYS, TARIFFS, WEEK, key_cell
from opvangloket.rules.inquiries import ANSWER_LABELS, AnswerKind
from opvangloket.rules.reasons import NO_REASONS

LONGEST_MESSAGE: Final = 2000
TAKE_AGAIN: Final = "Neem je open vragen opnieuw mee."
ANSWER_WORDS: Final[Mapping[AnswerKind, str]] = {
    AnswerKind.YES: "ja",
    AnswerKind.ALTERNATIVE: "anders",
    AnswerKind.NO: "nee",
}
# The short word of the list, or what stands on the button of the page.
_ANSWERS: Final = {told.casefold(): kind for words in (ANSWER_WORDS, ANSWER_LABELS) for kind, told in words.items()}
_REASONS: Final = {label.casefold(): reason for reason, label in NO_REASONS.labels.items()}

# What we wrote in the row, read again: an answer counts for the question as it was when the list was made.
KNOWN_BY: Final = (
    ListColumn("Vraag", "reference", text(20), "K7M4 CXR9"),
    ListColumn("Start", "asked_start_on", DAY, "1/9/2026", required=False),
    ListColumn("Dagen", "asked_pattern", WEEK, "ma, di", required=False),
)
ANSWERS: Final = (
    ListColumn("Antwoord", "kind", word(_ANSWERS, told=", ".join(ANSWER_WORDS.values())), "nee", required=False),
    ListColumn(
        "Reden", "reason", word(_REASONS, told=", ".join(NO_REASONS.labels.values())), "Alles is volzet", required=False
    ),
    ListColumn("Plaats op", "pattern", WEEK, "ma, di voormiddag", required=False),
    ListColumn("Plaats vanaf", "start_on", DAY, "1/11/2026", required=False),
    ListColumn("Uren van de plaats", "hours", HOURS_OF_DAYS, "ma 09:00-15:00", required=False),
    ListColumn("Prijs", "tariff", word(TARIFFS, told=", ".join(TARIFFS)), "inkomenstarief", required=False),
    ListColumn("Het gezin antwoordt tegen", "reply_by_on", DAY, "15/9/2026", required=False),
    ListColumn("Boodschap aan het gezin", "message", people_text(LONGEST_MESSAGE), "Tot gauw!", required=False),
)
KEY: Final = ListColumn("Sleutel", "key", key_cell(TAKE_AGAIN), "", required=False)
COLUMNS: Final = (*KNOWN_BY, *ANSWERS, KEY)
HEADING_OF: Final[Mapping[str, str]] = {column.fact: column.heading for column in COLUMNS}
_OF_AN_OFFER: Final = frozenset({"kind", "pattern", "start_on", "tariff", "reply_by_on", "message"})
# Which cells say something in an answer; what stands in another one would be lost in silence.
CELLS_OF: Final[Mapping[AnswerKind, frozenset[str]]] = {
    AnswerKind.YES: _OF_AN_OFFER,
    AnswerKind.ALTERNATIVE: _OF_AN_OFFER | {"hours"},
    AnswerKind.NO: frozenset({"kind", "reason", "pattern", "start_on", "message"}),
}
# By heading the words that a spreadsheet offers in its cells.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    HEADING_OF["kind"]: tuple(ANSWER_WORDS.values()),
    HEADING_OF["reason"]: tuple(NO_REASONS.labels.values()),
    HEADING_OF["tariff"]: tuple(TARIFFS),
}

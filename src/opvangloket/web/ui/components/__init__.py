"""Frozen values that templates draw, and the functions that build them from facts.

A page builds a component in its view and draws it with the tag of the same name: `{% week_strip strip %}`.
"""

from opvangloket.web.ui.components.cards import OfferCompare, Photo, ResultCard, SummaryItem, compare_offer
from opvangloket.web.ui.components.chrome import DEFAULT_CHROME, Chrome, NavItem, SearchBox, phone_url
from opvangloket.web.ui.components.lists import (
    Act,
    Column,
    DataTable,
    EmptyState,
    Pagination,
    TableCell,
    TimelineEntry,
    WorklistRow,
    pagination,
)
from opvangloket.web.ui.components.marks import Chip, DaysLeft, Tone, days_left
from opvangloket.web.ui.components.question_line import (
    AnswerGiven,
    AnswerKind,
    Choice,
    ChoiceKind,
    QuestionLine,
    QuestionRow,
    Reader,
    Step,
    StepState,
    question_line,
)
from opvangloket.web.ui.components.question_page import QuestionPage
from opvangloket.web.ui.components.week_strip import (
    Cell,
    CellKind,
    StripRow,
    WeekStrip,
    agreed_strip,
    asked_strip,
    fit_strip,
    free_strip,
    offer_strip,
    place_strip,
)

__all__ = [
    "DEFAULT_CHROME",
    "Act",
    "AnswerGiven",
    "AnswerKind",
    "Cell",
    "CellKind",
    "Chip",
    "Choice",
    "ChoiceKind",
    "Chrome",
    "Column",
    "DataTable",
    "DaysLeft",
    "EmptyState",
    "NavItem",
    "OfferCompare",
    "Pagination",
    "Photo",
    "QuestionLine",
    "QuestionPage",
    "QuestionRow",
    "Reader",
    "ResultCard",
    "SearchBox",
    "Step",
    "StepState",
    "StripRow",
    "SummaryItem",
    "TableCell",
    "TimelineEntry",
    "Tone",
    "WeekStrip",
    "WorklistRow",
    "agreed_strip",
    "asked_strip",
    "compare_offer",
    "days_left",
    "fit_strip",
    "free_strip",
    "offer_strip",
    "pagination",
    "phone_url",
    "place_strip",
    "question_line",
]

"""The form of the annual report as data: its columns, their Dutch headings and what each counts, per report year.

The headings of the form are the agency's own words of report year 2019 (VVSG and Kind en Gezin, slides on the desk,
"Formulier 2019"). The agency's template with the five categories is not public, so those headings and the last block
are marked as our own. Columns and order are the CSV contract of SPEC §8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from opvangloket.rules.categories import Category
from opvangloket.rules.wording import dutch_date

OWN_HEADING: Final = "eigen opschrift"
_DASH: Final = " – "
OUTSIDE_TERRITORY: Final = "00000"
OUTSIDE_TERRITORY_NAME: Final = "buiten werkingsgebied"
PARTLY_HEADING: Final = (
    "Aantal deels onbeantwoorde opvangvragen met een opvangvoorstel dat aanvaard werd door het gezin, "
    "maar afwijkt van de oorspronkelijke vraag"
)


class Block(StrEnum):
    """The parts of a report row, from left to right on the form."""

    ROW = "row"
    FORM = "form"
    CATEGORIES = "categories"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its code in the CSV, its heading on the form and, in plain Dutch, what it holds.

    `heading` may name the report year as `{year}`; `group` is the heading over several columns; `official` tells
    whether the words are those of the agency.
    """

    code: str
    block: Block
    heading: str
    meaning: str
    group: str = ""
    official: bool = False
    category: Category | None = None

    def heading_for(self, year: int) -> str:
        """Return the heading of this report year."""
        return self.heading.format(year=year)

    def full_heading_for(self, year: int) -> str:
        """Return the heading with the one above it, for a list where every column stands on its own."""
        return f"{self.group}: {self.heading_for(year)}" if self.group else self.heading_for(year)

    def headings_for(self, year: int) -> tuple[str, str]:
        """Return the heading over the column, empty when it stands alone, and the words right above its numbers."""
        if self.category is None:
            return self.group, self.heading_for(year)
        name, _, part = self.heading.partition(_DASH)
        return name, part

    @property
    def is_number(self) -> bool:
        """Whether the column counts requests; the others name the row."""
        return self.block is not Block.ROW


@dataclass(frozen=True, slots=True)
class FormField:
    """One field above the table of the form, with the agency's instruction."""

    label: str
    instruction: str


FORM_FIELDS: Final = (
    FormField("Naam Organisator", "Geef hier de naam op van de organisator van het lokaal loket kinderopvang."),
    FormField("Naam Lokaal Loket", "Geef hier de naam op van het lokaal loket kinderopvang."),
    FormField("Dossiernummer Lokaal Loket", "Geef hier het dossiernummer op van het lokaal loket kinderopvang"),
    FormField("Jaar", ""),
)

_CATEGORY_HEADINGS: Final = {
    Category.URGENT: "Dringend",
    Category.ATYPICAL: "Atypische openingsmomenten",
    Category.PRIORITY: "Voorrangsgroepen",
    Category.VULNERABLE: "Kwetsbare gezinnen",
    Category.SPECIAL_NEED: "Specifieke zorgbehoefte",
}
_CATEGORY_MEANINGS: Final = {
    Category.URGENT: "Vragen met een dringende reden. De opvang start ten laatste 31 dagen na de aanmelding.",
    Category.ATYPICAL: "Vragen voor opvang voor 7 uur, na 18 uur, 's nachts, in het weekend of op een feestdag.",
    Category.PRIORITY: "Vragen van gezinnen die voorrang hebben volgens de regels op de dag van hun aanmelding.",
    Category.VULNERABLE: "Vragen van gezinnen met minstens 2 van de 5 kenmerken. "
    "Minstens 1 daarvan is laag inkomen, zorgsituatie of opleidingsniveau.",
    Category.SPECIAL_NEED: "Vragen voor een kind dat extra ondersteuning nodig heeft.",
}


def _category_columns(category: Category) -> tuple[Column, Column]:
    heading, meaning = _CATEGORY_HEADINGS[category], _CATEGORY_MEANINGS[category]
    return (
        Column(
            code=f"{category}_total",
            block=Block.CATEGORIES,
            heading=f"{heading}{_DASH}totaal",
            meaning=meaning,
            category=category,
        ),
        Column(
            code=f"{category}_unanswered",
            block=Block.CATEGORIES,
            heading=f"{heading}{_DASH}onbeantwoord",
            meaning=f"{meaning} Ze bleven onbeantwoord, met of zonder opvangvoorstel.",
            category=category,
        ),
    )


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        code="year",
        block=Block.ROW,
        heading="Jaar",
        meaning="Het jaar van de startdatum die het gezin eerst vroeg.",
        official=True,
    ),
    Column(code="as_of", block=Block.ROW, heading="Stand op", meaning="Wat het loket wist aan het einde van deze dag."),
    Column(
        code="nis_code",
        block=Block.ROW,
        heading="NIS-code",
        meaning="De code van de gemeente, na de fusies tot en met het jaar van het verslag.",
    ),
    Column(
        code="municipality",
        block=Block.ROW,
        heading="Werkingsgebied",
        meaning="De gemeente van het werkingsgebied waarvoor de vraag telt.",
        official=True,
    ),
    Column(
        code="total",
        block=Block.FORM,
        heading="Totaal aantal unieke opvangvragen bij het lokaal loket met als oorspronkelijke startdatum het jaar "
        "{year}",
        meaning="Alle vragen met een eerst gevraagde start in dit jaar. Dubbele en niet-echte vragen tellen niet.",
        official=True,
    ),
    Column(
        code="unanswered_no_offer",
        block=Block.FORM,
        heading="Aantal onbeantwoorde opvangvragen zonder opvangvoorstel",
        meaning="Het gezin vond geen opvang en kreeg geen voorstel. Een voorstel dat de opvang introk, telt niet.",
        official=True,
    ),
    Column(
        code="unanswered_declined",
        block=Block.FORM,
        heading="Aantal onbeantwoorde opvangvragen met een opvangvoorstel dat niet aanvaard werd door het gezin",
        meaning="Het gezin vond geen opvang. Het kreeg wel een voorstel, maar nam dat niet.",
        official=True,
    ),
    Column(
        code="partly_later",
        block=Block.FORM,
        group=PARTLY_HEADING,
        heading="Minstens 1 maand later gestart",
        meaning="De opvang start minstens één kalendermaand later dan eerst gevraagd.",
        official=True,
    ),
    Column(
        code="partly_fewer",
        block=Block.FORM,
        group=PARTLY_HEADING,
        heading="Minder opvangdagen dan gevraagd",
        meaning="De opvang heeft minder dagen of minder halve dagen dan eerst gevraagd.",
        official=True,
    ),
    Column(
        code="partly_both",
        block=Block.OWN,
        heading="Later gestart én minder opvangdagen",
        meaning="Vragen die in beide kolommen tellen: later gestart en minder opvangdagen.",
    ),
    Column(
        code="found_elsewhere",
        block=Block.OWN,
        heading="Elders gevonden",
        meaning="Het gezin vond zelf opvang, ook als dat in een andere gemeente is.",
    ),
    Column(
        code="lapsed", block=Block.OWN, heading="Vervallen", meaning="De opvang is niet meer nodig. De vraag telt mee."
    ),
    Column(
        code="unknown",
        block=Block.OWN,
        heading="Onbekend",
        meaning="Het loket weet niet zeker hoe het afliep. De vraag telt niet als onbeantwoord.",
    ),
    *(column for category in Category for column in _category_columns(category)),
)
REPORT_COLUMNS: Final = tuple(column.code for column in COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefinition:
    """What the report of a run of years registers; `version` is stored with every filed report."""

    version: str
    first_year: int
    categories: frozenset[Category]
    why: str

    def registers(self, column: Column) -> bool:
        """Tell whether this column has a number in these years; otherwise it is empty, never 0."""
        return column.category is None or column.category in self.categories

    def form(self) -> tuple[Column, ...]:
        """Return the columns in the order of the form: the agency's own, the registered categories, our block."""
        return tuple(
            column for block in Block for column in COLUMNS if column.block is block and self.registers(column)
        )


ALL_CATEGORIES: Final = frozenset(Category)
# Latest first. Before 2020 the form asked no categories; 2019 is also the definition of any earlier year.
DEFINITIONS: Final = (
    ReportDefinition(
        version="2025",
        first_year=2025,
        categories=ALL_CATEGORIES,
        why="De voorrangsregels van 2014 gelden opnieuw sinds 30 april 2025. De vijf categorieën tellen weer mee.",
    ),
    ReportDefinition(
        version="2024",
        first_year=2024,
        categories=ALL_CATEGORIES - {Category.PRIORITY},
        why="De voorrangsregels veranderden in dit jaar. De voorrangsgroepen werden niet geregistreerd.",
    ),
    ReportDefinition(
        version="2020",
        first_year=2020,
        categories=ALL_CATEGORIES,
        why="Sinds 2020 vraagt het agentschap ook vijf categorieën, elk met het totaal en het onbeantwoorde deel.",
    ),
    ReportDefinition(
        version="2019",
        first_year=0,
        categories=frozenset(),
        why="Het formulier van 2019 vraagt het totaal en de onbeantwoorde vragen. Het vraagt geen categorieën.",
    ),
)


def definition_for(year: int) -> ReportDefinition:
    """Return the definition of this report year."""
    return next(definition for definition in DEFINITIONS if definition.first_year <= year)


def definition_of_version(version: str) -> ReportDefinition:
    """Return the definition that a filed report names. LookupError for one that never was."""
    found = next((definition for definition in DEFINITIONS if definition.version == version), None)
    if found is None:
        raise LookupError(f"there is no definition {version!r} of the annual report")
    return found


def default_as_of(year: int) -> date:
    """Return the day whose state the report of this year tells: 28 February of the next year."""
    return date(year + 1, 2, 28)


def due_on(year: int) -> date:
    """Return the last day to deliver the report of this year: 1 March of the next year."""
    return date(year + 1, 3, 1)


def form_title(year: int) -> str:
    """Return the title above the table of the form."""
    return f"Aantal unieke opvangvragen aan het lokaal loket in het jaar {year}"


def is_usual_day(year: int, as_of: date) -> bool:
    """Tell whether a day lies in the week whose state the form asks: the last one of February."""
    march = due_on(year)
    return march - timedelta(days=7) <= as_of < march


def form_status(year: int, as_of: date) -> str:
    """Return the line below the title: the form's own words when the day lies in the last week of February."""
    if is_usual_day(year, as_of):
        return f"status laatste week van februari {year + 1}"
    return f"status op {dutch_date(as_of)}"

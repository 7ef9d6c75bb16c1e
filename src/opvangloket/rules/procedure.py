"""How a desk sends questions out and has them answered: every choice of a town, with its default (SPEC §4-§6, §8, §9).

A `Procedure` is one version of those choices. It can not hold a value that the table `SETTINGS` refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from opvangloket.rules.settings import (
    DAYS,
    EUROS,
    LOCATIONS,
    MONTHS,
    WEEKS,
    Change,
    Choice,
    Codes,
    InvalidSettingsError,
    Number,
    Numbers,
    Setting,
    YesNo,
    changes,
    plain_settings,
    read_settings,
)


class DeskMode(StrEnum):
    """Who comes through the desk (SPEC §3)."""

    CENTRAL = "central"
    DESK_ONLY = "desk_only"


class ReportRow(StrEnum):
    """Which municipality a family counts for in the annual report (SPEC §8)."""

    RESIDENCE = "residence"
    LOCATION = "location"


class Language(StrEnum):
    """The languages of the family pages (SPEC §14)."""

    DUTCH = "nl"
    ENGLISH = "en"
    FRENCH = "fr"
    GERMAN = "de"
    TURKISH = "tr"
    ARABIC = "ar"
    UKRAINIAN = "uk"
    SPANISH = "es"
    POLISH = "pl"
    ROMANIAN = "ro"


class PageField(StrEnum):
    """What a location's own page may have to tell (cooperation agreement; licence decree art. 61)."""

    OPENING_HOURS = "opening_hours"
    CONTACT = "contact"
    PRICE = "price"
    PHOTO = "photo"
    TEXT = "text"
    CLOSING_DAYS = "closing_days"
    HOUSE_RULES = "house_rules"


DESK_MODES = {
    DeskMode.CENTRAL: "elke vraag komt via het loket",
    DeskMode.DESK_ONLY: "alleen wie het loket iets vraagt",
}
REPORT_ROWS = {
    ReportRow.RESIDENCE: "de woonplaats van het gezin",
    ReportRow.LOCATION: "de eerst gekozen opvanglocatie",
}
LANGUAGES = {
    Language.DUTCH: "Nederlands",
    Language.ENGLISH: "Engels",
    Language.FRENCH: "Frans",
    Language.GERMAN: "Duits",
    Language.TURKISH: "Turks",
    Language.ARABIC: "Arabisch",
    Language.UKRAINIAN: "Oekraïens",
    Language.SPANISH: "Spaans",
    Language.POLISH: "Pools",
    Language.ROMANIAN: "Roemeens",
}
PAGE_FIELDS = {
    PageField.OPENING_HOURS: "openingsuren",
    PageField.CONTACT: "contactgegevens",
    PageField.PRICE: "inkomenstarief of vaste prijs",
    PageField.PHOTO: "foto of logo",
    PageField.TEXT: "uitleg over de opvang",
    PageField.CLOSING_DAYS: "sluitingsdagen",
    PageField.HOUSE_RULES: "huishoudelijk reglement",
}
# The licence decree asks these three of every location (nota samenwerking Opgroeien, 3.1); a town can only add.
LEGAL_PAGE_FIELDS = (PageField.OPENING_HOURS, PageField.CONTACT, PageField.PRICE)

ASKING, ANSWERING, OFFERING, FOLLOWING, SUPPLY, COUNTING = (
    "Vragen en versturen",
    "Antwoorden",
    "Voorstellen",
    "Opvolgen",
    "Aanbod",
    "Tellen en taal",
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "mode",
        ASKING,
        "Wie komt via het loket?",
        "De opvanglocaties spreken dit samen af. Ouders zijn nooit verplicht om via het loket te gaan.",
        Choice(DESK_MODES),
    ),
    Setting(
        "max_locations",
        ASKING,
        "Hoeveel locaties mag een gezin kiezen?",
        "Het loket mag er meer toevoegen, met een reden.",
        Number(1, 50, LOCATIONS),
    ),
    Setting(
        "send_from_months",
        ASKING,
        "Hoelang voor de start sturen we een vraag op zijn vroegst door?",
        "Laat leeg om elke vraag meteen door te sturen.",
        Number(1, 24, MONTHS, when_empty="meteen"),
    ),
    Setting(
        "urgent_within_days",
        ASKING,
        "Binnen hoeveel dagen moet de opvang starten bij een dringende vraag?",
        "Er moet ook een dringende reden zijn. Het loket kan dit met een reden aanpassen.",
        Number(1, 93, DAYS),
    ),
    Setting(
        "urgent_to_all",
        ASKING,
        "Gaat een dringende vraag naar alle locaties?",
        "Kies nee om de vraag alleen naar de gekozen locaties te sturen.",
        YesNo(),
    ),
    Setting(
        "low_income_limit",
        ASKING,
        "Onder welk bedrag per jaar is een inkomen laag?",
        "Het samen belastbare beroepsinkomen van het gezin. Opgroeien past dit elk jaar aan: kijk het na.",
        Number(10_000, 99_999, EUROS),
    ),
    Setting(
        "new_round_min_days",
        ASKING,
        "Hoeveel dagen zitten er minstens tussen twee rondes?",
        "Een gezin dat zijn vraag verandert, start een nieuwe ronde. Het loket mag dit sneller doen.",
        Number(1, 90, DAYS),
    ),
    Setting(
        "blind_first_answer",
        ANSWERING,
        "Verbergen we de naam van het gezin tot het eerste antwoord?",
        "Kies nee om naam en contactgegevens te tonen vanaf het versturen.",
        YesNo(),
    ),
    Setting(
        "rank_shown",
        ANSWERING,
        "Ziet een locatie de hoeveelste keuze ze is?",
        "Kies nee om elke locatie dezelfde kans te geven.",
        YesNo(),
    ),
    Setting(
        "answer_from_months",
        ANSWERING,
        "Hoelang voor de start mag een locatie op zijn vroegst een plaats voorstellen?",
        "Laat leeg om dat altijd toe te laten. Nee zeggen mag altijd.",
        Number(1, 24, MONTHS, when_empty="altijd"),
    ),
    Setting(
        "answer_term_days",
        ANSWERING,
        "Binnen hoeveel dagen antwoordt een locatie?",
        "De termijn eindigt op het einde van de laatste dag.",
        Number(1, 60, DAYS),
    ),
    Setting(
        "remind_after_days",
        ANSWERING,
        "Na hoeveel dagen krijgt de locatie een herinnering?",
        "Kies een dag voor het einde van de termijn.",
        Number(1, 59, DAYS),
    ),
    Setting(
        "call_after_days",
        ANSWERING,
        "Na hoeveel dagen belt het loket de locatie?",
        "Kies een dag na het einde van de termijn.",
        Number(1, 90, DAYS),
    ),
    Setting(
        "move_term_off_closed_days",
        ANSWERING,
        "Schuift een termijn op die eindigt op een zondag of feestdag?",
        "Kies ja om de termijn te laten eindigen op de volgende gewone dag.",
        YesNo(),
    ),
    Setting(
        "reply_by_days",
        OFFERING,
        "Hoeveel dagen krijgt een gezin om te antwoorden op een voorstel?",
        "Een locatie kan bij haar voorstel een andere datum kiezen.",
        Number(1, 60, DAYS),
    ),
    Setting(
        "offer_reminder_days",
        OFFERING,
        "Hoeveel dagen voor het einde herinneren we het gezin?",
        "Geef een of meer getallen, bijvoorbeeld 3 en 1.",
        Numbers(1, 59, DAYS, at_most=4),
    ),
    Setting(
        "offer_holds_place",
        OFFERING,
        "Houdt een voorstel de plaats vrij?",
        "Kies nee als de plaats gaat naar wie eerst antwoordt.",
        YesNo(),
    ),
    Setting(
        "may_stay_listed",
        OFFERING,
        "Mag een gezin met een plaats verder zoeken bij de andere locaties?",
        "Kies nee om de andere vragen te sluiten als een gezin een voorstel kiest.",
        YesNo(),
    ),
    Setting(
        "verify_within_days",
        FOLLOWING,
        "Na hoeveel dagen kijkt het loket na of een contactgegeven klopt?",
        "Dit geldt als het gezin zijn mailadres of nummer nog niet bevestigde.",
        Number(1, 30, DAYS),
    ),
    Setting(
        "reconfirm_weeks",
        FOLLOWING,
        "Om de hoeveel weken vragen we of een gezin nog zoekt?",
        "Wie niet antwoordt, krijgt een telefoontje. Een vraag verdwijnt nooit vanzelf.",
        Number(1, 52, WEEKS),
    ),
    Setting(
        "start_near_weeks",
        FOLLOWING,
        "Vanaf hoeveel weken voor de start volgt het loket een gezin zonder plaats extra op?",
        "De vraag komt dan op de werklijst.",
        Number(1, 52, WEEKS),
    ),
    Setting(
        "vulnerable_silent_days",
        FOLLOWING,
        "Na hoeveel stille dagen neemt het loket contact op met een kwetsbaar gezin?",
        "De vraag komt dan op de werklijst.",
        Number(1, 60, DAYS),
    ),
    Setting(
        "vulnerable_offer_call_days",
        FOLLOWING,
        "Hoeveel dagen voor het einde van een voorstel belt het loket een kwetsbaar gezin?",
        "De locatie mag de termijn van het voorstel ook verlengen.",
        Number(1, 59, DAYS),
    ),
    Setting(
        "complaint_days",
        FOLLOWING,
        "Binnen hoeveel dagen komt er een antwoord op een klacht?",
        "De opvang of het loket antwoordt. Een klacht die al loopt, houdt haar datum.",
        Number(7, 60, DAYS),
    ),
    Setting(
        "vacancy_public_default",
        SUPPLY,
        "Tonen we een nieuwe vrije plaats aan iedereen?",
        "De locatie kan dit per plaats veranderen. Kies nee om ze eerst alleen aan het loket te tonen.",
        YesNo(),
    ),
    Setting(
        "vacancy_fresh_days",
        SUPPLY,
        "Hoeveel dagen geldt een vrije plaats als bevestigd?",
        "Daarna vragen we de locatie of de plaats nog vrij is.",
        Number(1, 90, DAYS),
    ),
    Setting(
        "page_minimum",
        SUPPLY,
        "Wat staat minstens op de pagina van een locatie?",
        "De eerste drie vraagt de wet van elke locatie.",
        Codes(PAGE_FIELDS, always=LEGAL_PAGE_FIELDS),
    ),
    Setting(
        "review_page_text",
        SUPPLY,
        "Leest het loket de uitleg van een locatie na voor gezinnen ze zien?",
        "Kies nee om elke verandering meteen te tonen. Uren, prijs en contact staan er altijd meteen op.",
        YesNo(),
    ),
    Setting(
        "report_row",
        COUNTING,
        "Bij welke gemeente telt een gezin in het jaarverslag?",
        "Ligt de woonplaats buiten het werkingsgebied? Dan telt de eerst gekozen locatie.",
        Choice(REPORT_ROWS),
    ),
    Setting(
        "languages",
        COUNTING,
        "In welke talen kunnen gezinnen het loket lezen?",
        "Nederlands staat altijd eerst. De andere talen zijn vertalingen.",
        Codes(LANGUAGES, always=(Language.DUTCH,)),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version of everything a town chooses about sending out, answering, following up and counting.

    Days and months are counted as `rules.terms` says. Raises InvalidSettingsError for values that `SETTINGS` refuses
    or that contradict each other.
    """

    mode: DeskMode = DeskMode.CENTRAL
    max_locations: int = 8
    send_from_months: int | None = None
    urgent_within_days: int = 31
    urgent_to_all: bool = False
    low_income_limit: int = 32_464
    new_round_min_days: int = 14
    blind_first_answer: bool = False
    rank_shown: bool = False
    answer_from_months: int | None = None
    answer_term_days: int = 14
    remind_after_days: int = 10
    call_after_days: int = 17
    move_term_off_closed_days: bool = False
    reply_by_days: int = 10
    offer_reminder_days: tuple[int, ...] = (3, 1)
    offer_holds_place: bool = True
    may_stay_listed: bool = False
    verify_within_days: int = 3
    reconfirm_weeks: int = 8
    start_near_weeks: int = 8
    vulnerable_silent_days: int = 7
    vulnerable_offer_call_days: int = 3
    complaint_days: int = 30
    vacancy_public_default: bool = True
    vacancy_fresh_days: int = 14
    page_minimum: tuple[PageField, ...] = LEGAL_PAGE_FIELDS
    review_page_text: bool = False
    report_row: ReportRow = ReportRow.RESIDENCE
    languages: tuple[Language, ...] = (Language.DUTCH,)

    def __post_init__(self) -> None:
        """Refuse what may not be stored, and keep codes and lists in their one written form."""
        for key, value in read_settings(SETTINGS, {s.key: getattr(self, s.key) for s in SETTINGS}).items():
            object.__setattr__(self, key, value)
        if errors := _contradictions(self):
            raise InvalidSettingsError(errors)

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Procedure:
        """Return the procedure of stored or entered values; a setting that is not there has its default.

        Raises InvalidSettingsError with a Dutch sentence per wrong key; an unknown key is wrong.
        """
        checked: dict[str, Any] = read_settings(SETTINGS, values)
        return cls(**checked)

    def to_mapping(self) -> dict[str, object]:
        """Return every setting as JSON knows it; `from_mapping` reads it back to an equal procedure."""
        return plain_settings(SETTINGS, self)

    def changed(self, other: Procedure) -> tuple[Change, ...]:
        """Return what a step from this version to `other` changes, in words."""
        return changes(SETTINGS, self, other)

    @property
    def families_shown_from_sending(self) -> bool:
        """Whether organisers see names and contact details from the moment of sending (SPEC §5)."""
        return not self.blind_first_answer


def _contradictions(procedure: Procedure) -> dict[str, str]:
    """Return one sentence for each setting that can not go together with another one."""
    errors = {}
    if procedure.remind_after_days >= procedure.answer_term_days:
        errors["remind_after_days"] = "De herinnering komt voor het einde van de termijn. Kies een lager getal."
    if procedure.call_after_days <= procedure.answer_term_days:
        errors["call_after_days"] = "Het loket belt pas na het einde van de termijn. Kies een hoger getal."
    if any(days >= procedure.reply_by_days for days in procedure.offer_reminder_days):
        errors["offer_reminder_days"] = "Een herinnering valt binnen de tijd om te antwoorden. Kies lagere getallen."
    if procedure.vulnerable_offer_call_days >= procedure.reply_by_days:
        errors["vulnerable_offer_call_days"] = "Het loket belt binnen de tijd om te antwoorden. Kies een lager getal."
    send, answer = procedure.send_from_months, procedure.answer_from_months
    if send is not None and answer is not None and answer > send:
        errors["answer_from_months"] = "Een locatie kan pas antwoorden na het versturen. Kies een lager getal."
    return errors

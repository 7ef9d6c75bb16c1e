"""Answers in the list of open questions: what a row answers, and which cell is wrong when it cannot be."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.cast import Town, town
from tests.domains.distribution.journey import NOW, YES, Journey, asks, looking
from tests.domains.exchange.register.test_register import as_csv

from opvangloket.domains.distribution.answering.answers import Alternative, No, Yes
from opvangloket.domains.exchange.answers.columns import ANSWERS, COLUMNS
from opvangloket.domains.exchange.answers.reading import ReadAnswers, answer_lines, read_answers
from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.foundation.tenancy.scopes import OrganiserScope, scope
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.reasons import NO_REASONS, NoReason
from opvangloket.rules.references import displayed
from opvangloket.rules.written_days import write_date, write_week

pytestmark = pytest.mark.django_db
MONDAY = WeekPattern.full_days("ma")
NOTHING = {column.heading: "" for column in COLUMNS}


def row_of(journey: Journey, location: Location, **cells: str) -> dict[str, str]:
    """Return the row of a question as it was taken along, with these cells filled in (underscores for spaces)."""
    inquiry = journey.inquiry(location)
    known = {
        "Vraag": displayed(journey.registered.reference),
        "Start": write_date(inquiry.wish.start_on),
        "Dagen": write_week(WeekPattern(inquiry.wish.parts)),
        "Sleutel": str(inquiry.id),
    }
    return NOTHING | known | {heading.replace("_", " "): cell for heading, cell in cells.items()}


def read(here: Town, *rows: Mapping[str, str]) -> ReadAnswers:
    ids = frozenset({here.regenboog_centrum.id, here.regenboog_denderhof.id})
    with scope(OrganiserScope(here.regenboog.id, ids)):
        lines = answer_lines(as_csv(*map(dict, rows)))
        return read_answers(lines, "antwoorden.csv", location_ids=ids, today=here.today)


def said(here: Town, *rows: Mapping[str, str]) -> list[Any]:
    found = read(here, *rows)
    assert found.errors == ()
    return [one.given for one in found.answers]


def wrong(here: Town, *rows: Mapping[str, str]) -> list[tuple[str | None, str, str]]:
    found = read(here, *rows)
    assert found.answers == ()
    assert found.error_count == len(found.errors)
    return [(error.column, error.wrong, error.what_to_do) for error in found.errors]


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def asked(here: Town) -> Journey:
    """Monday and Tuesday, from 30 June, with hours on Monday."""
    return asks(here, hours=CareHours.parse("ma 07:30-18:00"))


def test_a_yes_says_no_more_than_that(here: Town, asked: Journey) -> None:
    assert said(here, row_of(asked, here.regenboog_centrum, Antwoord="ja")) == [Yes()]
    assert said(here, row_of(asked, here.regenboog_centrum, Antwoord="Ja, zoals gevraagd")) == [Yes()]
    again = {"Antwoord": "JA", "Plaats op": "ma, di", "Plaats vanaf": "30/6/2026", "Boodschap aan het gezin": "Fijn!"}
    assert said(here, row_of(asked, here.regenboog_centrum, **again)) == [Yes(message="Fijn!")]


def test_something_else_starts_from_what_is_asked(here: Town, asked: Journey) -> None:
    cells = {"Antwoord": "anders", "Plaats op": "ma, wo voormiddag"}
    pattern = WeekPattern.of("ma_vm", "ma_nm", "wo_vm")
    kept = CareHours.parse("ma 07:30-18:00")
    asked_start = date(2026, 6, 30)
    assert said(here, row_of(asked, here.regenboog_centrum, **cells)) == [
        Alternative(pattern=pattern, start_on=asked_start, hours=kept)
    ]
    more = cells | {
        "Plaats vanaf": "1 september 2026",
        "Uren van de plaats": "ma 9:00-15:00",
        "Het gezin antwoordt tegen": "20/3/2026",
        "Prijs": "inkomenstarief",
    }
    assert said(here, row_of(asked, here.regenboog_centrum, **more)) == [
        Alternative(
            pattern=pattern,
            start_on=date(2026, 9, 1),
            hours=CareHours.parse("ma 09:00-15:00"),
            reply_by_on=date(2026, 3, 20),
        )
    ]
    tuesday = {"Antwoord": "anders", "Plaats op": "di"}
    [other] = said(here, row_of(asked, here.regenboog_centrum, **tuesday))
    assert other.hours == CareHours()


def test_a_no_says_why_and_what_can(here: Town, asked: Journey) -> None:
    cells = {"Antwoord": "nee", "Reden": "deze dagen zijn volzet", "Plaats op": "do", "Plaats vanaf": "1/10/2026"}
    assert said(here, row_of(asked, here.regenboog_centrum, **cells)) == [
        No(
            reason=NoReason.DAYS_FULL,
            possible_pattern=WeekPattern.full_days("do"),
            possible_from_on=date(2026, 10, 1),
        )
    ]


def test_a_family_that_leaves_a_choice_gets_the_days_that_are_told(here: Town) -> None:
    open_choice = asks(here, also=WeekPattern.full_days("do"), parts_wanted=4)
    row = row_of(open_choice, here.regenboog_centrum, Antwoord="ja")
    assert said(here, row) == [Yes()]
    fewer = asks(here, parts_wanted=2)
    row = row_of(fewer, here.regenboog_centrum, Antwoord="ja")
    choose = ("Plaats op", "Het gezin vraagt 2 halve dagen.", "Schrijf welke. Kies uit: ma, di.")
    assert wrong(here, row) == [choose]
    assert wrong(here, row | {"Plaats op": "wo"}) == [choose]
    assert wrong(here, row | {"Plaats op": "ma voormiddag"}) == [choose]
    assert said(here, row | {"Plaats op": "di"}) == [Yes(pattern=WeekPattern.full_days("di"))]


def test_a_location_with_two_prices_says_which(here: Town, asked: Journey) -> None:
    row = row_of(asked, here.regenboog_centrum, Antwoord="ja")
    assert wrong(here, row | {"Prijs": "vrije prijs"}) == [
        ("Prijs", "De Regenboog Centrum heeft een andere prijs.", "Maak de cel leeg.")
    ]
    with looking():
        Location.objects.filter(id=here.regenboog_centrum.id).update(tariff=Tariff.MIXED)
    assert wrong(here, row) == [("Prijs", "De cel is leeg.", "Schrijf inkomenstarief of vrije prijs.")]
    assert said(here, row | {"Prijs": "vrije prijs"}) == [Yes(tariff=Tariff.FREE)]


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"Antwoord": "misschien"}, "Antwoord", "“misschien” kan hier niet."),
        ({"Reden": "Alles is volzet"}, "Antwoord", "Hier staat geen antwoord."),
        ({"Antwoord": "nee"}, "Reden", "De cel is leeg."),
        ({"Antwoord": "nee", "Reden": "geen zin"}, "Reden", "“geen zin” kan hier niet."),
        ({"Antwoord": "ja", "Reden": "Alles is volzet"}, "Reden", "Reden hoort niet bij “ja”."),
        ({"Antwoord": "ja", "Plaats op": "ma"}, "Plaats op", "Het gezin vraagt ma, di."),
        (
            {"Antwoord": "ja", "Plaats vanaf": "1/9/2026"},
            "Plaats vanaf",
            "Het gezin vraagt een start op dinsdag 30 juni 2026.",
        ),
        (
            {"Antwoord": "ja", "Uren van de plaats": "ma 09:00-15:00"},
            "Uren van de plaats",
            "Uren van de plaats hoort niet bij “ja”.",
        ),
        ({"Antwoord": "anders"}, "Plaats op", "De cel is leeg."),
        ({"Antwoord": "anders", "Plaats op": "elke dag"}, "Plaats op", "“elke” kennen we niet."),
        (
            {"Antwoord": "anders", "Plaats op": "ma", "Uren van de plaats": "wo 09:00-15:00"},
            "Uren van de plaats",
            "Op een van deze dagen stel je geen plaats voor.",
        ),
        (
            {"Antwoord": "ja", "Het gezin antwoordt tegen": "1/3/2026"},
            "Het gezin antwoordt tegen",
            "Op zondag 1 maart 2026 kan het gezin niet antwoorden.",
        ),
        (
            {"Antwoord": "ja", "Het gezin antwoordt tegen": "2/5/2026"},
            "Het gezin antwoordt tegen",
            "Op zaterdag 2 mei 2026 kan het gezin niet antwoorden.",
        ),
        (
            {"Antwoord": "nee", "Reden": "Alles is volzet", "Prijs": "vrije prijs"},
            "Prijs",
            "Prijs hoort niet bij “nee”.",
        ),
        (
            {"Antwoord": "ja", "Boodschap aan het gezin": "85.07.30-033.28"},
            "Boodschap aan het gezin",
            "Hier staat wat een rijksregisternummer lijkt.",
        ),
        ({"Antwoord": "ja", "Sleutel": ""}, "Sleutel", "Deze rij heeft geen sleutel."),
        ({"Antwoord": "ja", "Sleutel": "12"}, "Sleutel", "“12” is geen sleutel van ons."),
        ({"Antwoord": "ja", "Start": "1/7/2026"}, "Start", "Het gezin vraagt nu een start op dinsdag 30 juni 2026."),
        ({"Antwoord": "ja", "Dagen": "wo"}, "Dagen", "Het gezin vraagt nu ma, di."),
    ],
)
def test_each_cell_says_what_is_wrong(
    here: Town, asked: Journey, cells: dict[str, str], column: str, told: str
) -> None:
    row = row_of(asked, here.regenboog_centrum) | cells
    assert [(found, said) for found, said, _what in wrong(here, row)] == [(column, told)]


def test_a_row_sorted_apart_from_its_key_answers_nobody(here: Town, asked: Journey) -> None:
    other = asks(here, here.deniz())
    mine, theirs = (row_of(one, here.regenboog_centrum, Antwoord="ja") for one in (asked, other))
    [(column, told, what)] = wrong(here, mine | {"Sleutel": theirs["Sleutel"]})
    assert (column, told) == ("Vraag", f"Deze sleutel hoort bij vraag {theirs['Vraag']}.")
    assert what == "Er ging iets mis bij het sorteren. Neem je open vragen opnieuw mee."
    [(column, told, _what)] = wrong(here, mine, mine)
    assert (column, told) == ("Sleutel", "Deze sleutel staat ook op regel 2.")


def test_rows_without_an_answer_and_questions_that_wait_no_more_are_skipped(here: Town, asked: Journey) -> None:
    empty = row_of(asks(here, here.deniz()), here.regenboog_centrum)
    row = row_of(asked, here.regenboog_centrum, Antwoord="ja")
    asked.answers(here.regenboog_centrum, YES)
    found = read(here, row, empty)
    assert (found.answers, found.past, found.empty, found.errors) == ((), (row["Vraag"],), 1, ())


def test_the_question_of_somebody_else_waits_for_nothing_here(here: Town, asked: Journey) -> None:
    found = read(here, row_of(asked, here.mias_nestje, Antwoord="ja"))
    assert (found.answers, len(found.past), found.errors) == ((), 1, ())


def test_before_the_day_on_which_places_are_offered_only_a_no_is_read(here: Town) -> None:
    early = asks(here, start_on=here.today + timedelta(days=300))
    with looking():
        type(early.inquiry(here.regenboog_centrum)).objects.update(answer_from_on=here.today + timedelta(days=9))
    row = row_of(early, here.regenboog_centrum, Antwoord="ja")
    assert wrong(here, row) == [
        (
            "Antwoord",
            "Een plaats voorstellen kan vanaf woensdag 11 maart 2026.",
            "Antwoord met nee, of wacht tot die dag.",
        )
    ]
    no = {"Antwoord": "nee", "Reden": "Alles is volzet"}
    assert said(here, row | no) == [No(reason=NoReason.FULL)]


CELLS = {
    column.heading: st.sampled_from(["", column.example, "=1+1", "ma, di", "1/9/2026", "ja"]) for column in ANSWERS
}


@example({"Antwoord": "nee", "Reden": NO_REASONS.labels[NoReason.OTHER]})
@given(st.fixed_dictionaries({}, optional=CELLS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_one_answer_or_an_error_in_its_own_row(
    here: Town, asked: Journey, cells: dict[str, str]
) -> None:
    found = read(here, row_of(asked, here.regenboog_centrum) | cells)
    assert len(found.answers) + found.empty + bool(found.error_count) == 1
    assert {error.line for error in found.errors} <= {2}
    for one in found.answers:
        assert one.question.inquiry_id == asked.inquiry(here.regenboog_centrum).id
        asked_or_told = cells.get("Boodschap aan het gezin", "")
        assert one.given.message == asked_or_told


def test_many_rows_cost_no_more_queries_than_one(here: Town, asked: Journey) -> None:
    rows = [row_of(asked, here.regenboog_centrum, Antwoord="ja")]
    rows += [row_of(asks(here, here.deniz()), here.regenboog_centrum, Antwoord="ja") for _more in range(3)]

    def queries(some: list[dict[str, str]]) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert len(said(here, *some)) == len(some)
        return len(counted)

    assert queries(rows) == queries(rows[:1])

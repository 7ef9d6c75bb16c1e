"""The annual report on the screen: the form line by line, each number a door, the same in every file."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NINOVE, Town
from tests.domains.reporting import written
from tests.domains.reporting.year import YEAR, ReportedYear, ask, happened, reported_year
from tests.web.conftest import ClientFor
from tests.web.desk.report_screen import doors, on_screen

from opvangloket.domains.reporting.queries import annual_report
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.procedure import DeskMode, Procedure
from opvangloket.rules.report_definitions import COLUMNS, PARTLY_HEADING

pytestmark = pytest.mark.django_db

YEARS = "/werk/ninove/verslag/"
FORM = f"{YEARS}{YEAR}/"
USUAL = "stand=2026-02-28"


@pytest.fixture
def year(here: Town) -> ReportedYear:
    return reported_year(here)


def counted(here: Town, *, as_of: date | None = None) -> AnnualReport:
    with here.at_desk():
        return annual_report(here.ninove.id, year=YEAR, as_of=as_of)


def only_ninove(here: Town) -> None:
    with across_desks("a desk that serves one municipality"):
        here.ninove.territory = [NINOVE]
        here.ninove.save(update_fields=["territory"])


def test_the_years_say_how_they_stand(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    ask(here, "Lou", start_on=date(2023, 5, 1), now=datetime(2023, 1, 9, tzinfo=UTC))
    text = client_for(here.amina).get(YEARS).content.decode()
    for words in ("2026", "loopt nog", "2025", "te laat", "1 maart 2026", "2023", "niet hier ingediend"):
        assert words in text
    assert "2024" not in text


@pytest.mark.parametrize("mode", DeskMode)
def test_a_desk_that_is_not_central_says_what_it_does_not_know(
    client_for: ClientFor, here: Town, year: ReportedYear, mode: DeskMode
) -> None:
    here.choose(Procedure(mode=mode))
    text = client_for(here.amina).get(FORM).content.decode()
    assert ("De hele vraag naar opvang is groter." in text) is (mode is DeskMode.DESK_ONLY)


def test_who_is_not_of_this_desk_comes_no_further(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    cell = f"{FORM}gevallen/alle/totaal/"
    for page in (YEARS, FORM, cell, f"{FORM}bestand/csv/", f"{FORM}indienen/"):
        assert client_for().get(page)["Location"].startswith("/werk/aanmelden/")
        assert client_for(here.rosa).get(page)["Location"].startswith("/werk/aanmelden/")
        assert client_for(here.stranger).get(page).status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        f"{YEARS}2027/",
        f"{YEARS}1999/",
        f"{FORM}gevallen/alle/bestaat-niet/",
        f"{FORM}gevallen/99999/totaal/",
        f"{FORM}bestand/docx/",
        f"{FORM}ingediend/1/",
        f"{FORM}ingediend/1/bestand/csv/",
        f"{FORM}ingediend/1/gevallen/alle/totaal/",
        f"{FORM}ingediend/1/verschil/",
    ],
)
def test_what_is_not_there_is_not_found(client_for: ClientFor, here: Town, year: ReportedYear, page: str) -> None:
    assert client_for(here.amina).get(page).status_code == 404


@pytest.mark.parametrize("municipalities", [1, 2])
def test_the_form_has_its_headings_and_each_is_explained(
    client_for: ClientFor, here: Town, year: ReportedYear, municipalities: int
) -> None:
    if municipalities == 1:
        only_ninove(here)
    text = client_for(here.amina).get(FORM).content.decode()
    for words in (
        "Naam Organisator",
        "Naam Lokaal Loket",
        "Dossiernummer Lokaal Loket",
        "Aantal unieke opvangvragen aan het lokaal loket in het jaar 2025",
        "status laatste week van februari 2026",
        "Totaal aantal unieke opvangvragen bij het lokaal loket met als oorspronkelijke startdatum het jaar 2025",
        "Aantal onbeantwoorde opvangvragen zonder opvangvoorstel",
        "Aantal onbeantwoorde opvangvragen met een opvangvoorstel dat niet aanvaard werd door het gezin",
        PARTLY_HEADING,
        "Minstens 1 maand later gestart",
        "Minder opvangdagen dan gevraagd",
        "eigen opschrift",
        'href="#uitleg-zonder-voorstel"',
        'id="uitleg-zonder-voorstel"',
    ):
        assert words in text
    for column in COLUMNS:
        assert not column.is_number or column.meaning.replace("'", "&#x27;") in text


@pytest.mark.parametrize("municipalities", [1, 2])
@pytest.mark.parametrize("as_of", [date(2026, 2, 28), date(2025, 9, 30)])
def test_the_screen_and_every_file_hold_the_same_numbers(
    client_for: ClientFor, here: Town, year: ReportedYear, municipalities: int, as_of: date
) -> None:
    if municipalities == 1:
        only_ninove(here)
    amina, report = client_for(here.amina), counted(here, as_of=as_of)
    expected = written.in_report(report)
    files = {ending: amina.get(f"{FORM}bestand/{ending}/?stand={as_of}").content for ending in ("csv", "json")}
    files |= {ending: amina.get(f"{FORM}bestand/{ending}/?stand={as_of}").content for ending in ("xlsx", "pdf")}
    assert on_screen(amina.get(f"{FORM}?stand={as_of}").content.decode(), report) == expected
    assert written.in_csv(files["csv"]) == expected
    assert written.in_json(files["json"]) == expected
    assert written.in_xlsx(files["xlsx"], report) == expected
    assert written.in_pdf(files["pdf"], report) == expected


@pytest.mark.parametrize("municipalities", [1, 2])
def test_each_number_opens_exactly_its_cases(
    client_for: ClientFor, here: Town, year: ReportedYear, municipalities: int
) -> None:
    if municipalities == 1:
        only_ninove(here)
    amina = client_for(here.amina)
    found = doors(amina.get(FORM).content.decode())
    assert len(found) > 15
    for address, number in found:
        text = amina.get(address).content.decode()
        assert f": {number}</h1>" in text, address
        assert text.count('class="worklist-row') == number, address


def test_a_case_says_what_was_asked_what_was_agreed_and_where_its_file_is(
    client_for: ClientFor, here: Town, year: ReportedYear
) -> None:
    text = client_for(here.amina).get(f"{FORM}gevallen/41018/later-en-minder/?{USUAL}").content.decode()
    reference = year.later_and_fewer.reference
    assert f'href="/werk/ninove/gezin/{reference}/"' in text
    for words in (
        f"Cato Peeters · {reference[:4]} {reference[4:]}",
        "Geraardsbergen: 1",
        "deels onbeantwoord: later gestart en minder dagen",
        "Gevraagd: vanaf maandag 1 september 2025.",
        "Afgesproken: vanaf woensdag 1 oktober 2025.",
        "Het zijn minder dagen of halve dagen dan gevraagd.",
        "week-strip",
    ):
        assert words in text
    with here.at_desk():
        event = AuditEvent.objects.get(action="report.read")
    assert event.actor_id == here.amina.id
    assert event.codes == ["year:2025", "column:partly_both", "row:41018"]


def test_categories_are_named_only_where_the_number_is_about_one(
    client_for: ClientFor, here: Town, year: ReportedYear
) -> None:
    amina = client_for(here.amina)
    assert "kwetsbaar gezin" in amina.get(f"{FORM}gevallen/alle/kwetsbaar/").content.decode()
    assert "kwetsbaar gezin" not in amina.get(f"{FORM}gevallen/alle/zonder-voorstel/").content.decode()


def test_a_number_that_counts_nothing_opens_nothing(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    page = client_for(here.amina).get(f"{FORM}gevallen/alle/vervallen/")
    assert "Hier telt niets" in page.content.decode()


def test_only_the_open_offers_of_the_unknown_ones(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    text = client_for(here.amina).get(f"{FORM}gevallen/alle/onbekend/?{USUAL}&enkel=open-voorstel").content.decode()
    assert "Ilias Peeters" in text
    assert "Kaat Peeters" not in text


def test_a_long_cell_comes_in_pages(
    client_for: ClientFor, here: Town, year: ReportedYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    from opvangloket.web.desk.report import report_cells

    monkeypatch.setattr(report_cells, "PER_PAGE", 4)
    amina = client_for(here.amina)
    first = amina.get(f"{FORM}gevallen/alle/totaal/?{USUAL}").content.decode()
    assert first.count('class="worklist-row') == 4
    assert "Pagina 1 van 3" in first
    third = amina.get(f"{FORM}gevallen/alle/totaal/?{USUAL}&pagina=3").content.decode()
    assert third.count('class="worklist-row') == 2
    nonsense = amina.get(f"{FORM}gevallen/alle/totaal/?{USUAL}&pagina=x").content.decode()
    assert "Pagina 1 van 3" in nonsense


def test_another_day_can_be_looked_at(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    amina = client_for(here.amina)
    chosen = amina.get(FORM, {"stand_day": "31", "stand_month": "mei", "stand_year": "2025"})
    assert chosen["Location"] == f"{FORM}?stand=2025-05-31"
    text = amina.get(chosen["Location"]).content.decode()
    assert "status op zaterdag 31 mei 2025" in text
    assert "/gevallen/41048/onbekend/?stand=2025-05-31" in text
    assert on_screen(text, counted(here)) == written.in_report(counted(here, as_of=date(2025, 5, 31)))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"stand_day": "3", "stand_month": "3", "stand_year": "2026"}, "tot en met maandag 2 maart 2026"),
        ({"stand_day": "31", "stand_month": "6", "stand_year": "2025"}, "Deze datum bestaat niet."),
        ({"stand_day": "", "stand_month": "6", "stand_year": "2025"}, "Vul ook de dag in."),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(
    client_for: ClientFor, here: Town, year: ReportedYear, typed: dict[str, str], message: str
) -> None:
    text = client_for(here.amina).get(FORM, typed).content.decode()
    assert message in text
    assert f'name="stand_month" value="{typed["stand_month"]}"' in text
    assert "status laatste week van februari 2026" in text


@pytest.mark.parametrize("day", ["2030-01-01", "0001-01-01", "morgen", ""])
def test_a_day_in_the_address_that_cannot_be_is_the_usual_one(
    client_for: ClientFor, here: Town, year: ReportedYear, day: str
) -> None:
    text = client_for(here.amina).get(f"{FORM}?stand={day}").content.decode()
    assert "status laatste week van februari 2026" in text


def test_a_year_that_runs_is_counted_as_of_today(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    text = client_for(here.karel).get(f"{YEARS}2026/").content.decode()
    assert "status op maandag 2 maart 2026" in text
    assert "Kijk na en dien in" not in text


def test_a_year_without_categories_has_no_place_for_them(client_for: ClientFor, here: Town) -> None:
    ask(here, "Oud", start_on=date(2019, 5, 1), now=datetime(2019, 1, 9, tzinfo=UTC))
    with here.at_desk():
        report = annual_report(here.ninove.id, year=2019)
    text = client_for(here.amina).get(f"{YEARS}2019/").content.decode()
    assert "De vijf categorieën" not in text
    assert on_screen(text, report)["Ninove"]["total"] == 1
    assert "Het formulier van 2019" in text


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "application/pdf"),
    ],
)
def test_a_file_says_what_it_is(
    client_for: ClientFor, here: Town, year: ReportedYear, ending: str, content_type: str
) -> None:
    response = client_for(here.amina).get(f"{FORM}bestand/{ending}/")
    assert response["Content-Type"] == content_type
    name = f"opvangvragen-2025-stand-2026-02-28.{ending}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_more_cases_take_no_more_queries(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)
    pages = (FORM, f"{FORM}gevallen/alle/totaal/", f"{FORM}gevallen/alle/elders-gevonden/", YEARS)

    def queries() -> list[int]:
        taken = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert amina.get(page).status_code == 200
            taken.append(len(captured))
        return taken

    asked = [ask(here, name) for name in ("Anna", "Bram")]
    for one in asked:
        happened(one, "2025-07-01", EventKind.FOUND_ELSEWHERE)
    queries()
    few = queries()
    for number in range(12):
        happened(ask(here, f"Kind {number}"), "2025-07-01", EventKind.FOUND_ELSEWHERE)
    assert queries() == few


def test_nothing_of_it_is_for_who_signs_out(client_for: ClientFor, here: Town, year: ReportedYear) -> None:
    amina: Any = client_for(here.amina)
    assert amina.get(FORM).status_code == 200
    amina.cookies.clear()
    assert amina.get(FORM)["Location"].startswith("/werk/aanmelden/")

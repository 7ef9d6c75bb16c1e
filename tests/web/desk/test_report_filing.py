"""Filing on the screen: what to check first, once and for good, and opened again as it was."""

import re
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.reporting import written
from tests.domains.reporting.year import YEAR, ReportedYear, happened, reported_year
from tests.web.conftest import ClientFor, PageClient
from tests.web.desk.report_screen import doors, on_screen

from opvangloket.domains.reporting.filings import filings_of, stored_filing
from opvangloket.domains.reporting.models import FiledReport
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.case_events import EventKind

pytestmark = pytest.mark.django_db

FORM = f"/werk/ninove/verslag/{YEAR}/"
FILE = f"{FORM}indienen/?stand=2026-02-28"
FILED = f"{FORM}ingediend/1/"


@pytest.fixture
def year(here: Town) -> ReportedYear:
    return reported_year(here)


@pytest.fixture
def karel(client_for: ClientFor, here: Town, year: ReportedYear) -> PageClient:
    return client_for(here.karel)


def hidden(text: str) -> dict[str, str]:
    """Return what the button of the page would post."""
    return dict(re.findall(r'<input type="hidden" name="(number|seen)" value="(\w+)">', text))


def file(client: PageClient, **different: Any) -> Any:
    posted = hidden(client.get(FILE).content.decode())
    return client.post(FILE, posted | different)


def filed_numbers(here: Town) -> list[int]:
    with here.at_desk():
        return [filing.number for filing in filings_of(here.ninove.id, year=YEAR)]


def test_what_to_check_comes_first(karel: PageClient, here: Town) -> None:
    text = karel.get(FILE).content.decode()
    for words in (
        "Van 2 vragen is niet bekend hoe het afliep.",
        "1 gezin antwoordde nog niet op een voorstel.",
        "De stand is die van de laatste week van februari.",
        "Het dossiernummer van het loket is niet ingevuld.",
        "3 organisatoren krijgen dezelfde cijfers per mail.",
    ):
        assert words in text
    assert "/gevallen/alle/onbekend/?stand=2026-02-28&amp;enkel=open-voorstel" in text
    assert "Waarom verbeter je het verslag?" not in text
    assert filed_numbers(here) == []


def test_what_is_in_order_is_said_too(karel: PageClient, here: Town, year: ReportedYear) -> None:
    for asked in (year.open_offer, year.withdrawn):
        happened(asked, "2026-02-26", EventKind.FOUND_ELSEWHERE)
    with across_desks("the desk is complete"):
        here.ninove.file_number = "LL-41"
        here.ninove.save(update_fields=["file_number"])
    text = karel.get(FILE).content.decode()
    assert "Van elke vraag is bekend hoe het afliep." in text
    assert "Let op" not in text
    assert "De dag is nog niet om" in karel.get(f"{FORM}indienen/?stand=2026-03-02").content.decode()


def test_the_lead_files_and_everybody_sees_it(
    karel: PageClient, client_for: ClientFor, here: Town, year: ReportedYear
) -> None:
    assert file(karel)["Location"] == FILED
    text = client_for(here.amina).get(FILED).content.decode()
    assert "Ingediend op maandag 2 maart 2026 door Karel." in text
    assert "Niets is veranderd sinds het indienen." in text
    assert "versie 1" in client_for(here.amina).get(FORM).content.decode().lower()
    assert "ingediend" in client_for(here.amina).get("/werk/ninove/verslag/").content.decode()
    with across_desks("a test looks at what was planned"):
        assert Message.objects.filter(template="report_filed").count() == 3


def test_only_the_lead_files(karel: PageClient, client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)
    assert "Kijk na en dien in" in karel.get(FORM).content.decode()
    assert "Kijk na en dien in" not in amina.get(FORM).content.decode()
    assert amina.get(FILE).status_code == 403
    assert amina.post(FILE, {"number": 1, "seen": "x"}).status_code == 403
    assert client_for(here.stranger).post(FILE, {"number": 1, "seen": "x"}).status_code == 404
    assert filed_numbers(here) == []


def test_clicking_twice_files_once(karel: PageClient, here: Town) -> None:
    posted = hidden(karel.get(FILE).content.decode())
    assert [karel.post(FILE, posted)["Location"] for _click in range(2)] == [FILED, FILED]
    assert filed_numbers(here) == [1]


def test_figures_that_changed_meanwhile_are_shown_again(karel: PageClient, here: Town, year: ReportedYear) -> None:
    posted = hidden(karel.get(FILE).content.decode())
    happened(year.open_offer, "2026-02-27", EventKind.LAPSED, reason="verhuisd")
    page = karel.post(FILE, posted)
    text = page.content.decode()
    assert page.status_code == 200
    assert "De cijfers zijn net veranderd." in text
    assert hidden(text)["seen"] != posted["seen"]
    assert karel.post(FILE, hidden(text))["Location"] == FILED


def test_a_correction_asks_why_and_keeps_what_was_typed(karel: PageClient, here: Town, year: ReportedYear) -> None:
    file(karel)
    happened(year.open_offer, "2026-02-27", EventKind.LAPSED, reason="verhuisd")
    refused = file(karel, reason="")
    assert "Schrijf waarom je het verslag verbetert." in refused.content.decode()
    kept = file(karel, reason="Het gezin met 93.05.18-223.61 verhuisde.").content.decode()
    assert "Het gezin met 93.05.18-223.61 verhuisde." in kept
    assert 'class="error-summary"' in kept
    assert file(karel, reason="Een gezin was verhuisd.")["Location"] == f"{FORM}ingediend/2/"
    assert "Er is een nieuwere versie." in karel.get(FILED).content.decode()
    latest = karel.get(f"{FORM}ingediend/2/").content.decode()
    assert "Een gezin was verhuisd." in latest
    assert "Er is een nieuwere versie." not in latest
    assert "Verbeter het verslag" in karel.get(FORM).content.decode()


@pytest.mark.parametrize("page", [f"{FORM}indienen/?stand=2025-06-30", "/werk/ninove/verslag/2026/indienen/"])
def test_a_year_that_is_not_over_leads_back_to_its_page(karel: PageClient, here: Town, page: str) -> None:
    assert "/indienen/" not in karel.get(page)["Location"]
    assert "/indienen/" not in karel.post(page, {"number": 1, "seen": "x"})["Location"]
    assert filed_numbers(here) == []


def test_nonsense_files_nothing(karel: PageClient, here: Town) -> None:
    for posted in ({}, {"number": "x", "seen": "y"}, {"number": "0", "seen": "y"}, {"number": "9", "seen": "y"}):
        assert karel.post(FILE, posted).status_code == 200
    assert filed_numbers(here) == []


def test_filed_numbers_stay_on_screen_and_in_files(karel: PageClient, here: Town, year: ReportedYear) -> None:
    file(karel)
    happened(year.open_offer, "2026-02-27", EventKind.LAPSED, reason="verhuisd")
    with here.at_desk():
        stored = stored_filing(here.ninove.id, year=YEAR, number=1)
        now = annual_report(here.ninove.id, year=YEAR)
    assert stored is not None
    report = stored.filing.report
    expected = written.in_report(report)
    assert expected != written.in_report(now)
    files = {ending: karel.get(f"{FILED}bestand/{ending}/").content for ending in ("csv", "json", "xlsx", "pdf")}
    assert on_screen(karel.get(FILED).content.decode(), report) == expected
    assert written.in_csv(files["csv"]) == expected
    assert written.in_json(files["json"]) == expected
    assert written.in_xlsx(files["xlsx"], report) == expected
    assert written.in_pdf(files["pdf"], report) == expected


def test_filed_numbers_open_their_cases(karel: PageClient, here: Town, year: ReportedYear) -> None:
    file(karel)
    for address, number in doors(karel.get(FILED).content.decode()):
        text = karel.get(address).content.decode()
        assert f": {number}</h1>" in text, address
        assert text.count('class="worklist-row') == number, address
    text = karel.get(f"{FILED}gevallen/alle/onbekend/").content.decode()
    assert f"/werk/ninove/gezin/{year.open_offer.reference}/" in text


def test_rows_without_a_request_have_no_name(karel: PageClient, here: Town) -> None:
    file(karel)
    with here.at_desk():
        filed = FiledReport.objects.get()
        names = [row[0] for row in filed.cases["rows"]]
        rows = [["0123456789abcdef", *row[1:]] if row[0] == names[0] else row for row in filed.cases["rows"]]
        FiledReport.objects.create(
            desk=here.ninove,
            year=YEAR,
            number=2,
            as_of=filed.as_of,
            filed_at=filed.filed_at,
            definitions=filed.definitions,
            figures=filed.figures,
            cases={**filed.cases, "rows": rows},
            digest=filed.digest,
        )
    text = karel.get(f"{FORM}ingediend/2/gevallen/alle/totaal/").content.decode()
    assert "Vraag 0123 4567 89ab cdef" in text
    assert "Hun naam is gewist." in text
    assert "Wat hier staat, is niet wat werd ingediend." in karel.get(f"{FORM}ingediend/2/").content.decode()


def test_what_differs_from_what_was_filed(karel: PageClient, here: Town, year: ReportedYear) -> None:
    file(karel)
    page = f"{FILED}verschil/"
    assert karel.get(page).content.decode().count("Elk getal is hetzelfde.") == 2
    happened(year.open_offer, "2026-02-27", EventKind.LAPSED, reason="verhuisd")
    happened(year.withdrawn, "2026-03-01", EventKind.FOUND_ELSEWHERE)
    text = karel.get(page).content.decode()
    assert "Elk getal is hetzelfde." not in text
    same_day, today = text.split("Wat we vandaag weten")
    assert "Vervallen" in same_day
    assert "Elders gevonden" not in same_day
    assert "Elders gevonden" in today
    assert "Maak een verbetering" in text

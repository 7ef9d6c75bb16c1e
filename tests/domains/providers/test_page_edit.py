"""The page of a location is filled in part by part; what is saved is live, dated and written down."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import Town, town

from opvangloket.domains.providers.location_page import PublicLocation, own_page, public_location, waiting_text
from opvangloket.domains.providers.models import Closing, Location, Tariff
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.providers.page_edit import (
    ContactPart,
    HoursPart,
    PageRefused,
    PricePart,
    WelcomePart,
    add_closing,
    change_contact,
    change_hours,
    change_price,
    change_text,
    change_welcome,
    drop_closing,
    return_proposed_text,
    show_proposed_text,
)
from opvangloket.domains.providers.upkeep import confirm_page
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.location_page import PageFact
from opvangloket.rules.patterns import CareHours, DayHours
from opvangloket.rules.periods import Period

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CONTACT = ContactPart(name="Mia's Nestje", email="mia@nestje.example", website="https://nestje.example")
PAUSE = (DayHours("ma", 420, 720), DayHours("ma", 780, 1080), DayHours("za", 480, 1440))


@pytest.fixture
def here() -> Town:
    return town(NOW)


def at(here: Town, **more: Any) -> dict[str, Any]:
    return {"location_id": here.mias_nestje.id, "actor": here.manager, "now": NOW, **more}


def page(here: Town, today: date = TODAY) -> PublicLocation:
    with here.at_desk():
        return public_location(here.ninove.id, "mias-nestje", today=today, fresh_days=14)


def audited(location: Location) -> list[list[str]]:
    with across_desks("a test reads the log"):
        rows = AuditEvent.objects.filter(action="location.edit", subject_id=location.id).order_by("at", "id")
        return [row.codes for row in rows]


def test_every_part_is_live_at_once_and_dated(here: Town) -> None:
    with here.at_organiser(here.mias_nestje):
        change_contact(contact=replace(CONTACT, agency_url="https://opgroeien.example/1"), **at(here))
        change_hours(hours=HoursPart(days=PAUSE, night_care=True), **at(here))
        price = PricePart(tariff=Tariff.FREE, price_day=Decimal("34.50"))
        change_price(price=price, **at(here, now=NOW + timedelta(days=3)))
        change_welcome(welcome=WelcomePart(inclusive=True, languages=("nl", "tr")), **at(here))
        assert change_text(text="Wij gaan elke dag buiten.", reviewed=False, **at(here))
    shown = page(here)
    assert (shown.email, shown.phone, shown.agency_url) == ("mia@nestje.example", "", "https://opgroeien.example/1")
    assert (shown.opening, shown.night_care) == (CareHours(PAUSE), True)
    assert (shown.tariff, shown.price_day, shown.price_half_day) == (Tariff.FREE, Decimal("34.50"), None)
    assert (shown.inclusive, shown.accessible, shown.languages) == (True, None, ("nl", "tr"))
    assert shown.text == "Wij gaan elke dag buiten."
    assert shown.confirmed[PageFact.PRICE] == date(2026, 3, 5)
    assert shown.confirmed[PageFact.LINKS] == shown.confirmed[PageFact.TEXT] == TODAY
    assert shown.confirmed[PageFact.CLOSING_DAYS] is None
    codes = [["page_contact"], ["page_hours"], ["page_welcome"], ["page_text"], ["page_price"]]
    assert audited(here.mias_nestje) == codes


def test_confirming_the_page_dates_every_fact_at_once(here: Town) -> None:
    with here.at_organiser(here.mias_nestje):
        change_contact(contact=CONTACT, **at(here))
        confirm_page(**at(here, now=NOW + timedelta(days=9)))
    confirmed = page(here).confirmed
    assert {fact for fact, day in confirmed.items() if day != date(2026, 3, 11)} == {PageFact.MAP_POINT}  # it has none


def test_a_price_by_income_has_no_amounts(here: Town) -> None:
    with here.at_organiser(here.mias_nestje):
        change_price(price=PricePart(tariff=Tariff.INCOME, price_day=Decimal(30)), **at(here))
    assert page(here).price_day is None


def test_closing_days_come_and_go_and_are_there_once(here: Town) -> None:
    easter = Period(date(2026, 4, 6), date(2026, 4, 11))
    with here.at_organiser(here.mias_nestje):
        for _twice in range(2):
            add_closing(closed=easter, reason="paasvakantie", **at(here))
        [closed] = own_page(here.mias_nestje.id, today=TODAY, fresh_days=14).closings
        assert (closed.period, closed.reason) == (easter, "paasvakantie")
        for _twice in range(2):
            drop_closing(closing_id=closed.id, **at(here))
    assert page(here).closings == ()
    assert audited(here.mias_nestje) == [["page_closing_days"]] * 3


@pytest.mark.parametrize(
    "closed",
    [
        Period(date(2026, 2, 2), date(2026, 3, 2)),
        Period(date(2026, 4, 6), date(2028, 4, 11)),
        Period(date(2026, 4, 6), None),
    ],
)
def test_days_that_are_over_or_never_end_are_refused(here: Town, closed: Period) -> None:
    with here.at_organiser(here.mias_nestje), pytest.raises(PageRefused) as refused:
        add_closing(closed=closed, **at(here))
    assert refused.value.field == "last"
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (replace(CONTACT, name=""), "name"),
        (replace(CONTACT, email=""), "phone"),
        (replace(CONTACT, email="mia at nestje"), "email"),
        (replace(CONTACT, website="javascript:alert(1)"), "website"),
        (replace(CONTACT, house_rules_url="https://"), "house_rules_url"),
        (replace(CONTACT, agency_url="ftp://opgroeien.example"), "agency_url"),
    ],
)
def test_contact_that_leads_nowhere_is_refused(here: Town, contact: ContactPart, field: str) -> None:
    with here.at_organiser(here.mias_nestje), pytest.raises(PageRefused) as refused:
        change_contact(contact=contact, **at(here))
    assert refused.value.field == field
    assert audited(here.mias_nestje) == []


@pytest.mark.parametrize(
    "days",
    [
        (),
        (DayHours("ma", 1080, 420),),
        (DayHours("ma", 420, 420),),
        (DayHours("ma", 420, 800), DayHours("ma", 780, 1080)),
    ],
)
def test_hours_that_cannot_be_are_refused(here: Town, days: tuple[DayHours, ...]) -> None:
    with here.at_organiser(here.mias_nestje), pytest.raises(PageRefused):
        change_hours(hours=HoursPart(days=days), **at(here))
    assert page(here).opening.days[0] == DayHours("ma", 420, 1080)


@pytest.mark.parametrize("price", [Decimal(0), Decimal(-1), Decimal(501)])
def test_a_price_that_cannot_be_is_refused(here: Town, price: Decimal) -> None:
    with here.at_organiser(here.mias_nestje), pytest.raises(PageRefused):
        change_price(price=PricePart(tariff=Tariff.FREE, price_half_day=price), **at(here))


def test_a_text_waits_when_the_desk_reads_it_first(here: Town) -> None:
    with here.at_organiser(here.mias_nestje):
        assert not change_text(text="Eerste.", reviewed=True, **at(here))
        assert not change_text(text="Beter.", reviewed=True, **at(here))
    assert page(here).text == ""
    with here.at_desk():
        return_proposed_text(because="Schrijf ook over de tuin.", **at(here, actor=here.worker))
        waiting = waiting_text(here.mias_nestje.id)
    assert waiting is not None
    assert (waiting.text, waiting.returned_because) == ("Beter.", "Schrijf ook over de tuin.")
    with here.at_organiser(here.mias_nestje):
        change_text(text="Met tuin.", reviewed=True, **at(here))
    with here.at_desk():
        for _twice in range(2):
            show_proposed_text(**at(here, actor=here.worker))
    assert page(here).text == "Met tuin."
    assert waiting_text(here.mias_nestje.id) is None


def test_what_the_desk_writes_itself_does_not_wait(here: Town) -> None:
    with here.at_desk():
        assert change_text(text="Voor Mia geschreven.", reviewed=True, **at(here, actor=here.worker))
    assert page(here).text == "Voor Mia geschreven."


def test_words_are_needed_to_give_a_text_back_and_it_may_not_be_endless(here: Town) -> None:
    with here.at_desk():
        with pytest.raises(PageRefused):
            return_proposed_text(because="", **at(here))
        with pytest.raises(PageRefused):
            change_text(text="a" * 2001, reviewed=False, **at(here))


def test_a_stranger_changes_nothing(here: Town) -> None:
    with here.at_organiser(here.regenboog_centrum), pytest.raises(LocationNotFound):
        change_contact(contact=CONTACT, **at(here))

"""The main job, in one walk: search, ask once, three answers, the family takes the alternative, the report counts it."""

import re
from argparse import Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect
from tests.e2e.conftest import Site
from tests.e2e.family import ADDRESS, Family

from opvangloket.config.commands import clock as clock_command
from opvangloket.domains.distribution.models import Inquiry, Offer
from opvangloket.domains.reporting.queries import annual_report
from opvangloket.foundation import clock
from opvangloket.foundation.tenancy.models import Installation, InstallationKind
from opvangloket.foundation.tenancy.scopes import across_desks

ASKED = ("De Regenboog Centrum", "De Regenboog Denderhof", "Het Klavertje", "Mia's Nestje")
DAYS_UNTIL_THE_CARE_RUNS = 200


@pytest.fixture
def movable_clock(site: Site) -> Iterator[None]:
    """Let the clock of this installation be moved, and set it right again."""
    installation = Installation.objects.create(kind=InstallationKind.DEMO, clock_offset=timedelta())
    yield
    installation.refresh_from_db()
    clock.move(-installation.clock_offset)


def test_from_searching_to_the_annual_report(site: Site, movable_clock: None) -> None:
    family = asks_four_locations(site)
    mia_says_no_and_what_is_possible(site)
    het_klavertje_says_yes(site)
    de_regenboog_offers_one_day_less(site)
    takes_the_alternative(family, site)
    everything_else_is_closed(site)
    move_the_clock(DAYS_UNTIL_THE_CARE_RUNS)
    the_report_counts_it_and_shows_the_case(site, family.start.year)


def asks_four_locations(site: Site) -> Family:
    """Search, start from the page of a location, add three, and prove the address with the code from the mailbox."""
    page = site.visit("/ninove/", width=360)
    family = Family(site, page)
    page.get_by_label("Waar zoek je opvang?").fill("9400")
    family.press("Toon opvang")
    expect(page.locator(".result-count")).to_have_text(re.compile("^4 opvanglocaties"))
    page.get_by_role("link", name=ASKED[0]).click()
    page.locator(".card").get_by_role("link", name="Stel je vraag").click()
    family.tell_of_the_child()
    family.tell_of_the_start()
    family.tell_of_the_week()
    family.press("Verder")
    family.arrive()
    assert page.locator(".picks .pick-name").all_inner_texts() == [ASKED[0]]
    for number, name in enumerate(ASKED[1:], start=2):
        page.get_by_role("button", name=re.compile(f"^Kiezen.*{name}")).click()
        page.get_by_text(f"{number} van 8 gekozen.").wait_for()
    family.press("Verder")
    family.tell_of_the_family()
    family.tell_how_to_be_reached()
    assert not inquiries()
    family.press("Versturen")
    page.get_by_label("Code van 6 cijfers").fill(code_in_the_mailbox(site))
    family.press("Bevestigen en versturen")
    page.get_by_role("heading", name="Je vraag is vertrokken").wait_for()
    sent = inquiries()
    assert {name: inquiry.state for name, inquiry in sent.items()} == dict.fromkeys(ASKED, "sent")
    assert len({inquiry.sent_at for inquiry in sent.values()}) == 1
    return family


def code_in_the_mailbox(site: Site) -> str:
    """Read the code where anybody who tries the product reads it: in the mailbox of the playground."""
    mailbox = site.visit("/postvak-demo/")
    mailbox.get_by_label("Naam of e-mailadres").fill(ADDRESS)
    mailbox.get_by_role("button", name="Zoek mails").click()
    mail = mailbox.locator(".mail", has_text=ADDRESS).first
    found = re.search(r"\b\d{6}\b", mail.inner_text())
    assert found, mail.inner_text()
    return found[0]


def mia_says_no_and_what_is_possible(site: Site) -> None:
    """Answer by the link in the mail, without signing in."""
    page = site.visit(site.link_in_mail(site.here.mias_nestje.email, "/organisator/antwoord/"), width=360)
    expect(page.locator("main")).not_to_contain_text("Noor")
    page.get_by_role("link", name=re.compile("^Nee")).click()
    page.get_by_label("Deze dagen zijn volzet").check()
    page.get_by_role("button", name="vrijdag").click()
    page.get_by_role("button", name="Zeg nee").click()
    expect(page.locator("main")).to_contain_text("Wel mogelijk: vrijdag hele dag.")


def het_klavertje_says_yes(site: Site) -> None:
    """Answer in the inbox."""
    page = site.visit("/organisator/", site.here.wim)
    page.locator("[data-act]").click()
    way = open_way(page, "yes")
    way.get_by_role("button", name="Stel deze plaats voor").click()
    page.wait_for_url("**/verstuurd/")


def de_regenboog_offers_one_day_less(site: Site) -> None:
    """Answer for one of two locations in the inbox; the other one never answers."""
    page = site.visit("/organisator/", site.here.rosa)
    page.locator("a[data-act][href*='de-regenboog-centrum']").click()
    way = open_way(page, "alternative")
    way.get_by_role("button", name="dinsdag").click()
    expect(way.locator("[data-week-words]")).to_have_text("Maandag hele dag.")
    way.get_by_role("button", name="Stel dit voor").click()
    page.wait_for_url("**/verstuurd/")
    expect(page.locator("main")).to_contain_text("Dinsdag hele dag lukt niet.")


def open_way(page: Any, kind: str) -> Any:
    """Open one of the three ways to answer, unless it is open: the one that fits best is."""
    way = page.locator(f".way.is-{kind}")
    if way.get_attribute("open") is None:
        way.locator("summary").first.click()
    return way


def takes_the_alternative(family: Family, site: Site) -> None:
    """Follow the link of the confirmation, compare, and take it in two clicks."""
    page = family.page
    page.get_by_role("link", name="Bekijk je vraag").click()
    letter = page.locator(".letter", has_text=ASKED[0])
    expect(letter).to_contain_text("Dinsdag hele dag lukt niet.")
    letter.get_by_role("link", name="Ja, ik wil deze plaats").click()
    page.get_by_role("button", name="Ja, ik neem deze plaats").click()
    page.get_by_text(f"Gelukt: Noor heeft een plaats bij {ASKED[0]}.").wait_for()
    site.check(page)


def everything_else_is_closed(site: Site) -> None:
    """See that nobody else waits for anything, and that each was told."""
    states = {name: inquiry.state for name, inquiry in inquiries().items()}
    assert states == {
        ASKED[0]: "answered_alternative",
        ASKED[1]: "withdrawn",
        ASKED[2]: "answered_yes",
        ASKED[3]: "answered_no",
    }
    with across_desks("what was offered"):
        offers = dict(Offer.objects.values_list("location__name", "state"))
    assert offers == {ASKED[0]: "accepted", ASKED[2]: "declined"}
    assert "is afgesloten. Het gezin vond een" in site.mail(site.here.regenboog_denderhof.email)
    assert "niet aan. De reden:" in site.mail(site.here.het_klavertje.email)


def move_the_clock(days: int) -> None:
    """Run the command in a thread of its own: it runs jobs, and the browser keeps an event loop in this one."""

    def run() -> int:
        try:
            return clock_command.run(Namespace(by=f"+{days}d"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as beside:
        assert beside.submit(run).result() == 0


def the_report_counts_it_and_shows_the_case(site: Site, year: int) -> None:
    """Open the report of the year in which care was asked, click its one number, and come to the family."""
    with site.here.at_desk():
        [row] = annual_report(site.here.ninove.id, year=year, as_of=clock.now().date()).rows
    assert (row.numbers["total"], row.numbers["partly_fewer"]) == (1, 1)
    page = site.visit(f"/werk/ninove/verslag/{year}/", site.here.karel)
    site.check(page)
    [counted] = page.locator("a[href*='/minder-dagen/']").all()
    expect(counted).to_have_text("1")
    counted.click()
    site.check(page)
    page.get_by_role("link", name=re.compile("Noor")).first.click()
    page.get_by_role("heading", name=re.compile("Noor")).first.wait_for()
    expect(page).to_have_url(re.compile("/werk/ninove/gezin/[^/]+/$"))
    site.check(page)


def inquiries() -> dict[str, Any]:
    """Return the inquiry of each location, by its name."""
    with across_desks("who was asked"):
        return {inquiry.location.name: inquiry for inquiry in Inquiry.objects.select_related("location")}

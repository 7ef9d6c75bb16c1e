"""A childminder with a phone and no password: from the mail to an answered alternative, and on to her free place."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.domains.distribution.journey import asks
from tests.domains.providers.test_vacancy_links import declare
from tests.e2e.conftest import Site

from opvangloket.domains.providers.models import CapacityKind, Location
from opvangloket.domains.providers.vacancy_links import sweep_vacancies
from opvangloket.foundation import clock
from opvangloket.rules.patterns import WeekPattern

PHONE = {"width": 360, "java_script_enabled": False}
MONDAY = WeekPattern.full_days("ma")


class Clicks:
    """What somebody presses on a page, counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).click()
        self.count += 1


def test_from_the_mail_to_an_alternative_and_a_confirmed_place(site: Site) -> None:
    here, mia = site.here, site.here.mias_nestje
    Location.objects.filter(id=mia.id).update(capacity_kind=CapacityKind.VACANCIES)
    declare(here, now=here.now - timedelta(days=15))
    noor = asks(here, location_ids=(mia.id,), pattern=WeekPattern.full_days("ma", "zo"), part_of_week_ok=True)

    page = site.visit(site.link_in_mail(mia.email, "/organisator/antwoord/"), **PHONE)
    answering = Clicks(page)
    answering.press("link", "Ja, maar anders")
    answering.press("button", "Stel dit voor")
    expect(page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    assert answering.count <= 3
    assert WeekPattern(noor.offer(mia).parts) == MONDAY

    family = site.visit(f"/ninove/mijn/{noor.registered.reference}/", noor.registered, **PHONE)
    accepting = Clicks(family)
    accepting.press("link", "Ja, ik wil deze plaats")
    accepting.press("button", "Ja, ik neem deze plaats")
    expect(family.locator("main")).to_contain_text("Gelukt: Noor heeft een plaats bij Mia's Nestje.")
    assert noor.state == "placed"

    sweep_vacancies(now=clock.now())
    page = site.visit(site.link_in_mail(mia.email, "/organisator/vrij/"), **PHONE)
    confirming = Clicks(page)
    confirming.press("button", "Deze plaats is nog vrij")
    expect(page.locator("h1")).to_have_text("Bedankt, je plaatsen zijn bevestigd")
    assert confirming.count == 1

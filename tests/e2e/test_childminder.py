"""Mia, childminder, who never signs in: a question, her alternative, a child, and a free place, all from her mail.

By phone in the hand and without script. Every press of hers is counted.
"""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.browser import fits_across
from tests.cast import SARA, plan_places
from tests.domains.distribution.journey import asks, looking
from tests.domains.providers.test_vacancy_links import declare
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.models import Answer
from opvangloket.domains.providers.models import CapacityKind, Location, Occupation, Vacancy
from opvangloket.domains.providers.vacancy_links import sweep_vacancies
from opvangloket.foundation import clock
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern

MOST_PRESSES = 3


class Hand:
    """Somebody with a phone: opens links, presses, and counts each press, that on the link in the mail included."""

    def __init__(self, site: Site, link: str) -> None:
        self.presses = 1
        self.page: Any = site.visit(link, width=360, java_script_enabled=False)

    def press(self, role: Any, name: str) -> None:
        """Press a link or a button."""
        self.page.get_by_role(role, name=name).click()
        self.presses += 1


def test_a_childminder_does_everything_from_her_mail(site: Site) -> None:
    here, mia = site.here, site.here.mias_nestje
    plan_places(mia, 1, from_on=here.today)
    _takes_tuesday(site)
    noor = asks(here, part_of_week_ok=True)

    # Her question: only Monday is free, so the best that fits is ready to send.
    hand = Hand(site, site.link_in_mail(mia.email, "/organisator/antwoord/"))
    expect(hand.page.locator("main")).not_to_contain_text("Noor")
    _fits(hand)
    hand.press("link", "Ja, maar anders")
    _fits(hand)
    hand.press("button", "Stel dit voor")
    expect(hand.page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    assert hand.presses <= MOST_PRESSES
    with looking():
        answer = Answer.objects.get(inquiry__request_id=noor.request_id)
    assert (answer.kind, answer.door) == ("alternative", "mail")
    assert WeekPattern(noor.offer(mia).parts) == WeekPattern.full_days("ma")

    # The family takes it, in two presses.
    sara = site.visit(site.link_in_mail(SARA.email, "/mijn/"), noor.registered, width=360, java_script_enabled=False)
    expect(sara.locator("main")).to_contain_text("Mia's Nestje")
    sara.get_by_role("link", name="Ja, ik wil deze plaats").click()
    sara.get_by_role("button", name="Ja, ik neem deze plaats").click()
    expect(sara.locator("main")).to_contain_text("Gelukt: Noor heeft een plaats bij Mia's Nestje.")
    assert noor.state == "placed"
    assert "Dagen: maandag hele dag." in site.mail(mia.email, subject="Een gezin neemt je voorstel aan")

    # Her other free place: asked after a fortnight, confirmed by one button.
    now = clock.now()
    declare(here, now=now - timedelta(days=15))
    sweep_vacancies(now=now)
    hand = Hand(site, site.link_in_mail(mia.email, "/organisator/vrij/"))
    hand.press("button", "Deze plaats is nog vrij")
    expect(hand.page.locator("h1")).to_have_text("Bedankt, je plaatsen zijn bevestigd")
    assert hand.presses <= MOST_PRESSES
    with looking():
        assert Vacancy.objects.values_list("confirmed_on", flat=True).get() == here.today


def test_what_she_declared_free_is_what_she_offers(site: Site) -> None:
    here, mia = site.here, site.here.mias_nestje
    Location.objects.filter(id=mia.id).update(capacity_kind=CapacityKind.VACANCIES)
    declare(here, now=here.now - timedelta(days=15))
    noor = asks(here, location_ids=(mia.id,), pattern=WeekPattern.full_days("ma", "zo"), part_of_week_ok=True)
    hand = Hand(site, site.link_in_mail(mia.email, "/organisator/antwoord/"))
    hand.press("link", "Ja, maar anders")
    hand.press("button", "Stel dit voor")
    expect(hand.page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    assert WeekPattern(noor.offer(mia).parts) == WeekPattern.full_days("ma")


def _fits(hand: Hand) -> None:
    """Hold that nothing lies beside the edge of a small phone."""
    assert fits_across(hand.page), hand.page.url


def _takes_tuesday(site: Site) -> None:
    """Let another child fill the only place on Tuesday."""
    Occupation.objects.create(
        location=site.here.mias_nestje,
        kind="placement",
        parts=WeekPattern.full_days("di").mask,
        start_on=site.here.today,
        subject_id=new_id(),
        made_at=site.here.now,
    )

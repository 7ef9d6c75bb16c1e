"""An organiser answers: in its inbox by keyboard alone, and from its mail without script."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.browser import drawn
from tests.cast import plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.models import Answer, Offer
from opvangloket.domains.providers.models import Location, Occupation
from opvangloket.foundation.ids import new_id
from opvangloket.rules.patterns import WeekPattern


def last_answer(journey: Journey) -> Answer:
    with looking():
        return Answer.objects.filter(inquiry__request_id=journey.request_id).latest("at", "id")


def offer(journey: Journey, location: Location) -> Offer:
    return journey.offer(location)


def fill(site: Site, location: Location, pattern: WeekPattern) -> None:
    Occupation.objects.create(
        location=location,
        kind="placement",
        parts=pattern.mask,
        start_on=site.here.today,
        subject_id=new_id(),
        made_at=site.here.now,
    )


def tab_to(page: Any, name: str) -> None:
    """Press Tab until what has the focus says `name`, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"Tab never came to {name}")


def test_by_keyboard_from_the_inbox_to_the_answer(site: Site) -> None:
    plan_places(site.here.regenboog_centrum, 2, from_on=site.here.today)
    journey = asks(site.here)
    page = site.visit("/organisator/", site.here.rosa)
    expect(page.locator("h1")).to_have_text("1 vraag wacht op jouw antwoord")
    site.check(page)
    drawn(page).keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url("**/vraag/**")
    site.check(page)
    assert page.locator(".way.is-yes").get_attribute("open") is not None
    tab_to(page, "Stel deze plaats voor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verstuurd/")
    expect(page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    site.check(page)
    assert last_answer(journey).kind == "yes"
    assert offer(journey, site.here.regenboog_centrum).held


def test_by_the_link_in_the_mail_without_script(site: Site) -> None:
    journey = asks(site.here)
    link = site.link_in_mail(site.here.mias_nestje.email, "/organisator/antwoord/")
    page = site.visit(link, java_script_enabled=False)
    expect(page.locator("main")).not_to_contain_text("Noor")
    page.get_by_role("link", name="Ja, zoals gevraagd").click()
    page.get_by_role("button", name="Stel deze plaats voor").click()
    expect(page.locator("h1")).to_have_text("Je antwoord is verstuurd")
    assert (last_answer(journey).kind, last_answer(journey).door) == ("yes", "mail")
    assert journey.inquiry(site.here.mias_nestje).seen_at is None
    again = site.visit(link)
    site.check(again)
    again.get_by_role("button", name="Mail mij een nieuwe link").click()
    fresh = site.link_in_mail(site.here.mias_nestje.email, "/organisator/antwoord/")
    assert fresh != link


def test_the_proposed_alternative_is_changed_and_sent(site: Site) -> None:
    location = site.here.regenboog_centrum
    plan_places(location, 1, from_on=site.here.today)
    fill(site, location, WeekPattern.full_days("di"))
    journey = asks(site.here, part_of_week_ok=True)
    page = site.visit("/organisator/", site.here.rosa, width=360)
    page.locator("[data-act]").click()
    expect(page.locator(".question-answer")).to_contain_text("Dit past wel: maandag hele dag")
    week = page.locator(".way.is-alternative .week-choice")
    expect(week.locator("[data-week-words]")).to_have_text("Maandag hele dag.")
    week.get_by_role("button", name="woensdag").click()
    expect(week.locator("[data-week-words]")).to_have_text("Maandag en woensdag hele dag.")
    site.check(page)
    page.get_by_label("Boodschap aan het gezin").locator("visible=true").fill("Woensdag is ook mogelijk.")
    page.get_by_role("button", name="Stel dit voor").click()
    page.wait_for_url("**/verstuurd/")
    expect(page.locator("main")).to_contain_text("Dinsdag hele dag lukt niet.")
    site.check(page)
    assert WeekPattern(offer(journey, location).parts) == WeekPattern.full_days("ma", "wo")


def test_a_place_that_is_not_free_is_refused_with_what_was_typed(site: Site) -> None:
    location = site.here.regenboog_centrum
    plan_places(location, 1, from_on=site.here.today)
    journey = asks(site.here)
    page = site.visit("/organisator/", site.here.rosa)
    page.locator("[data-act]").click()
    fill(site, location, WeekPattern.full_days("ma", "di"))
    page.get_by_label("Boodschap aan het gezin").locator("visible=true").fill("Welkom!")
    page.get_by_role("button", name="Stel deze plaats voor").click()
    expect(page.locator(".error-summary")).to_be_focused()
    site.check(page)
    assert page.get_by_label("Boodschap aan het gezin").locator("visible=true").input_value() == "Welkom!"
    page.get_by_label("Toch doen? Schrijf waarom.").locator("visible=true").fill("Er vertrekt een kind.")
    page.get_by_role("button", name="Stel deze plaats voor").click()
    page.wait_for_url("**/verstuurd/")
    assert last_answer(journey).message == "Welkom!"


def test_a_no_with_what_is_possible(site: Site) -> None:
    journey = asks(site.here)
    page = site.visit("/organisator/", site.here.mia_account)
    page.locator("[data-act]").click()
    page.locator(".way.is-no > summary").click()
    page.get_by_label("Deze dagen zijn volzet").check()
    page.locator(".way.is-no").get_by_role("button", name="vrijdag").click()
    page.get_by_role("button", name="Zeg nee").click()
    page.wait_for_url("**/verstuurd/")
    expect(page.locator("main")).to_contain_text("Wel mogelijk: vrijdag hele dag.")
    given = last_answer(journey)
    assert (given.reason, given.possible_parts) == ("dagen_volzet", WeekPattern.full_days("vr").mask)


def test_a_child_is_placed_on_one_screen_and_its_start_confirmed_by_one_click(site: Site) -> None:
    page = site.visit("/organisator/plaatsing/", site.here.mia_account, java_script_enabled=False)
    start = site.here.today
    page.get_by_label("Voornaam kind").fill("Lou")
    page.get_by_label("Familienaam kind").fill("Maes")
    for name, on in (("birth", start - timedelta(days=100)), ("start", start)):
        for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
            page.locator(f"[name={name}_{part}]").fill(str(value))
    page.locator("td:has([name=week_ma_vm])").click()
    page.get_by_label("Voornaam ouder").fill("Ann")
    page.get_by_label("Familienaam ouder").fill("Maes")
    page.get_by_label("Telefoon").fill("0499 11 22 33")
    page.get_by_role("button", name="Plaats dit kind").click()
    expect(page.locator("main")).to_contain_text("Geplaatst. Dit kind telt nu mee.")
    page.get_by_role("button", name="Klopt, bevestig").click()
    expect(page.locator("main")).to_contain_text("Bevestigd: Lou Maes.")

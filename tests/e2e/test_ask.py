"""Asking one question in a real browser: with and without script, by keyboard alone, and by somebody who types nonsense."""

import re
from typing import Any

from playwright.sync_api import expect
from tests.browser import drawn
from tests.e2e.conftest import Site
from tests.e2e.family import ADDRESS, Family, mailed_code

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.wording import dutch_date

MOST_PAGES = 9
LONGEST_WORDS = 1500


def stored() -> list[CareRequest]:
    with across_desks("what was asked"):
        return list(CareRequest.objects.select_related("child", "applicant"))


def hold_asked(site: Site) -> None:
    """Hold that Noor's question stands as it was asked, and lies with two locations."""
    [request] = stored()
    assert (request.child.first_name, request.applicant.email, request.state) == ("Noor", ADDRESS, "open")
    assert (request.parts, request.also_parts) == (0b1111, 0b10000)
    assert request.characteristics == ["Alleenstaanden"]
    with across_desks("who was asked"):
        assert Inquiry.objects.filter(request=request, state="sent").count() == 2
        assert Inquiry.objects.values("sent_at").distinct().count() == 1


def test_asking_with_script_and_following(site: Site) -> None:
    family = Family(site, site.visit("/ninove/"))
    family.ask()
    family.send()
    assert len(set(family.pages)) <= MOST_PAGES
    hold_asked(site)
    family.page.get_by_role("link", name="Bekijk je vraag").click()
    family.page.get_by_role("heading", name="Opvang voor Noor").wait_for()
    with across_desks("the term"):
        due = dutch_date(Inquiry.objects.values_list("due_on", flat=True)[0], year=False)
    expect(family.page.locator(".next-step")).to_contain_text(f"Ze antwoorden ten laatste op {due}.")


def test_asking_without_script(site: Site) -> None:
    family = Family(site, site.visit("/ninove/", width=360, java_script_enabled=False))
    family.ask()
    family.send()
    assert len(set(family.pages)) <= MOST_PAGES
    hold_asked(site)


def test_every_filled_page_is_accessible(site: Site) -> None:
    family = Family(site, site.visit("/ninove/", width=360), look=site.check)
    family.ask()
    family.send()


def test_what_goes_wrong_and_what_unfolds_is_accessible(site: Site) -> None:
    page = site.visit("/ninove/", color_scheme="dark")
    family = Family(site, page)
    page.goto(site.address + "/ninove/vraag/kind/")
    family.press("Verder")
    page.get_by_role("alert").wait_for()
    site.check(page)
    family.press("Broer of zus toevoegen")
    page.get_by_text("Kind 2", exact=True).wait_for()
    site.check(page)
    page.goto(site.address + "/ninove/vraag/start/")
    page.get_by_label("Tot een dag die ik kies").check()
    page.get_by_role("group", name="Laatste dag opvang").wait_for()
    site.check(page)
    page.goto(site.address + "/ninove/vraag/momenten/")
    page.get_by_label("Voor 7 uur of na 18 uur").check()
    family.press("Ook zaterdag of zondag")
    page.locator("[name=week_zo_nm]").first.wait_for(state="attached")
    site.check(page)
    page.goto(site.address + "/ninove/vraag/situatie/")
    page.get_by_role("group", name="Heeft je kind extra ondersteuning nodig?").get_by_label("Ja", exact=True).check()
    page.get_by_label("Welke ondersteuning helpt je kind?").wait_for()
    site.check(page)
    family.press("Bewaren en later verdergaan")
    page.get_by_role("heading", name="Je antwoorden zijn bewaard").wait_for()
    site.check(page)


class Keyboard:
    """Somebody without a mouse: Tab, Space, Enter, arrows and letters."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def go_to(self, selector: str, most: int = 90) -> None:
        """Press Tab until the cursor stands on this control."""
        for _ in range(most):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector} on {self.page.url}")

    def choose(self, selector: str) -> None:
        """Go to a radio button or box and press Space."""
        self.go_to(selector)
        self.page.keyboard.press("Space")

    def type(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.go_to(selector)
        self.page.keyboard.type(text)

    def enter(self) -> None:
        """Press Enter and wait for the next page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        drawn(self.page)


def test_asking_by_keyboard_alone(site: Site) -> None:
    page = site.visit("/ninove/")
    keys, family = Keyboard(page), Family(site, page)
    page.goto(site.address + "/ninove/vraag/")
    drawn(page)
    keys.choose("[name=born_1][value=yes]")
    for part, value in (("day", family.birth.day), ("month", family.birth.month), ("year", family.birth.year)):
        keys.type(f"[name=date_1_{part}]", str(value))
    keys.type("[name=first_name_1]", "Noor")
    keys.enter()  # Enter in a field goes on; it never adds a child
    for part, value in (("day", family.start.day), ("month", family.start.month), ("year", family.start.year)):
        keys.type(f"[name=start_1_{part}]", str(value))
    keys.enter()
    for cell in ("ma_vm", "di_vm", "ma_nm", "di_nm"):
        keys.go_to(f"[name=week_{cell}]")
        page.keyboard.press("Space")
    page.evaluate("document.activeElement.blur()")
    keys.go_to("[name=week_wo_vm]")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    keys.go_to("button.button:not([value]):not([aria-hidden])")
    keys.enter()
    keys.go_to("form button.button:not([value])")
    keys.enter()
    for chosen in (1, 2):
        keys.go_to("button[value^='add:']")
        page.keyboard.press("Enter")
        page.get_by_text(f"{chosen} van 8 gekozen.").wait_for()
    keys.go_to("button.button:not([value]):not(.is-quiet)")
    keys.enter()
    keys.choose("[name=about_single_parent]")
    keys.go_to("button.button:not([value])")
    keys.enter()
    for name, text in (("first_name", "Sara"), ("last_name", "Peeters"), ("email", ADDRESS), ("place", "9400")):
        keys.type(f"[name={name}]", text)
    keys.enter()
    keys.go_to("button.button")
    keys.enter()
    keys.type("[name=digits]", mailed_code())
    keys.enter()
    page.get_by_role("heading", name="Je vraag is vertrokken").wait_for()
    hold_asked(site)


NONSENSE = (
    "<script>alert(1)</script>", "'; DROP TABLE requests_carerequest; --", "🧸" * 50, "x" * 5000, "\u202e\u200bא ب", "{{ 7*7 }} ${x}"
)  # fmt: skip


def test_nonsense_is_refused_kindly_and_never_lost(site: Site) -> None:
    page = site.visit("/ninove/")
    family = Family(site, page)
    page.goto(site.address + "/ninove/vraag/kind/")
    family.press("Verder")
    page.get_by_role("heading", name=re.compile("Kijk deze 3 dingen nog na")).wait_for()
    expect(page.locator(".error-summary")).to_be_focused()
    drawn(page).keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=born_1]:focus")).to_be_visible()
    for words in NONSENSE:
        page.goto(site.address + "/ninove/vraag/situatie/")
        page.get_by_label("Past iets niet in onze vragen?").fill(words)
        family.press("Verder")
        page.wait_for_load_state()
        page.goto(site.address + "/ninove/vraag/situatie/")
        kept = page.get_by_label("Past iets niet in onze vragen?").input_value()
        assert kept == words[:LONGEST_WORDS]
    page.goto(site.address + "/ninove/vraag/kind/")
    page.get_by_label("Voornaam van je kind").fill("<b>Noor</b> & 'Co'")
    page.get_by_label("Ja", exact=True).check()
    family.fill_date("Geboortedatum", family.birth)
    family.press("Verder")
    page.get_by_role("heading", name="Vanaf wanneer zoek je opvang?").wait_for()
    page.go_back()
    assert page.get_by_label("Voornaam van je kind").input_value() == "<b>Noor</b> & 'Co'"


def test_pressing_send_twice_asks_once(site: Site) -> None:
    family = Family(site, site.visit("/ninove/", java_script_enabled=False))
    family.ask()
    button = family.page.get_by_role("button", name="Versturen")
    button.dblclick(no_wait_after=True)
    family.page.get_by_role("heading", name="We hebben je vraag").wait_for()
    assert len(stored()) == 1


def test_two_devices_share_one_question(site: Site) -> None:
    phone = Family(site, site.visit("/ninove/", width=360))
    phone.page.goto(site.address + "/ninove/vraag/")
    phone.tell_of_the_child()
    phone.press("Bewaren en later verdergaan")
    link = phone.page.locator(".keep-link a").get_attribute("href")
    laptop = Family(site, site.visit("/ninove/"))
    laptop.page.goto(site.address + re.sub(r"^https?://[^/]+", "", link))
    laptop.tell_of_the_start()
    phone.page.goto(site.address + "/ninove/vraag/")
    assert phone.page.url.endswith("/vraag/momenten/")

"""The gallery in a real browser: accessible in both schemes, usable without script, by keyboard, and on a small screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser import AXE, PATIENCE, WCAG, drawn, fits_across, violations

from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui.components import asked_strip

pytestmark = pytest.mark.e2e

PAGES = ("", "vraag/", "dossier/", "fout/404/")
OTHER_ERRORS = tuple(f"fout/{status}/" for status in (403, 409, 429, 500, 503))


@pytest.fixture
def open_page(browser: Any, gallery_address: str) -> Iterator[Any]:
    """Open a page of the gallery; the test fails when the browser has anything to complain about."""
    contexts = []
    complaints: list[str] = []

    def listen(said: Any) -> None:
        is_error_page = "/galerij/fout/" in said.location["url"]  # an error page comes with the status of its error
        if said.type == "error" and not is_error_page:
            complaints.append(said.text)

    def open_at(address: str, *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(gallery_address + address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_page: Any, gallery_address: str, width: int) -> None:
    page = open_page("", width=width)
    for address in (*PAGES, *OTHER_ERRORS):
        page.goto(gallery_address + address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert violations(page) == [], (address, scheme)


def test_axe_looks_at_what_matters(open_page: Any) -> None:
    page = open_page("", bypass_csp=True)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
    assert {"color-contrast", "heading-order", "landmark-one-main"} <= {one["id"] for one in found["passes"]}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(open_page: Any, address: str, width: int) -> None:
    assert fits_across(open_page(address, width=width))


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_a_row_of_work_keeps_room_for_its_words(open_page: Any, width: int) -> None:
    page = open_page("", width=width)
    widths = page.locator(".worklist-about").evaluate_all("rows => rows.map(row => row.clientWidth)")
    assert widths
    assert min(widths) >= 240


def test_a_week_is_answered_without_script(open_page: Any) -> None:
    page = open_page("vraag/", java_script_enabled=False)
    cell = page.locator("td:has([name=week_ma_vm])")
    box = cell.bounding_box()
    for value in ("need", "can", "none", "need"):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.locator(f"[name=week_ma_vm][value={value}]").is_checked()
    page.get_by_role("button", name="Verder").click()
    page.wait_for_load_state()
    assert page.locator(".error-summary").count() == 0
    assert page.locator("[name=week_ma_vm][value=need]").is_checked()


def test_a_week_is_answered_by_keyboard(open_page: Any) -> None:
    page = open_page("vraag/")
    page.locator("[name=week_ma_vm][value=none]").focus()
    page.keyboard.press("Space")
    assert page.locator("[name=week_ma_vm][value=need]").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert page.locator("[name=week_di_vm][value=can]").is_checked()
    assert page.locator("[data-week-words]").inner_text() == "Maandag voormiddag nodig. Dinsdag voormiddag kan ook."


def test_the_name_of_a_day_chooses_the_whole_day(open_page: Any) -> None:
    page = open_page("vraag/")
    page.get_by_role("button", name="woensdag").click()
    assert page.locator("[data-week-words]").inner_text() == "Woensdag hele dag nodig."
    page.get_by_role("button", name="woensdag").click()
    assert page.locator("[data-week-words]").inner_text() == "Woensdag hele dag kan ook."
    page.get_by_role("button", name="woensdag").click()
    assert page.locator("[data-week-words]").inner_text() == "Nog geen moment gekozen."


def test_a_week_of_yes_or_no_is_answered_by_tap_key_and_day(open_page: Any) -> None:
    page = open_page("")
    week = page.locator(".week-choice:has([name=offered_ma_vm])")
    words = week.locator("[data-week-words]")
    assert words.inner_text() == "Maandag en dinsdag hele dag."
    week.get_by_role("button", name="maandag").click()
    assert words.inner_text() == "Dinsdag hele dag."
    page.locator("[name=offered_di_nm]").focus()
    page.keyboard.press("Space")
    assert words.inner_text() == "Dinsdag voormiddag."
    week.locator("td:has([name=offered_vr_vm])").click()
    assert words.inner_text() == "Dinsdag en vrijdag voormiddag."
    week.get_by_role("button", name="vrijdag").click()
    assert words.inner_text() == "Dinsdag voormiddag, vrijdag hele dag."


@pytest.mark.parametrize(
    ("needed", "also"),
    [
        (WeekPattern.full_days("ma", "di", "do"), WeekPattern()),
        (WeekPattern.full_days("ma", "di", "wo", "do"), WeekPattern.full_days("vr")),
        (WeekPattern.full_days("ma", "di", "wo", "vr"), WeekPattern.of("do_vm", "do_nm")),
        (WeekPattern.full_days("di") | WeekPattern.of("ma_vm", "wo_vm", "vr_nm"), WeekPattern.of("do_nm", "ma_nm")),
        (WeekPattern(), WeekPattern.of("ma_vm", "di_vm", "wo_vm", "do_vm", "vr_vm")),
    ],
)
def test_the_words_in_the_browser_are_those_of_the_server(
    open_page: Any, needed: WeekPattern, also: WeekPattern
) -> None:
    page = open_page("vraag/")
    for pattern, value in ((needed, "need"), (also, "can")):
        for code in pattern:
            page.evaluate(f"document.querySelector('[name=week_{code}][value={value}]').click()")
    assert page.locator("[data-week-words]").inner_text() == asked_strip(needed, also).words


def test_the_cursor_goes_to_what_went_wrong(open_page: Any) -> None:
    page = open_page("vraag/")
    page.get_by_role("button", name="Verder").click()
    expect(page.locator(".error-summary")).to_be_focused()
    drawn(page).keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=week_ma_vm]:focus")).to_be_visible()


def test_a_worklist_is_walked_by_keys(open_page: Any) -> None:
    page = drawn(open_page(""))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Noor, 5 maanden bij de start"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Kind verwacht op 3 februari"
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.wait_for_url("**/#antwoord")


def test_keys_stay_letters_while_typing(open_page: Any) -> None:
    page = open_page("")
    page.locator("#plaats").fill("")
    page.locator("#plaats").press_sequentially("jak")
    assert page.locator("#plaats").input_value() == "jak"


def test_a_menu_closes_when_it_is_left(open_page: Any) -> None:
    page = open_page("")
    menu = page.locator("details.more").first
    menu.locator("summary").click()
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None


@pytest.mark.parametrize("address", ["", "vraag/"])
def test_what_is_pressed_is_large_enough(open_page: Any, address: str) -> None:
    page = open_page(address, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, summary, .choice, select, .week-choice td')]
            .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 24)).map(([html]) => html)"""
    )
    assert small == []

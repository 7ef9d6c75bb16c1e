"""The pictures of the README, made from the demonstration on a fixed day: `python -m tests.screenshots [FOLDER]`."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

PICTURES: Final = Path(__file__).resolve().parent.parent / "docs/images"
DAY: Final = date(2026, 2, 27)
MOMENT: Final = datetime(2026, 2, 27, 9, 30, tzinfo=UTC)
PHONE: Final = {"width": 360, "height": 740}
DESKTOP: Final = {"width": 1280, "height": 800}


def main() -> None:
    """Make the town in a folder of its own, and take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="opvangloket-pictures-") as var:
        os.environ |= {
            "OPVANGLOKET_VAR": var, "OPVANGLOKET_PLAYGROUND": "yes",
            "DJANGO_SETTINGS_MODULE": "opvangloket.config.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "yes",
        }  # fmt: skip
        from opvangloket.config import database

        with database.running():
            import django

            django.setup()
            _make_town()
            _take(folder)


def _make_town() -> None:
    from opvangloket.config.commands.migrate import apply_migrations
    from opvangloket.foundation import clock
    from opvangloket.simulation import demo

    apply_migrations()
    demo.make(today=DAY, years=5, progress=lambda _requests: None)
    clock.move(MOMENT - clock.now())


def _take(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, browser_path
    from tests.serving import served

    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(playwright), args=list(FLAGS))
        for name, size, show in _pictures(address):
            page = browser.new_page(viewport=size, locale="nl-BE")
            show(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def _pictures(address: str) -> list[tuple[str, dict[str, int], Callable[[Any], None]]]:
    """Return the name of each picture, the size of its window, and how to come to what it shows."""
    from django.urls import reverse

    from opvangloket.foundation.accounts import demo_links
    from opvangloket.simulation import demo

    family = demo.family_part()
    assert family
    token = demo_links.family_token(family.desk_id, family.request_ids)
    sara = reverse("family:demo_sign_in", kwargs={"desk": family.desk_slug, "token": token})
    rosa, mia, amina, _karel = (
        reverse(f"{part.audience}:demo_sign_in", kwargs={"token": demo_links.account_token(part.account_id)})
        for part in demo.parts()
    )

    def search(page: Any) -> None:
        page.goto(f"{address}/ninove/zoeken/?plaats=9400")

    def days(page: Any) -> None:
        page.goto(f"{address}/ninove/vraag/")
        _fill_date(page, DAY.replace(month=1))
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Voornaam van je kind").fill("Noor")
        page.get_by_role("button", name="Verder", exact=True).click()
        page.get_by_role("heading", name="Vanaf wanneer").wait_for()
        _fill_date(page, DAY.replace(month=9, day=1))
        page.get_by_role("button", name="Verder", exact=True).click()
        page.locator("[name=week_ma_vm]").first.wait_for(state="attached")
        for part in ("ma_vm", "ma_nm", "di_vm", "di_nm", "wo_vm", "wo_vm"):
            page.locator(f"td:has([name=week_{part}])").click()

    def offer(page: Any) -> None:
        page.goto(address + sara)
        page.locator("main").get_by_role("link", name="Noor").first.click()
        page.locator(".letter").first.evaluate("letter => letter.scrollIntoView()")

    def inbox(page: Any) -> None:
        page.goto(address + rosa)

    def worklist(page: Any) -> None:
        page.goto(address + amina)

    def report(page: Any) -> None:
        page.goto(address + amina)
        page.goto(f"{address}/werk/ninove/verslag/{DAY.year - 1}/")
        page.locator("main .card, main article, main section").first.evaluate("form => form.scrollIntoView()")

    def planner(page: Any) -> None:
        page.goto(address + rosa)
        page.goto(f"{address}/organisator/locaties/de-regenboog/planner/")

    def what_if(page: Any) -> None:
        page.goto(address + rosa)
        page.goto(f"{address}/organisator/locaties/de-regenboog/planner/wat-als/")
        page.get_by_role("link", name="Vic De Backer").click()
        page.get_by_role("heading", name="Wat als we dit kind nemen?").wait_for()

    def childminder(page: Any) -> None:
        page.goto(address + mia)

    def conversation(page: Any) -> None:
        page.goto(address + rosa)
        page.goto(f"{address}/organisator/?toon=berichten")
        page.locator(".worklist h3 a").first.click()
        page.get_by_role("link", name="Open het gesprek").click()
        page.get_by_role("heading", name="Gesprek met het gezin").wait_for()

    return [
        ("search", DESKTOP, search),
        ("days", PHONE, days),
        ("offer", PHONE, offer),
        ("inbox", DESKTOP, inbox),
        ("planner", DESKTOP, planner),
        ("childminder", PHONE, childminder),
        ("what-if", PHONE, what_if),
        ("conversation", PHONE, conversation),
        ("worklist", DESKTOP, worklist),
        ("report", DESKTOP, report),
    ]


def _fill_date(page: Any, day: date) -> None:
    for label, number in (("Dag", day.day), ("Maand", day.month), ("Jaar", day.year)):
        page.get_by_label(label, exact=True).first.fill(str(number))


if __name__ == "__main__":
    main()

"""The family Peeters at the pages of the desk: what it reads, taps and types."""

import re
from datetime import date, timedelta
from typing import Any

from tests.e2e.conftest import Site

from opvangloket.foundation.messages.queries import mailbox

ADDRESS = "sara.peeters@voorbeeld.be"


class Family:
    """Somebody who asks care for Noor; `look` is called at every page that it comes to."""

    def __init__(self, site: Site, page: Any, look: Any = None) -> None:
        self.site = site
        self.page = page
        self.start = site.here.today + timedelta(days=120)
        self.birth = site.here.today - timedelta(days=60)
        self.look = look or (lambda _page: None)
        self.pages: list[str] = []

    def arrive(self) -> None:
        """Remember a page, and look at it."""
        self.page.wait_for_load_state()
        self.pages.append(re.sub(r"\?.*", "", self.page.url))
        self.look(self.page)

    def press(self, name: str) -> None:
        """Press the button with exactly this name, or the first that begins with it."""
        self.page.wait_for_load_state()
        exact = self.page.get_by_role("button", name=name, exact=True)
        (exact if exact.count() else self.page.get_by_role("button", name=re.compile(f"^{name}"))).first.click()

    def fill_date(self, group: str, day: date) -> None:
        """Type a date in its three fields."""
        fields = self.page.get_by_role("group", name=group)
        fields.get_by_label("Dag").fill(str(day.day))
        fields.get_by_label("Maand").fill(str(day.month))
        fields.get_by_label("Jaar").fill(str(day.year))

    def tap(self, part: str, times: int = 1) -> None:
        """Tap a cell of the week as a finger does: in its middle, with or without script."""
        cell = self.page.locator(f"td:has([name=week_{part}])")
        cell.scroll_into_view_if_needed()
        box = cell.bounding_box()
        for _ in range(times):
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.site.address + path)

    def ask(self) -> None:
        """Answer every page up to the check page."""
        self.go("/ninove/vraag/")
        self.tell_of_the_child()
        self.tell_of_the_start()
        self.tell_of_the_week()
        self.press("Verder")
        self.choose_care()
        self.tell_of_the_family()
        self.tell_how_to_be_reached()
        self.arrive()

    def tell_of_the_child(self) -> None:
        """Page 1."""
        self.arrive()
        self.page.get_by_label("Ja", exact=True).check()
        self.fill_date("Geboortedatum", self.birth)
        self.page.get_by_label("Voornaam van je kind").fill("Noor")
        self.press("Verder")

    def tell_of_the_start(self) -> None:
        """Page 2."""
        self.arrive()
        self.fill_date("Eerste dag opvang", self.start)
        self.press("Verder")

    def tell_of_the_week(self) -> None:
        """Page 3, and arrive at page 4: Monday and Tuesday, Wednesday morning is fine too."""
        self.arrive()
        for part in ("ma_vm", "ma_nm", "di_vm", "di_nm"):
            self.tap(part)
        self.tap("wo_vm", times=2)
        self.press("Verder")
        self.arrive()

    def choose_care(self) -> None:
        """Page 5: the two nearest."""
        self.arrive()
        for chosen in (1, 2):
            self.page.get_by_role("button", name=re.compile("^Kiezen")).first.click()
            self.page.get_by_text(f"{chosen} van 8 gekozen.").wait_for()
        self.press("Verder")

    def tell_of_the_family(self) -> None:
        """Page 6."""
        self.arrive()
        self.page.get_by_role("group", name="Sta je er als ouder alleen voor?").get_by_label("Ja", exact=True).check()
        self.press("Verder")

    def tell_how_to_be_reached(self) -> None:
        """Page 7."""
        self.arrive()
        self.page.get_by_label("Voornaam").fill("Sara")
        self.page.get_by_label("Familienaam").fill("Peeters")
        self.page.get_by_label("E-mailadres").fill(ADDRESS)
        self.page.get_by_label("Postcode of gemeente").fill("9400")
        self.press("Verder")

    def send(self) -> None:
        """Press the last button, and prove the address with the code from the mail."""
        self.press("Versturen")
        self.arrive()
        self.page.get_by_label("Code van 6 cijfers").fill(mailed_code())
        self.press("Bevestigen en versturen")
        self.page.get_by_role("heading", name="Je vraag is vertrokken").wait_for()
        self.look(self.page)


def mailed_code(address: str = ADDRESS) -> str:
    """Return the code in the newest mail to an address."""
    return re.findall(r"\b\d{6}\b", mailbox(search=address)[0].text)[0]

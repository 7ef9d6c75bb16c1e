"""What stands around every page: the desk's name, phone and counter, the menu, the legal links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry of the menu; `count` is drawn when there is something waiting."""

    label: str
    url: str
    current: bool = False
    icon: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBox:
    """One field to find things by, on every page of an audience.

    It asks `url` with `q`. While somebody types, the part `site-search-hints` of that same page appears below it.
    """

    url: str
    label: str
    placeholder: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The frame of a page. A view or middleware puts it on `request.chrome`; every address may be empty.

    `place` is the second line of the brand ("Ninove", "De Regenboog"), `counter` the words about the counter
    ("Sociaal Huis, na afspraak"), `theme_url` the desk's own stylesheet, `account` the signed-in person, who can go out
    by `logout_url`. Whoever works for several places reads that `place` is one of them, and changes it at `switch_url`.
    """

    name: str = "Opvangloket"
    place: str = ""
    home_url: str = "/"
    logo_url: str = ""
    theme_url: str = ""
    phone: str = ""
    counter: str = ""
    nav: tuple[NavItem, ...] = ()
    search: SearchBox | None = None
    account: str = ""
    logout_url: str = ""
    switch_url: str = ""
    accessibility_url: str = ""
    privacy_url: str = ""
    procedure_url: str = ""
    contact_url: str = ""

    @property
    def phone_href(self) -> str:
        """The phone number as a link."""
        return phone_url(self.phone)

    @property
    def full_name(self) -> str:
        """The name for the window title: "Opvangloket Ninove"."""
        return self.place if self.place.startswith(self.name) else f"{self.name} {self.place}".strip()


def phone_url(phone: str) -> str:
    """Return a phone number as a link that calls: digits only, with the Belgian country code."""
    digits = "".join(character for character in phone if character.isdigit() or character == "+")
    return f"tel:+32{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


DEFAULT_CHROME = Chrome()

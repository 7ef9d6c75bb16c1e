"""The page of a location: what it tells, in which parts it is kept up, and when somebody last said that it is right.

A fact was confirmed when the whole page was, or when it was changed itself, whichever is later (SPEC §6).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from opvangloket.rules.procedure import PageField


class PageFact(StrEnum):
    """What a page tells; each fact has its own date."""

    NAME = "name"
    MAP_POINT = "map_point"
    CONTACT = "contact"
    LINKS = "links"
    OPENING_HOURS = "opening_hours"
    NIGHT = "night"
    CLOSING_DAYS = "closing_days"
    PRICE = "price"
    INCLUSIVE = "inclusive"
    ACCESSIBLE = "accessible"
    LANGUAGES = "languages"
    TEXT = "text"
    PHOTO = "photo"
    POLICY = "policy"
    REGISTER = "register"


class PagePart(StrEnum):
    """What is filled in together, on one form."""

    CONTACT = "contact"
    MAP = "map"
    HOURS = "hours"
    CLOSING_DAYS = "closing_days"
    PRICE = "price"
    WELCOME = "welcome"
    TEXT = "text"
    PHOTO = "photo"
    POLICY = "policy"


# Type, subsidy step and licensed places come from the official register: nobody fills them in here.
FACTS_OF_PART: Final[Mapping[PagePart, tuple[PageFact, ...]]] = {
    PagePart.CONTACT: (PageFact.NAME, PageFact.CONTACT, PageFact.LINKS),
    PagePart.MAP: (PageFact.MAP_POINT,),
    PagePart.HOURS: (PageFact.OPENING_HOURS, PageFact.NIGHT),
    PagePart.CLOSING_DAYS: (PageFact.CLOSING_DAYS,),
    PagePart.PRICE: (PageFact.PRICE,),
    PagePart.WELCOME: (PageFact.INCLUSIVE, PageFact.ACCESSIBLE, PageFact.LANGUAGES),
    PagePart.TEXT: (PageFact.TEXT,),
    PagePart.PHOTO: (PageFact.PHOTO,),
    PagePart.POLICY: (PageFact.POLICY,),
}
# Where the organiser fills in what a desk asks of a page.
PART_OF_FIELD: Final[Mapping[PageField, PagePart]] = {
    PageField.OPENING_HOURS: PagePart.HOURS,
    PageField.CONTACT: PagePart.CONTACT,
    PageField.PRICE: PagePart.PRICE,
    PageField.TEXT: PagePart.TEXT,
    PageField.PHOTO: PagePart.PHOTO,
    PageField.CLOSING_DAYS: PagePart.CLOSING_DAYS,
    PageField.HOUSE_RULES: PagePart.CONTACT,
}
# Why it helps a family, in one sentence.
WHY_IT_HELPS: Final[Mapping[PageField, str]] = {
    PageField.OPENING_HOURS: "Een gezin ziet meteen of je uren bij zijn werk passen.",
    PageField.CONTACT: "Een gezin weet hoe het jou bereikt.",
    PageField.PRICE: "Een gezin weet vooraf wat opvang ongeveer kost.",
    PageField.PHOTO: "Een gezin herkent je opvang.",
    PageField.TEXT: "Een gezin leest hoe een dag bij jou verloopt.",
    PageField.CLOSING_DAYS: "Een gezin kan zijn verlof plannen.",
    PageField.HOUSE_RULES: "Een gezin leest vooraf wat je samen afspreekt.",
}


def confirmed_on(fact: PageFact, *, page: date | None, own: Mapping[PageFact, date]) -> date | None:
    """Return when a fact was last confirmed: with the whole page or by itself; None when it never was."""
    return max((day for day in (page, own.get(fact)) if day), default=None)

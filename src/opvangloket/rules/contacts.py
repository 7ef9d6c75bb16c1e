"""Phone numbers, mail addresses and street addresses in the one form in which they can be compared."""

from __future__ import annotations

import re
from typing import Final

from opvangloket.rules.spelling import plain_words

_BELGIUM: Final = "32"
# A Belgian number without its first 0: eight digits for a fixed line, nine, from 4, for a mobile phone.
_BELGIAN: Final = re.compile(r"[1-9]\d{7}|4\d{8}")
# Country and number together (ITU-T E.164); less can not name one phone.
_INTERNATIONAL: Final = re.compile(r"[1-9]\d{7,14}")
_DOTS_DO_NOT_COUNT: Final = frozenset({"gmail.com", "googlemail.com"})
_STREET_ENDINGS: Final = (
    (re.compile(r"str$"), "straat"),
    (re.compile(r"(stwg|stw|steenw)$"), "steenweg"),
    (re.compile(r"ln$"), "laan"),
    (re.compile(r"pl$"), "plein"),
)
_SAINTS: Final = {"st": "sint", "ste": "sinte"}


def comparable_phone(text: str) -> str:
    """Return the number with its country ("+32470123456"), or nothing when it is no whole number."""
    written = text.replace("(0)", "").strip()
    digits = re.sub(r"\D", "", written)
    abroad = written.startswith("+") or digits.startswith("00")
    number = digits.removeprefix("00") if abroad else digits
    # A spreadsheet drops the first 0, and some write the country without its +.
    national = number.removeprefix(_BELGIUM) if abroad or len(number) > len("0470123456") else number
    if not abroad or number.startswith(_BELGIUM):
        national = national.removeprefix("0")
        return f"+{_BELGIUM}{national}" if _BELGIAN.fullmatch(national) else ""
    return f"+{number}" if _INTERNATIONAL.fullmatch(number) else ""


def comparable_email(text: str) -> str:
    """Return the address of the mailbox in small letters, without what its owner may add; nothing when it is none."""
    local, at, domain = text.strip().casefold().partition("@")
    local = local.partition("+")[0]
    if domain in _DOTS_DO_NOT_COUNT:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}{at}{domain}" if local and "." in domain else ""


def comparable_address(*, street: str, house_number: str, postcode: str) -> str:
    """Return postcode, street and number (without box) in one form, or nothing when one of them is missing."""
    number = re.match(r"\d+\s*[a-zA-Z]?(?![a-zA-Z])", house_number.strip())
    name = "".join(_SAINTS.get(word, word) for word in plain_words(street))
    if not (number and name and postcode.strip()):
        return ""
    for ending, word in _STREET_ENDINGS:
        name = ending.sub(word, name)
    return f"{postcode.strip()} {name} {number[0].replace(' ', '').casefold()}"

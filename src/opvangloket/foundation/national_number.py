"""The rijksregisternummer is never asked, stored or accepted (SPEC §4): not in a name, not in free words either."""

import re
from typing import Final

from stdnum.be import bis, nn

from opvangloket.foundation.errors import OpvangloketError

# Eleven digits, however people group them; a longer run of digits, or one after a plus, is something else.
_ELEVEN_DIGITS: Final = re.compile(r"(?<![\d+])\d(?:[ .\-/]{0,3}\d){10}(?!\d)")


class NationalNumberRefused(OpvangloketError):
    """A text holds what looks like a rijksregisternummer."""

    code = "national_number"
    message = "Schrijf hier geen rijksregisternummer. We hebben het niet nodig en bewaren het niet."


def holds_national_number(text: str) -> bool:
    """Tell whether the text holds a valid rijksregisternummer or BIS number, written in any usual way."""
    numbers = (re.sub(r"\D", "", found) for found in _ELEVEN_DIGITS.findall(text))
    return any(nn.is_valid(number) or bis.is_valid(number) for number in numbers)


def refuse_national_number(*texts: str) -> None:
    """Raise NationalNumberRefused when one of the texts holds a national number."""
    if any(holds_national_number(text) for text in texts):
        raise NationalNumberRefused

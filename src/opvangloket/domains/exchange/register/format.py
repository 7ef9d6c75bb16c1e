"""The list of the official register: its columns as a desk gets it, and how each cell is read (SPEC §6).

The codes are the official ones (flanders.md §1.4 and §5): T0 to T3, a file number of up to ten digits, an enterprise
number that is checked. Columns that we do not know are left alone: such a list often has more.
"""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from stdnum.be import vat

from opvangloket.domains.exchange.lists.cells import MUNICIPALITY, Kind, people_text, whole_number
from opvangloket.domains.exchange.lists.columns import ListColumn, word
from opvangloket.domains.exchange.lists.row_errors import CellError, shown
from opvangloket.domains.providers.models import LocationType, SubsidyStep, Tariff
from opvangloket.foundation import geography

_FILE_NUMBER = re.compile(r"[0-9]{1,10}")
_LONGEST_NAME: Final = 200
_TYPES: Final = {"gezinsopvang": LocationType.FAMILY, "groepsopvang": LocationType.GROUP}
_STEPS: Final = {step.value.lower(): step for step in SubsidyStep} | {
    step.value[1:].lower(): step for step in SubsidyStep
}
_TARIFFS: Final = {"inkomenstarief": Tariff.INCOME, "vrije prijs": Tariff.FREE, "beide": Tariff.MIXED}


def _read_file_number(cell: str) -> str:
    number = re.sub(r"[ .]", "", cell)
    if not _FILE_NUMBER.fullmatch(number):
        raise CellError(f"{shown(cell)} is geen dossiernummer.", "Schrijf hoogstens tien cijfers.")
    return number


def _read_kbo(cell: str) -> str:
    if not vat.is_valid(cell):
        raise CellError(
            f"{shown(cell)} is geen ondernemingsnummer.", "Kijk de tien cijfers na, bijvoorbeeld 0403.170.701."
        )
    return str(vat.compact(cell))


def _read_postcode(cell: str) -> str:
    if geography.postcode(cell) is None:
        raise CellError(f"{shown(cell)} is geen postcode in Vlaanderen of Brussel.", "Schrijf vier cijfers.")
    return cell


def _read_email(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise CellError(
            f"{shown(cell)} is geen e-mailadres.", "Kijk het na, bijvoorbeeld info@opvang.be, of laat de cel leeg."
        ) from None
    return cell


_NAME: Final = people_text(_LONGEST_NAME)
COLUMNS: Final = (
    ListColumn("dossiernummer", "file_number", Kind(_read_file_number, str), "410480012"),
    ListColumn("organisator", "organiser_name", _NAME, "De Regenboog vzw"),
    ListColumn("ondernemingsnummer", "kbo", Kind(_read_kbo, str, empty=""), "0403.170.701", required=False),
    ListColumn("naam", "name", _NAME, "De Regenboog Centrum"),
    ListColumn("soort", "type", word(_TYPES, told="gezinsopvang, groepsopvang"), "groepsopvang"),
    ListColumn("trap", "subsidy_step", word(_STEPS, told="T0, T1, T2A, T2B, T3"), "T2B"),
    ListColumn("tarief", "tariff", word(_TARIFFS, told="inkomenstarief, vrije prijs, beide"), "inkomenstarief"),
    ListColumn("vergunde plaatsen", "licensed_places", whole_number(1, "Schrijf een geheel getal vanaf 1."), "18"),
    ListColumn("straat", "street", people_text(120), "Dreefstraat"),
    ListColumn("huisnummer", "house_number", people_text(20), "1"),
    ListColumn("postcode", "postcode", Kind(_read_postcode, str), "9400"),
    ListColumn("NIS-code", "nis_code", MUNICIPALITY, "41048", required=False),
    ListColumn("e-mail", "email", Kind(_read_email, str, empty=""), "centrum@regenboog.be", required=False),
    ListColumn("telefoon", "phone", Kind(people_text(40).read, str, empty=""), "054 11 22 33", required=False),
    ListColumn("website", "website", Kind(people_text(300).read, str, empty=""), "", required=False),
)

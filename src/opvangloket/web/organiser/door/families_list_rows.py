"""The rows of a list to hand in, from a form or a file: both are read by one form, so both are told the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import Line, ListRefused, filled_lines
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.domains.referrals.handing_in import UnansweredQuestion
from opvangloket.rules.handed_in import MOST_QUESTIONS
from opvangloket.rules.patterns import PART_CODES
from opvangloket.rules.written_days import date_parts, read_week
from opvangloket.web.organiser.door.door_forms import FamilyAtTheDoor
from opvangloket.web.ui.forms import DutchDateField
from opvangloket.web.ui.forms.dates import PARTS

RowData = dict[str, str]
_ASKED_BACK: Final = timedelta(days=366)
_YES: Final = frozenset({"ja", "j", "x", "1", "yes"})
_NO: Final = frozenset({"", "nee", "neen", "n", "0", "no"})


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the file: its heading, the field that it fills, and an example."""

    heading: str
    field: str
    example: str
    required: bool = True


COLUMNS: Final = (
    ListColumn("voornaam ouder", "parent_first_name", "Ann"),
    ListColumn("familienaam ouder", "parent_last_name", "Maes"),
    ListColumn("telefoon", "phone", "0499 11 22 33", required=False),
    ListColumn("e-mail", "email", "ann.maes@voorbeeld.be", required=False),
    ListColumn("postcode", "postcode", "9400", required=False),
    ListColumn("voornaam kind", "child_first_name", "Lou", required=False),
    ListColumn("familienaam kind", "child_last_name", "Maes", required=False),
    ListColumn("geboren op", "birth", "3/1/2026"),
    ListColumn("start op", "start", "1/9/2026"),
    ListColumn("dagen", "week", "ma, di voormiddag, vr"),
    ListColumn("gevraagd op", "asked_on", "2/2/2026"),
    ListColumn("akkoord", "agreed", "ja", required=False),
)
_HEADINGS: Final = {column.field: column.heading for column in COLUMNS}
_DATES: Final = frozenset({"birth", "start", "asked_on"})


class ListRowForm(FamilyAtTheDoor):
    """A family that a location could not help: who, when it asked, and whether the desk may call."""

    def __init__(self, data: Any = None, *, location: OwnLocation, today: date) -> None:
        super().__init__(data, locations=(location,), today=today, initial={"asked_on": today})
        self.fields |= {
            "asked_on": DutchDateField(
                label=gettext_lazy("Wanneer vroeg het gezin dit?"), earliest=today - _ASKED_BACK, latest=today
            ),
            "agreed": forms.BooleanField(
                label=gettext_lazy("Het gezin gaat akkoord dat het loket belt."), required=False
            ),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach a family that the desk may call, and the name of a child that is born."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("agreed") and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error(
                "phone", _("Vul een telefoonnummer of een e-mailadres in. Anders kan het loket niet bellen.")
            )
        birth = cleaned.get("birth")
        if birth and birth <= self.today and not cleaned.get("child_first_name"):
            self.add_error("child_first_name", _("Vul de voornaam van het kind in."))
        if birth and birth <= self.today and cleaned.get("start") and cleaned["start"] < birth:
            self.add_error("start", _("De opvang kan niet starten voor de geboorte."))
        return cleaned

    def unanswered(self) -> UnansweredQuestion:
        """Return the row of a valid form."""
        cleaned = self.cleaned_data
        return UnansweredQuestion(question=self.question(), asked_on=cleaned["asked_on"], agreed=cleaned["agreed"])

    def kept_data(self) -> RowData:
        """Return what was typed, to carry along until the list is handed in."""
        names = {name for name in self.fields if name != "kept"}
        known = (
            names | {f"{name}_{part}" for name in _DATES for part in PARTS} | {f"week_{code}" for code in PART_CODES}
        )
        return {name: str(value) for name, value in self.data.items() if name in known and value}


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file holds: its rows, or what is wrong with it."""

    rows: tuple[RowData, ...]
    errors: tuple[RowError, ...]


def read_list(content: bytes, file_name: str, *, location: OwnLocation, today: date) -> ReadList:
    """Read a list of families; with one error it has no rows. Raises ListRefused for what is no list at all."""
    lines = filled_lines(content)
    header = next(lines, None)
    if header is None:
        raise ListRefused(_("Dit bestand is leeg. Neem het voorbeeld en vul het in."))
    headings = [cell.strip().casefold() for cell in header[1]]
    missing = [column for column in COLUMNS if column.required and column.heading not in headings]
    if missing:
        return ReadList((), tuple(_missing(file_name, header[0], column) for column in missing))
    rows, errors = [], []
    for line, cells in _first_rows(lines):
        data, wrong = _data_of({heading: cell.strip() for heading, cell in zip(headings, cells, strict=False)})
        form = ListRowForm(data, location=location, today=today)
        wrong |= {name: str(told[0]) for name, told in form.errors.items() if name not in wrong}
        errors += [_error(file_name, line, name, words) for name, words in wrong.items()]
        rows.append(form.kept_data())
    return ReadList((), tuple(errors)) if errors else ReadList(tuple(rows), ())


def _first_rows(lines: Iterable[Line]) -> Iterator[Line]:
    for count, line in enumerate(lines, start=1):
        if count > MOST_QUESTIONS:
            raise ListRefused(
                _("Een lijst telt hoogstens %(most)s gezinnen. Deel ze in stukken.") % {"most": MOST_QUESTIONS}
            )
        yield line


def _data_of(cells: Mapping[str, str]) -> tuple[RowData, dict[str, str]]:
    """Return a line of a file as a form would post it, with what cannot even be posted, by field."""
    data: RowData = {}
    wrong: dict[str, str] = {}
    for column in COLUMNS:
        cell = cells.get(column.heading, "")
        if column.field in _DATES:
            data |= {f"{column.field}_{part}": text for part, text in zip(PARTS, date_parts(cell), strict=False)}
        elif column.field == "week":
            pattern, unknown = read_week(cell)
            data |= {f"week_{code}": "yes" for code in pattern.codes}
            if unknown:
                wrong["week"] = _("“%(days)s” kennen we niet. Schrijf bijvoorbeeld: ma, di voormiddag, vr.") % {
                    "days": unknown
                }
        elif column.field == "agreed":
            if cell.casefold() in _YES:
                data["agreed"] = "on"
            elif cell.casefold() not in _NO:
                wrong["agreed"] = _("Schrijf ja of nee.")
        else:
            data[column.field] = cell
    return data, wrong


def _missing(file_name: str, line: int, column: ListColumn) -> RowError:
    wrong = _("De kolom %(heading)s ontbreekt.") % {"heading": column.heading}
    return RowError(file_name, line, column.heading, wrong, _("Voeg ze toe, zoals in het voorbeeld."))


def _error(file_name: str, line: int, name: str, words: str) -> RowError:
    return RowError(file_name, line, _HEADINGS.get(name, name), words, _("Verbeter de cel en kies je lijst opnieuw."))

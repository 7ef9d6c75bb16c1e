"""What a cell may hold: how each kind is read, written back in its one form, and kept in a table.

For every kind `read(write(value)) == value`, so what an export writes is what an import keeps.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from opvangloket.domains.exchange.lists.row_errors import CellError, shown
from opvangloket.foundation import geography
from opvangloket.foundation.national_number import holds_national_number
from opvangloket.foundation.tenancy.slugs import LONGEST, is_free_word
from opvangloket.rules.patterns import PART_CODES, WEEKDAYS, CareHours, WeekPattern
from opvangloket.rules.wording import MINUTES_PER_DAY

FIRST_YEAR, LAST_YEAR = 1900, 2199
SMALL_INTEGER_MAX: Final = 32_767
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
)
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,15})?")
_NIS_CODE = re.compile(r"[0-9]{5}")
_REMEMBERED: Final = 16_384


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cell. `read` raises CellError; `empty` is the value of an empty cell, `sql` its type in a table."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]
    sql: str = "text"
    empty: Any = None


def text(longest: int | None) -> Kind:
    """Return the kind of a free text of at most so many characters."""

    def read(cell: str) -> str:
        if longest is not None and len(cell) > longest:
            raise CellError(f"Deze tekst telt {len(cell)} tekens.", f"Kort de tekst in tot {longest} tekens.")
        return cell

    return Kind(read, str, empty="")


def people_text(longest: int | None) -> Kind:
    """Return the kind of a text about people; it may hold anything but a rijksregisternummer (SPEC §4)."""
    plain = text(longest)

    def read(cell: str) -> str:
        # Ids filled up with zeros look like numbers of persons whose birthday is not known.
        if not cell.startswith("0000") and holds_national_number(cell):
            raise CellError(
                "Hier staat wat een rijksregisternummer lijkt.", "Verwijder het. Dat nummer mogen we niet bewaren."
            )
        return str(plain.read(cell))

    return Kind(read, str, empty="")


def one_of(codes: Iterable[str], *, empty: str = "") -> Kind:
    """Return the kind of a word from a closed list; an empty cell means `empty`."""
    allowed = tuple(str(code) for code in codes)

    def read(cell: str) -> str:
        if cell not in allowed:
            raise CellError(f"{shown(cell)} kan hier niet.", f"Kies uit: {', '.join(allowed)}.")
        return cell

    return Kind(read, str, empty=empty)


def several_of(codes: Iterable[str]) -> Kind:
    """Return the kind of a list of words from a closed list, kept sorted and without doubles."""
    one = one_of(codes)

    @lru_cache(maxsize=_REMEMBERED)
    def read(cell: str) -> list[str]:
        return sorted({one.read(part) for part in cell.split("|")})

    return Kind(read, "|".join, "text[]", [])


def ids(cell: str) -> list[str]:
    """Read a list of ids in its order; one named twice counts once."""
    return list(dict.fromkeys(cell.split("|")))


def yes_no(*, empty: bool | None) -> Kind:
    """Return the kind of a yes or a no; an empty cell means `empty`."""

    def read(cell: str) -> bool:
        if cell not in {"yes", "no"}:
            raise CellError(f"{shown(cell)} is geen yes of no.", "Schrijf yes of no.")
        return cell == "yes"

    return Kind(read, lambda value: "" if value is None else "yes" if value else "no", "boolean", empty)


def whole_number(least: int, what_to_do: str) -> Kind:
    """Return the kind of a whole number from `least`."""

    def read(cell: str) -> int:
        if not _WHOLE_NUMBER.fullmatch(cell) or not least <= int(cell) <= SMALL_INTEGER_MAX:
            raise CellError(f"{shown(cell)} kan hier niet.", what_to_do)
        return int(cell)

    return Kind(read, _or_nothing(str), "integer")


def degrees(furthest: int) -> Kind:
    """Return the kind of a latitude or longitude."""

    def read(cell: str) -> float:
        if not _DECIMAL.fullmatch(cell) or abs(float(cell)) > furthest:
            raise CellError(f"{shown(cell)} is geen coördinaat.", "Schrijf graden met een punt, bijvoorbeeld 50.83412.")
        return float(cell)

    return Kind(read, _or_nothing(lambda value: f"{Decimal(repr(value)):f}"))


@lru_cache(maxsize=_REMEMBERED)
def _read_date(cell: str) -> date:
    try:
        day = date.fromisoformat(cell if _DATE.fullmatch(cell) else "")
    except ValueError:
        raise CellError(
            f"{shown(cell)} is geen datum.", "Schrijf een bestaande dag als JJJJ-MM-DD, bijvoorbeeld 2026-09-01."
        ) from None
    _refuse_far_years(cell, day.year)
    return day


def _read_moment(cell: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell if _MOMENT.fullmatch(cell) else "").astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellError(
            f"{shown(cell)} is geen moment met tijdzone.",
            "Schrijf datum, uur en tijdzone, bijvoorbeeld 2026-01-15T10:30:00+01:00.",
        ) from None
    _refuse_far_years(cell, moment.year)
    return moment


def _refuse_far_years(cell: str, year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"Het jaartal van {shown(cell)} kan niet.", "Kijk het jaartal na.")


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


@lru_cache(maxsize=_REMEMBERED)
def _read_parts(cell: str) -> int:
    for code in cell.split("|"):
        if code not in PART_CODES:
            raise CellError(
                f"{shown(code)} is geen dagdeel.", "Schrijf dagdelen als ma_vm|ma_nm, met | ertussen en zonder spaties."
            )
    return WeekPattern.from_codes(cell.split("|")).mask


def _write_parts(mask: int | None) -> str:
    return "|".join(WeekPattern(mask or 0).codes)


@lru_cache(maxsize=_REMEMBERED)
def _read_hours(cell: str) -> list[str]:
    for entry in cell.split("|"):
        try:
            hours = CareHours.parse(entry)
        except ValueError:
            hours = CareHours()
        if not hours:
            raise CellError(
                f"{shown(entry)} zijn geen uren.",
                "Schrijf bijvoorbeeld ma 07:30-17:30, nacht of feestdag, met | ertussen.",
            )
    return CareHours.parse(cell).text().split("|")


Opening = tuple[int, int, int]  # weekday from 0, opens and closes in minutes after midnight


@lru_cache(maxsize=_REMEMBERED)
def _read_opening(cell: str) -> tuple[Opening, ...]:
    spans: list[Opening] = []
    for entry in cell.split("|"):
        try:
            hours = CareHours.parse(entry)
        except ValueError:
            hours = CareHours()
        if not hours.days:
            raise CellError(
                f"{shown(entry)} zijn geen openingsuren.", "Schrijf bijvoorbeeld ma 07:00-18:00|di 07:00-18:00."
            )
        for day in hours.days:
            spans += _within_days(WEEKDAYS.index(day.weekday), day.start, day.end)
    return _joined(sorted(spans))


def _within_days(weekday: int, opens: int, closes: int) -> list[Opening]:
    """Cut hours that pass midnight in two: the table keeps hours within one day."""
    if closes > opens:
        return [(weekday, opens, closes)]
    parts = [(weekday, opens, MINUTES_PER_DAY), ((weekday + 1) % len(WEEKDAYS), 0, closes)]
    return [part for part in parts if part[1] < part[2]]


def _joined(spans: Sequence[Opening]) -> tuple[Opening, ...]:
    """Join hours of one day that overlap."""
    joined: list[Opening] = []
    for weekday, opens, closes in spans:
        if joined and joined[-1][0] == weekday and opens < joined[-1][2]:
            joined[-1] = (weekday, joined[-1][1], max(closes, joined[-1][2]))
        else:
            joined.append((weekday, opens, closes))
    return tuple(joined)


def _write_opening(spans: Iterable[Opening]) -> str:
    return "|".join(f"{WEEKDAYS[weekday]} {_clock(opens)}-{_clock(closes)}" for weekday, opens, closes in spans)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _read_municipality(cell: str) -> str:
    if not geography.is_known_code(cell):
        raise CellError(
            f"{shown(cell)} is geen gemeente in Vlaanderen of Brussel.",
            "Schrijf de NIS-code van vijf cijfers, bijvoorbeeld 41048 voor Ninove.",
        )
    return cell


def _read_residence(cell: str) -> str:
    # A family may live anywhere in the country, so the list of municipalities here does not decide.
    if not _NIS_CODE.fullmatch(cell):
        raise CellError(f"{shown(cell)} is geen NIS-code.", "Schrijf vijf cijfers, bijvoorbeeld 41048 voor Ninove.")
    return cell


def _read_slug(cell: str) -> str:
    if not is_free_word(cell):
        raise CellError(
            f"{shown(cell)} kan geen webadres van een loket zijn.",
            f"Gebruik hoogstens {LONGEST} letters, cijfers en koppeltekens, bijvoorbeeld geraardsbergen.",
        )
    return cell


def _read_price(cell: str) -> Decimal:
    price = Decimal(cell) if _DECIMAL.fullmatch(cell) else Decimal(-1)
    if not 0 <= price < 100_000 or price != round(price, 2):
        raise CellError(f"{shown(cell)} is geen bedrag.", "Schrijf het bedrag met een punt, bijvoorbeeld 32.50.")
    return round(price, 2)


def _or_nothing(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else write(value)


DATE = Kind(_read_date, _or_nothing(date.isoformat), "date")
MOMENT = Kind(_read_moment, _or_nothing(_write_moment), "timestamptz")
PARTS = Kind(_read_parts, _write_parts, "integer")
HOURS = Kind(_read_hours, "|".join, "text[]", [])
OPENING = Kind(_read_opening, _write_opening, empty=())
MUNICIPALITY = Kind(_read_municipality, str)
MUNICIPALITIES = Kind(lambda cell: [_read_municipality(code) for code in ids(cell)], "|".join, "text[]", [])
RESIDENCE = Kind(_read_residence, str, empty="")
SLUG = Kind(_read_slug, str)
IDS = Kind(ids, "|".join, "text[]", [])
PRICE = Kind(_read_price, _or_nothing(str))

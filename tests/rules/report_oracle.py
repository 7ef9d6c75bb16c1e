"""A second count of the annual report, by other code, written from the report rules of EXCHANGE.md."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.rules.outcome_oracle import Reading

from opvangloket.rules.case_facts import CaseFacts

BRUSSELS = ZoneInfo("Europe/Brussels")
HEADER = (
    "year,as_of,nis_code,municipality,total,unanswered_no_offer,unanswered_declined,partly_later,partly_fewer,"
    "partly_both,found_elsewhere,lapsed,unknown,urgent_total,urgent_unanswered,atypical_total,atypical_unanswered,"
    "priority_total,priority_unanswered,vulnerable_total,vulnerable_unanswered,special_need_total,"
    "special_need_unanswered"
)
CATEGORIES = ("urgent", "atypical", "priority", "vulnerable", "special_need")
GROUP_OF = {
    "WerkOpleiding": 1,
    "Alleenstaanden": 2,
    "LaagInkomen": 3,
    "GezinslidHandicap": 4,
    "GezinslidZelfzorgvermogen": 4,
    "SociaalPedagogisch": 4,
    "LaagOpleidingsniveau": 5,
}


def code_in(year: int, code: str, mergers: Iterable[tuple[str, str, str]]) -> str:
    for on, old, new in sorted(mergers):
        if on <= f"{year}-12-31" and old == code:
            code = new
    return code


def categories(case: CaseFacts, reading: Reading) -> set[str]:
    registered = case.registered_at.astimezone(BRUSSELS).date()
    codes = set(map(str, case.characteristics))
    found = set()
    if case.urgent_reason and reading.start <= registered + timedelta(days=31):
        found.add("urgent")
    hours = case.hours.text().split("|") if case.hours else []
    for entry in hours:
        day, _, times = entry.partition(" ")
        start, _, end = times.partition("-")
        early_late_or_past_midnight = start < "07:00" or end > "18:00" or end <= start
        if day in ("nacht", "feestdag", "za", "zo") or early_late_or_past_midnight:
            found.add("atypical")
    if reading.pattern >= 2**10:
        found.add("atypical")
    groups = {GROUP_OF[code] for code in codes & GROUP_OF.keys()}
    if len(groups) >= 2 and groups & {3, 4, 5}:
        found.add("vulnerable")
    if date(2024, 4, 1) <= registered <= date(2025, 4, 29):
        has_priority = bool(codes & {"VierVijfden", "BroerZus", "Pleegkinderen"})
    else:
        old_criteria = codes & {"WerkOpleiding", "Alleenstaanden", "LaagInkomen", "Pleegkinderen"}
        has_priority = "vulnerable" in found or len(old_criteria) >= 2
    if has_priority:
        found.add("priority")
    if case.special_need:
        found.add("special_need")
    return found


def expected_csv(
    cases: Iterable[CaseFacts],
    *,
    year: int,
    as_of: date,
    by_residence: bool,
    territory: Iterable[str],
    mergers: Iterable[tuple[str, str, str]],
    names: Mapping[str, str],
) -> str:
    """Return the report as the CSV of SPEC §8."""
    mergers = list(mergers)
    midnight = datetime.combine(as_of + timedelta(days=1), datetime.min.time(), BRUSSELS)
    own = {code_in(year, code, mergers) for code in territory}
    lines: dict[str, list[set[str]]] = {code: [] for code in own}
    for case in cases:
        reading = Reading(case, [event for event in case.events if event.at < midnight])
        outcome = reading.outcome()
        if outcome is None or reading.start.year != year or case.registered_at >= midnight:
            continue
        tried = [case.residence_nis, case.first_location_nis] if by_residence else [case.first_location_nis]
        codes = [code_in(year, code, mergers) for code in tried if code]
        row = next((code for code in codes if code in own), "00000")
        counted = {"total", outcome}
        if outcome == "partly_both":
            counted |= {"partly_later", "partly_fewer"}
        for category in categories(case, reading):
            counted.add(f"{category}_total")
            if outcome.startswith("unanswered"):
                counted.add(f"{category}_unanswered")
        lines.setdefault(row, []).append(counted)
    text = [HEADER]
    for row in sorted(lines):
        name = "buiten werkingsgebied" if row == "00000" else names[row]
        cells = [str(year), str(as_of), row, name]
        for column in HEADER.split(",")[4:]:
            category = column.rpartition("_")[0]
            empty = category in CATEGORIES and (year <= 2019 or (year == 2024 and category == "priority"))
            cells.append("" if empty else str(sum(column in counted for counted in lines[row])))
        text.append(",".join(cells))
    return "\n".join(text) + "\n"

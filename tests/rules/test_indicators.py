"""The annual report: a worked example for every clause of EXCHANGE.md, "Report rules"."""

import csv
import io
import json
from datetime import date

import pytest
from tests.rules.stories import case, moment, parts

from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.indicators import (
    REPORT_COLUMNS,
    AnnualReport,
    annual_report,
    as_csv,
    as_json,
    case_in_column,
    counted_case,
    counted_cases,
    report_frame,
)
from opvangloket.rules.municipalities import Merger
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.procedure import ReportRow

NINOVE, LIEDEKERKE, HAALTERT = "41048", "23044", "41024"
ANTWERPEN, BORSBEEK = "11002", "11007"
NAMES = {
    NINOVE: "Ninove",
    LIEDEKERKE: "Liedekerke",
    HAALTERT: "Haaltert",
    ANTWERPEN: "Antwerpen",
    BORSBEEK: "Borsbeek",
}
MERGERS = (Merger(date(2025, 1, 1), ANTWERPEN, ANTWERPEN), Merger(date(2025, 1, 1), BORSBEEK, ANTWERPEN))


def report(
    *cases: CaseFacts,
    year: int = 2024,
    as_of: date | None = None,
    territory: tuple[str, ...] = (NINOVE, LIEDEKERKE),
    report_row: ReportRow = ReportRow.RESIDENCE,
) -> AnnualReport:
    frame = report_frame(year=year, as_of=as_of, report_row=report_row, territory=territory, mergers=MERGERS)
    return annual_report(cases, frame=frame, names=NAMES)


def rows(found: AnnualReport) -> dict[str, int | None]:
    return {row.nis_code: row.numbers["total"] for row in found.rows}


def number(column: str, *cases: CaseFacts, year: int = 2024) -> int | None:
    return report(*cases, year=year).totals()[column]


class TestYear:
    @pytest.mark.parametrize(
        ("start", "counted"), [("2023-12-31", 0), ("2024-01-01", 1), ("2024-12-31", 1), ("2025-01-01", 0)]
    )
    def test_the_original_start_decides_the_year(self, start: str, counted: int) -> None:
        assert number("total", case(start_on=date.fromisoformat(start))) == counted

    def test_the_real_start_does_not(self) -> None:
        assert number("total", case("2024-04-01 placed_directly A start=2025-01-15")) == 1

    def test_a_corrected_start_moves_the_case_to_its_year_from_that_day_on(self) -> None:
        corrected = case("2025-02-10 corrected start=2025-09-01")
        assert rows(report(corrected, as_of=date(2025, 2, 9)))["00000"] == 1
        assert number("total", corrected) == 0
        assert number("total", corrected, year=2025) == 1

    @pytest.mark.parametrize(
        ("registered", "counted"),
        [("2025-02-28T23:59", 1), ("2025-03-01T00:00", 0), ("2025-02-28T22:59:59Z", 1), ("2025-02-28T23:00Z", 0)],
    )
    def test_a_request_registered_after_the_date_is_not_known_yet(self, registered: str, counted: int) -> None:
        assert number("total", case(registered_at=moment(registered))) == counted

    def test_the_default_date_is_28_february_also_in_a_leap_year(self) -> None:
        on_29_february = case("2024-02-29 lapsed", start_on=date(2023, 9, 1), registered_at=moment("2023-03-01"))
        found = report(on_29_february, year=2023)
        assert found.as_of == date(2024, 2, 28)
        assert (found.totals()["lapsed"], found.totals()["unknown"]) == (0, 1)

    def test_a_case_that_is_not_counted_is_nowhere(self) -> None:
        found = report(case("2024-04-01 not_genuine"))
        assert set(found.totals().values()) == {0, None}
        assert set(rows(found)) == {LIEDEKERKE, NINOVE}


class TestRow:
    def row(self, *, report_row: ReportRow = ReportRow.RESIDENCE, **facts: str | None) -> str:
        found = report(case(**facts), report_row=report_row)
        return next(code for code, total in rows(found).items() if total)

    def test_the_residence_goes_first(self) -> None:
        assert self.row(residence_nis=NINOVE, first_location_nis=LIEDEKERKE) == NINOVE

    def test_then_the_first_location(self) -> None:
        assert self.row(residence_nis=HAALTERT, first_location_nis=LIEDEKERKE) == LIEDEKERKE
        assert self.row(residence_nis=None, first_location_nis=LIEDEKERKE) == LIEDEKERKE

    @pytest.mark.parametrize("first_location", [HAALTERT, None, ""])
    def test_else_outside_the_territory(self, first_location: str | None) -> None:
        assert self.row(residence_nis=HAALTERT, first_location_nis=first_location) == "00000"

    def test_a_desk_may_go_straight_to_the_first_location(self) -> None:
        by_location = {"report_row": ReportRow.LOCATION, "residence_nis": NINOVE}
        assert self.row(**by_location, first_location_nis=LIEDEKERKE) == LIEDEKERKE
        assert self.row(**by_location, first_location_nis=HAALTERT) == "00000"
        assert self.row(**by_location, first_location_nis=None) == "00000"

    def test_every_municipality_has_a_row_sorted_as_text_and_outside_only_when_it_counts(self) -> None:
        nothing = report(territory=(NINOVE, HAALTERT, LIEDEKERKE))
        assert list(rows(nothing)) == [LIEDEKERKE, HAALTERT, NINOVE]
        assert {row.numbers["total"] for row in nothing.rows} == {0}
        assert list(rows(report(case(), territory=(NINOVE,)))) == ["00000", NINOVE]

    def test_rows_have_the_name_of_their_municipality(self) -> None:
        found = report(case())
        assert [row.municipality for row in found.rows] == ["buiten werkingsgebied", "Liedekerke", "Ninove"]


class TestMergers:
    TERRITORY = (ANTWERPEN, BORSBEEK)

    def test_before_the_merger_each_has_its_row_and_name(self) -> None:
        found = report(case(residence_nis=BORSBEEK), territory=self.TERRITORY)
        assert [(row.municipality, row.numbers["total"]) for row in found.rows] == [("Antwerpen", 0), ("Borsbeek", 1)]

    def test_from_the_year_of_the_merger_they_share_a_row(self) -> None:
        cases = [
            case(residence_nis=BORSBEEK, start_on=date(2025, 3, 1)),
            case(residence_nis=ANTWERPEN, start_on=date(2025, 3, 1)),
        ]
        assert rows(report(*cases, year=2025, territory=self.TERRITORY)) == {ANTWERPEN: 2}

    def test_the_first_location_is_carried_too(self) -> None:
        located = case(first_location_nis=BORSBEEK, start_on=date(2025, 3, 1))
        assert rows(report(located, year=2025, territory=(BORSBEEK,))) == {ANTWERPEN: 1}

    def test_a_merger_counts_from_the_year_in_which_it_falls(self) -> None:
        in_december = (Merger(date(2024, 12, 31), BORSBEEK, ANTWERPEN),)
        frame_of = {
            year: report_frame(year=year, report_row=ReportRow.RESIDENCE, territory=self.TERRITORY, mergers=in_december)
            for year in (2023, 2024)
        }
        assert frame_of[2023].territory == {ANTWERPEN, BORSBEEK}
        assert frame_of[2024].territory == {ANTWERPEN}

    def test_codes_are_not_carried_back(self) -> None:
        old_code = case(residence_nis=BORSBEEK)
        assert rows(report(old_code, territory=(ANTWERPEN,))) == {"00000": 1, ANTWERPEN: 0}


class TestOutcomeColumns:
    CASES = (
        case("2024-09-02 search_ended"),
        case("2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n2024-09-02 search_ended"),
        case("2024-04-01 placed_directly A start=2024-10-01"),
        case("2024-04-01 placed_directly A parts=ma"),
        case("2024-04-01 placed_directly A start=2024-10-01 parts=ma"),
        case("2024-04-01 placed_directly A"),
        case("2024-04-01 found_elsewhere"),
        case("2024-04-01 lapsed reason=miskraam"),
        case("2024-04-01 withdrawn"),
        case(),
    )

    @pytest.mark.parametrize(
        ("column", "expected"),
        [
            ("total", 10),
            ("unanswered_no_offer", 1),
            ("unanswered_declined", 1),
            ("partly_later", 2),
            ("partly_fewer", 2),
            ("partly_both", 1),
            ("found_elsewhere", 1),
            ("lapsed", 1),
            ("unknown", 2),
        ],
    )
    def test_each_outcome_has_its_column_and_later_and_fewer_include_both(self, column: str, expected: int) -> None:
        assert number(column, *self.CASES) == expected

    def test_a_number_opens_exactly_its_cases(self) -> None:
        frame = report_frame(year=2024, report_row=ReportRow.RESIDENCE, territory=(NINOVE,), mergers=())
        listed = list(counted_cases(self.CASES, frame))
        found = annual_report(self.CASES, frame=frame, names=NAMES)
        for column, total in found.totals().items():
            assert sum(case_in_column(counted, column) for counted in listed) == (total or 0)
        with pytest.raises(KeyError):
            case_in_column(listed[0], "municipality")


ENDED = "2024-12-01 search_ended"


class TestCategories:
    def numbers(self, category: str, story: str = "", *, year: int = 2024, **facts: object) -> tuple[int | None, ...]:
        totals = report(case(story, **facts), year=year).totals()
        return totals[f"{category}_total"], totals[f"{category}_unanswered"]

    def test_unanswered_counts_both_kinds(self) -> None:
        assert self.numbers("special_need", special_need=True) == (1, 0)
        assert self.numbers("special_need", ENDED, special_need=True) == (1, 1)
        declined = f"2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n{ENDED}"
        assert self.numbers("special_need", declined, special_need=True) == (1, 1)
        assert self.numbers("special_need", ENDED) == (0, 0)

    @pytest.mark.parametrize(
        ("start", "urgent"), [("2024-04-01", 1), ("2024-04-02", 0), ("2024-03-01", 1), ("2024-01-01", 1)]
    )
    def test_urgent_needs_a_reason_and_a_start_within_31_days_of_the_registration(
        self, start: str, urgent: int
    ) -> None:
        facts = {"start_on": date.fromisoformat(start), "registered_at": moment("2024-03-01")}
        assert self.numbers("urgent", urgent_reason="StartWerk", **facts) == (urgent, 0)
        assert self.numbers("urgent", **facts) == (0, 0)

    def test_urgent_looks_at_the_brussels_day_and_the_corrected_start(self) -> None:
        facts = {"start_on": date(2024, 4, 2), "urgent_reason": "CrisisZorg"}
        assert self.numbers("urgent", registered_at=moment("2024-03-01T22:59Z"), **facts) == (0, 0)
        assert self.numbers("urgent", registered_at=moment("2024-03-01T23:00Z"), **facts) == (1, 0)
        corrected = "2024-03-05 corrected start=2024-03-20"
        assert self.numbers("urgent", corrected, registered_at=moment("2024-03-01"), **facts) == (1, 0)

    @pytest.mark.parametrize(
        ("hours", "atypical"),
        [
            ("ma 07:00-18:00", 0),
            ("ma 06:59-18:00", 1),
            ("ma 07:00-18:01", 1),
            ("ma 09:00-24:00", 1),
            ("ma 12:00-07:30", 1),
            ("ma 08:00-08:00", 1),
            ("za 09:00-12:00", 1),
            ("nacht", 1),
            ("feestdag", 1),
            ("", 0),
        ],
    )
    def test_atypical_hours(self, hours: str, atypical: int) -> None:
        assert self.numbers("atypical", hours=CareHours.parse(hours)) == (atypical, 0)

    def test_atypical_days_are_those_of_the_corrected_pattern(self) -> None:
        assert self.numbers("atypical", pattern=parts("ma|zo_nm")) == (1, 0)
        assert self.numbers("atypical", "2024-03-05 corrected parts=ma", pattern=parts("ma|zo_nm")) == (0, 0)
        assert self.numbers("atypical", "2024-03-05 corrected parts=za_vm") == (1, 0)

    @pytest.mark.parametrize(
        ("characteristics", "vulnerable"),
        [
            (["WerkOpleiding", "Alleenstaanden"], 0),
            (["WerkOpleiding", "LaagInkomen"], 1),
            (["GezinslidHandicap", "SociaalPedagogisch"], 0),
            (["GezinslidZelfzorgvermogen", "Alleenstaanden"], 1),
            (["LaagInkomen", "LaagOpleidingsniveau"], 1),
            (["LaagInkomen", "Pleegkinderen", "BroerZus", "VierVijfden"], 0),
            (["LaagInkomen"], 0),
            ([], 0),
        ],
    )
    def test_vulnerable(self, characteristics: list[str], vulnerable: int) -> None:
        facts = {"characteristics": frozenset(characteristics)}
        assert self.numbers("vulnerable", ENDED, **facts) == (vulnerable, vulnerable)

    @pytest.mark.parametrize(
        ("characteristics", "old_rules", "rules_of_2024"),
        [
            (["WerkOpleiding", "Pleegkinderen"], 1, 1),
            (["WerkOpleiding", "Alleenstaanden"], 1, 0),
            (["WerkOpleiding"], 0, 0),
            (["WerkOpleiding", "LaagOpleidingsniveau"], 1, 0),
            (["BroerZus"], 0, 1),
            (["VierVijfden"], 0, 1),
            (["Pleegkinderen"], 0, 1),
            (["LaagInkomen", "SociaalPedagogisch"], 1, 0),
        ],
    )
    def test_priority_follows_the_rules_of_the_registration_date(
        self, characteristics: list[str], old_rules: int, rules_of_2024: int
    ) -> None:
        for registered, expected in [
            ("2024-03-31T23:59", old_rules),
            ("2024-04-01T00:00", rules_of_2024),
            ("2024-03-31T22:00Z", rules_of_2024),
            ("2025-04-29T23:59", rules_of_2024),
            ("2025-04-30T00:00", old_rules),
        ]:
            facts = {"registered_at": moment(registered), "characteristics": frozenset(characteristics)}
            assert self.numbers("priority", year=2025, start_on=date(2025, 9, 1), **facts) == (expected, 0)

    FACTS = {"special_need": True, "characteristics": frozenset({"WerkOpleiding", "LaagInkomen"})}

    @pytest.mark.parametrize(("year", "registered"), [(2018, False), (2019, False), (2020, True), (2023, True)])
    def test_categories_exist_from_2020_on(self, year: int, registered: bool) -> None:
        facts = self.FACTS | {"start_on": date(year, 9, 1), "registered_at": moment(f"{year}-03-01")}
        expected = (1, 0) if registered else (None, None)
        assert self.numbers("special_need", year=year, **facts) == expected
        assert self.numbers("priority", year=year, **facts) == expected

    def test_priority_is_not_registered_for_2024(self) -> None:
        assert self.numbers("priority", **self.FACTS) == (None, None)
        assert self.numbers("vulnerable", **self.FACTS) == (1, 0)
        frame = report_frame(year=2024, report_row=ReportRow.RESIDENCE, territory=(NINOVE,), mergers=())
        counted = counted_case(case(**self.FACTS), frame)
        assert counted
        assert not case_in_column(counted, "priority_total")


class TestOutput:
    FOUND = report(case(ENDED, residence_nis=NINOVE), case("2024-04-01 lapsed"))

    def test_csv_has_the_contract_header_and_a_line_per_row(self) -> None:
        assert as_csv(self.FOUND) == (
            f"{','.join(REPORT_COLUMNS)}\n"
            "2024,2025-02-28,00000,buiten werkingsgebied,1,0,0,0,0,0,0,1,0,0,0,0,0,,,0,0,0,0\n"
            "2024,2025-02-28,23044,Liedekerke,0,0,0,0,0,0,0,0,0,0,0,0,0,,,0,0,0,0\n"
            "2024,2025-02-28,41048,Ninove,1,1,0,0,0,0,0,0,0,0,0,0,0,,,0,0,0,0\n"
        )

    def test_a_name_with_a_comma_stays_one_cell(self) -> None:
        frame = report_frame(year=2024, report_row=ReportRow.RESIDENCE, territory=(NINOVE,), mergers=())
        text = as_csv(annual_report((), frame=frame, names={NINOVE: 'Ninove, "stad"'}))
        [_, row] = csv.reader(io.StringIO(text))
        assert (len(row), row[3]) == (len(REPORT_COLUMNS), 'Ninove, "stad"')

    def test_a_municipality_without_a_name_shows_its_code(self) -> None:
        assert [row.municipality for row in report(territory=("99999",)).rows] == ["99999"]

    def test_json_has_numbers_as_numbers_and_what_is_not_registered_as_null(self) -> None:
        document = json.loads(as_json(self.FOUND))
        assert (document["year"], document["as_of"], document["definition"]) == (2024, "2025-02-28", "2024")
        assert [tuple(row) for row in document["rows"]] == [REPORT_COLUMNS] * 3
        assert document["rows"][2] | {"municipality": "", "priority_total": 0} == {
            **dict.fromkeys(REPORT_COLUMNS, 0),
            "year": 2024,
            "as_of": "2025-02-28",
            "nis_code": NINOVE,
            "municipality": "",
            "total": 1,
            "unanswered_no_offer": 1,
            "priority_unanswered": None,
        }

    def test_both_outputs_say_the_same(self) -> None:
        lines = list(csv.DictReader(io.StringIO(as_csv(self.FOUND))))
        records = json.loads(as_json(self.FOUND))["rows"]
        assert lines == [
            {column: "" if value is None else str(value) for column, value in record.items()} for record in records
        ]

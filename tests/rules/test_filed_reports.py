"""A filed report as a value: it comes back as it was, its digest sees every change, its cases have no names."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest
from tests.rules.stories import case
from tests.rules.test_indicators import MERGERS, NAMES

from opvangloket.rules.case_facts import CaseFacts
from opvangloket.rules.categories import Category
from opvangloket.rules.characteristics import UrgentReason
from opvangloket.rules.filed_reports import (
    FigureChange,
    Filing,
    cases_from_plain,
    cases_to_plain,
    changed_figures,
    figures_digest,
    figures_to_plain,
    pseudonym,
    pseudonymous,
    report_from_plain,
)
from opvangloket.rules.indicators import AnnualReport, CountedCase, counted_cases, report_frame, report_of
from opvangloket.rules.procedure import ReportRow
from opvangloket.rules.report_definitions import COLUMNS

NINOVE, LIEDEKERKE = "41048", "23044"
STORIES = (
    case(key="R1", residence_nis=NINOVE),
    case("2024-04-01 answered_yes A\n2024-04-02 offer_accepted A", key="R2", residence_nis=NINOVE),
    case("2024-04-01 placed_directly A start=2024-12-01 parts=ma", key="R3", residence_nis=NINOVE),
    case("2024-04-01 answered_yes A\n2024-09-02 search_ended", key="R4", residence_nis=LIEDEKERKE),
    case("2024-04-01 found_elsewhere", key="R5", residence_nis="99999"),
    case("2024-04-01 search_ended", key="R6", residence_nis=NINOVE, special_need=True, parts_wanted=2),
    case(
        "2024-08-01 search_ended",
        key="R7",
        residence_nis=LIEDEKERKE,
        start_on=date(2024, 3, 5),
        urgent_reason=UrgentReason.CRISIS_WITHOUT_CARE,
    ),
)


def count(stories: Sequence[CaseFacts] = STORIES, year: int = 2024) -> tuple[AnnualReport, tuple[CountedCase, ...]]:
    frame = report_frame(year=year, report_row=ReportRow.RESIDENCE, territory=(NINOVE, LIEDEKERKE), mergers=MERGERS)
    counted = tuple(counted_cases(stories, frame))
    return report_of(counted, frame=frame, names=NAMES), counted


def filing(**different: Any) -> Filing:
    report, cases = count()
    filed = Filing(
        desk_id=UUID(int=1),
        number=1,
        filed_at=datetime(2025, 2, 28, 9, tzinfo=UTC),
        filed_by_id=UUID(int=2),
        reason="",
        report=report,
        cases=pseudonymous(cases, {case.key: f"p{case.key}" for case in cases}),
    )
    return replace(filed, **different)


def through_json(plain: Any) -> Any:
    return json.loads(json.dumps(plain))


def test_what_is_stored_comes_back_as_it_was() -> None:
    report, cases = count()
    figures = through_json(figures_to_plain(report))
    assert report_from_plain(figures, year=2024, as_of=report.as_of, definitions=report.definition.version) == report
    assert cases_from_plain(through_json(cases_to_plain(cases))) == cases
    assert len({case.result.outcome for case in cases}) >= 6
    assert {Category.URGENT, Category.SPECIAL_NEED} <= {name for case in cases for name in case.categories}


def test_a_number_that_was_not_counted_then_is_none_now() -> None:
    report, _cases = count()
    figures = through_json(figures_to_plain(report))
    for row in figures["rows"]:
        del row["numbers"]["lapsed"]
    back = report_from_plain(figures, year=2024, as_of=report.as_of, definitions="2024")
    assert {row.numbers["lapsed"] for row in back.rows} == {None}
    assert back.rows[0].numbers["total"] == report.rows[0].numbers["total"]


def test_a_definition_that_never_was_is_refused() -> None:
    with pytest.raises(LookupError):
        report_from_plain({"rows": []}, year=2024, as_of=date(2025, 2, 28), definitions="1999")


def test_every_number_opens_as_many_filed_cases() -> None:
    filed = filing()
    for column in (column for column in COLUMNS if column.is_number):
        for row in filed.report.rows:
            found = filed.cases_in(column.code, row.nis_code)
            assert len(found) == (row.numbers[column.code] or 0)
        assert len(filed.cases_in(column.code)) == (filed.report.totals()[column.code] or 0)


def test_the_digest_does_not_depend_on_how_it_was_stored() -> None:
    filed = filing()
    back = replace(
        filed,
        report=report_from_plain(
            through_json(figures_to_plain(filed.report)), year=2024, as_of=filed.report.as_of, definitions="2024"
        ),
        cases=cases_from_plain(through_json(cases_to_plain(filed.cases))),
        filed_at=filed.filed_at.astimezone(),
    )
    assert back.digest() == filed.digest()
    assert len(filed.digest()) == 64


@pytest.mark.parametrize(
    "different",
    [
        {"desk_id": UUID(int=9)},
        {"number": 2},
        {"reason": "een fout"},
        {"filed_by_id": None},
        {"filed_at": datetime(2025, 2, 28, 9, 0, 1, tzinfo=UTC)},
        {"cases": ()},
        {"report": count(STORIES[1:])[0]},
        {"report": replace(count()[0], as_of=date(2025, 2, 27))},
    ],
)
def test_the_digest_sees_every_change(different: dict[str, Any]) -> None:
    assert filing(**different).digest() != filing().digest()


def test_the_digest_sees_one_case_that_changed() -> None:
    filed = filing()
    first, *others = filed.cases
    altered = first._replace(result=replace(first.result, offer_stood=not first.result.offer_stood))
    assert replace(filed, cases=(altered, *others)).digest() != filed.digest()


def test_figures_keep_their_mark_until_one_changes() -> None:
    report, _cases = count()
    assert figures_digest(report) == figures_digest(count()[0])
    assert figures_digest(report) != figures_digest(count(STORIES[1:])[0])
    assert figures_digest(report) != figures_digest(replace(report, as_of=date(2025, 1, 1)))


def test_a_pseudonym_is_one_request_in_one_filing() -> None:
    random = Random(3)
    filings = [UUID(int=random.getrandbits(128)) for _ in range(3)]
    requests = [UUID(int=random.getrandbits(128)) for _ in range(200)]
    names = {pseudonym(filed, request) for filed in filings for request in requests}
    assert len(names) == 600
    assert pseudonym(filings[0], requests[0]) == pseudonym(filings[0], requests[0])


def test_filed_cases_carry_no_reference_and_no_order_of_asking() -> None:
    _report, cases = count()
    names = {case.key: pseudonym(UUID(int=5), UUID(int=number)) for number, case in enumerate(cases)}
    filed = pseudonymous(reversed(cases), names)
    assert filed == pseudonymous(cases, names)
    assert not {case.key for case in filed} & {case.key for case in cases}
    stored = json.dumps(cases_to_plain(filed))
    assert not any(f'"{case.key}"' in stored for case in cases)


def test_a_comparison_names_each_number_that_differs() -> None:
    before, _ = count()
    after, _ = count([*STORIES[1:], case("2024-05-01 lapsed", key="R8", residence_nis=LIEDEKERKE)])
    assert list(changed_figures(before, before)) == []
    assert list(changed_figures(before, after)) == [
        FigureChange(LIEDEKERKE, "Liedekerke", "total", 2, 3),
        FigureChange(LIEDEKERKE, "Liedekerke", "lapsed", 0, 1),
        FigureChange(NINOVE, "Ninove", "total", 4, 3),
        FigureChange(NINOVE, "Ninove", "unknown", 1, 0),
    ]


def test_a_row_that_one_of_two_reports_lacks_counts_as_zeros() -> None:
    before, _ = count(STORIES[:4])
    after, _ = count()
    outside = [change for change in changed_figures(before, after) if change.nis_code == "00000"]
    assert outside == [
        FigureChange("00000", "buiten werkingsgebied", "total", 0, 1),
        FigureChange("00000", "buiten werkingsgebied", "found_elsewhere", 0, 1),
    ]
    assert [change.after for change in changed_figures(after, before) if change.nis_code == "00000"] == [0, 0]

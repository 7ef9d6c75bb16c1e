"""Municipality codes over time, with real mergers of 2019 and 2025."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.municipalities import Merger, successors

YEAR_2019, YEAR_2025 = date(2019, 1, 1), date(2025, 1, 1)
PUURS, PUURS_SINT_AMANDS = "12030", "12041"
ANTWERPEN, BORSBEEK = "11002", "11007"
MERGERS = (
    Merger(YEAR_2025, ANTWERPEN, ANTWERPEN),
    Merger(YEAR_2025, BORSBEEK, ANTWERPEN),
    Merger(YEAR_2019, PUURS, PUURS_SINT_AMANDS),
)


def carried(code: str, mergers: Sequence[Merger], until: date) -> str:
    return successors(mergers, until).get(code, code)


@pytest.mark.parametrize(
    ("code", "until", "expected"),
    [
        (PUURS, date(2018, 12, 31), PUURS),
        (PUURS, date(2019, 1, 1), PUURS_SINT_AMANDS),
        (PUURS, date(2025, 12, 31), PUURS_SINT_AMANDS),
        (BORSBEEK, date(2024, 12, 31), BORSBEEK),
        (BORSBEEK, date(2025, 12, 31), ANTWERPEN),
        (ANTWERPEN, date(2025, 12, 31), ANTWERPEN),
        (PUURS_SINT_AMANDS, date(2018, 12, 31), PUURS_SINT_AMANDS),
        ("99999", date(2025, 12, 31), "99999"),
    ],
)
def test_a_code_is_carried_forward_and_never_back(code: str, until: date, expected: str) -> None:
    assert carried(code, MERGERS, until) == expected


def test_mergers_follow_each_other_in_date_order_whatever_the_order_of_the_rows() -> None:
    chain = (Merger(YEAR_2025, "B", "C"), Merger(YEAR_2019, "A", "B"))
    assert carried("A", chain, YEAR_2019) == "B"
    assert carried("A", chain, YEAR_2025) == "C"


def test_mergers_of_one_day_apply_together() -> None:
    swap = (Merger(YEAR_2025, "A", "B"), Merger(YEAR_2025, "B", "A"))
    assert successors(swap, YEAR_2025) == {"A": "B", "B": "A"}


def test_a_code_that_came_back_into_use_is_carried_from_its_first_merger_on() -> None:
    reused = (Merger(YEAR_2019, "A", "B"), Merger(date(2021, 1, 1), "X", "A"), Merger(YEAR_2025, "A", "C"))
    assert successors(reused, YEAR_2025) == {"A": "B", "X": "C"}


@given(st.lists(st.builds(Merger, st.dates(YEAR_2019, YEAR_2025), st.sampled_from("ABCD"), st.sampled_from("ABCD"))))
def test_carrying_in_two_steps_is_carrying_at_once(mergers: list[Merger]) -> None:
    halfway = date(2022, 1, 1)
    later = [merger for merger in mergers if merger.on > halfway]
    for code in "ABCD":
        first = carried(code, mergers, halfway)
        assert carried(first, later, YEAR_2025) == carried(code, mergers, YEAR_2025)

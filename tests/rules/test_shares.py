"""The meters: 20 % priority with the income tariff, 30 % vulnerable with the plus subsidy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.characteristics import Characteristic, is_vulnerable
from opvangloket.rules.shares import PRIORITY, VULNERABLE, Share, shares

TODAY = date(2026, 3, 2)
WORKING_ALONE = {Characteristic.WORK_OR_TRAINING, Characteristic.SINGLE_PARENT}
POOR_ALONE = {Characteristic.LOW_INCOME, Characteristic.SINGLE_PARENT}
NOTHING: set[str] = set()


@pytest.mark.parametrize(
    ("step", "on", "norms"),
    [
        ("T0", TODAY, []),
        ("T1", TODAY, []),
        ("T2A", TODAY, [(PRIORITY, 20)]),
        ("T2B", date(2024, 3, 31), [(PRIORITY, 20)]),
        ("T2B", date(2024, 4, 1), []),
        ("T2B", date(2025, 4, 30), [(PRIORITY, 20)]),
        ("T3", TODAY, [(PRIORITY, 20), (VULNERABLE, 30)]),
    ],
)
def test_the_law_of_the_day_asks(step: str, on: date, norms: list[tuple[str, int]]) -> None:
    assert [(share.of, share.asked) for share in shares(step, [], on=on)] == norms


def test_each_norm_counts_its_own_families() -> None:
    priority, vulnerable = shares("T3", [WORKING_ALONE, POOR_ALONE, NOTHING, NOTHING], on=TODAY)
    assert (priority.counted, priority.percent, priority.is_reached) == (2, 50, True)
    assert (vulnerable.counted, vulnerable.percent, vulnerable.is_reached) == (1, 25, False)


@pytest.mark.parametrize(("counted", "total", "reached"), [(0, 0, False), (1, 5, True), (1, 6, False), (2, 10, True)])
def test_a_norm_is_reached_at_the_percent_itself(counted: int, total: int, reached: bool) -> None:
    assert Share(of=PRIORITY, asked=20, counted=counted, total=total).is_reached is reached


@given(st.lists(st.sets(st.sampled_from(Characteristic)), max_size=12))
def test_the_count_is_a_count(children: list[set[Characteristic]]) -> None:
    vulnerable = next(share for share in shares("T3", children, on=TODAY) if share.of == VULNERABLE)
    assert vulnerable.counted == len([child for child in children if is_vulnerable(child)])
    assert vulnerable.is_reached == (bool(children) and vulnerable.counted / len(children) >= 0.3)

"""The own mirror: what counts, and when others may be told of."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.mirror import FEWEST_OTHERS, AnswerCounts, middle_of


def counts(in_time: int, late: int = 0, unanswered: int = 0, days: float | None = 2) -> AnswerCounts:
    return AnswerCounts(answered=in_time + late, in_time=in_time, unanswered=unanswered, median_days=days)


def test_what_still_waits_says_nothing() -> None:
    assert AnswerCounts(waiting=4).share_in_time is None
    assert AnswerCounts(answered=3, in_time=2, unanswered=1, waiting=9).share_in_time == Fraction(1, 2)


def test_the_middle_of_five_others() -> None:
    found = middle_of([counts(4), counts(3, 1), counts(2, 2), counts(1, 3), counts(0, 0, 4, None)])
    assert found is not None
    assert (found.others, found.share_in_time) == (5, 0.5)
    assert found.median_days is None, "only four of them ever answered"


def test_fewer_than_five_others_are_not_told_of() -> None:
    assert middle_of([counts(4)] * (FEWEST_OTHERS - 1)) is None


def test_who_had_hardly_a_question_does_not_count() -> None:
    assert middle_of([counts(4)] * (FEWEST_OTHERS - 1) + [counts(2)] * 9) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=5, max_size=12))
def test_the_middle_lies_between_the_outer_ones_whatever_the_order(rows: list[tuple[int, int, int]]) -> None:
    others = [counts(in_time + 3, late, unanswered) for in_time, late, unanswered in rows]
    found, shares = middle_of(others), [float(one.share_in_time or 0) for one in others]
    assert found is not None
    assert min(shares) <= found.share_in_time <= max(shares)
    assert found == middle_of(reversed(others))

"""Terms of inquiries and offers, decided from dates alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.periods import brussels_date
from opvangloket.rules.terms import (
    Release,
    Term,
    days_left,
    days_left_words,
    family_call_on,
    inquiry_is_overdue,
    is_released,
    offer_has_expired,
    offer_reminder_dates,
    offer_reminder_due,
    reconfirm_on,
    reconfirmation_is_due,
    release_for,
    reply_by,
    term_for,
)

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
SENT_ON = date(2026, 3, 2)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def usual_term(
    sent_on: date,
    answer_from_on: date | None = None,
    *,
    move_off_closed_days: bool = False,
    holidays: frozenset[date] = frozenset(),
) -> Term:
    return term_for(
        sent_on,
        answer_from_on=answer_from_on,
        answer_term_days=14,
        remind_after_days=10,
        call_after_days=17,
        move_off_closed_days=move_off_closed_days,
        holidays=holidays,
    )


def test_a_question_without_release_starts_its_term_when_it_is_sent() -> None:
    assert usual_term(SENT_ON) == Term(
        sent_on=SENT_ON,
        starts_on=SENT_ON,
        remind_on=date(2026, 3, 12),
        due_on=date(2026, 3, 16),
        call_on=date(2026, 3, 19),
    )


def test_the_term_ends_with_its_brussels_day() -> None:
    assert usual_term(date(2026, 3, 2)).ends_at == datetime(2026, 3, 16, 23, tzinfo=UTC)
    assert usual_term(date(2026, 3, 20)).ends_at == datetime(2026, 4, 3, 22, tzinfo=UTC)


@given(DAYS, st.none() | DAYS)
def test_the_term_counts_from_the_later_of_sending_and_answering(sent_on: date, answer_from_on: date | None) -> None:
    term = usual_term(sent_on, answer_from_on)
    assert term.starts_on == (max(sent_on, answer_from_on) if answer_from_on else sent_on)
    gaps = [(day - term.starts_on).days for day in (term.remind_on, term.due_on, term.call_on)]
    assert gaps == [10, 14, 17]
    assert brussels_date(term.ends_at - timedelta(seconds=1)) == term.due_on


def test_a_term_stays_on_a_sunday_or_holiday_by_default() -> None:
    easter_monday = date(2026, 4, 6)
    term = usual_term(date(2026, 3, 22), holidays=frozenset({easter_monday}))
    assert term.due_on == date(2026, 4, 5)


def test_a_desk_may_move_a_term_past_sunday_and_holiday() -> None:
    easter_monday = date(2026, 4, 6)
    term = usual_term(date(2026, 3, 22), move_off_closed_days=True, holidays=frozenset({easter_monday}))
    assert (term.remind_on, term.due_on, term.call_on) == (date(2026, 4, 1), date(2026, 4, 7), date(2026, 4, 8))


@given(DAYS, st.frozensets(st.integers(0, 30), max_size=12))
def test_a_moved_term_ends_on_the_first_open_day(sent_on: date, holiday_offsets: frozenset[int]) -> None:
    holidays = frozenset(days_after(sent_on, offset) for offset in holiday_offsets)
    term = usual_term(sent_on, move_off_closed_days=True, holidays=holidays)
    nominal = days_after(sent_on, 14)
    open_days = [
        day for day in (days_after(nominal, n) for n in range(60)) if day.strftime("%u") != "7" and day not in holidays
    ]
    assert term.due_on == open_days[0]
    assert term.call_on > term.due_on


@given(DAYS, DAYS)
def test_overdue_begins_the_day_after_the_last_day(due_on: date, today: date) -> None:
    assert inquiry_is_overdue(due_on, today) == (days_left(due_on, today) < 0)
    assert days_after(today, days_left(due_on, today)) == due_on
    assert offer_has_expired(due_on, today) == (today >= days_after(due_on, 1))


@pytest.mark.parametrize(
    ("days", "words"),
    [(9, "nog 9 dagen"), (1, "nog 1 dag"), (0, "vandaag"), (-1, "1 dag te laat"), (-2, "2 dagen te laat")],
)
def test_days_left_read_as_dutch(days: int, words: str) -> None:
    assert days_left_words(days_after(SENT_ON, days), SENT_ON) == words


def test_release_counts_back_from_the_wanted_start() -> None:
    release = release_for(date(2026, 8, 31), send_from_months=12, answer_from_months=6)
    assert release == Release(send_from_on=date(2025, 8, 31), answer_from_on=date(2026, 2, 28))
    assert release_for(date(2026, 8, 31), send_from_months=None, answer_from_months=None) == Release(
        send_from_on=None, answer_from_on=None
    )


def test_a_release_day_counts_from_its_own_day() -> None:
    assert is_released(None, SENT_ON)
    assert is_released(SENT_ON, SENT_ON)
    assert not is_released(days_after(SENT_ON, 1), SENT_ON)


def test_an_offer_reminds_three_days_and_one_day_before_its_end() -> None:
    reply_by_on = reply_by(SENT_ON, reply_by_days=10)
    assert reply_by_on == date(2026, 3, 12)
    assert offer_reminder_dates(offered_on=SENT_ON, reply_by_on=reply_by_on, days_before=(3, 1)) == (
        date(2026, 3, 9),
        date(2026, 3, 11),
    )


@pytest.mark.parametrize(
    ("days", "reminder"),
    [(0, None), (6, None), (7, 7), (8, 7), (9, 9), (10, 9), (11, None)],
)
def test_only_the_latest_reminder_applies(days: int, reminder: int | None) -> None:
    due = offer_reminder_due(
        offered_on=SENT_ON,
        reply_by_on=days_after(SENT_ON, 10),
        days_before=(3, 1),
        today=days_after(SENT_ON, days),
    )
    assert due == (None if reminder is None else days_after(SENT_ON, reminder))


@given(DAYS, st.integers(0, 15), st.sets(st.integers(0, 15), max_size=4))
def test_no_reminder_falls_on_the_day_of_the_offer_or_after_its_end(
    offered_on: date, reply_by_days: int, days_before: set[int]
) -> None:
    reply_by_on = reply_by(offered_on, reply_by_days=reply_by_days)
    dates = offer_reminder_dates(offered_on=offered_on, reply_by_on=reply_by_on, days_before=days_before)
    every_day = [days_after(offered_on, n) for n in range(1, reply_by_days + 1)]
    assert dates == tuple(day for day in every_day if (reply_by_on - day).days in days_before)


def test_a_vulnerable_family_is_called_three_days_before_and_never_before_the_offer() -> None:
    assert family_call_on(offered_on=SENT_ON, reply_by_on=date(2026, 3, 12), days_before=3) == date(2026, 3, 9)
    assert family_call_on(offered_on=SENT_ON, reply_by_on=date(2026, 3, 4), days_before=3) == SENT_ON


def test_a_family_is_asked_again_after_eight_weeks() -> None:
    again_on = reconfirm_on(SENT_ON, reconfirm_weeks=8)
    assert again_on == date(2026, 4, 27)
    assert reconfirmation_is_due(SENT_ON, again_on, reconfirm_weeks=8)
    assert not reconfirmation_is_due(SENT_ON, days_after(again_on, -1), reconfirm_weeks=8)

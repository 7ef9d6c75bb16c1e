"""Codes by mail prove an address, once, for a short time, and tell nobody which addresses exist."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from opvangloket.foundation.accounts import codes, limits
from opvangloket.foundation.accounts.models import Audience, SignInCode, TokenBucket
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.queries import mailbox

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KAREL = "karel@ninove.example"
pytestmark = pytest.mark.django_db


def make(**changes: Any) -> str:
    return codes.make_code(**{"audience": Audience.DESK, "address": KAREL, "now": NOW} | changes)


def check(digits: str, **changes: Any) -> bool:
    return codes.check_code(**{"audience": Audience.DESK, "address": KAREL, "digits": digits, "now": NOW} | changes)


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def test_a_code_works_once() -> None:
    digits = make()
    assert re.fullmatch(r"\d{6}", digits)
    assert check(digits)
    assert not check(digits)


def test_a_code_may_be_typed_with_spaces_and_the_address_with_capitals() -> None:
    digits = make()
    assert check(f" {digits[:3]} {digits[3:]} ", address=" Karel@Ninove.example ")


def test_a_code_is_kept_as_a_hash() -> None:
    digits = make()
    assert digits not in SignInCode.objects.get().code_hash


@pytest.mark.parametrize(
    "changes",
    [
        {"address": "amina@ninove.example"},
        {"audience": Audience.ORGANISER},
        {"subject_id": new_id()},
        {"now": NOW + timedelta(minutes=15)},
    ],
)
def test_a_code_works_for_its_own_address_audience_subject_and_time_only(changes: dict[str, Any]) -> None:
    digits = make()
    assert not check(digits, **changes)


def test_the_sixth_try_fails_even_with_the_right_code() -> None:
    digits = make()
    for _ in range(5):
        assert not check(other_than(digits))
    assert not check(digits)


def test_asking_for_more_codes_gives_no_more_tries() -> None:
    first, second = make(), make()
    wrong = next(f"{n:06}" for n in range(10) if f"{n:06}" not in {first, second})
    for _ in range(5):
        assert not check(wrong)
    assert not check(first)
    assert not check(second)


def test_an_earlier_mail_still_works_until_one_of_them_is_used() -> None:
    first, second = make(), make()
    assert check(first)
    assert first == second or not check(second)


@pytest.mark.parametrize("known", [True, False])
def test_only_a_known_address_gets_mail_and_only_the_mail_tells(known: bool) -> None:
    codes.send_code(audience=Audience.DESK, address=KAREL, name="Karel", known=known, now=NOW)
    assert SignInCode.objects.count() == 1
    assert len(mailbox(search=KAREL)) == known


def test_the_mail_carries_the_code() -> None:
    codes.send_code(audience=Audience.DESK, address=KAREL, name="Karel", known=True, now=NOW)
    [mail] = mailbox()
    [digits] = re.findall(r"\b\d{6}\b", mail.text)
    assert check(digits)
    assert digits not in mail.row.subject


LIMIT = limits.Limit("test", 3, timedelta(minutes=3))


def test_a_burst_and_then_one_more_each_minute() -> None:
    assert [limits.take(LIMIT, "a", now=NOW) for _ in range(4)] == [True, True, True, False]
    assert not limits.take(LIMIT, "a", now=NOW + timedelta(seconds=59))
    assert limits.take(LIMIT, "a", now=NOW + timedelta(seconds=60))
    assert not limits.take(LIMIT, "a", now=NOW + timedelta(seconds=61))


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    limits.take(LIMIT, "a", now=NOW)
    later = NOW + timedelta(days=30)
    assert [limits.take(LIMIT, "a", now=later) for _ in range(4)] == [True, True, True, False]


def test_everybody_has_an_own_bucket_without_a_name_on_it() -> None:
    for _ in range(3):
        limits.take(LIMIT, "sara@peeters.example", now=NOW)
    assert limits.take(LIMIT, "mia@onthaal.example", now=NOW)
    assert not any("sara" in bucket.name for bucket in TokenBucket.objects.all())


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    for _ in range(3):
        limits.take(LIMIT, "a", now=NOW)
    assert not limits.take(LIMIT, "a", now=NOW - timedelta(hours=1))
    assert not limits.take(LIMIT, "a", now=NOW + timedelta(seconds=30))

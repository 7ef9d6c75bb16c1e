"""The hash chain: one way to write a record, and no change, loss or swap that stays unseen."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opvangloket.rules.hash_chain import GENESIS, canonical, chain, record_digest

A, B = sha256(b"a").digest(), sha256(b"b").digest()
records = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=4).map(tuple)


def test_a_link_is_what_anyone_can_compute_with_sha_256() -> None:
    assert chain(GENESIS, [A, B]) == sha256(sha256(bytes(32) + A).digest() + B).digest()
    assert chain(GENESIS, []) == GENESIS


@given(records, records)
def test_a_chain_is_the_same_in_any_grouping(first: tuple[bytes, ...], second: tuple[bytes, ...]) -> None:
    assert chain(chain(GENESIS, first), second) == chain(GENESIS, first + second)


@given(records, records)
def test_no_change_loss_or_swap_leaves_the_link(one: tuple[bytes, ...], other: tuple[bytes, ...]) -> None:
    assume(one != other)
    assert chain(GENESIS, one) != chain(GENESIS, other)
    assert chain(A, one) != chain(B, one)


def test_a_record_is_written_in_one_way() -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    record = {"b": [1, None, True], "a": "één", "at": moment, "on": date(2026, 3, 2), "id": UUID(int=1)}
    assert (
        canonical(record)
        == (
            '{"a":"één","at":"2026-03-02T09:30:00.000000+00:00","b":[1,null,true],'
            '"id":"00000000-0000-0000-0000-000000000001","on":"2026-03-02"}'
        ).encode()
    )
    elsewhere = {**record, "at": moment.astimezone(timezone(timedelta(hours=2))), "b": (1, None, True)}
    assert canonical(dict(reversed(elsewhere.items()))) == canonical(record)


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", {1: "a"}, object()])
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"value": value})


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        canonical({"at": datetime(2026, 1, 1)})


def test_a_link_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        chain(b"short", [A])
    with pytest.raises(ValueError, match="32 bytes"):
        chain(GENESIS, [b"short"])


def test_a_digest_is_that_of_the_one_way_to_write_a_record() -> None:
    assert record_digest({"a": 1}) == sha256(b'{"a":1}').digest()

"""The hash chain: one way to write a record, and no change, loss or swap that stays unseen."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opvangloket.rules.hash_chain import GENESIS, Seal, canonical, chain, record_digest, verify_chain

A, B, C = (sha256(letter).digest() for letter in (b"a", b"b", b"c"))
records = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=4).map(tuple)
blocks = st.lists(records, min_size=1, max_size=6)


def sealed(block_list: list[tuple[bytes, ...]]) -> list[Seal]:
    seals, link = [], GENESIS
    for block in block_list:
        link = chain(link, block)
        seals.append(Seal(block, link))
    return seals


def test_a_link_is_what_anyone_can_compute_with_sha_256() -> None:
    assert chain(GENESIS, [A, B]) == sha256(sha256(bytes(32) + A).digest() + B).digest()
    assert chain(GENESIS, []) == GENESIS


@given(blocks)
def test_an_untouched_chain_holds_in_any_grouping(block_list: list[tuple[bytes, ...]]) -> None:
    assert verify_chain(sealed(block_list)) is None
    flat = tuple(record for block in block_list for record in block)
    assert chain(GENESIS, flat) == sealed(block_list)[-1].link


@given(blocks, st.data())
def test_a_changed_record_is_found_at_its_seal(block_list: list[tuple[bytes, ...]], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(block_list) - 1))
    other = data.draw(records)
    assume(other != block_list[position])
    seals = sealed(block_list)
    seals[position] = Seal(other, seals[position].link)
    assert verify_chain(seals) == position


@given(blocks, st.data())
def test_a_lost_seal_is_found(block_list: list[tuple[bytes, ...]], data: st.DataObject) -> None:
    seals = sealed(block_list)
    position = data.draw(st.integers(0, len(seals) - 1))
    del seals[position]
    assert verify_chain(seals) == (None if position == len(seals) else position)


def test_two_seals_can_not_be_swapped() -> None:
    first, second = sealed([(A,), (B,)])
    assert verify_chain([second, first]) == 0


def test_a_part_can_be_verified_from_a_known_link() -> None:
    first, second, third = sealed([(A,), (B,), (C,)])
    assert verify_chain([second, third], previous=first.link) is None
    assert verify_chain([second, third], previous=GENESIS) == 0


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

"""A chain of hashes over records: whoever changes, drops or swaps one breaks every link after it (SPEC §12, §21).

A link covers the digests of its records, so that a record whose term of keeping is over can be forgotten: its digest
takes its place and every link still follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

GENESIS: Final = bytes(sha256().digest_size)


def canonical(record: Mapping[str, object]) -> bytes:
    """Return the one way to write a record: JSON in UTF-8 with sorted keys and without spaces.

    Moments are written in UTC to the microsecond. Raises TypeError for what has no single way to be written, such as
    a fraction, and ValueError for a moment without time zone.
    """
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record_digest(record: Mapping[str, object]) -> bytes:
    """Return the SHA-256 of a record: all that stays of it in the chain once the record itself must be forgotten."""
    return sha256(canonical(record)).digest()


def chain(previous: bytes, digests: Iterable[bytes]) -> bytes:
    """Return the link after these records: SHA-256 of the link before, followed by the record's digest, one by one.

    Raises ValueError for a link or digest that is not 32 bytes; the first link is GENESIS.
    """
    link = _of_32_bytes(previous)
    for digest in digests:
        link = sha256(link + _of_32_bytes(digest)).digest()
    return link


def _of_32_bytes(value: bytes) -> bytes:
    if len(value) != len(GENESIS):
        raise ValueError(f"a link or digest has {len(GENESIS)} bytes, not {len(value)}")
    return value


def _plain(value: object) -> object:
    """Return the value in the few types that have one way to be written."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")

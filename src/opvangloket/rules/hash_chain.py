"""A chain of hashes over records: whoever changes, drops or swaps one breaks every link after it (SPEC §12, §21)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

GENESIS: Final = bytes(sha256().digest_size)


@dataclass(frozen=True, slots=True)
class Seal:
    """The records that one sealing covered, in their order, and the link that it stored."""

    records: tuple[bytes, ...]
    link: bytes


def canonical(record: Mapping[str, object]) -> bytes:
    """Return the one way to write a record: JSON in UTF-8 with sorted keys and without spaces.

    Moments are written in UTC to the microsecond. Raises TypeError for what has no single way to be written, such as
    a fraction, and ValueError for a moment without time zone.
    """
    return json.dumps(_plain(record), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def chain(previous: bytes, records: Iterable[bytes]) -> bytes:
    """Return the link after these records: SHA-256 of the link before, followed by the record, one by one.

    Raises ValueError for a previous link that is not 32 bytes; the first one is GENESIS.
    """
    if len(previous) != len(GENESIS):
        raise ValueError(f"a link has {len(GENESIS)} bytes, not {len(previous)}")
    link = previous
    for record in records:
        link = sha256(link + record).digest()
    return link


def verify_chain(seals: Iterable[Seal], *, previous: bytes = GENESIS) -> int | None:
    """Return the position of the first seal that does not follow from its records, or None when all do."""
    link = previous
    for position, seal in enumerate(seals):
        link = chain(link, seal.records)
        if link != seal.link:
            return position
    return None


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

"""A view without a guard cannot be routed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import opvangloket

PACKAGE = Path(opvangloket.__file__).parent


def _routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, address)
        else:
            yield address, entry


def test_every_route_has_a_guard() -> None:
    unguarded = [address for address, route in _routes() if not hasattr(route.callback, "guard")]
    assert unguarded == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_small_and_well_named(path: Path) -> None:
    if "migrations" in path.parts:
        return
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500, "split this file"
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc"}


def test_time_is_read_at_the_door() -> None:
    """Only the clock itself reads the time; below the door it is a parameter."""
    allowed = {"foundation/clock.py", "foundation/ids.py"}
    reading = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
    found = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8")) and str(path.relative_to(PACKAGE)) not in allowed
    ]
    assert found == []

"""Filling in a form as a test does."""

import re
from datetime import date
from typing import Any

from opvangloket.rules.patterns import WeekPattern


def day(name: str, on: date) -> dict[str, str]:
    """Return a date as the three inputs of its field post it."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def week(*days: str, name: str = "week", choice: str = "yes") -> dict[str, str]:
    """Return full days as the cells of their field post them."""
    return {f"{name}_{code}": choice for code in WeekPattern.full_days(*days)}


def kept(answer: Any) -> str:
    """Return what the form of a page keeps, so that a second press of its button does nothing."""
    [found] = re.findall(r'name="kept" value="([^"]+)"', answer.content.decode())
    return str(found)

"""Colours that can be read: text 7:1 or 4.5:1, graphics 3:1, in light and in dark (DESIGN §2)."""

import re
from pathlib import Path

import pytest

from opvangloket.web.ui import apps

STATIC = Path(apps.__file__).parent / "static" / "ui"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")

PAIRS = [
    *(("ink", ground, 7.0) for ground in ("paper", "card", "petrol-soft", "apricot-soft", "straw", "leaf-soft")),
    *(("ink-soft", ground, 7.0) for ground in ("paper", "card")),
    *(("ink-soft", ground, 4.5) for ground in ("petrol-soft", "apricot-soft", "straw", "leaf-soft", "brick-soft")),
    *(("petrol", ground, 4.5) for ground in ("paper", "card")),
    *(("petrol-deep", ground, 4.5) for ground in ("paper", "card", "petrol-soft", "straw", "leaf-soft", "brick-soft")),
    ("on-petrol", "petrol", 4.5),
    ("on-petrol", "petrol-deep", 4.5),
    ("on-leaf", "leaf", 4.5),
    ("on-brick", "brick", 4.5),
    *(("leaf", ground, 4.5) for ground in ("paper", "card", "leaf-soft")),
    *(("brick", ground, 4.5) for ground in ("paper", "card", "brick-soft")),
    *(("edge", ground, 3.0) for ground in ("paper", "card")),
    *(("focus", ground, 3.0) for ground in ("paper", "card", "petrol-soft")),
    ("petrol", "petrol-soft", 3.0),
]


def palette(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", light))
    return found | (dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    colours = palette(scheme)
    assert contrast(colours[front], colours[ground]) >= least


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)

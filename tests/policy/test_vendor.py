"""What we took from others is listed in `vendor.toml`, licensed, and unchanged."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/opvangloket/web/ui/static"
FONTS = ROOT / "src/opvangloket/foundation/typesetting/fonts"
LISTED: list[dict[str, Any]] = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["vendored"]


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("taken", LISTED, ids=lambda taken: taken["name"])
def test_files_are_the_listed_ones_unchanged(taken: dict[str, Any]) -> None:
    folder = ROOT / taken["folder"]
    found = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in _files(folder) - set(taken.get("own", []))
    }
    assert found == taken["files"]


@pytest.mark.parametrize("taken", LISTED, ids=lambda taken: taken["name"])
def test_the_licence_comes_with_the_files(taken: dict[str, Any]) -> None:
    assert "LICENSE" in taken["files"]
    assert taken["licence"] in {"BSD-2-Clause", "MIT", "OFL-1.1", "CC-BY-SA-4.0", "MPL-2.0"}
    assert taken["version"]
    assert taken["source"].startswith("https://")


def test_no_vendored_folder_is_forgotten() -> None:
    folders = {*(STATIC / "vendor").iterdir(), *(ROOT / "tests/vendor").iterdir(), STATIC / "pictograms", FONTS}
    assert folders == {ROOT / taken["folder"] for taken in LISTED}

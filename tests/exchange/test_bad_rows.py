"""The catalogue breaks the valid folder exactly where it says; the harmless changes leave its meaning alone."""

from pathlib import Path

import pytest
from tests.exchange.bad_rows import CATALOGUE, HARMLESS, BadCase
from tests.exchange.bad_structure import HarmlessCase
from tests.exchange.checker import Problem, problems_of
from tests.exchange.folder import read_folder
from tests.exchange.oracle import report_rows
from tests.exchange.valid_folder import write_valid_folder


def reports(folder: Path) -> list[list[dict[str, str]]]:
    read = read_folder(folder)
    return [report_rows(read, desk, year) for desk in sorted(read.desks) for year in (2023, 2024)]


def test_the_valid_folder_is_valid(tmp_path: Path) -> None:
    write_valid_folder(tmp_path)
    assert problems_of(tmp_path) == []


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.name)
def test_each_case_breaks_one_place(case: BadCase, tmp_path: Path) -> None:
    write_valid_folder(tmp_path)
    case.apply(tmp_path)
    assert problems_of(tmp_path) == [Problem(case.file, case.line, case.column)]


def test_names_tell_the_cases_apart() -> None:
    names = [(case.name, case.line, case.column) for case in CATALOGUE]
    assert len(set(names)) == len(names) >= 40


@pytest.mark.parametrize("case", HARMLESS, ids=lambda case: case.name)
def test_each_harmless_change_changes_the_bytes_and_not_the_reports(case: HarmlessCase, tmp_path: Path) -> None:
    plain, changed = tmp_path / "plain", tmp_path / "changed"
    write_valid_folder(plain)
    write_valid_folder(changed)
    case.apply(changed)
    assert {path.name: path.read_bytes() for path in plain.iterdir()} != {
        path.name: path.read_bytes() for path in changed.iterdir()
    }
    assert problems_of(changed) == []
    assert reports(changed) == reports(plain)

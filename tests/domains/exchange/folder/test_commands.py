"""The commands as people type them: exit codes, what they print, and what they write."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.domains.exchange.installation import report, row_counts, set_cell

from opvangloket.config import cli

Fresh = Callable[[], AbstractContextManager[None]]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def installed(empty_installation: Fresh) -> Iterator[None]:
    """Give every command a database of its own."""
    with empty_installation():
        yield


@pytest.fixture
def imported(folder: Path, capsys: Captured) -> Path:
    assert cli.main(["import", str(folder)]) == 0
    capsys.readouterr()
    return folder


class TestImport:
    def test_it_says_what_came_in(self, folder: Path, capsys: Captured) -> None:
        assert cli.main(["import", str(folder)]) == 0
        assert capsys.readouterr().out == (
            "Overgenomen: 2 loketten, 2 organisatoren, 2 locaties, 4 vragen, 10 gebeurtenissen.\n"
        )

    def test_it_says_what_is_still_open(self, folder: Path, capsys: Captured) -> None:
        lines = (folder / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / "events.csv").write_text("".join(lines[:-1]), encoding="utf-8")
        assert cli.main(["import", str(folder)]) == 0
        assert capsys.readouterr().out.endswith("Nog open: 1 vraag. Zie de werklijst, Overnemen.\n")

    def test_again_says_that_nothing_changed(self, imported: Path, capsys: Captured) -> None:
        assert cli.main(["import", str(imported)]) == 0
        assert (
            capsys.readouterr().out == "Alles was al overgenomen: 4 vragen en 10 gebeurtenissen. Er veranderde niets.\n"
        )

    def test_a_check_imports_nothing(self, folder: Path, capsys: Captured) -> None:
        before = row_counts()
        assert cli.main(["import", str(folder), "--check"]) == 0
        assert capsys.readouterr().out.startswith("De map is in orde: 4 vragen en 10 gebeurtenissen.\n")
        assert row_counts() == before

    def test_errors_are_listed_with_their_place_and_written_as_csv(
        self, folder: Path, tmp_path: Path, capsys: Captured
    ) -> None:
        set_cell(folder, "requests.csv", 3, "channel", "fax")
        set_cell(folder, "events.csv", 8, "start_on", "")
        before = row_counts()
        assert cli.main(["import", str(folder), "--errors", str(tmp_path / "fouten.csv")]) == 1
        out = capsys.readouterr().out
        assert out.startswith("2 fouten. Er is niets overgenomen.\n")
        assert "requests.csv, regel 3, kolom channel\n    “fax” kan hier niet.\n    → Kies uit: online" in out
        assert "events.csv, regel 8, kolom start_on\n" in out
        with (tmp_path / "fouten.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [(row["file"], row["line"], row["column"]) for row in rows] == [
            ("requests.csv", "3", "channel"),
            ("events.csv", "8", "start_on"),
        ]
        assert row_counts() == before

    def test_a_place_that_cannot_be_written_stops_before_importing(
        self, folder: Path, tmp_path: Path, capsys: Captured
    ) -> None:
        before = row_counts()
        assert cli.main(["import", str(folder), "--errors", str(tmp_path / "nergens" / "fouten.csv")]) == 1
        assert "kan niet geschreven worden" in capsys.readouterr().err
        assert row_counts() == before

    def test_a_folder_that_is_not_there_is_told_in_one_sentence(self, tmp_path: Path, capsys: Captured) -> None:
        assert cli.main(["import", str(tmp_path / "weg")]) == 1
        assert capsys.readouterr().err == f"Er is geen map of zip op {tmp_path / 'weg'}. Kijk de naam na.\n"


class TestReport:
    def test_csv_to_standard_output_is_what_the_desk_reports(self, imported: Path, capsys: Captured) -> None:
        assert cli.main(["report", "--desk", "polder", "--year", "2024"]) == 0
        printed = list(csv.DictReader(capsys.readouterr().out.splitlines()))
        assert printed == report("polder", 2024)
        assert [row["nis_code"] for row in printed] == ["44084"]

    def test_a_file_has_the_same_bytes_without_a_byte_order_mark(self, imported: Path, tmp_path: Path) -> None:
        to = tmp_path / "verslag.csv"
        assert cli.main(["report", "--desk", "kust", "--year", "2024", "-o", str(to)]) == 0
        assert to.read_bytes().startswith(b"year,as_of,nis_code,municipality,total,")
        assert not (tmp_path / "verslag.csv.part").exists()

    def test_the_date_counts(self, imported: Path, capsys: Captured) -> None:
        assert cli.main(["report", "--desk", "polder", "--year", "2024", "--as-of", "2024-03-01"]) == 0
        rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
        # One request was there, and only later merged with another one.
        assert {row["nis_code"]: row["total"] for row in rows} == {"00000": "1", "44084": "0"}
        assert {row["as_of"] for row in rows} == {"2024-03-01"}

    def test_json_has_the_same_rows(self, imported: Path, capsys: Captured) -> None:
        assert cli.main(["report", "--desk", "kust", "--year", "2024", "--format", "json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert [str(row["total"]) for row in document["rows"]] == [row["total"] for row in report("kust", 2024)]

    @pytest.mark.parametrize("wrong", [["--year", "vorig"], ["--year", "2024", "--as-of", "eind februari"], []])
    def test_what_is_typed_wrong_is_told(self, wrong: list[str], capsys: Captured) -> None:
        with pytest.raises(SystemExit) as stopped:
            cli.main(["report", "--desk", "kust", *wrong])
        assert stopped.value.code == 2
        assert "error:" in capsys.readouterr().err


class TestExport:
    def test_a_desk_goes_out_and_comes_in_elsewhere(
        self, imported: Path, tmp_path: Path, empty_installation: Fresh, capsys: Captured
    ) -> None:
        to = tmp_path / "kust.zip"
        assert cli.main(["export", "--desk", "kust", "-o", str(to)]) == 0
        assert f"{to}: 2 vragen, 8 gebeurtenissen, 2 locaties." in capsys.readouterr().out
        expected = report("kust", 2024)
        with empty_installation():
            assert cli.main(["import", str(to)]) == 0
            assert report("kust", 2024) == expected

    @pytest.mark.parametrize("command", [["export", "-o", "x.zip"], ["report", "--year", "2024"]])
    def test_an_unknown_desk_is_told_with_the_known_ones(
        self, command: list[str], imported: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert cli.main([*command, "--desk", "bos"]) == 1
        assert capsys.readouterr().err == "Er is hier geen loket “bos”. Wel: kust, polder.\n"
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []

    def test_a_place_that_cannot_be_written_is_told(self, imported: Path, tmp_path: Path, capsys: Captured) -> None:
        assert cli.main(["export", "--desk", "kust", "-o", str(tmp_path / "weg" / "x.zip")]) == 1
        assert "kan niet geschreven worden" in capsys.readouterr().err

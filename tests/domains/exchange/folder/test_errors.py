"""What the catalogue does not have: folders that cannot be opened, many errors, checks, and words for each error."""

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.domains.exchange.installation import add_event, bring_in, places_of_errors, row_counts, set_cell
from tests.exchange.bad_rows import CATALOGUE
from tests.exchange.bad_structure import BadCase, read_cells, write_cells
from tests.exchange.valid_folder import FILES

from opvangloket.domains.exchange.folder.sources import CannotReadFolder
from opvangloket.domains.exchange.lists.row_errors import LISTED_AT_MOST

pytestmark = pytest.mark.django_db


class TestPlaces:
    @pytest.mark.parametrize("prefix", ["", "export/", "a/b/"])
    def test_a_zip_is_read_like_the_folder(self, prefix: str, folder: Path, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "in.zip", "w") as archive:
            for path in folder.iterdir():
                archive.write(path, f"{prefix}{path.name}")
                archive.writestr(f"__MACOSX/{prefix}{path.name}", b"\0")
        assert bring_in(tmp_path / "in.zip").new_requests == 4

    def test_a_place_without_folder_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(CannotReadFolder, match="Er is geen map of zip op"):
            bring_in(tmp_path / "nergens")

    def test_a_file_that_is_no_zip_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "lijst.xlsx").write_bytes(b"PK but not really")
        with pytest.raises(CannotReadFolder, match="geen hele zip"):
            bring_in(tmp_path / "lijst.xlsx")

    def test_a_zip_with_a_damaged_file_is_told_and_leaves_nothing(self, folder: Path, tmp_path: Path) -> None:
        with ZipFile(tmp_path / "in.zip", "w") as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
        content = (tmp_path / "in.zip").read_bytes()
        (tmp_path / "in.zip").write_bytes(content.replace(b"R4,2024-03-06T10", b"R4,2024-03-06T11", 1))
        before = row_counts()
        with pytest.raises(CannotReadFolder, match="geen hele zip"):
            bring_in(tmp_path / "in.zip")
        assert row_counts() == before

    def test_an_empty_folder_misses_four_files(self, tmp_path: Path) -> None:
        assert places_of_errors(bring_in(tmp_path)) == [
            (name, None, None) for name in ("desks.csv", "locations.csv", "requests.csv", "events.csv")
        ]

    def test_a_csv_with_another_name_is_named(self, folder: Path) -> None:
        (folder / "requests.csv").rename(folder / "request.csv")
        result = bring_in(folder)
        assert result.ignored_files == ("request.csv",)
        assert places_of_errors(result) == [("requests.csv", None, None)]


class TestFiles:
    def test_files_with_only_a_header_are_an_empty_list(self, folder: Path) -> None:
        for name, text in FILES.items():
            (folder / name).write_text(text.splitlines(keepends=True)[0], encoding="utf-8")
        result = bring_in(folder)
        assert (result.ok, result.requests, result.events, result.new_desks) == (True, 0, 0, 0)

    def test_a_folder_without_organisers_names_each_location_that_misses_one(self, folder: Path) -> None:
        (folder / "organisers.csv").unlink()
        assert places_of_errors(bring_in(folder)) == [
            ("locations.csv", 2, "organiser"),
            ("locations.csv", 3, "organiser"),
        ]

    def test_organisers_may_be_known_from_before(self, folder: Path) -> None:
        assert bring_in(folder).ok
        (folder / "organisers.csv").unlink()
        result = bring_in(folder)
        assert (result.ok, result.new_locations) == (True, 0)

    def test_empty_lines_are_passed_over_and_counted(self, folder: Path) -> None:
        text = "\n\n".join(FILES["requests.csv"].splitlines())
        (folder / "requests.csv").write_text(f"{text}\n\n", encoding="utf-8")
        assert bring_in(folder).new_requests == 4
        (folder / "requests.csv").write_text(text.replace("2024-11-04", "2024-11-31"), encoding="utf-8")
        assert places_of_errors(bring_in(folder)) == [("requests.csv", 9, "start_on")]

    def test_an_empty_file_is_told(self, folder: Path) -> None:
        (folder / "events.csv").write_bytes(b"")
        assert places_of_errors(bring_in(folder)) == [("events.csv", 1, None)]

    def test_semicolons_are_recognised(self, folder: Path) -> None:
        text = (folder / "organisers.csv").read_text(encoding="utf-8")
        (folder / "organisers.csv").write_text(text.replace(",", ";"), encoding="utf-8")
        assert "puntkomma" in bring_in(folder).errors[0].wrong

    def test_a_column_in_other_letters_gets_a_hint(self, folder: Path) -> None:
        header, *rows = read_cells(folder / "requests.csv")
        write_cells(folder / "requests.csv", [["Language" if cell == "language" else cell for cell in header], *rows])
        (error,) = bring_in(folder).errors
        assert (error.line, error.column, error.what_to_do) == (1, "Language", "Bedoel je language?")

    def test_a_character_that_no_database_keeps_is_an_error(self, folder: Path) -> None:
        content = (folder / "requests.csv").read_bytes()
        (folder / "requests.csv").write_bytes(content.replace(b"Lou", b"L\0u"))
        assert places_of_errors(bring_in(folder)) == [("requests.csv", 5, None)]

    def test_more_than_one_source_is_an_error(self, folder: Path) -> None:
        (folder / "meta.csv").write_text("source\nA\nB\n", encoding="utf-8")
        assert places_of_errors(bring_in(folder)) == [("meta.csv", 3, None)]


class TestCells:
    @pytest.mark.parametrize(
        ("file", "line", "column", "value"),
        [
            ("desks.csv", 2, "desk", "Loket Kust"),
            ("desks.csv", 2, "desk", "werk"),
            ("requests.csv", 2, "start_on", "0024-09-02"),
            ("requests.csv", 2, "registered_at", "2024-01-10 09:00:00+01:00"),
            ("requests.csv", 2, "registered_at", "0001-01-01T00:00:00+14:00"),
            ("requests.csv", 2, "parts_wanted", "0"),
            ("requests.csv", 2, "parts_wanted", "2,5"),
            ("requests.csv", 2, "pattern", "ma_vm|"),
            ("requests.csv", 2, "pattern", "ma_vm, ma_nm"),
            ("requests.csv", 2, "applicant_first_name", "x" * 101),
            ("requests.csv", 2, "applicant_last_name", "Peeters 85.07.30-033.28"),
            ("requests.csv", 2, "residence_nis", "3501"),
            ("requests.csv", 2, "locations", "L1||L2"),
            ("locations.csv", 3, "price_day", "32.505"),
            ("locations.csv", 3, "price_day", "-1"),
            ("locations.csv", 2, "lat", "512.3"),
            ("locations.csv", 2, "licensed_places", "40000"),
            ("locations.csv", 2, "name", "   "),
            ("events.csv", 6, "reason", "x" * 201),
            ("events.csv", 6, "reason", "zie 85073003328"),
        ],
    )
    def test_a_cell_that_cannot_be_is_refused(
        self, file: str, line: int, column: str, value: str, folder: Path
    ) -> None:
        set_cell(folder, file, line, column, value)
        assert (file, line, column) in places_of_errors(bring_in(folder))

    def test_one_wrong_row_makes_no_further_errors(self, folder: Path) -> None:
        set_cell(folder, "locations.csv", 3, "type", "crèche")
        set_cell(folder, "requests.csv", 2, "pattern", "maandag")
        assert places_of_errors(bring_in(folder)) == [("locations.csv", 3, "type"), ("requests.csv", 2, "pattern")]


class TestMany:
    def test_every_error_is_found_at_once(self, folder: Path) -> None:
        set_cell(folder, "desks.csv", 2, "mode", "both")
        set_cell(folder, "requests.csv", 3, "channel", "fax")
        set_cell(folder, "requests.csv", 4, "start_on", "morgen")
        set_cell(folder, "events.csv", 7, "reason", "")
        add_event(folder, request="R4", at="2024-06-01T10:00:00Z", kind="offer_accepted", location="L1")
        assert places_of_errors(bring_in(folder)) == [
            ("desks.csv", 2, "mode"),
            ("requests.csv", 3, "channel"),
            ("requests.csv", 4, "start_on"),
            ("events.csv", 7, "reason"),
            ("events.csv", 12, "kind"),
        ]

    def test_the_rest_beyond_a_thousand_is_counted(self, folder: Path) -> None:
        header, *rows = read_cells(folder / "events.csv")
        bad = [["R1", "gisteren", *[""] * (len(header) - 2)] for _ in range(LISTED_AT_MOST)]
        write_cells(folder / "events.csv", [header, *rows, *bad])
        result = bring_in(folder)
        assert (len(result.errors), result.error_count) == (LISTED_AT_MOST, 2 * LISTED_AT_MOST)


class TestCheck:
    def test_a_check_of_a_good_folder_imports_nothing(self, folder: Path) -> None:
        before = row_counts()
        result = bring_in(folder, check=True)
        assert (result.ok, result.checked_only, result.requests, result.new_requests) == (True, True, 4, 0)
        assert row_counts() == before

    def test_a_check_finds_the_same_errors(self, folder: Path) -> None:
        CATALOGUE[-1].apply(folder)
        assert places_of_errors(bring_in(folder, check=True)) == places_of_errors(bring_in(folder))


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.name)
def test_each_error_says_what_is_wrong_and_what_to_do_in_short_sentences(case: BadCase, folder: Path) -> None:
    case.apply(folder)
    for error in bring_in(folder).errors:
        for text in (error.wrong, error.what_to_do):
            assert text[0].isupper() or text.startswith(("“", f"{error.column} "))
            assert text.endswith((".", "?"))
            assert all(len(sentence.split()) <= 20 for sentence in text.split(". "))


def test_errors_of_the_csv_module_never_come_out(folder: Path) -> None:
    huge = csv.field_size_limit() + 1
    content = (folder / "locations.csv").read_bytes()
    (folder / "locations.csv").write_bytes(content.replace(b"Tuin", b'"' + b"x" * huge))
    assert places_of_errors(bring_in(folder)) == [("locations.csv", 2, None)]

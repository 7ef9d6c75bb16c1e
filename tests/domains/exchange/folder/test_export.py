"""An export goes into an empty installation and comes out of it again: equal reports, equal bytes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.domains.exchange.installation import (
    NOW,
    bring_in,
    contents,
    export,
    places_of_errors,
    report,
    unzipped,
)
from tests.exchange.bad_structure import read_cells, write_cells
from tests.exchange.checker import problems_of
from tests.exchange.folder import read_folder
from tests.exchange.generator import generate
from tests.exchange.oracle import report_rows

from opvangloket.domains.providers.map_point import set_point
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk, Organiser
from opvangloket.domains.requests.events import append_event
from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.audit.record import SYSTEM
from opvangloket.foundation.geography import municipality
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.queries import UnknownDesk
from opvangloket.foundation.tenancy.scopes import OrganiserScope, across_desks, scope
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.map_points import rounded
from opvangloket.rules.neutrality import Point

Fresh = Callable[[], AbstractContextManager[None]]
YEARS = range(2018, 2026)


@pytest.mark.parametrize("seed", [201, 202])
def test_every_desk_moves_to_an_empty_installation(seed: int, tmp_path: Path, empty_installation: Fresh) -> None:
    generate(tmp_path / "all", seed=seed, requests=350)
    reports = {}
    with empty_installation():
        assert bring_in(tmp_path / "all").ok
        for slug in Desk.objects.values_list("slug", flat=True):
            export(slug, tmp_path / f"{slug}.zip")
            reports[slug] = [report(slug, year) for year in YEARS]
    assert len(reports) == 7
    for slug, expected in reports.items():
        first = tmp_path / f"{slug}.zip"
        assert problems_of(unzipped(first)) == []
        with empty_installation():
            assert places_of_errors(bring_in(first)) == []
            assert [report(slug, year) for year in YEARS] == expected
            second = export(slug, tmp_path / f"{slug}-again.zip")
        assert second.read_bytes() == first.read_bytes()
        apart = read_folder(unzipped(first))
        assert [report_rows(apart, slug, year) for year in YEARS] == expected


@pytest.mark.django_db
class TestOneInstallation:
    @pytest.fixture
    def lived(self, folder: Path) -> None:
        """Let a desk live on after its import, with requests that were never imported."""
        assert bring_in(folder).ok
        with across_desks("act as the desk"):
            request = CareRequest.objects.get(external_id="R4")
            append_event(request=request, at=NOW, kind=EventKind.REOPENED, by="desk_worker")
            # As if the other request had been asked here: no source, no id, no digest.
            CareRequest.objects.filter(external_id="R3").update(external_id="", source="", imported_digest="")
        Location.objects.filter(external_id="L2").update(external_id="", imported_digest="")
        Organiser.objects.filter(external_id="O2").update(external_id="", imported_digest="")

    def test_its_own_export_changes_nothing(self, lived: None, tmp_path: Path) -> None:
        out = export("polder", tmp_path / "polder.zip")
        before = contents()
        result = bring_in(out)
        assert places_of_errors(result) == []
        assert (result.requests, result.new_requests, result.new_events) == (2, 0, 0)
        assert contents() == before

    def test_a_point_that_was_set_by_hand_goes_along_and_comes_back_the_same(self, lived: None, tmp_path: Path) -> None:
        location = Location.objects.get(name="Het Nest")
        town = municipality(location.nis_code)
        assert town is not None
        door = rounded(Point(town.lat + 0.00123, town.lon))
        with scope(OrganiserScope(location.organiser_id, frozenset({location.id}))):
            set_point(location_id=location.id, point=door, actor=SYSTEM, now=NOW)
        out = export("polder", tmp_path / "polder.zip")
        heads, cells = read_cells(unzipped(out) / "locations.csv")
        row = dict(zip(heads, cells, strict=True))
        assert (float(row["lat"]), float(row["lon"])) == (door.lat, door.lon)
        assert places_of_errors(bring_in(out)) == []
        location.refresh_from_db()
        assert (location.lat, location.lon) == (door.lat, door.lon)

    def test_what_was_made_here_goes_by_its_public_name(self, lived: None, tmp_path: Path) -> None:
        folder = unzipped(export("polder", tmp_path / "polder.zip"))
        with across_desks("look"):
            references = set(CareRequest.objects.filter(desk__slug="polder").values_list("reference", flat=True))
        read = read_folder(folder)
        assert {request.id for request in read.requests} == references
        assert set(read.nis_of_location) == {"het-nest"}
        assert problems_of(folder) == []

    def test_an_id_never_leaves(self, lived: None, tmp_path: Path) -> None:
        folder = unzipped(export("polder", tmp_path / "polder.zip"))
        text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
        with across_desks("look"):
            for request in CareRequest.objects.all():
                assert str(request.id) not in text
                assert request.id.hex not in text

    def test_a_merge_with_another_desk_stays_uncounted_and_names_no_stranger(
        self, folder: Path, tmp_path: Path, empty_installation: Fresh
    ) -> None:
        header, *rows = read_cells(folder / "events.csv")
        merge = next(row for row in rows if row[2] == "merged_into")
        merge[header.index("reason")] = "R1"
        write_cells(folder / "events.csv", [header, *rows])
        assert bring_in(folder).ok
        before = [report("polder", year) for year in YEARS]
        out = unzipped(export("polder", tmp_path / "polder.zip"))
        assert problems_of(out) == []
        assert "R1" not in (out / "events.csv").read_text(encoding="utf-8")
        read = read_folder(out)
        assert [report_rows(read, "polder", year) for year in YEARS] == before

    def test_only_the_desk_itself_is_in_it(self, folder: Path, tmp_path: Path) -> None:
        assert bring_in(folder).ok
        read = read_folder(unzipped(export("kust", tmp_path / "kust.zip")))
        assert (set(read.desks), {request.id for request in read.requests}) == ({"kust"}, {"R1", "R2"})
        assert set(read.nis_of_location) == {"L1", "L2"}

    def test_a_location_that_the_desk_only_sees_moves_along(
        self, folder: Path, tmp_path: Path, empty_installation: Fresh
    ) -> None:
        assert bring_in(folder).ok
        desk, seen = Desk.objects.get(slug="polder"), Location.objects.get(external_id="L1")
        with across_desks("let the desk see a neighbour"):
            LocationInDesk.objects.create(desk=desk, location=seen, relation=DeskRelation.VIEW, start_on=NOW.date())
        assert set(read_folder(unzipped(export("polder", tmp_path / "p.zip"))).nis_of_location) == {"L1", "L2"}

    def test_an_unknown_desk_is_named_with_the_known_ones(self, folder: Path, tmp_path: Path) -> None:
        assert bring_in(folder).ok
        with pytest.raises(UnknownDesk, match=r"geen loket “bos”. Wel: kust, polder"):
            export("bos", tmp_path / "bos.zip")

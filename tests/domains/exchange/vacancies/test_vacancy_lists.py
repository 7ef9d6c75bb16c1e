"""A list of free places: read to the cell, shown as what it changes, done as far as it was approved, and never twice."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.cast import Town, open_location, town
from tests.domains.distribution.journey import looking
from tests.domains.exchange.register.test_register import as_csv

from opvangloket.domains.exchange.lists.sheets import ListRefused, csv_file, example_workbook, filled_lines, workbook
from opvangloket.domains.exchange.lists.shown_changes import ChangedSinceShown
from opvangloket.domains.exchange.vacancies import changes
from opvangloket.domains.exchange.vacancies.approval import (
    LookedAtList,
    NothingTicked,
    approve_vacancies,
    look_at_vacancies,
)
from opvangloket.domains.exchange.vacancies.changes import ChangeKind
from opvangloket.domains.exchange.vacancies.columns import COLUMNS, cells_of
from opvangloket.domains.exchange.vacancies.reading import MOST_ROWS, known_lines
from opvangloket.domains.providers.free_places import free_places
from opvangloket.domains.providers.models import CapacityKind, Location, Vacancy
from opvangloket.domains.providers.own_locations import AgeGroup, DeclaredVacancy, own_locations, vacancies_of
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.tenancy.scopes import OrganiserScope, across_desks, scope
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
HEADINGS = [column.heading for column in COLUMNS]
EVERYTHING = frozenset(ChangeKind)
ROW = dict.fromkeys(HEADINGS, "") | {
    "opvang": "De Regenboog Centrum",
    "van": "1/4/2026",
    "tot en met": "30/6/2026",
    "dagen": "ma, di voormiddag",
    "uren": "ma 09:00-15:00",
    "aantal": "2",
    "leeftijd": "peuters",
    "zichtbaar voor": "alleen het loket",
}


@pytest.fixture
def here() -> Town:
    return town(NOW)


class Lists:
    """The lists of De Regenboog, which has two locations."""

    def __init__(self, here: Town) -> None:
        self.here = here
        self.ids = frozenset({here.regenboog_centrum.id, here.regenboog_denderhof.id})

    def look(self, *rows: Mapping[str, str], now: datetime = NOW) -> LookedAtList:
        with scope(OrganiserScope(self.here.regenboog.id, self.ids)):
            return look_at_vacancies(
                lines=known_lines(as_csv(*map(dict, rows))), file_name="lijst.csv", location_ids=self.ids, now=now
            )

    def kinds(self, *rows: Mapping[str, str], now: datetime = NOW) -> list[ChangeKind]:
        looked = self.look(*rows, now=now)
        assert looked.read.errors == ()
        return [one.kind for one in looked.changes.changes]

    def approve(
        self, *rows: Mapping[str, str], only: frozenset[ChangeKind] = EVERYTHING, now: datetime = NOW
    ) -> Mapping[ChangeKind, int]:
        keys = [one.key for one in self.look(*rows, now=now).changes.changes if one.kind in only]
        return self.do(*rows, keys=keys, now=now)

    def do(self, *rows: Mapping[str, str], keys: list[str], now: datetime = NOW) -> Mapping[ChangeKind, int]:
        with scope(OrganiserScope(self.here.regenboog.id, self.ids)):
            return approve_vacancies(
                lines=known_lines(as_csv(*map(dict, rows))),
                file_name="lijst.csv",
                keys=keys,
                location_ids=self.ids,
                actor=self.here.manager,
                now=now,
            ).counts

    def declared(self) -> tuple[DeclaredVacancy, ...]:
        with scope(OrganiserScope(self.here.regenboog.id, self.ids)):
            return vacancies_of(self.ids, today=self.here.today)

    def rows(self) -> list[dict[str, str]]:
        """Return the list as it is downloaded, after a spreadsheet had it."""
        with scope(OrganiserScope(self.here.regenboog.id, self.ids)):
            locations = {one.id: one for one in own_locations(self.ids)}
        cells = [cells_of(locations[one.location_id], one) for one in self.declared()]
        [_heading, *lines] = filled_lines(workbook("Vrije plaatsen", [(one, True) for one in HEADINGS], cells))
        assert [list(one) for _line, one in filled_lines(csv_file(HEADINGS, cells))][1:] == [
            [_as_csv_has_it(cell) for cell in line] for _number, line in lines
        ]
        return [dict(zip(HEADINGS, line, strict=True)) for _number, line in lines]


def _as_csv_has_it(cell: str) -> str:
    """Return a day of a workbook as a CSV file has it."""
    if not cell.endswith(" 00:00:00"):
        return cell
    day = date.fromisoformat(cell[:10])
    return f"{day.day}/{day.month}/{day.year}"


@pytest.fixture
def lists(here: Town) -> Lists:
    return Lists(here)


def wrong(looked: LookedAtList) -> list[tuple[int | None, str | None, str]]:
    assert looked.changes.changes == ()
    assert all(error.what_to_do for error in looked.read.errors)
    return [(error.line, error.column, error.wrong) for error in looked.read.errors]


class TestReading:
    def test_a_row_becomes_a_place(self, here: Town, lists: Lists) -> None:
        [change] = lists.look(ROW).changes.changes
        place = change.after
        assert place is not None
        assert (change.kind, change.location.id) == (ChangeKind.NEW, here.regenboog_centrum.id)
        assert (place.pattern, place.hours.text()) == (
            WeekPattern.full_days("ma") | WeekPattern.of("di_vm"),
            "ma 09:00-15:00",
        )
        assert (place.start_on, place.end_on) == (date(2026, 4, 1), date(2026, 7, 1))
        assert (place.places, place.age_group, place.public) == (2, AgeGroup.TODDLER, False)

    def test_what_is_left_out_is_what_the_form_starts_from(self, here: Town, lists: Lists) -> None:
        short = {name: ROW[name] for name in ("opvang", "van", "dagen", "aantal")}
        [change] = lists.look(short).changes.changes
        place = change.after
        assert place is not None
        assert (place.end_on, place.hours, place.age_group) == (None, CareHours(), AgeGroup.MIXED)
        assert (place.tariff, place.public) == (change.location.tariff, True)
        here.choose(Procedure(vacancy_public_default=False))
        [hidden] = lists.look(short).changes.changes
        assert hidden.after is not None
        assert not hidden.after.public

    def test_the_example_can_be_handed_in_as_it_is(self, lists: Lists) -> None:
        content = example_workbook("Vrije plaatsen", [(one.heading, one.example, one.required) for one in COLUMNS])
        [_heading, line] = known_lines(content)
        assert lists.kinds(dict(zip(HEADINGS, line[1], strict=True))) == [ChangeKind.NEW]

    def test_a_location_is_known_by_its_number_or_its_name(self, here: Town, lists: Lists) -> None:
        Location.objects.filter(id=here.regenboog_denderhof.id).update(file_number="041048")
        [change] = lists.look(ROW | {"opvang": "anders", "dossiernummer": "41048"}).changes.changes
        assert change.location.id == here.regenboog_denderhof.id
        [named] = lists.look(ROW | {"opvang": " de regenboog  CENTRUM"}).changes.changes
        assert named.location.id == here.regenboog_centrum.id

    @pytest.mark.parametrize(
        ("column", "cell", "told"),
        [
            ("opvang", "Mia’s Nestje", "We vinden deze opvang niet bij jouw locaties."),
            ("opvang", "", "De cel opvang is leeg."),
            ("dossiernummer", "999", "We vinden deze opvang niet bij jouw locaties."),
            ("van", "1/4/26", "“1/4/26” is geen datum."),
            ("van", "31/2/2026", "“31/2/2026” is geen datum."),
            ("van", "1/4/1026", "“1/4/1026” is geen datum."),
            ("tot en met", "31/3/2026", "De laatste dag kan niet voor woensdag 1 april 2026 liggen. Kijk de datum na."),
            ("dagen", "elke dag", "“elke” kennen we niet."),
            ("uren", "van 9 tot 3", "“van 9 tot 3” zijn geen uren."),
            (
                "uren",
                "wo 9:00-12:00",
                "De uren en de dagdelen kloppen niet met elkaar op woensdag voormiddag. Pas één van beide aan.",
            ),
            ("aantal", "veel", "“veel” is geen aantal."),
            ("aantal", "101", "“101” is geen aantal."),
            ("aantal", "-1", "“-1” is geen aantal."),
            ("leeftijd", "kleuters", "“kleuters” kan hier niet."),
            ("prijs", "gratis", "“gratis” kan hier niet."),
            ("prijs", "vrije prijs", "De Regenboog Centrum heeft een andere prijs."),
            ("zichtbaar voor", "oma", "“oma” kan hier niet."),
            ("sleutel", "12", "“12” is geen sleutel van ons."),
            ("sleutel", "018f0000-0000-7000-8000-000000000000", "Deze plaats staat er niet meer."),
        ],
    )
    def test_a_wrong_cell_is_told_with_its_place(self, lists: Lists, column: str, cell: str, told: str) -> None:
        assert wrong(lists.look(ROW, ROW | {column: cell})) == [(3, column, told)]

    def test_where_both_prices_are_possible_the_cell_says_which(self, here: Town, lists: Lists) -> None:
        Location.objects.filter(id=here.regenboog_centrum.id).update(tariff="mixed")
        assert wrong(lists.look(ROW)) == [(2, "prijs", "De cel prijs is leeg.")]
        assert lists.kinds(ROW | {"prijs": "vrije prijs"}) == [ChangeKind.NEW]

    def test_two_locations_of_one_name_ask_for_the_number(self, here: Town, lists: Lists) -> None:
        Location.objects.filter(id=here.regenboog_denderhof.id).update(name="De Regenboog Centrum")
        assert wrong(lists.look(ROW)) == [(2, "opvang", "Meer dan één opvang heet De Regenboog Centrum.")]

    def test_a_missing_or_double_column_is_told(self, lists: Lists) -> None:
        assert wrong(lists.look({key: cell for key, cell in ROW.items() if key != "dagen"})) == [
            (1, "dagen", "De kolom dagen ontbreekt.")
        ]
        assert wrong(lists.look(ROW | {"Dagen": "wo"})) == [(1, "dagen", "De kolom dagen staat er 2 keer.")]

    def test_columns_that_are_not_ours_are_not_kept(self) -> None:
        lines = known_lines(as_csv(ROW | {"naam ouder": "Sara Peeters"}))
        assert "Sara" not in str(lines)
        assert list(lines[0][1]) == HEADINGS

    def test_too_long_and_empty_lists_are_refused(self, lists: Lists) -> None:
        for rows, told in (([ROW] * (MOST_ROWS + 1), "meer dan"), ([], "leeg")):
            lines = known_lines(as_csv(*rows)) if rows else []
            with lists.here.at_organiser(lists.here.regenboog_centrum), pytest.raises(ListRefused) as refused:
                look_at_vacancies(lines=lines, file_name="x", location_ids=lists.ids, now=NOW)
            assert told in refused.value.message


class TestChanges:
    def test_a_downloaded_list_changes_nothing_on_its_day_and_confirms_afterwards(self, lists: Lists) -> None:
        lists.approve(ROW, ROW | {"opvang": "De Regenboog Denderhof", "tot en met": "", "uren": ""})
        rows = lists.rows()
        assert lists.look(*rows).changes.same == 2
        assert lists.kinds(*rows) == []
        assert lists.kinds(*rows, now=LATER) == [ChangeKind.CONFIRMED, ChangeKind.CONFIRMED]
        assert lists.approve(*rows, now=LATER)[ChangeKind.CONFIRMED] == 2
        assert {one.confirmed_on for one in lists.declared()} == {date(2026, 3, 5)}
        assert lists.kinds(*rows, now=LATER) == []

    def test_the_same_list_twice_declares_nothing_more(self, lists: Lists) -> None:
        """Software that knows no keys of ours hands in what is free, over and over."""
        twins = (ROW, ROW, ROW | {"aantal": "3"})
        assert lists.approve(*twins)[ChangeKind.NEW] == 3
        assert lists.kinds(*twins) == []
        assert len(lists.declared()) == 3

    def test_a_changed_row_is_the_same_place(self, lists: Lists) -> None:
        lists.approve(ROW)
        [row] = lists.rows()
        [known] = lists.declared()
        assert lists.approve(row | {"aantal": "1", "dagen": "ma, di", "uren": ""})[ChangeKind.CHANGED] == 1
        [changed] = lists.declared()
        assert (changed.id, changed.places, changed.pattern) == (known.id, 1, WeekPattern.full_days("ma", "di"))

    def test_a_change_frees_no_place_that_was_taken_since(self, lists: Lists) -> None:
        lists.approve(ROW)
        lists.approve(lists.rows()[0] | {"aantal": "3"}, now=LATER)
        row = Vacancy.objects.get()
        assert (row.places, row.declared_at, row.confirmed_on) == (3, NOW, date(2026, 3, 5))

    @pytest.mark.parametrize("gone", [{"aantal": "0"}, {"tot en met": "28/2/2026", "van": "1/2/2026"}])
    def test_zero_or_a_day_that_is_past_takes_a_place_away(self, lists: Lists, gone: dict[str, str]) -> None:
        lists.approve(ROW)
        row = lists.rows()[0] | gone
        assert lists.approve(row)[ChangeKind.CLOSED] == 1
        assert lists.declared() == ()
        looked = lists.look(row)
        assert (looked.changes.changes, looked.changes.over, looked.read.errors) == ((), 1, ())

    def test_what_the_list_does_not_name_goes_only_when_that_is_approved(self, lists: Lists) -> None:
        lists.approve(ROW, ROW | {"aantal": "1"})
        rows = [row for row in lists.rows() if row["aantal"] == "2"]
        assert lists.kinds(*rows) == [ChangeKind.MISSING]
        assert lists.approve(*rows)[ChangeKind.MISSING] == 1
        assert [one.places for one in lists.declared()] == [2]

    def test_what_is_not_shown_is_counted_and_never_approved(
        self, lists: Lists, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lists.approve(*(ROW | {"aantal": str(places)} for places in range(1, 6)))
        kept = [row for row in lists.rows() if row["aantal"] == "1"]
        every = [one.key for one in lists.look(*kept).changes.changes]
        monkeypatch.setattr(changes, "MOST_MISSING", 3)
        found = lists.look(*kept).changes
        assert (len(found.of(ChangeKind.MISSING)), found.unshown) == (3, 1)
        with pytest.raises(ChangedSinceShown):
            lists.do(*kept, keys=every)
        assert lists.approve(*kept)[ChangeKind.MISSING] == 3
        assert len(lists.declared()) == 2
        again = lists.look(*kept).changes
        assert (len(again.of(ChangeKind.MISSING)), again.unshown) == (1, 0)

    def test_whatever_is_approved_is_confirmed_today(self, here: Town, lists: Lists) -> None:
        """What families read as free was said so within the term of the procedure (SPEC §6)."""
        open_ended = ROW | {"van": "1/3/2026", "tot en met": "", "zichtbaar voor": "iedereen", "uren": ""}
        lists.approve(*(open_ended | {"aantal": str(places)} for places in (1, 2)))
        stale = NOW + timedelta(days=15)
        place = here.regenboog_centrum.id

        def fresh() -> list[bool]:
            with looking():
                found = free_places({place: CapacityKind.VACANCIES}, today=brussels_date(stale), fresh_days=14)[place]
            return [found.is_fresh, *(one.is_fresh for one in found.declared)]

        assert fresh() == [False, False, False]
        changed, same = lists.rows()
        lists.approve(changed | {"aantal": "4"}, same, open_ended | {"aantal": "7"}, now=stale)
        assert fresh() == [True, True, True, True]
        assert {one.confirmed_on for one in lists.declared()} == {brussels_date(stale)}

    def test_a_row_stays_at_its_location_and_a_key_is_of_one_row(self, lists: Lists) -> None:
        lists.approve(ROW)
        [row] = lists.rows()
        assert wrong(lists.look(row | {"opvang": "De Regenboog Denderhof"})) == [
            (2, "opvang", "Deze rij hoort bij De Regenboog Centrum.")
        ]
        assert wrong(lists.look(row, row)) == [(3, "sleutel", "Deze sleutel staat ook op regel 2.")]

    def test_a_location_that_got_another_name_keeps_its_rows(self, here: Town, lists: Lists) -> None:
        lists.approve(ROW)
        rows = lists.rows()
        Location.objects.filter(id=here.regenboog_centrum.id).update(name="Regenboog Markt")
        assert lists.kinds(*rows) == []

    def test_the_place_of_somebody_else_is_not_found_by_its_key(self, here: Town, lists: Lists) -> None:
        lists.approve(ROW)
        [row] = lists.rows()
        with here.at_organiser(here.mias_nestje):
            looked = look_at_vacancies(
                lines=known_lines(as_csv(row)), file_name="x", location_ids=[here.mias_nestje.id], now=NOW
            )
        assert wrong(looked) == [(2, "opvang", "We vinden deze opvang niet bij jouw locaties.")]


class TestApproving:
    def test_what_was_not_ticked_stays_as_it_was(self, lists: Lists) -> None:
        first, _second = lists.look(ROW, ROW | {"aantal": "5"}).changes.changes
        assert lists.do(ROW, ROW | {"aantal": "5"}, keys=[first.key])[ChangeKind.NEW] == 1
        assert len(lists.declared()) == 1

    def test_nothing_ticked_is_refused(self, lists: Lists) -> None:
        with pytest.raises(NothingTicked):
            lists.do(ROW, keys=[])

    def test_pressed_twice_is_done_once(self, lists: Lists) -> None:
        keys = [one.key for one in lists.look(ROW).changes.changes]
        lists.do(ROW, keys=keys)
        with pytest.raises(ChangedSinceShown):
            lists.do(ROW, keys=keys)
        assert len(lists.declared()) == 1

    def test_what_changed_meanwhile_stops_all_of_it(self, lists: Lists) -> None:
        lists.approve(ROW)
        more = [lists.rows()[0] | {"aantal": "4"}, ROW | {"aantal": "7"}]
        keys = [one.key for one in lists.look(*more).changes.changes]
        Vacancy.objects.update(places=3)
        with pytest.raises(ChangedSinceShown):
            lists.do(*more, keys=keys)
        assert [one.places for one in lists.declared()] == [3]

    def test_a_location_outside_the_scope_is_never_touched(self, here: Town) -> None:
        row = ROW | {"opvang": here.mias_nestje.name}
        with here.at_organiser(here.regenboog_centrum):
            looked = look_at_vacancies(
                lines=known_lines(as_csv(row)), file_name="x", location_ids=[here.mias_nestje.id], now=NOW
            )
        assert wrong(looked) == [(2, "opvang", "We vinden deze opvang niet bij jouw locaties.")]

    def test_each_act_is_written_down(self, here: Town, lists: Lists) -> None:
        lists.approve(ROW, ROW | {"aantal": "1"})
        first, second = lists.rows()
        lists.approve(first | {"leeftijd": "baby's"}, second | {"aantal": "0"}, now=LATER)
        lists.approve(*lists.rows(), now=LATER + timedelta(days=1))
        with across_desks("a test reads the log"):
            events = AuditEvent.objects.filter(action="location.edit", subject_id=here.regenboog_centrum.id)
            codes = [code for event in events.order_by("at", "id") for code in event.codes]
        assert sorted(codes) == [
            "vacancy_changed",
            "vacancy_closed",
            "vacancy_confirmed",
            "vacancy_declared",
            "vacancy_declared",
        ]

    def test_a_long_list_is_written_in_as_many_queries_as_a_short_one(self, lists: Lists) -> None:
        def queries(rows: list[dict[str, str]], now: datetime) -> int:
            keys = [one.key for one in lists.look(*rows, now=now).changes.changes]
            with CaptureQueriesContext(connection) as counted:
                assert sum(lists.do(*rows, keys=keys, now=now).values()) == len(rows)
            return len(counted)

        def of(count: int) -> tuple[int, int]:
            """Return what it costs to declare so many places, and then to do of everything with them."""
            Vacancy.objects.all().delete()
            declared = queries([ROW | {"aantal": str(places)} for places in range(1, count + 1)], NOW)
            gone, same, *rest = lists.rows()
            changed = [row | {"leeftijd": "baby's"} for row in rest]
            return declared, queries([gone | {"aantal": "0"}, same, *changed, ROW | {"aantal": "99"}], LATER)

        assert of(3) == of(60)

    def test_looking_costs_as_much_for_forty_locations_as_for_two(self, here: Town, lists: Lists) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                lists.look(ROW)
            return len(counted)

        few = queries()
        with looking():
            more = [open_location(here.regenboog, f"De Regenboog {n}", here.ninove, NOW) for n in range(38)]
        lists.ids |= {one.id for one in more}
        lists.approve(*(ROW | {"opvang": one.name} for one in more))
        assert queries() == few


class TestWriting:
    def test_a_name_that_looks_like_a_formula_stays_a_name(self) -> None:
        rows: list[tuple[Any, ...]] = [("=1+1", 3, date(2026, 9, 1), None)]
        content = workbook("Blad", [("a", True), ("b", False), ("c", False), ("d", False)], rows)
        sheet = load_workbook(BytesIO(content)).worksheets[0]
        assert (sheet["A2"].data_type, sheet["B2"].value, sheet["C2"].number_format) == ("s", 3, "d/m/yyyy")
        assert csv_file(["a", "b", "c", "d"], rows).decode("utf-8-sig") == "a;b;c;d\r\n'=1+1;3;1/9/2026;\r\n"

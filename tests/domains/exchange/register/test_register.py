"""A list of the official register: read to the cell, shown as what it changes, done as far as it was approved."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from tests.cast import GERAARDSBERGEN, Town, town
from tests.domains.distribution.journey import asks

from opvangloket.domains.distribution.closing.moving import announce_move
from opvangloket.domains.exchange.lists.sheets import MOST_BYTES, ListRefused
from opvangloket.domains.exchange.lists.shown_changes import ChangedSinceShown
from opvangloket.domains.exchange.register.approval import Approved, NothingChosen, approve_register
from opvangloket.domains.exchange.register.changes import NoSuchList, RegisterChanges, keep_list, register_changes
from opvangloket.domains.exchange.register.format import COLUMNS
from opvangloket.domains.exchange.register.reading import ReadRegister, read_register, template
from opvangloket.domains.providers.map_point import map_points, set_point
from opvangloket.domains.providers.models import (
    DeskRelation,
    FactConfirmation,
    Location,
    LocationInDesk,
    LocationMove,
    Organiser,
)
from opvangloket.domains.providers.moving import NewAddress, announced_move
from opvangloket.domains.providers.people import account_of_registered_address
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.map_points import PointOrigin
from opvangloket.rules.neutrality import Point

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ROW = {
    "dossiernummer": "410480012",
    "organisator": "De Regenboog vzw",
    "ondernemingsnummer": "0403.170.701",
    "naam": "De Regenboog Centrum",
    "soort": "groepsopvang",
    "trap": "T2B",
    "tarief": "inkomenstarief",
    "vergunde_plaatsen": "18",
    "straat": "Dreefstraat",
    "huisnummer": "1",
    "postcode": "9400",
    "nis_code": "41048",
    "e-mail": "",
    "telefoon": "",
    "website": "",
}
NEW = ROW | {
    "dossiernummer": "410480099",
    "organisator": "Zonnebloem bv",
    "ondernemingsnummer": "0403.171.095",
    "naam": "Zonnebloem",
    "straat": "Kerkplein",
    "postcode": "9402",
    "e-mail": "welkom@zonnebloem.example",
}


def as_csv(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    headings = list(rows[0])
    lines = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines).encode()


def read(*rows: dict[str, str]) -> ReadRegister:
    return read_register(as_csv(*rows), "lijst.csv")


def wrong(*rows: dict[str, str]) -> list[tuple[int | None, str | None, str]]:
    found = read(*rows)
    assert found.rows == ()
    assert all(error.what_to_do for error in found.errors)
    return [(error.line, error.column, error.wrong) for error in found.errors]


class TestReading:
    def test_a_row_becomes_facts(self) -> None:
        (facts,) = read(ROW).rows
        assert (facts.file_number, facts.kbo, facts.type, facts.tariff) == (
            "410480012",
            "0403170701",
            "group",
            "income",
        )
        assert (facts.licensed_places, facts.nis_code) == (18, "41048")

    def test_the_municipality_follows_from_the_postcode(self) -> None:
        (facts,) = read(ROW | {"nis_code": ""}).rows
        assert facts.nis_code == "41048"

    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_any_usual_delimiter(self, delimiter: str) -> None:
        assert len(read_register(as_csv(ROW, NEW, delimiter=delimiter), "lijst.csv").rows) == 2

    def test_what_a_spreadsheet_on_windows_writes(self) -> None:
        content = as_csv(ROW | {"naam": "Café Zoë"}).decode().encode("cp1252")
        assert read_register(content, "lijst.csv").rows[0].name == "Café Zoë"

    def test_a_workbook_with_numbers_in_its_cells(self) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(list(ROW))
        sheet.append([int(value) if value.isdigit() else value for value in ROW.values()])
        sheet.append([None] * len(ROW))
        file = BytesIO()
        book.save(file)
        (facts,) = read_register(file.getvalue(), "lijst.xlsx").rows
        assert (facts.file_number, facts.licensed_places, facts.postcode) == ("410480012", 18, "9400")

    def test_the_template_can_be_handed_in_as_it_is(self) -> None:
        found = read_register(template(), "locaties-register.xlsx")
        assert (len(found.rows), found.error_count) == (1, 0)
        headings = [cell.value for cell in load_workbook(BytesIO(template())).worksheets[0][1]]
        assert headings == [column.heading for column in COLUMNS]

    def test_other_columns_are_left_alone_and_told(self) -> None:
        assert read(ROW | {"Provincie": "Oost-Vlaanderen"}).unused == ("Provincie",)

    @pytest.mark.parametrize(
        ("column", "cell", "told"),
        [
            ("dossiernummer", "12a", "“12a” is geen dossiernummer."),
            ("dossiernummer", "", "De cel dossiernummer is leeg."),
            ("ondernemingsnummer", "0403.170.702", "“0403.170.702” is geen ondernemingsnummer."),
            ("soort", "crèche", "“crèche” kan hier niet."),
            ("trap", "T4", "“T4” kan hier niet."),
            ("tarief", "gratis", "“gratis” kan hier niet."),
            ("vergunde_plaatsen", "0", "“0” kan hier niet."),
            ("postcode", "4000", "“4000” is geen postcode in Vlaanderen of Brussel."),
            ("nis_code", "99999", "“99999” is geen gemeente in Vlaanderen of Brussel."),
            ("e-mail", "info@", "“info@” is geen e-mailadres."),
            ("organisator", "Jan 85.07.30-033.28", "Hier staat wat een rijksregisternummer lijkt."),
        ],
    )
    def test_a_wrong_cell_is_told_with_its_place(self, column: str, cell: str, told: str) -> None:
        heading = {"vergunde_plaatsen": "vergunde plaatsen", "nis_code": "NIS-code"}.get(column, column)
        assert wrong(NEW, ROW | {column: cell}) == [(3, heading, told)]

    def test_every_error_is_told_at_once(self) -> None:
        assert len(wrong(ROW | {"trap": "x", "soort": "x"}, NEW | {"postcode": "x"})) == 3

    def test_a_number_that_is_there_twice(self) -> None:
        assert wrong(ROW, NEW, ROW) == [(4, "dossiernummer", "Dossiernummer 410480012 staat ook op regel 2.")]

    def test_a_missing_column(self) -> None:
        assert wrong({key: cell for key, cell in ROW.items() if key != "trap"}) == [
            (1, "trap", "De kolom trap ontbreekt.")
        ]

    @pytest.mark.parametrize(
        "content", [b"", b"\n\n", b"PK\x03\x04 no workbook", b"\x89PNG\0\0", b"x" * (MOST_BYTES + 1)]
    )
    def test_what_is_no_list_is_refused(self, content: bytes) -> None:
        with pytest.raises(ListRefused):
            read_register(content, "lijst.xlsx")


@pytest.fixture
def here() -> Town:
    return town(NOW)


def hand_in(here: Town, *rows: dict[str, str]) -> Any:
    with here.at_desk():
        return keep_list(desk_id=here.ninove.id, file_name="lijst.csv", read=read(*rows), actor=here.lead, now=NOW)


def changes(here: Town, *rows: dict[str, str]) -> RegisterChanges:
    list_id = hand_in(here, *rows)
    with here.at_desk():
        return register_changes(list_id, today=here.today)


def approve(here: Town, *rows: dict[str, str], own: tuple[str, ...] = (), invite: bool = True) -> Approved:
    """Approve everything that a list changes, with these facts of the locations themselves."""
    list_id = hand_in(here, *rows)
    with here.at_desk():
        found = register_changes(list_id, today=here.today)
        keys = {one.key for one in found.new} | {one.key for one in found.changed}
        own_fields = {(key, field) for key in keys for field in own}
        return approve_register(
            list_id=list_id, keys=keys, own_fields=own_fields, invite=invite, actor=here.lead, now=NOW
        )


def set_at_the_door(here: Town) -> Point:
    door = Point(50.84215, 4.01277)
    with here.at_organiser(here.regenboog_centrum):
        set_point(location_id=here.regenboog_centrum.id, point=door, actor=here.manager, now=NOW)
    return door


def number_of(here: Town, location: Location, number: str) -> Location:
    location.file_number = number
    location.save()
    return location


class TestChanges:
    def test_a_location_is_found_by_name_until_it_has_its_number(self, here: Town) -> None:
        (changed,) = changes(here, ROW).changed
        assert changed.slug == "de-regenboog-centrum"
        assert [change.field.name for change in changed.changes] == ["file_number", "kbo"]

    def test_new_changed_gone_and_equal(self, here: Town) -> None:
        number_of(here, here.regenboog_centrum, "410480012")
        number_of(here, here.mias_nestje, "410480013")
        Organiser.objects.filter(id=here.regenboog.id).update(kbo="BE 0403.170.701")
        found = changes(here, ROW, NEW)
        assert [one.facts.name for one in found.new] == ["Zonnebloem"]
        assert (found.changed, found.unchanged) == ((), (here.regenboog_centrum.id,))
        assert [one.slug for one in found.gone] == ["mias-nestje"]

    def test_other_municipalities_are_counted_and_left_alone(self, here: Town) -> None:
        found = changes(here, NEW | {"postcode": "9500", "nis_code": GERAARDSBERGEN})
        assert (found.new, found.outside) == ((), 1)

    def test_a_number_of_another_desk_is_told(self, here: Town) -> None:
        number_of(here, here.ver_weg, "410480099")
        found = changes(here, NEW)
        assert (found.new, found.elsewhere) == ((), ("Zonnebloem (410480099)",))

    def test_who_moved_to_another_municipality_is_not_approved_here(self, here: Town) -> None:
        found = changes(here, ROW | {"nis_code": GERAARDSBERGEN})
        assert ([one.slug for one in found.leaving], found.changed) == (["de-regenboog-centrum"], ())

    def test_another_organiser_is_not_approved_here(self, here: Town) -> None:
        Organiser.objects.filter(id=here.regenboog.id).update(kbo="0403171095")
        found = changes(here, ROW)
        assert ([one.slug for one in found.taken_over], found.changed) == (["de-regenboog-centrum"], ())

    def test_a_closed_location_is_not_opened_again(self, here: Town) -> None:
        location = number_of(here, here.regenboog_centrum, "410480012")
        Location.objects.filter(id=location.id).update(closed_on=here.today)
        found = changes(here, ROW)
        assert (found.new, found.changed, found.gone) == ((), (), ())
        assert found.elsewhere == ("De Regenboog Centrum (410480012)",)

    def test_another_desk_does_not_see_the_list(self, here: Town) -> None:
        list_id = hand_in(here, ROW)
        with here.at_desk(here.overstroom), pytest.raises(NoSuchList):
            register_changes(list_id, today=here.today)

    def test_many_rows_take_as_many_queries_as_one(self, here: Town) -> None:
        def queries(rows: int) -> int:
            list_id = hand_in(here, *(NEW | {"dossiernummer": str(number)} for number in range(1, rows + 1)))
            with here.at_desk(), CaptureQueriesContext(connection) as counted:
                register_changes(list_id, today=here.today)
            return len(counted)

        assert queries(1) == queries(40)


class TestApproving:
    def test_a_new_location_stands_at_its_desk_and_its_people_can_come_in(self, here: Town) -> None:
        assert approve(here, NEW) == Approved(new=1, changed=0, invited=1, without_address=())
        location = Location.objects.get(file_number="410480099")
        assert (location.slug, location.organiser.name, location.organiser.kbo) == (
            "zonnebloem",
            "Zonnebloem bv",
            "0403171095",
        )
        assert (location.capacity_kind, location.opened_on) == ("none", here.today)
        assert location.lat is not None
        with here.at_desk():
            home = LocationInDesk.objects.get(location=location)
            assert (home.desk_id, home.relation, home.start_on) == (here.ninove.id, DeskRelation.HOME, here.today)
            assert AuditEvent.objects.filter(subject_id=location.id, codes=["opened"]).exists()
        with across_desks("a test reads a mail"):
            assert Message.objects.get(template="location_joined").recipient == "welkom@zonnebloem.example"
        assert account_of_registered_address("welkom@zonnebloem.example", now=NOW) is not None

    def test_a_known_enterprise_number_keeps_its_organiser(self, here: Town) -> None:
        Organiser.objects.filter(id=here.regenboog.id).update(kbo="BE 0403.171.095")
        approve(here, NEW)
        assert Location.objects.get(file_number="410480099").organiser_id == here.regenboog.id

    def test_without_an_address_somebody_calls(self, here: Town) -> None:
        assert approve(here, NEW | {"e-mail": ""}).without_address == ("Zonnebloem",)

    def test_no_mail_unless_it_is_asked(self, here: Town) -> None:
        assert approve(here, NEW, invite=False).invited == 0
        with across_desks("a test reads mails"):
            assert not Message.objects.filter(template="location_joined").exists()

    def test_the_register_decides_what_the_licence_says(self, here: Town) -> None:
        approve(here, ROW | {"vergunde_plaatsen": "21", "straat": "Kerkplein", "trap": "3"})
        location = Location.objects.get(id=here.regenboog_centrum.id)
        assert (location.licensed_places, location.street, location.subsidy_step) == (21, "Kerkplein", "T3")
        assert location.lat is not None
        assert FactConfirmation.objects.get(location=location, fact="register").confirmed_on == here.today
        with here.at_desk():
            events = AuditEvent.objects.filter(subject_id=location.id, action="location.edit")
            assert events.filter(codes__contains=["register_licensed_places"]).exists()

    def test_another_address_is_a_move_from_today_and_families_hear_it(self, here: Town) -> None:
        asks(here)
        approve(here, ROW | {"straat": "Kerkplein", "huisnummer": "7"})
        location = Location.objects.get(id=here.regenboog_centrum.id)
        assert (location.street, location.house_number) == ("Kerkplein", "7")
        with across_desks("a test looks at what was stored"):
            move = LocationMove.objects.get(location=location)
            assert (move.from_on, move.done_at) == (here.today, NOW)
            assert "Kerkplein 7, 9400 Ninove" in Message.objects.get(template="location_moves_family").text

    def test_a_move_that_was_announced_gives_way_to_the_register(self, here: Town) -> None:
        with here.at_organiser(here.regenboog_centrum):
            announce_move(
                location_id=here.regenboog_centrum.id,
                address=NewAddress(street="Beverstraat", house_number="12", postcode="9400"),
                from_on=here.today + timedelta(days=30),
                instead_of=None,
                actor=here.manager,
                now=NOW,
            )
        approve(here, ROW | {"straat": "Kerkplein"})
        assert announced_move(here.regenboog_centrum.id) is None
        assert Location.objects.get(id=here.regenboog_centrum.id).street == "Kerkplein"

    @pytest.mark.parametrize("other", [{"straat": "Dreefstr."}, {"huisnummer": "1 bus 2"}])
    def test_an_address_that_is_written_otherwise_is_no_move(self, here: Town, other: dict[str, str]) -> None:
        asks(here)
        approve(here, ROW | other)
        location = Location.objects.get(id=here.regenboog_centrum.id)
        assert [location.street, location.house_number] == [
            other.get("straat", "Dreefstraat"), other.get("huisnummer", "1")
        ]  # fmt: skip
        assert not LocationMove.objects.exists()

    @pytest.mark.parametrize("other", [{"straat": "Dreefstr."}, {"huisnummer": "1 bus 2"}, {"vergunde_plaatsen": "21"}])
    def test_the_same_address_keeps_the_point_that_somebody_set(self, here: Town, other: dict[str, str]) -> None:
        door = set_at_the_door(here)
        approve(here, ROW | other)
        found = map_points([here.regenboog_centrum.id])[here.regenboog_centrum.id]
        assert (found.point, found.origin) == (door, PointOrigin.SET)

    @pytest.mark.parametrize("other", [{"straat": "Kerkplein"}, {"postcode": "9402"}])
    def test_another_address_is_the_middle_of_the_postcode_again(self, here: Town, other: dict[str, str]) -> None:
        door = set_at_the_door(here)
        number_of(here, Location.objects.get(id=here.regenboog_centrum.id), ROW["dossiernummer"])
        approve(here, ROW | other)
        found = map_points([here.regenboog_centrum.id])[here.regenboog_centrum.id]
        assert (found.point != door, found.origin) == (True, PointOrigin.MIDDLE)

    def test_a_street_that_was_not_known_leaves_the_point_and_the_first_address_gives_one(self, here: Town) -> None:
        door = set_at_the_door(here)
        Location.objects.filter(id=here.regenboog_centrum.id).update(street="", house_number="")
        approve(here, ROW)
        location = Location.objects.get(id=here.regenboog_centrum.id)
        assert (location.street, Point(location.lat, location.lon)) == ("Dreefstraat", door)
        Location.objects.filter(id=here.regenboog_centrum.id).update(street="", lat=None, lon=None)
        approve(here, ROW)
        found = map_points([here.regenboog_centrum.id])[here.regenboog_centrum.id]
        assert found.origin is PointOrigin.MIDDLE

    def test_what_the_location_filled_in_stays_unless_it_is_chosen(self, here: Town) -> None:
        other = ROW | {"e-mail": "info@agentschap.example", "telefoon": "09 1"}
        approve(here, other)
        location = Location.objects.get(id=here.regenboog_centrum.id)
        assert (location.email, location.phone) == ("de-regenboog-centrum@opvang.example", "054 11 22 33")
        approve(here, other, own=("email",))
        location.refresh_from_db()
        assert (location.email, location.phone) == ("info@agentschap.example", "054 11 22 33")

    def test_an_empty_fact_is_filled_in(self, here: Town) -> None:
        Location.objects.filter(id=here.regenboog_centrum.id).update(phone="")
        approve(here, ROW | {"telefoon": "054 99"})
        assert Location.objects.get(id=here.regenboog_centrum.id).phone == "054 99"

    def test_only_what_was_ticked_is_done(self, here: Town) -> None:
        list_id = hand_in(here, ROW | {"vergunde_plaatsen": "21"}, NEW)
        with here.at_desk():
            (new,) = register_changes(list_id, today=here.today).new
            approve_register(list_id=list_id, keys=[new.key], invite=False, actor=here.lead, now=NOW)
            left = register_changes(list_id, today=here.today)
        assert Location.objects.get(id=here.regenboog_centrum.id).licensed_places == 18
        assert (left.new, len(left.changed), left.approved_at) == ((), 1, NOW)

    def test_what_changed_since_it_was_shown_is_shown_again(self, here: Town) -> None:
        list_id = hand_in(here, ROW | {"vergunde_plaatsen": "21"}, NEW)
        with here.at_desk():
            found = register_changes(list_id, today=here.today)
            Location.objects.filter(id=here.regenboog_centrum.id).update(licensed_places=20)
            keys = [found.new[0].key, found.changed[0].key]
            with pytest.raises(ChangedSinceShown):
                approve_register(list_id=list_id, keys=keys, invite=True, actor=here.lead, now=NOW)
            with pytest.raises(NothingChosen):
                approve_register(list_id=list_id, keys=[], invite=True, actor=here.lead, now=NOW)
        assert not Location.objects.filter(file_number="410480099").exists()

    def test_twice_is_once(self, here: Town) -> None:
        approve(here, ROW, NEW)
        again = changes(here, ROW, NEW)
        assert (again.new, again.changed) == ((), ())
        assert len(again.unchanged) == 2

    def test_two_of_one_name_have_addresses_of_their_own(self, here: Town) -> None:
        approve(here, NEW, NEW | {"dossiernummer": "410480100"})
        assert {*Location.objects.filter(name="Zonnebloem").values_list("slug", flat=True)} == {
            "zonnebloem",
            "zonnebloem-2",
        }

"""A location that moves: announced with whom it touches, taken back in time, done on its day; no count changes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import GERAARDSBERGEN, NINOVE, SARA, Town, town
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, asks, looking

from opvangloket.domains.distribution.closing.locations import close_location
from opvangloket.domains.distribution.closing.moving import (
    TouchedFamilies,
    announce_for_location,
    announce_move,
    sweep_moves,
    take_back_for_location,
    take_move_back,
    touched_at_desk,
    touched_families,
)
from opvangloket.domains.providers.models import Location, LocationInDesk, LocationMove
from opvangloket.domains.providers.moving import (
    AnnouncedMove,
    MovedMeanwhile,
    MoveRefused,
    NewAddress,
    announced_move,
    destination_of,
)
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.requests.models import DeskTask
from opvangloket.domains.requests.queries_report import case_facts
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.procedure import DeskMode

pytestmark = pytest.mark.django_db
AROUND_THE_CORNER = NewAddress(street="Beverstraat", house_number="12", postcode="9400")
OTHER_MUNICIPALITY = NewAddress(street="Oudebergstraat", house_number="3", postcode="9500")
WITHOUT_DESK = NewAddress(street="Markt", house_number="1", postcode="9300")  # Aalst
IN_MAY = 60


@pytest.fixture
def here() -> Town:
    return town(NOW)


@pytest.fixture
def from_on(here: Town) -> date:
    return here.today + timedelta(days=IN_MAY)


def announce(here: Town, address: NewAddress, from_on: date, **different: Any) -> TouchedFamilies:
    facts = {"address": address, "from_on": from_on, "instead_of": None, "actor": here.manager, "now": here.now}
    with here.at_organiser(here.mias_nestje):
        return announce_move(location_id=here.mias_nestje.id, **(facts | different))


def announced(here: Town) -> AnnouncedMove:
    move = announced_move(here.mias_nestje.id)
    assert move is not None
    return move


def on_the_day(here: Town, *, later: int = 0) -> int:
    with looking():
        return sweep_moves(now=here.now + timedelta(days=IN_MAY + later))


def nestje(here: Town) -> Location:
    return Location.objects.get(id=here.mias_nestje.id)


def relations(here: Town) -> list[tuple[str, str, bool]]:
    """The desks of Mia's Nestje: whose, how, and whether that goes on."""
    with looking():
        rows = LocationInDesk.objects.filter(location=here.mias_nestje).select_related("desk")
        return sorted((row.desk.slug, row.relation, row.end_on is None) for row in rows)


def mails(template: str) -> list[Message]:
    with looking():
        return list(Message.objects.filter(template=template).order_by("recipient"))


def placed(here: Town) -> Journey:
    journey = asks(here)
    journey.answers(here.mias_nestje, YES)
    journey.accepts(here.mias_nestje)
    return journey


def test_until_its_day_a_location_stays_where_it_is(here: Town, from_on: date) -> None:
    announce(here, AROUND_THE_CORNER, from_on)
    with looking():
        assert sweep_moves(now=here.now + timedelta(days=IN_MAY - 1)) == 0
    assert nestje(here).street == "Dreefstraat"
    assert announced(here).address_words == "Beverstraat 12, 9400 Ninove"


def test_on_its_day_it_has_its_new_address_and_twice_is_once(here: Town, from_on: date) -> None:
    announce(here, AROUND_THE_CORNER, from_on)
    assert [on_the_day(here), on_the_day(here, later=1)] == [1, 0]
    row = nestje(here)
    assert (row.street, row.house_number, row.postcode, row.nis_code) == ("Beverstraat", "12", "9400", NINOVE)
    assert row.lat is not None
    assert announced_move(here.mias_nestje.id) is None
    assert relations(here) == [("ninove", "home", True)]
    with looking():
        codes = AuditEvent.objects.filter(action="location.edit", subject_id=row.id).values_list("codes", flat=True)
        assert [list(one) for one in codes.order_by("at")] == [["move_announced"], ["moved"]]


def test_a_move_of_today_is_done_at_once(here: Town) -> None:
    announce(here, AROUND_THE_CORNER, here.today)
    assert nestje(here).street == "Beverstraat"
    assert announced_move(here.mias_nestje.id) is None


def test_a_sweep_that_was_down_catches_up_once(here: Town, from_on: date) -> None:
    announce(here, OTHER_MUNICIPALITY, from_on)
    assert on_the_day(here, later=9) == 1
    assert ("overstroom", "home", True) in relations(here)


def test_another_municipality_gives_another_home_desk_and_the_old_one_keeps_seeing_it(
    here: Town, from_on: date
) -> None:
    found = destination_of(here.mias_nestje.id, OTHER_MUNICIPALITY, today=here.today)
    assert (found.home, found.new_home, found.nis_code) == ("Opvangloket Ninove", "Loket Overstroom", GERAARDSBERGEN)
    announce(here, OTHER_MUNICIPALITY, from_on)
    on_the_day(here)
    assert relations(here) == [("ninove", "home", False), ("ninove", "view", True), ("overstroom", "home", True)]


def test_a_desk_that_was_a_guest_becomes_the_home(here: Town, from_on: date) -> None:
    with looking():
        LocationInDesk.objects.create(
            location=here.mias_nestje, desk=here.overstroom, relation="view", start_on=here.today
        )
    announce(here, OTHER_MUNICIPALITY, from_on)
    on_the_day(here)
    assert ("overstroom", "view", True) not in relations(here)
    assert ("overstroom", "home", True) in relations(here)


def test_a_move_on_the_day_that_a_location_was_opened_leaves_no_empty_relation(here: Town) -> None:
    with looking():
        LocationInDesk.objects.filter(location=here.mias_nestje).update(start_on=here.today)
    announce(here, OTHER_MUNICIPALITY, here.today)
    assert relations(here) == [("ninove", "view", True), ("overstroom", "home", True)]


def test_where_no_desk_serves_the_municipality_the_home_stays(here: Town, from_on: date) -> None:
    found = destination_of(here.mias_nestje.id, WITHOUT_DESK, today=here.today)
    assert (found.new_home, found.is_served, found.town) == (None, False, "Aalst")
    announce(here, WITHOUT_DESK, from_on)
    on_the_day(here)
    assert relations(here) == [("ninove", "home", True)]


def test_each_family_hears_it_once_with_its_own_way_on(here: Town, from_on: date) -> None:
    placed(here)
    asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    with here.at_organiser(here.mias_nestje):
        touched = touched_families(here.mias_nestje.id, from_on=from_on, today=here.today)
    assert touched == TouchedFamilies(children=1, offers=0, questions=1, families=2)
    assert announce(here, AROUND_THE_CORNER, from_on) == touched
    elif_, sara = mails("location_moves_family")
    assert (elif_.recipient, sara.recipient) == ("elif.yilmaz@voorbeeld.be", "sara.peeters@voorbeeld.be")
    assert "Beverstraat 12, 9400 Ninove" in sara.text
    assert "Bel het loket" in sara.text
    assert "van je lijst" in elif_.text
    assert "Noor" not in sara.subject


def test_an_offer_can_still_be_refused(here: Town, from_on: date) -> None:
    asks(here).answers(here.mias_nestje, YES)
    assert announce(here, AROUND_THE_CORNER, from_on).offers == 1
    [mail] = mails("location_moves_family")
    assert "weigeren" in mail.text


def test_a_family_without_mail_is_called(here: Town, from_on: date) -> None:
    asks(here, applicant=replace(SARA, email=""))
    announce(here, AROUND_THE_CORNER, from_on)
    with looking():
        notes = DeskTask.objects.filter(kind="other").values_list("note", flat=True)
    assert "Bel het gezin: een opvang verhuist en er is geen mailadres." in notes


def test_who_left_or_was_told_no_hears_nothing(here: Town, from_on: date) -> None:
    asks(here).answers(here.mias_nestje, FULL)
    assert announce(here, AROUND_THE_CORNER, from_on).families == 0
    assert mails("location_moves_family") == []


def test_a_changed_move_replaces_the_other_and_says_so(here: Town, from_on: date) -> None:
    asks(here)
    announce(here, AROUND_THE_CORNER, from_on)
    announce(here, OTHER_MUNICIPALITY, from_on, instead_of=announced(here).id)
    first, second = sorted(mails("location_moves_family"), key=lambda mail: "Geraardsbergen" in mail.text)
    assert "anders dan we eerst schreven" not in first.text
    assert "anders dan we eerst schreven" in second.text
    assert LocationMove.objects.filter(taken_back_at=None).count() == 1
    assert on_the_day(here) == 1
    assert nestje(here).nis_code == GERAARDSBERGEN


def test_a_move_is_taken_back_and_each_family_hears_that(here: Town, from_on: date) -> None:
    asks(here)
    announce(here, AROUND_THE_CORNER, from_on)
    at = {"location_id": here.mias_nestje.id, "move_id": announced(here).id, "actor": here.manager, "now": here.now}
    with here.at_organiser(here.mias_nestje):
        for _twice in range(2):
            take_move_back(**at)
    assert len(mails("location_stays_family")) == 1
    assert on_the_day(here) == 0
    assert nestje(here).street == "Dreefstraat"


def test_what_is_done_or_replaced_is_not_taken_back(here: Town, from_on: date) -> None:
    announce(here, AROUND_THE_CORNER, from_on)
    first = announced(here).id
    announce(here, OTHER_MUNICIPALITY, from_on, instead_of=first)
    second = announced(here).id
    at = {"location_id": here.mias_nestje.id, "actor": here.manager}
    with here.at_organiser(here.mias_nestje), pytest.raises(MovedMeanwhile):
        take_move_back(**at, move_id=first, now=here.now)
    on_the_day(here)
    with here.at_organiser(here.mias_nestje), pytest.raises(MovedMeanwhile):
        take_move_back(**at, move_id=second, now=here.now + timedelta(days=IN_MAY))


@pytest.mark.parametrize(
    ("address", "in_days", "field"),
    [
        (AROUND_THE_CORNER, -1, "moves"),
        (AROUND_THE_CORNER, 800, "moves"),
        (NewAddress(street="dreefstraat", house_number="1", postcode="9400"), 5, "street"),
        (NewAddress(street="Markt", house_number="1", postcode="0001"), 5, "postcode"),
    ],
)
def test_an_impossible_move_is_refused_with_what_to_put_right(
    here: Town, address: NewAddress, in_days: int, field: str
) -> None:
    with pytest.raises(MoveRefused) as refused:
        announce(here, address, here.today + timedelta(days=in_days))
    assert refused.value.field == field
    assert not LocationMove.objects.exists()


def test_who_closes_first_does_not_move(here: Town, from_on: date) -> None:
    announce(here, AROUND_THE_CORNER, from_on)
    with here.at_organiser(here.mias_nestje):
        close_location(location_id=here.mias_nestje.id, close_on=from_on, shown=0, actor=here.manager, now=here.now)
    assert announced_move(here.mias_nestje.id) is None
    with pytest.raises(MoveRefused, match="sluit op"):
        announce(here, AROUND_THE_CORNER, from_on)
    announce(here, AROUND_THE_CORNER, from_on - timedelta(days=1))


def test_the_home_desk_does_it_in_its_name_and_sees_every_desks_families_as_numbers(here: Town, from_on: date) -> None:
    asks(here)
    at = {"location_id": here.mias_nestje.id, "desk_id": here.ninove.id}
    with here.at_desk():
        assert touched_at_desk(**at, from_on=from_on, today=here.today).questions == 1
        announce_for_location(
            **at, address=AROUND_THE_CORNER, from_on=from_on, instead_of=None, actor=here.lead, now=here.now
        )
        move = announced(here)
        take_back_for_location(**at, move_id=move.id, actor=here.lead, now=here.now)
    assert len(mails("location_stays_family")) == 1


def test_its_own_people_read_what_the_desk_wrote_down_in_their_name(here: Town, from_on: date) -> None:
    at = {"location_id": here.mias_nestje.id, "desk_id": here.ninove.id, "actor": here.lead, "now": here.now}
    with here.at_desk():
        announce_for_location(**at, address=AROUND_THE_CORNER, from_on=from_on, instead_of=None)
        assert [mail.recipient for mail in mails("written_down_by_desk")] == [
            "mia@nestje.example", "mias-nestje@opvang.example",
        ]  # fmt: skip
        move = announced(here)
        for _twice in range(2):
            take_back_for_location(**at, move_id=move.id)
    texts = [mail.text for mail in mails("written_down_by_desk") if mail.recipient == here.mia.email]
    assert len(texts) == 2
    assert any(
        "Mia's Nestje verhuist op vrijdag 1 mei 2026 naar Beverstraat 12, 9400 Ninove." in text for text in texts
    )
    assert any("Mia's Nestje verhuist niet." in text for text in texts)


def test_a_family_that_left_for_school_long_ago_hears_nothing_of_a_move(here: Town) -> None:
    placed(here)  # to school in autumn 2028
    for day, families in ((date(2029, 6, 1), 1), (date(2030, 6, 1), 0)):
        with here.at_organiser(here.mias_nestje):
            touched = touched_families(here.mias_nestje.id, from_on=day, today=day)
        assert (touched.children, touched.families) == (families, families)


def test_who_moves_its_own_location_needs_no_mail_about_it(here: Town, from_on: date) -> None:
    announce(here, AROUND_THE_CORNER, from_on)
    assert mails("written_down_by_desk") == []


def test_a_stranger_moves_nothing(here: Town, from_on: date) -> None:
    facts: dict[str, Any] = {"location_id": here.mias_nestje.id, "address": AROUND_THE_CORNER, "from_on": from_on}
    facts |= {"instead_of": None, "actor": here.manager, "now": here.now}
    with here.at_organiser(here.het_klavertje), pytest.raises(LocationNotFound):
        announce_move(**facts)
    with here.at_desk(here.overstroom), pytest.raises(LocationNotFound):
        announce_for_location(desk_id=here.overstroom.id, **facts)


def nis_of(here: Town, journey: Journey) -> str | None:
    with here.at_desk():
        found = {case.key: case.first_location_nis for case in case_facts(here.ninove.id, desk_mode=DeskMode.CENTRAL)}
    return found[journey.registered.reference]


def test_what_was_asked_before_the_move_counts_where_it_was_asked(here: Town, from_on: date) -> None:
    at_nestje: dict[str, Any] = {"location_ids": (here.mias_nestje.id,)}
    before = asks(here, **at_nestje)
    announce(here, OTHER_MUNICIPALITY, from_on)
    assert nis_of(here, before) == NINOVE
    on_the_day(here)
    later = town_later(here)
    after = asks(later, later.deniz(**at_nestje))
    assert (nis_of(here, before), nis_of(here, after)) == (NINOVE, GERAARDSBERGEN)


def town_later(here: Town) -> Town:
    return replace(here, now=here.now + timedelta(days=IN_MAY + 1))

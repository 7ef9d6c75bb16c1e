"""A question comes in: it gets its date, its reference and its categories, and never loses its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction
from tests.cast import MONDAY_TUESDAY, SARA, Town, town

from opvangloket.domains.requests.actions import (
    Applicant,
    AskedChild,
    QuestionRefused,
    mark_contact_verified,
    register,
    register_siblings,
)
from opvangloket.domains.requests.models import (
    CareRequest,
    Channel,
    DeskTask,
    Note,
    RequestedLocation,
    TaskKind,
    WishVersion,
)
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules import references
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here() -> Town:
    return town(NOW)


def test_a_family_asks_on_the_website(here: Town) -> None:
    registered = here.ask(here.noor(hours=CareHours.parse("ma 06:30-17:00|di 08:00-17:00")))
    with here.at_desk():
        request = CareRequest.objects.get(reference=registered.reference)
        assert references.is_valid(registered.reference)
        assert (request.state, request.registered_at, request.contact_verified_at) == ("registered", NOW, None)
        assert (request.parts, request.rule_set, request.atypical) == (MONDAY_TUESDAY.mask, "VR2014b", True)
        assert request.hours == ["ma 06:30-17:00", "di 08:00-17:00"]
        chosen = RequestedLocation.objects.filter(request=request).order_by("position")
        assert [row.location_id for row in chosen] == [here.regenboog_centrum.id, here.mias_nestje.id]
        wish = WishVersion.objects.get(request=request)
        assert (wish.number, wish.start_on, wish.parts) == (1, request.start_on, request.parts)
        assert AuditEvent.objects.get(action="request.ask").request_id == request.id


@pytest.mark.parametrize(
    ("channel", "verified"),
    [
        (Channel.ONLINE, False),
        (Channel.INTERFACE, False),
        (Channel.PHONE, True),
        (Channel.COUNTER, True),
        (Channel.PAPER, True),
        (Channel.HELPER, True),
        (Channel.ORGANISER, True),
    ],
)
def test_who_was_spoken_with_is_verified_at_once(here: Town, channel: Channel, verified: bool) -> None:
    registered = here.ask(here.noor(channel=channel))
    with here.at_desk():
        assert (CareRequest.objects.get(id=registered.request_id).contact_verified_at == NOW) is verified


def test_an_organiser_registers_the_family_at_its_door(here: Town) -> None:
    with here.at_organiser(here.regenboog_centrum):
        registered = register(
            desk_id=here.ninove.id,
            question=here.noor(channel=Channel.ORGANISER),
            actor=here.manager,
            now=NOW,
            randomness=here.randomness,
        )
    with here.at_desk():
        assert AuditEvent.objects.get(request_id=registered.request_id).actor_id == here.rosa.id


def test_paper_carries_the_day_on_which_it_came_in(here: Town) -> None:
    received = here.today - timedelta(days=3)
    registered = here.ask(here.noor(channel=Channel.PAPER, received_on=received), actor=here.worker)
    with here.at_desk():
        registered_at = CareRequest.objects.get(id=registered.request_id).registered_at
    assert registered_at == datetime(2026, 2, 26, 23, 0, tzinfo=UTC)


def test_the_rules_of_its_date_decide_the_categories(here: Town) -> None:
    lone_parent_without_income = frozenset({Characteristic.SINGLE_PARENT, Characteristic.LOW_INCOME})
    registered = here.ask(
        here.noor(
            characteristics=lone_parent_without_income,
            urgent_reason=UrgentReason.START_WORK,
            start_on=here.today + timedelta(days=31),
        )
    )
    with here.at_desk():
        request = CareRequest.objects.get(id=registered.request_id)
        assert (request.priority, request.vulnerable, request.urgent) == (True, True, True)
        assert DeskTask.objects.get(kind=TaskKind.URGENT).request_id == request.id


def test_a_town_chooses_what_is_urgent(here: Town) -> None:
    here.choose(Procedure(urgent_within_days=10))
    registered = here.ask(here.noor(urgent_reason=UrgentReason.START_WORK, start_on=here.today + timedelta(days=11)))
    with here.at_desk():
        assert CareRequest.objects.get(id=registered.request_id).urgent is False


def test_own_words_are_put_before_a_person(here: Town) -> None:
    registered = here.ask(here.noor(own_words="Onze hond is bang van de trein."))
    with here.at_desk():
        assert DeskTask.objects.get(kind=TaskKind.OWN_WORDS).subject_id == registered.request_id


def test_twins_make_two_linked_requests_of_one_applicant(here: Town) -> None:
    twins = [
        here.noor(child=AskedChild(first_name=name, last_name="Peeters", birth_on=here.today))
        for name in ("Noor", "Lou")
    ]
    with here.at_desk():
        both = register_siblings(
            desk_id=here.ninove.id,
            questions=twins,
            together=True,
            actor=here.worker,
            now=NOW,
            randomness=here.randomness,
        )
        rows = CareRequest.objects.filter(id__in=[registered.request_id for registered in both])
        assert len({row.siblings_id for row in rows}) == len({row.applicant_id for row in rows}) == 1
        assert {row.siblings_together for row in rows} == {True}
        assert {row.child.first_name for row in rows} == {"Noor", "Lou"}


def test_a_reference_that_is_taken_is_drawn_again(here: Town) -> None:
    first = here.ask(here.noor())
    # The same seed as the cast draws the same reference first.
    with here.at_desk(here.overstroom):
        second = register(
            desk_id=here.overstroom.id,
            question=here.noor(location_ids=(here.ver_weg.id,)),
            actor=here.worker,
            now=NOW,
            randomness=Random(7),
        )
    assert references.new_reference(Random(7)) == first.reference != second.reference


def test_a_family_may_choose_as_many_locations_as_the_town_says(here: Town) -> None:
    here.choose(Procedure(max_locations=1))
    with pytest.raises(QuestionRefused, match="Je kunt 1 opvanglocaties kiezen") as refused:
        here.ask(here.noor())
    assert refused.value.problems[0].field == "location_ids"


def test_the_desk_may_go_over_the_maximum_with_a_reason(here: Town) -> None:
    here.choose(Procedure(max_locations=1))
    with pytest.raises(QuestionRefused, match="Schrijf waarom"):
        here.ask(here.noor(), actor=here.worker)
    registered = here.ask(here.noor(more_locations_reason="Tweeling in een crisis."), actor=here.worker)
    with here.at_desk():
        assert Note.objects.get(request_id=registered.request_id).text == "Tweeling in een crisis."


def test_a_location_of_another_desk_cannot_be_chosen(here: Town) -> None:
    with pytest.raises(QuestionRefused, match="hoort niet meer bij dit loket"):
        here.ask(here.noor(location_ids=(here.ver_weg.id,)))


def test_a_location_that_stopped_cannot_be_chosen(here: Town) -> None:
    here.mias_nestje.closed_on = here.today
    here.mias_nestje.save()
    with pytest.raises(QuestionRefused, match="Kies een andere opvang"):
        here.ask(here.noor())


def test_every_problem_is_told_at_once(here: Town) -> None:
    empty = here.noor(
        applicant=Applicant(first_name=" ", last_name=""),
        child=AskedChild(),
        pattern=WeekPattern(),
        start_on=here.today + timedelta(days=5 * 366),
        location_ids=(),
    )
    with pytest.raises(QuestionRefused) as refused:
        here.ask(empty)
    assert [problem.field for problem in refused.value.problems] == [
        "applicant.first_name",
        "applicant.last_name",
        "applicant.email",
        "child.birth_on",
        "pattern",
        "start_on",
        "location_ids",
    ]


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"end_on": datetime(2026, 3, 3, tzinfo=UTC).date()}, "end_on"),
        ({"parts_wanted": 5}, "parts_wanted"),
        ({"parts_wanted": 0}, "parts_wanted"),
        ({"received_on": datetime(2026, 3, 3, tzinfo=UTC).date()}, "received_on"),
        ({"child": AskedChild(first_name="Noor", birth_on=datetime(2026, 3, 3, tzinfo=UTC).date())}, "child.birth_on"),
        ({"child": AskedChild(due_on=datetime(2027, 3, 3, tzinfo=UTC).date())}, "child.due_on"),
        ({"start_on": datetime(2025, 12, 1, tzinfo=UTC).date()}, "start_on"),
    ],
)
def test_what_cannot_be_is_refused_by_field(here: Town, different: dict[str, object], field: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        here.ask(here.noor(**different))
    assert [problem.field for problem in refused.value.problems] == [field]


@pytest.mark.parametrize(
    "different",
    [
        {"own_words": "Mijn nummer is 93.05.18-223.61, bel me."},
        {"applicant": replace(SARA, last_name="Peeters 93051822361")},
        {"message_to_locations": "BIS 98.47.28-997.65"},
    ],
)
def test_a_national_number_is_never_accepted(here: Town, different: dict[str, object]) -> None:
    with pytest.raises(NationalNumberRefused):
        here.ask(here.noor(**different))
    with here.at_desk():
        assert not CareRequest.objects.exists()


def test_the_database_keeps_the_original_question(here: Town) -> None:
    registered = here.ask(here.noor())
    with here.at_desk(), pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        CareRequest.objects.filter(id=registered.request_id).update(start_on=here.today)


def test_verifying_twice_keeps_the_first_moment(here: Town) -> None:
    registered = here.ask(here.noor())
    with here.as_family(registered):
        for minutes in (5, 10):
            later = NOW + timedelta(minutes=minutes)
            mark_contact_verified(request_id=registered.request_id, actor=here.worker, now=later)
        assert CareRequest.objects.get().contact_verified_at == NOW + timedelta(minutes=5)
    with here.at_desk():
        assert AuditEvent.objects.filter(action="request.verify_contact").count() == 1

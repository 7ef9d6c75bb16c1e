"""The scene of a demonstration, on whatever day it is played: what each person meets who comes in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import Count
from tests.simulation.conftest import ORDER

from opvangloket.domains.contact.models import Complaint, NewsItem, NewsRead, ThreadMessage, Visit
from opvangloket.domains.cooperation.models import AgreementVersion, Consultation
from opvangloket.domains.distribution.models import AgreementTick, Inquiry, Offer, Placement
from opvangloket.domains.providers.models import CapacityKind, EffectivePlaces, Location, Vacancy
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.referrals.models import Referral
from opvangloket.domains.requests.models import CareRequest, DeskTask, TaskKind
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.capacity import AgeGroup, free_timeline
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import Period
from opvangloket.simulation import demo
from opvangloket.simulation.making import make_town
from opvangloket.simulation.scene import SARA_EMAIL
from opvangloket.simulation.supply import ninove

SMALL = replace(ORDER, years=1, requests_scale=0.3, with_scene=True)
AFTER_NEW_YEAR, AFTER_THE_CLOCK_CHANGED, A_SATURDAY = date(2027, 1, 3), date(2027, 3, 30), date(2026, 11, 21)


@pytest.fixture(params=[A_SATURDAY, AFTER_NEW_YEAR, AFTER_THE_CLOCK_CHANGED], ids=str)
def today(request: pytest.FixtureRequest, db: None) -> date:
    """Play the scene on a day and return it."""
    with across_desks("playing the scene"):
        make_town(replace(SMALL, today=request.param))
    return request.param  # type: ignore[no-any-return]


def test_everybody_meets_what_the_demonstration_promises(today: date) -> None:
    with across_desks("tests of the scene"):
        _sara_has_an_offer_to_choose(today)
        _the_desk_has_work_of_every_kind(today)
        _the_rainbow_has_three_questions(today)
        _places_are_promised_once(today)
        _three_have_to_sign_and_reply()
        _organisers_have_more_to_do_than_answer(today)
        assert {message.template for message in Message.objects.all()} >= {
            "inquiry_sent", "inquiry_reminder", "request_receipt", "offer_made", "answer_no", "all_said_no",
        }  # fmt: skip
        assert len(demo.parts()) == 4
        assert demo.family_part() is not None


def _sara_has_an_offer_to_choose(today: date) -> None:
    noor = CareRequest.objects.get(applicant__email=SARA_EMAIL)
    states = dict(Inquiry.objects.filter(request=noor).values_list("location__name", "state"))
    offer = Offer.objects.get(request=noor)

    assert states == {
        ninove.REGENBOOG: "answered_alternative",
        ninove.MIA: "sent",
        ninove.KLAVERTJE: "answered_no",
    }
    assert (offer.state, offer.reply_by_on) == (OfferState.OPEN, today + timedelta(days=9))
    assert WeekPattern(offer.parts) == WeekPattern.full_days("ma", "di")
    assert offer.held


def _the_desk_has_work_of_every_kind(today: date) -> None:
    open_tasks = DeskTask.objects.filter(done_at=None, desk__slug=ninove.SLUG)
    forgotten = open_tasks.filter(kind=TaskKind.ANSWER_OVERDUE, location__name=ninove.SPEELKUIL)
    expiring = open_tasks.get(kind=TaskKind.OFFER_EXPIRING, request__child__first_name="Yusuf")

    assert {task.kind for task in open_tasks} >= {
        TaskKind.CONTACT_UNVERIFIED,
        TaskKind.ANSWER_OVERDUE,
        TaskKind.OFFER_EXPIRING,
        TaskKind.ALL_SAID_NO,
        TaskKind.OWN_WORDS,
        TaskKind.LIKELY_DUPLICATE,
        TaskKind.URGENT,
    }
    assert forgotten.count() == 4
    assert expiring.due_on == today + timedelta(days=1)
    assert open_tasks.filter(kind=TaskKind.LIKELY_DUPLICATE, request__child__first_name="Leena").exists()


def _the_rainbow_has_three_questions(today: date) -> None:
    waiting = Inquiry.objects.filter(location__name=ninove.REGENBOOG, state="sent")
    of_the_scene = waiting.filter(request__applicant__last_name__in=["De Backer", "Yılmaz", "Claeys"])

    assert [(inquiry.due_on or today) - today for inquiry in of_the_scene.order_by("due_on")] == [
        timedelta(days=1), timedelta(days=8), timedelta(days=11),
    ]  # fmt: skip


def _organisers_have_more_to_do_than_answer(today: date) -> None:
    vacancies = Vacancy.objects.filter(location__name__in=[ninove.MIA, ninove.KLAVERTJE, ninove.DENDERHOF])
    of_mia = vacancies.filter(location__name=ninove.MIA)
    assert of_mia.filter(end_on=None).exists()
    assert of_mia.exclude(end_on=None).exclude(hours=[]).exists()
    assert vacancies.filter(location__name=ninove.KLAVERTJE, public=False).exists()
    stand_in = OrganiserMembership.objects.get(role=OrganiserRole.STAND_IN)
    assert stand_in.start_on > today
    assert stand_in.end_on is not None
    assert EffectivePlaces.objects.filter(location__name=ninove.REGENBOOG).exclude(caregivers=None).exists()
    late = Placement.objects.filter(location__name=ninove.REGENBOOG, state="active", confirmed_at=None)
    assert not late.filter(start_on__lte=today - timedelta(days=30)).exists()
    papers = AgreementTick.objects.filter(placement__location__name=ninove.REGENBOOG)
    ticked_on = today - timedelta(days=15)
    counted = papers.values_list("placement__start_on").annotate(count=Count("id")).order_by("placement")
    assert {count for start_on, count in counted if start_on <= ticked_on} == {13}
    assert {count for start_on, count in counted if start_on > ticked_on} <= {6}
    assert ThreadMessage.objects.filter(thread__location__name=ninove.REGENBOOG).count() == 3
    assert Visit.objects.get().request.applicant.email == SARA_EMAIL
    assert set(Complaint.objects.values_list("topic", "state")) == {
        ("location", "received"), ("cooperation", "answered"),
    }  # fmt: skip
    assert NewsRead.objects.count() == 1
    assert NewsItem.objects.count() == 2
    assert Referral.objects.get().location.name == ninove.REGENBOOG


def _places_are_promised_once(today: date) -> None:
    counted = Location.objects.exclude(capacity_kind=CapacityKind.NONE).values_list("id", flat=True)
    for supply in supply_of(list(counted)).values():
        for pool in {row.age_group for row in supply.supply.effective} or {AgeGroup.MIXED}:
            for found in free_timeline(
                supply.supply, supply.occupations, Period(today, today + timedelta(days=900)), age_group=pool
            ):
                assert min(found.places) >= 0


def _three_have_to_sign_and_reply() -> None:
    version = AgreementVersion.objects.get(desk__slug=ninove.SLUG)
    mailed = Message.objects.filter(template="agreement_published").count()
    assert version.signatures.count() == mailed - 3
    coming = Consultation.objects.get(reported_at=None)
    assert coming.invitations.filter(reply="").count() == 3
    held = Consultation.objects.exclude(reported_at=None).get()
    assert held.invitations.filter(attended=True).exists()
    assert not version.signatures.filter(organiser__name="Mia De Smet").exists()

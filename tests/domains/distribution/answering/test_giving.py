"""Yes, something else, or no with what is possible: appended, never edited, each with its event."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import FULL, NOW, YES, alternative, asks, looking, taken

from opvangloket.domains.distribution.answering.answers import (
    Alternative,
    Answered,
    AnswerRefused,
    CannotAnswer,
    No,
    Yes,
)
from opvangloket.domains.distribution.answering.giving import (
    answer,
    answer_many,
    close_without_answer,
    correct,
    mark_seen,
)
from opvangloket.domains.distribution.lines.locking import InquiryNotFound
from opvangloket.domains.distribution.models import Answer, AnswerDoor, Offer
from opvangloket.domains.distribution.places.taking import PlaceTaken
from opvangloket.domains.providers.models import Occupation, Tariff
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import DeclineReason, NoReason

MONDAY, WEDNESDAY = WeekPattern.full_days("ma"), WeekPattern.full_days("wo")


def test_a_yes_offers_what_was_asked_and_holds_its_place(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    given = noor.later(days=2).answers(here.mias_nestje, YES)
    offer = noor.offer(here.mias_nestje)
    assert (offer.id, offer.state, offer.held, offer.tariff) == (given.offer_id, "open", True, "income")
    assert offer.reply_by_on == noor.today + timedelta(days=10)
    assert taken("hold") == 1
    event = noor.last_event()
    # Empty means "as originally asked": that stays true when a registration error is set right later.
    assert (event.kind, event.start_on, event.parts, event.by) == ("answered_yes", None, None, "organiser")
    assert event.reply_by_on == offer.reply_by_on
    assert "heeft plaats voor Noor" in noor.mails("offer_made")[0].text


def test_an_alternative_says_exactly_what_is_different(here: Town) -> None:
    noor = asks(here)
    reply_by_on = noor.today + timedelta(days=5)
    hours = CareHours.parse("ma 08:00-17:00")
    offered = alternative(
        noor, MONDAY, later_days=40, hours=hours, tariff=Tariff.FREE, reply_by_on=reply_by_on, message="Tot dan!"
    )
    noor.answers(here.mias_nestje, offered)
    offer, event = noor.offer(here.mias_nestje), noor.last_event()
    assert (offer.start_on, offer.parts, offer.hours) == (offered.start_on, MONDAY.mask, ["ma 08:00-17:00"])
    assert (offer.tariff, offer.reply_by_on) == ("free", reply_by_on)
    assert (event.kind, event.start_on, event.parts) == ("answered_alternative", offered.start_on, MONDAY.mask)
    assert "Niet bij dit voorstel: dinsdag hele dag." in noor.mails("offer_made")[0].text


def test_a_no_has_a_coded_reason_and_what_is_possible(here: Town) -> None:
    noor = asks(here)
    possible_from_on = noor.today + timedelta(days=200)
    no = No(reason=NoReason.DAYS_FULL, possible_pattern=WEDNESDAY, possible_from_on=possible_from_on)
    noor.answers(here.mias_nestje, no)
    event = noor.last_event()
    assert (event.kind, event.reason) == ("answered_no", "dagen_volzet")
    with looking():
        row = Answer.objects.get()
    assert (row.possible_parts, row.possible_from_on) == (WEDNESDAY.mask, possible_from_on)
    [mail] = noor.mails("answer_no")
    assert "Op de dagen die je vroeg, is er geen plaats." in mail.text
    assert "opvang op woensdag hele dag of een start vanaf vrijdag 18 september 2026." in mail.text


def test_a_yes_to_any_three_days_says_which(here: Town) -> None:
    week = WeekPattern.full_days("ma", "di", "wo", "do", "vr")
    noor = asks(here, pattern=week, parts_wanted=6)
    for wrong in (None, MONDAY, WeekPattern.full_days("ma", "di", "za")):
        with pytest.raises(AnswerRefused):
            noor.answers(here.mias_nestje, Yes(pattern=wrong))
    three_days = WeekPattern.full_days("ma", "wo", "vr")
    noor.answers(here.mias_nestje, Yes(pattern=three_days))
    assert noor.last_event().parts == three_days.mask


def test_a_yes_cannot_hide_other_days(here: Town) -> None:
    noor = asks(here)
    with pytest.raises(AnswerRefused, match="Stel iets anders voor"):
        noor.answers(here.mias_nestje, Yes(pattern=MONDAY))


@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"pattern": WeekPattern()}, "no_parts"),
        ({"end_on": NOW.date()}, "ends_before_start"),
        ({"reply_by_on": NOW.date() - timedelta(days=1)}, "reply_by_past"),
    ],
)
def test_an_impossible_alternative_is_refused(here: Town, different: dict[str, object], code: str) -> None:
    noor = asks(here)
    facts = {"start_on": noor.today + timedelta(days=100), "pattern": MONDAY} | different
    with pytest.raises(AnswerRefused) as refused:
        noor.answers(here.mias_nestje, Alternative(**facts))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert noor.states()[here.mias_nestje.name] == "sent"


def test_a_place_that_is_gone_is_refused_unless_the_location_goes_over(here: Town) -> None:
    plan_places(here.mias_nestje, 0, from_on=here.today)
    noor = asks(here)
    with pytest.raises(PlaceTaken, match="maandag en dinsdag hele dag"):
        noor.answers(here.mias_nestje, YES)
    assert (noor.events(), taken()) == ([], 0)
    noor.answers(here.mias_nestje, Yes(over_capacity_reason="De zus is er ook."))
    with looking():
        assert Occupation.objects.filter(over_capacity_reason="De zus is er ook.").exists()
        assert "over_capacity" in AuditEvent.objects.get(action="inquiry.answer").codes


def test_many_answers_stand_each_on_their_own(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    journeys = [asks(here, location_ids=(here.mias_nestje.id,)) for _ in range(3)]
    inquiries = [journey.inquiry(here.mias_nestje).id for journey in journeys]
    given = dict(zip(inquiries, (YES, YES, No(reason=NoReason.FULL, message="Tot later.")), strict=True))
    with here.at_organiser(here.mias_nestje):
        outcomes = answer_many(given=given, door=AnswerDoor.INBOX, actor=here.manager, now=NOW)
    assert [type(outcome) for outcome in outcomes.values()] == [Answered, PlaceTaken, Answered]
    assert [journey.events() for journey in journeys] == [["answered_yes"], [], ["answered_no"]]


def test_a_correction_takes_back_the_old_offer(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    with pytest.raises(CannotAnswer) as refused:
        noor.answers(here.mias_nestje, FULL)
    assert refused.value.code == "already_answered"
    noor.corrects(here.mias_nestje, alternative(noor, MONDAY))
    assert noor.events() == ["answered_yes", "offer_withdrawn", "answered_alternative"]
    assert taken("hold") == 1
    noor.corrects(here.mias_nestje, FULL)
    assert (noor.states()[here.mias_nestje.name], taken()) == ("answered_no", 0)
    with looking():
        assert [offer.state for offer in Offer.objects.order_by("made_at", "id")] == ["withdrawn", "withdrawn"]
        assert Answer.objects.count() == 3


@pytest.mark.parametrize("kind", ["yes", "alternative", "no"])
def test_the_same_answer_once_more_changes_nothing(here: Town, kind: str) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    given = {"yes": YES, "alternative": alternative(noor, MONDAY), "no": FULL}[kind]
    first = noor.answers(here.mias_nestje, given)
    told = [len(noor.mails(template)) for template in ("offer_made", "answer_no")]
    assert noor.answers(here.mias_nestje, given) == noor.corrects(here.mias_nestje, given) == first
    assert noor.events() == [f"answered_{kind}"]
    assert [len(noor.mails(template)) for template in ("offer_made", "answer_no")] == told
    assert noor.corrects(here.mias_nestje, replace(given, message="Bel gerust.")) != first
    assert noor.events()[-1] == f"answered_{kind}"


def test_the_same_offer_after_it_was_left_is_a_new_one(here: Town) -> None:
    noor = asks(here)
    first = noor.answers(here.mias_nestje, YES)
    noor.declines(here.mias_nestje, DeclineReason.DAYS)
    assert noor.corrects(here.mias_nestje, YES).offer_id != first.offer_id
    assert noor.offer(here.mias_nestje).state == "open"


def test_an_accepted_offer_is_not_corrected_away(here: Town) -> None:
    here.choose(Procedure(may_stay_listed=True))
    noor = asks(here)
    with pytest.raises(CannotAnswer, match="nog niet beantwoord"):
        noor.corrects(here.mias_nestje, FULL)
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje)
    with pytest.raises(CannotAnswer) as refused:
        noor.corrects(here.mias_nestje, FULL)
    assert refused.value.code == "offer_accepted"


def test_a_late_answer_counts_and_says_that_it_was_late(here: Town) -> None:
    noor = asks(here)
    assert not noor.later(days=14).answers(here.mias_nestje, YES).late
    assert noor.later(days=1).answers(here.regenboog_centrum, YES).late


def test_the_desk_enters_what_was_said_by_phone_and_nothing_else(here: Town) -> None:
    noor = asks(here)
    with here.at_desk():
        inquiry_id = noor.inquiry(here.mias_nestje).id
        with pytest.raises(CannotAnswer) as refused:
            answer(inquiry_id=inquiry_id, given=YES, door=AnswerDoor.INBOX, actor=here.worker, now=NOW)
        assert refused.value.code == "wrong_door"
        answer(inquiry_id=inquiry_id, given=YES, door=AnswerDoor.PHONE, actor=here.worker, now=NOW)
        assert Answer.objects.values_list("door", "entered_by_id").get() == ("phone", here.amina.id)
    with pytest.raises(CannotAnswer):
        noor.answers(here.regenboog_centrum, YES, door=AnswerDoor.PAPER)


def test_an_organiser_answers_for_its_own_locations_only(here: Town) -> None:
    noor = asks(here)
    inquiry_id = noor.inquiry(here.mias_nestje).id
    with here.at_organiser(here.regenboog_centrum):
        for act in (answer, correct):
            with pytest.raises(InquiryNotFound):
                act(inquiry_id=inquiry_id, given=FULL, door=AnswerDoor.INBOX, actor=here.manager, now=NOW)
        with pytest.raises(InquiryNotFound):
            mark_seen(inquiry_id=inquiry_id, actor=here.manager, now=NOW)


def test_seen_is_written_once(here: Town) -> None:
    noor = asks(here)
    inquiry_id = noor.inquiry(here.mias_nestje).id
    for hours in (1, 2):
        with here.at_organiser(here.mias_nestje):
            mark_seen(inquiry_id=inquiry_id, actor=here.manager, now=NOW + timedelta(hours=hours))
    assert noor.inquiry(here.mias_nestje).seen_at == NOW + timedelta(hours=1)


def test_a_message_never_carries_a_national_number(here: Town) -> None:
    noor = asks(here)
    with pytest.raises(NationalNumberRefused):
        noor.answers(here.mias_nestje, No(reason=NoReason.FULL, message="Het gaat om 85.07.30-033.28."))


def test_first_to_accept_wins_where_the_town_chose_so(here: Town) -> None:
    here.choose(Procedure(offer_holds_place=False))
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor, deniz = asks(here), asks(here, here.deniz(location_ids=(here.mias_nestje.id,), pattern=MONDAY))
    for journey in (noor, deniz):
        journey.answers(here.mias_nestje, YES)
    assert (taken(), noor.offer(here.mias_nestje).held) == (0, False)


def test_a_location_without_plan_offers_without_limit(here: Town) -> None:
    for _ in range(3):
        asks(here).answers(here.mias_nestje, YES)
    assert taken() == 0


def test_when_all_said_no_the_family_and_the_desk_hear_it_at_once(here: Town) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, No(reason=NoReason.DAYS_FULL, possible_pattern=WEDNESDAY))
    assert (noor.mails("all_said_no"), noor.tasks()) == ([], set())
    noor.answers(here.regenboog_centrum, FULL)
    [mail] = noor.mails("all_said_no")
    assert "Mia's Nestje heeft plaats op woensdag hele dag." in mail.text
    assert "Het Klavertje heeft plaats op maandag en dinsdag hele dag" in mail.text
    assert noor.tasks() == {"all_said_no"}
    # A location that finds a place after all makes the task needless.
    noor.corrects(here.mias_nestje, YES)
    assert noor.tasks() == set()


def test_what_is_free_elsewhere_is_told_within_its_hours(here: Town) -> None:
    plan_places(here.het_klavertje, 3, from_on=here.today)  # open from 7 to 18
    noor = asks(here, hours=CareHours.parse("ma 06:00-15:00"))
    noor.answers(here.mias_nestje, FULL)
    noor.answers(here.regenboog_centrum, FULL)
    [mail] = noor.mails("all_said_no")
    told = "Het Klavertje heeft plaats op maandag en dinsdag hele dag (maandag van 7 uur tot 15 uur)"
    assert told in " ".join(mail.text.split())


def test_an_open_offer_is_not_all_said_no(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.answers(here.regenboog_centrum, FULL)
    assert noor.mails("all_said_no") == []


def test_the_desk_stops_waiting(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, FULL)
    inquiry_id = noor.inquiry(here.regenboog_centrum).id
    with here.at_desk():
        close_without_answer(inquiry_id=inquiry_id, actor=here.worker, now=NOW)
        with pytest.raises(CannotAnswer):
            close_without_answer(inquiry_id=inquiry_id, actor=here.worker, now=NOW)
    assert noor.states()[here.regenboog_centrum.name] == "closed_no_answer"
    assert noor.tasks() == {"all_said_no"}
    with pytest.raises(CannotAnswer, match="afgesloten"):
        noor.answers(here.regenboog_centrum, YES)


def test_a_family_without_mail_is_called_about_its_offer(here: Town) -> None:
    from dataclasses import replace

    from tests.cast import SARA

    noor = asks(here, applicant=replace(SARA, email=""))
    noor.answers(here.mias_nestje, YES)
    assert (noor.mails("offer_made"), noor.tasks()) == ([], {"other"})
    noor.accepts(here.mias_nestje)
    assert noor.tasks() == set()

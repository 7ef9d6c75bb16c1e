"""What becomes of an offer: accepted, declined, withdrawn, extended; and who hears of it."""

from datetime import timedelta

import pytest
from tests.cast import PARENT, Town, plan_places
from tests.domains.distribution.journey import FULL, NOW, YES, Journey, alternative, asks, looking, taken

from opvangloket.domains.distribution.lines.locking import OfferNotFound
from opvangloket.domains.distribution.placing.offers import (
    CannotExtend,
    OfferClosed,
    OfferJustTaken,
    accept,
    decline,
    extend,
    withdraw,
)
from opvangloket.domains.providers.models import Occupation
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.procedure import Procedure
from opvangloket.rules.reasons import DeclineReason

MONDAY = WeekPattern.full_days("ma")


def test_acceptance_cannot_fail_for_lack_of_space(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    here.mias_nestje.effective_places.update(places=[0] * 14)  # ill staff: the promise stays a promise
    placement_id = noor.later(days=1).accepts(here.mias_nestje)
    assert set(Occupation.objects.values_list("kind", "subject_id")) == {("placement", placement_id)}
    assert (noor.state, noor.tasks()) == ("placed", set())


def test_the_others_close_in_the_same_act_and_are_told(here: Town) -> None:
    noor = asks(here, location_ids=tuple(where.id for where in here.locations))
    noor.answers(here.mias_nestje, YES)
    noor.answers(here.het_klavertje, alternative(noor, MONDAY))
    noor.answers(here.regenboog_denderhof, FULL)
    noor.accepts(here.mias_nestje)
    assert noor.states() == {
        here.mias_nestje.name: "answered_yes",
        here.het_klavertje.name: "answered_alternative",
        here.regenboog_denderhof.name: "answered_no",
        here.regenboog_centrum.name: "withdrawn",
    }
    assert noor.offer(here.het_klavertje).state == "declined"
    assert noor.offer(here.het_klavertje).decline_reason == "elders_gevonden"
    assert [mail.recipient for mail in noor.mails("inquiry_closed_organiser")] == [here.regenboog_centrum.email]
    assert [mail.recipient for mail in noor.mails("offer_declined_organiser")] == [here.het_klavertje.email]
    assert "Noor Peeters komt naar Mia's Nestje" in noor.mails("offer_accepted_organiser")[0].text


def test_a_family_may_stay_listed_where_the_town_chose_so(here: Town) -> None:
    here.choose(Procedure(may_stay_listed=True))
    noor = asks(here, location_ids=tuple(where.id for where in here.locations))
    noor.answers(here.mias_nestje, alternative(noor, MONDAY))
    noor.accepts(here.mias_nestje, keep_locations={here.het_klavertje.id})
    assert noor.states()[here.het_klavertje.name] == "sent"
    assert noor.states()[here.regenboog_centrum.name] == "withdrawn"
    noor.later(days=1).answers(here.het_klavertje, YES)
    noor.accepts(here.het_klavertje)
    assert noor.state == "placed"
    assert noor.events()[-2:] == ["answered_yes", "offer_accepted"]


def test_nothing_stays_listed_without_that_choice(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.accepts(here.mias_nestje, keep_locations={here.regenboog_centrum.id})
    assert noor.states()[here.regenboog_centrum.name] == "withdrawn"


def test_declining_says_why_and_frees_the_place(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.declines(here.mias_nestje, DeclineReason.PRICE)
    event = noor.last_event()
    assert (event.kind, event.reason, event.by) == ("offer_declined", "prijs", "parent")
    assert (taken(), noor.state) == (0, "open")
    assert "De reden: De prijs past niet." in noor.mails("offer_declined_organiser")[0].text
    assert noor.states()[here.regenboog_centrum.name] == "sent"


def test_a_location_takes_its_offer_back(here: Town) -> None:
    plan_places(here.mias_nestje, 1, from_on=here.today)
    noor = asks(here, location_ids=(here.mias_nestje.id,))
    noor.answers(here.mias_nestje, YES)
    with here.at_organiser(here.mias_nestje):
        withdraw(offer_id=noor.offer(here.mias_nestje).id, actor=here.manager, now=NOW)
    assert (noor.events(), taken()) == (["answered_yes", "offer_withdrawn"], 0)
    [mail] = noor.mails("offer_withdrawn")
    assert "net ingenomen" not in mail.text
    assert noor.tasks() == {"all_said_no"}


def test_pressed_twice_is_done_once(here: Town) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    for journey in (noor, deniz):
        journey.answers(here.regenboog_centrum, YES)
    assert noor.accepts(here.regenboog_centrum) == noor.accepts(here.regenboog_centrum)
    assert noor.events() == ["answered_yes", "offer_accepted"]
    assert len(noor.mails("placement_confirmed_family")) == 1
    offer_id = deniz.offer(here.regenboog_centrum).id
    with here.at_organiser(here.regenboog_centrum):
        for _ in range(2):
            withdraw(offer_id=offer_id, actor=here.manager, now=NOW)
    assert deniz.events() == ["answered_yes", "offer_withdrawn"]


def test_an_ended_offer_is_ended(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    noor.declines(here.mias_nestje, DeclineReason.DAYS)
    offer_id = noor.offer(here.mias_nestje).id
    with here.as_family(noor.registered):
        with pytest.raises(OfferClosed) as refused:
            accept(offer_id=offer_id, actor=PARENT, now=NOW)
        assert refused.value.code == "offer_declined"
        with pytest.raises(OfferClosed):
            decline(offer_id=offer_id, reason=DeclineReason.PRICE, actor=PARENT, now=NOW)
        decline(offer_id=offer_id, reason=DeclineReason.DAYS, actor=PARENT, now=NOW)
    assert noor.events() == ["answered_yes", "offer_declined"]


def test_the_last_day_counts_in_full_and_the_next_does_not_though_no_job_ran(here: Town) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    for journey in (noor, deniz):
        journey.answers(here.regenboog_centrum, YES)
    noor.later(days=10, hours=13).accepts(here.regenboog_centrum)  # 23.30 in Brussels
    with pytest.raises(OfferClosed, match="tijd om te antwoorden is voorbij"):
        deniz.later(days=10, hours=14).accepts(here.regenboog_centrum)


def test_more_time_only_moves_later(here: Town) -> None:
    noor = asks(here)
    noor.answers(here.mias_nestje, YES)
    offer = noor.offer(here.mias_nestje)
    with here.at_organiser(here.mias_nestje):
        for wrong in (offer.reply_by_on, offer.reply_by_on - timedelta(days=1)):
            with pytest.raises(CannotExtend):
                extend(offer_id=offer.id, reply_by_on=wrong, actor=here.manager, now=NOW)
        later = offer.reply_by_on + timedelta(days=4)
        extend(offer_id=offer.id, reply_by_on=later, actor=here.manager, now=NOW)
    assert noor.offer(here.mias_nestje).reply_by_on == later
    assert len(noor.mails("offer_reminder")) == 1
    with looking():
        assert AuditEvent.objects.get(action="offer.extend").codes == [later.isoformat()]
    noor.later(days=13).accepts(here.mias_nestje)


@pytest.mark.parametrize("stranger", ["family", "organiser", "desk"])
def test_strangers_touch_no_offer(here: Town, stranger: str) -> None:
    noor, deniz = asks(here), asks(here, here.deniz())
    noor.answers(here.mias_nestje, YES)
    offer_id = noor.offer(here.mias_nestje).id
    looks = {
        "family": here.as_family(deniz.registered),
        "organiser": here.at_organiser(here.regenboog_centrum),
        "desk": here.at_desk(here.overstroom),
    }
    with looks[stranger]:
        with pytest.raises(OfferNotFound):
            accept(offer_id=offer_id, actor=PARENT, now=NOW)
        with pytest.raises(OfferNotFound):
            withdraw(offer_id=offer_id, actor=here.manager, now=NOW)


def first_come(here: Town, places: int) -> tuple[Journey, Journey]:
    here.choose(Procedure(offer_holds_place=False))
    plan_places(here.mias_nestje, places, from_on=here.today)
    noor, deniz = asks(here), asks(here, here.deniz(location_ids=(here.mias_nestje.id,)))
    noor.answers(here.mias_nestje, YES)
    deniz.answers(here.mias_nestje, YES)
    return noor, deniz


def test_who_accepts_second_hears_what_still_fits(here: Town) -> None:
    noor, deniz = first_come(here, places=1)
    noor.accepts(here.mias_nestje)
    with pytest.raises(OfferJustTaken, match="net ingenomen") as lost:
        deniz.accepts(here.mias_nestje)
    assert lost.value.still_fits == ()
    # The loss itself stays written down: the action raises after its transaction.
    assert (deniz.events(), deniz.state) == (["answered_yes", "offer_withdrawn"], "open")
    assert deniz.offer(here.mias_nestje).state == "withdrawn"
    assert "net ingenomen" in deniz.mails("offer_withdrawn")[0].text
    assert taken() == 1


def test_what_still_fits_is_named(here: Town) -> None:
    noor, deniz = first_come(here, places=1)
    with looking():
        deniz_row = deniz.inquiry(here.mias_nestje).request
        deniz_row.part_of_week_ok = True
        deniz_row.save(update_fields=["part_of_week_ok"])
    noor.accepts(here.mias_nestje)  # Monday and Tuesday; Deniz wanted Monday, Thursday and Friday
    with pytest.raises(OfferJustTaken) as lost:
        deniz.accepts(here.mias_nestje)
    [words] = lost.value.still_fits
    assert words.startswith("Mia's Nestje: donderdag en vrijdag hele dag")


def test_two_places_serve_two_families(here: Town) -> None:
    noor, deniz = first_come(here, places=2)
    noor.accepts(here.mias_nestje)
    deniz.accepts(here.mias_nestje)
    assert taken("placement") == 2

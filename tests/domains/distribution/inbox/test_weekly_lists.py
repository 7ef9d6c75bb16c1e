"""The list on paper is offered once a week to who asked for it, by a link that holds no question."""

from datetime import date, timedelta

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import FULL, NOW, asks, looking

from opvangloket.domains.distribution.inbox import weekly_lists
from opvangloket.domains.distribution.inbox.weekly_lists import WeeklyListNotFound, open_weekly_list, sweep_weekly_lists
from opvangloket.domains.distribution.lines.sweeping import SweepFailed
from opvangloket.domains.distribution.models import WeeklyList
from opvangloket.domains.providers.models import Location
from opvangloket.domains.providers.own_locations import LocationNotFound
from opvangloket.domains.providers.weekly_list import NoAddressForList, choose_weekly_list
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.messages.actions import NewMessage
from opvangloket.foundation.messages.models import Message

DAY = timedelta(days=1)


def wants(here: Town, location: Location, *, wanted: bool = True) -> None:
    with here.at_organiser(location):
        choose_weekly_list(location_id=location.id, wanted=wanted, actor=here.manager, now=NOW)


def mails() -> list[Message]:
    with looking():
        return list(Message.objects.filter(template="weekly_list").order_by("planned_at", "recipient"))


def token() -> str:
    return mails()[-1].text.partition("/organisator/lijst/")[2].partition("/")[0]


def test_nobody_gets_it_who_did_not_ask(here: Town) -> None:
    asks(here)
    assert sweep_weekly_lists(now=NOW) == 0
    assert not WeeklyList.objects.exists()


def test_once_a_week_however_often_the_sweep_runs(here: Town) -> None:
    wants(here, here.mias_nestje)
    asks(here)
    assert [sweep_weekly_lists(now=NOW + days * DAY) for days in (0, 0, 1, 6)] == [1, 0, 0, 0]
    assert sweep_weekly_lists(now=NOW + 8 * DAY) == 1, "a Tuesday: Monday was missed"
    assert list(WeeklyList.objects.order_by("monday").values_list("monday", flat=True)) == [
        date(2026, 3, 2),
        date(2026, 3, 9),
    ]
    first, _second = mails()
    assert (first.recipient, first.desk_id) == (here.mias_nestje.email, here.ninove.id)
    assert "Mia's Nestje heeft 1 open vraag. De eerste termijn loopt tot maandag 16 maart" in first.text
    assert "tot en met zondag 15 maart" in first.text
    assert "Noor" not in first.text + first.subject + first.html


def test_a_week_without_questions_brings_no_mail_until_one_comes(here: Town) -> None:
    wants(here, here.mias_nestje)
    assert sweep_weekly_lists(now=NOW) == 0
    asks(here).answers(here.mias_nestje, FULL)
    assert sweep_weekly_lists(now=NOW + DAY) == 0
    asks(here)
    assert sweep_weekly_lists(now=NOW + 2 * DAY) == 1


def test_who_stops_gets_no_more(here: Town) -> None:
    wants(here, here.mias_nestje)
    asks(here)
    wants(here, here.mias_nestje, wanted=False)
    wants(here, here.mias_nestje, wanted=False)
    assert sweep_weekly_lists(now=NOW) == 0
    with looking():
        edits = AuditEvent.objects.filter(action="location.edit", subject_id=here.mias_nestje.id).order_by("id")
        assert list(edits.values_list("codes", flat=True)) == [["weekly_list", "on"], ["weekly_list", "off"]]


def test_the_organiser_is_mailed_when_the_location_has_no_address_and_without_any_it_cannot_be_chosen(
    here: Town,
) -> None:
    Location.objects.filter(id=here.mias_nestje.id).update(email="")
    wants(here, here.mias_nestje)
    asks(here)
    sweep_weekly_lists(now=NOW)
    assert mails()[0].recipient == here.mia.email
    here.mia.email = ""
    here.mia.save()
    wants(here, here.mias_nestje, wanted=False)
    with pytest.raises(NoAddressForList):
        wants(here, here.mias_nestje)


def test_a_link_opens_for_two_weeks_and_a_guess_never(here: Town) -> None:
    wants(here, here.mias_nestje)
    asks(here)
    sweep_weekly_lists(now=NOW)
    facts = open_weekly_list(token(), now=NOW + 13 * DAY)
    assert (facts.location_id, facts.organiser_id, facts.is_over) == (here.mias_nestje.id, here.mia.id, False)
    assert facts.scope.location_ids == {here.mias_nestje.id}
    assert open_weekly_list(token(), now=NOW + 14 * DAY).is_over
    assert not WeeklyList.objects.filter(token_hash=token()).exists(), "only the hash is kept"
    for wrong in ("", token()[:-1], token().swapcase()):
        with pytest.raises(WeeklyListNotFound):
            open_weekly_list(wrong, now=NOW)


def test_somebody_elses_location_cannot_be_chosen(here: Town) -> None:
    with here.at_organiser(here.mias_nestje), pytest.raises(LocationNotFound):
        choose_weekly_list(location_id=here.het_klavertje.id, wanted=True, actor=here.manager, now=NOW)


def test_one_location_that_fails_does_not_stop_the_others(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for location in (here.mias_nestje, here.regenboog_centrum):
        wants(here, location)
    asks(here)
    plan = weekly_lists.plan_messages

    def fails_for_mia(messages: list[NewMessage], **facts: object) -> object:
        if messages[0].location_id == here.mias_nestje.id:
            raise ConnectionError("no")
        return plan(messages, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(weekly_lists, "plan_messages", fails_for_mia)
    with pytest.raises(SweepFailed):
        sweep_weekly_lists(now=NOW)
    assert [mail.recipient for mail in mails()] == [here.regenboog_centrum.email]
    monkeypatch.undo()
    assert sweep_weekly_lists(now=NOW) == 1, "what failed is tried again"

"""A consultation: everybody invited at once, replies until it begins, and the report for all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from tests.cast import Town, town
from tests.documents import pdf
from tests.domains.distribution.journey import NOW, looking

from opvangloket.domains.cooperation import consultations
from opvangloket.domains.cooperation.consultation_queries import (
    Invited,
    agreement_moments,
    consultation_at_desk,
    consultation_document,
    consultations_of_desk,
    invitations_without_reply,
    own_invitation,
)
from opvangloket.domains.cooperation.consultations import ConsultationRefused, WhenAndWhere
from opvangloket.domains.cooperation.models import Consultation, Invitation
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.errors import AlreadySent
from opvangloket.foundation.files.documents import CheckedDocument, checked_pdf
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.retention.carrying_out import carry_out
from opvangloket.rules.consultations import Reply

DAY = timedelta(days=1)
STARTS = NOW + 21 * DAY
REFERENCE = "K7M4CXR9"
AT_TOWN_HALL = WhenAndWhere(starts_at=STARTS, minutes=120, place="Stadhuis, zaal 2", agenda="1. De cijfers")


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def plans(here: Town, when: WhenAndWhere = AT_TOWN_HALL, *, reference: str = REFERENCE, now: datetime = NOW) -> str:
    with here.at_desk():
        return consultations.plan_consultation(
            desk_id=here.ninove.id,
            title="Lokaal overleg",
            when=when,
            is_agreement_moment=True,
            documents=[a_paper("Cijfers")],
            reference=reference,
            actor=here.lead,
            now=now,
        )


def a_paper(title: str) -> CheckedDocument:
    return checked_pdf(BytesIO(pdf()), name=f"{title}.pdf", size=len(pdf()))


def replies(here: Town, location: Location, reply: Reply, *, by: int | None = None, now: datetime = NOW + DAY) -> None:
    with here.at_organiser(location):
        consultations.reply_to_invitation(
            reference=REFERENCE,
            organiser_id=location.organiser_id,
            reply=reply,
            represented_by=by,
            actor=here.manager,
            now=now,
        )


def invited(here: Town, *, now: datetime = NOW + DAY) -> dict[str, Invited]:
    with here.at_desk():
        _facts, everyone = consultation_at_desk(REFERENCE, now=now)
    return {one.name: one for one in everyone}


def mailed(template: str) -> list[str]:
    with looking():
        return sorted(Message.objects.filter(template=template).values_list("recipient", flat=True))


EVERYBODY = ["info@regenboog.example", "klavertje@ninove.example", "mia@nestje.example"]


def test_everybody_is_invited_in_one_act(here: Town) -> None:
    plans(here)
    assert mailed("consultation_invited") == EVERYBODY
    assert list(invited(here)) == ["De Regenboog vzw", "Mia De Smet", "Stad Ninove"]
    with looking():
        assert AuditEvent.objects.get(action="consultation.plan").codes == ["invited:3"]
        assert "Stadhuis" not in Message.objects.filter(template="consultation_invited")[0].text
    plans(here)
    with looking():
        assert Consultation.objects.count() == 1, "the same press of the button"
        assert Invitation.objects.count() == 3
    with pytest.raises(AlreadySent):
        plans(here, replace(AT_TOWN_HALL, place="Bibliotheek"))
    with looking():
        assert Consultation.objects.get().place == "Stadhuis, zaal 2"


@pytest.mark.parametrize(
    "when",
    [
        replace(AT_TOWN_HALL, starts_at=NOW + 6 * DAY),
        replace(AT_TOWN_HALL, starts_at=NOW + 400 * DAY),
        replace(AT_TOWN_HALL, minutes=0),
        replace(AT_TOWN_HALL, minutes=-60),
        replace(AT_TOWN_HALL, minutes=481),
    ],
)
def test_a_moment_gives_everybody_time(here: Town, when: WhenAndWhere) -> None:
    with pytest.raises(ConsultationRefused):
        plans(here, when)
    with looking():
        assert not Consultation.objects.exists()
        assert not Document.objects.exists()


def test_organisers_say_whether_they_come(here: Town) -> None:
    plans(here)
    with here.at_organiser(here.mias_nestje):
        assert [reference for reference, _at in invitations_without_reply(now=NOW)] == [REFERENCE]
        regenboog = own_invitation(REFERENCE, now=NOW).others[0]
    assert regenboog == (1, "De Regenboog vzw")
    replies(here, here.regenboog_centrum, Reply.COMES)
    replies(here, here.mias_nestje, Reply.REPRESENTED, by=1)
    found = invited(here)
    assert found["De Regenboog vzw"].reply is Reply.COMES
    assert (found["Mia De Smet"].reply, found["Mia De Smet"].represented_by) == (Reply.REPRESENTED, "De Regenboog vzw")
    assert found["Stad Ninove"].reply is None
    replies(here, here.mias_nestje, Reply.NOT, now=NOW + 2 * DAY)
    assert (invited(here)["Mia De Smet"].reply, invited(here)["Mia De Smet"].represented_by) == (Reply.NOT, "")
    with here.at_organiser(here.mias_nestje):
        assert invitations_without_reply(now=NOW) == ()


@pytest.mark.parametrize("by", [None, 2, 99])
def test_who_is_represented_names_another_who_was_invited(here: Town, by: int | None) -> None:
    plans(here)
    with pytest.raises(ConsultationRefused, match="vertegenwoordigt"):
        replies(here, here.mias_nestje, Reply.REPRESENTED, by=by)
    assert invited(here)["Mia De Smet"].reply is None


def test_who_was_not_invited_sees_and_says_nothing(here: Town) -> None:
    plans(here)
    with pytest.raises(consultations.ConsultationNotFound):
        replies(here, here.ver_weg, Reply.COMES)
    with here.at_organiser(here.ver_weg), pytest.raises(consultations.ConsultationNotFound):
        own_invitation(REFERENCE, now=NOW)
    with here.at_organiser(here.ver_weg), pytest.raises(consultations.ConsultationNotFound):
        consultation_document(REFERENCE, 1)
    with here.at_desk(here.overstroom):
        assert consultations_of_desk(now=NOW) == ()


def test_nobody_replies_once_it_began(here: Town) -> None:
    plans(here)
    with pytest.raises(ConsultationRefused, match="begonnen"):
        replies(here, here.mias_nestje, Reply.COMES, now=STARTS)


def test_another_moment_asks_everybody_again(here: Town) -> None:
    plans(here)
    replies(here, here.regenboog_centrum, Reply.COMES)
    other_room = replace(AT_TOWN_HALL, place="Stadhuis, zaal 3")
    with here.at_desk():
        for _twice in range(2):
            consultations.move_consultation(reference=REFERENCE, when=other_room, actor=here.lead, now=NOW + 2 * DAY)
    assert mailed("consultation_moved") == EVERYBODY, "told once"
    assert invited(here)["De Regenboog vzw"].reply is Reply.COMES, "another room is not another moment"
    with here.at_desk():
        later = replace(other_room, starts_at=STARTS + 7 * DAY)
        consultations.move_consultation(reference=REFERENCE, when=later, actor=here.lead, now=NOW + 3 * DAY)
    assert invited(here)["De Regenboog vzw"].reply is None
    soon = replace(other_room, starts_at=NOW + 8 * DAY)
    with here.at_desk(), pytest.raises(ConsultationRefused, match="minstens een week"):
        consultations.move_consultation(reference=REFERENCE, when=soon, actor=here.lead, now=NOW + 3 * DAY)


def test_a_consultation_that_does_not_take_place(here: Town) -> None:
    plans(here)
    with here.at_desk():
        consultations.cancel_consultation(reference=REFERENCE, because="De zaal is dicht.", actor=here.lead, now=NOW)
        assert agreement_moments(consultations_of_desk(now=NOW)) == ()
    assert mailed("consultation_cancelled") == EVERYBODY
    with here.at_desk(), pytest.raises(ConsultationRefused, match="gaat niet door"):
        consultations.cancel_consultation(reference=REFERENCE, because="Nog eens.", actor=here.lead, now=NOW)
    with pytest.raises(ConsultationRefused, match="gaat niet door"):
        replies(here, here.mias_nestje, Reply.COMES)


def test_who_did_not_reply_is_reminded_once_in_the_week_before(here: Town) -> None:
    plans(here)
    replies(here, here.regenboog_centrum, Reply.COMES)
    assert consultations.sweep_invitations(now=STARTS - 8 * DAY) == 0
    assert consultations.sweep_invitations(now=STARTS - 6 * DAY) == 2
    assert consultations.sweep_invitations(now=STARTS - 5 * DAY) == 0
    assert mailed("consultation_reminder") == ["klavertje@ninove.example", "mia@nestje.example"]


def test_who_was_invited_in_the_last_week_is_not_reminded_at_once(here: Town) -> None:
    plans(here, replace(AT_TOWN_HALL, starts_at=NOW + 7 * DAY - timedelta(hours=1)))
    assert consultations.sweep_invitations(now=NOW + timedelta(hours=1)) == 0


def test_after_it_the_desk_tells_who_was_there_and_sends_the_report(here: Town) -> None:
    plans(here)
    replies(here, here.regenboog_centrum, Reply.COMES)

    def note(present: Sequence[int], now: datetime) -> None:
        with here.at_desk():
            consultations.note_attendance(reference=REFERENCE, present=present, actor=here.worker, now=now)

    def report(text: str, now: datetime) -> None:
        with here.at_desk():
            consultations.send_report(
                reference=REFERENCE, text=text, documents=[a_paper("Verslag")], actor=here.worker, now=now
            )

    for too_early in (lambda: note([1], NOW), lambda: report("Te vroeg.", NOW)):
        with pytest.raises(ConsultationRefused, match="nog beginnen"):
            too_early()
    after = STARTS + DAY
    note([1, 3], after)
    note([1], after)
    there = {name: one.attended for name, one in invited(here, now=after).items()}
    assert there == {"De Regenboog vzw": True, "Mia De Smet": False, "Stad Ninove": False}
    for _twice in range(2):
        report("We spraken af om samen te werken.", after)
    assert mailed("consultation_reported") == EVERYBODY
    with pytest.raises(ConsultationRefused, match="al verstuurd"):
        report("Iets anders.", after)
    with here.at_organiser(here.het_klavertje):
        facts = own_invitation(REFERENCE, now=after).facts
        assert [(one.title, one.of_report) for one in facts.documents] == [("Cijfers", False), ("Verslag", True)]
        assert consultation_document(REFERENCE, 2).content == pdf()


def test_this_year_has_its_agreement_moment(here: Town) -> None:
    plans(here)
    with here.at_desk():
        assert agreement_moments(consultations_of_desk(now=NOW)) == (date(2026, 3, 23),)


@pytest.mark.usefixtures("committed_database")
def test_it_is_forgotten_with_its_papers_five_years_after() -> None:
    here = town(NOW)
    plans(here)

    def left(after: timedelta) -> tuple[int, int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return Consultation.objects.count(), Invitation.objects.count(), Document.objects.count()

    assert left(timedelta(days=5 * 365)) == (1, 3, 1)
    assert left(timedelta(days=5 * 365 + 24)) == (0, 0, 0)

"""The cooperation agreement: one text for all, signed by each, by whoever may, and never by an old reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from tests.cast import Town, open_location, town
from tests.documents import pdf
from tests.domains.distribution.journey import NOW, looking

from opvangloket.domains.cooperation import agreements, signing
from opvangloket.domains.cooperation.models import AgreementReview, AgreementSignature, AgreementVersion
from opvangloket.domains.cooperation.queries import (
    AgreementAtDesk,
    agreement_at_desk,
    agreements_of_organiser,
    own_agreement,
    unsigned_desks,
)
from opvangloket.domains.deskwork.work import WorkReason
from opvangloket.domains.deskwork.worklist import work_rows, worklist
from opvangloket.domains.providers.models import DeskRelation, Location, LocationInDesk
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.files.documents import CheckedDocument, checked_pdf
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.national_number import NationalNumberRefused
from opvangloket.foundation.retention.carrying_out import carry_out
from opvangloket.rules.cooperation_agreement import OwnPoints, Signing
from opvangloket.rules.procedure import Procedure

DAY = timedelta(days=1)
FLYER = OwnPoints(everyone=("Elke opvang hangt de affiche uit.",))


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def publishes(here: Town, own: OwnPoints = FLYER, *, number: int = 1, after: timedelta = timedelta()) -> int:
    with here.at_desk():
        return agreements.publish_agreement(
            desk=here.ninove, own=own, number=number, actor=here.lead, now=here.now + after
        )


def signs(here: Town, location: Location, *, name: str = "Rosa Maes", after: timedelta = DAY) -> None:
    moment = replace(here, now=here.now + after)
    with here.at_organiser(location):
        read = own_agreement("ninove", location.organiser_id, today=moment.today)
        signing.sign_agreement(
            desk_id=here.ninove.id,
            number=read.number,
            read_digest=read.digest,
            organiser_id=location.organiser_id,
            name=name,
            actor=here.manager,
            now=moment.now,
        )


def signs_on_paper(here: Town, location: Location, *, after: timedelta = DAY, on: timedelta = timedelta()) -> None:
    with here.at_desk():
        signing.sign_on_paper(
            desk_id=here.ninove.id,
            organiser_id=location.organiser_id,
            name="Mia De Smet",
            signed_on=(replace(here, now=here.now + on)).today,
            document=a_paper(),
            actor=here.worker,
            now=here.now + after,
        )


def a_paper() -> CheckedDocument:
    return checked_pdf(BytesIO(pdf()), name="scan.pdf", size=len(pdf()))


def at_desk(here: Town, after: timedelta = DAY) -> AgreementAtDesk:
    with here.at_desk():
        found = agreement_at_desk(here.ninove, today=replace(here, now=here.now + after).today)
    assert found is not None
    return found


def standing(here: Town) -> dict[str, Signing]:
    return {one.name: one.signing for one in at_desk(here).partners}


@contextmanager
def nothing_changes() -> Iterator[None]:
    with looking():
        before = (AgreementVersion.objects.count(), AgreementSignature.objects.filter(taken_back_at=None).count())
    yield
    with looking():
        after = (AgreementVersion.objects.count(), AgreementSignature.objects.filter(taken_back_at=None).count())
    assert after == before


def test_every_organiser_hears_of_it_at_the_same_moment(here: Town) -> None:
    assert publishes(here) == 1
    with looking():
        mails = Message.objects.filter(template="agreement_published")
        assert sorted(mails.values_list("recipient", flat=True)) == [
            "info@regenboog.example",
            "klavertje@ninove.example",
            "mia@nestje.example",
        ]
        assert set(mails.values_list("planned_at", flat=True)) == {here.now}
        assert AuditEvent.objects.get(action="agreement.publish").codes == ["version:1", "organisers:3"]


def test_a_guest_of_the_desk_signs_with_its_own_desk(here: Town) -> None:
    with looking():
        LocationInDesk.objects.create(
            location=here.ver_weg, desk=here.ninove, relation=DeskRelation.VIEW, start_on=here.today
        )
    publishes(here)
    assert "Stroomop" not in standing(here)
    with here.at_organiser(here.ver_weg):
        assert agreements_of_organiser(here.stroomop.id, today=here.today) == ()
        with pytest.raises(agreements.AgreementNotFound):
            own_agreement("ninove", here.stroomop.id, today=here.today)
        with pytest.raises(agreements.AgreementNotFound), nothing_changes():
            signing.sign_agreement(
                desk_id=here.ninove.id,
                number=1,
                read_digest="",
                organiser_id=here.stroomop.id,
                name="Iemand Anders",
                actor=here.manager,
                now=here.now,
            )


def test_pressing_twice_makes_one_version(here: Town) -> None:
    publishes(here)
    assert publishes(here, after=timedelta(seconds=5)) == 1
    with looking():
        assert AgreementVersion.objects.count() == 1
        assert Message.objects.filter(template="agreement_published").count() == 3


def test_two_leads_who_write_at_once_do_not_overwrite_each_other(here: Town) -> None:
    publishes(here)
    with pytest.raises(agreements.VersionMeanwhile), nothing_changes():
        publishes(here, OwnPoints(everyone=("Iets anders.",)), number=1)


def test_a_version_says_something_new(here: Town) -> None:
    publishes(here)
    with pytest.raises(agreements.NothingNew), nothing_changes():
        publishes(here, number=2)
    here.choose(Procedure(answer_term_days=21, call_after_days=24))
    assert publishes(here, number=2) == 2, "the settings changed, so the text did"


def test_no_national_number_comes_in(here: Town) -> None:
    with pytest.raises(NationalNumberRefused), nothing_changes():
        publishes(here, OwnPoints(desk=("Bel 85.07.30-033.28.",)))


def test_an_organiser_signs_what_holds_for_its_locations(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    signs(here, here.het_klavertje)
    with looking():
        steps = dict(AgreementSignature.objects.values_list("organiser__name", "steps"))
        digests = set(AgreementSignature.objects.values_list("digest", flat=True))
    assert steps == {"De Regenboog vzw": ["T2B"], "Stad Ninove": ["T3"]}
    assert len(digests) == 2, "with plus subsidy one promises more"
    with here.at_organiser(here.het_klavertje):
        own = own_agreement("ninove", here.klavertje.id, today=here.today)
    assert "Opvang met plussubsidie" in {part.title for part in own.parts}
    assert standing(here) == {
        "De Regenboog vzw": Signing.SIGNED,
        "Mia De Smet": Signing.NEVER,
        "Stad Ninove": Signing.SIGNED,
    }


def test_signing_twice_is_signing_once(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    signs(here, here.regenboog_denderhof, name="Rosa nog eens")
    with looking():
        assert AgreementSignature.objects.get().name == "Rosa Maes"
        assert AuditEvent.objects.filter(action="agreement.sign").count() == 1


def test_whoever_read_an_older_text_reads_the_new_one_first(here: Town) -> None:
    publishes(here)
    with here.at_organiser(here.regenboog_centrum):
        read = own_agreement("ninove", here.regenboog.id, today=here.today)
    publishes(here, OwnPoints(everyone=("Iets nieuws.",)), number=2)
    with here.at_organiser(here.regenboog_centrum), pytest.raises(signing.AgreementReplaced), nothing_changes():
        signing.sign_agreement(
            desk_id=here.ninove.id,
            number=read.number,
            read_digest=read.digest,
            organiser_id=here.regenboog.id,
            name="Rosa Maes",
            actor=here.manager,
            now=here.now + DAY,
        )


def test_a_step_that_changed_while_reading_shows_its_part_first(here: Town) -> None:
    publishes(here)
    with here.at_organiser(here.mias_nestje):
        read = own_agreement("ninove", here.mia.id, today=here.today)
    with looking():
        Location.objects.filter(id=here.mias_nestje.id).update(subsidy_step="T3")
    with here.at_organiser(here.mias_nestje), pytest.raises(signing.AgreementReplaced), nothing_changes():
        signing.sign_agreement(
            desk_id=here.ninove.id,
            number=1,
            read_digest=read.digest,
            organiser_id=here.mia.id,
            name="Mia De Smet",
            actor=here.manager,
            now=here.now + DAY,
        )


def test_a_new_version_asks_everyone_again(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    with here.at_organiser(here.regenboog_centrum):
        assert unsigned_desks(today=here.today) == ()
    publishes(here, OwnPoints(everyone=("Iets nieuws.",)), number=2)
    assert standing(here)["De Regenboog vzw"] is Signing.EARLIER
    with here.at_organiser(here.regenboog_centrum):
        assert unsigned_desks(today=here.today) == ("Opvangloket Ninove",)


def test_a_paper_counts_as_a_signature_and_can_be_taken_back(here: Town) -> None:
    publishes(here)
    signs_on_paper(here, here.mias_nestje)
    with here.at_organiser(here.mias_nestje):
        assert signing.signed_paper(here.mia.id, here.ninove.id, 1).content == a_paper().content
    with here.at_organiser(here.regenboog_centrum), pytest.raises(agreements.AgreementNotFound):
        signing.signed_paper(here.mia.id, here.ninove.id, 1)
    with pytest.raises(signing.SignatureRefused, match="al getekend"), nothing_changes():
        signs_on_paper(here, here.mias_nestje)
    with here.at_desk():
        signing.take_signature_back(
            organiser_id=here.mia.id, because="Papier van iemand anders.", actor=here.lead, now=here.now + DAY
        )
    assert standing(here)["Mia De Smet"] is Signing.NEVER
    signs_on_paper(here, here.mias_nestje)
    assert standing(here)["Mia De Smet"] is Signing.SIGNED


@pytest.mark.parametrize("on", [-DAY, 2 * DAY])
def test_a_paper_is_signed_between_sending_and_today(here: Town, on: timedelta) -> None:
    publishes(here)
    with pytest.raises(signing.SignatureRefused), nothing_changes():
        signs_on_paper(here, here.mias_nestje, on=on)
    with looking():
        assert not Document.objects.exists()


def test_the_desk_takes_no_online_signature_back(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    with here.at_desk(), pytest.raises(signing.SignatureRefused), nothing_changes():
        signing.take_signature_back(organiser_id=here.regenboog.id, because="Zomaar.", actor=here.lead, now=here.now)


def test_reminding_reaches_only_who_did_not_sign_and_once_a_day(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    with here.at_desk():
        assert agreements.remind_unsigned(desk=here.ninove, actor=here.lead, now=here.now + DAY) == 2
        agreements.remind_unsigned(desk=here.ninove, actor=here.lead, now=here.now + DAY)
    with looking():
        mails = Message.objects.filter(template="agreement_reminder")
        assert sorted(mails.values_list("recipient", flat=True)) == ["klavertje@ninove.example", "mia@nestje.example"]


def test_the_worklist_says_whom_to_call_after_two_weeks(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)

    def to_call(days: int) -> dict[str, str]:
        with here.at_desk():
            rows = work_rows(worklist(Procedure(), now=here.now + timedelta(days=days)).entries)
        wanted = [row for row in rows if WorkReason.AGREEMENT_UNSIGNED in row.entry.reasons]
        return {row.location.name: row.location.organiser_name for row in wanted if row.location}

    assert to_call(13) == {}
    assert to_call(14) == {"Mia's Nestje": "Mia De Smet", "Het Klavertje": "Stad Ninove"}


def test_the_year_starts_again_when_partners_looked_at_it(here: Town) -> None:
    publishes(here)
    assert at_desk(here).review_due_on == here.today.replace(year=here.today.year + 1)
    with here.at_desk():
        looked = here.today + timedelta(days=40)
        later = here.now + timedelta(days=41)
        for _twice in range(2):
            agreements.review_agreement(reviewed_on=looked, words="Blijft zo.", actor=here.lead, now=later)
        with pytest.raises(agreements.ReviewRefused, match="nog komen"):
            agreements.review_agreement(reviewed_on=looked + 9 * DAY, words="x", actor=here.lead, now=later)
        with pytest.raises(agreements.ReviewRefused, match="bestond toen"):
            agreements.review_agreement(reviewed_on=here.today - DAY, words="x", actor=here.lead, now=later)
        assert AgreementReview.objects.count() == 1
    assert at_desk(here, timedelta(days=41)).review_due_on == looked.replace(year=looked.year + 1)


def test_an_organiser_with_locations_in_two_desks_has_two_agreements(here: Town) -> None:
    with looking():
        far = open_location(here.regenboog, "De Regenboog Oudeberg", here.overstroom, NOW)
    publishes(here)
    with here.at_desk(here.overstroom):
        agreements.publish_agreement(desk=here.overstroom, own=OwnPoints(), number=1, actor=here.lead, now=here.now)
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof, far):
        found = agreements_of_organiser(here.regenboog.id, today=here.today)
        assert [one.desk_name for one in found] == ["Loket Overstroom", "Opvangloket Ninove"]
    signs(here, here.regenboog_centrum)
    with here.at_organiser(here.regenboog_centrum, here.regenboog_denderhof, far):
        assert unsigned_desks(today=here.today) == ("Loket Overstroom",)


def test_a_desk_sees_nothing_of_another(here: Town) -> None:
    publishes(here)
    signs(here, here.regenboog_centrum)
    with here.at_desk(here.overstroom):
        assert agreement_at_desk(here.overstroom, today=here.today) is None
        assert not AgreementVersion.objects.exists()
        assert not AgreementSignature.objects.exists()


@pytest.mark.usefixtures("committed_database")
def test_an_old_version_goes_with_its_papers_five_years_after_it_was_replaced() -> None:
    here = town(NOW)
    publishes(here)
    signs_on_paper(here, here.mias_nestje)
    publishes(here, OwnPoints(everyone=("Iets nieuws.",)), number=2, after=10 * DAY)

    def left(*, after: timedelta) -> tuple[int, int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return AgreementVersion.objects.count(), AgreementSignature.objects.count(), Document.objects.count()

    years = timedelta(days=5 * 365 + 1)
    assert left(after=years) == (2, 1, 1)
    assert left(after=years + 12 * DAY) == (1, 0, 0), "the version that holds stays"
    assert left(after=4 * years) == (1, 0, 0)

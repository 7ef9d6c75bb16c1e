"""What the organisers and the desk of a demonstration did besides answering: the other half of their work.

Free places of every kind, staff for the child-staff ratio, starts that were confirmed with their papers, a stand-in
for the holidays, visits, a conversation, a complaint that waits, news to read. All of it goes through the real actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from opvangloket.domains.contact.actions import write_message
from opvangloket.domains.contact.complaints import complain_as_family, complain_as_organiser, take_step
from opvangloket.domains.contact.models import Complaint, VisitMoment
from opvangloket.domains.contact.news import NewNews, open_news, publish_news
from opvangloket.domains.contact.visits import book_visit, publish_moments
from opvangloket.domains.distribution.care.arrangements import arrangements_of, tick_items
from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.models import Placement, PlacementState
from opvangloket.domains.providers.models import Location, Tariff
from opvangloket.domains.providers.team import invite_colleague
from opvangloket.domains.providers.upkeep import set_places
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.domains.referrals.referring import Consent, refer
from opvangloket.domains.requests.actions import NewQuestion
from opvangloket.foundation.accounts.models import OrganiserRole
from opvangloket.foundation.audit.record import Actor
from opvangloket.rules.complaints import StepKind, Topic
from opvangloket.rules.patterns import PART_COUNT, CareHours, WeekPattern
from opvangloket.rules.periods import BRUSSELS
from opvangloket.rules.references import new_reference
from opvangloket.rules.referrals import ConsentHow
from opvangloket.simulation.chance import stream
from opvangloket.simulation.stage import Family, Stage
from opvangloket.simulation.supply import ninove

_DAYS = WeekPattern.full_days
_CAREGIVERS: Final = 4
_LATE_TO_CONFIRM: Final = timedelta(days=30)
_PAPERS_OF: Final = (timedelta(days=180), timedelta(days=60))
_VISIT_HOURS: Final = (10, 11, 15)


@dataclass(frozen=True, slots=True)
class Families:
    """The families of the scene with which something more happens."""

    noor: Family
    refused: Family
    forgotten: Family
    at_the_door: NewQuestion


@dataclass(slots=True)
class DailyLife:
    """The other half of the work, as it is planned on a stage."""

    _stage: Stage
    _families: Families

    def plan(self) -> None:
        """Plan all of it, between a month ago and yesterday evening."""
        self._staff_for_the_ratio()
        self._starts_confirmed()
        self._papers_in_order()
        self._free_places()
        self._holidays_of_rosa()
        self._a_visit_and_a_conversation()
        self._complaints()
        self._news()
        self._stage.at_location(ninove.REGENBOOG, 3, time(11, 15), self._refer)

    def _staff_for_the_ratio(self) -> None:
        """De Regenboog tells how many caregivers it has: enough until the rule of 2027."""

        def tell(location_id: UUID, actor: Actor, now: datetime) -> None:
            places = Location.objects.get(id=location_id).licensed_places
            open_parts = _DAYS("ma", "di", "wo", "do", "vr").indexes
            with_staff = [_CAREGIVERS if part in open_parts else 0 for part in range(PART_COUNT)]
            set_places(
                location_id=location_id,
                from_on=now.astimezone(BRUSSELS).date(),
                places=[places if staff else 0 for staff in with_staff],
                caregivers=with_staff,
                actor=actor,
                now=now,
            )

        self._stage.at_location(ninove.REGENBOOG, 18, time(8, 40), tell)

    def _starts_confirmed(self) -> None:
        """The starts of more than a month ago were all confirmed in one evening."""

        def confirm(location_id: UUID, actor: Actor, now: datetime) -> None:
            begun = Placement.objects.filter(
                location_id=location_id,
                state=PlacementState.ACTIVE,
                confirmed_at=None,
                start_on__lte=self._stage.town.today - _LATE_TO_CONFIRM,
            )
            for placement_id in begun.order_by("start_on", "id").values_list("id", flat=True):
                confirm_start(placement_id=placement_id, actor=actor, now=now)

        for number, name in enumerate((ninove.REGENBOOG, ninove.DENDERHOF, ninove.MIA, ninove.KLAVERTJE)):
            self._stage.at_location(name, 16, time(19, 10 * number), confirm)

    def _papers_in_order(self) -> None:
        """De Regenboog and Mia keep the list of the agreement: all is there of who came, half of who comes soon."""

        def tick(location_id: UUID, actor: Actor, now: datetime) -> None:
            today, (behind, ahead) = now.astimezone(BRUSSELS).date(), _PAPERS_OF
            near = Placement.objects.filter(location_id=location_id, state=PlacementState.ACTIVE)
            near = near.filter(start_on__gt=today - behind, start_on__lt=today + ahead).order_by("start_on", "id")
            starts = dict(near.values_list("id", "start_on"))
            arrangements = arrangements_of(starts)
            for placement_id, start_on in starts.items():
                items = list(arrangements[placement_id].items)
                there = items if start_on <= today else items[: len(items) // 2]
                tick_items(placement_id=placement_id, items=there, actor=actor, now=now)

        for number, name in enumerate((ninove.REGENBOOG, ninove.DENDERHOF, ninove.MIA)):
            self._stage.at_location(name, 15, time(19, 10 * number), tick)

    def _free_places(self) -> None:
        """A place for four days; one for two mornings until summer; one that only the desk sees."""
        monday = self._stage.monday
        self._declares(ninove.MIA, 5, NewVacancy(pattern=_DAYS("ma", "di"), start_on=monday(30), tariff=Tariff.INCOME))
        self._declares(
            ninove.MIA,
            5,
            NewVacancy(
                pattern=WeekPattern.of("do_vm"),
                start_on=monday(30),
                end_on=monday(150),
                hours=CareHours.parse("do 09:00-12:00"),
                tariff=Tariff.INCOME,
            ),
        )
        self._declares(
            ninove.KLAVERTJE,
            9,
            NewVacancy(pattern=_DAYS("ma", "wo", "vr"), start_on=monday(65), tariff=Tariff.INCOME, public=False),
        )
        self._declares(
            ninove.DENDERHOF, 11, NewVacancy(pattern=_DAYS("ma", "di", "wo"), start_on=monday(42), tariff=Tariff.INCOME)
        )

    def _declares(self, name: str, days_ago: int, vacancy: NewVacancy) -> None:
        def declare(location_id: UUID, actor: Actor, now: datetime) -> None:
            declare_vacancy(location_id=location_id, vacancy=vacancy, actor=actor, now=now)

        self._stage.at_location(name, days_ago, time(20, 5), declare)

    def _holidays_of_rosa(self) -> None:
        """Lotte works at Denderhof; Jef stands in for Rosa during her holidays."""
        away = self._stage.monday(10)
        self._invites("Lotte Baeyens", ninove.DENDERHOF, OrganiserRole.STAFF, None)
        self._invites("Jef Maes", ninove.REGENBOOG, OrganiserRole.STAND_IN, (away, away + timedelta(days=13)))

    def _invites(self, name: str, location: str, role: OrganiserRole, during: tuple[date, date] | None) -> None:
        def invite(location_id: UUID, actor: Actor, now: datetime) -> None:
            start_on, until_on = during or (now.astimezone(BRUSSELS).date(), None)
            invite_colleague(
                organiser_id=Location.objects.values_list("organiser_id", flat=True).get(id=location_id),
                address=f"{name.split()[0].lower()}@opvang.example",
                name=name,
                role=role,
                location_ids=[location_id],
                start_on=start_on,
                until_on=until_on,
                actor=actor,
                now=now,
            )

        self._stage.at_location(location, 8, time(9, 30), invite)

    def _a_visit_and_a_conversation(self) -> None:
        """Sara asks whether she may come and look, and chooses a moment."""
        noor, day = self._families.noor, self._stage.monday(4) + timedelta(days=1)

        def publish(location_id: UUID, actor: Actor, now: datetime) -> None:
            starts = [datetime.combine(day, time(hour), BRUSSELS) for hour in _VISIT_HOURS]
            publish_moments(location_id=location_id, starts_at=starts, minutes=30, actor=actor, now=now)

        def book(request_id: UUID, actor: Actor, now: datetime) -> None:
            first = VisitMoment.objects.filter(location__name=ninove.REGENBOOG).order_by("starts_at").first()
            if first is not None:
                book_visit(request_id=request_id, moment_id=first.id, actor=actor, now=now)

        self._stage.at_location(ninove.REGENBOOG, 4, time(8, 20), publish)
        self._writes(True, 3, time(20, 40), "Mogen we eens komen kijken? Noor is dan vijf maanden.")
        self._writes(False, 2, time(9, 15), "Graag! Kies een moment dat past. De koffie staat klaar.")
        self._stage.by_family(noor, 2, time(19, 50), book)
        self._writes(True, 1, time(20, 30), "We kozen dinsdag. Moeten we iets meebrengen?")

    def _writes(self, is_family: bool, days_ago: int, of_day: time, text: str) -> None:
        noor = self._families.noor
        [location_id] = self._stage.ids(ninove.REGENBOOG)

        def write(_id: UUID, actor: Actor, now: datetime) -> None:
            request_id = noor.asked_id
            write_message(request_id=request_id, location_id=location_id, text=text, after=0, actor=actor, now=now)

        if is_family:
            self._stage.by_family(noor, days_ago, of_day, write)
        else:
            self._stage.at_location(ninove.REGENBOOG, days_ago, of_day, write)

    def _complaints(self) -> None:
        """One waits at De Regenboog, one at the desk; one of Mia was answered."""
        self._complains(self._families.refused, ninove.REGENBOOG, "Ik kreeg nee zonder uitleg. Kan iemand me bellen?")
        self._complains(self._families.forgotten, ninove.SPEELKUIL, "Ik wacht al weken op een antwoord.")
        mine = self._reference("mia")

        def complain(location_id: UUID, actor: Actor, now: datetime) -> None:
            complain_as_organiser(
                organiser_id=Location.objects.values_list("organiser_id", flat=True).get(id=location_id),
                desk_id=self._stage.desk_id,
                topic=Topic.COOPERATION,
                text="Ik kreeg vragen voor dagen waarop ik niet werk. Dat kost me tijd.",
                reference=mine,
                actor=actor,
                now=now,
            )

        def reply(_desk_id: UUID, actor: Actor, now: datetime) -> None:
            complaint_id = Complaint.objects.values_list("id", flat=True).get(reference=mine)
            text = "Dank je, we pasten je openingsdagen aan. Je krijgt nu alleen nog vragen die passen."
            take_step(complaint_id=complaint_id, kind=StepKind.REPLY, text=text, after=0, actor=actor, now=now)

        self._stage.at_location(ninove.MIA, 12, time(20, 25), complain)
        self._stage.at_desk(11, time(10, 10), reply)

    def _complains(self, family: Family, about: str, text: str) -> None:
        [location_id] = self._stage.ids(about)

        def complain(request_id: UUID, actor: Actor, now: datetime) -> None:
            complain_as_family(
                request_id=request_id,
                location_id=location_id,
                text=text,
                shows_name=True,
                reference=self._reference(about),
                actor=actor,
                now=now,
            )

        self._stage.by_family(family, 1, time(18, 20), complain)

    def _news(self) -> None:
        """Two messages of the desk; Rosa opened the first one."""
        older = self._reference("overleg")
        meeting = self._stage.monday(24) + timedelta(days=3)
        self._tells(
            9,
            older,
            NewNews(
                title="Overleg kinderopvang",
                text=f"We zien elkaar op {meeting.day}/{meeting.month} om 19.30 uur in het Sociaal Huis.\n\n"
                "Heb je een punt voor de agenda? Bel of mail ons gerust.",
            ),
        )

        def read(location_id: UUID, actor: Actor, now: datetime) -> None:
            organiser_id = Location.objects.values_list("organiser_id", flat=True).get(id=location_id)
            open_news(reference=older, organiser_id=organiser_id, actor=actor, now=now)

        self._stage.at_location(ninove.REGENBOOG, 8, time(9, 5), read)
        self._tells(
            2,
            self._reference("kindratio"),
            NewNews(
                title="Vanaf 2027 zorg je voor minder kinderen tegelijk",
                text="De kindratio verandert op 1 januari 2027.\n\n"
                "Vul bij je plaatsen in met hoeveel begeleiders je werkt. Dan zie je meteen of het past.",
            ),
        )

    def _tells(self, days_ago: int, news_reference: str, news: NewNews) -> None:
        def publish(desk_id: UUID, actor: Actor, now: datetime) -> None:
            publish_news(desk_id=desk_id, news=news, reference=news_reference, actor=actor, now=now)

        self._stage.at_desk(days_ago, time(13, 45), publish)

    def _refer(self, location_id: UUID, actor: Actor, now: datetime) -> None:
        """De Regenboog has no place for a family at its door, and passes it on."""
        refer(
            desk_id=self._stage.desk_id,
            location_id=location_id,
            question=self._families.at_the_door,
            consent=Consent(how=ConsentHow.AT_THE_DOOR, given_on=now.astimezone(BRUSSELS).date()),
            words="Mama begint volgende maand te werken. Ze woont vlak bij het station.",
            actor=actor,
            now=now,
            randomness=stream(self._stage.town.seed, "referral", now),
        )

    def _reference(self, name: str) -> str:
        return new_reference(stream(self._stage.town.seed, "daily life", name))

"""What desk and organisers of a demonstration do as partners: the agreement that they sign, and their consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from opvangloket.domains.cooperation.agreements import publish_agreement
from opvangloket.domains.cooperation.consultation_queries import consultation_at_desk
from opvangloket.domains.cooperation.consultations import (
    WhenAndWhere,
    note_attendance,
    plan_consultation,
    reply_to_invitation,
    send_report,
)
from opvangloket.domains.cooperation.queries import agreements_of_organiser
from opvangloket.domains.cooperation.signing import sign_agreement
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.consultations import Reply
from opvangloket.rules.cooperation_agreement import OwnPoints
from opvangloket.rules.periods import brussels_date
from opvangloket.simulation.stage import Stage

# Who has still to sign and to reply: among them the two whose part one can play.
_SLOW: Final = ("De Regenboog vzw", "Mia De Smet", "De Speelkuil bv")
_PLACE: Final = "Sociaal Huis, Burchtstraat 46, Ninove"
_EVENING: Final = time(19, 30)
_HELD, _COMING = "V4K7MXR9", "W4K7MXR9"
_OWN_POINTS: Final = OwnPoints(
    desk=("Het loket komt elk jaar bij elke opvang langs.",),
    everyone=("Elke opvang hangt de affiche van het loket goed zichtbaar uit.",),
    plus=("Opvang met plussubsidie komt elk kwartaal samen, op uitnodiging van het loket.",),
)
_REPORT: Final = (
    "We bekeken de cijfers samen. De termijn blijft 14 dagen. Elk kwartaal bekijken we wie geen plaats vindt."
)


@dataclass(slots=True)
class Partners:
    """The acts of the partners, as they are planned on a stage."""

    _stage: Stage

    def plan(self) -> None:
        """Plan the agreement, a consultation of some months ago with its report, and an invitation to the next one."""
        self._stage.by_lead(180, time(9), self._invite_to_what_was)
        self._stage.at_desk(148, time(10), self._report)
        self._stage.by_lead(12, time(11), self._publish)
        self._stage.by_organisers(11, time(11), self._sign, but=_SLOW)
        self._stage.by_lead(10, time(9, 10), self._invite_to_what_comes)
        self._stage.by_organisers(9, time(9, 10), self._reply, but=_SLOW)

    def _publish(self, desk_id: UUID, lead: Actor, now: datetime) -> None:
        desk = Desk.objects.get(id=desk_id)
        publish_agreement(desk=desk, own=_OWN_POINTS, number=1, actor=lead, now=now)

    def _sign(self, organiser_id: UUID, manager: Actor, now: datetime) -> None:
        for read in agreements_of_organiser(organiser_id, today=brussels_date(now)):
            sign_agreement(
                desk_id=read.desk_id,
                number=read.number,
                read_digest=read.digest,
                organiser_id=organiser_id,
                name=manager.name,
                actor=manager,
                now=now,
            )

    def _invite_to_what_was(self, desk_id: UUID, lead: Actor, now: datetime) -> None:
        agenda = "1. De cijfers van vorig jaar\n2. Hoe verdelen we de vragen?\n3. Kwetsbare gezinnen"
        self._invite(desk_id, lead, now, days_ahead=-150, agenda=agenda, reference=_HELD)

    def _invite_to_what_comes(self, desk_id: UUID, lead: Actor, now: datetime) -> None:
        agenda = "1. Wat verandert er op 1 januari?\n2. De overeenkomst bekijken\n3. Rondvraag"
        self._invite(desk_id, lead, now, days_ahead=18, agenda=agenda, reference=_COMING)

    def _invite(
        self, desk_id: UUID, lead: Actor, now: datetime, *, days_ahead: int, agenda: str, reference: str
    ) -> None:
        starts_at = self._stage.moment(days_ahead, _EVENING)
        plan_consultation(
            desk_id=desk_id,
            title="Lokaal overleg kinderopvang",
            when=WhenAndWhere(starts_at=starts_at, minutes=120, place=_PLACE, agenda=agenda),
            is_agreement_moment=True,
            documents=(),
            reference=reference,
            actor=lead,
            now=now,
        )

    def _report(self, _desk_id: UUID, worker: Actor, now: datetime) -> None:
        _facts, everyone = consultation_at_desk(_HELD, now=now)
        present = [one.number for one in everyone if one.number % 4]
        note_attendance(reference=_HELD, present=present, actor=worker, now=now)
        send_report(reference=_HELD, text=_REPORT, documents=(), actor=worker, now=now)

    def _reply(self, organiser_id: UUID, manager: Actor, now: datetime) -> None:
        reply = Reply.NOT if organiser_id.int % 5 == 0 else Reply.COMES
        reply_to_invitation(
            reference=_COMING, organiser_id=organiser_id, reply=reply, represented_by=None, actor=manager, now=now
        )

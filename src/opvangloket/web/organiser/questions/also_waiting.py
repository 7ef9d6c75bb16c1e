"""What waits for an organiser besides its questions: a complaint, a family in care, an invitation, a signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.contact.complaint_queries import waiting_for_organiser
from opvangloket.domains.cooperation.consultation_queries import invitations_without_reply
from opvangloket.domains.cooperation.queries import unsigned_desks
from opvangloket.domains.distribution.change_proposals.asked_changes import asked_changes
from opvangloket.rules.wording import dutch_list
from opvangloket.web.guards import OrganiserVisit
from opvangloket.web.ui.templatetags.ui import long_date


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, in words, and where."""

    words: str
    url: str


def also_waiting(visit: OrganiserVisit) -> tuple[Waiting, ...]:
    """Return what this person can do something about, in a query each, what has a term first."""
    return tuple(_found(visit))


def _found(visit: OrganiserVisit) -> Iterator[Waiting]:
    if visit.may("complaint.answer") and (number := waiting_for_organiser()):
        words = ngettext(
            "Er wacht een klacht op je antwoord.", "Er wachten %(number)s klachten op je antwoord.", number
        )
        yield Waiting(words % {"number": number}, reverse("organiser:complaints"))
    if visit.may("placement.agree"):
        for one in asked_changes(visit.locations_for("placement.agree"), today=visit.today):
            words = _("Het gezin van %(child)s vraagt andere dagen.") % {"child": one.child_words}
            yield Waiting(words, reverse("organiser:answer_change", args=[one.reference, one.location_slug]))
    if visit.may("consultation.reply"):
        for reference, at in invitations_without_reply(now=visit.now)[:1]:
            words = _("Kom je naar het overleg op %(day)s?") % {"day": long_date(at)}
            yield Waiting(words, reverse("organiser:consultation", args=[reference]))
    if visit.may("agreement.sign") and (desks := unsigned_desks(today=visit.today)):
        words = _("Teken de overeenkomst met %(desks)s.") % {"desks": dutch_list(desks)}
        yield Waiting(words, reverse("organiser:agreements"))

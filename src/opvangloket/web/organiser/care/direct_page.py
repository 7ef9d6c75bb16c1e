"""Rechtstreekse plaatsing: an organiser that helps a family at its door records it, so that it counts too."""

from collections.abc import Iterable
from dataclasses import dataclass
from secrets import SystemRandom
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.inbox.known_families import asked_here_already
from opvangloket.domains.distribution.placing.direct import place_directly
from opvangloket.domains.providers.own_locations import AskingDesk, OwnLocation
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.procedure import DeskMode
from opvangloket.web.acting import done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.care.direct_forms import DirectPlacementForm
from opvangloket.web.organiser.door.door_desks import home_desks
from opvangloket.web.organiser.drawing import PLACEMENTS, draw
from opvangloket.web.questions.question_words import child_title


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """A question that lies here already, and the page that places its child."""

    title: str
    where: str
    url: str


@organiser_page("placement.record")
def place(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask who was placed, from when and on which days, and record it."""
    homes = home_desks(visit)
    central = _central(homes, visit)
    counted = tuple((location, desk) for location, desk in homes if desk.id in central)
    listed = tuple(location for location, desk in homes if desk.id not in central)
    if not counted:
        return draw(request, visit, "direct_not_asked.html", {"listed": listed}, section=PLACEMENTS)
    locations = tuple(location for location, _desk in counted)
    form = DirectPlacementForm(
        request.POST if request.method == "POST" else None, locations=locations, today=visit.today
    )
    known: tuple[KnownQuestion, ...] = ()
    if request.method == "POST" and form.is_valid():
        desks = {location.slug: desk for location, desk in counted}
        known = _known(visit, form)
        if known:
            form.refuse_known()
        elif done_by_form(request, form, lambda: _record(visit, form, desks[form.location.slug]), refuse=form.refuse):
            return HttpResponseRedirect(reverse("organiser:placements"))
    return draw(request, visit, "direct.html", {"form": form, "known": known, "listed": listed}, section=PLACEMENTS)


def _central(homes: Iterable[tuple[OwnLocation, AskingDesk]], visit: OrganiserVisit) -> frozenset[UUID]:
    """Return which of these desks count direct placements."""
    return frozenset(
        desk_id
        for desk_id in {desk.id for _location, desk in homes}
        if procedure_in_force(desk_id, visit.today).procedure.mode is DeskMode.CENTRAL
    )


def _known(visit: OrganiserVisit, form: DirectPlacementForm) -> tuple[KnownQuestion, ...]:
    """Return the questions that lie here and may be of this child, unless the form says that none is."""
    if form.cleaned_data.get("not_the_same"):
        return ()
    found = asked_here_already(form.identity(), visit.location_ids, today=visit.today)
    return tuple(
        KnownQuestion(
            title=child_title(question),
            where=question.location_name,
            url=reverse("organiser:place_question", args=[question.reference, question.location_slug]),
        )
        for question in found
        if question.reference != form.kept_reference
    )


def _record(visit: OrganiserVisit, form: DirectPlacementForm, desk: AskingDesk) -> str:
    place_directly(
        desk_id=desk.id,
        location_id=form.location.id,
        question=form.question(),
        agreed=form.agreed(),
        actor=visit.actor,
        now=visit.now,
        randomness=SystemRandom(),
        reference=form.kept_reference,
    )
    return _("Geplaatst. Dit kind telt nu mee.")

"""Who read my file: each time, who and when (SPEC §17)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.request_lines import lines_of_request
from opvangloket.foundation.audit.queries import LoggedRead, reads_of_request
from opvangloket.foundation.audit.record import ActorKind
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import EmptyState, TimelineEntry


@family_page("request.read")
def reads(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Show who read the family's file, the latest first."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    names = {
        line.inquiry_id: line.location_name for line in lines_of_request(own.id, today=visit.today) if line.inquiry_id
    }
    context = {
        "child": child_of(own),
        "entries": [_entry(one, names) for one in reads_of_request(own.id)],
        "empty": EmptyState(
            title=_("Nog niemand las je vraag"), words=_("Zodra iemand je vraag opent, staat het hier.")
        ),
        "home_url": home_of(own, visit),
    }
    return page(request, "family/mine/reads.html", context)


def _entry(one: LoggedRead, names: Mapping[UUID, str]) -> TimelineEntry:
    return TimelineEntry(words=_who(one, names), at=one.at)


def _who(one: LoggedRead, names: Mapping[UUID, str]) -> str:
    if one.subject_kind == "thread":
        is_desk = one.by is not ActorKind.ORGANISER
        return _("Iemand van het loket las een gesprek") if is_desk else _("De opvang las een gesprek met jou")
    if one.subject_kind == "complaint":
        is_desk = one.by is not ActorKind.ORGANISER
        return _("Iemand van het loket las je klacht") if is_desk else _("De opvang las een klacht van een gezin")
    if one.by is ActorKind.ORGANISER:
        name = names.get(one.subject_id) if one.subject_id else None
        return _("%(name)s las je vraag") % {"name": name} if name else _("Een opvang die je koos, las je vraag")
    if one.by in {ActorKind.DESK_WORKER, ActorKind.DESK_LEAD}:
        if name := names.get(one.subject_id) if one.subject_id else None:
            return _("Iemand van het loket drukte je vraag af voor %(name)s") % {"name": name}
        return _("Iemand van het loket las je vraag")
    return _("Je las zelf je vraag") if one.by is ActorKind.PARENT else _("Het systeem las je vraag")

"""The start page of a desk worker: what asks for somebody today, why, and the next act."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.deskwork.work import Urgency, Worklist, WorkReason, WorkRow
from opvangloket.domains.deskwork.worklist import work_rows
from opvangloket.domains.deskwork.worklist import worklist as work_of_desk
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.work_rows import worklist_row
from opvangloket.web.desk.work_words import GROUPS, NAMES
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, EmptyState, NavItem, WorklistRow, pagination

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of one urgency under their heading."""

    id: str
    title: str
    rows: tuple[WorklistRow, ...]
    says_keys: bool


@desk_page("worklist.read")
def worklist(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show what the desk has to do, all of it or one reason of it (`toon`)."""
    work = work_of_desk(visit.procedure, now=visit.now)
    shown = _reason(request.GET.get("toon", ""))
    entries = [entry for entry in work.entries if shown is None or shown in entry.reasons]
    page_number = _page_number(request.GET.get("pagina", ""), len(entries))
    own_url = reverse("desk:worklist", args=[visit.desk.slug])

    def url_of(number: int) -> str:
        asked = ({"toon": shown.value} if shown else {}) | {"pagina": number}
        return f"{own_url}?{urlencode(asked)}"

    on_page = work_rows(entries[(page_number - 1) * PER_PAGE : page_number * PER_PAGE])
    context = {
        "groups": _groups(on_page, visit, shown),
        "filters": _filters(work, own_url, shown),
        "summary": _summary(work),
        "is_cut": work.is_cut,
        "pages": pagination(page=page_number, per_page=PER_PAGE, total=len(entries), url_of=url_of),
        "rested": EmptyState(
            title=_("Alles gedaan"),
            words=_("Nieuwe vragen en termijnen verschijnen hier vanzelf."),
            act=Act(label=_("Vraag opnemen"), url=reverse("desk:register", args=[visit.desk.slug])),
        ),
    }
    return show(request, visit, "desk/worklist.html", context, current="worklist", swaps=("work",))


def _reason(text: str) -> WorkReason | None:
    return WorkReason(text) if text in {reason.value for reason in WorkReason} else None


def _page_number(text: str, rows: int) -> int:
    """Return the page that was asked for, as far as there are rows for it."""
    last = max(1, -(-rows // PER_PAGE))
    return min(int(text), last) if text.isascii() and text.isdigit() and int(text) > 0 else 1


def _groups(rows: Collection[WorkRow], visit: DeskVisit, shown: WorkReason | None) -> list[Group]:
    """Return the rows under today, this week and when there is time; only the first list says its keys."""
    by_urgency = {urgency: [row for row in rows if row.entry.urgency is urgency] for urgency in Urgency}
    filled = [urgency for urgency in Urgency if by_urgency[urgency]]
    return [
        Group(
            id=urgency.value,
            title=_(GROUPS[urgency]),
            rows=tuple(
                worklist_row(row, desk=visit.desk.slug, today=visit.today, now_shown=shown)
                for row in by_urgency[urgency]
            ),
            says_keys=urgency is filled[0],
        )
        for urgency in filled
    ]


def _filters(work: Worklist, own_url: str, shown: WorkReason | None) -> list[NavItem]:
    """Return the reasons that occur, each with its number, after the way back to everything."""
    everything = NavItem(label=_("Alles"), url=own_url, current=shown is None, count=len(work.entries))
    counts = work.counts() | ({shown: 0} if shown and shown not in work.counts() else {})
    return [
        everything,
        *(
            NavItem(label=_(NAMES[reason]), url=f"{own_url}?toon={reason.value}", current=reason is shown, count=count)
            for reason, count in counts.items()
        ),
    ]


def _summary(work: Worklist) -> str:
    number, today = len(work.entries), sum(entry.urgency is Urgency.LATE for entry in work.entries)
    if not number:
        return ""
    words = ngettext("%(number)s ding te doen.", "%(number)s dingen te doen.", number) % {"number": number}
    if not today:
        return f"{words} {_('Niets moet vandaag.')}"
    return f"{words} {ngettext('%(today)s moet vandaag.', '%(today)s moeten vandaag.', today) % {'today': today}}"

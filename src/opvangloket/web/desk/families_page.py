"""Finding a family: the field in the header asks this page, and shows its first answers while somebody types."""

from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.requests.queries_find import FoundFamily, find_families, newest_families
from opvangloket.rules.care_requests import CLOSING_STATES, LABELS, UNCOUNTED_STATES, RequestState
from opvangloket.rules.references import displayed
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Chip, EmptyState, Tone, WorklistRow
from opvangloket.web.ui.templatetags.ui import plain_date

_TONES: Final = {RequestState.PLACED: Tone.LEAF, RequestState.OPEN: Tone.COOL, RequestState.REGISTERED: Tone.STRAW}


@desk_page("request.read")
def families(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show the requests that a text means, or those that came in last."""
    searched = " ".join(request.GET.get("q", "").split())
    found = find_families(searched) if searched else newest_families()
    context = {
        "searched": searched,
        "rows": [family_row(family, visit.desk.slug) for family in found],
        "nothing": EmptyState(
            title=_("Niemand gevonden"),
            words=_("Probeer een deel van de naam, het telefoonnummer of het nummer van de vraag."),
            act=Act(label=_("Vraag opnemen"), url=reverse("desk:register", args=[visit.desk.slug])),
        ),
    }
    swaps = ("site-search-hints",)
    return show(request, visit, "desk/families.html", context, current="families", searched=searched, swaps=swaps)


def family_row(family: FoundFamily, desk: str) -> WorklistRow:
    """Return a found request as a row: enough to recognise it on the phone."""
    born = plain_date(family.born_on)
    facts = (
        _("Geboren op %(day)s") % {"day": born} if family.is_born else _("Verwacht op %(day)s") % {"day": born},
        family.phone or family.email,
        _("start op %(day)s") % {"day": plain_date(family.start_on)},
        displayed(family.reference),
    )
    name = family.child_name or _("Kindje van %(applicant)s") % {"applicant": family.applicant_name}
    return WorklistRow(
        key=f"gezin-{family.reference.lower()}",
        title=f"{name} · {family.applicant_name}" if family.child_name else name,
        reason=" · ".join(fact for fact in facts if fact),
        url=reverse("desk:file", args=[desk, family.reference]),
        urgency="" if family.state in CLOSING_STATES | UNCOUNTED_STATES else "calm",
        chips=(state_chip(family.state),),
    )


def state_chip(state: RequestState) -> Chip:
    """Return where a request stands as a mark."""
    return Chip(capfirst(LABELS[state]), _TONES.get(state, Tone.PLAIN))

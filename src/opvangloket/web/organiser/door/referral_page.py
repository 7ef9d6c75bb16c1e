"""Doorverwijzen: passing a family on to the desk, and the families that were passed on."""

from secrets import SystemRandom
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.providers.own_locations import AskingDesk
from opvangloket.domains.referrals.queries import PER_PAGE, OwnReferral, own_referrals, referred_before
from opvangloket.domains.referrals.referring import refer
from opvangloket.rules.referrals import STEP_LABELS, ReferralStep
from opvangloket.web.acting import done_by_form
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.door.door_desks import home_desks
from opvangloket.web.organiser.door.referral_forms import ReferralForm
from opvangloket.web.organiser.drawing import INBOX, draw
from opvangloket.web.organiser.page_numbers import page_number
from opvangloket.web.ui.components import Chip, EmptyState, Tone, WorklistRow, pagination
from opvangloket.web.ui.templatetags.ui import full_date

_TONES = {ReferralStep.WAITS: Tone.STRAW, ReferralStep.TAKEN_OVER: Tone.COOL, ReferralStep.OVER: Tone.PLAIN}


@organiser_page("referral.record")
def pass_on(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Ask who the family is and whether it agrees, and pass it on."""
    homes = home_desks(visit)
    if not homes:
        raise Http404("Jouw locaties horen vandaag bij geen loket.")
    locations = tuple(location for location, _desk in homes)
    form = ReferralForm(request.POST if request.method == "POST" else None, locations=locations, today=visit.today)
    known = None
    if request.method == "POST" and form.is_valid():
        known = _known(visit, form)
        desks = {location.slug: desk for location, desk in homes}
        if known:
            form.refuse_known()
        elif done_by_form(request, form, lambda: _pass_on(visit, form, desks[form.location.slug]), refuse=form.refuse):
            return HttpResponseRedirect(reverse("organiser:referrals"))
    context = {
        "form": form,
        "known": known and _known_words(known),
        "desks": sorted({desk.name for _one, desk in homes}),
    }
    return draw(request, visit, "referral.html", context, section=INBOX)


@organiser_page("referral.record")
def index(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Show the families that were passed on, and how far the desk is."""
    number = page_number(request)
    found = own_referrals(visit.location_ids, page=number)
    several = len(visit.location_ids) > 1
    context = {
        "rows": [_row(one, several_locations=several) for one in found.rows],
        "pages": pagination(page=number, per_page=PER_PAGE, total=found.total, url_of="?pagina={}".format),
        "empty": EmptyState(
            title=_("Je verwees nog geen gezin door"),
            words=_("Kan je een gezin niet helpen? Geef zijn vraag door aan het loket."),
        ),
    }
    return draw(request, visit, "referrals.html", context, section=INBOX)


def _known(visit: OrganiserVisit, form: ReferralForm) -> OwnReferral | None:
    """Return an earlier referral that may be of this child, unless the form says that it is not."""
    if form.cleaned_data.get("not_the_same"):
        return None
    found = referred_before(form.identity(), visit.location_ids)
    return found if found and found.reference != form.kept_reference else None


def _pass_on(visit: OrganiserVisit, form: ReferralForm, desk: AskingDesk) -> str:
    refer(
        desk_id=desk.id,
        location_id=form.location.id,
        question=form.question(),
        consent=form.consent(),
        words=form.cleaned_data["words"],
        actor=visit.actor,
        now=visit.now,
        randomness=SystemRandom(),
        reference=form.kept_reference,
    )
    return _("Doorverwezen. Het loket neemt contact op met het gezin.")


def _known_words(known: OwnReferral) -> str:
    return _("Je verwees %(name)s al door op %(day)s.") % {"name": _name(known), "day": full_date(known.referred_on)}


def _name(one: OwnReferral) -> str:
    return one.child_name or _("het kindje van %(applicant)s") % {"applicant": one.applicant_name}


def _row(one: OwnReferral, *, several_locations: bool) -> WorklistRow:
    words = _("Doorverwezen op %(day)s.") % {"day": full_date(one.referred_on)}
    where = f" {one.location_name}." if several_locations else ""
    about: dict[str, Any] = {"applicant": one.applicant_name}
    title = one.child_name or _("Kindje van %(applicant)s") % about
    return WorklistRow(
        key=f"verwezen-{one.reference.lower()}",
        title=f"{title} · {one.applicant_name}" if one.child_name else title,
        reason=f"{words}{where}",
        chips=(Chip(STEP_LABELS[one.step], _TONES[one.step]),),
    )

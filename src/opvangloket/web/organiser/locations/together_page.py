"""Many locations at once: choose some of them, and confirm or change them together."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.providers.location_page import own_page
from opvangloket.domains.providers.many_locations import (
    KeptLocation,
    add_closing_to_many,
    change_price_of_many,
    confirm_many,
)
from opvangloket.domains.providers.own_locations import OwnLocation, own_locations
from opvangloket.domains.providers.page_edit import PageRefused
from opvangloket.rules.map_points import MapPoint
from opvangloket.rules.wording import dutch_date
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations.forms import ClosingForm, PriceForm
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.ui.components import Chip, Tone

TITLES: Final = {
    "prijs": gettext_lazy("Prijs voor meer locaties"),
    "sluitingsdagen": gettext_lazy("Sluitingsdagen voor meer locaties"),
}


def freshness_chips(kept: KeptLocation) -> tuple[Chip, ...]:
    """Return what asks for attention at a location; one glad chip when nothing does.

    A point that nobody set is told too, but asks no attention: ticking the location does not set it.
    """
    own = kept.location
    found = []
    if own.page_confirmed_on is None:
        found.append(Chip(_("Pagina nooit bevestigd"), Tone.WARM))
    if kept.is_incomplete:
        found.append(Chip(_("Pagina onvolledig"), Tone.WARM))
    if number := kept.unconfirmed_places:
        words = ngettext("%(number)s vrije plaats niet bevestigd", "%(number)s vrije plaatsen niet bevestigd", number)
        found.append(Chip(words % {"number": number}, Tone.WARM))
    if not found and own.page_confirmed_on is not None:
        day = dutch_date(own.page_confirmed_on, year=False)
        found.append(Chip(_("Bevestigd op %(day)s") % {"day": day}, Tone.LEAF))
    return (*found, *_point_chips(kept.map_point))


def _point_chips(found: MapPoint) -> tuple[Chip, ...]:
    if not found.is_unset:
        return ()
    in_the_middle = _("Kaart: midden van %(postcode)s") % {"postcode": found.postcode}
    return (Chip(in_the_middle if found.point else _("Nog niet op de kaart"), Tone.PLAIN),)


@organiser_page("location.edit")
def confirm(request: Request, visit: OrganiserVisit) -> HttpResponse:
    """Confirm the pages and free places of the chosen locations."""
    chosen = _chosen(request, visit)
    if chosen:
        confirm_many(location_ids=[own.id for own in chosen], actor=visit.actor, now=visit.now)
        messages.success(request, _("Bevestigd voor %(names)s.") % {"names": _names(chosen)})
    return HttpResponseRedirect(reverse("organiser:locations"))


@organiser_page("location.edit")
def change(request: Request, visit: OrganiserVisit, part: str) -> HttpResponse:
    """Fill in a price or closing days once for the chosen locations."""
    if part not in TITLES:
        raise Http404("Dit kan je niet voor meer locaties samen veranderen.")
    chosen = _chosen(request, visit)
    if not chosen:
        return HttpResponseRedirect(reverse("organiser:locations"))
    data = request.POST if "save" in request.POST else None
    form: Any = ClosingForm(data)
    if part == "prijs":
        form = PriceForm(data, page=own_page(chosen[0].id, today=visit.today, fresh_days=1))
    if data is not None and form.is_valid():
        at: dict[str, Any] = {"location_ids": [own.id for own in chosen], "actor": visit.actor, "now": visit.now}
        try:
            if part == "prijs":
                change_price_of_many(price=form.part(), **at)
            else:
                add_closing_to_many(closed=form.period(), reason=form.cleaned_data["reason"], **at)
        except PageRefused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("Bewaard voor %(names)s.") % {"names": _names(chosen)})
            return HttpResponseRedirect(reverse("organiser:locations"))
    context = {
        "title": TITLES[part],
        "form": form,
        "chosen": chosen,
        "names": _names(chosen),
        "own_url": reverse("organiser:together", args=[part]),
        "locations_url": reverse("organiser:locations"),
    }
    return draw(request, visit, "together.html", context, section=LOCATIONS)


def _chosen(request: Request, visit: OrganiserVisit) -> tuple[OwnLocation, ...]:
    """Return the own locations that were ticked; a word when there are none."""
    slugs = set(request.POST.getlist("location"))
    chosen = tuple(own for own in own_locations(visit.location_ids) if own.slug in slugs)
    if not chosen and request.method == "POST":
        messages.warning(request, _("Kies eerst minstens één locatie."))
    return chosen


def _names(chosen: tuple[OwnLocation, ...]) -> str:
    words = ngettext("%(name)s", "%(count)s locaties", len(chosen))
    return words % {"name": chosen[0].name, "count": len(chosen)}

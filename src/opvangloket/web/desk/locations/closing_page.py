"""Closing a location in its name, by the lead of its home desk: the same steps and consequences as its own people see."""

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.closing.locations import NextStep, close_for_location, consequences_at_desk
from opvangloket.domains.providers.closing import closing_day, stay_open
from opvangloket.domains.providers.own_locations import (
    LocationNotFound,
    OwnLocation,
    organiser_at_home,
    own_location,
)
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.locations.closing import ClosingDayForm, following_groups, total_words
from opvangloket.web.middleware import Request

TITLES: Final = {
    NextStep.OFFER_BACK: gettext_lazy("Het voorstel wordt ingetrokken"),
    NextStep.CHANGE_BACK: gettext_lazy("Blijft waar het is: het voorstel om te verhuizen vervalt"),
    NextStep.SAY_NO: gettext_lazy("We antwoorden nee in naam van de opvang"),
    NextStep.NOT_SENT: gettext_lazy("Deze vraag gaat niet meer naar deze opvang"),
    NextStep.SEARCH_AGAIN: gettext_lazy("Start niet meer: het gezin zoekt opnieuw"),
    NextStep.STOPS_BEFORE: gettext_lazy("Start nog, voor korte tijd"),
    NextStep.LAST_DAY: gettext_lazy("Blijft tot de laatste dag"),
    NextStep.AT_SCHOOL: gettext_lazy("Kan dan al naar school"),
}
_SEARCH_ALONG: Final = gettext_lazy("Het gezin krijgt bericht. Op je werklijst komt een taak.")
EXPLAINED: Final = {
    NextStep.OFFER_BACK: gettext_lazy("Het gezin krijgt meteen bericht."),
    NextStep.CHANGE_BACK: gettext_lazy("Het gezin krijgt meteen bericht."),
    NextStep.SAY_NO: gettext_lazy("Het gezin leest dat de opvang sluit, en wat nog kan."),
    NextStep.NOT_SENT: gettext_lazy("Op je werklijst komt een taak."),
    NextStep.SEARCH_AGAIN: _SEARCH_ALONG,
    NextStep.STOPS_BEFORE: _SEARCH_ALONG,
    NextStep.LAST_DAY: _SEARCH_ALONG,
    NextStep.AT_SCHOOL: gettext_lazy(
        "De opvang stopt bij de instap in de school. Het gezin krijgt bericht, tenzij het kind al lang weg is."
    ),
}


@desk_page("location.close")
def close(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Ask for the day, show what follows, and close when that was seen."""
    own = at_home_or_404(visit, slug)
    form = ClosingDayForm(request.POST if request.method == "POST" else None, today=visit.today)
    closes_on = closing_day(own.id)
    context: dict[str, Any] = {"location": own, "form": form, "own_url": _url(visit, own)}
    context["closes_words"] = dutch_date(closes_on) if closes_on else ""
    if request.method != "POST" or not form.is_valid():
        return show(request, visit, "desk/close.html", context, current="locations")
    close_on, seen = form.cleaned_data["closed"], form.cleaned_data["seen"]
    place: dict[str, Any] = {"location_id": own.id, "desk_id": visit.desk.id, "close_on": close_on}
    if seen is not None:

        def act() -> str:
            close_for_location(**place, shown=seen, actor=visit.actor, now=visit.now)
            return _("De opvang sluit op %(day)s. Elk gezin krijgt bericht.") % {"day": dutch_date(close_on)}

        if done_by_button(request, act):
            return HttpResponseRedirect(_url(visit, own))
    following, elsewhere = consequences_at_desk(**place, today=visit.today)
    context |= {
        "day": close_on,
        "day_words": dutch_date(close_on),
        "groups": following_groups(following, TITLES, EXPLAINED),
        "elsewhere_words": _elsewhere_words(elsewhere),
        "seen": len(following) + elsewhere,
        "total_words": total_words(len(following) + elsewhere),
    }
    return show(request, visit, "desk/close_consequences.html", context, current="locations")


@desk_page("location.close")
def stay(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Take a closing back before its day."""
    own = at_home_or_404(visit, slug)

    def act() -> str:
        stay_open(location_id=own.id, actor=visit.actor, now=visit.now)
        return _("De opvang blijft open. Wat we al stuurden, blijft gestuurd.")

    done_by_button(request, act)
    return HttpResponseRedirect(_url(visit, own))


def at_home_or_404(visit: DeskVisit, slug: str) -> OwnLocation:
    """Return a location of which this desk is the home; another desk finds nothing."""
    try:
        own = own_location(slug)
        organiser_at_home(own.id, desk_id=visit.desk.id, today=visit.today)
    except LocationNotFound as error:
        raise Http404(error.message) from error
    return own


def _url(visit: DeskVisit, own: OwnLocation) -> str:
    return reverse("desk:close_location", args=[visit.desk.slug, own.slug])


def _elsewhere_words(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)s zaak hoort bij een ander loket. Dat loket krijgt een taak.",
        "%(count)s zaken horen bij een ander loket. Dat loket krijgt een taak.",
        count,
    )
    return words % {"count": count}

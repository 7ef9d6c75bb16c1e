"""Closing a location for good: choose the day, see what follows for every family, then do it."""

from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.closing.locations import NextStep, close_location, consequences
from opvangloket.domains.providers.closing import closing_day, stay_open
from opvangloket.rules.wording import dutch_date
from opvangloket.web.acting import done_by_button
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.locations.closing import ClosingDayForm, following_groups, total_words
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.organiser.locations.location_pages import location_or_404, location_url

TITLES: Final = {
    NextStep.OFFER_BACK: gettext_lazy("Je voorstel trekken we in"),
    NextStep.CHANGE_BACK: gettext_lazy("Blijft waar het is: je voorstel om te verhuizen trekken we in"),
    NextStep.SAY_NO: gettext_lazy("We antwoorden nee in jouw naam"),
    NextStep.NOT_SENT: gettext_lazy("Deze vraag komt niet meer bij jou"),
    NextStep.SEARCH_AGAIN: gettext_lazy("Start niet meer: het gezin zoekt opnieuw"),
    NextStep.STOPS_BEFORE: gettext_lazy("Start nog bij jou, voor korte tijd"),
    NextStep.LAST_DAY: gettext_lazy("Blijft tot de laatste dag"),
    NextStep.AT_SCHOOL: gettext_lazy("Kan dan al naar school"),
}
EXPLAINED: Final = {
    NextStep.OFFER_BACK: gettext_lazy("Het gezin krijgt meteen bericht."),
    NextStep.CHANGE_BACK: gettext_lazy("Het gezin krijgt meteen bericht."),
    NextStep.SAY_NO: gettext_lazy("Het gezin leest dat je sluit, en wat nog kan."),
    NextStep.NOT_SENT: gettext_lazy("Het loket zoekt mee naar een andere opvang."),
    NextStep.SEARCH_AGAIN: gettext_lazy("Het gezin krijgt bericht. Het loket zoekt mee."),
    NextStep.STOPS_BEFORE: gettext_lazy("Het gezin krijgt bericht. Het loket zoekt mee."),
    NextStep.LAST_DAY: gettext_lazy("Het gezin krijgt bericht. Het loket zoekt mee."),
    NextStep.AT_SCHOOL: gettext_lazy(
        "De opvang stopt bij de instap in de school. Het gezin krijgt bericht, tenzij het kind al lang weg is."
    ),
}


@organiser_page("location.close")
def close(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Ask for the day, show what follows, and close when that was seen."""
    own = location_or_404(location)
    form = ClosingDayForm(request.POST if request.method == "POST" else None, today=visit.today)
    context: dict[str, Any] = {"location": own, "location_url": location_url(own), "form": form}
    context |= {"own_url": location_url(own, "close_location"), "stay_url": location_url(own, "stay_open")}
    closes_on = closing_day(own.id)
    context["closes_words"] = dutch_date(closes_on) if closes_on else ""
    if request.method != "POST" or not form.is_valid():
        return draw(request, visit, "close.html", context, section=LOCATIONS)
    close_on, seen = form.cleaned_data["closed"], form.cleaned_data["seen"]
    if seen is not None:

        def act() -> str:
            close_location(location_id=own.id, close_on=close_on, shown=seen, actor=visit.actor, now=visit.now)
            return _("Je opvang sluit op %(day)s. Elk gezin krijgt bericht.") % {"day": dutch_date(close_on)}

        if done_by_button(request, act):
            return HttpResponseRedirect(location_url(own, "close_location"))
    following = consequences(own.id, close_on=close_on, today=visit.today)
    context |= {
        "day": close_on,
        "day_words": dutch_date(close_on),
        "groups": following_groups(following, TITLES, EXPLAINED),
        "seen": len(following),
        "total_words": total_words(len(following)),
    }
    return draw(request, visit, "close_consequences.html", context, section=LOCATIONS)


@organiser_page("location.close")
def stay(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Take a closing back before its day."""
    own = location_or_404(location)

    def act() -> str:
        stay_open(location_id=own.id, actor=visit.actor, now=visit.now)
        return _("Je opvang blijft open. Wat we al stuurden, blijft gestuurd.")

    done_by_button(request, act)
    return HttpResponseRedirect(location_url(own, "close_location"))

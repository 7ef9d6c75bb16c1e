"""Moving a location, by its own people or by its home desk: where and when, what follows, then announcing it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.closing.moving import TouchedFamilies
from opvangloket.domains.providers.moving import (
    AnnouncedMove,
    Destination,
    MoveRefused,
    NewAddress,
    announced_move,
    check_move,
    destination_of,
)
from opvangloket.domains.providers.own_locations import OwnLocation, asking_desks
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.acting import done_to_row
from opvangloket.web.ui.components import SummaryItem
from opvangloket.web.ui.forms import DutchDateField

Drawing = Callable[[str, dict[str, Any]], HttpResponse]


class MoveForm(forms.Form):
    """The new address and its first day; `instead_of` is the announced move that was on the page, `sure` the last step."""

    street = forms.CharField(label=gettext_lazy("Straat"), max_length=120)
    house_number = forms.CharField(
        label=gettext_lazy("Nummer en bus"), max_length=20, widget=forms.TextInput({"class": "width-8"})
    )
    postcode = forms.RegexField(
        r"^\d{4}$",
        label=gettext_lazy("Postcode"),
        widget=forms.TextInput({"inputmode": "numeric", "class": "width-4"}),
        error_messages={"invalid": gettext_lazy("Een postcode heeft vier cijfers, bijvoorbeeld 9400.")},
    )
    moves = DutchDateField(
        label=gettext_lazy("Vanaf welke dag is de opvang daar?"),
        help_text=gettext_lazy("Je ziet eerst wat er volgt. Er verandert nog niets."),
    )
    instead_of = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def address(self) -> NewAddress:
        """The address of a valid form."""
        return NewAddress(**{name: self.cleaned_data[name] for name in ("street", "house_number", "postcode")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Somebody who may move a location: how it is drawn and addressed, and the acts in its name."""

    location: OwnLocation
    today: date
    own_url: str
    stay_url: str
    back_url: str
    draw: Drawing
    touched: Callable[[date], TouchedFamilies]
    announce: Callable[[NewAddress, date, UUID | None], object]
    take_back: Callable[[UUID], object]


def moving_words(move: AnnouncedMove | None) -> str:
    """Say that a location moves, when and whereto; empty when it stays."""
    if move is None:
        return ""
    told = {"day": dutch_date(move.from_on), "address": move.address_words}
    return _("Verhuist op %(day)s naar %(address)s.") % told


def plan(request: HttpRequest, mover: Mover) -> HttpResponse:
    """Ask where and when, show what follows, and announce the move when that was seen."""
    move = announced_move(mover.location.id)
    form = MoveForm(request.POST) if request.method == "POST" else MoveForm(initial=_known(move))
    destination = _destination(form, mover) if form.is_bound and form.is_valid() else None
    if destination is None:
        return _asked(mover, form, move)
    from_on = form.cleaned_data["moves"]
    if form.cleaned_data["sure"]:
        try:
            mover.announce(form.address, from_on, form.cleaned_data["instead_of"])
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
            return HttpResponseRedirect(mover.own_url)
        messages.success(request, _announced_words(mover, from_on))
        return HttpResponseRedirect(mover.back_url)
    return mover.draw("locations/move_consequences.html", _consequences(mover, form, destination))


def stay(request: HttpRequest, mover: Mover) -> HttpResponse:
    """Take an announced move back before its day."""
    if request.method != "POST":
        return HttpResponseRedirect(mover.back_url)

    def act(move_id: UUID) -> str:
        mover.take_back(move_id)
        return _("De opvang verhuist niet. Elk gezin krijgt bericht.")

    stays = done_to_row(request, act, name="move")
    return HttpResponseRedirect(mover.back_url if stays else mover.own_url)


def _known(move: AnnouncedMove | None) -> dict[str, Any]:
    if move is None:
        return {}
    address = move.address
    known = {"street": address.street, "house_number": address.house_number, "postcode": address.postcode}
    return known | {"moves": move.from_on, "instead_of": move.id}


def _destination(form: MoveForm, mover: Mover) -> Destination | None:
    """Return what a valid form means; None when the location cannot move so, and then the form says why."""
    try:
        check_move(mover.location.id, form.address, form.cleaned_data["moves"], today=mover.today)
        return destination_of(mover.location.id, form.address, today=mover.today)
    except MoveRefused as refused:
        form.add_error(refused.field, refused.message)
        return None


def _asked(mover: Mover, form: MoveForm, move: AnnouncedMove | None) -> HttpResponse:
    context = {
        "location": mover.location,
        "form": form,
        "move": move,
        "moving_words": moving_words(move),
        "own_url": mover.own_url,
        "stay_url": mover.stay_url,
        "back_url": mover.back_url,
    }
    return mover.draw("locations/move.html", context)


def _consequences(mover: Mover, form: MoveForm, destination: Destination) -> dict[str, Any]:
    from_on = form.cleaned_data["moves"]
    touched = mover.touched(from_on)
    return {
        "location": mover.location,
        "form": form,
        "day_words": dutch_date(from_on),
        "facts": _facts(mover, form.address, destination),
        "families_words": families_words(touched),
        "touched_lines": touched_lines(touched),
        "own_url": mover.own_url,
        "back_url": mover.back_url,
        "posted": [(name, value) for name, value in form.data.items() if name not in {"sure", "csrfmiddlewaretoken"}],
    }


def _facts(mover: Mover, address: NewAddress, destination: Destination) -> tuple[SummaryItem, ...]:
    desks = asking_desks([mover.location.id], today=mover.today)[mover.location.id]
    guests = [desk.name for desk in desks if not desk.is_home and desk.name != destination.new_home]
    if destination.new_home and destination.home:
        guests.append(destination.home)
    lines = (
        (_("Adres nu"), mover.location.address),
        (_("Nieuw adres"), f"{address.line}, {address.postcode} {destination.town}"),
        (_("Op de kaart"), _point_words(address, destination)),
        (_("Loket"), _desk_words(destination)),
        (_("Stuurt ook vragen"), capfirst(dutch_list(guests))),
    )
    return tuple(SummaryItem(question=label, answer=words) for label, words in lines if words)


def _point_words(address: NewAddress, destination: Destination) -> str:
    if destination.point is None:
        return _("We kennen deze plaats niet. De opvang staat dan niet op de kaart.")
    if destination.keeps_point:
        return _("Het punt blijft waar het is. Kijk het na de verhuis na.")
    told = {"postcode": address.postcode, "town": destination.town}
    return _("In het midden van %(postcode)s %(town)s. Zet het punt na de verhuis bij de deur.") % told


def _desk_words(destination: Destination) -> str:
    """Say which desk looks after the location at its new address."""
    told = {"town": destination.town, "home": destination.home, "new_home": destination.new_home}
    if destination.new_home:
        return _("Van %(home)s naar %(new_home)s") % told if destination.home else str(destination.new_home)
    if not destination.is_served:
        return _("In %(town)s is er hier geen loket. %(home)s blijft het loket.") % told
    return _("Blijft %(home)s") % told


def families_words(touched: TouchedFamilies) -> str:
    """Say how many families get a message."""
    if not touched.families:
        return _("Niemand wacht hier op een antwoord of een plaats.")
    words = ngettext("%(count)s gezin krijgt bericht.", "%(count)s gezinnen krijgen bericht.", touched.families)
    return words % {"count": touched.families}


def touched_lines(touched: TouchedFamilies) -> tuple[str, ...]:
    """Say what these families have here, one line per kind."""
    lines = (
        (touched.children, ngettext("%(n)s kind met een plaats", "%(n)s kinderen met een plaats", touched.children)),
        (touched.offers, ngettext("%(n)s open voorstel", "%(n)s open voorstellen", touched.offers)),
        (touched.questions, ngettext("%(n)s open vraag", "%(n)s open vragen", touched.questions)),
    )
    return tuple(words % {"n": count} for count, words in lines if count)


def _announced_words(mover: Mover, from_on: date) -> str:
    if from_on <= mover.today:
        return _("Het nieuwe adres staat erop. Elk gezin krijgt bericht.")
    return _("De verhuis op %(day)s is aangekondigd. Elk gezin krijgt bericht.") % {"day": dutch_date(from_on)}

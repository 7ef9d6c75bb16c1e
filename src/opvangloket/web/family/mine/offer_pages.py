"""Answering an offer: two clicks to take it, and a reason when it does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.placing.offers import OfferClosed, OfferJustTaken, accept, decline
from opvangloket.domains.distribution.placing.together import SiblingsMissing, siblings_of_offer
from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.inquiries import OPEN_STATES
from opvangloket.rules.reasons import DECLINE_REASONS, DeclineReason
from opvangloket.rules.wording import dutch_list
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.offers import letter_of
from opvangloket.web.family.mine.visit import home_of, line_or_404, page_of, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage

_ENDS_THE_SEARCH = {
    DeclineReason.FOUND_ELSEWHERE: "elders",
    DeclineReason.NO_LONGER_NEEDED: "niet-meer-nodig",
}


class AcceptForm(forms.Form):
    """Which other locations stay asked, where the desk lets a family with a place search on.

    A family that asked places together says that apart is fine, when not every child has an offer here.
    """

    def __init__(
        self, data: object = None, *, child: str, others: Sequence[RequestLine], may_keep: bool, missing: Sequence[str]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        if missing:
            self.fields["apart"] = forms.BooleanField(
                label=_("Ik neem nu alleen de plaats voor %(name)s") % {"name": child},
                help_text=_("Voor %(names)s zoeken we verder.") % {"names": dutch_list(missing)},
                error_messages={"required": _("Duid dit aan als je toch alleen deze plaats neemt.")},
            )
        if others and may_keep:
            self.fields["keep"] = forms.MultipleChoiceField(
                label=_("Wil je nog verder zoeken bij deze opvang?"),
                help_text=_("Duid aan waar je vraag mag blijven liggen."),
                choices=[(str(line.location_id), line.location_name) for line in others],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    @property
    def kept(self) -> tuple[UUID, ...]:
        """The locations that stay asked."""
        return tuple(UUID(text) for text in self.cleaned_data.get("keep", []))


class DeclineForm(forms.Form):
    """Why an offer does not fit; the codes are those of the report."""

    reason = forms.ChoiceField(
        label="Waarom neem je deze plaats niet?",
        choices=[(str(code), words) for code, words in DECLINE_REASONS.labels.items()],
        widget=forms.RadioSelect,
    )


@family_page("offer.answer")
def take(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Ask once more, then take the place."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line = line_or_404(own, location, visit)
    letter = letter_of(line, today=visit.today, holds=visit.procedure.offer_holds_place)
    if letter is None or line.open_offer is None or line.open_offer.offer is None:
        return _taken(request, own, line, visit) if line.placement else _closed(request, own, visit)
    others = _still_asked(own, line, visit)
    siblings = siblings_of_offer(line.open_offer.offer.id, today=visit.today)
    missing = [sibling.name for sibling in siblings if sibling.offer_id is None]
    along = () if missing else tuple(sibling.name for sibling in siblings)
    form = AcceptForm(
        request.POST if request.method == "POST" else None,
        child=child_of(own),
        others=others,
        may_keep=visit.procedure.may_stay_listed,
        missing=missing,
    )
    if request.method == "POST" and form.is_valid():
        try:
            accept(
                offer_id=line.open_offer.offer.id,
                actor=visit.actor,
                now=visit.now,
                keep_locations=form.kept,
                apart=form.cleaned_data.get("apart", False),
            )
        except OfferJustTaken as taken:
            return _just_taken(request, own, visit, line, taken)
        except (OfferClosed, SiblingsMissing) as closed:
            messages.warning(request, closed.message)
            return HttpResponseRedirect(home_of(own, visit))
        return _taken(request, own, line, visit, along=along)
    context = {
        "form": form,
        "letter": letter,
        "child": child_of(own),
        "others": [other.location_name for other in others],
        "may_keep": visit.procedure.may_stay_listed,
        "along": dutch_list(along),
        "missing": dutch_list(missing),
        "question": QuestionPage(
            title=_("Neem je deze plaats?"),
            why=_("%(location)s houdt je dan een plaats vrij.") % {"location": line.location_name},
            back_url=home_of(own, visit),
            submit=_("Ja, ik neem deze plaats"),
            action=request.path,
        ),
    }
    return page(request, "family/mine/accept.html", context)


@family_page("offer.answer")
def leave(request: Request, visit: FamilyVisit, reference: str, location: str) -> HttpResponse:
    """Ask why, then leave the place to somebody else."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    line = line_or_404(own, location, visit)
    if line.open_offer is None or line.open_offer.offer is None:
        return _closed(request, own, visit)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = DeclineReason(form.cleaned_data["reason"])
        try:
            decline(offer_id=line.open_offer.offer.id, reason=reason, actor=visit.actor, now=visit.now)
        except OfferClosed as closed:
            messages.warning(request, closed.message)
            return HttpResponseRedirect(home_of(own, visit))
        words = _("%(location)s weet dat je deze plaats niet neemt.")
        messages.success(request, words % {"location": line.location_name})
        if stop := _ENDS_THE_SEARCH.get(reason):
            return HttpResponseRedirect(f"{page_of(own, visit, 'my_stop')}?reden={stop}")
        return HttpResponseRedirect(home_of(own, visit))
    context = {
        "form": form,
        "question": QuestionPage(
            title=_("Waarom neem je deze plaats niet?"),
            why=_("Zo weet de opvang wat niet past. Je vraag bij de andere opvang blijft lopen."),
            back_url=home_of(own, visit),
            submit=_("Ik neem deze plaats niet"),
            action=request.path,
        ),
    }
    return page(request, "ui/layouts/question.html", context)


def _still_asked(own: OwnRequest, taken: RequestLine, visit: FamilyVisit) -> list[RequestLine]:
    """Return the other locations where the question or an offer is still open."""
    lines = lines_of_request(own.id, today=visit.today)
    return [
        line
        for line in lines
        if line.location_id != taken.location_id and (line.state in OPEN_STATES or line.open_offer)
    ]


def _taken(
    request: Request, own: OwnRequest, line: RequestLine, visit: FamilyVisit, *, along: Sequence[str] = ()
) -> HttpResponse:
    """Say that the child has its place: also to who presses once more, for that changes nothing."""
    words = ngettext(
        "Gelukt: %(names)s heeft een plaats bij %(location)s.",
        "Gelukt: %(names)s hebben een plaats bij %(location)s.",
        1 + len(along),
    )
    names = dutch_list([child_of(own), *along])
    messages.success(request, words % {"names": names, "location": line.location_name})
    return HttpResponseRedirect(home_of(own, visit))


def _closed(request: Request, own: OwnRequest, visit: FamilyVisit) -> HttpResponse:
    messages.warning(request, _("Dit voorstel staat niet meer open. Hieronder zie je wat nu geldt."))
    return HttpResponseRedirect(home_of(own, visit))


def _just_taken(
    request: Request, own: OwnRequest, visit: FamilyVisit, line: RequestLine, taken: OfferJustTaken
) -> HttpResponse:
    """Say kindly that somebody was first, and what still fits."""
    context = {
        "location_name": line.location_name,
        "still_fits": taken.still_fits,
        "home_url": home_of(own, visit),
        "choose_url": page_of(own, visit, "my_locations"),
    }
    return page(request, "family/mine/just_taken.html", context, status=409)

"""The page of a conversation, the same for a family, a location and the desk; each draws it in its own frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.contact.actions import ConversationNotFound, read_conversation, write_message
from opvangloket.domains.contact.queries import Conversation, Said, conversation
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.conversations import CLOSED_WORDS, LONGEST_MESSAGE, Side
from opvangloket.rules.wording import dutch_list
from opvangloket.web.guards import Visit
from opvangloket.web.middleware import Request

TEMPLATE = "conversation/page.html"
_LAST = "laatste"


class MessageForm(forms.Form):
    """What somebody writes; `after` is the last message on the page, so that a second press says nothing twice."""

    text = forms.CharField(
        label=gettext_lazy("Jouw bericht"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf eerst je bericht.")},
    )
    for_desk = forms.BooleanField(label=gettext_lazy("Dit is een vraag voor het loket"), required=False)
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if side is Side.DESK:
            del self.fields["for_desk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Who talks here: the line, the side of the reader, and how each side is called on this page."""

    request_id: UUID
    location_id: UUID
    side: Side
    title: str
    lead: str
    who_reads: str
    names: Mapping[Side, str]
    back_url: str
    back_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message as it is drawn."""

    id: str
    who: str
    at: datetime
    text: str
    side: Side
    is_own: bool
    is_new: bool
    for_desk: bool
    read_words: str


Draw = Callable[[dict[str, Any]], HttpResponse]


def converse_on(request: Request, visit: Visit, talk: Talk, draw: Draw) -> HttpResponse:
    """Show a conversation and mark it as read, or write in it; what cannot be sent stays in its field."""
    try:
        found = conversation(talk.request_id, talk.location_id, today=visit.today)
    except ConversationNotFound as error:
        raise Http404(error.message) from error
    form = MessageForm(request.POST if request.method == "POST" else None, side=talk.side, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _write(form, visit, talk):
        return HttpResponseRedirect(f"{request.path}#{_LAST}")
    read_conversation(
        request_id=talk.request_id,
        location_id=talk.location_id,
        through=found.last_number,
        actor=visit.actor,
        now=visit.now,
    )
    closed = CLOSED_WORDS[found.closed] if found.closed else ""
    return draw({"talk": talk, "bubbles": _bubbles(found, talk), "form": form, "closed": closed})


def _initial(found: Conversation) -> dict[str, int]:
    return {"after": found.last_number}


def _write(form: MessageForm, visit: Visit, talk: Talk) -> bool:
    try:
        write_message(
            request_id=talk.request_id,
            location_id=talk.location_id,
            text=form.cleaned_data["text"],
            after=form.cleaned_data["after"],
            for_desk=form.cleaned_data.get("for_desk", False),
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as refused:
        form.add_error("text", refused.message)
        return False
    return True


def _bubbles(found: Conversation, talk: Talk) -> tuple[Bubble, ...]:
    """Return the messages; only under the last own one stands who read it."""
    read = found.read.get(talk.side, 0)
    own = [said.number for said in found.messages if said.side is talk.side]
    return tuple(
        Bubble(
            id=_LAST if said.number == found.last_number else f"bericht-{said.number}",
            who=talk.names[said.side],
            at=said.at,
            text=said.text,
            side=said.side,
            is_own=said.side is talk.side,
            is_new=said.side is not talk.side and said.number > read,
            for_desk=said.for_desk,
            read_words=_read_words(found, said, talk) if own and said.number == own[-1] else "",
        )
        for said in found.messages
    )


def _read_words(found: Conversation, said: Said, talk: Talk) -> str:
    readers = [talk.names[side] for side in found.read_by(said)]
    if not readers:
        return _("Nog niet gelezen")
    return _("Gelezen door %(names)s") % {"names": dutch_list(readers)}

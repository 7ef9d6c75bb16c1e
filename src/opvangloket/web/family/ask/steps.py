"""The pages of a question, in order: what each asks, and why we ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import QuestionPage

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Step(StrEnum):
    """A page of the question; its value stands in the address and in the draft."""

    CHILD = "kind"
    START = "start"
    MOMENTS = "momenten"
    FLEXIBILITY = "soepel"
    CARE = "opvang"
    SITUATION = "situatie"
    CONTACT = "contact"
    CHECK = "nakijken"


STEPS: Final = tuple(Step)
ANSWERED_STEPS: Final = STEPS[:-1]


@dataclass(frozen=True, slots=True)
class Wording:
    """What stands above a page's answers."""

    title: StrPromise
    why: StrPromise
    pictogram: str


WORDINGS: Final = {
    Step.CHILD: Wording(_("Voor wie zoek je opvang?"), _("De leeftijd bepaalt welke plaatsen passen."), "baby"),
    Step.START: Wording(
        _("Vanaf wanneer zoek je opvang?"), _("De opvang kijkt of er dan een plaats vrij is."), "calendar_month"
    ),
    Step.MOMENTS: Wording(
        _("Op welke momenten heb je opvang nodig?"),
        _("Tik één keer voor nodig en twee keer voor kan ook. Wie meer kan kiezen, vindt sneller plaats."),
        "week",
    ),
    Step.FLEXIBILITY: Wording(
        _("Kan het ook een beetje anders?"),
        _("Met elke ja vind je sneller een plaats. Je mag elke vraag openlaten."),
        "signpost",
    ),
    Step.CARE: Wording(
        _("Welke opvang wil je het vragen?"),
        _("Elke opvang die je kiest, krijgt je vraag op hetzelfde moment."),
        "house",
    ),
    Step.SITUATION: Wording(
        _("Wil je iets vertellen over je gezin?"),
        _("Sommige gezinnen krijgen voorrang. Je mag elke vraag openlaten."),
        "family",
    ),
    Step.CONTACT: Wording(
        _("Hoe kunnen we je bereiken?"), _("Zo krijg je de antwoorden. Een account is niet nodig."), "email_send"
    ),
    Step.CHECK: Wording(_("Klopt alles?"), _("Kijk je antwoorden na. Je kan alles nog veranderen."), "read"),
}


def page_of(desk_slug: str, step: Step) -> str:
    """Return the address of a page of the question."""
    return reverse("family:ask_step", kwargs={"desk": desk_slug, "step": step})


def after(step: Step) -> Step:
    """Return the page after this one."""
    return STEPS[STEPS.index(step) + 1]


def before(step: Step) -> Step | None:
    """Return the page before this one."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None


def came_from_check(request: Request) -> bool:
    """Tell whether the family only came to change one answer."""
    return request.GET.get("terug") == Step.CHECK


def question_page(request: Request, step: Step) -> QuestionPage:
    """Return the head and foot of a page; whoever came from the check page goes back there."""
    wording, slug = WORDINGS[step], request.desk.slug if request.desk else ""
    previous = Step.CHECK if came_from_check(request) else before(step)
    return QuestionPage(
        title=str(wording.title),
        why=str(wording.why),
        pictogram=wording.pictogram,
        step=STEPS.index(step) + 1,
        steps=len(STEPS),
        back_url=page_of(slug, previous) if previous else f"/{slug}/",
        submit=gettext("Versturen") if step is Step.CHECK else "",
        action=request.get_full_path(),
    )

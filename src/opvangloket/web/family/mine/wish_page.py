"""Changing what is wanted: first the effect is shown, then the family decides. The first question stays as it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.asking.choosing import RoundTooSoon, change_question
from opvangloket.domains.distribution.asking.round_preview import RoundPreview, preview_round
from opvangloket.domains.requests.actions import AskedChild, NothingChanged, QuestionRefused, SearchEnded, Wish
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.patterns import PART_CODES, CareHours
from opvangloket.rules.periods import ONE_DAY
from opvangloket.web.family.ask.moments import EARLY_OR_LATE, HOLIDAY, NIGHT, MomentsForm, with_weekend
from opvangloket.web.family.ask.start import SCHOOL, UNTIL_A_DAY, StartForm
from opvangloket.web.family.ask.typed import Typed, typed_on
from opvangloket.web.family.frame import frame_with_menu
from opvangloket.web.family.mine.visit import home_of, request_or_404
from opvangloket.web.family.mine.words import child_of
from opvangloket.web.guards import FamilyVisit, family_page
from opvangloket.web.middleware import Request
from opvangloket.web.pages import page
from opvangloket.web.ui.components import QuestionPage, SummaryItem, asked_strip

_MINUTES_PER_HOUR = 60


class WishForm(MomentsForm, StartForm):
    """When and how much care is wanted, on one page."""


@family_page("request.change_wish")
def change(request: Request, visit: FamilyVisit, reference: str) -> HttpResponse:
    """Show what is wanted now, then the effect of a change, then make it."""
    frame_with_menu(request, visit.desk)
    own = request_or_404(reference)
    if request.method != "POST":
        return _draw(request, own, visit, _form(own, visit, _typed_of(own.wish.wish), quiet=True))
    act, typed = request.POST.get("act", ""), typed_on(request.POST)
    if act == "weekend":
        return _draw(request, own, visit, _form(own, visit, with_weekend(typed), quiet=True))
    if act == "back":
        return _draw(request, own, visit, _form(own, visit, typed, quiet=True))
    form = _form(own, visit, typed)
    if not form.is_valid():
        return _draw(request, own, visit, form)
    wish = _wish_of(form)
    if wish == own.wish.wish:
        form.add_error(None, _("Er is niets veranderd. Pas iets aan, of ga terug."))
        return _draw(request, own, visit, form)
    if act == "save":
        return _save(request, own, visit, form, wish)
    return _show_effect(request, own, visit, wish, typed)


def _save(request: Request, own: OwnRequest, visit: FamilyVisit, form: WishForm, wish: Wish) -> HttpResponse:
    try:
        sent = change_question(request_id=own.id, wish=wish, actor=visit.actor, now=visit.now)
    except (RoundTooSoon, NothingChanged, SearchEnded, QuestionRefused) as refused:
        form.add_error(None, refused.message)
        return _draw(request, own, visit, form)
    except OpvangloketError as refused:
        messages.warning(request, refused.message)
        return HttpResponseRedirect(home_of(own, visit))
    asked = _("Je vraag is veranderd. Elke opvang in je lijst krijgt ze opnieuw.")
    messages.success(request, asked if sent else _("Je vraag is veranderd."))
    return HttpResponseRedirect(home_of(own, visit))


def _show_effect(request: Request, own: OwnRequest, visit: FamilyVisit, wish: Wish, typed: Typed) -> HttpResponse:
    preview: RoundPreview = preview_round(request_id=own.id, wish=wish, today=visit.today)
    before = own.wish.wish
    context = {
        "preview": preview,
        "is_blocked": preview.asks_again and preview.possible_on is not None,
        "before": SummaryItem(question=_("Nu"), strip=asked_strip(before.pattern, before.also)),
        "after": SummaryItem(question=_("Straks"), strip=asked_strip(wish.pattern, wish.also)),
        "start_before": before.start_on,
        "start_after": wish.start_on,
        "hidden": [(name, text) for name, texts in typed.items() for text in texts],
        "home_url": home_of(own, visit),
        "child": child_of(own),
    }
    return page(request, "family/mine/wish_effect.html", context)


def _form(own: OwnRequest, visit: FamilyVisit, typed: Typed, *, quiet: bool = False) -> WishForm:
    child = AskedChild(first_name=own.child_first_name, birth_on=own.birth_on, due_on=own.due_on)
    return WishForm(typed, today=visit.today, children=[child], quiet=quiet)


def _wish_of(form: WishForm) -> Wish:
    return Wish(
        start_on=form.starts()[0],
        end_on=form.end_on,
        pattern=form.needed,
        also=form.also - form.needed,
        parts_wanted=form.wanted,
        hours=form.hours,
    )


def _typed_of(wish: Wish) -> dict[str, list[str]]:
    """Return a wish as it would have been typed, to begin from."""
    start, last = wish.start_on, wish.end_on - ONE_DAY if wish.end_on else None
    typed = {
        "start_1_day": [str(start.day)],
        "start_1_month": [str(start.month)],
        "start_1_year": [str(start.year)],
        "until": [UNTIL_A_DAY if last else SCHOOL],
        "wanted": [str(wish.parts_wanted or "")],
        **_typed_hours(wish.hours),
    }
    if last:
        typed |= {
            "last_day_day": [str(last.day)],
            "last_day_month": [str(last.month)],
            "last_day_year": [str(last.year)],
        }
    for code in PART_CODES:
        kind = "need" if code in wish.pattern else "can" if code in wish.also else "none"
        typed[f"week_{code}"] = [kind]
    return typed


def _typed_hours(hours: CareHours) -> dict[str, list[str]]:
    special = [EARLY_OR_LATE] * bool(hours.days) + [NIGHT] * hours.night + [HOLIDAY] * hours.public_holiday
    typed = {"special": special}
    for day in hours.days:
        typed[f"hours_{day.weekday}_start"] = [_time(day.start)]
        typed[f"hours_{day.weekday}_end"] = [_time(day.end)]
    return typed


def _time(minutes: int) -> str:
    hour, minute = divmod(minutes, _MINUTES_PER_HOUR)
    return f"{hour}.{minute:02}"


def question_head(own: OwnRequest, visit: FamilyVisit, action: str) -> QuestionPage:
    """Return the head of the page."""
    return QuestionPage(
        title=_("Wat wil je veranderen?"),
        why=_("Eerst zie je wat er dan gebeurt. De datum van je vraag blijft dezelfde."),
        pictogram="week",
        back_url=home_of(own, visit),
        submit=_("Bekijk wat er dan gebeurt"),
        action=action,
    )


def _draw(request: Request, own: OwnRequest, visit: FamilyVisit, form: WishForm) -> HttpResponse:
    context = {"form": form, "question": question_head(own, visit, request.path)}
    return page(request, "family/mine/wish.html", context)

"""Keeping up the page of a location: the same pages for its own people and for the desk that does it for them."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers import page_edit
from opvangloket.domains.providers.admission_policy import policy_versions, publish_policy
from opvangloket.domains.providers.location_page import waiting_text
from opvangloket.domains.providers.page_minimum import missing_fields
from opvangloket.domains.providers.photos import change_photo, drop_photo
from opvangloket.domains.providers.upkeep import confirm_page
from opvangloket.rules.location_page import PART_OF_FIELD, WHY_IT_HELPS, PagePart
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import PAGE_FIELDS
from opvangloket.web.acting import done_to_row
from opvangloket.web.locations import forms
from opvangloket.web.locations.editor_facts import part_sections
from opvangloket.web.locations.page_editor import Editor
from opvangloket.web.locations.point_part import change_point
from opvangloket.web.locations.shown import closing_words, drawn_photo, page_context

WORDS: Final[Mapping[PagePart, str]] = {
    PagePart.CONTACT: "contact",
    PagePart.MAP: "kaart",
    PagePart.HOURS: "uren",
    PagePart.CLOSING_DAYS: "sluitingsdagen",
    PagePart.PRICE: "prijs",
    PagePart.WELCOME: "welkom",
    PagePart.TEXT: "uitleg",
    PagePart.PHOTO: "foto",
    PagePart.POLICY: "opvangbeleid",
}
TITLES: Final = {
    PagePart.CONTACT: gettext_lazy("Naam en contact"),
    PagePart.MAP: gettext_lazy("Plaats op de kaart"),
    PagePart.HOURS: gettext_lazy("Openingsuren"),
    PagePart.CLOSING_DAYS: gettext_lazy("Sluitingsdagen"),
    PagePart.PRICE: gettext_lazy("Prijs"),
    PagePart.WELCOME: gettext_lazy("Wie is welkom"),
    PagePart.TEXT: gettext_lazy("Uitleg voor ouders"),
    PagePart.PHOTO: gettext_lazy("Foto of logo"),
    PagePart.POLICY: gettext_lazy("Opvangbeleid en voorrang"),
}


def overview(editor: Editor) -> HttpResponse:
    """Show every part of the page with its dates, what is missing, and the button that confirms all of it."""
    sections = part_sections(
        editor.page,
        titles=TITLES,
        address=lambda part: editor.address("page_part", WORDS[part]),
        waiting=waiting_text(editor.location.id),
    )
    context = {
        "editor": editor,
        "sections": sections,
        "missing": _missing(editor),
        "confirm_url": editor.address("confirm_page"),
        "preview_url": editor.address("page_preview"),
    }
    return editor.draw("locations/overview.html", context)


def confirm(request: HttpRequest, editor: Editor) -> HttpResponse:
    """Confirm that everything on the page is still right."""
    if request.method == "POST":
        confirm_page(location_id=editor.location.id, actor=editor.actor, now=editor.now)
        messages.success(request, _("Bevestigd. Gezinnen zien dat de pagina klopt."))
    return HttpResponseRedirect(editor.address("page"))


def preview(editor: Editor) -> HttpResponse:
    """Show the page as families see it, with the text that still waits for the desk."""
    waiting = waiting_text(editor.location.id)
    context = page_context(editor.page) | {
        "editor": editor,
        "page_url": editor.address("page"),
        "waiting_text": waiting.text if waiting and not waiting.returned_because else "",
    }
    return editor.draw("locations/preview.html", context)


def change_part(request: HttpRequest, editor: Editor, word: str) -> HttpResponse:
    """Fill in one part of the page."""
    part = next((part for part, own in WORDS.items() if own == word), None)
    if part is None:
        raise Http404("Dit deel van de pagina bestaat niet.")
    if part is PagePart.MAP:
        return change_point(request, editor, own_url=editor.address("page_part", word))
    form = _form(part, request, editor)
    if request.method == "POST" and form.is_valid():
        try:
            done = _save(part, form, editor)
        except page_edit.PageRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, done)
            again = part is PagePart.CLOSING_DAYS
            return HttpResponseRedirect(editor.address("page_part", word) if again else editor.address("page"))
    context = {
        "editor": editor,
        "title": TITLES[part],
        "form": form,
        "part": part.value,
        "own_url": editor.address("page_part", word),
        "page_url": editor.address("page"),
        "closings": _closings(editor) if part is PagePart.CLOSING_DAYS else (),
        "drop_url": editor.address("drop_closing"),
        "policies": policy_versions(editor.location.id) if part is PagePart.POLICY else (),
        "photo": drawn_photo(editor.page.photo) if part is PagePart.PHOTO else None,
        "drop_photo_url": editor.address("drop_photo"),
        "waiting": waiting_text(editor.location.id) if part is PagePart.TEXT else None,
        "is_read_first": _is_read_first(editor),
    }
    return editor.draw("locations/part.html", context)


def drop_closing(request: HttpRequest, editor: Editor) -> HttpResponse:
    """Take away days on which the location was to be closed."""

    def act(closing_id: UUID) -> str:
        page_edit.drop_closing(
            location_id=editor.location.id, closing_id=closing_id, actor=editor.actor, now=editor.now
        )
        return _("Weggehaald. Die dagen staan niet meer op de pagina.")

    done_to_row(request, act)
    return HttpResponseRedirect(editor.address("page_part", WORDS[PagePart.CLOSING_DAYS]))


def take_photo_away(request: HttpRequest, editor: Editor) -> HttpResponse:
    """Take the photo off the page."""
    if request.method == "POST":
        drop_photo(location_id=editor.location.id, actor=editor.actor, now=editor.now)
        messages.success(request, _("Weggehaald. Gezinnen zien weer onze tekening."))
    return HttpResponseRedirect(editor.address("page_part", WORDS[PagePart.PHOTO]))


def _form(part: PagePart, request: HttpRequest, editor: Editor) -> Any:
    data = request.POST if request.method == "POST" else None
    if part is PagePart.PHOTO:
        return forms.PhotoForm(data, request.FILES or None, page=editor.page)
    if part is PagePart.CLOSING_DAYS:
        return forms.ClosingForm(data)
    if part is PagePart.POLICY:
        return forms.PolicyForm(data, page=editor.page, today=brussels_date(editor.now))
    if part is PagePart.TEXT:
        waiting = waiting_text(editor.location.id)
        return forms.TextForm(data, text=waiting.text if waiting else editor.page.text)
    kinds = {
        PagePart.CONTACT: forms.ContactForm,
        PagePart.HOURS: forms.HoursForm,
        PagePart.PRICE: forms.PriceForm,
        PagePart.WELCOME: forms.WelcomeForm,
    }
    return kinds[part](data, page=editor.page)


def _save(part: PagePart, form: Any, editor: Editor) -> str:
    """Store what a valid form holds, and return what to say; raise PageRefused."""
    at: dict[str, Any] = {"location_id": editor.location.id, "actor": editor.actor, "now": editor.now}
    done = _("Bewaard. Gezinnen zien dit meteen.")
    match part:
        case PagePart.CONTACT:
            page_edit.change_contact(contact=form.part(), **at)
        case PagePart.HOURS:
            page_edit.change_hours(hours=form.part(), **at)
        case PagePart.PRICE:
            page_edit.change_price(price=form.part(), **at)
        case PagePart.WELCOME:
            page_edit.change_welcome(welcome=form.part(), **at)
        case PagePart.CLOSING_DAYS:
            page_edit.add_closing(closed=form.period(), reason=form.cleaned_data["reason"], **at)
        case PagePart.PHOTO:
            change_photo(photo=form.photo(), **at)
        case PagePart.POLICY:
            publish_policy(text=form.words(), criteria=form.criteria(), valid_from=form.cleaned_data["start"], **at)
            return _("Bewaard als een nieuwe versie. De vorige blijft bekend.")
        case PagePart.TEXT:
            reviewed = editor.procedure.review_page_text
            if not page_edit.change_text(text=form.words(), reviewed=reviewed, **at):
                return _("Bewaard. Het loket leest je tekst na. Daarna zien gezinnen hem.")
    return done


def _missing(editor: Editor) -> list[dict[str, str]]:
    """Return what the desk asks and the page does not tell yet, why it helps, and where to fill it in."""
    missing = missing_fields(editor.location.id, editor.procedure.page_minimum)
    return [
        {
            "label": capfirst(PAGE_FIELDS[field]),
            "why": WHY_IT_HELPS[field],
            "url": editor.address("page_part", WORDS[PART_OF_FIELD[field]]),
        }
        for field in missing
    ]


def _closings(editor: Editor) -> list[dict[str, str]]:
    return [
        {"id": str(closed.id), "words": closing_words(closed.period), "reason": closed.reason}
        for closed in editor.page.closings
    ]


def _is_read_first(editor: Editor) -> bool:
    return editor.procedure.review_page_text and not editor.actor.is_desk

"""The official register beside the locations of the desk: hand in a list, see what it changes, approve it row by row."""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.exchange.lists.sheets import ListRefused
from opvangloket.domains.exchange.register.approval import Approved, approve_register
from opvangloket.domains.exchange.register.changes import NoSuchList, RegisterChanges, keep_list, register_changes
from opvangloket.domains.exchange.register.format import COLUMNS
from opvangloket.domains.exchange.register.reading import ReadRegister, read_register, template
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.locations.official_words import changed_cards, new_cards, summary_words
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.lists.handing_in import ListForm, columns_table, error_words, errors_table
from opvangloket.web.lists.taking_along import file_answer
from opvangloket.web.middleware import Request

_NOTHING_TICKED: Final = "niets"


@desk_page("register.sync")
def upload(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask for a list; what is wrong in it is told by line and column, and then nothing is kept."""
    form = ListForm(request.POST or None, request.FILES) if request.method == "POST" else ListForm()
    context: dict[str, Any] = {"form": form, "columns": columns_table(COLUMNS)}
    if form.is_valid():
        name = form.cleaned_data["upload"].name
        try:
            read = read_register(form.content(), name)
        except ListRefused as refused:
            form.add_error("upload", refused.message)
        else:
            if not read.error_count:
                return HttpResponseRedirect(_changes_url(visit, _keep(visit, name, read)))
            context |= {"errors": errors_table(read.errors), "error_words": error_words(read.error_count)}
    return show(request, visit, "desk/official_register.html", context, current="locations")


@desk_page("register.sync")
def example(_request: Request, _visit: DeskVisit) -> HttpResponse:
    """Give the list to fill in: its headings and one row."""
    return file_answer(template(), "locaties-register.xlsx")


@desk_page("register.sync")
def changes(request: Request, visit: DeskVisit, list_id: UUID) -> HttpResponse:
    """Show what a list changes, location by location, and do what was approved."""
    posted = request.method == "POST"
    if posted:
        try:
            done = approve_register(
                list_id=list_id,
                keys=frozenset(request.POST.getlist("row")),
                own_fields=_own_fields(request.POST.getlist("own")),
                invite="invite" in request.POST,
                actor=visit.actor,
                now=visit.now,
            )
        except NoSuchList as error:
            raise Http404(error.message) from error
        except OpvangloketError as refused:
            messages.warning(request, refused.message)
        else:
            _tell(request, done)
            return HttpResponseRedirect(_changes_url(visit, list_id))
    try:
        found = register_changes(list_id, today=visit.today)
    except NoSuchList as error:
        raise Http404(error.message) from error
    ticked = frozenset(request.POST.getlist("row")) if posted else _ticked(found, request.GET.get("kies", ""))
    context = {
        "found": found,
        "lead": summary_words(found),
        "new": new_cards(found, ticked),
        "changed": changed_cards(found, ticked, frozenset(request.POST.getlist("own"))),
        "invite": not posted or "invite" in request.POST,
        "own_url": _changes_url(visit, list_id),
    }
    return show(request, visit, "desk/official_changes.html", context, current="locations")


def _keep(visit: DeskVisit, file_name: str, read: ReadRegister) -> UUID:
    return keep_list(desk_id=visit.desk.id, file_name=file_name, read=read, actor=visit.actor, now=visit.now)


def _changes_url(visit: DeskVisit, list_id: UUID) -> str:
    return reverse("desk:official_changes", args=[visit.desk.slug, list_id])


def _ticked(found: RegisterChanges, asked: str) -> frozenset[str]:
    """Return what is ticked at first: every new and changed location, unless none was asked for."""
    if asked == _NOTHING_TICKED:
        return frozenset()
    return frozenset(one.key for one in found.new) | frozenset(one.key for one in found.changed)


def _own_fields(posted: Iterable[str]) -> Collection[tuple[str, str]]:
    """Return the facts of a location itself that are to be overwritten, each with the key of its row."""
    pairs = (value.partition(":") for value in posted)
    return {(key, field) for key, _colon, field in pairs}


def _tell(request: Request, done: Approved) -> None:
    words = _("Bewaard: %(new)s nieuw, %(changed)s veranderd.") % {"new": done.new, "changed": done.changed}
    if done.invited:
        mailed = ngettext("%(count)s opvang kreeg een mail.", "%(count)s locaties kregen een mail.", done.invited)
        words += " " + mailed % {"count": done.invited}
    messages.success(request, words)
    if done.without_address:
        names = ", ".join(done.without_address)
        messages.warning(request, _("Zonder e-mailadres, bel ze: %(names)s.") % {"names": names})

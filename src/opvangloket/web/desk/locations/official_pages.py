"""The official register beside the locations of the desk: hand in a list, see what it changes, approve it row by row."""

from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.exchange.register_approval import Approved, approve_register
from opvangloket.domains.exchange.register_changes import NoSuchList, RegisterChanges, keep_list, register_changes
from opvangloket.domains.exchange.register_format import COLUMNS
from opvangloket.domains.exchange.register_reading import (
    ReadRegister,
    read_register,
    template,
)
from opvangloket.domains.exchange.row_errors import RowError
from opvangloket.domains.exchange.sheets import MOST_BYTES, ListRefused
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.locations.official_words import changed_cards, new_cards, summary_words
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Column, DataTable

ERRORS_SHOWN: Final = 100
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTHING_TICKED: Final = "niets"


class ListForm(forms.Form):
    """A list of the register."""

    upload = forms.FileField(
        label=gettext_lazy("Kies je lijst"),
        help_text=gettext_lazy("Excel (.xlsx) of CSV, tot 5 MB. Er verandert nog niets."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )


@desk_page("register.sync")
def upload(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask for a list; what is wrong in it is told by line and column, and then nothing is kept."""
    form = ListForm(request.POST or None, request.FILES) if request.method == "POST" else ListForm()
    context: dict[str, Any] = {"form": form, "columns": _columns_table()}
    if form.is_valid():
        file = form.cleaned_data["upload"]
        try:
            # One byte more than is read tells that a file is too large, whatever its sender says of its size.
            read = read_register(file.read(MOST_BYTES + 1), file.name)
        except ListRefused as refused:
            form.add_error("upload", refused.message)
        else:
            if not read.error_count:
                return HttpResponseRedirect(_changes_url(visit, _keep(visit, file.name, read)))
            context |= {"errors": _errors_table(read.errors), "error_words": _error_words(read)}
    return show(request, visit, "desk/official_register.html", context, current="locations")


@desk_page("register.sync")
def example(_request: Request, _visit: DeskVisit) -> HttpResponse:
    """Give the list to fill in: its headings and one row."""
    answer = HttpResponse(template(), content_type=_WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="locaties-register.xlsx"'
    return answer


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


def _columns_table() -> DataTable:
    columns = (Column(_("Kolom")), Column(_("Voorbeeld")), Column(_("Nodig")))
    needed = {True: _("ja"), False: _("mag leeg")}
    rows = tuple((one.heading, one.example or "–", needed[one.required]) for one in COLUMNS)
    return DataTable.of(_("De kolommen"), columns, rows)


def _errors_table(errors: Iterable[RowError]) -> DataTable:
    columns = (Column(_("Regel")), Column(_("Kolom")), Column(_("Wat is er?")), Column(_("Wat doe je?")))
    rows = tuple(
        (str(error.line or ""), error.column or "–", error.wrong, error.what_to_do)
        for error in list(errors)[:ERRORS_SHOWN]
    )
    return DataTable.of(_("Wat je nog verbetert"), columns, rows)


def _error_words(read: ReadRegister) -> str:
    words = ngettext("%(count)s fout in je lijst.", "%(count)s fouten in je lijst.", read.error_count)
    told = words % {"count": read.error_count}
    if read.error_count > ERRORS_SHOWN:
        told += " " + _("We tonen de eerste %(count)s.") % {"count": ERRORS_SHOWN}
    return f"{told} {_('Er is niets bewaard. Verbeter ze en laad de lijst opnieuw op.')}"


def _tell(request: Request, done: Approved) -> None:
    words = _("Bewaard: %(new)s nieuw, %(changed)s veranderd.") % {"new": done.new, "changed": done.changed}
    if done.invited:
        mailed = ngettext("%(count)s opvang kreeg een mail.", "%(count)s locaties kregen een mail.", done.invited)
        words += " " + mailed % {"count": done.invited}
    messages.success(request, words)
    if done.without_address:
        names = ", ".join(done.without_address)
        messages.warning(request, _("Zonder e-mailadres, bel ze: %(names)s.") % {"names": names})

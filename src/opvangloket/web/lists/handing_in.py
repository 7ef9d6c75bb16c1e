"""Handing in a list: the file that is asked for, its columns told, and every error with its line and column."""

from collections.abc import Iterable, Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.exchange.lists.columns import ListColumn
from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import MOST_BYTES
from opvangloket.web.ui.components import Column, DataTable

ERRORS_SHOWN: Final = 100


class ListForm(forms.Form):
    """A list in a file."""

    upload = forms.FileField(
        label=gettext_lazy("Kies je lijst"),
        help_text=gettext_lazy("Excel (.xlsx) of CSV, tot 5 MB. Er verandert nog niets."),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )

    def content(self) -> bytes:
        """Return what a valid form holds; one byte more than is read tells that a file is too large."""
        content: bytes = self.cleaned_data["upload"].read(MOST_BYTES + 1)
        return content


def columns_table(columns: Iterable[ListColumn]) -> DataTable:
    """Return the columns of a list, each with an example and whether it must be there."""
    headings = (Column(_("Kolom")), Column(_("Voorbeeld")), Column(_("Nodig")))
    needed = {True: _("ja"), False: _("mag leeg")}
    rows = tuple((one.heading, one.example or "–", needed[one.required]) for one in columns)
    return DataTable.of(_("De kolommen"), headings, rows)


def errors_table(errors: Sequence[RowError]) -> DataTable:
    """Return what is wrong in a list, the first errors of it: where, what, and what to do."""
    columns = (Column(_("Regel")), Column(_("Kolom")), Column(_("Wat is er?")), Column(_("Wat doe je?")))
    rows = tuple(
        (str(error.line or ""), error.column or "–", error.wrong, error.what_to_do) for error in errors[:ERRORS_SHOWN]
    )
    return DataTable.of(_("Wat je nog verbetert"), columns, rows)


def error_words(count: int) -> str:
    """Say how many errors a list has, and that nothing was kept."""
    told = ngettext("%(count)s fout in je lijst.", "%(count)s fouten in je lijst.", count) % {"count": count}
    if count > ERRORS_SHOWN:
        told += " " + _("We tonen de eerste %(count)s.") % {"count": ERRORS_SHOWN}
    return f"{told} {_('Er is niets bewaard. Verbeter ze en laad de lijst opnieuw op.')}"

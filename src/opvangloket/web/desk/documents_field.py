"""PDFs that the desk sends along or keeps: each is looked at before it is kept."""

from __future__ import annotations

from typing import Any, BinaryIO, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.foundation.files.documents import MOST_DOCUMENTS, CheckedDocument, DocumentRefused, checked_pdf

_ONLY_PDF: Final = {"accept": "application/pdf,.pdf"}


class SeveralFiles(forms.ClearableFileInput):
    """A field for some files at once."""

    allow_multiple_selected = True


class DocumentField(forms.FileField):
    """One PDF, looked at."""

    widget = forms.ClearableFileInput(attrs=_ONLY_PDF)

    def clean(self, data: Any, initial: Any = None) -> CheckedDocument:
        """Return the document, or say what is wrong with it."""
        upload: UploadedFile[Any] = super().clean(data, initial)
        try:
            return _checked(upload)
        except DocumentRefused as refused:
            raise forms.ValidationError(refused.message) from None


class DocumentsField(forms.FileField):
    """Some PDFs to send along, each looked at; none is fine."""

    widget = SeveralFiles(attrs=_ONLY_PDF)

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Documenten"),
            help_text=gettext_lazy("Hoogstens drie bestanden in PDF, elk tot 5 MB."),
            required=False,
        )

    def clean(self, data: Any, initial: Any = None) -> list[CheckedDocument]:  # noqa: ARG002 - as Django calls it
        """Return the documents, or say what is wrong with which file."""
        uploads: list[UploadedFile[Any]] = [one for one in data or [] if one]
        if len(uploads) > MOST_DOCUMENTS:
            raise forms.ValidationError(_("Kies hoogstens %(most)s bestanden.") % {"most": MOST_DOCUMENTS})
        return [self._one_of_several(upload) for upload in uploads]

    def _one_of_several(self, upload: UploadedFile[Any]) -> CheckedDocument:
        try:
            return _checked(upload)
        except DocumentRefused as refused:
            raise forms.ValidationError(f"{upload.name}: {refused.message}") from None


def _checked(upload: UploadedFile[Any]) -> CheckedDocument:
    return checked_pdf(cast("BinaryIO", upload), name=upload.name or "", size=upload.size or 0)

"""Some PDFs at once, each looked at before it is kept."""

from __future__ import annotations

from typing import Any, BinaryIO, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from opvangloket.foundation.files.documents import CheckedDocument, DocumentRefused, checked_pdf

MOST_DOCUMENTS: Final = 3


class SeveralFiles(forms.ClearableFileInput):
    """A field for some files at once."""

    allow_multiple_selected = True


class DocumentsField(forms.FileField):
    """Some PDFs, each looked at; none is fine."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[CheckedDocument]:  # noqa: ARG002 - as Django calls it
        """Return the documents, or say what is wrong with which file."""
        uploads: list[UploadedFile[Any]] = [one for one in data or [] if one]
        if len(uploads) > MOST_DOCUMENTS:
            raise forms.ValidationError(_("Kies hoogstens %(most)s bestanden.") % {"most": MOST_DOCUMENTS})
        return [self._checked(upload) for upload in uploads]

    def _checked(self, upload: UploadedFile[Any]) -> CheckedDocument:
        try:
            return checked_pdf(cast("BinaryIO", upload), name=upload.name or "", size=upload.size or 0)
        except DocumentRefused as refused:
            raise forms.ValidationError(f"{upload.name}: {refused.message}") from None

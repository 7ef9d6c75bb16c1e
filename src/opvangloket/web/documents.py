"""Sending a document that somebody handed in: as a download, never shown inside a page of ours."""

import re

from django.http import HttpResponse

from opvangloket.foundation.files.keeping import KeptDocument


def as_download(document: KeptDocument) -> HttpResponse:
    """Return the answer that saves a document under its plain name."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", document.title).strip("-").lower() or "document"
    response = HttpResponse(document.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

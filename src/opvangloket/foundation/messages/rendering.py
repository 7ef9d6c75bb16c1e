"""From a template and its context to a subject, a text and an HTML body."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

from opvangloket.foundation.messages.catalogue import TEMPLATES
from opvangloket.foundation.tenancy.models import Desk

_FOLDER = Path(__file__).resolve().parent / "templates"
_SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as the recipient will read it."""

    subject: str
    text: str
    html: str


@cache
def _engine(*, html: bool) -> Engine:
    """Return an engine of our own: text is never escaped, HTML always is."""
    return Engine(
        dirs=[str(_FOLDER)],
        autoescape=html,
        builtins=["opvangloket.foundation.messages.templatetags.letters"],
        string_if_invalid="⟦undefined %s⟧" if settings.PLAYGROUND else "",
    )


def absolute(path: str) -> str:
    """Return the full address of a page of this installation, for a link in a message."""
    return settings.PUBLIC_ADDRESS + path


def render(template: str, context: Mapping[str, object], *, recipient_name: str = "", desk: Desk | None) -> Rendered:
    """Render one message; LookupError for a template that does not exist or a context that is not complete."""
    if template not in TEMPLATES:
        raise LookupError(f"there is no message {template!r}")
    values = TEMPLATES[template].complete(context) | {"recipient_name": recipient_name, "desk": desk}

    def part(name: str, *, html: bool) -> str:
        return _engine(html=html).get_template(f"messages/{template}/{name}").render(Context(values, autoescape=html))

    return Rendered(
        subject=" ".join(part("subject.txt", html=False).split())[:_SUBJECT_LENGTH],
        text=_tidy(part("body.txt", html=False)),
        html=part("body.html", html=True).strip() + "\n",
    )


def _tidy(text: str) -> str:
    """Keep at most one empty line between paragraphs, whatever a template's conditions left behind."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.strip())
    return "\n".join(lines) + "\n"

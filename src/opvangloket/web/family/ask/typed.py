"""What was typed on each page of a question, as it was typed: the draft keeps this, the forms say what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from opvangloket.foundation.national_number import NationalNumberRefused, holds_national_number

Typed = Mapping[str, list[str]]

NOTHING_TYPED: Final[Typed] = {}
_NOT_AN_ANSWER: Final = frozenset({"csrfmiddlewaretoken", "act"})
_MOST_FIELDS: Final = 200
_LONGEST_TEXT: Final = 4000


def typed_on(post: QueryDict) -> dict[str, list[str]]:
    """Return what was typed on a page, without the page's own machinery and within bounds."""
    named = [name for name in post if name not in _NOT_AN_ANSWER and len(name) <= 60]
    return {
        name: [text[:_LONGEST_TEXT].replace("\0", "") for text in post.getlist(name)] for name in named[:_MOST_FIELDS]
    }


def read_typed(value: object) -> Typed:
    """Return one page of a stored draft; whatever is not of that shape counts as nothing typed."""
    if not isinstance(value, Mapping):
        return NOTHING_TYPED
    return {str(name): [str(text) for text in texts] for name, texts in value.items() if isinstance(texts, list)}


def first(typed: Typed, name: str, default: str = "") -> str:
    """Return the first text typed in a field."""
    texts = typed.get(name)
    return texts[0] if texts else default


class TypedForm(forms.Form):
    """A form that is filled with what was typed before, and refuses a national number in any text.

    `quiet` shows what was typed without holding it against anyone: for a page that somebody comes back to.
    """

    def __init__(self, typed: Typed | None, *, quiet: bool = False, **kwargs: Any) -> None:
        self.quiet = quiet
        super().__init__(MultiValueDict(dict(typed)) if typed is not None else None, **kwargs)

    def full_clean(self) -> None:
        """Check what was typed, unless nobody asked to."""
        if self.quiet:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and holds_national_number(value):
                self.add_error(name, NationalNumberRefused().message)


YES_NO: Final = (("yes", _("Ja")), ("no", _("Nee")))


def yes_no(label: Any, **kwargs: Any) -> forms.ChoiceField:
    """Return a question that is answered by yes or no."""
    return forms.ChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect(attrs={"class": "is-inline"}), **kwargs
    )

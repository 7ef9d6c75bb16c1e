"""A list that was handed in travels with its page, signed, and is kept nowhere: until it is approved nothing is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.core import signing
from django.utils.translation import gettext as _

from opvangloket.domains.exchange.lists.sheets import Line
from opvangloket.web.middleware import Request


@dataclass(frozen=True, slots=True)
class CarriedList:
    """A list as a page carries it; `purpose` is what it was handed in for, and it counts for nothing else."""

    purpose: str
    file_name: str
    lines: Sequence[Line]

    @classmethod
    def read(cls, purpose: str, text: str) -> Self | None:
        """Return the list that a page carried; None when it is not ours, or was handed in for something else."""
        try:
            found = signing.loads(text, salt=purpose)
        except signing.BadSignature:
            return None
        return cls(purpose, found["name"], [(line, cells) for line, cells in found["lines"]])

    @classmethod
    def posted(cls, purpose: str, request: Request) -> Self | None:
        """Return the list that came with a press; None when there is none, and then the next page asks for it again."""
        found = cls.read(purpose, request.POST.get("carried", ""))
        if found is None and request.method == "POST":
            messages.warning(request, _("Je lijst is er niet meer. Kies ze opnieuw."))
        return found

    def written(self) -> str:
        """Return the list as a page carries it."""
        return signing.dumps({"name": self.file_name, "lines": self.lines}, salt=self.purpose, compress=True)

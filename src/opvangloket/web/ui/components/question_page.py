"""One question per page: where we are, what we ask, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """The head and foot of a question page; `step` 0 means that the page stands alone."""

    title: str
    why: str = ""
    pictogram: str = ""
    step: int = 0
    steps: int = 0
    back_url: str = ""
    submit: str = ""
    action: str = ""

    @property
    def step_words(self) -> str:
        """Progress in words, never as a percentage: "Stap 3 van 8"."""
        if not self.step:
            return ""
        return _("Stap %(step)s van %(steps)s") % {"step": self.step, "steps": self.steps}

    @property
    def submit_label(self) -> str:
        """The word on the one button."""
        return self.submit or _("Verder")

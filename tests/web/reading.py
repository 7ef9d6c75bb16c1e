"""Reading a page as a test does."""

import html
import re
from typing import Any


def words(answer: Any) -> str:
    """Return a page with every run of white space as one space, so that a sentence is found across its lines."""
    return " ".join(answer.content.decode().split())


def plain_words(answer: Any) -> str:
    """Return what a page says, without its tags."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))

"""Where an organiser finds a question."""

from django.urls import reverse

from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion


def question_url(question: OrganiserQuestion, *, anchor: str = "") -> str:
    """Return the address of a question as it lies with one location."""
    address = reverse("organiser:question", args=[question.reference, question.location_slug])
    return f"{address}#{anchor}" if anchor else address

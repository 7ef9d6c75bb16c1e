"""The addresses that messages point to are those of the pages."""

from django.conf import settings
from django.urls import reverse

from opvangloket.domains.distribution.lines import addresses


def test_messages_point_to_pages_that_are_there() -> None:
    here = settings.PUBLIC_ADDRESS
    assert addresses.inbox() == here + reverse("organiser:inbox")
    assert addresses.inquiry("K7M4CXR9", "mias-nestje") == here + reverse(
        "organiser:question", args=["K7M4CXR9", "mias-nestje"]
    )
    assert addresses.answer("abc") == here + reverse("organiser:answer_link", args=["abc"])

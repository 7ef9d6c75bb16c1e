"""No desk can take the address of something else."""

from django.urls import get_resolver

from opvangloket.foundation.tenancy.slugs import RESERVED, is_free_word


def test_every_first_word_of_an_address_is_reserved() -> None:
    routes = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    nested = [
        str(inner.pattern)
        for pattern in get_resolver().url_patterns
        if not str(pattern.pattern)
        for inner in getattr(pattern, "url_patterns", [])
    ]
    words = {route.split("/")[0] for route in (*routes, *nested)}
    assert {word for word in words if word and "<" not in word} <= RESERVED


def test_a_slug_is_letters_digits_hyphens_and_underscores() -> None:
    assert is_free_word("geraardsbergen")
    assert is_free_word("loket-2")
    assert is_free_word("Loket_2")
    for wrong in ("", "Werk", "de panne", "-x", "x-", "a--b", "x" * 61, "é", "werk"):
        assert not is_free_word(wrong)

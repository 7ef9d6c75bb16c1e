"""Where a visitor comes from and wants to go."""

from typing import Any

import pytest
from django.test import RequestFactory

from opvangloket.web.access.journey import client_of, wanted_page


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", str(0x20010DB800010002)),
        ("2001:db8:1:2::9", str(0x20010DB800010002)),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_an_ipv6_household_is_one_client(address: str, client: str) -> None:
    assert client_of(RequestFactory().get("/", REMOTE_ADDR=address)) == client


def test_only_behind_our_own_proxy_its_word_counts_and_only_its_own(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.1.1.1, 192.0.2.7"})
    assert client_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client_of(request) == "192.0.2.7"


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        ("/werk/ninove/?p=2", "/werk/ninove/?p=2"),
        ("", ""),
        ("werk/", ""),
        ("https://testserver/werk/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("///evil.example", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_a_path_of_ours_is_wanted(after: str, wanted: str) -> None:
    assert wanted_page(RequestFactory().get("/", {"na": after})) == wanted

"""The pages of the installation itself: the desks, the mailbox of a playground, its health."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from tests.cast import SARA, Town

from opvangloket.foundation.accounts.codes import send_code
from opvangloket.foundation.accounts.models import Audience
from opvangloket.foundation.messages.actions import absolute, plan_message
from opvangloket.foundation.tenancy.models import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for()


def send_to_sara(here: Town, name: str = "Noor") -> None:
    plan_message(
        desk_id=here.ninove.id,
        template="confirm_current",
        cause=f"test:{name}",
        recipient=SARA.email,
        recipient_name="Sara",
        audience="family",
        context={"child_first_name": name, "reference": "K7M2X4R9", "link": absolute("/ninove/mijn/")},
        now=here.now,
    )


def test_the_start_page_names_every_desk(here: Town, client: Any) -> None:
    shown = client.get("/").content.decode()
    assert 'href="/ninove/">Opvangloket Ninove' in shown
    assert 'href="/overstroom/">Loket Overstroom' in shown
    assert "proefpostvak" in shown


def test_without_desks_the_start_page_says_so(client_for: Any, here: Town) -> None:
    with patch("opvangloket.web.installation.start.all_desks", return_value=()):
        assert "nog geen loket" in client_for().get("/").content.decode()


def test_many_desks_cost_one_question(here: Town, client: Any, django_assert_num_queries: Any) -> None:
    Desk.objects.bulk_create(
        Desk(slug=f"loket-{n}", name=f"Loket {n}", territory=["41048"], created_at=here.now) for n in range(30)
    )
    with django_assert_num_queries(1):
        client.get("/")


def test_the_mailbox_shows_mail_as_its_recipient_reads_it(here: Town, client: Any) -> None:
    send_to_sara(here)
    send_code(audience=Audience.DESK, address=here.amina.email, name="Amina", known=True, now=here.now)
    shown = client.get("/postvak-demo/").content.decode()
    assert shown.index("Je code om aan te melden") < shown.index("Zoek je nog een plaats?")
    assert 'href="/ninove/mijn/"' in shown  # on this host, wherever the playground runs


def test_the_mailbox_is_searched_by_address(here: Town, client: Any) -> None:
    send_to_sara(here)
    assert "Zoek je nog een plaats?" in client.get("/postvak-demo/?adres=PEETERS").content.decode()
    shown = client.get("/postvak-demo/?adres=amina").content.decode()
    assert "Er is geen mail voor “amina”" in shown


def test_a_search_swaps_only_the_mails(here: Town, client: Any) -> None:
    send_to_sara(here)
    part = client.get(
        "/postvak-demo/?adres=sara", headers={"HX-Request": "true", "HX-Target": "mails"}
    ).content.decode()
    assert part.strip().startswith('<div class="section" id="mails"')
    assert "<html" not in part


def test_words_in_a_mail_are_words(here: Town, client: Any) -> None:
    send_to_sara(here, name="<script>alert(1)</script>")
    shown = client.get("/postvak-demo/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_an_empty_mailbox_says_so(here: Town, client: Any) -> None:
    assert "Er is nog geen mail verstuurd" in client.get("/postvak-demo/").content.decode()


def test_health_counts_what_waits(here: Town, client: Any) -> None:
    send_to_sara(here)
    answer = client.get("/gezondheid/")
    assert answer.status_code == 200
    assert answer.json() | {"version": ""} == {
        "database": "reachable",
        "version": "",
        "jobs_waiting": 1,
        "messages_waiting": 1,
        "messages_overdue": 0,
        "messages_failed": 0,
    }


def test_health_without_a_database_is_503(here: Town, client: Any) -> None:
    with patch("opvangloket.web.installation.health.outbox_figures", side_effect=OperationalError):
        answer = client.get("/gezondheid/")
    assert (answer.status_code, answer.json()) == (503, {"database": "unreachable"})

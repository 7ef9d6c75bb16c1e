"""Coming in: every audience by its own door, with the same answer for whoever is not known."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.cast import SARA, Town, town

from opvangloket.foundation import clock
from opvangloket.foundation.accounts import demo_links
from opvangloket.foundation.accounts.models import Account, DeskMembership, DeskRole
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.foundation.tenancy.scopes import across_desks

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    with clock.stopped_at(NOW):
        yield town(NOW)


def ask(client: Client, path: str, address: str, **extra: Any) -> Any:
    return client.post(path, {"address": address}, follow=True, **extra)


def code_for(address: str) -> str:
    mail = mailbox(search=address)[0]
    return re.findall(r"\b\d{6}\b", mail.text)[0]


def give(client: Client, path: str, digits: str) -> Any:
    return client.post(path, {"digits": digits})


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def sign_in_by_mail(client: Client, account: Account, prefix: str, after: str = "") -> Any:
    ask(client, f"{prefix}aanmelden/{after}", account.email)
    return give(client, f"{prefix}aanmelden/code/", code_for(account.email))


def family_session(client: Client) -> SessionStore:
    return SessionStore(client.cookies["opvangloket_family"].value)


# Organisers


def test_an_organiser_comes_in_with_a_code(cast: Town, client: Client) -> None:
    answer = sign_in_by_mail(client, cast.rosa, "/organisator/")
    assert (answer.status_code, answer["Location"]) == (302, "/organisator/")
    assert set(client.cookies) - {"csrftoken"} == {"opvangloket_organiser"}
    assert client.cookies["opvangloket_organiser"]["path"] == "/organisator/"
    with across_desks("test"):
        event = AuditEvent.objects.get(action="session.open")
    assert (event.actor_id, event.codes) == (cast.rosa.id, ["code"])


def test_everybody_goes_where_they_wanted(cast: Town, client: Client) -> None:
    answer = sign_in_by_mail(client, cast.rosa, "/organisator/", "?na=/organisator/vragen/%3Fp%3D2")
    assert answer["Location"] == "/organisator/vragen/?p=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:x"])
def test_nobody_is_sent_to_another_site(cast: Town, client: Client, elsewhere: str) -> None:
    answer = sign_in_by_mail(client, cast.rosa, "/organisator/", f"?na={elsewhere}")
    assert answer["Location"] == "/organisator/"


def test_an_account_of_one_audience_is_unknown_at_the_other_door(cast: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", cast.karel.email)
    assert mailbox(search=cast.karel.email) == ()


def test_whether_an_address_is_known_is_not_to_be_seen(cast: Town, client: Client) -> None:
    pages = []
    for address in (cast.rosa.email, "niemand@nergens.example"):
        answer = ask(client, "/organisator/aanmelden/", address)
        body = re.sub(r"csrfmiddlewaretoken\S+ value=\S+", "", answer.content.decode())
        pages.append(body.replace(address, "ADDRESS"))
    assert pages[0] == pages[1]
    refused = [
        re.sub(
            r"csrfmiddlewaretoken\S+ value=\S+",
            "",
            give(client, "/organisator/aanmelden/code/", "000000").content.decode(),
        )
        for _ in range(1)
    ]
    assert "klopt niet" in refused[0]


def test_a_wrong_code_opens_nothing(cast: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", cast.rosa.email)
    answer = give(client, "/organisator/aanmelden/code/", wrong(code_for(cast.rosa.email)))
    assert answer.status_code == 200
    assert "klopt niet" in answer.content.decode()


def test_an_account_that_was_closed_does_not_come_in(cast: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", cast.rosa.email)
    Account.objects.filter(id=cast.rosa.id).update(active=False)
    assert give(client, "/organisator/aanmelden/code/", code_for(cast.rosa.email)).status_code == 200


def test_the_code_page_without_an_address_leads_back(client: Client) -> None:
    assert client.get("/organisator/aanmelden/code/")["Location"] == "/organisator/aanmelden/"


def test_too_many_codes_for_an_address_is_the_waiting_page(cast: Town, client: Client) -> None:
    statuses = [
        ask(client, "/organisator/aanmelden/", cast.rosa.email, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]


def test_too_many_codes_for_one_client_is_the_waiting_page(cast: Town, client: Client) -> None:
    statuses = [ask(client, "/organisator/aanmelden/", f"a{n}@nergens.example").status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]


def test_too_many_tries_is_the_waiting_page(cast: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", cast.rosa.email)
    statuses = [give(client, "/organisator/aanmelden/code/", "000000").status_code for _ in range(16)]
    assert statuses == [200] * 15 + [429]


# Desks


def digits_of(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.wall_time())


def enrol(client: Client, account: Account) -> Any:
    """Come in for the first time: mail code, then a phone."""
    assert sign_in_by_mail(client, account, "/werk/")["Location"] == "/werk/aanmelden/telefoon/"
    shown = client.get("/werk/aanmelden/telefoon/").content.decode()
    [secret] = re.findall(r'big-reference">([A-Z2-7 ]+)<', shown)
    assert "data:image/svg+xml" in shown
    return give(client, "/werk/aanmelden/telefoon/", digits_of(secret.replace(" ", "")))


def test_desk_staff_link_a_phone_the_first_time(cast: Town, client: Client) -> None:
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"
    assert enrol(client, cast.amina)["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/ninove/"


def test_mail_alone_does_not_open_the_desk(cast: Town, client: Client) -> None:
    sign_in_by_mail(client, cast.amina, "/werk/")
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"


def test_the_next_time_the_phone_is_asked_and_its_digits_work_once(cast: Town) -> None:
    first, second, third = Client(), Client(), Client()
    enrol(first, cast.amina)
    secret = Account.objects.get(id=cast.amina.id).totp_secret
    with clock.stopped_at(NOW + timedelta(minutes=2)):
        sign_in_by_mail(second, cast.amina, "/werk/")
        assert secret not in second.get("/werk/aanmelden/telefoon/").content.decode().replace(" ", "")
        digits = digits_of(secret)
        assert give(second, "/werk/aanmelden/telefoon/", digits).status_code == 302
        sign_in_by_mail(third, cast.amina, "/werk/")
        assert "klopt niet" in give(third, "/werk/aanmelden/telefoon/", digits).content.decode()


def test_five_wrong_digits_is_the_waiting_page(cast: Town, client: Client) -> None:
    sign_in_by_mail(client, cast.amina, "/werk/")
    statuses = [give(client, "/werk/aanmelden/telefoon/", "000000").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_phone_is_awaited_for_ten_minutes(cast: Town, client: Client) -> None:
    sign_in_by_mail(client, cast.amina, "/werk/")
    with clock.stopped_at(NOW + timedelta(minutes=11)):
        assert client.get("/werk/aanmelden/telefoon/")["Location"] == "/werk/aanmelden/"


def test_somebody_with_two_desks_chooses(cast: Town, client: Client) -> None:
    with across_desks("test"):
        DeskMembership.objects.create(
            desk=cast.overstroom, account=cast.amina, role=DeskRole.WORKER, start_on=cast.today
        )
    enrol(client, cast.amina)
    shown = client.get("/werk/").content.decode()
    assert "/werk/ninove/" in shown
    assert "/werk/overstroom/" in shown


def test_going_out_takes_a_button(cast: Town, client: Client) -> None:
    enrol(client, cast.amina)
    assert client.get("/werk/afmelden/").status_code == 200
    assert client.get("/werk/").status_code == 302
    assert client.get("/werk/")["Location"] == "/werk/ninove/"
    client.post("/werk/afmelden/")
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"


# Families


def test_a_family_opens_all_its_requests_with_its_address(cast: Town, client: Client) -> None:
    noor = cast.ask(cast.noor())
    cast.ask(cast.deniz())
    ask(client, "/ninove/aanmelden/", f" {SARA.email.upper()} ")
    answer = give(client, "/ninove/aanmelden/code/", code_for(SARA.email))
    assert answer["Location"] == "/ninove/mijn/"
    assert client.cookies["opvangloket_family"]["path"] == "/"
    assert family_session(client)["requests"] == {str(cast.ninove.id): [str(noor.request_id)]}
    with cast.at_desk():
        assert AuditEvent.objects.filter(action="session.open", request_id=noor.request_id).count() == 1


def test_a_reference_is_enough_to_get_a_code_and_not_to_come_in(cast: Town, client: Client) -> None:
    noor = cast.ask(cast.noor())
    shown = ask(client, "/ninove/aanmelden/", noor.reference.lower()).content.decode()
    assert SARA.email not in shown
    assert noor.reference.lower() in shown
    assert give(client, "/ninove/aanmelden/code/", wrong(code_for(SARA.email))).status_code == 200
    assert give(client, "/ninove/aanmelden/code/", code_for(SARA.email)).status_code == 302


def test_an_unknown_reference_gets_the_same_answer(cast: Town, client: Client) -> None:
    noor = cast.ask(cast.noor())
    unknown = next(r for r in map(_reference, range(100)) if r != noor.reference)
    pages = [ask(client, "/ninove/aanmelden/", typed) for typed in (noor.reference, unknown)]
    texts = [
        re.sub(r"csrfmiddlewaretoken\S+ value=\S+", "", p.content.decode()).replace(t, "X")
        for p, t in zip(pages, (noor.reference, unknown), strict=True)
    ]
    assert texts[0] == texts[1]


def _reference(seed: int) -> str:
    from random import Random

    from opvangloket.rules.references import new_reference

    return new_reference(Random(seed))


def test_a_request_of_another_desk_stays_unknown(cast: Town, client: Client) -> None:
    noor = cast.ask(cast.noor())
    ask(client, "/overstroom/aanmelden/", SARA.email)
    ask(client, "/overstroom/aanmelden/", noor.reference)
    assert [mail for mail in mailbox(search=SARA.email) if "aan te melden" in mail.row.subject] == []


@pytest.mark.parametrize("typed", ["", "iets", "sara@", "12345678"])
def test_what_is_neither_an_address_nor_a_reference_is_said(cast: Town, client: Client, typed: str) -> None:
    answer = client.post("/ninove/aanmelden/", {"address": typed})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()


def test_a_family_goes_out(cast: Town, client: Client) -> None:
    cast.ask(cast.noor())
    ask(client, "/ninove/aanmelden/", SARA.email)
    give(client, "/ninove/aanmelden/code/", code_for(SARA.email))
    assert client.post("/ninove/afmelden/")["Location"] == "/ninove/"
    assert family_session(client).get("requests") is None


def test_a_desk_that_does_not_exist_has_no_door(client: Client) -> None:
    assert client.get("/nergens/aanmelden/").status_code == 404


# Demonstration links


def test_a_demo_link_signs_in_at_its_own_door_only(cast: Town, client: Client) -> None:
    token = demo_links.account_token(cast.karel.id)
    assert client.get(f"/organisator/demo/{token}/").status_code == 404
    assert client.get(f"/werk/demo/{token}/")["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/ninove/"


def test_a_demo_link_opens_a_family_at_its_own_desk_only(cast: Town, client: Client) -> None:
    noor = cast.ask(cast.noor())
    token = demo_links.family_token(cast.ninove.id, [noor.request_id])
    assert client.get(f"/overstroom/demo/{token}/").status_code == 404
    assert client.get(f"/ninove/demo/{token}/")["Location"] == "/ninove/mijn/"
    assert client.get("/ninove/demo/onzin/").status_code == 404


def test_outside_a_playground_a_demo_link_opens_nothing(cast: Town, client: Client, settings: Any) -> None:
    token = demo_links.account_token(cast.karel.id)
    settings.PLAYGROUND = False
    assert client.get(f"/werk/demo/{token}/").status_code == 404
    assert client.get("/postvak-demo/").status_code == 404


def test_a_link_for_somebody_who_left_opens_nothing(cast: Town, client: Client) -> None:
    assert client.get(f"/werk/demo/{demo_links.account_token(new_id())}/").status_code == 404

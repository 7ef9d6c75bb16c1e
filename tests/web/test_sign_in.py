"""Coming in: every audience by its own door, with the same answer for whoever is not known."""

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from tests.cast import SARA, Town

from opvangloket.foundation import clock
from opvangloket.foundation.accounts import demo_links
from opvangloket.foundation.accounts.models import Account, DeskMembership, DeskRole
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.queries import mailbox
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Any) -> Any:
    return client_for()


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


def test_an_organiser_comes_in_with_a_code(here: Town, client: Client) -> None:
    answer = sign_in_by_mail(client, here.rosa, "/organisator/")
    assert (answer.status_code, answer["Location"]) == (302, "/organisator/")
    assert set(client.cookies) - {"csrftoken"} == {"opvangloket_organiser"}
    assert client.cookies["opvangloket_organiser"]["path"] == "/organisator/"
    with across_desks("test"):
        event = AuditEvent.objects.get(action="session.open")
    assert (event.actor_id, event.codes) == (here.rosa.id, ["code"])


def test_everybody_goes_where_they_wanted(here: Town, client: Client) -> None:
    answer = sign_in_by_mail(client, here.rosa, "/organisator/", "?na=/organisator/vragen/%3Fp%3D2")
    assert answer["Location"] == "/organisator/vragen/?p=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:x"])
def test_nobody_is_sent_to_another_site(here: Town, client: Client, elsewhere: str) -> None:
    answer = sign_in_by_mail(client, here.rosa, "/organisator/", f"?na={elsewhere}")
    assert answer["Location"] == "/organisator/"


def test_an_account_of_one_audience_is_unknown_at_the_other_door(here: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", here.karel.email)
    assert mailbox(search=here.karel.email) == ()


def test_whether_an_address_is_known_is_not_to_be_seen(here: Town, client: Client) -> None:
    pages = []
    for address in (here.rosa.email, "niemand@nergens.example"):
        answer = ask(client, "/organisator/aanmelden/", address)
        body = re.sub(r"csrfmiddlewaretoken\S+ value=\S+", "", answer.content.decode())
        pages.append(body.replace(address, "ADDRESS"))
    assert pages[0] == pages[1]
    refusal = give(client, "/organisator/aanmelden/code/", "000000").content.decode()
    assert "klopt niet" in refusal


def test_a_wrong_code_opens_nothing(here: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", here.rosa.email)
    answer = give(client, "/organisator/aanmelden/code/", wrong(code_for(here.rosa.email)))
    assert answer.status_code == 200
    assert "klopt niet" in answer.content.decode()


def test_an_account_that_was_closed_does_not_come_in(here: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", here.rosa.email)
    Account.objects.filter(id=here.rosa.id).update(active=False)
    assert give(client, "/organisator/aanmelden/code/", code_for(here.rosa.email)).status_code == 200


def test_the_code_page_without_an_address_leads_back(client: Client) -> None:
    assert client.get("/organisator/aanmelden/code/")["Location"] == "/organisator/aanmelden/"


def test_too_many_codes_for_an_address_is_the_waiting_page(here: Town, client: Client) -> None:
    statuses = [
        ask(client, "/organisator/aanmelden/", here.rosa.email, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]


def test_too_many_codes_for_one_client_is_the_waiting_page(here: Town, client: Client) -> None:
    statuses = [ask(client, "/organisator/aanmelden/", f"a{n}@nergens.example").status_code for n in range(31)]
    assert statuses == [200] * 30 + [429]


def test_too_many_tries_is_the_waiting_page(here: Town, client: Client) -> None:
    ask(client, "/organisator/aanmelden/", here.rosa.email)
    statuses = [give(client, "/organisator/aanmelden/code/", "000000").status_code for _ in range(16)]
    assert statuses == [200] * 15 + [429]


# Desks


def digits_of(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.wall_time())


def enrol(client: Client, account: Account) -> Any:
    """Come in for the first time: mail code, then a phone."""
    assert sign_in_by_mail(client, account, "/werk/")["Location"] == "/werk/aanmelden/telefoon/"
    shown = client.get("/werk/aanmelden/telefoon/").content.decode()
    [secret] = re.findall(r'secret">([A-Z2-7 ]+)<', shown)
    assert "data:image/svg+xml" in shown
    return give(client, "/werk/aanmelden/telefoon/", digits_of(secret.replace(" ", "")))


def test_desk_staff_link_a_phone_the_first_time(here: Town, client: Client) -> None:
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"
    assert enrol(client, here.amina)["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/ninove/"


def test_mail_alone_does_not_open_the_desk(here: Town, client: Client) -> None:
    sign_in_by_mail(client, here.amina, "/werk/")
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"


def test_the_next_time_the_phone_is_asked_and_its_digits_work_once(here: Town, client_for: Any) -> None:
    first, second, third = client_for(), client_for(), client_for()
    enrol(first, here.amina)
    secret = Account.objects.get(id=here.amina.id).totp_secret
    with clock.stopped_at(here.now + timedelta(minutes=2)):
        sign_in_by_mail(second, here.amina, "/werk/")
        assert secret not in second.get("/werk/aanmelden/telefoon/").content.decode().replace(" ", "")
        digits = digits_of(secret)
        assert give(second, "/werk/aanmelden/telefoon/", digits).status_code == 302
        sign_in_by_mail(third, here.amina, "/werk/")
        assert "klopt niet" in give(third, "/werk/aanmelden/telefoon/", digits).content.decode()


def test_five_wrong_digits_is_the_waiting_page(here: Town, client: Client) -> None:
    sign_in_by_mail(client, here.amina, "/werk/")
    statuses = [give(client, "/werk/aanmelden/telefoon/", "000000").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_the_phone_is_awaited_for_ten_minutes(here: Town, client: Client) -> None:
    sign_in_by_mail(client, here.amina, "/werk/")
    with clock.stopped_at(here.now + timedelta(minutes=11)):
        assert client.get("/werk/aanmelden/telefoon/")["Location"] == "/werk/aanmelden/"


def test_somebody_with_two_desks_chooses(here: Town, client: Client) -> None:
    with across_desks("test"):
        DeskMembership.objects.create(
            desk=here.overstroom, account=here.amina, role=DeskRole.WORKER, start_on=here.today
        )
    enrol(client, here.amina)
    shown = client.get("/werk/").content.decode()
    assert "/werk/ninove/" in shown
    assert "/werk/overstroom/" in shown


def test_going_out_takes_a_button(here: Town, client: Client) -> None:
    enrol(client, here.amina)
    assert client.get("/werk/afmelden/").status_code == 200
    assert client.get("/werk/").status_code == 302
    assert client.get("/werk/")["Location"] == "/werk/ninove/"
    client.post("/werk/afmelden/")
    assert client.get("/werk/")["Location"] == "/werk/aanmelden/"


# Families


def test_a_family_opens_all_its_requests_with_its_address(here: Town, client: Client) -> None:
    noor = here.ask(here.noor())
    here.ask(here.deniz())
    ask(client, "/ninove/aanmelden/", f" {SARA.email.upper()} ")
    answer = give(client, "/ninove/aanmelden/code/", code_for(SARA.email))
    assert answer["Location"] == "/ninove/mijn/"
    assert client.cookies["opvangloket_family"]["path"] == "/"
    assert family_session(client)["requests"] == {str(here.ninove.id): [str(noor.request_id)]}
    with here.at_desk():
        assert AuditEvent.objects.filter(action="session.open", request_id=noor.request_id).count() == 1


def test_a_reference_is_enough_to_get_a_code_and_not_to_come_in(here: Town, client: Client) -> None:
    noor = here.ask(here.noor())
    shown = ask(client, "/ninove/aanmelden/", noor.reference.lower()).content.decode()
    assert SARA.email not in shown
    assert noor.reference.lower() in shown
    assert give(client, "/ninove/aanmelden/code/", wrong(code_for(SARA.email))).status_code == 200
    assert give(client, "/ninove/aanmelden/code/", code_for(SARA.email)).status_code == 302


def test_an_unknown_reference_gets_the_same_answer(here: Town, client: Client) -> None:
    noor = here.ask(here.noor())
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


def test_a_request_of_another_desk_stays_unknown(here: Town, client: Client) -> None:
    noor = here.ask(here.noor())
    ask(client, "/overstroom/aanmelden/", SARA.email)
    ask(client, "/overstroom/aanmelden/", noor.reference)
    assert [mail for mail in mailbox(search=SARA.email) if "aan te melden" in mail.row.subject] == []


@pytest.mark.parametrize("typed", ["", "iets", "sara@", "12345678"])
def test_what_is_neither_an_address_nor_a_reference_is_said(here: Town, client: Client, typed: str) -> None:
    answer = client.post("/ninove/aanmelden/", {"address": typed})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()


def test_a_family_goes_out(here: Town, client: Client) -> None:
    here.ask(here.noor())
    ask(client, "/ninove/aanmelden/", SARA.email)
    give(client, "/ninove/aanmelden/code/", code_for(SARA.email))
    assert client.post("/ninove/afmelden/")["Location"] == "/ninove/"
    assert family_session(client).get("requests") is None


def test_a_desk_that_does_not_exist_has_no_door(client: Client) -> None:
    assert client.get("/nergens/aanmelden/").status_code == 404


# Demonstration links


def test_a_demo_link_signs_in_at_its_own_door_only(here: Town, client: Client) -> None:
    token = demo_links.account_token(here.karel.id)
    assert client.get(f"/organisator/demo/{token}/").status_code == 404
    assert client.get(f"/werk/demo/{token}/")["Location"] == "/werk/"
    assert client.get("/werk/")["Location"] == "/werk/ninove/"


def test_a_demo_link_opens_a_family_at_its_own_desk_only(here: Town, client: Client) -> None:
    noor = here.ask(here.noor())
    token = demo_links.family_token(here.ninove.id, [noor.request_id])
    assert client.get(f"/overstroom/demo/{token}/").status_code == 404
    assert client.get(f"/ninove/demo/{token}/")["Location"] == "/ninove/mijn/"
    assert client.get("/ninove/demo/onzin/").status_code == 404


def test_outside_a_playground_a_demo_link_opens_nothing(here: Town, client: Client, settings: Any) -> None:
    token = demo_links.account_token(here.karel.id)
    settings.PLAYGROUND = False
    assert client.get(f"/werk/demo/{token}/").status_code == 404
    assert client.get("/postvak-demo/").status_code == 404


def test_a_link_for_somebody_who_left_opens_nothing(here: Town, client: Client) -> None:
    assert client.get(f"/werk/demo/{demo_links.account_token(new_id())}/").status_code == 404

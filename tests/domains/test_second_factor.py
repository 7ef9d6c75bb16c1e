"""The digits of the phone: right, in time, once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
import pytest

from opvangloket.foundation.accounts import demo_links, totp
from opvangloket.foundation.accounts.models import Account, Audience
from opvangloket.foundation.ids import new_id

NOW = datetime(2026, 11, 20, 9, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def digits(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


@pytest.fixture
def karel(db: None) -> UUID:
    return Account.objects.create(audience=Audience.DESK, email="karel@ninove.example", name="Karel", created_at=NOW).id


def test_enrolling_takes_the_digits_of_the_new_secret(karel: UUID) -> None:
    assert not totp.confirm(account_id=karel, secret=SECRET, digits="000000", at=NOW)
    assert Account.objects.get().totp_confirmed_at is None
    assert totp.confirm(account_id=karel, secret=SECRET, digits=digits(NOW), at=NOW)
    assert Account.objects.get().totp_confirmed_at == NOW


def test_the_digits_that_enrolled_do_not_open_as_well(karel: UUID) -> None:
    totp.confirm(account_id=karel, secret=SECRET, digits=digits(NOW), at=NOW)
    assert not totp.check(account_id=karel, digits=digits(NOW), at=NOW)


def test_an_enrolled_account_keeps_its_secret(karel: UUID) -> None:
    totp.confirm(account_id=karel, secret=SECRET, digits=digits(NOW), at=NOW)
    other = totp.new_secret()
    assert not totp.confirm(account_id=karel, secret=other, digits=pyotp.TOTP(other).at(NOW), at=NOW)
    assert Account.objects.get().totp_secret == SECRET


def test_digits_open_once(karel: UUID) -> None:
    totp.confirm(account_id=karel, secret=SECRET, digits=digits(NOW), at=NOW)
    later = NOW + timedelta(minutes=5)
    assert totp.check(account_id=karel, digits=f" {digits(later)[:3]} {digits(later)[3:]}", at=later)
    assert not totp.check(account_id=karel, digits=digits(later), at=later)
    assert not totp.check(account_id=karel, digits=digits(later - timedelta(seconds=30)), at=later)
    assert totp.check(account_id=karel, digits=digits(later + timedelta(seconds=30)), at=later)


@pytest.mark.parametrize(("seconds_off", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_run_half_a_minute_off(karel: UUID, seconds_off: int, opens: bool) -> None:
    totp.confirm(account_id=karel, secret=SECRET, digits=digits(NOW), at=NOW)
    later = NOW + timedelta(minutes=5)
    assert totp.check(account_id=karel, digits=digits(later + timedelta(seconds=seconds_off)), at=later) is opens


def test_without_enrolment_nothing_opens(karel: UUID) -> None:
    assert not totp.check(account_id=karel, digits=digits(NOW), at=NOW)
    assert not totp.check(account_id=new_id(), digits=digits(NOW), at=NOW)


def test_the_qr_code_is_an_image_that_the_page_may_show() -> None:
    shown = totp.enrolment(secret=SECRET, address="karel@ninove.example")
    assert shown.qr_code.startswith("data:image/svg+xml")
    assert shown.secret_in_groups.split()[0] == "JBSW"
    assert len(totp.new_secret()) == 32


def test_a_demo_link_names_an_account_or_a_family() -> None:
    account, desk, requests = new_id(), new_id(), frozenset({new_id(), new_id()})
    assert demo_links.read_token(demo_links.account_token(account)) == demo_links.DemoAccount(account)
    assert demo_links.read_token(demo_links.family_token(desk, requests)) == demo_links.DemoFamily(desk, requests)


def test_a_demo_link_of_somebody_else_or_outside_a_playground_opens_nothing(settings: pytest.FixtureRequest) -> None:
    token = demo_links.account_token(new_id())
    assert demo_links.read_token(f"{token}x") is None
    settings.PLAYGROUND = False  # type: ignore[attr-defined]
    assert demo_links.read_token(token) is None

"""Opening a desk, giving people their roles, and organisers who come in with their registered address."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.cast import Town, town
from tests.web.conftest import NOW

from opvangloket.domains.providers.models import Location, Organiser
from opvangloket.domains.providers.people import account_of_registered_address, is_registered_address
from opvangloket.foundation.accounts.models import Account, Audience, DeskMembership, DeskRole, OrganiserMembership
from opvangloket.foundation.accounts.people import NoSuchPerson, end_desk_role, forget_phone, give_desk_role
from opvangloket.foundation.accounts.sessions import role_at_desk
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.audit.record import SYSTEM
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.opening import DeskRefused, NewDesk, open_desk
from opvangloket.foundation.tenancy.scopes import across_desks

pytestmark = pytest.mark.django_db
AALST = NewDesk(slug="aalst", name="Opvangloket Aalst", operator="Stad Aalst", territory=("41002",))


@pytest.fixture
def here() -> Town:
    return town(NOW)


def test_a_desk_opens_and_it_is_written_down() -> None:
    desk_id = open_desk(desk=AALST, now=NOW)
    assert Desk.objects.get(id=desk_id).territory == ["41002"]
    with across_desks("looking at the log"):
        assert AuditEvent.objects.filter(action="desk.open", desk_id=desk_id).exists()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"slug": "Aalst!"}, "adres"),
        ({"slug": "werk"}, "adres"),
        ({"territory": ()}, "gemeente"),
        ({"territory": ("41002", "99999")}, "99999"),
    ],
)
def test_a_desk_that_cannot_be_is_refused_in_words(changed: dict[str, object], word: str) -> None:
    with pytest.raises(DeskRefused, match=word):
        open_desk(
            desk=NewDesk(**{"slug": "aalst", "name": "A", "operator": "B", "territory": ("41002",)} | changed), now=NOW
        )  # type: ignore[arg-type]
    assert not Desk.objects.exists()


def test_a_desk_opens_once() -> None:
    open_desk(desk=AALST, now=NOW)
    with pytest.raises(DeskRefused, match="al een loket"):
        open_desk(desk=AALST, now=NOW)


def test_a_new_role_takes_the_place_of_the_old_one(here: Town) -> None:
    for role in (DeskRole.WORKER, DeskRole.LEAD):
        give_desk_role(
            desk_id=here.ninove.id, address="Nele@ninove.example", name="Nele", role=role, actor=SYSTEM, now=NOW
        )
    nele = Account.objects.get(audience=Audience.DESK, email="nele@ninove.example")
    with across_desks("looking at roles"):
        assert role_at_desk(nele, here.ninove.id, here.today) == DeskRole.LEAD
        assert DeskMembership.objects.filter(account=nele, end_on=None).count() == 1


def test_a_role_ends_today(here: Town) -> None:
    end_desk_role(desk_id=here.ninove.id, address=here.amina.email, actor=SYSTEM, now=NOW)
    with across_desks("looking at roles"):
        assert role_at_desk(here.amina, here.ninove.id, here.today) is None
    with pytest.raises(NoSuchPerson):
        end_desk_role(desk_id=here.ninove.id, address=here.amina.email, actor=SYSTEM, now=NOW)


def test_a_lost_phone_is_let_go(here: Town) -> None:
    Account.objects.filter(id=here.amina.id).update(totp_secret="S", totp_confirmed_at=NOW, totp_last_step=3)
    forget_phone(address=here.amina.email, actor=SYSTEM, now=NOW)
    amina = Account.objects.get(id=here.amina.id)
    assert (amina.totp_secret, amina.totp_confirmed_at, amina.totp_last_step) == ("", None, None)


def test_an_organiser_comes_in_with_its_registered_address_once_proved(here: Town) -> None:
    assert is_registered_address("INFO@regenboog.example", today=NOW.date())
    account = account_of_registered_address("info@regenboog.example", now=NOW)
    assert account is not None
    with across_desks("looking at roles"):
        [membership] = OrganiserMembership.objects.filter(account=account)
    assert (membership.organiser_id, membership.location_id) == (here.regenboog.id, None)


def test_a_location_reaches_itself_alone(here: Town) -> None:
    account = account_of_registered_address("de-regenboog-centrum@opvang.example", now=NOW)
    assert account is not None
    with across_desks("looking at roles"):
        [membership] = OrganiserMembership.objects.filter(account=account)
    assert membership.location_id == here.regenboog_centrum.id


def roles_of(account: Account) -> list[tuple[UUID, UUID | None]]:
    with across_desks("looking at roles"):
        rows = OrganiserMembership.objects.filter(account=account).order_by("id")
        return list(rows.values_list("organiser_id", "location_id"))


def test_one_address_of_two_organisers_opens_both(here: Town) -> None:
    address = "samen@opvang.example"
    Organiser.objects.filter(id=here.mia.id).update(email=address)
    here_too = (here.regenboog_centrum.id, here.regenboog_denderhof.id)
    Location.objects.filter(id__in=here_too).update(email=address)
    for _again in range(2):
        account = account_of_registered_address(address, now=NOW)
        assert account is not None
        assert roles_of(account) == [(here.mia.id, None), *((here.regenboog.id, one) for one in here_too)]


def test_a_role_that_was_ended_is_not_opened_again_by_its_mail(here: Town) -> None:
    account = account_of_registered_address(here.regenboog.email, now=NOW)
    with across_desks("ending a role"):
        OrganiserMembership.objects.filter(account=account).update(end_on=NOW.date())
    assert account_of_registered_address(here.regenboog.email, now=NOW) == account
    assert account is not None
    assert len(roles_of(account)) == 1


def test_a_location_that_will_close_comes_in_until_that_day(here: Town) -> None:
    address = "de-regenboog-centrum@opvang.example"
    Location.objects.filter(id=here.regenboog_centrum.id).update(closed_on=NOW.date() + timedelta(days=1))
    assert is_registered_address(address, today=NOW.date())
    assert not is_registered_address(address, today=NOW.date() + timedelta(days=1))
    assert account_of_registered_address(address, now=NOW + timedelta(days=1)) is None
    assert account_of_registered_address(address, now=NOW) is not None


def test_an_account_that_was_closed_is_not_opened_again(here: Town) -> None:
    account = account_of_registered_address("info@regenboog.example", now=NOW)
    assert account is not None
    Account.objects.filter(id=account.id).update(active=False)
    assert account_of_registered_address("info@regenboog.example", now=NOW) is None


@pytest.mark.parametrize("address", ["", "  ", "niemand@voorbeeld.be"])
def test_other_addresses_open_nothing(here: Town, address: str) -> None:
    Organiser.objects.filter(id=here.mia.id).update(email="")
    Location.objects.filter(id=here.mias_nestje.id).update(email="")
    assert not is_registered_address(address, today=NOW.date())
    assert account_of_registered_address(address, now=NOW) is None

"""The people of an organiser: invited by mail, for some locations, until a day; nobody else's people."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Town
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor

from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import Account, OrganiserMembership, OrganiserRole
from opvangloket.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/organisator/medewerkers/"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def day(prefix: str, on: date) -> dict[str, str]:
    return {f"{prefix}_day": str(on.day), f"{prefix}_month": str(on.month), f"{prefix}_year": str(on.year)}


def typed(**different: Any) -> dict[str, Any]:
    stand_in = {"name": "Ines", "address": "ines@opvang.example", "role": "stand_in"}
    return {**stand_in, **day("start_on", FIRST), **day("until_on", LAST), **different}


def ines() -> Account:
    return Account.objects.get(email="ines@opvang.example")


def test_a_stand_in_is_invited_by_mail_and_ends_by_itself(client_for: ClientFor, here: Town) -> None:
    assert PAGE in words(client_for(here.rosa).get("/organisator/locaties/"))
    assert PAGE in words(client_for(here.mia_account).get("/organisator/locaties/mias-nestje/"))
    page = words(client_for(here.rosa).post(PAGE, typed(), follow=True))
    assert "Ines kreeg een mail om binnen te komen." in page
    assert "Tot en met zondag 8 maart 2026." in page
    with looking():
        mail = Message.objects.get(template="colleague_invited")
    assert (mail.recipient, "De Regenboog vzw" in mail.text) == ("ines@opvang.example", True)
    for later, status in ((timedelta(0), 200), (timedelta(days=6), 200), (timedelta(days=7), 302)):
        with clock.stopped_at(here.now + later):
            assert client_for(ines()).get("/organisator/").status_code == status


def test_a_stand_in_answers_in_its_time_and_changes_nothing_of_the_location(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(locations=[str(here.regenboog_centrum.id)]))
    first, second = asks(here), asks(here, here.deniz())
    client = client_for(ines())
    inbox = words(client.get("/organisator/"))
    assert "2 vragen wachten op jouw antwoord" in inbox
    assert "Denderhof" not in inbox
    no = {"kind": "no", "no-reason": "volzet"}

    def address(journey: Journey) -> str:
        return f"/organisator/vraag/{journey.registered.reference}/de-regenboog-centrum/antwoord/"

    assert "Je antwoord is verstuurd" in words(client.post(address(first), no, follow=True))
    assert client.get("/organisator/locaties/de-regenboog-centrum/open-vragen.pdf").status_code == 200
    for act in ("weeklijst/", "klopt/", "bijhouden/", "sluiten/"):
        assert client.post(f"/organisator/locaties/de-regenboog-centrum/{act}").status_code == 403
    with clock.stopped_at(here.now + timedelta(days=7)):
        assert client_for(ines()).post(address(second), no).status_code == 302
    states = [journey.states()["De Regenboog Centrum"] for journey in (first, second)]
    assert states == ["answered_no", "sent"]


def test_a_role_that_starts_later_opens_nothing_yet(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(**day("start_on", FIRST + timedelta(days=3))))
    answer = client_for(ines()).get("/organisator/", follow=True)
    assert answer.status_code == 403
    assert "Je werkt voor De Regenboog vzw vanaf donderdag 5 maart 2026." in words(answer)
    with clock.stopped_at(here.now + timedelta(days=3)):
        assert client_for(ines()).get("/organisator/").status_code == 200


def test_staff_sees_only_the_locations_it_is_for(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(role="location_staff", locations=[str(here.regenboog_centrum.id)]))
    client = client_for(ines())
    assert client.get("/organisator/locaties/de-regenboog-centrum/").status_code == 200
    assert client.get("/organisator/locaties/de-regenboog-denderhof/").status_code == 404
    assert client.get(PAGE).status_code == 403
    assert "Vraag het aan Rosa." in words(client.post(PAGE, typed()))


def test_who_works_elsewhere_may_work_here_too(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(address=here.wim.email))
    page = words(client_for(here.wim).get("/organisator/werk-voor/"))
    assert "Medewerker van alle locaties" in page
    assert "Vervanger van alle locaties" in page


def test_ending_a_role_shuts_the_door(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    rosa.post(PAGE, typed())
    rosa.post(f"{PAGE}stop/", {"account": str(ines().id)})
    assert "Ines" not in words(rosa.get(PAGE)).replace("Ines kreeg", "")
    answer = client_for(ines()).get("/organisator/", follow=True)
    assert answer.status_code == 403
    assert "Je werkte voor De Regenboog vzw tot en met zondag 1 maart 2026." in words(answer)


@pytest.mark.parametrize(
    ("different", "told"),
    [
        ({"until_on_day": "", "until_on_month": "", "until_on_year": ""}, "Vul de laatste dag in van een vervanger."),
        (day("until_on", FIRST - timedelta(days=1)), "de laatste dag komt daarna"),
        (day("start_on", FIRST - timedelta(days=1)), "ten vroegste vandaag"),
        ({"address": "rosa@opvang.example"}, "Dit adres heeft hier al een rol."),
        ({"role": "manager"}, "Fout:"),
    ],
)
def test_what_cannot_be_stays_typed(client_for: ClientFor, here: Town, different: dict[str, str], told: str) -> None:
    page = words(client_for(here.rosa).post(PAGE, typed(**different)))
    assert told in page
    assert 'value="Ines"' in page
    with looking():
        assert not Message.objects.filter(template="colleague_invited").exists()


def test_another_organiser_and_a_manager_are_out_of_reach(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    assert rosa.post(PAGE, typed(locations=[str(here.mias_nestje.id)])).status_code == 200
    for account in (here.wim, here.rosa):
        assert rosa.post(f"{PAGE}stop/", {"account": str(account.id)}).status_code == 404
    assert client_for(here.wim).get(PAGE).status_code == 403
    with looking():
        assert OrganiserMembership.objects.filter(end_on=None, role=OrganiserRole.MANAGER).count() == 2
    assert "Wim" not in words(rosa.get(PAGE))


def test_who_is_not_signed_in_goes_to_the_door(client_for: ClientFor) -> None:
    assert "/organisator/aanmelden/" in client_for().get(PAGE)["Location"]

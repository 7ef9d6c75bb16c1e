"""The people of an organiser: invited by mail, for some locations, until a day; nobody else's people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import day
from tests.web.reading import words

from opvangloket.domains.providers.models import Tariff, Vacancy
from opvangloket.domains.providers.vacancies import NewVacancy, declare_vacancy
from opvangloket.foundation import clock
from opvangloket.foundation.accounts.models import Account, Audience, OrganiserMembership, OrganiserRole, RoleProposal
from opvangloket.foundation.messages.models import Message
from opvangloket.rules.patterns import WeekPattern

pytestmark = pytest.mark.django_db
PAGE = "/organisator/medewerkers/"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)


def typed(**different: Any) -> dict[str, Any]:
    stand_in = {"name": "Ines", "address": "ines@opvang.example", "role": "stand_in"}
    return {**stand_in, **day("start_on", FIRST), **day("until_on", LAST), **different}


def ines() -> Account:
    return Account.objects.get(email="ines@opvang.example")


def role_of(account: Account) -> str:
    with looking():
        return str(OrganiserMembership.objects.filter(account=account).latest("id").id)


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


@pytest.fixture
def both(client_for: ClientFor, here: Town) -> PageClient:
    """Ines is staff at Denderhof, and stands in for a week at Centrum."""
    rosa, centrum, denderhof = client_for(here.rosa), here.regenboog_centrum, here.regenboog_denderhof
    no_end = {f"until_on_{part}": "" for part in ("day", "month", "year")}
    rosa.post(PAGE, typed(role="location_staff", locations=[str(denderhof.id)], **no_end))
    page = words(rosa.post(PAGE, typed(locations=[str(centrum.id)]), follow=True))
    assert "Ines kreeg een mail om binnen te komen." in page
    return client_for(ines())


def test_who_is_staff_at_one_location_may_stand_in_at_another(both: PageClient, here: Town) -> None:
    """Each role gives its own rights, at its own locations only."""
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    own, other = (f"/organisator/locaties/de-regenboog-{name}/" for name in ("denderhof", "centrum"))
    asks(here, here.deniz())
    inbox = words(both.get("/organisator/"))
    assert "Denderhof" in inbox
    assert "Centrum" in inbox
    assert f"{own}bijhouden/" in words(both.get(own))
    assert f"{other}bijhouden/" not in words(both.get(other))
    assert both.get(f"{own}bijhouden/").status_code == 200
    refused = both.get(f"{other}bijhouden/")
    assert (refused.status_code, "Vraag het aan Rosa." in words(refused)) == (403, True)
    assert both.post(f"{other}klopt/").status_code == 403
    assert both.post(f"{own}klopt/").status_code == 302
    assert both.get("/organisator/locaties/mias-nestje/bijhouden/").status_code == 404
    assert both.get(PAGE).status_code == 403


def test_a_role_that_ends_leaves_the_other_one(both: PageClient, client_for: ClientFor, here: Town) -> None:
    with clock.stopped_at(here.now + timedelta(days=7)):
        assert client_for(ines()).get("/organisator/locaties/de-regenboog-centrum/").status_code == 404
        assert client_for(ines()).get("/organisator/locaties/de-regenboog-denderhof/").status_code == 200
    rosa = client_for(here.rosa)
    page = words(rosa.get(PAGE))
    assert "De Regenboog Denderhof" in page
    assert "De Regenboog Centrum · Tot en met zondag 8 maart 2026." in page
    rosa.post(f"{PAGE}stop/", {"role": role_of(ines())})  # the last one: standing in
    assert both.get("/organisator/locaties/de-regenboog-centrum/").status_code == 404
    assert both.get("/organisator/locaties/de-regenboog-denderhof/").status_code == 200


@pytest.mark.parametrize("where", ["both", "all"])
def test_a_second_role_is_for_other_locations(both: PageClient, client_for: ClientFor, here: Town, where: str) -> None:
    locations = [str(one.id) for one in (here.regenboog_centrum, here.regenboog_denderhof)]
    refused = client_for(here.rosa).post(PAGE, typed(locations=locations if where == "both" else []))
    assert "kies alleen locaties waar dit adres nog niet werkt" in words(refused)


def test_two_roles_are_told_with_their_locations(both: PageClient, here: Town) -> None:
    with looking():
        OrganiserMembership.objects.create(
            account=ines(), organiser_id=here.mia.id, role=OrganiserRole.STAND_IN, start_on=FIRST, end_on=LAST
        )
    page = words(both.get("/organisator/werk-voor/"))
    assert "Medewerker van De Regenboog Denderhof. Vervanger van De Regenboog Centrum" in page


def test_a_stand_in_confirms_free_places(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(locations=[str(here.regenboog_centrum.id)]))
    location = "/organisator/locaties/de-regenboog-centrum/"
    with here.at_organiser(here.regenboog_centrum):
        monday = NewVacancy(pattern=WeekPattern.full_days("ma"), start_on=here.today, tariff=Tariff.INCOME)
        vacancy = declare_vacancy(
            location_id=here.regenboog_centrum.id, vacancy=monday, actor=here.manager, now=here.now
        )
    ines_client = client_for(ines())
    with clock.stopped_at(here.now + timedelta(days=2)):
        assert "vrij/klopt/" in words(ines_client.get(location))
        ines_client.post(f"{location}vrij/klopt/", {"row": str(vacancy)})
        with looking():
            assert Vacancy.objects.get(id=vacancy).confirmed_on == here.today + timedelta(days=2)
    assert ines_client.post(f"{location}vrij/", {}).status_code == 403
    with clock.stopped_at(here.now + timedelta(days=7)):
        assert ines_client.post(f"{location}vrij/klopt/", {"row": str(vacancy)}).status_code == 302
    with looking():
        assert Vacancy.objects.get(id=vacancy).confirmed_on == here.today + timedelta(days=2)


def test_who_works_elsewhere_may_work_here_too(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, typed(address=here.wim.email))
    page = words(client_for(here.wim).get("/organisator/werk-voor/"))
    assert "Medewerker van alle locaties" in page
    assert "Vervanger van alle locaties" in page


def test_ending_a_role_shuts_the_door(client_for: ClientFor, here: Town) -> None:
    rosa = client_for(here.rosa)
    rosa.post(PAGE, typed())
    rosa.post(f"{PAGE}stop/", {"role": role_of(ines())})
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
        ({"role": "desk_lead"}, "Fout:"),
        ({"role": "manager"}, "Een verantwoordelijke werkt voor alle locaties, zonder laatste dag."),
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
    assert rosa.post(f"{PAGE}stop/", {"role": role_of(here.wim)}).status_code == 404
    assert client_for(here.wim).get(PAGE).status_code == 403
    with looking():
        assert OrganiserMembership.objects.filter(end_on=None, role=OrganiserRole.MANAGER).count() == 2
    assert "Wim" not in words(rosa.get(PAGE))


def proposed(**different: Any) -> dict[str, Any]:
    until = {"until_on_day": "", "until_on_month": "", "until_on_year": ""}
    return typed(role="manager", **until, **different)


def second_manager(here: Town) -> Account:
    account = Account.objects.create(
        audience=Audience.ORGANISER, email="tom@opvang.example", name="Tom", created_at=here.now
    )
    with looking():
        OrganiserMembership.objects.create(
            organiser_id=here.regenboog.id, account=account, role=OrganiserRole.MANAGER, start_on=date(2020, 1, 1)
        )
    return account


def decision(client: Any, **act: str) -> str:
    with looking():
        proposal = RoleProposal.objects.latest("proposed_at").id
    return words(client.post(f"{PAGE}voorstel/", {"proposal": str(proposal), **act}, follow=True))


def test_a_second_manager_confirms_a_new_one(client_for: ClientFor, here: Town) -> None:
    rosa, tom = client_for(here.rosa), client_for(second_manager(here))
    page = words(rosa.post(PAGE, proposed(), follow=True))
    assert "Ines is voorgesteld. Een andere verantwoordelijke bevestigt." in page
    assert "Neem terug" in page
    assert 'name="confirm"' not in page
    assert "Je kan je eigen voorstel niet bevestigen." in decision(rosa, confirm="ja")
    page = words(tom.get(PAGE))
    assert "Voorgesteld door Rosa. Dit kan tot en met maandag 16 maart 2026." in page
    assert "Vraag het na bij Rosa. Bevestig daarna." in page
    assert "Ines is nu verantwoordelijke." in decision(tom, confirm="ja")
    assert client_for(ines()).get(PAGE).status_code == 200
    assert "Dit voorstel wacht niet meer." in decision(tom, confirm="ja")


def test_with_one_manager_the_desk_is_asked_and_the_proposal_can_be_taken_back(
    client_for: ClientFor, here: Town
) -> None:
    rosa = client_for(here.rosa)
    assert "Het loket belt je om dit te bevestigen." in words(rosa.post(PAGE, proposed(), follow=True))
    assert "Het loket belt om dit na te kijken." in words(rosa.get(PAGE))
    assert "Ines wordt geen verantwoordelijke." in decision(rosa)
    assert "Wacht op een tweede persoon" not in words(rosa.get(PAGE))


def test_a_proposal_of_another_organiser_is_not_there(client_for: ClientFor, here: Town) -> None:
    client_for(here.rosa).post(PAGE, proposed())
    mia = client_for(here.mia_account)
    assert "Ines" not in words(mia.get(PAGE))
    assert "Dit voorstel wacht niet meer." in decision(mia, confirm="ja")
    assert mia.post(f"{PAGE}voorstel/", {"proposal": "x"}).status_code == 404
    assert client_for(here.wim).post(f"{PAGE}voorstel/").status_code == 403
    assert "Wacht op een tweede persoon" in words(client_for(here.rosa).get(PAGE))


def test_a_manager_is_ended_by_another_one_but_the_last_one_stays(client_for: ClientFor, here: Town) -> None:
    tom = second_manager(here)
    rosa = client_for(here.rosa)
    rosa.post(f"{PAGE}stop/", {"role": role_of(tom)})
    assert client_for(tom).get(PAGE, follow=True).status_code == 403
    page = words(rosa.get(PAGE))
    assert "Stop deze rol" not in page
    page = words(rosa.post(f"{PAGE}stop/", {"role": role_of(here.rosa)}, follow=True))
    assert "Er blijft altijd één verantwoordelijke." in page


def test_the_page_asks_the_database_the_same_for_many_people(client_for: ClientFor, here: Town) -> None:
    client = client_for(here.rosa)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    client.post(PAGE, proposed())
    client.get(PAGE)
    few = queries()
    for number in range(5):
        client.post(PAGE, proposed(address=f"n{number}@opvang.example"))
        client.post(PAGE, typed(address=f"v{number}@opvang.example"))
    client.get(PAGE)
    assert queries() == few


def test_who_is_not_signed_in_goes_to_the_door(client_for: ClientFor) -> None:
    assert "/organisator/aanmelden/" in client_for().get(PAGE)["Location"]

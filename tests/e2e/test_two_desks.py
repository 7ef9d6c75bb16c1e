"""One login for locations that two desks ask: one inbox, and for each question the rules and words of its own desk."""

from datetime import date
from typing import Any

from playwright.sync_api import expect
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.asking import questions
from opvangloket.domains.providers.models import DeskRelation, LocationInDesk
from opvangloket.domains.requests.actions import AskedChild, Channel
from opvangloket.foundation.audit.record import Actor, ActorKind
from opvangloket.foundation.tenancy.models import ProcedureVersion
from opvangloket.rules.procedure import Procedure


def asks_over_the_border(here: Town) -> Journey:
    """Let a family ask Denderhof at the other desk, which shows names only after the first answer."""
    with here.at_desk(here.overstroom):
        ProcedureVersion.objects.create(
            desk=here.overstroom,
            number=1,
            valid_from=here.today,
            values=Procedure(blind_first_answer=True).to_mapping(),
            reason="keuze voor deze test",
            made_at=here.now,
            made_by_id=here.stranger.id,
        )
    with looking():
        LocationInDesk.objects.create(
            location=here.regenboog_denderhof,
            desk=here.overstroom,
            relation=DeskRelation.VIEW,
            start_on=date(2020, 1, 1),
        )
    wout = AskedChild(first_name="Wout", last_name="Claes", birth_on=here.today)
    question = here.noor(channel=Channel.PHONE, child=wout, location_ids=(here.regenboog_denderhof.id,))
    stranger = Actor(ActorKind.DESK_LEAD, here.stranger.id, here.stranger.name)
    facts: dict[str, Any] = {"questions": [question], "actor": stranger, "now": here.now}
    with here.at_desk(here.overstroom):
        [registered] = questions.ask(desk_id=here.overstroom.id, randomness=here.randomness, **facts)
    return Journey(here=here, registered=registered, now=here.now)


def say_yes(page: Any) -> None:
    page.get_by_role("button", name="Stel deze plaats voor").click()
    expect(page.locator("h1")).to_have_text("Je antwoord is verstuurd")


def test_each_question_keeps_the_rules_of_its_own_desk(site: Site) -> None:
    here = site.here
    for location in (here.regenboog_centrum, here.regenboog_denderhof):
        plan_places(location, 2, from_on=here.today)
    near, over = asks(here), asks_over_the_border(here)
    page = site.visit("/organisator/", here.rosa, width=360)
    expect(page.locator("h1")).to_have_text("2 vragen wachten op jouw antwoord")
    open_row = page.locator(".worklist-row", has_text="Opvangloket Ninove")
    blind_row = page.locator(".worklist-row", has_text="Loket Overstroom")
    expect(open_row).to_contain_text("Noor Peeters")
    expect(blind_row).to_contain_text("Kind, ")
    expect(page.locator("main")).not_to_contain_text("Wout")
    site.check(page)

    blind_row.get_by_role("link", name="Antwoorden").click()
    expect(page.locator("main")).to_contain_text("bij Loket Overstroom")
    expect(page.locator("main")).not_to_contain_text("Wout")
    say_yes(page)
    page.goto(f"{site.address}/organisator/vraag/{over.registered.reference}/de-regenboog-denderhof/")
    expect(page.locator("main")).to_contain_text("Wout Claes")

    page.goto(f"{site.address}/organisator/")
    expect(page.locator("h1")).to_have_text("1 vraag wacht op jouw antwoord")
    open_row.get_by_role("link", name="Antwoorden").click()
    expect(page.locator("h1")).to_contain_text("Noor Peeters")
    expect(page.locator("main")).to_contain_text("bij Opvangloket Ninove")
    say_yes(page)

    for journey, desk, other, account in (
        (near, "ninove", over, here.karel),
        (over, "overstroom", near, here.stranger),
    ):
        file = site.visit(f"/werk/{desk}/gezin/{journey.registered.reference}/", account)
        expect(file.locator("main")).to_contain_text("De Regenboog")
        answer = file.request.get(f"{site.address}/werk/{desk}/gezin/{other.registered.reference}/")
        assert answer.status == 404

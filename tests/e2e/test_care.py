"""While a child is in care: its location changes days, its family reads them and says when it leaves, the desk follows."""

from datetime import date, timedelta
from typing import Any

from playwright.sync_api import expect
from tests.cast import Town, plan_places
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.care.start import confirm_start
from opvangloket.domains.distribution.placing.direct import place_directly
from opvangloket.domains.requests.actions import Channel, Registered
from opvangloket.rules.wording import dutch_date


def in_care(here: Town, *, since: int = 30) -> Registered:
    """Let Noor come to De Regenboog Centrum since so many days, on Mondays and Tuesdays."""
    for location in (here.regenboog_centrum, here.regenboog_denderhof):
        plan_places(location, 2, from_on=here.today - timedelta(days=60))
    question = here.noor(channel=Channel.ORGANISER, location_ids=(), start_on=here.today - timedelta(days=since))
    with here.at_organiser(here.regenboog_centrum):
        noor, placement_id = place_directly(
            desk_id=here.ninove.id,
            location_id=here.regenboog_centrum.id,
            question=question,
            actor=here.manager,
            now=here.now,
            randomness=here.randomness,
        )
        confirm_start(placement_id=placement_id, actor=here.manager, now=here.now)
    return noor


def fill_date(page: Any, group: str, day: date) -> None:
    """Type a date in its three fields."""
    fields = page.get_by_role("group", name=group)
    fields.get_by_label("Dag").fill(str(day.day))
    fields.get_by_label("Maand").fill(str(day.month))
    fields.get_by_label("Jaar").fill(str(day.year))


def tell_agreed(page: Any, here: Town) -> None:
    """Say that the family agreed today, and go on."""
    page.get_by_label("Ja, we spraken het af").check()
    fill_date(page, "Wanneer spraken jullie het af?", here.today)
    page.get_by_role("button", name="Ga verder").click()


def test_days_change_and_care_ends(site: Site) -> None:
    here = site.here
    noor, from_on, end_on = in_care(here), here.today + timedelta(days=20), here.today + timedelta(days=90)
    rosa = site.visit(f"/organisator/plaatsingen/{noor.reference}/de-regenboog-centrum/", here.rosa, width=360)
    site.check(rosa)
    rosa.get_by_role("link", name="Andere dagen of uren").click()
    expect(rosa.locator("h1")).to_have_text("Andere dagen of uren voor Noor Peeters")
    site.check(rosa)
    rosa.locator("td:has([name=week_wo_vm])").click()
    fill_date(rosa, "Vanaf welke dag?", from_on)
    tell_agreed(rosa, here)
    expect(rosa.get_by_text("Het gezin krijgt bericht.").first).to_be_visible()
    site.check(rosa)

    sara = site.visit(f"/ninove/mijn/{noor.reference}/", noor, width=360, java_script_enabled=False)
    expect(sara.get_by_text(f"Vanaf {dutch_date(from_on)}: maandag en dinsdag hele dag")).to_be_visible()
    sara.get_by_role("link", name="De opvang stopt").click()
    fill_date(sara, "Vanaf welke dag komt je kind niet meer?", end_on)
    sara.get_by_label("We verhuizen").check()
    sara.get_by_role("button", name="Ja, de opvang stopt").click()
    expect(sara.get_by_text(f"De opvang stopt op {dutch_date(end_on)}.").first).to_be_visible()
    expect(sara.get_by_role("button", name="Toch niet: de opvang gaat door")).to_be_visible()
    site.check(site.visit(f"/ninove/mijn/{noor.reference}/", noor, width=360))
    site.check(site.visit(f"/ninove/mijn/{noor.reference}/opvang-stopt/de-regenboog-centrum/", noor, width=360))

    assert dutch_date(end_on) in site.mail(here.regenboog_centrum.email, subject="stopt")
    amina = site.visit(f"/werk/ninove/gezin/{noor.reference}/", here.amina)
    expect(amina.get_by_text(f"Opvang bij De Regenboog Centrum stopt op {dutch_date(end_on)}").first).to_be_visible()
    site.check(amina)


def test_a_child_moves_within_its_organiser(site: Site) -> None:
    here = site.here
    noor, from_on = in_care(here), here.today + timedelta(days=20)
    rosa = site.visit(f"/organisator/plaatsingen/{noor.reference}/de-regenboog-centrum/verhuizen/", here.rosa)
    site.check(rosa)
    rosa.get_by_label("De Regenboog Denderhof").check()
    fill_date(rosa, "Vanaf welke dag?", from_on)
    tell_agreed(rosa, here)
    expect(rosa.get_by_text(f"Gaat vanaf {dutch_date(from_on)} naar De Regenboog Denderhof.")).to_be_visible()
    site.check(rosa)
    rosa.goto(f"{site.address}/organisator/plaatsingen/{noor.reference}/de-regenboog-denderhof/")
    expect(rosa.get_by_text("Komt van De Regenboog Centrum.")).to_be_visible()
    site.check(rosa)


def test_before_the_start_everything_is_arranged(site: Site) -> None:
    here = site.here
    noor, on = in_care(here, since=-40), here.today + timedelta(days=36)
    rosa = site.visit(f"/organisator/plaatsingen/{noor.reference}/de-regenboog-centrum/", here.rosa, width=360)
    site.check(rosa)
    rosa.get_by_role("link", name="De overeenkomst").click()
    site.check(rosa)
    rosa.get_by_label("Het opvangplan: de dagen en uren").check()
    rosa.get_by_role("button", name="Bewaren").click()
    expect(rosa.get_by_text("Er zijn nog 12 punten te regelen.")).to_be_visible()
    rosa.get_by_role("link", name="Wennen").click()
    expect(rosa.locator("h1")).to_have_text("Wennen")
    fill_date(rosa, "Op welke dag komt het kind wennen?", on)
    rosa.get_by_label("Van hoe laat?").fill("9.30")
    rosa.get_by_label("Tot hoe laat?").fill("11")
    rosa.get_by_role("button", name="Leg dit moment vast").click()
    expect(rosa.get_by_text("9.30 uur, 90 minuten")).to_be_visible()
    site.check(rosa)

    sara = site.visit(f"/ninove/mijn/{noor.reference}/", noor, width=360, java_script_enabled=False)
    expect(sara.get_by_text(f"{dutch_date(on)}, 9.30 uur")).to_be_visible()
    sara.get_by_text("Wat regel je nog met de opvang?").click()
    expect(sara.get_by_text("De overeenkomst, ondertekend door jullie beiden")).to_be_visible()
    site.check(site.visit(f"/ninove/mijn/{noor.reference}/", noor))
    amina = site.visit(f"/werk/ninove/gezin/{noor.reference}/", here.amina)
    expect(amina.get_by_text("De Regenboog Centrum regelt de overeenkomst")).to_be_visible()
    expect(amina.get_by_text("Wenmoment bij De Regenboog Centrum afgesproken")).to_be_visible()

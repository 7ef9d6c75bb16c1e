"""A location asks for other days, and the family agrees on its own page, with nothing but its browser."""

from datetime import timedelta

from playwright.sync_api import expect
from tests.cast import plan_places
from tests.domains.distribution.journey import YES, asks
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.care.start import confirm_start


def test_from_a_question_of_the_location_to_days_that_hold(site: Site) -> None:
    here = site.here
    plan_places(here.regenboog_centrum, 2, from_on=here.today)
    deniz = asks(here, here.deniz(start_on=here.today, location_ids=(here.regenboog_centrum.id,)))
    deniz.answers(here.regenboog_centrum, YES)
    deniz.accepts(here.regenboog_centrum)
    with here.at_desk():
        confirm_start(placement_id=deniz.placement().id, actor=here.worker, now=here.now)
    reference, from_on = deniz.registered.reference, here.today + timedelta(days=40)

    rosa = site.visit(f"/organisator/plaatsingen/{reference}/de-regenboog-centrum/", here.rosa, width=360)
    rosa.get_by_role("link", name="Andere dagen of uren").click()
    for box in ("maandag voormiddag", "vrijdag namiddag"):
        rosa.get_by_role("checkbox", name=box).click(force=True)
    for label, number in (("Dag", from_on.day), ("Maand", from_on.month), ("Jaar", from_on.year)):
        rosa.get_by_role("group", name="Vanaf welke dag?").get_by_label(label).fill(str(number))
    rosa.get_by_label("Nee, vraag het aan het gezin").check(force=True)
    rosa.get_by_role("button", name="Ga verder").click()
    expect(rosa.get_by_role("heading", name="Je vroeg dit aan het gezin")).to_be_visible()

    assert "stelt iets voor voor Deniz" in site.mail("elif.yilmaz@voorbeeld.be", subject="Een vraag over je opvang")
    family = site.visit(f"/ninove/mijn/{reference}/", deniz.registered, width=360, java_script_enabled=False)
    expect(family.locator(".next-step")).to_contain_text("De Regenboog Centrum stelt een verandering voor.")
    family.get_by_role("link", name="Bekijk en antwoord").click()
    family.get_by_label("Ja, dat is goed").check(force=True)
    family.get_by_role("button", name="Verstuur mijn antwoord").click()
    expect(family.get_by_text("Afgesproken, vanaf")).to_be_visible()

    rosa.reload()
    expect(rosa.get_by_role("heading", name="Je vroeg dit aan het gezin")).to_have_count(0)
    expect(rosa.get_by_text("komt het kind op:")).to_be_visible()

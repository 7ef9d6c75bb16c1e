"""An organisation with forty locations answers sixty questions in one go: sixty families get sixty messages."""

from playwright.sync_api import expect
from tests.cast import Town, open_location, plan_places
from tests.domains.distribution.journey import Journey, asks, looking
from tests.e2e.conftest import Site

from opvangloket.domains.distribution.models import Offer
from opvangloket.domains.providers.models import Location
from opvangloket.foundation.messages.models import Message
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.rules.patterns import WeekPattern

LOCATIONS, FAMILIES = 40, 60


def forty_locations_asked(here: Town) -> list[Journey]:
    """Let families ask forty locations of one organiser; each plans one place, so the second family finds none."""
    with across_desks("a test opens locations"):
        more = [
            open_location(here.regenboog, f"De Regenboog {number}", here.ninove, here.now)
            for number in range(3, LOCATIONS + 1)
        ]
    locations = [here.regenboog_centrum, here.regenboog_denderhof, *more]
    for location in locations:
        with here.at_organiser(location):
            plan_places(location, 1, from_on=here.today)
    week = WeekPattern.full_days("ma", "di")
    return [
        asks(here, location_ids=(locations[number % LOCATIONS].id,), pattern=week, part_of_week_ok=True)
        for number in range(FAMILIES)
    ]


def test_sixty_questions_are_answered_in_four_clicks(site: Site) -> None:
    journeys = forty_locations_asked(site.here)
    page = site.visit("/organisator/", site.here.rosa)
    expect(page.locator("h1")).to_have_text("60 vragen wachten op jouw antwoord")
    page.get_by_role("link", name="Beantwoord meer tegelijk").click()
    page.get_by_role("link", name="Vul in wat past").click()
    page.wait_for_url("**kies=past")
    site.check(page)
    page.get_by_role("button", name="Kijk na en verstuur").click()
    expect(page.locator("h1")).to_have_text("Klopt dit?")
    expect(page.locator(".lead")).to_contain_text("Je antwoordt 40 keer ja en 20 keer nee.")
    site.check(page)
    page.get_by_role("button", name="Verstuur 60 antwoorden").click()
    expect(page.locator("h1")).to_have_text("Alles is beantwoord")
    expect(page.locator("main")).to_contain_text("60 gezinnen kregen elk hun antwoord.")
    with looking():
        assert Offer.objects.filter(state="open").count() == LOCATIONS
        told = Message.objects.filter(template__in=("offer_made", "answer_no"))
        assert told.count() == told.values("request_id").distinct().count() == FAMILIES
    references = {journey.registered.reference for journey in journeys}
    for journey in journeys:
        [mail] = journey.mails("offer_made") + journey.mails("answer_no")
        named = {reference for reference in references if reference in mail.text}
        assert named <= {journey.registered.reference}


def test_a_few_are_chosen_by_hand_on_a_phone_without_script(site: Site) -> None:
    here = site.here
    ids = (here.regenboog_centrum.id,)
    first, second = asks(here, location_ids=ids), asks(here, here.deniz(), location_ids=ids)
    page = site.visit("/organisator/samen/", here.rosa, width=360, java_script_enabled=False)
    page.locator("select").first.wait_for()
    page.get_by_label("Noor").select_option(label="Nee")
    page.get_by_label("Boodschap aan elk gezin").fill("Vanaf september komt er plaats.")
    page.get_by_role("button", name="Kijk na en verstuur").click()
    expect(page.locator(".lead")).to_contain_text("Je antwoordt 1 keer nee.")
    page.get_by_role("button", name="Nog iets veranderen").click()
    expect(page.get_by_label("Boodschap aan elk gezin")).to_have_value("Vanaf september komt er plaats.")
    page.get_by_role("button", name="Kijk na en verstuur").click()
    page.get_by_role("button", name="Verstuur 1 antwoord").click()
    expect(page.locator("main")).to_contain_text("1 gezin kreeg je antwoord.")
    assert {first.states()["De Regenboog Centrum"], second.states()["De Regenboog Centrum"]} == {"answered_no", "sent"}


def test_the_longest_name_fits_a_phone(site: Site) -> None:
    here = site.here
    asks(here, location_ids=(here.regenboog_centrum.id, here.regenboog_denderhof.id))
    longest = "Kinderdagverblijf De Regenboog aan de Burgemeester Van Caeneghemstraat".ljust(80, "!")
    Location.objects.filter(id=here.regenboog_centrum.id).update(name=longest)
    for address in ("", "samen/", "locaties/", "planner/", "medewerkers/", "spiegel/"):
        site.check(site.visit(f"/organisator/{address}", here.rosa, width=360))

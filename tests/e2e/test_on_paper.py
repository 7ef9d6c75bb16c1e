"""A week on paper: the desk starts it, a mail brings the list, a pen answers, the desk enters it, the family hears it."""

from playwright.sync_api import expect
from tests.domains.distribution.journey import asks
from tests.e2e.conftest import Site
from tests.pdf_text import pieces

from opvangloket.domains.distribution.inbox.weekly_lists import sweep_weekly_lists
from opvangloket.foundation import clock
from opvangloket.rules.references import displayed

MIA = "/werk/ninove/opvang/mias-nestje/"


def test_a_childminder_answers_with_a_pen(site: Site) -> None:
    here, mia = site.here, site.here.mias_nestje
    desk = site.visit(MIA, here.amina)
    desk.get_by_role("button", name="Mail elke week de lijst").click()
    expect(desk.locator("main")).to_contain_text("Haar antwoorden geef jij hier in.")
    site.check(desk)

    noor = asks(here, location_ids=(mia.id,))
    assert sweep_weekly_lists(now=clock.now()) == 1
    # A browser that cannot draw a PDF keeps it as a file: the file is what counts.
    answer = desk.request.get(site.address + site.link_in_mail(mia.email, "/organisator/lijst/"))
    assert answer.headers["content-type"] == "application/pdf"
    sheet = " ".join(pieces(answer.body()))
    assert displayed(noor.registered.reference) in sheet
    assert "Noor" not in sheet

    desk.goto(site.address + MIA)
    printed = desk.get_by_role("link", name="Druk deze vragen af (PDF)").get_attribute("href")
    assert "Noor" in " ".join(pieces(desk.request.get(site.address + printed).body()))

    desk.goto(site.address + MIA)
    desk.get_by_role("link", name="Antwoord ingeven").click()
    desk.get_by_label("Papier").check()
    desk.get_by_label("Nee", exact=True).check()
    desk.get_by_label("Waarom niet?").select_option(label="Alles is volzet")
    desk.get_by_label("De opvang weet nu niet wat wel kan").check()
    desk.get_by_role("button", name="Antwoord ingeven").click()
    desk.wait_for_url(f"**/gezin/{noor.registered.reference}/**")
    expect(desk.locator("main")).to_contain_text("Mia's Nestje")
    [mail] = noor.mails("answer_no")
    assert "Alle plaatsen zijn ingenomen." in mail.text
    assert noor.states() == {"Mia's Nestje": "answered_no"}

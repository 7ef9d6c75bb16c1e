"""What if we take this child: from a question, or for a child nobody asked for yet; and the button that publishes."""

from datetime import date
from typing import Any

import pytest
from tests.cast import Town, plan_places
from tests.domains.distribution.journey import asks, looking
from tests.web.conftest import ClientFor
from tests.web.organiser.test_planner_pages import declared, words

from opvangloket.domains.providers.models import Vacancy
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.rules.patterns import CareHours, WeekPattern

pytestmark = pytest.mark.django_db
PLANNER = "/organisator/locaties/de-regenboog-centrum/planner/"
PAGE = f"{PLANNER}wat-als/"
CHILD = {
    "born_day": "1",
    "born_month": "1",
    "born_year": "2026",
    "start_day": "1",
    "start_month": "6",
    "start_year": "2026",
    "week_di_vm": "yes",
    "week_di_nm": "yes",
}
TUESDAY = WeekPattern.full_days("di")


@pytest.fixture
def planned(here: Town) -> Town:
    """Let De Regenboog Centrum plan one place here."""
    plan_places(here.regenboog_centrum, 1, from_on=here.today)
    return here


def test_a_question_that_fits_leads_to_its_answer(planned: Town, client_for: ClientFor) -> None:
    noor = asks(planned)
    client = client_for(planned.rosa)
    question = f"/organisator/vraag/{noor.registered.reference}/de-regenboog-centrum/"
    assert f"{PAGE}?vraag={noor.registered.reference}" in words(client.get(question))
    page = words(client.get(PAGE, {"vraag": noor.registered.reference}))
    assert "Dit kind past, elke dag dat het komt." in page
    assert "Noor Peeters, 5 maanden bij de start" in page
    assert "Vrije plaatsen in juni 2026" in page
    assert f'href="{question}#antwoord"' in page
    assert page.count('class="month"') == 36
    assert "Zonder dit kind: 0 van 0, dat is 0 %." in page


def test_a_question_that_does_not_fit_says_where_and_what_would(planned: Town, client_for: ClientFor) -> None:
    declared(planned, parts=TUESDAY.mask)
    noor = asks(planned)
    page = words(client_for(planned.rosa).get(PAGE, {"vraag": noor.registered.reference}))
    assert "Er is geen plaats op dinsdag hele dag, vanaf dinsdag 30 juni 2026." in page
    assert "Dit past wel:" in page
    assert 'class="tone is-over"' in page
    assert "Te veel kinderen: dinsdag hele dag." in page


def test_a_question_at_other_hours_says_why_and_what_would_fit(planned: Town, client_for: ClientFor) -> None:
    noor = asks(planned, pattern=TUESDAY, hours=CareHours.parse("di 08:00-19:00"))
    page = words(client_for(planned.rosa).get(PAGE, {"vraag": noor.registered.reference}))
    assert "De dagen zijn vrij, maar niet op alle gevraagde uren." in page
    assert "Op dinsdag is de plaats vrij van 7 uur tot 18 uur. Gevraagd is tot 19 uur." in page
    assert "Dit past wel: dinsdag van 8 uur tot 18 uur, vanaf dinsdag 30 juni 2026 (andere uren)." in page
    assert "Dit kind past" not in page
    assert "Lukt niet: dinsdag hele dag." in page


def test_the_hours_of_a_child_that_nobody_asked_for_count(planned: Town, client_for: ClientFor) -> None:
    client = client_for(planned.rosa)
    assert "Dit kind past" in words(client.get(PAGE, {**CHILD, "hours_di_start": "7.30", "hours_di_end": "17"}))
    late = words(client.get(PAGE, {**CHILD, "hours_di_start": "7.30", "hours_di_end": "18.30"}))
    assert "Gevraagd is tot 18.30 uur." in late
    assert 'value="18.30"' in late
    assert '<details class="disclosure" open>' in late
    wrong = words(client.get(PAGE, {**CHILD, "hours_di_start": "half acht", "hours_di_end": "17"}))
    assert "half acht is geen uur. Schrijf bijvoorbeeld 7.30." in wrong
    assert '<details class="disclosure" open>' in wrong


def test_a_child_that_nobody_asked_for(planned: Town, client_for: ClientFor) -> None:
    client = client_for(planned.rosa)
    asks(planned)
    page = words(client.get(PAGE))
    assert "Een vraag die bij je ligt" in page
    assert "Noor Peeters" in page
    assert "Dit kind past, elke dag dat het komt." in words(client.get(PAGE, CHILD))
    declared(planned, parts=TUESDAY.mask, start_on=date(2026, 9, 7))
    full = words(client.get(PAGE, CHILD))
    assert "Er is geen plaats op dinsdag hele dag, vanaf maandag 7 september 2026." in full
    assert "Vrije plaatsen in september 2026" in full
    assert 'value="2026"' in full


def test_a_start_after_the_closing_day_does_not_fit(planned: Town, client_for: ClientFor) -> None:
    with looking():
        type(planned.regenboog_centrum).objects.filter(id=planned.regenboog_centrum.id).update(
            closed_on=date(2026, 5, 1)
        )
    page = words(client_for(planned.rosa).get(PAGE, CHILD))
    assert "Je opvang sluit op vrijdag 1 mei 2026. Vanaf dan kan er geen kind meer starten." in page
    assert "Dit kind past" not in page
    assert "Dit past wel" not in page


def test_what_is_not_filled_in_is_asked_again(planned: Town, client_for: ClientFor) -> None:
    page = words(client_for(planned.rosa).get(PAGE, {**CHILD, "born_day": "40"}))
    assert "Kijk dit nog na" in page
    assert "Drie jaar met dit kind" not in page
    assert 'value="40"' in page


def test_nothing_is_kept_by_looking(planned: Town, client_for: ClientFor) -> None:
    noor = asks(planned)
    client_for(planned.rosa).get(PAGE, {"vraag": noor.registered.reference})
    assert noor.states()["De Regenboog Centrum"] == "sent"
    assert noor.inquiry(planned.regenboog_centrum).seen_at is None


def test_strangers_and_unknown_questions_are_not_found(planned: Town, client_for: ClientFor) -> None:
    assert client_for().get(PAGE)["Location"].startswith("/organisator/aanmelden/")
    assert client_for(planned.mia_account).get(PAGE).status_code == 404
    assert client_for(planned.rosa).get(PAGE, {"vraag": "AAAAAAAA"}).status_code == 404
    mia = "/organisator/locaties/mias-nestje/planner/"
    assert client_for(planned.mia_account).get(f"{mia}wat-als/")["Location"] == mia


def button(page: str) -> dict[str, str]:
    """Read the hidden fields of the first button that publishes."""
    form = page.split(f'action="{PLANNER}vrij/"')[1].split("</form>")[0]
    pairs = [field.split('"') for field in form.split("<input ")[1:]]
    return {pair[pair.index(" name=") + 1] if " name=" in pair else pair[3]: pair[5] for pair in pairs}


def test_one_button_publishes_what_comes_free(planned: Town, client_for: ClientFor) -> None:
    declared(planned, parts=(1 << 10) - 1, end_on=date(2026, 6, 1))
    client = client_for(planned.rosa)
    page = words(client.get(PLANNER))
    assert "1 plaats vrij vanaf 1 juni 2026" in page
    posted = button(page)
    told = words(client.post(f"{PLANNER}vrij/", posted, follow=True))
    assert "Opgegeven als vrije plaats." in told
    assert "Geef op als vrije plaats" not in told
    vacancy = Vacancy.objects.get()
    assert (vacancy.parts, vacancy.start_on, vacancy.places) == ((1 << 10) - 1, date(2026, 6, 1), 1)
    declared(planned, parts=TUESDAY.mask, start_on=date(2026, 6, 1))
    late = words(client.post(f"{PLANNER}vrij/", posted, follow=True))
    assert "Je plan is intussen veranderd." in late
    assert Vacancy.objects.count() == 1


@pytest.mark.parametrize("posted", [{}, {"parts": "x"}, {"parts": "3", "start": "2026-06-01", "places": "1"}])
def test_nonsense_publishes_nothing(planned: Town, client_for: ClientFor, posted: dict[str, Any]) -> None:
    client_for(planned.rosa).post(f"{PLANNER}vrij/", posted)
    assert not Vacancy.objects.exists()


def test_a_stand_in_looks_but_does_not_publish(planned: Town, client_for: ClientFor) -> None:
    with looking():
        OrganiserMembership.objects.filter(account=planned.rosa).update(role=OrganiserRole.STAND_IN)
    client = client_for(planned.rosa)
    assert "Geef op als vrije plaats" not in words(client.get(PLANNER))
    assert client.post(f"{PLANNER}vrij/", {}).status_code == 403

"""The settings of the desk: everybody there reads them, the lead makes a new version after seeing what changes."""

from typing import Any

import pytest
from tests.cast import Town
from tests.web.conftest import ClientFor

from opvangloket.foundation.tenancy.queries import procedure_in_force, procedure_versions
from opvangloket.rules.procedure import SETTINGS, Procedure
from opvangloket.web.desk.settings_form import VersionForm

pytestmark = pytest.mark.django_db

SETTINGS_PAGE = "/werk/ninove/instellingen/"
NEW = "/werk/ninove/instellingen/nieuw/"


def _typed(here: Town, procedure: Procedure | None = None, **different: Any) -> dict[str, Any]:
    """Return what a browser posts when the form is sent as it was shown, with what a test wants different."""
    form = VersionForm(now_in_force=procedure or Procedure(), today=here.today)
    typed: dict[str, Any] = {}
    for name in form.fields:
        value = form.get_initial_for_field(form.fields[name], name)
        if name == "valid_from":
            day = here.today
            typed |= {"valid_from_day": day.day, "valid_from_month": day.month, "valid_from_year": day.year}
        elif value is not None:
            typed[name] = value
    return typed | {"reason": "Op vraag van de opvang", "step": "preview"} | different


def test_it_shows_every_setting_and_who_works_here(client_for: ClientFor, here: Town) -> None:
    page = client_for(here.amina).get(SETTINGS_PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    assert all(setting.label in text for setting in SETTINGS)
    assert "amina@ninove.example" in text
    assert "stranger" not in text
    assert "Nieuwe versie maken" not in text
    assert "Nieuwe versie maken" in client_for(here.karel).get(SETTINGS_PAGE).content.decode()


def test_who_is_not_of_this_desk_comes_no_further(client_for: ClientFor, here: Town) -> None:
    assert client_for().get(SETTINGS_PAGE)["Location"].startswith("/werk/aanmelden/")
    assert client_for(here.stranger).get(SETTINGS_PAGE).status_code == 404
    assert client_for(here.amina).get(NEW).status_code == 403
    assert client_for(here.karel).get(f"{SETTINGS_PAGE}7/").status_code == 404


def test_the_lead_sees_the_difference_before_saving(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    preview = karel.post(NEW, _typed(here, answer_term_days="12", call_after_days="15"))
    text = preview.content.decode()
    assert "14 dagen" in text
    assert "12 dagen" in text
    assert "<mark>" in text
    with here.at_desk():
        assert procedure_versions(here.ninove.id) == ()

    saved = karel.post(NEW, _typed(here, answer_term_days="12", call_after_days="15", step="save"))
    assert saved["Location"] == SETTINGS_PAGE
    with here.at_desk():
        in_force = procedure_in_force(here.ninove.id, here.today)
    assert in_force.procedure == Procedure(answer_term_days=12, call_after_days=15)
    history = karel.get(SETTINGS_PAGE).content.decode()
    assert "Op vraag van de opvang" in history
    assert "Gemaakt door Karel op 2 maart 2026" in history
    assert "12 dagen" in karel.get(f"{SETTINGS_PAGE}1/").content.decode()


def test_going_back_from_the_preview_keeps_what_was_typed(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    again = karel.post(NEW, _typed(here, max_locations="5", step="edit")).content.decode()
    assert 'name="max_locations" value="5"' in again
    assert "Op vraag van de opvang" in again


@pytest.mark.parametrize(
    ("different", "message"),
    [
        ({"answer_term_days": "61"}, "Kies een getal van 1 tot en met 60."),
        ({"answer_term_days": "9"}, "De herinnering komt voor het einde van de termijn."),
        ({"offer_reminder_days": "drie"}, "Schrijf getallen met een komma ertussen"),
        ({"page_minimum": ["photo"]}, "Dit hoort er altijd bij"),
        ({"reason": ""}, "Waarom veranderen jullie dit?"),
        ({}, "Er is niets veranderd."),
        ({"max_locations": "5", "valid_from_year": "2025"}, "Kies een datum vanaf maandag 2 maart 2026."),
    ],
)
@pytest.mark.parametrize("step", ["preview", "save"])
def test_what_is_refused_is_said_and_kept(
    client_for: ClientFor, here: Town, different: dict[str, Any], message: str, step: str
) -> None:
    page = client_for(here.karel).post(NEW, _typed(here, **different, step=step))
    text = page.content.decode()
    assert page.status_code == 200
    assert message in text
    assert 'class="error-summary"' in text
    with here.at_desk():
        assert procedure_versions(here.ninove.id) == ()


def test_many_versions_take_as_many_queries_as_one(
    client_for: ClientFor, here: Town, django_assert_num_queries: Any
) -> None:
    amina = client_for(here.amina)
    here.choose(Procedure(answer_term_days=13))
    queries = _count(amina)
    for days in (12, 13, 12):
        here.choose(Procedure(answer_term_days=days))
    with django_assert_num_queries(queries):
        amina.get(SETTINGS_PAGE)


def _count(client: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(SETTINGS_PAGE)
    return len(captured)

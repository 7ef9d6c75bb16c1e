"""How pages and forms are drawn: inspected, tied together, and kind when something is wrong."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from tests.inspector import inspect_page

from opvangloket.web.ui.components import TimelineEntry
from opvangloket.web.ui.gallery.views import ERROR_PAGES
from opvangloket.web.ui.icons import icon_names


class NameForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals op je brief.")
    kind = forms.ChoiceField(label="Welke opvang?", choices=(("a", "Gezin"), ("b", "Groep")), widget=forms.RadioSelect)
    remark = forms.CharField(label="Opmerking", required=False)


def drawn(form: forms.Form) -> str:
    return Template("{% error_summary form %}{{ form }}").render(Context({"form": form}))


@pytest.mark.parametrize("address", ["", "vraag/", "dossier/", *(f"fout/{status}/" for status in ERROR_PAGES)])
def test_the_gallery_passes_inspection(gallery: Client, address: str) -> None:
    answer = gallery.get(f"/galerij/{address}")
    inspect_page(answer.content.decode(), address)


@pytest.mark.parametrize("status", ERROR_PAGES)
def test_an_error_page_says_whom_to_call(gallery: Client, status: int) -> None:
    answer = gallery.get(f"/galerij/fout/{status}/")
    assert answer.status_code == status
    assert 'href="tel:+3254000000"' in answer.content.decode()


def test_a_wrong_question_is_shown_again_with_its_error(gallery: Client) -> None:
    html = gallery.post("/galerij/vraag/", {}).content.decode()
    inspect_page(html, "/galerij/vraag/")
    assert "<title>Fout: Op welke momenten" in html
    assert '<a href="#id_week_ma_vm_none">Kies minstens één moment waarop je opvang zoekt.</a>' in html


def test_hint_and_error_belong_to_their_control() -> None:
    html = drawn(NameForm({}))
    control = re.search(r'<input[^>]*name="name"[^>]*>', html)
    assert control is not None
    assert 'aria-describedby="id_name_helptext id_name_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_a_group_is_described_as_a_whole() -> None:
    html = drawn(NameForm({}))
    assert '<fieldset aria-describedby="id_kind_error">' in html
    assert "<legend>Welke opvang?</legend>" in html


def test_what_is_not_required_says_so() -> None:
    assert drawn(NameForm()).count("(niet verplicht)") == 1


def test_every_link_of_the_summary_leads_to_a_control() -> None:
    html = drawn(NameForm({}))
    goals = re.findall(r'<a href="#([^"]+)">', html)
    assert goals == ["id_name", "id_kind_0"]
    assert all(f'id="{goal}"' in html for goal in goals)


def test_the_summary_names_the_question_when_there_are_several() -> None:
    html = drawn(NameForm({}))
    assert "Naam: vul dit nog in." in html
    assert "Welke opvang? Kies een antwoord." in html
    assert "Kijk deze 2 dingen nog na" in html


def test_there_is_no_summary_without_errors() -> None:
    assert "error-summary" not in drawn(NameForm())
    assert "error-summary" not in drawn(NameForm({"name": "Jo", "kind": "a"}))


def test_what_people_type_stays_text() -> None:
    html = drawn(NameForm({"name": '"><script>x</script>', "kind": "<b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_an_icon_that_does_not_exist_is_an_error() -> None:
    assert "phone" in icon_names()
    with pytest.raises(KeyError, match="eenhoorn"):
        Template('{% icon "eenhoorn" %}').render(Context())


def test_a_notice_escapes_its_values_but_keeps_its_tags() -> None:
    html = Template('{% notice tone="straw" %}<p>{{ name }}</p>{% endnotice %}').render(Context({"name": "<i>"}))
    assert "<p>&lt;i&gt;</p>" in html


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        Template('{% chip "Vrij" "purple" %}').render(Context())


def test_a_timeline_names_the_year_where_it_begins_and_where_it_changes() -> None:
    moments = [datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2022, 2, 9, 12, tzinfo=UTC)]
    # New year's eve in Greenwich, the new year in Brussels.
    moments += [datetime(2022, 1, 31, 12, tzinfo=UTC), datetime(2021, 12, 31, 23, 30, tzinfo=UTC)]
    entries = [TimelineEntry(words="Iets", at=at) for at in moments]
    html = Template("{% timeline entries %}").render(Context({"entries": entries}))
    assert re.findall(r"<time[^>]*>([^<]*), ", html) == [
        "zaterdag 21 november 2026", "woensdag 9 februari 2022", "maandag 31 januari", "zaterdag 1 januari",
    ]  # fmt: skip

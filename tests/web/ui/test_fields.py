"""The fields of our own: a date in three parts, a week, hours."""

from datetime import date, datetime, time

import pytest
from django import forms

from opvangloket.rules.patterns import PART_CODES, CareHours, WeekPattern
from opvangloket.rules.periods import BRUSSELS
from opvangloket.web.ui.forms import (
    DutchDateField,
    DutchTimeField,
    FromUntilForm,
    HoursField,
    WeekAnswer,
    WeekPartsField,
    WeekPatternField,
)


class DateForm(forms.Form):
    start = DutchDateField(earliest=date(2026, 12, 1), latest=date(2029, 12, 31))


class WeekForm(forms.Form):
    week = WeekPatternField()


class PartsForm(forms.Form):
    week = WeekPartsField()


class HoursForm(forms.Form):
    hours = HoursField()


class TimeForm(forms.Form):
    at = DutchTimeField(label="Hoe laat?", example="10.30")


class MomentForm(FromUntilForm):
    on = DutchDateField()


def date_form(day: str, month: str, year: str) -> DateForm:
    return DateForm({"start_day": day, "start_month": month, "start_year": year})


@pytest.mark.parametrize("month", ["3", "03", "maart", "Maart", "mrt", "mrt.", "maa"])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    form = date_form("27", month, "2027")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == date(2027, 3, 27)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("", "", ""), "Vul een datum in, bijvoorbeeld 27 3 2027."),
        (("27", "", "2027"), "Vul ook de maand in."),
        (("27", "", ""), "Vul ook de maand en het jaar in."),
        (("0", "3", "2027"), "De dag is een getal van 1 tot 31."),
        (("tien", "3", "2027"), "De dag is een getal van 1 tot 31."),
        (("²", "3", "2027"), "De dag is een getal van 1 tot 31."),
        (("27", "13", "2027"), "De maand is een getal van 1 tot 12, of een woord: maart."),
        (("27", "march", "2027"), "De maand is een getal van 1 tot 12, of een woord: maart."),
        (("27", "3", "27"), "Het jaar heeft vier cijfers, bijvoorbeeld 2027."),
        (("27", "3", "0000"), "Het jaar heeft vier cijfers, bijvoorbeeld 2027."),
        (("31", "12", "9999"), "Dit jaar kan niet. Kijk het na."),
        (("1", "1", "0001"), "Dit jaar kan niet. Kijk het na."),
        (("31", "februari", "2027"), "Deze datum bestaat niet. Kijk de dag en de maand na."),
        (("29", "2", "2027"), "Deze datum bestaat niet. Kijk de dag en de maand na."),
        (("30", "11", "2026"), "Kies een datum vanaf dinsdag 1 december 2026."),
        (("1", "1", "2030"), "Kies een datum tot en met maandag 31 december 2029."),
    ],
)
def test_a_wrong_date_says_what_is_wrong(parts: tuple[str, str, str], message: str) -> None:
    assert date_form(*parts).errors == {"start": [message]}


def test_a_date_that_is_not_asked_may_stay_empty() -> None:
    class Later(forms.Form):
        start = DutchDateField(required=False)

    form = Later({"start_day": "", "start_month": "", "start_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["start"] is None


def test_a_date_is_shown_again_in_its_parts() -> None:
    html = str(DateForm(initial={"start": date(2027, 1, 6)})["start"])
    assert 'name="start_day" value="6"' in html
    assert 'name="start_month" value="1"' in html
    assert 'name="start_year" value="2027"' in html


def test_a_week_is_read_from_its_cells() -> None:
    form = WeekForm({"week_ma_vm": "need", "week_ma_nm": "need", "week_do_vm": "can", "week_vr_vm": "none"})
    assert form.is_valid()
    assert form.cleaned_data["week"] == WeekAnswer(WeekPattern.full_days("ma"), WeekPattern.of("do_vm"))


@pytest.mark.parametrize("data", [{}, {"week_ma_vm": "none"}, {"week_ma_vm": "<b>"}])
def test_a_week_without_a_moment_is_not_an_answer(data: dict[str, str]) -> None:
    assert WeekForm(data).errors == {"week": ["Kies minstens één moment waarop je opvang zoekt."]}


def test_a_week_of_only_possible_moments_is_an_answer() -> None:
    assert WeekForm({"week_di_vm": "can"}).is_valid()


def test_weekend_care_where_there_is_none_is_refused() -> None:
    assert "weekend" in WeekForm({"week_za_vm": "need"}).errors["week"][0]


def test_every_part_of_the_shown_week_can_be_chosen() -> None:
    html = str(WeekForm()["week"])
    shown = [code for code in PART_CODES if f'name="week_{code}" value="need"' in html]
    assert shown == list(PART_CODES[:10])
    assert html.count(" checked") == 10


def test_a_chosen_week_is_shown_again() -> None:
    html = str(WeekForm({"week_ma_vm": "need", "week_do_vm": "can"})["week"])
    assert 'value="need" id="id_week_ma_vm_need" checked' in html
    assert 'value="can" id="id_week_do_vm_can" checked' in html


def test_a_week_of_yes_or_no_is_read_and_shown_again() -> None:
    form = PartsForm({"week_ma_vm": "yes", "week_vr_nm": "yes", "week_di_vm": "need"})
    assert form.is_valid()
    assert form.cleaned_data["week"] == WeekPattern.of("ma_vm", "vr_nm")
    html = str(form["week"])
    assert html.count('type="checkbox"') == 10
    assert 'id="id_week_ma_vm" checked' in html
    assert "Maandag voormiddag, vrijdag namiddag." in html


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Kies minstens één dagdeel."),
        ({"week_za_vm": "yes"}, "In het weekend is hier geen opvang. Kies een weekdag."),
    ],
)
def test_a_week_of_yes_or_no_says_what_is_wrong(data: dict[str, str], message: str) -> None:
    assert PartsForm(data).errors == {"week": [message]}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (("7.30", "17"), "ma 07:30-17:00"),
        (("7:30", "17u"), "ma 07:30-17:00"),
        (("730", "1715"), "ma 07:30-17:15"),
        (("7u30", "17 uur"), "ma 07:30-17:00"),
        (("22", "6"), "ma 22:00-06:00"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: tuple[str, str], text: str) -> None:
    form = HoursForm({"hours_ma_start": typed[0], "hours_ma_end": typed[1]})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hours"] == CareHours.parse(text)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", ""), "Vul voor minstens één dag in van wanneer tot wanneer."),
        (("7.30", ""), "Vul voor maandag het begin en het einde in."),
        (("7.75", "17"), "7.75 is geen uur. Schrijf bijvoorbeeld 7.30."),
        (("25", "17"), "25 is geen uur. Schrijf bijvoorbeeld 7.30."),
        (("vroeg", "17"), "vroeg is geen uur. Schrijf bijvoorbeeld 7.30."),
    ],
)
def test_wrong_hours_say_what_is_wrong(typed: tuple[str, str], message: str) -> None:
    assert HoursForm({"hours_ma_start": typed[0], "hours_ma_end": typed[1]}).errors == {"hours": [message]}


@pytest.mark.parametrize("typed", ["9.30", "9:30", "9,30", "9u30", "09.30"])
def test_a_time_is_read_as_people_write_it(typed: str) -> None:
    form = TimeForm({"at": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == time(9, 30)


@pytest.mark.parametrize("typed", ["straks", "25", "9.75"])
def test_a_wrong_time_shows_how_to_write_one(typed: str) -> None:
    assert TimeForm({"at": typed}).errors["at"] == ["Vul een uur in, bijvoorbeeld 10.30."]


@pytest.mark.parametrize(("ends", "minutes"), [("11", 90), ("9.30", 0), ("9", -30)])
def test_a_moment_on_a_day_says_when_it_begins_and_how_long_it_lasts(ends: str, minutes: int) -> None:
    day = {"on_day": "22", "on_month": "6", "on_year": "2026"}
    form = MomentForm({**day, "starts": "9.30", "ends": ends})
    assert form.is_valid(), form.errors
    assert form.starts_at == datetime(2026, 6, 22, 9, 30, tzinfo=BRUSSELS)
    assert form.minutes == minutes


def test_hours_are_shown_again() -> None:
    html = str(HoursForm(initial={"hours": CareHours.parse("ma 07:30-17:00")})["hours"])
    assert 'id="id_hours_ma_start" value="7.30"' in html
    assert 'id="id_hours_ma_end" value="17.00"' in html


class PlainForm(forms.Form):
    name = forms.CharField(max_length=4)
    email = forms.EmailField()
    places = forms.IntegerField(min_value=1, max_value=9)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": "Sterre"}, "Hou dit korter: hoogstens 4 tekens."),
        ({"name": "a\0b"}, "Hier staat een teken in dat we niet kunnen lezen. Typ het opnieuw."),
        ({"email": "ann@"}, "Kijk dit e-mailadres na. Een voorbeeld: naam@voorbeeld.be."),
        ({"places": "0"}, "Kies een getal vanaf 1."),
        ({"places": "10"}, "Kies een getal tot 9."),
        ({"places": "-1e3"}, "Vul een getal in, zonder letters."),
    ],
)
def test_what_is_wrong_with_a_plain_field_is_said_in_our_words(typed: dict[str, str], message: str) -> None:
    form = PlainForm({"name": "Noor", "email": "ann@voorbeeld.be", "places": "1"} | typed)
    assert dict(form.errors) == {next(iter(typed)): [message]}

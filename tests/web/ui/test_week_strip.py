"""The week strip: what each cell says, and the words that say the same."""

import pytest
from django.template import Context, Template

from opvangloket.rules.patterns import PART_CODES, WeekPattern
from opvangloket.web.ui.components import (
    CellKind,
    WeekStrip,
    agreed_strip,
    asked_strip,
    fit_strip,
    free_strip,
    offer_strip,
    place_strip,
)

MONDAY = WeekPattern.full_days("ma")
TUESDAY = WeekPattern.full_days("di")
WEDNESDAY_MORNING = WeekPattern.of("wo_vm")
ALL_WEEK = WeekPattern.full_days("ma", "di", "wo", "do", "vr")


def kinds(strip: WeekStrip) -> dict[str, CellKind]:
    return {cell.code: cell.kind for row in strip.rows for cell in row.cells}


def test_asked_shows_what_is_needed_and_what_can_be() -> None:
    strip = asked_strip(MONDAY, TUESDAY)
    assert kinds(strip)["ma_vm"] is kinds(strip)["ma_nm"] is CellKind.NEED
    assert kinds(strip)["di_vm"] is CellKind.CAN
    assert kinds(strip)["vr_nm"] is CellKind.NONE
    assert strip.words == "Maandag hele dag nodig. Dinsdag hele dag kan ook."


def test_needed_wins_over_possible() -> None:
    strip = asked_strip(MONDAY, MONDAY | TUESDAY)
    assert kinds(strip)["ma_vm"] is CellKind.NEED
    assert strip.words == "Maandag hele dag nodig. Dinsdag hele dag kan ook."


def test_nothing_asked_is_said() -> None:
    assert asked_strip(WeekPattern()).words == "Geen dagen gekozen."


def test_agreed_asks_for_nothing() -> None:
    strip = agreed_strip(MONDAY | WEDNESDAY_MORNING)
    assert kinds(strip)["ma_vm"] is kinds(strip)["wo_vm"] is CellKind.AGREED
    assert kinds(strip)["wo_nm"] is CellKind.NONE
    assert strip.words == "Maandag hele dag, woensdag voormiddag."


def test_free_full_and_closed() -> None:
    strip = free_strip(MONDAY, MONDAY | TUESDAY)
    assert kinds(strip)["ma_vm"] is CellKind.FREE
    assert kinds(strip)["di_nm"] is CellKind.FULL
    assert kinds(strip)["wo_vm"] is CellKind.CLOSED
    assert strip.words == "Vrij: maandag hele dag. Volzet: dinsdag hele dag."


def test_one_free_place_does_not_say_that_the_rest_of_the_week_is_closed() -> None:
    strip = place_strip(MONDAY)
    assert kinds(strip)["ma_vm"] is CellKind.FREE
    assert kinds(strip)["di_vm"] is CellKind.OUTSIDE
    assert (strip.caption, strip.words) == ("Vrije plaats", "Maandag hele dag.")


def test_fit_lays_the_question_over_what_is_free() -> None:
    strip = fit_strip(MONDAY | WEDNESDAY_MORNING, MONDAY | TUESDAY, also=TUESDAY | WeekPattern.full_days("vr"))
    assert kinds(strip)["ma_vm"] is CellKind.FIT
    assert kinds(strip)["wo_vm"] is CellKind.MISS
    assert kinds(strip)["di_vm"] is CellKind.CAN
    assert kinds(strip)["vr_vm"] is CellKind.NONE
    assert strip.words == "Past: maandag hele dag. Lukt niet: woensdag voormiddag. Kan ook: dinsdag hele dag."


def test_offer_marks_what_is_missing_and_what_comes_extra() -> None:
    strip = offer_strip(MONDAY | WEDNESDAY_MORNING, MONDAY | WeekPattern.of("vr_nm"))
    assert kinds(strip)["ma_nm"] is CellKind.FIT
    assert kinds(strip)["wo_vm"] is CellKind.MISS
    assert kinds(strip)["vr_nm"] is CellKind.EXTRA
    assert strip.words == "Maandag hele dag. Woensdag voormiddag lukt niet. Extra: vrijdag namiddag."


def test_an_offer_of_a_part_that_can_be_too_fits() -> None:
    strip = offer_strip(MONDAY, MONDAY | TUESDAY, also=TUESDAY)
    assert kinds(strip)["di_vm"] is CellKind.FIT
    assert CellKind.EXTRA not in strip.kinds


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (MONDAY, "ma di wo do vr"),
        (WeekPattern.of("za_vm"), "ma di wo do vr za"),
        (WeekPattern.of("zo_nm"), "ma di wo do vr zo"),
    ],
)
def test_the_weekend_is_there_when_it_is_asked(asked: WeekPattern, days: str) -> None:
    strip = asked_strip(asked)
    assert [day.code for day in strip.days] == days.split()
    assert all(len(row.cells) == len(strip.days) for row in strip.rows)


def test_every_cell_belongs_to_its_column() -> None:
    strip = asked_strip(WeekPattern.from_codes(PART_CODES))
    for row in strip.rows:
        assert [cell.code for cell in row.cells] == [f"{day.code}_{row.short}" for day in strip.days]


def test_the_picture_is_a_table_with_words_for_each_cell() -> None:
    html = Template("{% week_strip strip %}").render(Context({"strip": free_strip(MONDAY, ALL_WEEK)}))
    assert html.count('<td class="is-free"><span class="visually-hidden">vrij</span></td>') == 2
    assert html.count('<td class="is-full"><span class="visually-hidden">volzet</span></td>') == 8
    assert "<figcaption" in html


def test_a_small_strip_keeps_its_words_for_who_listens() -> None:
    strip = free_strip(MONDAY, ALL_WEEK)
    html = Template('{% week_strip strip size="s" %}').render(Context({"strip": strip}))
    assert "<figcaption" not in html
    assert f'<caption class="visually-hidden">{strip.caption}. {strip.words}</caption>' in html


def test_the_legend_explains_only_what_occurs() -> None:
    html = Template("{% week_strip_legend strip %}").render(Context({"strip": free_strip(MONDAY, MONDAY | TUESDAY)}))
    assert "vrij" in html
    assert "volzet" in html
    assert "kan ook" not in html

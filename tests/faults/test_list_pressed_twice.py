"""A list of free places approved several times at the same moment, over as many connections: each place is declared once."""

from datetime import UTC, datetime

import pytest
from tests.cast import town
from tests.domains.exchange.register.test_register import as_csv
from tests.domains.exchange.vacancies.test_vacancy_lists import ROW
from tests.faults.test_pressed_twice import PRESSES, at_once

from opvangloket.domains.exchange.lists.shown_changes import ChangedSinceShown
from opvangloket.domains.exchange.vacancies.approval import approve_vacancies, look_at_vacancies
from opvangloket.domains.exchange.vacancies.reading import known_lines
from opvangloket.domains.providers.models import Vacancy

pytestmark = [pytest.mark.faults, pytest.mark.usefixtures("committed_database")]
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_list_approved_at_once_from_several_pages_is_done_once() -> None:
    here = town(NOW)
    locations = (here.regenboog_centrum, here.regenboog_denderhof)
    ids = [one.id for one in locations]
    lines = known_lines(as_csv(*(ROW | {"opvang": one.name} for one in locations)))
    with here.at_organiser(*locations):
        shown = look_at_vacancies(lines=lines, file_name="lijst.csv", location_ids=ids, now=NOW)
    keys = [one.key for one in shown.changes.changes]

    def press() -> object:
        with here.at_organiser(*locations):
            try:
                approve_vacancies(
                    lines=lines, file_name="lijst.csv", keys=keys, location_ids=ids, actor=here.manager, now=NOW
                )
            except ChangedSinceShown:
                return "told to look again"
        return "done"

    assert sorted(map(str, at_once(press))) == ["done", *["told to look again"] * (PRESSES - 1)]
    assert sorted(Vacancy.objects.values_list("location_id", flat=True)) == sorted(ids)

"""Finding a family by whatever somebody on the phone can say."""

from datetime import UTC, datetime

import pytest
from tests.cast import Town, town

from opvangloket.domains.requests.actions import Registered
from opvangloket.domains.requests.queries_find import find_families, newest_families
from opvangloket.domains.requests.setting_aside import not_genuine
from opvangloket.foundation.tenancy.scopes import DeskScope, scope

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


@pytest.fixture
def noor(here: Town) -> Registered:
    here.ask(here.deniz())
    return here.ask(here.noor())


def _names(here: Town, text: str) -> list[str]:
    with here.at_desk():
        return [found.child_name for found in find_families(text)]


@pytest.mark.parametrize(
    "text",
    [
        *("peeters", "Noor", "noor peeters", "PEETERS noor", "sara", "sara.peeters@", "oor eet"),
        *("0470 12 34 56", "0470123456", "+32 470 12 34 56", "0032470123456", "32470123456", "3456", "0470/12"),
    ],
)
def test_a_part_of_a_name_or_number_finds_the_family(here: Town, noor: Registered, text: str) -> None:
    assert _names(here, text) == ["Noor Peeters"]


@pytest.mark.parametrize("text", ["yilmaz", "YILMAZ", "elif"])
def test_accents_and_capitals_make_no_difference(here: Town, noor: Registered, text: str) -> None:
    assert _names(here, text) == ["Deniz Yılmaz"]


def test_a_reference_finds_its_request_however_typed(here: Town, noor: Registered) -> None:
    reference = noor.reference
    for text in (reference, reference.lower(), f"{reference[:4]} {reference[4:]}", reference[:5]):
        assert _names(here, text) == ["Noor Peeters"]


@pytest.mark.parametrize("text", ["", " ", "p", "12", "0", "%", "zzz", "peeters yilmaz", "0499"])
def test_what_is_too_short_or_not_there_finds_nothing(here: Town, noor: Registered, text: str) -> None:
    assert _names(here, text) == []


def test_another_desk_finds_nothing(here: Town, noor: Registered) -> None:
    with scope(DeskScope(here.overstroom.id)):
        assert find_families("peeters") == ()
        assert newest_families() == ()


def test_what_still_runs_comes_first(here: Town, noor: Registered) -> None:
    later = here.ask(here.noor())
    with here.at_desk():
        assert [found.request_id for found in find_families("noor")] == [later.request_id, noor.request_id]
        not_genuine(request_id=later.request_id, actor=here.worker, now=NOW, reason="proef")
        assert [found.request_id for found in find_families("noor")] == [noor.request_id, later.request_id]


def test_names_and_numbers_are_found_by_an_index(
    here: Town, noor: Registered, django_assert_num_queries: object
) -> None:
    with here.at_desk(), django_assert_num_queries(2):  # type: ignore[operator]
        find_families("noor peeters")
    with here.at_desk(), django_assert_num_queries(1):  # type: ignore[operator]
        find_families("0470 12 34 56")

"""The procedure page: true to every setting, and readable for everyone."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.procedure import SETTINGS, DeskMode, Language, PageField, Procedure, ReportRow
from opvangloket.rules.procedure_text import procedure_text

# One other lawful value for each setting that the page must tell.
OTHER_VALUES: dict[str, object] = {
    "mode": DeskMode.DESK_ONLY,
    "max_locations": 5,
    "send_from_months": 9,
    "urgent_within_days": 20,
    "urgent_to_all": True,
    "new_round_min_days": 7,
    "blind_first_answer": True,
    "rank_shown": True,
    "answer_from_months": 4,
    "answer_term_days": 16,
    "remind_after_days": 8,
    "call_after_days": 20,
    "move_term_off_closed_days": True,
    "reply_by_days": 12,
    "offer_reminder_days": (5, 2),
    "offer_holds_place": False,
    "may_stay_listed": True,
    "verify_within_days": 6,
    "reconfirm_weeks": 1,
    "start_near_weeks": 11,
    "vulnerable_silent_days": 9,
    "vulnerable_offer_call_days": 2,
    "complaint_days": 25,
    "vacancy_public_default": False,
    "vacancy_fresh_days": 21,
    "page_minimum": tuple(PageField),
    "review_page_text": True,
    "report_row": ReportRow.LOCATION,
    "languages": tuple(Language),
}
# What a desk needs to ask a question, and is no part of sending out and answering.
NOT_ON_THE_PAGE = {"low_income_limit"}

procedures = st.fixed_dictionaries({}, optional={key: st.just(value) for key, value in OTHER_VALUES.items()}).map(
    lambda values: Procedure(**values)
)  # type: ignore[arg-type]


def whole_text(procedure: Procedure) -> str:
    return " ".join(chain.from_iterable((section.title, *section.sentences) for section in procedure_text(procedure)))


def test_every_setting_changes_the_page() -> None:
    assert set(OTHER_VALUES) == {setting.key for setting in SETTINGS} - NOT_ON_THE_PAGE
    default = whole_text(Procedure())
    for key, value in OTHER_VALUES.items():
        assert whole_text(Procedure(**{key: value})) != default, key  # type: ignore[arg-type]


@given(procedures)
def test_every_version_reads_in_short_plain_sentences(procedure: Procedure) -> None:
    lines = [sentence for section in procedure_text(procedure) for sentence in section.sentences]
    sentences = [part for line in lines for part in re.split(r"(?<=[.?]) ", line)]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 20, max(sentences, key=lambda sentence: len(sentence.split()))
    assert sum(lengths) / len(lengths) <= 12
    for line in lines:
        assert line[0].isupper()
        assert line.endswith(".")
        assert "  " not in line
        assert not re.search(r"succesvol|helaas|dossier|None|True|False|\{", line)
    assert len(set(lines)) == len(lines)


def test_the_agreement_of_ninove_reads_back_as_it_was_made() -> None:
    text = whole_text(Procedure(mode=DeskMode.CENTRAL, answer_term_days=14))
    assert "De locaties spraken af dat elke vraag via het loket gaat." in text
    assert "Een locatie antwoordt binnen 14 dagen." in text
    assert "Het gezin krijgt een herinnering: 3 en 1 dag voor het einde." in text
    assert "Na 10 dagen zonder antwoord krijgt ze een herinnering." in text
    assert "Daar staat minstens op: openingsuren, en contactgegevens." in text


@pytest.mark.parametrize("mode", DeskMode)
def test_only_a_desk_that_is_not_central_asks_for_lists(mode: DeskMode) -> None:
    text = whole_text(Procedure(mode=mode))
    assert "Ze geeft de vraag van een gezin alleen door als dat akkoord gaat." in text
    assert ("Elk kwartaal geeft ze een lijst door" in text) is (mode is DeskMode.DESK_ONLY)


def test_no_reminders_are_not_announced() -> None:
    assert "herinnering:" not in whole_text(Procedure(offer_reminder_days=()))

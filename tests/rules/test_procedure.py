"""The choices of a town: complete, checked, and stored without loss."""

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.procedure import (
    LANGUAGES,
    PAGE_FIELDS,
    SETTINGS,
    DeskMode,
    Language,
    PageField,
    Procedure,
    ReportRow,
)
from opvangloket.rules.settings import InvalidSettingsError, Number

FIELDS = {field.name: field for field in dataclasses.fields(Procedure)}


def errors_of(**values: object) -> dict[str, str]:
    with pytest.raises(InvalidSettingsError) as caught:
        Procedure.from_mapping(values)
    return caught.value.errors


def test_every_choice_has_its_words_and_every_word_its_choice() -> None:
    assert [setting.key for setting in SETTINGS] == list(FIELDS)


def test_defaults_are_those_of_the_specification() -> None:
    procedure = Procedure()
    assert (procedure.max_locations, procedure.answer_term_days, procedure.reply_by_days) == (8, 14, 10)
    assert (procedure.remind_after_days, procedure.call_after_days) == (10, 17)
    assert procedure.offer_reminder_days == (3, 1)
    assert (procedure.reconfirm_weeks, procedure.verify_within_days, procedure.vacancy_fresh_days) == (8, 3, 14)
    assert procedure.urgent_within_days == 31
    assert procedure.report_row is ReportRow.RESIDENCE
    assert procedure.offer_holds_place
    assert procedure.families_shown_from_sending
    assert not procedure.rank_shown


def test_nothing_given_means_the_defaults() -> None:
    assert Procedure.from_mapping({}) == Procedure()


@given(
    mode=st.sampled_from(DeskMode),
    answer_term_days=st.integers(11, 16),
    send_from_months=st.none() | st.integers(6, 24),
    answer_from_months=st.none() | st.integers(1, 6),
    offer_reminder_days=st.lists(st.integers(1, 9), unique=True, max_size=4),
    extra_fields=st.sets(st.sampled_from(PageField)),
    extra_languages=st.sets(st.sampled_from(Language)),
    blind_first_answer=st.booleans(),
)
def test_a_stored_procedure_reads_back_equal(
    extra_fields: set[PageField], extra_languages: set[Language], **values: object
) -> None:
    procedure = Procedure.from_mapping(
        {
            **values,
            "page_minimum": [*extra_fields, *Procedure().page_minimum],
            "languages": [*extra_languages, "nl"],
        }
    )
    stored = json.loads(json.dumps(procedure.to_mapping()))
    assert Procedure.from_mapping(stored) == procedure
    assert procedure.languages[0] is Language.DUTCH
    assert list(procedure.offer_reminder_days) == sorted(procedure.offer_reminder_days, reverse=True)


@pytest.mark.parametrize("setting", [s for s in SETTINGS if isinstance(s.kind, Number)], ids=lambda s: s.key)
def test_a_number_outside_its_range_is_refused(setting: object) -> None:
    kind, key = setting.kind, setting.key  # type: ignore[attr-defined]
    sentence = f"Kies een getal van {kind.minimum} tot en met {kind.maximum}."
    for wrong in (kind.minimum - 1, kind.maximum + 1, "veel", 2.5, True):
        assert errors_of(**{key: wrong}) == {key: sentence}


def test_every_wrong_setting_is_told_at_once() -> None:
    errors = errors_of(mode="both", max_locations=0, colour="red", rank_shown="ja")
    assert errors == {
        "mode": "Kies een antwoord uit de lijst.",
        "max_locations": "Kies een getal van 1 tot en met 50.",
        "colour": "Deze instelling bestaat niet.",
        "rank_shown": "Kies ja of nee.",
    }


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"answer_term_days": 10}, "remind_after_days"),
        ({"call_after_days": 14}, "call_after_days"),
        ({"reply_by_days": 3, "vulnerable_offer_call_days": 2}, "offer_reminder_days"),
        ({"vulnerable_offer_call_days": 10}, "vulnerable_offer_call_days"),
        ({"send_from_months": 3, "answer_from_months": 4}, "answer_from_months"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(values: dict[str, object], wrong: str) -> None:
    assert list(errors_of(**values)) == [wrong]


def test_what_the_law_asks_of_a_page_can_not_be_left_out() -> None:
    assert errors_of(page_minimum=["photo"])["page_minimum"].startswith("Dit hoort er altijd bij: openingsuren")
    assert errors_of(languages=["fr"]) == {"languages": "Dit hoort er altijd bij: Nederlands."}


def test_an_unknown_code_is_named() -> None:
    assert errors_of(languages=["nl", "xx"]) == {
        "languages": "Kies uit de lijst. Dit staat er niet in: xx.",
    }


def test_a_number_can_not_be_given_twice() -> None:
    assert errors_of(offer_reminder_days=[3, 3]) == {"offer_reminder_days": "Geef elk getal maar één keer."}
    assert errors_of(offer_reminder_days=[5, 4, 3, 2, 1]) == {"offer_reminder_days": "Geef ten hoogste 4 getallen."}


def test_changes_between_two_versions_are_told_in_words() -> None:
    before = Procedure()
    after = Procedure(answer_term_days=21, remind_after_days=15, call_after_days=24, answer_from_months=4)
    assert [(change.key, change.before, change.after) for change in before.changed(after)] == [
        ("answer_from_months", "altijd", "4 maanden"),
        ("answer_term_days", "14 dagen", "21 dagen"),
        ("remind_after_days", "10 dagen", "15 dagen"),
        ("call_after_days", "17 dagen", "24 dagen"),
    ]
    assert before.changed(before) == ()


def test_every_value_has_words() -> None:
    for setting in SETTINGS:
        assert setting.kind.words(getattr(Procedure(), setting.key))
    assert set(LANGUAGES) == set(Language)
    assert set(PAGE_FIELDS) == set(PageField)


def test_the_settings_page_reads_in_short_plain_sentences() -> None:
    sentences = [part for s in SETTINGS for part in re.split(r"(?<=[.?]) ", f"{s.label} {s.help}")]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12
    assert all(sentence.endswith((".", "?")) for sentence in sentences)

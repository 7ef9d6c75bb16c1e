"""The questions to families: plain, explained, never an obligation, and read into the right characteristics."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.questions import (
    QUESTIONS,
    REPLY_LABELS,
    SPECIAL_NEED_TEXT,
    SPECIAL_NEED_WHY,
    URGENT_OPTIONS,
    URGENT_TEXT,
    URGENT_WHY,
    Question,
    Reply,
    declared,
    questions_for,
)

NOW, UNDER_2024 = date(2026, 1, 1), date(2024, 6, 1)


def test_every_characteristic_has_one_question() -> None:
    assert {question.characteristic for question in QUESTIONS} == set(Characteristic)
    assert len(QUESTIONS) == len(Characteristic)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.characteristic)
def test_a_question_is_short_and_says_why(question: Question) -> None:
    assert question.text.endswith("?")
    assert question.why.endswith(".")
    assert question.pictogram
    for sentence in re.split(r"(?<=[.?]) ", f"{question.text} {question.help} {question.why}"):
        assert len(sentence.split()) <= 20


def test_all_texts_together_are_plain() -> None:
    texts = [SPECIAL_NEED_TEXT, SPECIAL_NEED_WHY, URGENT_TEXT, URGENT_WHY]
    texts += [text for question in QUESTIONS for text in (question.text, question.help, question.why) if text]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.?]) ", text)]
    assert sum(len(sentence.split()) for sentence in sentences) / len(sentences) <= 12
    assert not [
        sentence for sentence in sentences if re.search(r"\b(u|uw|succesvol|helaas|dossier)\b", sentence, re.IGNORECASE)
    ]


@pytest.mark.parametrize(("characteristic", "reply"), list(product(Characteristic, Reply)))
def test_each_reply_means_what_the_question_says(characteristic: Characteristic, reply: Reply) -> None:
    gives = Reply.NO if characteristic is Characteristic.LOW_EDUCATION else Reply.YES
    assert declared({characteristic: reply}) == ({characteristic} if reply is gives else set())


@given(st.dictionaries(st.sampled_from(Characteristic), st.just(Reply.RATHER_NOT)))
def test_rather_not_counts_as_no(replies: dict[Characteristic, Reply]) -> None:
    assert declared(replies) == frozenset()


def test_only_the_rules_of_2024_ask_for_four_fifths() -> None:
    def asked(on: date) -> set[Characteristic]:
        return {question.characteristic for question in questions_for(on, low_income_limit=32_464)}

    assert asked(UNDER_2024) == set(Characteristic)
    assert asked(NOW) == set(Characteristic) - {Characteristic.FOUR_FIFTHS}


def test_the_limit_of_the_desk_stands_in_the_question() -> None:
    texts = [question.text for question in questions_for(NOW, low_income_limit=32_464)]
    assert "Is het inkomen van je gezin lager dan 32.464 euro per jaar?" in texts
    assert not any("{" in text for text in texts)


def test_every_urgent_reason_can_be_chosen() -> None:
    assert set(URGENT_OPTIONS) == set(UrgentReason)
    assert set(REPLY_LABELS) == set(Reply)

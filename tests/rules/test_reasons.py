"""Coded reasons: exactly the lists of the specification, each code with its words."""

import pytest

from opvangloket.rules.reasons import (
    DECLINE_REASONS,
    ELSEWHERE_REASONS,
    LAPSE_REASONS,
    NO_REASONS,
    NO_SENTENCES,
    DeclineReason,
    ElsewhereReason,
    LapseReason,
    NoReason,
    Possible,
    ReasonList,
    asked_beside,
)

SPECIFIED = {
    "no": "volzet dagen_volzet start_te_vroeg leeftijdsgroep uren_niet_mogelijk ondersteuning_niet_mogelijk "
    "sluiting andere",
    "decline": "dagen start prijs afstand elders_gevonden niet_meer_nodig andere",
    "lapse": "niet_meer_nodig miskraam verhuisd",
    "elsewhere": "eigen_gemeente andere_gemeente onbekend",
}


@pytest.mark.parametrize(
    ("reasons", "codes"),
    [
        (NO_REASONS, NoReason),
        (DECLINE_REASONS, DeclineReason),
        (LAPSE_REASONS, LapseReason),
        (ELSEWHERE_REASONS, ElsewhereReason),
    ],
    ids=["no", "decline", "lapse", "elsewhere"],
)
def test_the_lists_are_those_of_the_specification(reasons: ReasonList, codes: type) -> None:
    assert [code.value for code in reasons.labels] == SPECIFIED[reasons.name].split()
    assert set(reasons.labels) == set(codes)
    assert len(set(reasons.labels.values())) == len(reasons.labels)


def test_a_stored_code_reads_back_as_its_label() -> None:
    assert DECLINE_REASONS.label("afstand") == "De opvang ligt te ver"
    assert "afstand" in DECLINE_REASONS
    assert "afstand" not in NO_REASONS
    with pytest.raises(KeyError):
        NO_REASONS.label("afstand")


def test_a_family_reads_a_whole_sentence_for_every_no() -> None:
    assert set(NO_SENTENCES) == set(NoReason)
    assert all(sentence.endswith(".") for sentence in NO_SENTENCES.values())


def test_a_no_asks_what_is_possible_unless_nothing_is() -> None:
    assert asked_beside(NoReason.DAYS_FULL) == {Possible.DAYS, Possible.START}
    assert asked_beside(NoReason.START_TOO_EARLY) == {Possible.START}
    assert asked_beside(NoReason.CLOSING) == frozenset()
    assert asked_beside(NoReason.SUPPORT_IMPOSSIBLE) == frozenset()

"""The cooperation agreement: true to the settings, and each organiser signs what holds for it."""

import re
from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.cooperation_agreement import (
    LONGEST_POINT,
    MOST_POINTS,
    OwnPoints,
    Part,
    Signing,
    agreement_text,
    call_from,
    digest_of,
    own_points,
    parts_for,
    plain_parts,
    read_parts,
    review_due_on,
    signing_of,
)
from opvangloket.rules.procedure import PAGE_FIELDS, DeskMode, PageField, Procedure

OWN = OwnPoints(
    desk=("Het loket komt elk jaar langs.",),
    everyone=("Elke opvang hangt de affiche uit.",),
    income_tariff=("De opvang legt het inkomenstarief uit.",),
    plus=("We komen elk kwartaal samen.",),
)


def text_of(parts: tuple[Part, ...]) -> str:
    return "\n".join(chain.from_iterable((part.title, part.lead, *part.points) for part in parts))


def agreement(procedure: Procedure | None = None, own: OwnPoints = OWN) -> tuple[Part, ...]:
    return agreement_text(procedure or Procedure(), desk_name="Loket Ninove", own=own)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"mode": DeskMode.CENTRAL}, "elke vraag naar opvang komt in het loket"),
        ({"mode": DeskMode.CENTRAL}, "rechtstreekse plaatsing"),
        ({"mode": DeskMode.DESK_ONLY}, "Ouders kiezen zelf of ze hun vraag aan het loket stellen"),
        ({"mode": DeskMode.DESK_ONLY}, "Elk kwartaal krijgt het loket een lijst"),
        ({"answer_term_days": 21}, "binnen 21 dagen"),
        ({"call_after_days": 19}, "belt na 19 dagen stilte"),
        ({"page_minimum": tuple(PageField)}, PAGE_FIELDS[PageField.HOUSE_RULES]),
    ],
)
def test_it_says_what_the_desk_chose(setting: dict[str, object], words: str) -> None:
    values = {"answer_term_days": 14, "call_after_days": 17} | setting
    if values["call_after_days"] < values["answer_term_days"]:  # type: ignore[operator]
        values["call_after_days"] = 25
    assert words in text_of(agreement(Procedure(**values)))  # type: ignore[arg-type]
    other = {"mode": DeskMode.DESK_ONLY if values.get("mode") is DeskMode.CENTRAL else DeskMode.CENTRAL}
    others = Procedure(answer_term_days=14, call_after_days=18, **other)
    assert words not in text_of(agreement(others))


def test_each_step_reads_its_own_parts() -> None:
    titles = {step: {part.title for part in parts_for(agreement(), [step])} for step in ("T0", "T1", "T2B", "T3")}
    everyone = titles["T0"]
    assert titles["T1"] == everyone
    assert titles["T2B"] - everyone == {"Opvang met inkomenstarief"}
    assert titles["T3"] - everyone == {"Opvang met inkomenstarief", "Opvang met plussubsidie"}
    assert parts_for(agreement(), ["T0", "T3"]) == agreement(), "one location with plus subsidy is enough"


def test_own_points_stand_with_whoever_promises_them() -> None:
    by_title = {part.title: part.points for part in agreement()}
    assert OWN.desk[0] == by_title["Wat doet het loket?"][-1]
    assert OWN.everyone[0] == by_title["Wat doet de organisator?"][-1]
    assert OWN.income_tariff == by_title["Opvang met inkomenstarief"]
    assert "30 procent" in by_title["Opvang met plussubsidie"][0]
    assert OWN.plus[0] == by_title["Opvang met plussubsidie"][-1]
    assert "Opvang met inkomenstarief" not in {part.title for part in agreement(own=OwnPoints())}, "nothing to promise"


def test_every_sentence_can_be_read_at_once() -> None:
    for sentence in re.split(r"(?<=[.:?])\s+", text_of(agreement()).replace("\n", " ")):
        assert len(sentence.split()) <= 26, sentence


def test_points_are_read_from_lines() -> None:
    assert own_points("  - Eerste  afspraak. \n\n• Tweede.\n* Derde.") == ("Eerste afspraak.", "Tweede.", "Derde.")
    assert own_points(" \n ") == ()


def test_too_much_says_what_to_do() -> None:
    with pytest.raises(ValueError, match=f"hoogstens {MOST_POINTS}"):
        own_points("\n".join(["Punt."] * (MOST_POINTS + 1)))
    with pytest.raises(ValueError, match="afspraak 2 korter"):
        own_points(f"Kort.\n{'x' * (LONGEST_POINT + 1)}")


words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=20)
some_parts = st.lists(
    st.builds(
        Part,
        title=words,
        lead=words,
        points=st.lists(words, min_size=1, max_size=3).map(tuple),
        steps=st.frozensets(st.sampled_from(["T0", "T1", "T2A", "T2B", "T3"])),
    ),
    max_size=4,
).map(tuple)


@given(some_parts)
def test_what_is_kept_is_what_was_written(parts: tuple[Part, ...]) -> None:
    assert read_parts(plain_parts(parts)) == parts


@given(some_parts, some_parts)
def test_other_words_have_another_digest(one: tuple[Part, ...], other: tuple[Part, ...]) -> None:
    same = [(part.title, part.lead, part.points) for part in one] == [
        (part.title, part.lead, part.points) for part in other
    ]
    assert (digest_of(one) == digest_of(other)) is same


def test_how_an_organiser_stands() -> None:
    assert signing_of([], 1) is Signing.NEVER
    assert signing_of([1, 2], 3) is Signing.EARLIER
    assert signing_of([1, 3], 3) is Signing.SIGNED


def test_two_weeks_to_sign_and_a_year_to_look_again() -> None:
    assert call_from(date(2026, 3, 2)) == date(2026, 3, 16)
    assert review_due_on(date(2028, 2, 29)) == date(2029, 2, 28)

"""Names and contacts: one person in many spellings, and two persons who look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.contacts import comparable_address, comparable_email, comparable_phone
from opvangloket.rules.spelling import Agreement, agreement, sounds

names = st.text(st.characters(categories=["L", "Mn"], max_codepoint=0x24F), max_size=12)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("De Smet", "Desmet"),
        ("DE SMET", "de smet"),
        ("De Smet", "Smet"),
        ("Van den Berghe", "Vandenberghe"),
        ("van 't Hof", "Van t Hof"),
        ("D'hondt", "D’Hondt"),
        ("El Amrani", "Elamrani"),
        ("Zoë", "Zoe"),
        ("Renée", "Rene\u0301e"),
        ("Jean-Pierre", "Jean Pierre"),
        ("Łukasz", "Lukasz"),
        ("Yıldız", "Yildiz"),
    ],
)
def test_one_name_written_in_two_ways(a: str, b: str) -> None:
    assert agreement(a, b) is Agreement.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lina", "Leena"),
        ("Desmet", "De Smedt"),
        ("Sarah", "Sara"),
        ("Nicolas", "Nikolaas"),
        ("Claes", "Claas"),
        ("Yasmin", "Jasmin"),
        ("Noor", "Nour"),
        ("Mohammed", "Mohamed"),
        ("Youssef", "Joesef"),
        ("Rik", "Ric"),
    ],
)
def test_names_that_sound_alike(a: str, b: str) -> None:
    assert agreement(a, b) >= Agreement.SAME_SOUND


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lies", "Liesbeth"),
        ("Lina Marie", "Lina"),
        ("Mohamed", "Muhammad"),
        ("Youssef", "Yusuf"),
        ("Philippe", "Filip"),
        ("Janssens", "Jansens"),
        ("Willems", "Wilelms"),
        ("Maertens", "Maerten"),
    ],
)
def test_names_that_may_be_one(a: str, b: str) -> None:
    assert agreement(a, b) >= Agreement.SIMILAR


@pytest.mark.parametrize(
    ("a", "b"),
    [("Lina", "Noah"), ("Peeters", "Janssens"), ("Emma", "Anna"), ("Jan", "Tom"), ("", ""), ("Lina", ""), ("-", "'")],
)
def test_names_that_are_not_one(a: str, b: str) -> None:
    assert agreement(a, b) is Agreement.DIFFERENT


@given(names, names)
def test_agreement_has_no_direction(a: str, b: str) -> None:
    assert agreement(a, b) is agreement(b, a)


@given(names)
def test_a_name_is_itself_in_capitals_and_with_spaces_around(name: str) -> None:
    written = f"  {name.lower()} "
    assert agreement(name, name) is (Agreement.SAME if sounds(name) else Agreement.DIFFERENT)
    assert agreement(written, written.strip()) is agreement(written, written)


@pytest.mark.parametrize(
    "text",
    [
        "0470 12 34 56",
        "0470/12.34.56",
        "  0470123456  ",
        "+32 470 12 34 56",
        "+32 (0)470 123456",
        "0032470123456",
        "32470123456",
        "470123456",
    ],
)
def test_one_mobile_number(text: str) -> None:
    assert comparable_phone(text) == "+32470123456"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("054 31 32 33", "+3254313233"),
        ("02 123 45 67", "+3221234567"),
        ("+32 2 123 45 67", "+3221234567"),
        ("+31 6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("", ""),
        ("112", ""),
        ("0470 12 34", ""),
        ("0470 12 34 56 78", ""),
        ("+32 12", ""),
        ("geen", ""),
    ],
)
def test_other_numbers(text: str, number: str) -> None:
    assert comparable_phone(text) == number


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        (" An.Peeters@Example.be ", "an.peeters@example.be"),
        ("an+opvang@example.be", "an@example.be"),
        ("an.peeters@gmail.com", "anpeeters@gmail.com"),
        ("AnPeeters@googlemail.com", "anpeeters@gmail.com"),
        ("", ""),
        ("an", ""),
        ("@example.be", ""),
        ("an@example", ""),
    ],
)
def test_mailboxes(text: str, mailbox: str) -> None:
    assert comparable_email(text) == mailbox


@pytest.mark.parametrize(
    ("street", "house_number"),
    [
        ("Sint-Jansstraat", "12"),
        ("St.-Jansstr.", "12"),
        ("St Jansstraat", "12 bus 3"),
        ("SINT JANSSTRAAT", "12/0301"),
        ("Sint-Jansstraat", " 12 "),
    ],
)
def test_one_address(street: str, house_number: str) -> None:
    address = comparable_address(street=street, house_number=house_number, postcode="9400")
    assert address == "9400 sintjansstraat 12"


def test_other_addresses() -> None:
    assert comparable_address(street="Brusselse Stwg", house_number="7A", postcode="9400") == (
        "9400 brusselsesteenweg 7a"
    )
    assert comparable_address(street="Steenweg", house_number="7 a", postcode="9400") == "9400 steenweg 7a"
    for missing in ({"street": ""}, {"house_number": "z/n"}, {"postcode": " "}):
        address = {"street": "Dorp", "house_number": "1", "postcode": "9400", **missing}
        assert comparable_address(**address) == ""

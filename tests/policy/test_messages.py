"""Every message has a preview, and reads as a message should: short, plain, complete, nothing private in its subject."""

import re
from pathlib import Path

import pytest

from opvangloket.foundation.messages import previews, rendering
from opvangloket.foundation.messages.catalogue import TEMPLATES
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.rules.patterns import WeekPattern

FOLDER = Path(rendering.__file__).parent / "templates" / "messages"
DESK = Desk(name="Opvangloket Ninove", phone="054 31 32 33", counter="Centrumlaan 100, 9400 Ninove")
MOST_WORDS, LONGEST_SENTENCE, MEAN_SENTENCE = 150, 20, 12
PRIVATE = re.compile(
    r"noor|peeters|alleen|kwetsbaar|inkomen|ocmw|dringend|voorrang|handicap|zorg|miskraam|scheiding|\d{6}",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"succesvol|helaas|dossier", re.IGNORECASE)


def rendered(name: str) -> rendering.Rendered:
    return rendering.render(name, previews.PREVIEWS[name], recipient_name="Sara", desk=DESK)


def sentences(text: str) -> list[list[str]]:
    """Split at the end of a sentence or a line; a link is one word."""
    parts = (part for line in text.splitlines() for part in re.split(r"(?<=[.?!:])\s+", line))
    return [part.split() for part in parts if part.strip()]


def test_templates_previews_and_folders_are_the_same_list() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"parts"}
    assert set(TEMPLATES) == set(previews.PREVIEWS) == folders


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_message_is_complete_in_text_and_html(name: str) -> None:
    message = rendered(name)
    for part in (message.subject, message.text, message.html):
        assert "undefined" not in part
        assert "None" not in part
        assert not FORBIDDEN.search(part)
    assert message.text.startswith("Dag Sara,\n")
    for part in (message.text, message.html):
        assert DESK.name in part
        assert DESK.phone in part


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_message_is_short_and_plain(name: str) -> None:
    text = rendered(name).text
    lengths = [len(words) for words in sentences(text)]
    assert len(text.split()) <= MOST_WORDS
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) / len(lengths) <= MEAN_SENTENCE


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_subject_tells_nothing_private(name: str) -> None:
    assert not PRIVATE.search(rendered(name).subject)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_message_asks_at_most_one_thing(name: str) -> None:
    assert rendered(name).html.count("display:inline-block") <= 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_whatever_the_html_links_to_the_text_links_to(name: str) -> None:
    message = rendered(name)
    linked = {link for link in re.findall(r'href="([^"]+)"', message.html) if link.startswith("http")}
    assert linked == set(re.findall(r"https?://\S+", message.text))


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_may_be_left_out_leaves_no_hole(name: str) -> None:
    needed = {key: previews.PREVIEWS[name][key] for key in TEMPLATES[name].needs}
    message = rendering.render(name, needed, desk=None)
    assert "undefined" not in message.text + message.html
    assert "None" not in message.text + message.html
    assert message.text.startswith("Dag,\n")


def strip_of(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", html, re.DOTALL)
    return [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows]


def test_an_offer_shows_in_words_what_differs_from_the_question() -> None:
    asked, offered = WeekPattern.of("ma_vm", "ma_nm", "di_vm"), WeekPattern.of("ma_vm", "ma_nm", "za_vm")
    context = {**previews.PREVIEWS["offer_made"], "asked": asked, "offered": offered}
    assert strip_of(rendering.render("offer_made", context, desk=DESK).html) == [
        ["ja", "niet", "–", "–", "–", "extra"],
        ["ja", "–", "–", "–", "–", "–"],
    ]


def test_a_question_shows_what_is_needed_and_what_is_possible() -> None:
    strip = strip_of(rendered("inquiry_sent").html)
    assert strip == [["ja", "ja", "ja", "kan", "–"], ["ja", "ja", "–", "kan", "–"]]


def test_words_of_a_person_stay_words() -> None:
    context = {**previews.PREVIEWS["offer_expired"], "location_name": "<b>’t & Huis</b>"}
    message = rendering.render("offer_expired", context, desk=DESK)
    assert "<b>’t & Huis</b>" in message.text
    assert "&lt;b&gt;’t &amp; Huis&lt;/b&gt;" in message.html


@pytest.mark.parametrize(
    ("template", "context"),
    [("greeting", {}), ("sign_in_code", {"code": "1"}), ("sign_in_code", {"code": "1", "minutes": 1, "x": 1})],
)
def test_a_message_that_does_not_exist_or_is_not_complete_is_refused(template: str, context: dict[str, object]) -> None:
    with pytest.raises(LookupError):
        rendering.render(template, context, desk=DESK)

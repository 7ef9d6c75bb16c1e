"""What families read is plain Dutch (U11): short sentences, no words of the office, in templates and in messages alike."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import opvangloket

FAMILY = Path(opvangloket.__file__).parent / "web/family"
LONGEST_SENTENCE, MEAN_SENTENCE = 20, 12
MARKED = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')|_\("([^"]+)"\)""")
BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
OFFICE = re.compile(
    r"\b(?:succesvol|helaas|dossier|uw|gelieve|teneinde|betreffende|inzake|indien|derhalve|dient|aanvrager|voormeld)\b",
    re.IGNORECASE,
)
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext"}


def in_code(path: Path) -> Iterator[str]:
    """Yield the words that a module hands to the translator."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATORS:
            yield from (
                word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
            )


def in_template(path: Path) -> Iterator[str]:
    """Yield the words that a template hands to the translator; both forms of a plural."""
    source = path.read_text(encoding="utf-8")
    for found in MARKED.findall(source):
        yield from filter(None, found)
    for body in BLOCK.findall(source):
        yield from re.split(r"\{%\s*plural\s*%\}", body)


def everything() -> list[tuple[str, str]]:
    """List each text with the file that holds it."""
    code = ((path.name, words) for path in sorted(FAMILY.rglob("*.py")) for words in in_code(path))
    templates = ((path.name, words) for path in sorted(FAMILY.rglob("*.html")) for words in in_template(path))
    return [*code, *templates]


def sentences(words: str) -> list[list[str]]:
    """Split words at the end of a sentence; a placeholder counts as one word."""
    plain = re.sub(r"%\(\w+\)s|\{\{.*?\}\}", "iets", words)
    return [sentence.split() for sentence in re.split(r"(?<=[.?!:])\s+", plain.strip()) if sentence.strip()]


TEXTS = everything()


def test_there_is_something_to_read() -> None:
    assert len(TEXTS) > 200


def test_no_sentence_is_long() -> None:
    found = [(where, sentence) for where, words in TEXTS for sentence in sentences(words)]
    assert [(where, " ".join(long)) for where, long in found if len(long) > LONGEST_SENTENCE] == []


def test_no_word_is_of_the_office() -> None:
    assert [(where, words) for where, words in TEXTS if OFFICE.search(words)] == []


def test_sentences_are_short_on_the_whole() -> None:
    lengths = [len(sentence) for _where, words in TEXTS for sentence in sentences(words)]
    assert sum(lengths) / len(lengths) <= MEAN_SENTENCE

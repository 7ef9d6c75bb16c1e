"""Looks at every page that a test fetches, as a strict reader would (house rule 16).

`inspect_page(html, url)` raises one AssertionError that lists everything wrong with the page. Each check is a function
from the page to its problems; `tests/web/ui/test_inspector.py` shows for each of them a page that it refuses.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib

NOT_READ_ALOUD = {"script", "style", "template", "head", "svg"}
QUOTED = {"code", "kbd", "pre", "samp", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label")
LEFTOVERS = re.compile(r"\{\{|\{%|⟦|<object|\b(?:None|True|False|NaN|undefined)\b|\bUUID\(|\bdatetime\.")
CODE_WORD = re.compile(r"(?<![\w@./-])[A-Za-z]+(?:_[A-Za-z0-9]+)+(?!\w|@|[./-]\w)")
ENGLISH = re.compile(
    r"\b(?:the|and|your|please|submit|search|password|username|delete|required|field|invalid|error|page|next|previous"
    r"|this|with|from|save|cancel|edit|view|successfully|request|answer|not found)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Page:
    """A parsed page with the questions that the checks ask of it."""

    root: Element
    parse_errors: tuple[str, ...]
    lang: str

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these tags, in order."""
        return [element for element in self.root.iter() if element.tag in tags]

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """The parent of each element."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Each element with an id, the first of doubles."""
        return {element.attrib["id"]: element for element in reversed(list(self.root.iter())) if "id" in element.attrib}

    def above(self, element: Element) -> Iterator[Element]:
        """Yield the parent, its parent, and so on."""
        while element in self.parents:
            element = self.parents[element]
            yield element


def inspect_page(html: str, url: str, *, lang: str = "nl") -> None:
    """Raise AssertionError with every problem of this page; say nothing when there is none."""
    page = parse(html, lang=lang)
    problems = [problem for check in CHECKS for problem in check(page)]
    if problems:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        raise AssertionError(f"{url} has {len(problems)} problem(s):\n{listed}")


def parse(html: str, *, lang: str = "nl") -> Page:
    """Read a page as a browser does, and keep what the standard has against it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    return Page(root, tuple(f"line {position[0]}: {code}" for position, code, _ in parser.errors), lang)


def text_of(element: Element) -> str:
    """Return the words of an element as they are read, without doubled spaces."""
    return " ".join("".join(element.itertext()).split())


def name_of(element: Element) -> str:
    """Return what a screen reader calls a link or button: its label, its words, or the texts of its pictures."""
    pictures = " ".join(image.attrib.get("alt", "") for image in element.iter("img"))
    return (element.attrib.get("aria-label", "") or text_of(element) or pictures).strip()


def local_name(element: Element) -> str:
    """Return the tag without its namespace: drawings have one."""
    return str(element.tag).rpartition("}")[2]


def shown(element: Element) -> str:
    """Return an element as it can be found in the source."""
    attributes = "".join(f' {name}="{value}"' for name, value in list(element.attrib.items())[:4])
    return f"<{element.tag}{attributes}>"


def is_valid(page: Page) -> Iterator[str]:
    """Hold the page against the HTML standard."""
    yield from (f"invalid HTML, {error}" for error in page.parse_errors)


def speaks_its_language(page: Page) -> Iterator[str]:
    """Hold the language of the document."""
    if page.root.attrib.get("lang") != page.lang:
        yield f'<html> has lang="{page.root.attrib.get("lang", "")}", expected "{page.lang}"'


def has_one_heading_and_its_title(page: Page) -> Iterator[str]:
    """Hold exactly one h1, and a window title that starts with it."""
    headings = page.all("h1")
    if len(headings) != 1 or not text_of(headings[0]):
        yield f"{len(headings)} h1 elements, expected one with words"
        return
    title = " ".join(text_of(element) for element in page.all("title") if element in page.parents)
    if not title.removeprefix("Fout: ").startswith(text_of(headings[0])):
        yield f'the title "{title}" does not start with the h1 "{text_of(headings[0])}"'


def has_one_main(page: Page) -> Iterator[str]:
    """Hold exactly one main, so that the skip link has a goal."""
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main elements, expected one"


def steps_down_headings_one_by_one(page: Page) -> Iterator[str]:
    """Hold that no level of heading is skipped on the way down; an error summary may stand above the h1."""
    level = 1
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        own = int(heading.tag[1])
        if own > level + 1:
            yield f'the heading "{text_of(heading)}" skips from h{level} to h{own}'
        level = own


def labels_every_control(page: Page) -> Iterator[str]:
    """Hold that every control has a label with words."""
    labelled = {label.attrib["for"] for label in page.all("label") if label.attrib.get("for") and text_of(label)}
    for control in page.all("input", "select", "textarea"):
        if control.attrib.get("type") in NEEDS_NO_LABEL:
            continue
        wrapped = any(parent.tag == "label" and text_of(parent) for parent in page.above(control))
        referred = page.by_id.get(control.attrib.get("aria-labelledby", "").split(" ")[0])
        named = control.attrib.get("aria-label") or (referred is not None and text_of(referred))
        if control.attrib.get("id") not in labelled and not wrapped and not named:
            yield f"{shown(control)} has no label"


def names_groups(page: Page) -> Iterator[str]:
    """Hold that every group of controls says what it is about."""
    for group in page.all("fieldset"):
        legend = group.find("legend")
        if legend is None or not text_of(legend):
            yield f"{shown(group)} has no legend with words"


def has_unique_ids(page: Page) -> Iterator[str]:
    """Hold that no id occurs twice."""
    counted = Counter(element.attrib["id"] for element in page.root.iter() if "id" in element.attrib)
    yield from (f'the id "{name}" occurs {times} times' for name, times in counted.items() if times > 1)


def refers_to_what_is_there(page: Page) -> Iterator[str]:
    """Hold that labels and descriptions point at something."""
    for element in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in element.attrib.get(attribute, "").split():
                if name not in page.by_id:
                    yield f'{shown(element)} refers to "{name}", which is not there'


def sends_forms_somewhere_safely(page: Page) -> Iterator[str]:
    """Hold that a form says where it goes, and that a post carries its token."""
    for form in page.all("form"):
        if not form.attrib.get("action"):
            yield f"{shown(form)} has no action"
        tokens = [field for field in form.iter("input") if field.attrib.get("name") == "csrfmiddlewaretoken"]
        if form.attrib.get("method", "get").lower() == "post" and not (tokens and tokens[0].attrib.get("value")):
            yield f"{shown(form)} posts without csrf token"
        if form.attrib.get("method", "get").lower() != "post" and tokens:
            yield f"{shown(form)} puts its csrf token in the address"


def keeps_to_the_content_policy(page: Page) -> Iterator[str]:
    """Hold that nothing inline runs or paints, and that nothing comes from elsewhere."""
    for element in page.root.iter():
        if "style" in element.attrib or element.tag == "style":
            yield f"{shown(element)} has inline style"
        if any(name.startswith(("on", "hx-on")) for name in element.attrib):
            yield f"{shown(element)} has an inline handler"
        if element.tag == "script" and not element.attrib.get("src"):
            yield "there is an inline script"
        if any(value.strip().lower().startswith("javascript:") for value in element.attrib.values()):
            yield f"{shown(element)} holds script in an address"
        source = element.attrib.get("src") or (
            element.attrib.get("href", "") if local_name(element) in {"link", "use"} else ""
        )
        if re.match(r"(?:[a-z]+:)?//", source):
            yield f"{shown(element)} comes from elsewhere"


def leaves_nothing_unfilled(page: Page) -> Iterator[str]:
    """Hold that no variable stayed empty, and that no Python value shines through."""
    for element in page.root.iter():
        for name, value in element.attrib.items():
            if LEFTOVERS.search(value) and not name.startswith("data-"):
                yield f'{shown(element)} has {name}="{value}"'
        if element.tag in {"a", "form"} and any(element.attrib.get(name) == "" for name in ("href", "action")):
            yield f"{shown(element)} has an empty address"
    yield from (f'the text holds "{words}"' for words in spoken(page) if LEFTOVERS.search(words))


def shows_no_codes(page: Page) -> Iterator[str]:
    """Hold that no code of a state or reason reaches the reader."""
    for words in spoken(page):
        yield from (f'the text holds the code "{found}"' for found in CODE_WORD.findall(words))


def speaks_no_english(page: Page) -> Iterator[str]:
    """Hold that no English word was left; texts with a language of their own are theirs."""
    if page.lang != "nl":
        return
    for words in spoken(page):
        found = ENGLISH.search(words)
        if found:
            yield f'the text "{words[:60]}" holds the English word "{found[0]}"'


def describes_pictures(page: Page) -> Iterator[str]:
    """Hold that every picture has a text or is decoration."""
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"{shown(image)} has no alt"
    for drawing in page.root.iter("{http://www.w3.org/2000/svg}svg"):
        named = drawing.attrib.get("role") == "img" and drawing.attrib.get(
            "aria-label", drawing.attrib.get("aria-labelledby")
        )
        if drawing.attrib.get("aria-hidden") != "true" and not named:
            yield f"a drawing ({drawing.attrib.get('class', 'no class')}) is neither hidden nor named"


def names_buttons_and_links(page: Page) -> Iterator[str]:
    """Hold that buttons and links have words, and that links go somewhere."""
    for element in page.all("button", "a", "summary"):
        if not name_of(element):
            yield f"{shown(element)} has no words"
        if element.tag == "a" and "href" not in element.attrib:
            yield f"{shown(element)} goes nowhere"


def heads_tables(page: Page) -> Iterator[str]:
    """Hold that every table has a caption and headings."""
    for table in page.all("table"):
        if table.find("caption") is None or not list(table.iter("th")):
            yield f"{shown(table)} lacks a caption or headings"


def spoken(page: Page) -> Iterator[str]:
    """Yield each run of words that is read aloud in the page's own language, attributes included."""

    def walk(element: Element) -> Iterator[str]:
        own = element.attrib.get("lang", page.lang) == page.lang
        if own and local_name(element) not in NOT_READ_ALOUD | QUOTED:
            yield from (element.attrib[name] for name in SPOKEN_ATTRIBUTES if element.attrib.get(name))
            yield from filter(None, [(element.text or "").strip()])
            for child in element:
                yield from walk(child)
                yield from filter(None, [(child.tail or "").strip()])

    for title in page.all("title"):
        yield text_of(title)
    for body in page.all("body"):
        yield from walk(body)


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    is_valid,
    speaks_its_language,
    has_one_heading_and_its_title,
    has_one_main,
    steps_down_headings_one_by_one,
    labels_every_control,
    names_groups,
    has_unique_ids,
    refers_to_what_is_there,
    sends_forms_somewhere_safely,
    keeps_to_the_content_policy,
    leaves_nothing_unfilled,
    shows_no_codes,
    speaks_no_english,
    describes_pictures,
    names_buttons_and_links,
    heads_tables,
)

"""The page inspector: it lets a good page pass, and every one of its checks refuses a bad one."""

import pytest
from tests.inspector import CHECKS, inspect_page, parse

GOOD = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Mijn vraag · Opvangloket</title>
<link rel="stylesheet" href="/static/ui/base.css"></head>
<body><main><h1>Mijn vraag</h1>
<h2>Wanneer</h2>
<p>Vanaf 6 januari. <a href="/ninove/">Terug</a> <span lang="en">the original text</span></p>
<img src="/static/huis.svg" alt="">
<svg aria-hidden="true"><use href="/static/ui/icons.svg#phone"></use></svg>
<form method="post" action="/bewaar/"><input type="hidden" name="csrfmiddlewaretoken" value="abc">
<label for="naam">Naam</label><input id="naam" name="naam" aria-describedby="hulp"><p id="hulp">Zoals op de brief.</p>
<fieldset><legend>Kies</legend><label><input type="radio" name="r" value="ja"> Ja</label></fieldset>
<button type="submit">Verder</button></form>
<form method="get" action="/zoek/"><input type="search" aria-label="Plaats" name="q"></form>
<table><caption>Antwoorden</caption><tr><th>Opvang</th></tr><tr><td>Mia</td></tr></table>
</main></body></html>"""

BAD = {
    "is_valid": [("<p>Vanaf", "<p><div></p>Vanaf"), ("<!doctype html>", "")],
    "speaks_its_language": [('lang="nl"', 'lang="en"')],
    "has_one_heading_and_its_title": [
        ("<h2>Wanneer</h2>", "<h1>Wanneer</h1>"),
        ("<h1>Mijn vraag</h1>", "<h1> </h1>"),
        ("<title>Mijn vraag", "<title>Vragen"),
    ],
    "has_one_main": [("<main>", "<div>"), ("<main>", "<main></main><main>")],
    "steps_down_headings_one_by_one": [("<h2>Wanneer</h2>", "<h3>Wanneer</h3>")],
    "labels_every_control": [
        ('<label for="naam">Naam</label>', ""),
        ('<label for="naam">Naam</label>', '<label for="naam"></label>'),
        (' aria-label="Plaats"', ""),
    ],
    "names_groups": [("<legend>Kies</legend>", ""), ("<legend>Kies</legend>", "<legend></legend>")],
    "has_unique_ids": [('<p id="hulp">', '<p id="naam">')],
    "refers_to_what_is_there": [('<p id="hulp">', "<p>"), ('for="naam"', 'for="name-2"')],
    "sends_forms_somewhere_safely": [
        (' action="/bewaar/"', ""),
        ('value="abc"', 'value=""'),
        ("csrfmiddlewaretoken", "token"),
        ('method="post"', 'method="get"'),
    ],
    "keeps_to_the_content_policy": [
        ("<h2>", '<h2 style="color: red">'),
        ("<h2>", '<h2 onclick="weg()">'),
        ("<h2>", '<h2 hx-on:click="weg()">'),
        ("</main>", "<script>weg()</script></main>"),
        ('href="/ninove/"', 'href="javascript:weg()"'),
        ('href="/static/ui/base.css"', 'href="https://cdn.example/base.css"'),
        ('src="/static/huis.svg"', 'src="//cdn.example/huis.svg"'),
        ('href="/static/ui/icons.svg#phone"', 'href="https://cdn.example/icons.svg#phone"'),
    ],
    "leaves_nothing_unfilled": [
        ("Vanaf 6 januari", "Vanaf None"),
        ("Vanaf 6 januari", "Vanaf {{ start }}"),
        ("Vanaf 6 januari", "Vanaf ⟦undefined start⟧"),
        ('href="/ninove/"', 'href="/None/"'),
        ('href="/ninove/"', 'href=""'),
    ],
    "shows_no_codes": [
        ("Vanaf 6 januari", "Toestand: closed_no_answer"),
        ('aria-label="Plaats"', 'aria-label="start_te_vroeg"'),
    ],
    "speaks_no_english": [(">Verder<", ">Submit<"), ("<title>Mijn vraag ·", "<title>Mijn vraag with ·")],
    "describes_pictures": [(' alt=""', ""), (' aria-hidden="true"', "")],
    "names_buttons_and_links": [(">Verder<", "><"), (">Terug<", "> <"), (' href="/ninove/"', "")],
    "heads_tables": [("<caption>Antwoorden</caption>", ""), ("<th>Opvang</th>", "<td>Opvang</td>")],
}


def test_a_good_page_passes() -> None:
    inspect_page(GOOD, "/ninove/")


def test_the_title_of_a_form_with_errors_may_say_so() -> None:
    inspect_page(GOOD.replace("<title>", "<title>Fout: "), "/ninove/")


def test_addresses_and_file_names_are_no_codes() -> None:
    inspect_page(
        GOOD.replace("Vanaf 6 januari", "Mail jan_peeters@post.example het bestand vragen_2027.csv"), "/ninove/"
    )


@pytest.mark.parametrize(
    ("check", "was", "becomes"), [(name, *change) for name, changes in BAD.items() for change in changes]
)
def test_a_bad_page_is_refused(check: str, was: str, becomes: str) -> None:
    assert was in GOOD
    bad = GOOD.replace(was, becomes, 1)
    found = next(one for one in CHECKS if one.__name__ == check)
    problems = list(found(parse(bad)))
    assert problems
    with pytest.raises(AssertionError) as refusal:
        inspect_page(bad, "/ninove/")
    assert all(problem in str(refusal.value) for problem in ["/ninove/", *problems])


def test_every_check_has_a_bad_page() -> None:
    assert {check.__name__ for check in CHECKS} == set(BAD)

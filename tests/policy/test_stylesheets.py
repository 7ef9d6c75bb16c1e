"""Habits of the stylesheets, scripts and templates: tokens only, logical directions, nothing inline, nothing foreign."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

import opvangloket

WEB = Path(opvangloket.__file__).parent / "web"
STYLES = sorted([*(WEB / "ui/static/ui").glob("*.css"), *(WEB / "static/web").glob("*.css")])
SCRIPTS = sorted((WEB / "ui/static/ui").glob("*.js"))
TEMPLATES = sorted([*WEB.rglob("templates/**/*.html"), *WEB.rglob("templates/**/*.svg")])
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
# The brand mark, the white ground of a pictogram and the colour of selected text are the same in every scheme.
FIXED_COLOURS = {"#0F5B66", "#FBF8F3", "#F2A65A", "#FFFFFF", "#1D2733"}
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height)|text-align: (?:left|right)|float)(?=:)"
)


def _rules(path: Path) -> str:
    """Return a stylesheet without comments and without the conditions of its media and containers."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@(?:media|container|supports)[^{]*", "", text)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_tokens_and_logical_directions(path: Path) -> None:
    rules = _rules(path)
    assert PHYSICAL.findall(rules) == []
    if path.name not in {"tokens.css", "print.css"}:
        assert {colour.upper() for colour in COLOUR.findall(rules)} <= FIXED_COLOURS


def test_every_token_in_use_exists() -> None:
    defined = {name for path in STYLES for name in re.findall(r"(--[a-z0-9-]+):", path.read_text(encoding="utf-8"))}
    used = {name for path in STYLES for name in re.findall(r"var\((--[a-z0-9-]+)", path.read_text(encoding="utf-8"))}
    assert used <= defined


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_templates_hold_nothing_inline(path: Path) -> None:
    text = re.sub(r"\{[%#].*?[%#]\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|<script(?![^>]*src=)|https?://(?!www\.w3\.org/)", text)


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    assert not re.search(r"https?://|url\(\s*[\"']?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_evaluate_and_insert_no_text_as_code(path: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function",
        path.read_text(encoding="utf-8"),
    )


def test_every_address_in_the_static_files_leads_somewhere(tmp_path: Path) -> None:
    storage = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storage):
        call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    assert list(tmp_path.glob("ui/tokens.*.css"))

"""The tags that draw components: `{% load ui %}`, then `{% week_strip strip %}`. See `docs/design.md`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from django import template
from django.forms import BaseForm, BoundField
from django.forms.renderers import get_default_renderer
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opvangloket.rules.periods import BRUSSELS, brussels_date
from opvangloket.rules.wording import MONTH_NAMES, dutch_date, dutch_time
from opvangloket.web.ui import components as c
from opvangloket.web.ui.icons import icon_names, pictogram_names

register = template.Library()

Drawn = dict[str, Any]
Size = Literal["s", "m", "xl"]


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; always beside a word, so hidden from screen readers. KeyError when unknown."""
    if name not in icon_names():
        raise KeyError(f'icons.svg has no icon "{name}"')
    return format_html(
        '<svg class="icon icon-{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        name,
        static("vendor/tabler-icons/icons.svg"),
        name,
    )


@register.simple_tag
def pictogram(name: str) -> SafeString:
    """Draw a pictogram beside a question; it repeats the words, so its text is empty. KeyError when unknown."""
    if name not in pictogram_names():
        raise KeyError(f'there is no pictogram "{name}"')
    source = static(f"pictograms/{name}.svg")
    return format_html('<img class="pictogram" src="{}" alt="" width="72" height="72">', source)


@register.simple_tag
def week_strip(strip: c.WeekStrip, *, size: Size = "m", words: bool = True) -> SafeString:
    """Draw a week. Small strips keep their words for screen readers only; `words=False` does so for any size."""
    return _drawn_week(strip, size, words_shown=words and size != "s", _language=get_language())


@lru_cache(maxsize=4096)
def _drawn_week(strip: c.WeekStrip, size: Size, *, words_shown: bool, _language: str | None) -> SafeString:
    """Return the drawing of a week: it follows from these alone, and lists of families ask for the same weeks again.

    Half of the time of a worklist of fifty rows went into its strips.
    """
    facts = {"strip": strip, "size": size, "words_shown": words_shown}
    return render_to_string("ui/components/week_strip.html", facts)


@register.simple_tag
@lru_cache(maxsize=4096)
def tone_cells(tones: tuple[str, ...]) -> SafeString:
    """Draw the day parts of a month as small squares; three years hold hundreds of them, mostly alike."""
    return format_html_join("", '<span class="tone is-{}"></span>', ((tone,) for tone in tones))


@register.inclusion_tag("ui/components/week_strip_legend.html")
def week_strip_legend(*strips: c.WeekStrip) -> Drawn:
    """Explain each shape that occurs in these strips, once."""
    used = {kind for strip in strips for kind in strip.kinds}
    return {"kinds": [kind for kind in c.CellKind if kind in used]}


@register.inclusion_tag("ui/components/question_line.html")
def question_line(line: c.QuestionLine, *, label: str = "") -> Drawn:
    """Draw the line of a question; `label` names it for screen readers when no heading does."""
    return {"line": line, "label": label}


@register.inclusion_tag("ui/components/question_rows.html")
def question_rows(rows: Iterable[c.QuestionRow]) -> Drawn:
    """Draw all locations of a request, one line each."""
    return {"rows": rows}


@register.simple_tag
def chip(words: str | c.Chip, tone: str = "cool", *, icon: str = "") -> SafeString:
    """Draw a chip, from a `Chip` or from words and a tone."""
    shown = words if isinstance(words, c.Chip) else c.Chip(words, c.Tone(tone), icon)
    return _drawn_chip(shown.words, shown.tone, shown.icon)


@lru_cache(maxsize=2048, typed=True)
def _drawn_chip(words: str, tone: c.Tone, icon_name: str) -> SafeString:
    """Return the drawing of a chip; in a list of hundreds most say the same. Words that are markup stay apart."""
    drawn = icon(icon_name) if icon_name else ""
    return format_html('<span class="chip is-{}">{}<span class="chip-words">{}</span></span>', tone, drawn, words)


@register.inclusion_tag("ui/components/days_left.html")
def days_left(left: c.DaysLeft) -> Drawn:
    """Draw the days left, with the date itself for who hovers or listens."""
    return {"left": left}


@register.inclusion_tag("ui/components/result_card.html")
def result_card(card: c.ResultCard, *, level: int = 2) -> Drawn:
    """Draw a location in the results; `level` is the level of its heading."""
    return {"card": card, "heading": f"h{level}"}


@register.inclusion_tag("ui/components/offer_compare.html")
def offer_compare(offer: c.OfferCompare, *, level: int = 3) -> Drawn:
    """Draw what was asked beside what is offered."""
    return {"offer": offer, "heading": f"h{level}"}


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(items: Iterable[c.SummaryItem]) -> Drawn:
    """Draw the answers to check, each with "Wijzigen"."""
    return {"items": items}


@register.inclusion_tag("ui/components/timeline.html", takes_context=True)
def timeline(context: Context, entries: Iterable[c.TimelineEntry]) -> Drawn:
    """Draw what happened, newest first."""
    return {"entries": entries, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/worklist.html", takes_context=True)
def worklist(
    context: Context, rows: Iterable[c.WorklistRow], *, keys: bool = True, hint: bool = True, act: str = ""
) -> Drawn:
    """Draw rows of work that `keys` walk through: j, k, enter, and a for the main act, which `act` names in the hint.

    Of several lists on a page only the first says so: `hint=False` for the others.
    """
    shown = {"rows": rows, "keys": keys, "hint": keys and hint, "act": act or _("antwoorden")}
    return {**shown, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/empty_state.html", takes_context=True)
def empty_state(context: Context, state: c.EmptyState, *, level: int = 2) -> Drawn:
    """Draw a list with nothing in it, gladly."""
    return {"state": state, "heading": f"h{level}", "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/data_table.html")
def data_table(table: c.DataTable) -> Drawn:
    """Draw a table that scrolls inside itself when the screen is narrow."""
    return {"table": table}


@register.simple_tag
def table_row(cells: Iterable[c.TableCell]) -> SafeString:
    """Draw a row of a plain table, its first cell as the name of the row."""
    first, *others = cells
    drawn = [format_html('<th scope="row">{}</th>', _cell_words(first))]
    drawn += [_bare_number(cell.words) if cell.number and not cell.url else _drawn_cell(cell) for cell in others]
    return SafeString("".join(drawn))


_CELL = {True: '<td class="is-number">{}</td>', False: "<td>{}</td>"}


def _drawn_cell(cell: c.TableCell) -> SafeString:
    return format_html(_CELL[cell.number], _cell_words(cell))


@lru_cache(maxsize=4096, typed=True)
def _bare_number(words: str) -> SafeString:
    """Draw a number; a table of three years has hundreds, mostly the same few."""
    return _drawn_cell(c.TableCell(words, number=True))


def _cell_words(cell: c.TableCell) -> str:
    return format_html('<a href="{}">{}</a>', cell.url, cell.words) if cell.url else cell.words


@register.inclusion_tag("ui/components/pagination.html")
def pagination(pages: c.Pagination) -> Drawn:
    """Draw the pages before and after; nothing when everything is on this one."""
    return {"pages": pages}


@register.inclusion_tag("ui/components/big_reference.html")
def big_reference(reference: str, *, label: str = "") -> Drawn:
    """Draw the reference of a request, large enough to copy by hand."""
    return {"reference": reference, "label": label}


@register.inclusion_tag("ui/components/act.html", takes_context=True)
def act(context: Context, act: c.Act, *, style: str = "") -> Drawn:
    """Draw an act as a button; `style` is any of "is-quiet is-small is-link is-grave"."""
    return {"act": act, "style": style, "csrf_token": context.get("csrf_token")}


@register.simple_block_tag
def notice(content: str, *, tone: str = "cool", icon: str = "") -> SafeString:
    """Put text on a ground: `{% notice tone="straw" icon="info-circle" %}…{% endnotice %}`."""
    return render_to_string("ui/components/notice.html", {"content": content, "tone": c.Tone(tone), "icon": icon})


@register.simple_block_tag
def disclosure(content: str, label: str, *, opened: bool = False) -> SafeString:
    """Fold text behind its label: `{% disclosure "Waarom vragen we dit?" %}…{% enddisclosure %}`; `opened` unfolds it."""
    shown = {"content": content, "label": label, "opened": opened}
    return render_to_string("ui/components/disclosure.html", shown)


@register.simple_block_tag(takes_context=True)
def button_form(context: Context, content: str, action: str, label: str, *, style: str = "") -> SafeString:
    """Draw a button that posts; the block holds its hidden fields."""
    shown = {"content": content, "action": action, "label": label, "style": style}
    return render_to_string("ui/components/button_form.html", {**shown, "csrf_token": context.get("csrf_token")})


# Written out for each of the hundreds of controls of a page, so not by a loop of the template language.
register.filter("flatatt", flatatt)


@register.simple_tag
def field(bound: BoundField, *, heading: bool = False) -> SafeString:
    """Draw one field; `heading=True` when the page's h1 is its question already."""
    renderer = bound.form.renderer or get_default_renderer()
    return SafeString(renderer.render(bound.template_name, {"field": bound, "heading": heading}))


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm | None = None) -> Drawn:
    """Draw what has to be corrected, each line a link to its field; nothing when all is well."""
    if form is None or not form.is_bound or form.is_valid():
        return {"errors": []}
    several = len(form.visible_fields()) > 1
    general = [("", message) for message in form.non_field_errors()]
    fields = [
        (focus_id(bound), _with_label(str(bound.label), str(message)) if several else message)
        for bound in form.visible_fields()
        for message in bound.errors
    ]
    return {"errors": general + fields}


def _with_label(label: str, message: str) -> str:
    """Say first which question it is about: "E-mailadres: vul dit nog in."."""
    if label.endswith(("?", ".")):
        return f"{label} {message}"
    return f"{label}: {message[:1].lower()}{message[1:]}"


def focus_id(bound: BoundField) -> str:
    """Return the id of the first control of a field, so that a link can put the cursor there."""
    first = getattr(bound.field.widget, "first_id", None)
    if first is not None:
        return str(first(bound.auto_id))
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.filter
def long_date(day: date | datetime) -> str:
    """Write a day as a sentence does: "vrijdag 4 december"."""
    return dutch_date(_brussels_day(day), year=False)


@register.filter
def full_date(day: date | datetime) -> str:
    """Write a day with its year: "vrijdag 4 december 2026"."""
    return dutch_date(_brussels_day(day))


@register.filter
def plain_date(day: date | datetime) -> str:
    """Write a day without weekday: "4 december 2026"."""
    on = _brussels_day(day)
    return f"{on.day} {MONTH_NAMES[on.month - 1]} {on.year}"


@register.filter
def short_date(day: date | datetime) -> str:
    """Write a day where room is scarce: "20 nov"."""
    on = _brussels_day(day)
    return f"{on.day} {MONTH_NAMES[on.month - 1][:3] if on.month != 3 else 'mrt'}"


@register.filter
def clock_time(moment: datetime) -> str:
    """Write the time of a moment on a Brussels clock: "14.05 uur"."""
    local = moment.astimezone(BRUSSELS)
    return dutch_time(local.hour * 60 + local.minute)


@register.filter
def iso_date(day: date | datetime) -> str:
    """Write a day for machines: "2026-12-04"."""
    return _brussels_day(day).isoformat()


def _brussels_day(day: date | datetime) -> date:
    return brussels_date(day) if isinstance(day, datetime) else day

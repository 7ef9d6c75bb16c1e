"""The answers to check: each page's answers in words, with the page where they can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from opvangloket.domains.requests.actions import AskedChild, NewQuestion
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.questions import REPLY_LABELS, SPECIAL_NEED_TEXT, URGENT_OPTIONS, URGENT_TEXT, Reply
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.family.ask.children import child_words
from opvangloket.web.family.ask.flexibility import later_words
from opvangloket.web.family.ask.moments import amount_words
from opvangloket.web.family.ask.questionnaire import Asked, Questionnaire
from opvangloket.web.family.ask.steps import Step, page_of
from opvangloket.web.ui.components import SummaryItem, asked_strip


def answers_to_check(
    questionnaire: Questionnaire, asked: Asked, *, desk_slug: str, locations: Sequence[str]
) -> tuple[SummaryItem, ...]:
    """Return every answer of a complete questionnaire, in the order of its pages."""
    first = asked.questions[0]
    answers = {
        Step.CHILD: _about_children(asked),
        Step.START: _about_start(asked),
        Step.MOMENTS: _about_moments(first),
        Step.FLEXIBILITY: _about_flexibility(first),
        Step.CARE: iter([SummaryItem(question=_("Aan wie vraag je het?"), answer=_numbered(locations))]),
        Step.SITUATION: _about_situation(questionnaire, first),
        Step.CONTACT: _about_contact(questionnaire, first),
    }
    return tuple(
        SummaryItem(
            question=item.question,
            answer=item.answer,
            strip=item.strip,
            change_url=f"{page_of(desk_slug, step)}?terug={Step.CHECK}",
        )
        for step, items in answers.items()
        for item in items
    )


def _about_children(asked: Asked) -> Iterator[SummaryItem]:
    children = [question.child for question in asked.questions]
    yield SummaryItem(question=_("Voor wie?"), answer="; ".join(_child(child) for child in children))
    if len(children) > 1:
        words = _("Ja, allemaal of niemand") if asked.together else _("Nee, apart kan ook")
        yield SummaryItem(question=_("Samen naar dezelfde opvang?"), answer=words)


def _child(child: AskedChild) -> str:
    name = f"{child.first_name} {child.last_name}".strip() if child.first_name else _("Je kindje")
    if child.birth_on:
        return _("%(name)s, geboren op %(day)s") % {"name": name, "day": dutch_date(child.birth_on)}
    day = dutch_date(child.due_on) if child.due_on else ""
    return _("%(name)s, verwacht op %(day)s") % {"name": name, "day": day}


def _about_start(asked: Asked) -> Iterator[SummaryItem]:
    starts = [question.start_on for question in asked.questions]
    if len(set(starts)) == 1:
        yield SummaryItem(question=_("Vanaf wanneer?"), answer=dutch_date(starts[0]).capitalize())
    else:
        names = (child_words(q.child, n, len(starts)) for n, q in enumerate(asked.questions, start=1))
        days = "; ".join(f"{name}: {dutch_date(start)}" for name, start in zip(names, starts, strict=True))
        yield SummaryItem(question=_("Vanaf wanneer?"), answer=days)
    yield SummaryItem(question=_("Tot wanneer?"), answer=_until(asked.questions[0].end_on))


def _until(end_on: date | None) -> str:
    if end_on is None:
        return _("Tot je kind naar school gaat")
    return _("Tot en met %(day)s") % {"day": dutch_date(end_on - ONE_DAY)}


def _about_moments(question: NewQuestion) -> Iterator[SummaryItem]:
    yield SummaryItem(question=_("Welke momenten?"), strip=asked_strip(question.pattern, question.also))
    if question.parts_wanted:
        yield SummaryItem(question=_("Hoeveel daarvan?"), answer=amount_words(question.parts_wanted))
    if question.hours:
        yield SummaryItem(question=_("Welke uren?"), answer=question.hours.hours_words().capitalize())


def _about_flexibility(question: NewQuestion) -> Iterator[SummaryItem]:
    words = [
        later_words(question.later_start_months).removeprefix(_("Ja, ")) if question.later_start_months else "",
        _("andere dagen mag") if question.other_days_ok else "",
        _("starten met een deel van de week mag") if question.part_of_week_ok else "",
        _("een andere opvang in de buurt mag") if question.other_location_ok else "",
    ]
    said = dutch_list([word for word in words if word])
    yield SummaryItem(question=_("Wat kan anders?"), answer=_capital(said) or _("Liever zoals gevraagd"))


def _about_situation(questionnaire: Questionnaire, question: NewQuestion) -> Iterator[SummaryItem]:
    form = questionnaire.forms.situation
    replies = form.replies()
    for asked in form.questions:
        if reply := replies.get(asked.characteristic):
            yield SummaryItem(question=asked.text, answer=REPLY_LABELS[reply])
    if len(replies) < len(form.questions):
        words = _("Deze vragen liet je open.") if not replies else _("De andere vragen liet je open.")
        yield SummaryItem(question=_("Over je gezin"), answer=words)
    if question.urgent_reason:
        yield SummaryItem(question=URGENT_TEXT, answer=URGENT_OPTIONS[question.urgent_reason])
    if question.special_need:
        yield SummaryItem(question=SPECIAL_NEED_TEXT, answer=_support(question))
    if question.message_to_locations:
        yield SummaryItem(question=_("Je woorden voor de opvang"), answer=question.message_to_locations)
    if question.own_words:
        yield SummaryItem(question=_("Je woorden voor het loket"), answer=question.own_words)


def _support(question: NewQuestion) -> str:
    words = [REPLY_LABELS[Reply.YES], question.support_needed]
    if question.support_needed:
        words.append(_("De opvang mag dit lezen.") if question.support_shared else _("Alleen het loket leest dit."))
    return " · ".join(word for word in words if word)


def _about_contact(questionnaire: Questionnaire, question: NewQuestion) -> Iterator[SummaryItem]:
    applicant = question.applicant
    yield SummaryItem(question=_("Je naam"), answer=f"{applicant.first_name} {applicant.last_name}")
    reach = [word for word in (applicant.email, applicant.phone) if word]
    yield SummaryItem(question=_("Hoe bereiken we je?"), answer=" · ".join(reach))
    yield SummaryItem(question=_("Waar woon je?"), answer=questionnaire.forms.contact.cleaned_data["place"])


def _numbered(names: Sequence[str]) -> str:
    return " · ".join(f"{place}. {name}" for place, name in enumerate(names, start=1))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""What is asked in a question and by whom, one line per fact that a location may know."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.inbox.questions import AskingFamily, OrganiserQuestion
from opvangloket.domains.providers.own_locations import Tariff
from opvangloket.rules.wording import dutch_date
from opvangloket.web.questions.question_words import flexibility_words, half_days, size_words
from opvangloket.web.ui.components import SummaryItem, phone_url

TARIFF_WORDS = {
    Tariff.INCOME: gettext_lazy("prijs volgens inkomen"),
    Tariff.FREE: gettext_lazy("vaste prijs"),
    Tariff.MIXED: gettext_lazy("prijs volgens inkomen of vaste prijs"),
}
_LANGUAGES = {
    "en": gettext_lazy("Engels"),
    "fr": gettext_lazy("Frans"),
    "de": gettext_lazy("Duits"),
    "tr": gettext_lazy("Turks"),
    "ar": gettext_lazy("Arabisch"),
    "uk": gettext_lazy("Oekraïens"),
    "es": gettext_lazy("Spaans"),
    "pl": gettext_lazy("Pools"),
    "ro": gettext_lazy("Roemeens"),
}


def asked_items(question: OrganiserQuestion) -> tuple[SummaryItem, ...]:
    """Return what is asked, one line per fact that the organiser may know."""
    return tuple(SummaryItem(question=label, answer=words) for label, words in _asked(question) if words)


def _asked(question: OrganiserQuestion) -> Iterator[tuple[str, str]]:
    care = question.care
    yield _("Start"), capfirst(dutch_date(care.start_on))
    yield _("Tot"), capfirst(dutch_date(care.end_on)) if care.end_on else _("Tot het kind naar school gaat")
    yield _("Hoeveel per week"), _how_much(question)
    if care.other_week:
        yield _("De andere week"), capfirst(care.other_week.words())
    yield _("Uren"), capfirst(care.hours.hours_words())
    yield _("Ook goed"), " ".join(flexibility_words(care))
    yield _("Broer of zus"), _sibling(question)
    yield _("Voorrang"), capfirst(question.priority)
    yield _("Kwetsbaar gezin"), _("Ja, telt mee voor je 30 %") if question.vulnerable else ""
    yield _("Dringend"), _("Ja, het gezin heeft snel opvang nodig") if question.urgent else ""
    yield _("Extra ondersteuning"), _support(question)


def _how_much(question: OrganiserQuestion) -> str:
    care = question.care
    words = size_words(care)
    if care.leaves_choice:
        return _("%(size)s uit de %(named)s") % {"size": words, "named": half_days(len(care.needed | care.also))}
    return capfirst(words)


def _sibling(question: OrganiserQuestion) -> str:
    if not question.sibling:
        return ""
    words = _("Gaat al naar een opvang die het gezin koos.")
    if question.priority_with_sibling != question.priority:
        told = {"priority": question.priority_with_sibling}
        words += " " + _("Is dat bij jou? Dan is er %(priority)s.") % told
    return words


def _support(question: OrganiserQuestion) -> str:
    if question.support_needed:
        return question.support_needed
    return _("Ja. Bel het gezin of het loket voor je antwoordt.") if question.special_need else ""


def contact_items(family: AskingFamily) -> tuple[SummaryItem, ...]:
    """Return who asks and how to reach them."""
    lines = (
        (_("Ouder"), family.applicant_name, ""),
        (_("Telefoon"), family.phone, phone_url(family.phone)),
        (_("E-mail"), family.email, f"mailto:{family.email}"),
        (_("Taal"), str(_LANGUAGES.get(family.language, "")), ""),
    )
    return tuple(SummaryItem(question=label, answer=words, url=url) for label, words, url in lines if words)

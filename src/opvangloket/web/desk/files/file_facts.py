"""The facts of a file in words: how to reach the family, who the child is, what is wanted and why it counts where."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.referrals.queries import ReferredBy
from opvangloket.domains.requests.queries_file import FamilyFile
from opvangloket.domains.requests.wishes import Wish
from opvangloket.rules.ages import age_words
from opvangloket.rules.categories import CATEGORY_LABELS
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.procedure import LANGUAGES, Language
from opvangloket.rules.referrals import CONSENT_LABELS
from opvangloket.rules.wording import count_words, dutch_list
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.components import SummaryItem, WeekStrip, asked_strip
from opvangloket.web.ui.templatetags.ui import full_date, plain_date


def contact_facts(case: Case, referral: ReferredBy | None = None) -> tuple[SummaryItem, ...]:
    """Return how the family is reached, who the child is, and which location passed the family on."""
    file, child = case.file, case.file.child
    born = _("Geboren op %(day)s") if child.birth_on else _("Verwacht op %(day)s")
    start = case.file.current.wish.start_on
    age = _("%(age)s bij de start") % {"age": age_words(child.born_on, start)} if start >= child.born_on else ""
    items = [
        SummaryItem(question=_("Aanvrager"), answer=file.applicant.name, change_url=case.url("contact")),
        SummaryItem(question=_("E-mailadres"), answer=file.applicant.email or _("geen")),
        SummaryItem(question=_("Adres"), answer=file.applicant.address or _("niet gekend")),
        SummaryItem(question=_("Taal"), answer=_language(file.applicant.language)),
        SummaryItem(
            question=_("Kind"),
            answer=". ".join(filter(None, [born % {"day": plain_date(child.born_on)}, capfirst(age)])) + ".",
            change_url="" if child.birth_on else case.url("birth"),
        ),
    ]
    if not file.contact_verified_at:
        items.append(
            SummaryItem(
                question=_("Contact"), answer=_("Nog niet bevestigd door het gezin."), change_url=case.url("verify")
            )
        )
    if referral:
        items.append(SummaryItem(question=_("Doorverwezen"), answer=_referral_words(referral)))
    return tuple(items)


def _referral_words(referral: ReferredBy) -> str:
    by = _("Door %(location)s, op %(day)s.") % {
        "location": referral.location_name,
        "day": full_date(brussels_date(referral.referred_at)),
    }
    agreed = _("Het gezin ging akkoord: %(how)s, op %(day)s.") % {
        "how": CONSENT_LABELS[referral.consent_how],
        "day": full_date(referral.consent_on),
    }
    return f"{by} {agreed}"


def wish_facts(case: Case) -> tuple[SummaryItem, ...]:
    """Return what the family wants beside what it asked first, and what it could live with."""
    file = case.file
    items = [
        SummaryItem(question=_("Eerste vraag"), answer=wish_words(file.original)),
        *([SummaryItem(question=_("Wens nu"), answer=wish_words(file.current.wish))] if file.has_changed else []),
    ]
    if file.other_week:
        items.append(SummaryItem(question=_("De andere week"), answer=f"{capfirst(file.other_week.words())}."))
    items.append(SummaryItem(question=_("Soepel met"), answer=_flexibility(file)))
    return tuple(items)


def strips(file: FamilyFile) -> tuple[tuple[str, WeekStrip], ...]:
    """Return the week as first asked, and beside it the week of today when that is another one."""
    first = (_("Eerste vraag"), _strip(file.original, _("Eerste vraag")))
    return (first, (_("Wens nu"), _strip(file.current.wish, _("Wens nu")))) if file.has_changed else (first,)


def situation_facts(file: FamilyFile) -> tuple[SummaryItem, ...]:
    """Return in which categories the request falls and why, and what the family agreed to share."""
    categories = [
        SummaryItem(question=capfirst(CATEGORY_LABELS[category]), answer=f"{capfirst(dutch_list(why))}.")
        for category, why in file.categories.items()
    ]
    if not categories:
        categories = [SummaryItem(question=_("Voorrang"), answer=_("Geen voorrangsgroep, niet dringend."))]
    return (*categories, *_consents(file))


def _consents(file: FamilyFile) -> Iterator[SummaryItem]:
    if file.support_needed:
        shared = _("De opvang mag dit lezen.") if file.support_shared else _("Alleen het loket mag dit lezen.")
        yield SummaryItem(question=_("Extra ondersteuning"), answer=f"{file.support_needed} ({shared})")
    if file.message_to_locations:
        yield SummaryItem(question=_("Boodschap aan de opvang"), answer=file.message_to_locations)
    if file.confirmed_current_on:
        yield SummaryItem(question=_("Laatst bevestigd"), answer=full_date(file.confirmed_current_on))


def wish_words(wish: Wish) -> str:
    """Write a wish as a sentence: days, start, end and hours."""
    words = _("%(days)s, vanaf %(day)s.") % {"days": capfirst(wish.pattern.words()), "day": full_date(wish.start_on)}
    more = []
    if wish.also:
        more.append(_("%(days)s kan ook.") % {"days": capfirst(wish.also.words())})
    if wish.parts_wanted:
        more.append(
            _("%(parts)s per week is genoeg.") % {"parts": count_words(wish.parts_wanted, "dagdeel", "dagdelen")}
        )
    if hours := wish.hours.hours_words():
        more.append(f"{capfirst(hours)}.")
    if wish.end_on:
        more.append(_("Tot %(day)s.") % {"day": full_date(wish.end_on)})
    return " ".join([words, *more])


def registered_words(case: Case, by: str) -> str:
    """Say when a request came in and who wrote it down."""
    day = full_date(brussels_date(case.file.registered_at))
    channel = case.file.channel.label
    if by:
        return _("Ontvangen op %(day)s, via %(channel)s, door %(by)s.") % {"day": day, "channel": channel, "by": by}
    return _("Ontvangen op %(day)s, via %(channel)s.") % {"day": day, "channel": channel}


def _strip(wish: Wish, caption: str) -> WeekStrip:
    return asked_strip(wish.pattern, wish.also, caption=caption)


def _flexibility(file: FamilyFile) -> str:
    flexible = file.flexibility
    found = []
    if flexible.later_start_months:
        months = count_words(flexible.later_start_months, "maand", "maanden")
        found.append(_("tot %(months)s later starten") % {"months": months})
    marks = (
        (flexible.other_days_ok, _("andere dagen")),
        (flexible.part_of_week_ok, _("eerst een deel van de week")),
        (flexible.other_location_ok, _("een andere opvang in de buurt")),
    )
    found += [words for applies, words in marks if applies]
    return f"{capfirst(dutch_list(found))}." if found else _("Niets anders dan gevraagd.")


def _language(code: str) -> str:
    return capfirst(LANGUAGES[Language(code)]) if code in {language.value for language in Language} else code

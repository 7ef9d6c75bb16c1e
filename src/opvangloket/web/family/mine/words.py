"""How a family names what it asked for: its child, its offers, its days."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.referrals.queries import referral_of
from opvangloket.domains.requests.actions import Wish
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.periods import ONE_DAY, brussels_date
from opvangloket.rules.referrals import CONSENT_LABELS
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.family.ask.moments import amount_words
from opvangloket.web.ui.components import SummaryItem, asked_strip


def child_of(own: OwnRequest) -> str:
    """Name the child: "Noor", or "je kindje" before it has a name."""
    return own.child_first_name or _("je kindje")


def possible_words(answer: GivenAnswer) -> str:
    """Write what a location told as possible beside its no; empty when it told nothing."""
    days = answer.possible_pattern.words() if answer.possible_pattern else ""
    start = _("vanaf %(day)s") % {"day": dutch_date(answer.possible_from_on)} if answer.possible_from_on else ""
    return dutch_list([words for words in (days, start) if words], conjunction=_("of"))


def wish_items(own: OwnRequest) -> tuple[SummaryItem, ...]:
    """Return what the family wants now, for a summary list."""
    wish = own.wish.wish
    items = [
        SummaryItem(question=_("Vanaf"), answer=_capital(dutch_date(wish.start_on))),
        SummaryItem(question=_("Tot"), answer=_until(wish)),
        SummaryItem(question=_("Momenten"), strip=asked_strip(wish.pattern, wish.also)),
    ]
    if wish.parts_wanted:
        items.append(SummaryItem(question=_("Hoeveel daarvan"), answer=amount_words(wish.parts_wanted)))
    if wish.hours:
        items.append(SummaryItem(question=_("Uren"), answer=_capital(wish.hours.hours_words())))
    return tuple(items)


def differs_words(own: OwnRequest) -> str:
    """Say what the family asked first, when it wants something else now; empty when it does not."""
    first, now = own.first_wish.wish, own.wish.wish
    if first == now:
        return ""
    words = _("Eerst vroeg je: %(days)s, vanaf %(day)s.")
    return words % {"days": first.pattern.words(), "day": dutch_date(first.start_on)}


def _until(wish: Wish) -> str:
    if wish.end_on is None:
        return _("Je kind naar school gaat")
    return _capital(dutch_date(wish.end_on - ONE_DAY))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def referred_words(own: OwnRequest) -> str:
    """Say by which location the desk got a question, and on which consent; empty for who came by itself."""
    referral = referral_of(own.id)
    if referral is None:
        return ""
    facts = {
        "location": referral.location_name,
        "day": dutch_date(brussels_date(referral.referred_at)),
        "how": CONSENT_LABELS[referral.consent_how],
    }
    return _("%(location)s gaf je vraag door aan het loket op %(day)s. Jij ging akkoord, %(how)s.") % facts

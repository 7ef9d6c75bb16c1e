"""The worklist in words: for each reason its name, and the sentence that says why something is on the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from opvangloket.domains.deskwork.work import Urgency, WorkItem, WorkLocation, WorkReason, WorkRequest
from opvangloket.rules.periods import ONE_DAY
from opvangloket.web.ui.templatetags.ui import full_date, long_date

NAMES: Final[Mapping[WorkReason, str]] = {
    WorkReason.ANSWERS_LATE: gettext_noop("Antwoord te laat"),
    WorkReason.OFFER_EXPIRING: gettext_noop("Voorstel vervalt"),
    WorkReason.START_NEAR: gettext_noop("Start dichtbij"),
    WorkReason.ALL_SAID_NO: gettext_noop("Iedereen zei nee"),
    WorkReason.URGENT: gettext_noop("Dringend"),
    WorkReason.VULNERABLE_SILENT: gettext_noop("Kwetsbaar en stil"),
    WorkReason.CONTACT_UNVERIFIED: gettext_noop("Adres niet bevestigd"),
    WorkReason.NOT_SENT: gettext_noop("Nog bij geen opvang"),
    WorkReason.DESK_ASKED: gettext_noop("Vraag aan het loket"),
    WorkReason.REFERRED: gettext_noop("Doorverwezen"),
    WorkReason.COMPLAINT: gettext_noop("Klacht"),
    WorkReason.OWN_WORDS: gettext_noop("Eigen woorden"),
    WorkReason.MESSAGE_FAILED: gettext_noop("Bericht niet aangekomen"),
    WorkReason.LIKELY_DUPLICATE: gettext_noop("Misschien dubbel"),
    WorkReason.CONFIRM_CURRENT: gettext_noop("Zoekt nog?"),
    WorkReason.TAKE_OVER: gettext_noop("Overnemen"),
    WorkReason.START_UNCONFIRMED: gettext_noop("Start bevestigen"),
    WorkReason.VACANCY_UNCONFIRMED: gettext_noop("Vrije plaats bevestigen"),
    WorkReason.MANAGER_PROPOSED: gettext_noop("Tweede persoon gevraagd"),
    WorkReason.LEAD_PROPOSED: gettext_noop("Nieuwe trekker"),
    WorkReason.OPENING_ASKED: gettext_noop("Nieuwe opvang"),
    WorkReason.TEXT_WAITS: gettext_noop("Tekst nalezen"),
    WorkReason.PAGE_INCOMPLETE: gettext_noop("Pagina aanvullen"),
    WorkReason.AGREEMENT_UNSIGNED: gettext_noop("Niet getekend"),
    WorkReason.LOCATION_MOVES: gettext_noop("Opvang verhuist"),
    WorkReason.OTHER: gettext_noop("Andere"),
}
GROUPS: Final[Mapping[Urgency, str]] = {
    Urgency.LATE: gettext_noop("Vandaag"),
    Urgency.SOON: gettext_noop("Deze week"),
    Urgency.CALM: gettext_noop("Als er tijd is"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a sentence is made of."""

    item: WorkItem
    today: date
    location: str


def _answers_late(told: _Told) -> str:
    number = told.item.count
    words = ngettext("Antwoordt niet op %(number)s vraag.", "Antwoordt niet op %(number)s vragen.", number)
    since = _("De oudste termijn eindigde op %(day)s.") % {"day": long_date(told.item.on)}
    return f"{words % {'number': number}} {since}"


def _offer_expiring(told: _Told) -> str:
    days = (told.item.on - told.today).days
    when = {0: _("vandaag"), 1: _("morgen")}.get(days) or _("op %(day)s") % {"day": long_date(told.item.on)}
    return _("Het voorstel van %(location)s vervalt %(when)s.") % {"location": told.location, "when": when}


def _start_near(told: _Told) -> str:
    day = {"day": full_date(told.item.on)}
    if told.item.on < told.today:
        return _("De opvang moest starten op %(day)s. Er is nog geen plaats.") % day
    return _("De opvang start op %(day)s. Er is nog geen plaats.") % day


def _silent(told: _Told) -> str:
    return _("Kwetsbaar gezin. Het is stil sinds %(day)s.") % {"day": long_date(told.item.on)}


def _start_unconfirmed(told: _Told) -> str:
    words = _("De opvang bij %(location)s zou starten op %(day)s. Klopt dat?")
    return words % {"location": told.location, "day": full_date(told.item.on)}


def _vacancy_unconfirmed(told: _Told) -> str:
    number = told.item.count
    words = ngettext(
        "%(number)s vrije plaats is niet bevestigd sinds %(day)s.",
        "%(number)s vrije plaatsen zijn niet bevestigd, de oudste sinds %(day)s.",
        number,
    )
    return words % {"number": number, "day": long_date(told.item.on)}


def _noted_or(words: str) -> Callable[[_Told], str]:
    return lambda told: told.item.note or _(words)


_SENTENCES: Final[Mapping[WorkReason, Callable[[_Told], str]]] = {
    WorkReason.ANSWERS_LATE: _answers_late,
    WorkReason.OFFER_EXPIRING: _offer_expiring,
    WorkReason.START_NEAR: _start_near,
    WorkReason.ALL_SAID_NO: lambda _told: _("Geen enkele opvang heeft plaats. Zoek samen verder."),
    WorkReason.URGENT: lambda _told: _("Dringende vraag. Bel het gezin."),
    WorkReason.VULNERABLE_SILENT: _silent,
    WorkReason.CONTACT_UNVERIFIED: lambda _told: _("Het gezin bevestigde zijn adres niet. De vraag wacht daarop."),
    WorkReason.NOT_SENT: lambda _told: _("De vraag ligt nog bij geen enkele opvang. Kies samen."),
    WorkReason.DESK_ASKED: lambda told: (
        _("In het gesprek met %(location)s is een vraag voor het loket.") % {"location": told.location}
    ),
    WorkReason.REFERRED: lambda told: (
        _("%(location)s kon niet helpen en verwees dit gezin door. Bel het.") % {"location": told.location}
    ),
    WorkReason.COMPLAINT: lambda told: (
        _("Het antwoord komt ten laatste op %(day)s.") % {"day": full_date(told.item.on)}
    ),
    WorkReason.OWN_WORDS: lambda _told: _("Het gezin schreef iets in eigen woorden."),
    WorkReason.MESSAGE_FAILED: lambda _told: _("Een bericht kwam niet aan."),
    WorkReason.LIKELY_DUPLICATE: _noted_or(gettext_noop("Misschien is dit twee keer hetzelfde kind.")),
    WorkReason.CONFIRM_CURRENT: lambda _told: _("Zoekt dit gezin nog? Het antwoordde niet op onze mail."),
    WorkReason.TAKE_OVER: _noted_or(gettext_noop("Overgenomen uit jullie oude lijst. Kijk wat er nog moet gebeuren.")),
    WorkReason.START_UNCONFIRMED: _start_unconfirmed,
    WorkReason.VACANCY_UNCONFIRMED: _vacancy_unconfirmed,
    WorkReason.MANAGER_PROPOSED: lambda told: (
        _("Er is een nieuwe verantwoordelijke voorgesteld. Bel en bevestig voor %(day)s.")
        % {"day": long_date(told.item.on + ONE_DAY)}
    ),
    WorkReason.LEAD_PROPOSED: lambda told: (
        _("Een nieuwe trekker is voorgesteld. Bel en bevestig voor %(day)s.")
        % {"day": long_date(told.item.on + ONE_DAY)}
    ),
    WorkReason.OPENING_ASKED: lambda told: (
        _("Gevraagd op %(day)s. Kijk de gegevens na en beslis.") % {"day": long_date(told.item.on)}
    ),
    WorkReason.TEXT_WAITS: lambda told: (
        _("Een nieuwe uitleg voor ouders wacht sinds %(day)s.") % {"day": long_date(told.item.on)}
    ),
    WorkReason.PAGE_INCOMPLETE: lambda _told: _("Op de pagina ontbreekt iets dat jullie vragen."),
    WorkReason.AGREEMENT_UNSIGNED: lambda told: (
        _("De organisator tekende de overeenkomst van %(day)s nog niet.") % {"day": long_date(told.item.on)}
    ),
    WorkReason.LOCATION_MOVES: _noted_or(gettext_noop("Deze opvang verhuist.")),
    WorkReason.OTHER: _noted_or(gettext_noop("Bekijk deze vraag.")),
}


def sentence(item: WorkItem, locations: Mapping[UUID, WorkLocation], today: date) -> str:
    """Say why something is on the list, and what the desk did about it already."""
    location = locations.get(item.location_id) if item.location_id else None
    words = _SENTENCES[item.reason](_Told(item=item, today=today, location=location.name if location else ""))
    if item.handled_on is None:
        return words
    words += " " + _("Laatste contact: %(day)s.") % {"day": long_date(item.handled_on)}
    return f"{words} “{item.note}”" if item.note and item.note not in words else words


def child_title(request: WorkRequest) -> str:
    """Name a request by its child, or by who asks when the child has no name yet."""
    return request.child_name or _("Kindje van %(applicant)s") % {"applicant": request.applicant_name}

"""The worklist in words: for each reason its name, the sentence on the row, and the next act."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from opvangloket.domains.deskwork.work import (
    Urgency,
    WorkComplaint,
    WorkItem,
    WorkLocation,
    WorkReason,
    WorkRequest,
    WorkRow,
)
from opvangloket.rules.complaints import TOPIC_LABELS, ComplaintState
from opvangloket.rules.periods import ONE_DAY
from opvangloket.rules.references import displayed
from opvangloket.web.ui.components import Act, Chip, DaysLeft, Tone, WorklistRow, asked_strip, days_left
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

_MOST_SENTENCES: Final = 2


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
_WITH_DAYS_LEFT: Final = frozenset({WorkReason.ANSWERS_LATE, WorkReason.OFFER_EXPIRING, WorkReason.START_NEAR})


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


def worklist_row(row: WorkRow, *, desk: str, today: date, now_shown: WorkReason | None = None) -> WorklistRow:
    """Return a row as the page draws it; with a filter, its reason comes first."""
    items = sorted(row.items, key=lambda item: item.reason is not now_shown) if now_shown else row.items
    locations = {location.location_id: location for location in row.locations}
    if row.complaint:
        return _of_complaint(row, row.complaint, items[0], desk, today)
    if items[0].message_id:
        return _of_message(row, items[0], desk)
    if items[0].opening_id:
        return _of_opening(row, items[0], desk, today)
    if items[0].move_id:
        return _of_arrival(row, items[0], desk)
    if items[0].proposal_id:
        return _of_proposal(row, items[0], desk, today)
    if row.request:
        return _of_request(row, row.request, list(items), locations, desk, today)
    assert row.location is not None  # noqa: S101 - a row is about a complaint, a request or a location
    return _of_location(row, row.location, list(items), locations, desk, today)


def _of_request(
    row: WorkRow,
    request: WorkRequest,
    items: list[WorkItem],
    locations: Mapping[UUID, WorkLocation],
    desk: str,
    today: date,
) -> WorklistRow:
    file = reverse("desk:file", args=[desk, request.reference])
    title, contact = child_title(request), [request.applicant_name, request.phone]
    about = ", ".join(words for words in contact if words and words not in title)
    told, others = _told_apart(items, locations, today)
    first = items[0]
    named = locations.get(first.location_id) if first.location_id else None
    more = [Act(label=_("Noteer een gesprek"), url=f"{file}#notitie")]
    if any(item.task_id for item in items):
        more.append(Act(label=_("Klaar, met een notitie"), url=f"{file}#taken"))
    return WorklistRow(
        key=f"gezin-{request.reference.lower()}",
        title=f"{title} · {about}" if about else title,
        reason=told,
        url=file,
        urgency=row.entry.urgency,
        strip=asked_strip(request.pattern, request.also),
        days_left=_days_left(items, today),
        chips=(*_chips(request, row.entry.reasons), *others),
        act=_act_of_request(first, request, named.slug if named else "", desk, file),
        more=tuple(more),
    )


def _told_apart(
    items: list[WorkItem], locations: Mapping[UUID, WorkLocation], today: date
) -> tuple[str, tuple[Chip, ...]]:
    """Return the first reasons in sentences, and the names of the others: a row is read in one look."""
    sentences = dict.fromkeys(sentence(item, locations, today) for item in items[:_MOST_SENTENCES])
    said = {item.reason for item in items[:_MOST_SENTENCES]} | {WorkReason.URGENT}
    others = dict.fromkeys(item.reason for item in items[_MOST_SENTENCES:] if item.reason not in said)
    return " ".join(sentences), tuple(Chip(_(NAMES[reason]).lower(), Tone.PLAIN) for reason in others)


def _of_message(row: WorkRow, item: WorkItem, desk: str) -> WorklistRow:
    page = reverse("desk:failed_messages", args=[desk])
    return WorklistRow(
        key=f"bericht-{str(item.message_id)[-8:]}",
        title=item.note or _("Bericht"),
        reason=_("Een bericht kwam niet aan."),
        url=page,
        urgency=row.entry.urgency,
        act=Act(label=_("Bekijken"), url=page, about=item.note),
    )


def _of_proposal(row: WorkRow, item: WorkItem, desk: str, today: date) -> WorklistRow:
    is_lead = item.reason is WorkReason.LEAD_PROPOSED
    page = f"{reverse('desk:settings', args=[desk])}#trekkers" if is_lead else reverse("desk:new_managers", args=[desk])
    return WorklistRow(
        key=f"voorstel-{str(item.proposal_id)[-8:]}",
        title=item.note,
        reason=sentence(item, {}, today),
        url=page,
        urgency=row.entry.urgency,
        act=Act(label=_("Nakijken"), url=page, about=item.note),
    )


def _of_opening(row: WorkRow, item: WorkItem, desk: str, today: date) -> WorklistRow:
    page = reverse("desk:asked_locations", args=[desk])
    return WorklistRow(
        key=f"nieuw-{str(item.opening_id)[-8:]}",
        title=item.note,
        reason=sentence(item, {}, today),
        url=page,
        urgency=row.entry.urgency,
        act=Act(label=_("Nakijken"), url=page, about=item.note),
    )


def _of_arrival(row: WorkRow, item: WorkItem, desk: str) -> WorklistRow:
    page = f"{reverse('desk:locations', args=[desk])}#komt"
    return WorklistRow(
        key=f"komt-{str(item.move_id)[-8:]}",
        title=item.note,
        reason=_("Verhuist naar jullie, en komt op %(day)s op je lijst.") % {"day": long_date(item.on)},
        url=page,
        urgency=row.entry.urgency,
        act=Act(label=_("Bekijken"), url=page, about=item.note),
    )


def _of_complaint(row: WorkRow, complaint: WorkComplaint, item: WorkItem, desk: str, today: date) -> WorklistRow:
    page = reverse("desk:complaint", args=[desk, complaint.reference])
    about = complaint.location_name or TOPIC_LABELS[complaint.topic]
    is_answered = complaint.state is ComplaintState.ANSWERED
    return WorklistRow(
        key=f"klacht-{complaint.reference.lower()}",
        title=f"{_('Klacht over %(about)s') % {'about': about}} · {complaint.complainant_name}",
        reason=_("Er is een antwoord. Sluit de klacht af, of volg verder op.")
        if is_answered
        else sentence(item, {}, today),
        url=page,
        urgency=row.entry.urgency,
        days_left=None if is_answered else days_left(item.on, today=today),
        act=Act(label=_("Lezen"), url=page, about=displayed(complaint.reference)),
    )


def _of_location(
    row: WorkRow,
    location: WorkLocation,
    items: list[WorkItem],
    locations: Mapping[UUID, WorkLocation],
    desk: str,
    today: date,
) -> WorklistRow:
    page = reverse("desk:location", args=[desk, location.slug])
    calls = items[0].reason is WorkReason.ANSWERS_LATE
    if items[0].reason is WorkReason.MESSAGE_FAILED:
        page = reverse("desk:failed_messages", args=[desk])
    if items[0].reason is WorkReason.AGREEMENT_UNSIGNED:
        page = reverse("desk:agreement", args=[desk])
    words = [sentence(item, locations, today) for item in items]
    if calls and location.phone:
        words.append(_("Telefoon: %(phone)s.") % {"phone": location.phone})
    return WorklistRow(
        key=f"opvang-{location.slug}",
        title=location.name,
        reason=" ".join(words),
        url=page,
        urgency=row.entry.urgency,
        days_left=_days_left(items, today),
        act=Act(
            label=_("Bellen") if calls else _("Bekijken"),
            url=f"{page}#bellen" if calls else page,
            icon="phone" if calls else "",
            about=location.name,
        ),
    )


def _days_left(items: list[WorkItem], today: date) -> DaysLeft | None:
    first = items[0]
    passed_start = first.reason is WorkReason.START_NEAR and first.on < today  # nobody is late with that
    return days_left(first.on, today=today) if first.reason in _WITH_DAYS_LEFT and not passed_start else None


def _chips(request: WorkRequest, reasons: Collection[WorkReason]) -> tuple[Chip, ...]:
    vulnerable = request.vulnerable and WorkReason.VULNERABLE_SILENT not in reasons  # that reason says so itself
    marks = ((request.urgent, Chip(_("dringend"), Tone.BRICK)), (vulnerable, Chip(_("kwetsbaar"), Tone.WARM)))
    return tuple(chip for applies, chip in marks if applies)


def _act_of_request(item: WorkItem, request: WorkRequest, location_slug: str, desk: str, file: str) -> Act:
    """Return the next act for the first reason of a row."""

    def to(name: str, *more: str) -> str:
        return reverse(f"desk:{name}", args=[desk, request.reference, *more])

    acts = {
        WorkReason.CONTACT_UNVERIFIED: (_("Bellen"), to("verify")),
        WorkReason.NOT_SENT: (_("Kies opvang"), to("add_location")),
        WorkReason.ALL_SAID_NO: (_("Zoek verder"), to("add_location")),
        WorkReason.LIKELY_DUPLICATE: (_("Vergelijken"), to("duplicates")),
        WorkReason.CONFIRM_CURRENT: (_("Bellen"), to("still_searching")),
        WorkReason.OFFER_EXPIRING: (_("Bellen"), f"{file}#notitie"),
        WorkReason.VULNERABLE_SILENT: (_("Bellen"), f"{file}#notitie"),
        WorkReason.URGENT: (_("Bellen"), f"{file}#notitie"),
        WorkReason.REFERRED: (_("Bellen"), f"{file}#notitie"),
        WorkReason.OWN_WORDS: (_("Lezen"), f"{file}#eigen-woorden"),
        WorkReason.MESSAGE_FAILED: (_("Bekijken"), f"{file}?toon=berichten#tijdlijn"),
    }
    if item.reason is WorkReason.START_UNCONFIRMED and location_slug:
        acts[item.reason] = (_("Bevestigen"), to("confirm_start", location_slug))
    if item.reason is WorkReason.DESK_ASKED and location_slug:
        acts[item.reason] = (_("Lezen"), to("conversation", location_slug))
    label, url = acts.get(item.reason, (_("Openen"), file))
    icon = "phone" if label == _("Bellen") else ""
    return Act(label=label, url=url, icon=icon, about=f"{child_title(request)}, {displayed(request.reference)}")

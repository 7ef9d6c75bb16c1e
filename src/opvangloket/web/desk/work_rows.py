"""The rows of the worklist as the page draws them: about whom, why, how urgent, and the next act."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.deskwork.work import WorkComplaint, WorkItem, WorkLocation, WorkReason, WorkRequest, WorkRow
from opvangloket.rules.complaints import TOPIC_LABELS, ComplaintState
from opvangloket.rules.references import displayed
from opvangloket.web.desk.work_words import NAMES, child_title, sentence
from opvangloket.web.ui.components import Act, Chip, DaysLeft, Tone, WorklistRow, asked_strip, days_left
from opvangloket.web.ui.templatetags.ui import long_date

_MOST_SENTENCES: Final = 2
_WITH_DAYS_LEFT: Final = frozenset({WorkReason.ANSWERS_LATE, WorkReason.OFFER_EXPIRING, WorkReason.START_NEAR})


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

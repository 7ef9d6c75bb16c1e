"""The timeline in words: each happening as one sentence, who did it, and what goes with it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from opvangloket.domains.deskwork.timeline import Happening, Source
from opvangloket.foundation.messages.queries import MessageRow
from opvangloket.rules.care_course import CareChangeKind
from opvangloket.rules.case_events import EventKind
from opvangloket.rules.reasons import (
    DECLINE_REASONS,
    ELSEWHERE_REASONS,
    END_REASONS,
    LAPSE_REASONS,
    NO_REASONS,
    ReasonList,
)
from opvangloket.rules.references import displayed
from opvangloket.rules.wording import dutch_list
from opvangloket.web.ui.components import Act, TimelineEntry
from opvangloket.web.ui.templatetags.ui import full_date

CHANNELS: Final[Mapping[str, str]] = {
    "online": gettext_noop("Vraag gesteld op de website"),
    "phone": gettext_noop("Vraag opgenomen aan de telefoon"),
    "counter": gettext_noop("Vraag opgenomen aan het loket"),
    "paper": gettext_noop("Vraag op papier ontvangen"),
    "helper": gettext_noop("Vraag gesteld door een toeleider"),
    "organiser": gettext_noop("Vraag gesteld bij een opvang"),
    "import": gettext_noop("Vraag overgenomen uit een lijst"),
    "interface": gettext_noop("Vraag uit andere software"),
}
_EVENTS: Final[Mapping[EventKind, str]] = {
    EventKind.ANSWERED_YES: gettext_noop("%(location)s heeft plaats, zoals gevraagd"),
    EventKind.ANSWERED_ALTERNATIVE: gettext_noop("%(location)s stelt iets anders voor"),
    EventKind.ANSWERED_NO: gettext_noop("%(location)s heeft geen plaats"),
    EventKind.OFFER_ACCEPTED: gettext_noop("Voorstel van %(location)s aangenomen"),
    EventKind.OFFER_DECLINED: gettext_noop("Voorstel van %(location)s geweigerd"),
    EventKind.OFFER_EXPIRED: gettext_noop("Voorstel van %(location)s vervallen"),
    EventKind.OFFER_WITHDRAWN: gettext_noop("Voorstel van %(location)s ingetrokken"),
    EventKind.PLACED_DIRECTLY: gettext_noop("Rechtstreeks geplaatst bij %(location)s"),
    EventKind.START_CONFIRMED: gettext_noop("Start bij %(location)s bevestigd"),
    EventKind.STILL_SEARCHING: gettext_noop("Het gezin zoekt nog"),
    EventKind.SEARCH_ENDED: gettext_noop("Gestopt met zoeken, zonder plaats"),
    EventKind.FOUND_ELSEWHERE: gettext_noop("Elders opvang gevonden"),
    EventKind.LAPSED: gettext_noop("Opvang is niet meer nodig"),
    EventKind.WITHDRAWN: gettext_noop("Vraag ingetrokken"),
    EventKind.REOPENED: gettext_noop("Vraag opnieuw geopend"),
    EventKind.CORRECTED: gettext_noop("Typfout verbeterd"),
    EventKind.NOT_GENUINE: gettext_noop("Geen echte vraag"),
    EventKind.MERGED_INTO: gettext_noop("Samengevoegd met %(reference)s"),
}
_REASONS: Final[Mapping[EventKind, ReasonList]] = {
    EventKind.ANSWERED_NO: NO_REASONS,
    EventKind.OFFER_DECLINED: DECLINE_REASONS,
    EventKind.FOUND_ELSEWHERE: ELSEWHERE_REASONS,
    EventKind.LAPSED: LAPSE_REASONS,
}
_ACTS: Final[Mapping[str, str]] = {
    "request.read": gettext_noop("Bekeek dit overzicht"),
    "inquiry.read": gettext_noop("%(location)s las de vraag"),
    "session.open": gettext_noop("Het gezin meldde zich aan"),
    "request.change_wish": gettext_noop("Wens of gegevens veranderd"),
    "request.verify_contact": gettext_noop("Contact bevestigd"),
    "request.confirm_current": gettext_noop("Bevestigd dat de vraag nog geldt"),
    "inquiry.add_location": gettext_noop("%(location)s toegevoegd"),
    "inquiry.drop_location": gettext_noop("%(location)s geschrapt"),
    "inquiry.ask_whole_territory": gettext_noop("Dringend: gevraagd aan elke opvang van het loket"),
    "inquiry.new_round": gettext_noop("Nieuwe ronde gestart"),
    "inquiry.print": gettext_noop("Vraag afgedrukt voor %(location)s"),
    "inquiry.close": gettext_noop("Niet meer gewacht op %(location)s"),
    "offer.extend": gettext_noop("Meer tijd voor het voorstel van %(location)s"),
    "placement.arrange": gettext_noop("%(location)s regelt de overeenkomst"),
    "placement.settle_in": gettext_noop("Wenmoment bij %(location)s afgesproken"),
    "placement.propose": gettext_noop("Verandering gevraagd bij %(location)s"),
    "placement.refuse": gettext_noop("Nee op de verandering bij %(location)s"),
    "placement.take_back": gettext_noop("Verandering bij %(location)s niet meer gevraagd"),
    "placement.just_taken": gettext_noop("De plaats van de verandering bij %(location)s was net ingenomen"),
    "placement.lapse": gettext_noop("Geen antwoord over de verandering bij %(location)s"),
    "task.finish": gettext_noop("Taak afgewerkt"),
    "message.send_again": gettext_noop("Bericht opnieuw verstuurd"),
    "request.correct": gettext_noop("Dringend aangepast"),
    "request.merge": gettext_noop("Vraag telt weer mee"),
}
_CARE: Final[Mapping[CareChangeKind, str]] = {
    CareChangeKind.DAYS: gettext_noop("Andere dagen of uren bij %(location)s, vanaf %(day)s"),
    CareChangeKind.MOVED: gettext_noop("Gaat van %(location)s naar %(to)s, vanaf %(day)s"),
    CareChangeKind.ENDS: gettext_noop("Opvang bij %(location)s stopt op %(day)s"),
    CareChangeKind.GOES_ON: gettext_noop("Opvang bij %(location)s gaat toch door"),
}
_WHO: Final[Mapping[str, str]] = {
    "parent": gettext_noop("het gezin"),
    "visitor": gettext_noop("het gezin"),
    "organiser": gettext_noop("de opvang"),
    "desk_worker": gettext_noop("het loket"),
    "desk_lead": gettext_noop("het loket"),
    "system": gettext_noop("vanzelf"),
}
_MOST_NAMED: Final = 8
_AT_DESK: Final = frozenset({"desk_worker", "desk_lead"})
_BY_ANSWER: Final = frozenset({EventKind.ANSWERED_YES, EventKind.ANSWERED_ALTERNATIVE, EventKind.ANSWERED_NO})


def timeline_entries(
    happenings: Iterable[Happening], names: Mapping[UUID, str], *, again_url: str
) -> tuple[TimelineEntry, ...]:
    """Return the timeline as the page draws it; a mail that did not arrive is sent once more by `again_url`."""
    return tuple(_entry(happening, names, again_url) for happening in happenings)


def _entry(happening: Happening, names: Mapping[UUID, str], again_url: str) -> TimelineEntry:
    words, detail = _WORDS[happening.source](happening)
    message = happening.message
    failed = message is not None and message.has_failed
    return TimelineEntry(
        words=words,
        at=happening.at,
        who=_who(happening, names),
        detail=detail,
        act=_again(message, again_url) if failed and message else None,
        quiet=happening.is_read or (happening.source is Source.MESSAGE and not failed),
    )


def _again(message: MessageRow, url: str) -> Act:
    fields = (("message", str(message.id)),)
    return Act(label=_("Opnieuw versturen"), url=url, post=True, fields=fields, icon="refresh", about=message.subject)


def _registration(happening: Happening) -> tuple[str, str]:
    assert happening.pattern is not None  # noqa: S101 - a question asks something
    assert happening.start_on is not None  # noqa: S101 - and starts some day
    return _(CHANNELS[happening.code]), _week(happening)


def _sending(happening: Happening) -> tuple[str, str]:
    number = len(happening.locations)
    words = ngettext(
        "Verstuurd naar %(number)s opvang", "Verstuurd naar %(number)s locaties, op hetzelfde moment", number
    )
    named = happening.locations[:_MOST_NAMED]
    rest = number - len(named)
    listed = [*named, _("%(rest)s andere") % {"rest": rest}] if rest else [*named]
    return words % {"number": number}, f"{dutch_list(listed)}."


def _event(happening: Happening) -> tuple[str, str]:
    kind = EventKind(happening.code)
    location = happening.locations[0] if happening.locations else _("de opvang")
    reference = displayed(happening.reason) if kind is EventKind.MERGED_INTO else ""
    details = [_week(happening)]
    if happening.reason and kind in _REASONS and happening.reason in _REASONS[kind]:
        details.append(f"{_REASONS[kind].label(happening.reason)}.")
    if happening.reply_by_on:
        details.append(_("Antwoord ten laatste op %(day)s.") % {"day": full_date(happening.reply_by_on)})
    if kind in _BY_ANSWER and happening.actor_kind in _AT_DESK:
        details.append(_("Ingegeven door het loket."))
    if "imported" in happening.codes:
        details.append(_("Overgenomen uit de oude lijst."))
    return _(_EVENTS[kind]) % {"location": location, "reference": reference}, " ".join(filter(None, details))


def _message(happening: Happening) -> tuple[str, str]:
    message = happening.message
    assert message is not None  # noqa: S101 - this is what the entry is about
    to = message.recipient_name or message.recipient
    words = _("Bericht aan %(name)s: “%(subject)s”") % {"name": to, "subject": message.subject}
    detail = f"{message.state_words.capitalize()}." + (f" {message.failure}" if message.failure else "")
    return words, detail


def _note(happening: Happening) -> tuple[str, str]:
    return _("Notitie"), happening.text


def _act(happening: Happening) -> tuple[str, str]:
    location = happening.locations[0] if happening.locations else _("de opvang")
    words = _(_ACTS[happening.code]) % {"location": location}
    if happening.code == "request.change_wish" and "birth" in happening.codes:
        words = _("Het kind is geboren")
    elif happening.code == "request.change_wish" and any(code.startswith("version:") for code in happening.codes):
        words = _("Nieuwe wens")
    elif happening.code == "placement.settle_in" and "dropped" in happening.codes:
        words = _("Wenmoment bij %(location)s geschrapt") % {"location": location}
    elif happening.code == "request.correct":
        words = _("Dringend gemaakt") if "urgent" in happening.codes else _("Niet meer dringend")
    times = ngettext("%(times)s keer op deze dag.", "%(times)s keer op deze dag.", happening.times)
    return words, times % {"times": happening.times} if happening.times > 1 else ""


def _care(happening: Happening) -> tuple[str, str]:
    assert happening.start_on is not None  # noqa: S101 - a change begins on a day
    facts = {"location": happening.locations[0], "to": happening.locations[-1], "day": full_date(happening.start_on)}
    details = [f"{happening.pattern.words().capitalize()}."] if happening.pattern else []
    if happening.text:
        details.append(f"{happening.text[:1].upper()}{happening.text[1:]}.")
    if happening.reason:
        details.append(f"{END_REASONS.label(happening.reason)}.")
    if happening.agreed_on:
        details.append(_("Afgesproken met het gezin op %(day)s.") % {"day": full_date(happening.agreed_on)})
    return _(_CARE[CareChangeKind(happening.code)]) % facts, " ".join(details)


_WORDS: Final[Mapping[Source, Callable[[Happening], tuple[str, str]]]] = {
    Source.REGISTRATION: _registration,
    Source.SENDING: _sending,
    Source.EVENT: _event,
    Source.MESSAGE: _message,
    Source.NOTE: _note,
    Source.ACT: _act,
    Source.CARE: _care,
}


def _week(happening: Happening) -> str:
    days = happening.pattern.words().capitalize() if happening.pattern else ""
    start = _("vanaf %(day)s") % {"day": full_date(happening.start_on)} if happening.start_on else ""
    words = ", ".join(part for part in (days, start) if part)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _who(happening: Happening, names: Mapping[UUID, str]) -> str:
    """Name who did it: a person where we know one, else the part that it played."""
    name = names.get(happening.actor_id, "") if happening.actor_id else ""
    return name or (_(_WHO[happening.actor_kind]) if happening.actor_kind in _WHO else "")

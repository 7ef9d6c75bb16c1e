"""The first thing that a family reads: how its request stands, and the next date, in one or two sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opvangloket.domains.distribution.request_lines import RequestLine
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.care_requests import RequestState
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.inquiries import InquiryState
from opvangloket.rules.terms import days_left_words
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.family.mine.care import ending_words
from opvangloket.web.family.mine.words import child_of

_ENDED = {
    RequestState.FOUND_ELSEWHERE: gettext_lazy("Je vond elders opvang. Deze vraag is gesloten."),
    RequestState.LAPSED: gettext_lazy("Je hebt geen opvang meer nodig. Deze vraag is gesloten."),
    RequestState.WITHDRAWN: gettext_lazy("Je trok deze vraag in."),
    RequestState.CLOSED_UNANSWERED: gettext_lazy("We zoeken niet verder voor deze vraag."),
    RequestState.NOT_GENUINE: gettext_lazy("Het loket sloot deze vraag. Bel ons als dat niet klopt."),
    RequestState.MERGED: gettext_lazy("Het loket voegde deze vraag samen met een andere vraag van jou."),
}


def next_date_words(own: OwnRequest, lines: Sequence[RequestLine], *, today: date) -> str:
    """Return the sentence on top of a request: what comes next, and when."""
    if own.state in _ENDED:
        return str(_ENDED[own.state])
    if own.state is RequestState.REGISTERED and not own.is_proved:
        return _not_proved(own)
    placed = [line for line in lines if line.placement]
    offered = [line for line in lines if line.open_offer]
    waiting = [line for line in lines if line.state is InquiryState.SENT]
    later = [line for line in lines if line.state is InquiryState.WAITING_RELEASE and line.send_from_on]
    if offered:
        return _offered(offered, today)
    if proposed := _proposed(placed, today):
        return proposed
    if placed:
        return _placed(own, placed, today)
    if waiting:
        return _waiting(waiting)
    if later:
        return _later(later)
    return _nothing_open(own)


def _not_proved(own: OwnRequest) -> str:
    if own.email:
        return _("Bevestig nog dat we je mogen mailen. Daarna vertrekt je vraag.")
    return _("Het loket belt je op %(phone)s. Daarna vertrekt je vraag.") % {"phone": own.phone}


def _offered(lines: Sequence[RequestLine], today: date) -> str:
    names = dutch_list([line.location_name for line in lines])
    last = min(line.open_offer.offer.reply_by_on for line in lines if line.open_offer and line.open_offer.offer)
    words = ngettext("%(names)s heeft een plaats voor je.", "%(names)s hebben een plaats voor je.", len(lines))
    reply = _("Antwoord ten laatste op %(day)s (%(left)s).")
    day, left = dutch_date(last, year=False), days_left_words(last, today)
    return f"{words % {'names': names}} {reply % {'day': day, 'left': left}}"


def _proposed(lines: Sequence[RequestLine], today: date) -> str:
    """Say that a location waits for the family's answer to a change; empty when none does."""
    for line in lines:
        proposal = line.placement.care.open_proposal(today) if line.placement else None
        if proposal and proposal.asked_by is Proposer.ORGANISER:
            words = _("%(name)s stelt een verandering voor. Antwoord ten laatste op %(day)s.")
            return words % {"name": line.location_name, "day": dutch_date(proposal.reply_by_on, year=False)}
    return ""


def _placed(own: OwnRequest, lines: Sequence[RequestLine], today: date) -> str:
    running = [line for line in lines if line.placement and not _is_over(line, today)]
    line = running[0] if running else lines[-1]
    place = line.placement
    assert place  # noqa: S101 - the caller chose lines with a place
    if not running and place.care.ending:
        return ending_words(place.care.ending, today)
    facts = {
        "name": child_of(own).capitalize() if not own.child_first_name else own.child_first_name,
        "location": line.location_name,
        "day": dutch_date(place.real_start_on),
    }
    if place.real_start_on <= today:
        return _("%(name)s gaat naar %(location)s sinds %(day)s.") % facts
    return _("%(name)s start op %(day)s bij %(location)s.") % facts


def _is_over(line: RequestLine, today: date) -> bool:
    ending = line.placement.care.ending if line.placement else None
    return ending is not None and ending.on <= today


def _waiting(lines: Sequence[RequestLine]) -> str:
    count = len(lines)
    words = ngettext("Je vraag ligt bij %(count)s opvang.", "Je vraag ligt bij %(count)s opvanglocaties.", count)
    words %= {"count": count}
    in_time = [line.due_on for line in lines if line.due_on and not line.overdue]
    late = count - len(in_time)
    if in_time:
        day = dutch_date(max(in_time), year=False)
        answer = ngettext("Je krijgt antwoord ten laatste op %(day)s.", "Ze antwoorden ten laatste op %(day)s.", count)
        words = f"{words} {answer % {'day': day}}"
    if late:
        chased = ngettext(
            "%(late)s is te laat: het loket vraagt het na.", "%(late)s zijn te laat: het loket vraagt het na.", late
        )
        words = f"{words} {chased % {'late': late}}"
    return words


def _later(lines: Sequence[RequestLine]) -> str:
    first = min(line.send_from_on for line in lines if line.send_from_on)
    count = len(lines)
    words = ngettext(
        "Op %(day)s vertrekt je vraag naar %(count)s opvang.",
        "Op %(day)s vertrekt je vraag naar %(count)s opvanglocaties.",
        count,
    )
    return words % {"day": dutch_date(first), "count": count}


def _nothing_open(own: OwnRequest) -> str:
    return _("Er is nog geen plaats voor %(name)s. Het loket zoekt met je mee.") % {"name": child_of(own)}

"""The care of a child as its family reads it: its days, what changes ahead, until when, and what can be said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.arrangements import Arrangements, Moment, arrangements_of
from opvangloket.domains.distribution.care.reading import Ending
from opvangloket.domains.distribution.request_lines import RequestLine, SeenPlacement
from opvangloket.domains.requests.own_requests import OwnRequest
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.reasons import END_REASONS
from opvangloket.rules.wording import dutch_date
from opvangloket.web.family.mine.visit import page_of
from opvangloket.web.guards import FamilyVisit
from opvangloket.web.locations.moving import moving_words
from opvangloket.web.ui.components import WeekStrip, agreed_strip


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCard:
    """The care at one location; an address is empty where there is nothing to say any more."""

    slug: str
    location_name: str
    strip: WeekStrip
    since_words: str
    hours_words: str
    lines: tuple[str, ...]
    moments: tuple[Moment, ...]
    to_arrange: tuple[str, ...]
    change: CareChangeCard | None
    ask_url: str
    end_url: str
    go_on_url: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CareChangeCard:
    """A change that waits: what is asked, and where it is answered, or taken back by who asked it."""

    title: str
    words: str
    reply_words: str
    answer_url: str
    withdraw_url: str


def care_cards(own: OwnRequest, lines: Sequence[RequestLine], visit: FamilyVisit) -> tuple[CareCard, ...]:
    """Return the care of a child at each location: where it is and will be first, where it was after that."""
    placed = [(line, line.placement) for line in lines if line.placement]
    arrangements = arrangements_of([place.id for _line, place in placed]) if placed else {}
    cards = [_card(own, line, place, arrangements[place.id], visit) for line, place in placed]
    return tuple(sorted(cards, key=lambda card: card.is_over))


def _card(
    own: OwnRequest, line: RequestLine, place: SeenPlacement, arranged: Arrangements, visit: FamilyVisit
) -> CareCard:
    today, ending = visit.today, place.care.ending
    open_still = ending is None or ending.can_change(today)
    began = place.care.moved_from or place.real_start_on <= today
    return CareCard(
        slug=line.location_slug,
        location_name=line.location_name,
        strip=agreed_strip(place.care.pattern_on(today), caption=_("Dagen")),
        since_words=_since(place, today),
        hours_words=capfirst(place.care.hours_on(today).hours_words()),
        lines=tuple(filter(None, (*_lines(place, today), moving_words(line.moves)))),
        moments=tuple(moment for moment in arranged.moments if moment.starts_at >= visit.now),
        # Once care has started, what is on paper is between the two of them.
        to_arrange=() if began or ending else tuple(arranged.items[item] for item in arranged.missing),
        change=_change(own, line, place, visit),
        ask_url=page_of(own, visit, "my_other_days", location=line.location_slug)
        if place.confirmed_at and (ending is None or ending.on > today)
        else "",
        end_url=page_of(own, visit, "my_care_ends", location=line.location_slug)
        if began and open_still and not (ending and ending.moves_to)
        else "",
        go_on_url=page_of(own, visit, "my_care_goes_on", location=line.location_slug)
        if ending and open_still and not ending.moves_to
        else "",
        is_over=ending is not None and ending.on <= today,
    )


def _change(own: OwnRequest, line: RequestLine, place: SeenPlacement, visit: FamilyVisit) -> CareChangeCard | None:
    """Return the change that waits for an answer, or None."""
    proposal = place.care.open_proposal(visit.today)
    if proposal is None:
        return None
    by_family = proposal.asked_by is Proposer.FAMILY
    facts = {
        "name": line.location_name,
        "day": dutch_date(proposal.from_on),
        "days": proposal.pattern.words(),
        "to": proposal.to_name,
        "last": dutch_date(proposal.reply_by_on, year=False),
    }
    title = _("Je vroeg andere dagen") if by_family else _("%(name)s stelt iets voor")
    words = _("Naar %(to)s vanaf %(day)s.") if proposal.to_name else _("Vanaf %(day)s: %(days)s.")
    reply = _("Je krijgt antwoord ten laatste op %(last)s.") if by_family else _("Antwoord ten laatste op %(last)s.")
    address = page_of(own, visit, "my_other_days_off" if by_family else "my_change", location=line.location_slug)
    return CareChangeCard(
        title=title % facts,
        words=words % facts,
        reply_words=reply % facts,
        answer_url="" if by_family else address,
        withdraw_url=address if by_family else "",
    )


def _since(place: SeenPlacement, today: date) -> str:
    day = dutch_date(place.real_start_on)
    return _("Sinds %(day)s") % {"day": day} if place.real_start_on <= today else _("Vanaf %(day)s") % {"day": day}


def _lines(place: SeenPlacement, today: date) -> list[str]:
    care, lines = place.care, []
    if care.moved_from:
        lines.append(_("Vroeger bij %(location)s.") % {"location": care.moved_from})
    if (ahead := care.next_days(today)) is not None:
        words = _("Vanaf %(day)s: %(days)s.")
        lines.append(words % {"day": dutch_date(ahead.period.start), "days": ahead.pattern.words()})
    if (refused := care.refused_proposal(today, asked_by=Proposer.FAMILY)) is not None:
        words = _("De opvang zei nee op je vraag vanaf %(day)s.") % {"day": dutch_date(refused.from_on)}
        lines.append(f"{words} “{refused.reply}”" if refused.reply else words)
    if care.ending is not None:
        lines.append(ending_words(care.ending, today))
    elif place.end_on:
        lines.append(_("Tot %(day)s.") % {"day": dutch_date(place.end_on)})
    return lines


def ending_words(ending: Ending, today: date) -> str:
    """Say when the care at a location ends or ended, and why."""
    day = dutch_date(ending.on)
    if ending.moves_to:
        return _("Vanaf %(day)s bij %(location)s.") % {"day": day, "location": ending.moves_to}
    words = _("De opvang stopte op %(day)s.") if ending.on <= today else _("De opvang stopt op %(day)s.")
    reason = f" {END_REASONS.label(ending.reason)}." if ending.reason else ""
    return f"{words % {'day': day}}{reason}"

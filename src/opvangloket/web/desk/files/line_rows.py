"""The lines of a request on the desk's file: where each stands, and what a worker can do about it."""

from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.distribution.care.reading import Ending
from opvangloket.domains.distribution.request_lines import RequestLine, SeenPlacement
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.inquiries import ANSWERED_STATES, AnswerKind, InquiryState
from opvangloket.rules.offers import LABELS as OFFER_LABELS
from opvangloket.rules.offers import OfferState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import END_REASONS, NO_REASONS
from opvangloket.rules.terms import days_left_words
from opvangloket.rules.wording import dutch_list
from opvangloket.web.desk.case import Case
from opvangloket.web.ui.components import (
    Act,
    AnswerGiven,
    Chip,
    Choice,
    ChoiceKind,
    QuestionLine,
    QuestionRow,
    Reader,
    Tone,
    question_line,
)
from opvangloket.web.ui.components import AnswerKind as DrawnAnswer
from opvangloket.web.ui.templatetags.ui import full_date, long_date


def line_row(case: Case, line: RequestLine, *, unread: int = 0, talked: bool = False) -> QuestionRow:
    """Return the line of one location with its acts; `unread` messages ask the desk something."""
    acts = [*_acts(case, line), *_talk(case, line, unread, talked)]
    return QuestionRow(
        name=line.location_name,
        url=reverse("desk:location", args=[case.visit.desk.slug, line.location_slug]),
        note=line.location_phone,
        line=_drawn(line, case),
        chip=_chip(line, case.today),
        next_words=_next_words(line, case.today),
        act_label=acts[0].label if acts else "",
        act_url=acts[0].url if acts else "",
        more=tuple(acts[1:]),
    )


def _drawn(line: RequestLine, case: Case) -> QuestionLine:
    answer, offer = line.answer, line.answer.offer if line.answer else None
    closed = offer is not None and offer.state is not OfferState.OPEN
    return question_line(
        asked_on=brussels_date(line.sent_at or case.file.registered_at),
        sent_on=brussels_date(line.sent_at) if line.sent_at else None,
        seen_on=brussels_date(line.seen_at) if line.seen_at else None,
        answer=AnswerGiven(DrawnAnswer(answer.kind.value), brussels_date(answer.at)) if answer else None,
        choice=Choice(ChoiceKind(offer.state.value), brussels_date(offer.closed_at) if offer.closed_at else case.today)
        if offer and closed
        else None,
        placed_on=brussels_date(line.placement.agreed_at) if line.placement else None,
        closed_on=line.closed_on,
        reader=Reader.DESK,
    )


def _chip(line: RequestLine, today: date) -> Chip | None:
    """Return the one thing to know about a line now."""
    if line.placement:
        return _placement_chip(line.placement, today)
    if line.dropped_at:
        return Chip(_("Geschrapt"), Tone.PLAIN)
    if line.open_offer and line.open_offer.offer:
        left = days_left_words(line.open_offer.offer.reply_by_on, today)
        return Chip(_("Voorstel: %(left)s") % {"left": left}, Tone.WARM)
    if line.state is InquiryState.SENT and line.due_on:
        left = days_left_words(line.due_on, today)
        return Chip(left, Tone.BRICK) if line.overdue else Chip(_("Antwoord: %(left)s") % {"left": left})
    if line.answer and line.answer.offer:
        return Chip(capfirst(OFFER_LABELS[line.answer.offer.state]), Tone.PLAIN)
    return None


def _placement_chip(place: SeenPlacement, today: date) -> Chip:
    ending = place.care.ending
    if ending is None:
        return Chip(_("Heeft een plaats"), Tone.LEAF)
    if ending.on > today:
        return Chip(_("Stopt op %(day)s") % {"day": long_date(ending.on)}, Tone.WARM)
    return Chip(_("Opvang gestopt"), Tone.PLAIN)


def _next_words(line: RequestLine, today: date) -> str:
    """Say what is known or what comes next."""
    if line.placement:
        return _placement_words(line.placement, today)
    if line.state is None:
        return _("Nog niet gevraagd.")
    if line.state is InquiryState.WAITING_RELEASE and line.send_from_on:
        return _("Wordt verstuurd op %(day)s.") % {"day": full_date(line.send_from_on)}
    if line.answer and line.state is not InquiryState.SENT:
        return _answer_words(line.answer, line)
    if line.overdue and line.due_on:
        return _("De termijn eindigde op %(day)s.") % {"day": long_date(line.due_on)}
    if line.state is InquiryState.SENT and line.due_on:
        return _("Antwoordt ten laatste op %(day)s.") % {"day": long_date(line.due_on)}
    if line.state is InquiryState.WITHDRAWN:
        return _("Hoeft niet meer te antwoorden.")
    return _("Gesloten zonder antwoord.") if line.state is InquiryState.CLOSED_NO_ANSWER else ""


def _placement_words(place: SeenPlacement, today: date) -> str:
    words = [
        _("%(days)s, vanaf %(day)s.")
        % {"days": capfirst(place.care.pattern_on(today).words()), "day": full_date(place.real_start_on)}
    ]
    if place.care.moved_from:
        words.append(_("Komt van %(location)s.") % {"location": place.care.moved_from})
    if (ahead := place.care.next_days(today)) is not None:
        day = full_date(ahead.period.start)
        words.append(_("Vanaf %(day)s: %(days)s.") % {"day": day, "days": ahead.pattern.words()})
    if (proposal := place.care.open_proposal(today)) is not None:
        asks = _("Het gezin vraagt") if proposal.asked_by is Proposer.FAMILY else _("De opvang stelt voor")
        facts = {"asks": asks, "day": full_date(proposal.from_on), "days": proposal.pattern.words()}
        words.append(_("%(asks)s vanaf %(day)s: %(days)s.") % facts)
    words += _end_words(place)
    if not place.confirmed_at:
        words.append(_("De start is nog niet bevestigd."))
    return " ".join(words)


def _end_words(place: SeenPlacement) -> list[str]:
    """Say until when a child comes, and why it ends."""
    ending = place.care.ending
    if ending is None:
        return [_("Tot %(day)s.") % {"day": full_date(place.end_on)}] if place.end_on else []
    day = full_date(ending.on)
    if ending.moves_to:
        return [_("Gaat op %(day)s naar %(location)s.") % {"day": day, "location": ending.moves_to}]
    stops = _("Stopt op %(day)s.") % {"day": day}
    return [stops, f"{END_REASONS.label(ending.reason)}."] if ending.reason else [stops]


def _answer_words(answer: GivenAnswer, line: RequestLine) -> str:
    """Say what a location answered, with what differs from the question or what is possible."""
    if answer.kind is AnswerKind.NO:
        reason = NO_REASONS.label(answer.reason) if answer.reason else _("Geen plaats")
        possible = [answer.possible_pattern.words()] if answer.possible_pattern else []
        if answer.possible_from_on:
            possible.append(_("vanaf %(day)s") % {"day": full_date(answer.possible_from_on)})
        return f"{reason}. " + (_("Wel mogelijk: %(what)s.") % {"what": dutch_list(possible)} if possible else "")
    days, start = (answer.pattern.words() if answer.pattern else ""), answer.start_on
    offered = _("%(days)s, vanaf %(day)s.") % {"days": capfirst(days), "day": full_date(start)} if start else ""
    return " ".join([offered, *(difference.words for difference in line.differences)])


def _acts(case: Case, line: RequestLine) -> list[Act]:
    """Return what can be done about a line, the likeliest first; the right to each act comes with the page."""
    acts = [*_placement_acts(case, line), *_offer_acts(case, line), *_answer_acts(case, line)]
    drops = line.dropped_at is None and not line.placement and not line.open_offer and case.searches
    if drops:
        acts.append(_act(case, line, "drop_location", _("Schrappen")))
    return acts


def _talk(case: Case, line: RequestLine, unread: int, talked: bool) -> list[Act]:
    """Return the way to the conversation, where there is one or can be one."""
    if not (talked or line.sent_at or line.placement):
        return []
    label = _("Gesprek (%(count)s nieuw)") % {"count": unread} if unread else _("Gesprek")
    return [_act(case, line, "conversation", label if talked else _("Bericht schrijven"))]


def _placement_acts(case: Case, line: RequestLine) -> list[Act]:
    place = line.placement
    if place is None:
        return []
    if (ending := place.care.ending) is not None:
        return _ending_acts(case, line, ending)
    if place.end_on and place.end_on <= case.today:
        return []
    acts = []
    if place.care.open_proposal(case.today):
        acts.append(_act(case, line, "answer_change", _("Antwoord op de verandering")))
    if not place.care.moved_from:
        label = _("Start verbeteren") if place.confirmed_at else _("Start bevestigen")
        acts.append(_act(case, line, "confirm_start", label))
    if place.care.moved_from or place.real_start_on <= case.today:
        acts.append(_act(case, line, "end_care", _("Opvang stopt")))
    if place.confirmed_at:
        acts.append(_act(case, line, "change_days", _("Andere dagen")))
        acts.append(_act(case, line, "move_child", _("Naar een andere locatie")))
    return acts


def _ending_acts(case: Case, line: RequestLine, ending: Ending) -> list[Act]:
    """Return what can still be told otherwise about an end of care."""
    if not ending.can_change(case.today):
        return []
    keep = _act(case, line, "go_on", _("Gaat toch door"))
    return [keep] if ending.moves_to else [_act(case, line, "end_care", _("Einde verbeteren")), keep]


def _offer_acts(case: Case, line: RequestLine) -> list[Act]:
    if line.open_offer is None:
        return []
    return [
        _act(case, line, "accept", _("Gezin neemt aan")),
        _act(case, line, "decline", _("Gezin weigert")),
        _act(case, line, "extend", _("Meer tijd geven")),
        _act(case, line, "withdraw_offer", _("Opvang trekt in")),
    ]


def _answer_acts(case: Case, line: RequestLine) -> list[Act]:
    if line.state in ANSWERED_STATES and not line.placement and case.searches:
        return [_act(case, line, "enter_answer", _("Antwoord verbeteren"))]
    if line.state is not InquiryState.SENT:
        return []
    return [
        _act(case, line, "enter_answer", _("Antwoord ingeven")),
        _act(case, line, "stop_waiting", _("Niet meer wachten")),
    ]


def _act(case: Case, line: RequestLine, name: str, label: str) -> Act:
    return Act(label=label, url=case.url(name, line.location_slug), about=line.location_name)

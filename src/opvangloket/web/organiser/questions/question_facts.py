"""One question as components: its week, whether it fits, what was answered, and what happened so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.distribution.answering.given import GivenAnswer
from opvangloket.domains.distribution.answering.proposals import Proposal
from opvangloket.domains.distribution.inbox.questions import OrganiserQuestion
from opvangloket.domains.distribution.inbox.rows import InboxRow
from opvangloket.rules.alternatives import REASON_WORDS, Alternative
from opvangloket.rules.inquiries import ENDED_UNANSWERED, AnswerKind
from opvangloket.rules.offers import LABELS as OFFER_LABELS
from opvangloket.rules.offers import OfferState
from opvangloket.rules.patterns import WeekPattern
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.place_hours import apart_sentences, week_words
from opvangloket.rules.reasons import DECLINE_REASONS, NO_REASONS
from opvangloket.rules.wording import dutch_date, dutch_list
from opvangloket.web.questions.asked_facts import TARIFF_WORDS
from opvangloket.web.ui import components as c

_LINE_ANSWERS = {
    AnswerKind.YES: c.AnswerKind.YES,
    AnswerKind.ALTERNATIVE: c.AnswerKind.ALTERNATIVE,
    AnswerKind.NO: c.AnswerKind.NO,
}
_CHOICES = {
    OfferState.ACCEPTED: c.ChoiceKind.ACCEPTED,
    OfferState.DECLINED: c.ChoiceKind.DECLINED,
    OfferState.EXPIRED: c.ChoiceKind.EXPIRED,
    OfferState.WITHDRAWN: c.ChoiceKind.WITHDRAWN,
}


def asked_week(row: InboxRow) -> c.WeekStrip:
    """Return the week that is asked, laid over what is free where that is known."""
    care = row.question.care
    if row.fitting is None:
        return c.asked_strip(care.needed, care.also)
    return c.fit_strip(care.needed, row.fitting, also=care.also)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a question fits the free places, in one sentence and its mood."""

    words: str
    tone: c.Tone
    icon: str


def fit_of(row: InboxRow, proposal: Proposal) -> Fit | None:
    """Say whether the question fits, why not and what would; nothing where the location keeps no places here."""
    if row.free is None:
        return None
    missing = row.question.care.needed - row.free
    if proposal.fits or not (missing or row.apart):
        return Fit(_("Dit past bij je vrije plaatsen."), c.Tone.LEAF, "check")
    if missing:
        words = [_("Geen plaats vrij op %(days)s.") % {"days": missing.words()}]
    else:
        words = [_("De dagen zijn vrij, maar niet op alle gevraagde uren."), *apart_sentences(row.apart)]
    if proposal.alternative:
        words.append(fits_instead(proposal.alternative))
    return Fit(" ".join(words), c.Tone.STRAW, "info-circle")


def fits_instead(best: Alternative) -> str:
    """Say what does fit, and in what it differs from what is asked."""
    return _("Dit past wel: %(days)s, vanaf %(start)s (%(why)s).") % {
        "days": week_words(best.pattern, best.hours),
        "start": dutch_date(best.period.start),
        "why": dutch_list([REASON_WORDS[reason] for reason in best.reasons]),
    }


def line_of(row: InboxRow) -> c.QuestionLine:
    """Return the line of a question: sent, read, answered, chosen."""
    question, answer = row.question, row.answer
    given = c.AnswerGiven(_LINE_ANSWERS[answer.kind], brussels_date(answer.at)) if answer else None
    return c.question_line(
        asked_on=brussels_date(question.sent_at),
        sent_on=brussels_date(question.sent_at),
        seen_on=brussels_date(question.seen_at) if question.seen_at else None,
        answer=given,
        choice=_choice(answer),
        closed_on=brussels_date(question.closed_at)
        if question.closed_at and question.state in ENDED_UNANSWERED
        else None,
        reader=c.Reader.ORGANISER,
    )


def _choice(answer: GivenAnswer | None) -> c.Choice | None:
    offer = answer.offer if answer else None
    if offer is None or offer.state not in _CHOICES:
        return None
    on = brussels_date(offer.closed_at) if offer.closed_at else offer.reply_by_on
    return c.Choice(_CHOICES[offer.state], on)


def answer_sentences(answer: GivenAnswer) -> tuple[str, ...]:
    """Say what was answered, as the family reads it."""
    if answer.kind is AnswerKind.NO:
        return tuple(_no_sentences(answer))
    pattern = answer.pattern or WeekPattern()
    start = dutch_date(answer.start_on) if answer.start_on else ""
    sentences = [_("%(days)s, vanaf %(start)s.") % {"days": capfirst(pattern.words()), "start": start}]
    if answer.hours:
        sentences.append(f"{capfirst(answer.hours.hours_words())}.")
    if answer.tariff:
        sentences.append(f"{capfirst(str(TARIFF_WORDS[answer.tariff]))}.")
    if answer.offer and answer.offer.state is OfferState.OPEN:
        day = dutch_date(answer.offer.reply_by_on)
        sentences.append(_("Het gezin antwoordt ten laatste op %(day)s.") % {"day": day})
    return tuple(sentences)


def _no_sentences(answer: GivenAnswer) -> Iterator[str]:
    yield f"{NO_REASONS.label(answer.reason or '')}."
    if answer.possible_pattern:
        yield _("Wel mogelijk: %(days)s.") % {"days": answer.possible_pattern.words()}
    if answer.possible_from_on:
        yield _("Wel mogelijk: een start vanaf %(day)s.") % {"day": dutch_date(answer.possible_from_on)}


ANSWER_TITLES = {
    AnswerKind.YES: gettext_lazy("Je zei ja"),
    AnswerKind.ALTERNATIVE: gettext_lazy("Je stelde iets anders voor"),
    AnswerKind.NO: gettext_lazy("Je zei nee"),
}


def history(question: OrganiserQuestion, answers: tuple[GivenAnswer, ...]) -> tuple[c.TimelineEntry, ...]:
    """Return what happened between this location and the family, newest first."""
    entries = [c.TimelineEntry(words=_("Vraag gekregen"), at=question.sent_at, who=question.desk_name)]
    if question.seen_at:
        entries.append(c.TimelineEntry(words=_("Vraag gelezen"), at=question.seen_at, quiet=True))
    for answer in answers:
        detail = " ".join(answer_sentences(answer))
        words = str(ANSWER_TITLES[answer.kind]) + (_(", na de termijn") if answer.late else "")
        entries.append(c.TimelineEntry(words=words, at=answer.at, who=_door(answer), detail=detail))
        if answer.offer and answer.offer.closed_at:
            entries.append(
                c.TimelineEntry(words=_offer_words(answer), at=answer.offer.closed_at, detail=_decline(answer))
            )
    if question.closed_at and question.state in ENDED_UNANSWERED:
        entries.append(c.TimelineEntry(words=_("Vraag afgesloten"), at=question.closed_at))
    # Two things of one moment keep their order: what came last stands on top.
    return tuple(sorted(entries, key=lambda entry: entry.at)[::-1])


def _door(answer: GivenAnswer) -> str:
    doors = {
        "inbox": "",
        "mail": _("via de link in de mail"),
        "file": _("met een lijst in een bestand"),
        "phone": _("per telefoon, ingegeven door het loket"),
    }
    return doors.get(answer.door.value, _("op papier, ingegeven door het loket"))


def _offer_words(answer: GivenAnswer) -> str:
    assert answer.offer is not None  # noqa: S101 - the caller looked
    return _("Voorstel %(state)s") % {"state": OFFER_LABELS[answer.offer.state]}


def _decline(answer: GivenAnswer) -> str:
    reason = answer.offer.decline_reason if answer.offer else None
    return f"{DECLINE_REASONS.label(reason)}." if reason else ""


def early_words(question: OrganiserQuestion, today: date) -> str:
    """Explain that a place can only be offered later."""
    if question.answer_from_on <= today or not question.may_answer:
        return ""
    day = dutch_date(question.answer_from_on)
    return _("Een plaats voorstellen kan vanaf %(day)s. Nee zeggen kan nu al.") % {"day": day}

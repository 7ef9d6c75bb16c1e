"""From the three forms to one answer: which of them a page offers, and what becomes of the one that was posted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from opvangloket.domains.distribution.answering import giving
from opvangloket.domains.distribution.answering.given import AnswerDoor
from opvangloket.domains.distribution.answering.proposals import Proposal
from opvangloket.domains.distribution.inbox.rows import InboxRow
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.rules.inquiries import ANSWERED_STATES, AnswerKind
from opvangloket.web.organiser.questions.answer_forms import AlternativeForm, AnswerForm, NoForm, YesForm

FORMS: Mapping[AnswerKind, type[AnswerForm]] = {
    AnswerKind.YES: YesForm,
    AnswerKind.ALTERNATIVE: AlternativeForm,
    AnswerKind.NO: NoForm,
}
SEEN: Final = "gezien"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer: its title, what it means, its form, and whether it stands open.

    `seen` says which answer stood there when the page was drawn.
    """

    kind: str
    title: str
    hint: str
    submit: str
    form: AnswerForm
    is_open: bool
    seen: str


def ways(
    row: InboxRow, proposal: Proposal, *, today: date, tried: AnswerForm | None = None, only: AnswerKind | None = None
) -> tuple[Way, ...]:
    """Return the ways in which this question can be answered now; `only` is the one that was chosen already."""
    kinds = [kind for kind in FORMS if kind in row.question.may_answer and only in (None, kind)]
    opened = tried.kind if tried else only or _likely(row, proposal)
    return tuple(
        _way(
            row,
            tried if tried and tried.kind is kind else _form(kind, None, row, proposal, today),
            is_open=kind is opened or len(kinds) == 1,
            seen=_stands(row),
        )
        for kind in kinds
    )


def form_of(data: Mapping[str, Any], row: InboxRow, proposal: Proposal, *, today: date) -> AnswerForm | None:
    """Return the form that was posted, or None when it names no answer."""
    posted = str(data.get("kind", ""))
    if posted not in {kind.value for kind in FORMS}:
        return None
    return _form(AnswerKind(posted), data, row, proposal, today)


def give(form: AnswerForm, row: InboxRow, *, actor: Actor, now: datetime) -> bool:
    """Give the answer of a form and tell whether that was possible; if not, the form says why.

    It replaces only an answer that stood on the page: what somebody else answered meanwhile is read first.
    """
    replaces = row.question.state in ANSWERED_STATES and form.data.get(SEEN) == _stands(row)
    act = giving.correct if replaces else giving.answer

    def send() -> None:
        act(inquiry_id=row.question.inquiry_id, given=form.answer(), door=AnswerDoor.INBOX, actor=actor, now=now)

    return try_to(send, form)


def try_to(send: Callable[[], object], form: AnswerForm) -> bool:
    """Do what a valid form asks; what the action refuses becomes an error of the form, with what can be done."""
    if not form.is_valid():
        return False
    try:
        send()
    except OpvangloketError as refused:
        form.refuse(refused)
    return form.is_valid()


def _form(kind: AnswerKind, data: Any, row: InboxRow, proposal: Proposal, today: date) -> AnswerForm:
    facts: dict[str, Any] = {"question": row.question, "proposal": proposal, "today": today}
    if kind is not AnswerKind.NO:
        facts["goes_over"] = kind is AnswerKind.YES and proposal.is_counted and not (proposal.fits or row.apart)
    return FORMS[kind](data, **facts)


def _stands(row: InboxRow) -> str:
    """Name the answer that stands; empty without any."""
    return row.question.answered_at.isoformat() if row.question.answered_at else ""


def _likely(row: InboxRow, proposal: Proposal) -> AnswerKind | None:
    """Return the answer that the location's own places suggest; none where nothing is known, or it answered."""
    if not proposal.is_counted or row.answer is not None:
        return None
    if proposal.fits:
        return AnswerKind.YES
    return AnswerKind.ALTERNATIVE if proposal.alternative else AnswerKind.NO


def _way(row: InboxRow, form: AnswerForm, *, is_open: bool, seen: str) -> Way:
    kind = form.kind
    title, hint, submit = {
        AnswerKind.YES: (
            _("Ja, zoals gevraagd"),
            _("Je belooft dan ook de gevraagde uren.") if row.apart else _("De dagen en de start zijn goed."),
            _("Stel deze plaats voor"),
        ),
        AnswerKind.ALTERNATIVE: (
            _("Ja, maar anders"),
            _("Andere dagen of uren, minder dagen of een andere start."),
            _("Stel dit voor"),
        ),
        AnswerKind.NO: (_("Nee"), _("Zeg waarom, en wat wel kan."), _("Zeg nee")),
    }[kind]
    return Way(kind.value, title, hint, submit, form, is_open, seen)

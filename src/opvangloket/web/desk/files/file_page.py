"""The file of a family: facts, the line of each location with its acts, what is to do, and one timeline."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opvangloket.domains.contact.queries import conversations_of_request, unread_of_request
from opvangloket.domains.deskwork.timeline import Happening, Source, timeline
from opvangloket.domains.referrals.queries import referral_of
from opvangloket.domains.requests.queries_file import FileTask
from opvangloket.foundation.accounts.queries import names_of
from opvangloket.foundation.audit.record import record
from opvangloket.rules.care_requests import CLOSING_STATES, UNCOUNTED_STATES, RequestState
from opvangloket.rules.categories import CATEGORY_LABELS, Category
from opvangloket.rules.conversations import Side
from opvangloket.web.desk.acts.notes import NoteForm
from opvangloket.web.desk.case import Case, open_case
from opvangloket.web.desk.families_page import state_chip
from opvangloket.web.desk.files.file_facts import contact_facts, registered_words, situation_facts, strips, wish_facts
from opvangloket.web.desk.files.line_rows import line_row
from opvangloket.web.desk.files.timeline_words import timeline_entries
from opvangloket.web.desk.frame import show
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Chip, NavItem, QuestionRow, Tone

NEWEST: Final = 40


class Part(StrEnum):
    """Which part of the timeline is shown; the value stands in the address."""

    STORY = "verloop"
    MESSAGES = "berichten"
    READS = "gelezen"
    EVERYTHING = "alles"


_PART_NAMES: Final = {
    Part.STORY: gettext_noop("Verloop"),
    Part.MESSAGES: gettext_noop("Berichten"),
    Part.READS: gettext_noop("Wie keek"),
    Part.EVERYTHING: gettext_noop("Alles"),
}


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A task on the file, with the words that it has."""

    id: str
    label: str
    note: str


@desk_page("request.read")
def file(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Show a family's file, and remember that it was read."""
    case = open_case(visit, reference)
    happenings = timeline(case.file.request_id)
    record(
        "request.read",
        actor=visit.actor,
        at=visit.now,
        desk_id=visit.desk.id,
        subject_kind="request",
        subject_id=case.file.request_id,
        request_id=case.file.request_id,
    )
    names = names_of([*(one.actor_id for one in happenings), case.file.registered_by_id])
    by = names.get(case.file.registered_by_id, "") if case.file.registered_by_id else ""
    context = {
        "case": case,
        "chips": _chips(case),
        "registered": registered_words(case, by),
        "siblings": case.file.siblings,
        "tasks": [TaskShown(str(task.id), _task_words(task), task.note) for task in case.file.tasks],
        "lines": _lines(case),
        "strips": strips(case.file),
        "contact": contact_facts(case, referral_of(case.file.request_id)),
        "wish": wish_facts(case),
        "situation": situation_facts(case.file),
        "main_acts": _main_acts(case),
        "more_acts": _more_acts(case),
        "note_form": NoteForm(case=case),
        **_timeline(request, case, happenings, names),
    }
    return show(request, visit, "desk/file.html", context, current="families", swaps=("tijdlijn",))


def _lines(case: Case) -> list[QuestionRow]:
    unread = unread_of_request(case.file.request_id, Side.DESK)
    talked = conversations_of_request(case.file.request_id)
    return [
        line_row(case, line, unread=unread.get(line.location_id, 0), talked=line.location_id in talked)
        for line in case.lines
    ]


def _task_words(task: FileTask) -> str:
    """Name a task, with the location that it is about."""
    words = capfirst(task.label)
    return f"{words}: {task.location_name}" if task.location_name else words


def _timeline(request: Request, case: Case, happenings: tuple[Happening, ...], names: Any) -> dict[str, Any]:
    """Return the part of the timeline that was asked for, and the way to the other parts."""
    asked = request.GET.get("toon", "")
    shown = Part(asked) if asked in {part.value for part in Part} else Part.STORY
    wanted = [one for one in happenings if _belongs(one, shown)]
    whole = shown is Part.EVERYTHING or len(wanted) <= NEWEST
    return {
        "entries": timeline_entries(wanted if whole else wanted[:NEWEST], names, again_url=case.url("send_again")),
        "parts": [
            NavItem(label=_(name), url=f"{case.url()}?toon={part.value}#tijdlijn", current=part is shown)
            for part, name in _PART_NAMES.items()
        ],
        "older_url": "" if whole else f"{case.url()}?toon={Part.EVERYTHING.value}#tijdlijn",
    }


def _belongs(happening: Happening, part: Part) -> bool:
    """Tell whether something belongs to a part; what failed to arrive is a part of the story."""
    if part is Part.MESSAGES:
        return happening.source is Source.MESSAGE
    if part is Part.READS:
        return happening.is_read
    if part is Part.STORY:
        failed = happening.message is not None and happening.message.has_failed
        return failed or not (happening.is_read or happening.source is Source.MESSAGE)
    return True


def _chips(case: Case) -> tuple[Chip, ...]:
    file = case.file
    marks = [state_chip(file.state)]
    if file.urgent:
        marks.append(Chip(_("Dringend"), Tone.BRICK))
    warm = (Category.VULNERABLE, Category.PRIORITY, Category.ATYPICAL, Category.SPECIAL_NEED)
    marks += [Chip(CATEGORY_LABELS[one].capitalize(), Tone.WARM) for one in warm if one in file.categories]
    return tuple(marks)


def _main_acts(case: Case) -> tuple[Act, ...]:
    """Return the two or three acts that are likely now."""
    file, state = case.file, case.file.state
    acts = [Act(label=_("Noteer een gesprek"), url="#notitie", icon="pencil")]
    if state is RequestState.REGISTERED and not file.contact_verified_at:
        acts.append(Act(label=_("Contact bevestigen"), url=case.url("verify"), icon="check"))
    if case.searches:
        acts.append(Act(label=_("Opvang toevoegen"), url=case.url("add_location"), icon="plus"))
    if state in CLOSING_STATES:
        acts.append(Act(label=_("Opnieuw openen"), url=case.url("reopen"), icon="refresh"))
    if file.may_undo_set_aside:
        acts.append(Act(label=_("Toch laten meetellen"), url=case.url("undo_set_aside"), icon="refresh"))
    return tuple(acts)


def _more_acts(case: Case) -> tuple[Act, ...]:
    """Return the other acts, as far as the state of the request allows them."""
    state = case.file.state
    if state in UNCOUNTED_STATES:
        return ()
    never_sent = case.searches and any(line.state is None for line in case.listed)
    running, changeable = state in {RequestState.REGISTERED, RequestState.OPEN}, state not in CLOSING_STATES
    told = (
        (never_sent and bool(case.file.contact_verified_at), "send", _("Versturen naar wie ze nog niet heeft")),
        (changeable, "change_wish", _("Wens veranderen")),
        (case.searches and case.file.has_changed, "new_round", _("Nieuwe ronde starten")),
        (running and bool(case.listed), "place_directly", _("Rechtstreekse plaatsing")),
        (running, "still_searching", _("Het gezin zoekt nog")),
        (True, "contact", _("Contactgegevens")),
        (case.file.child.birth_on is None, "birth", _("Kind geboren")),
        (True, "correct", _("Typfout verbeteren")),
        (running, "urgent", _("Niet meer dringend") if case.file.urgent else _("Dringend maken")),
        (True, "duplicates", _("Dubbele vraag samenvoegen")),
        (state is RequestState.PLACED and not case.care_started, "reopen", _("De opvang gaat niet door")),
        (not case.care_started, "close", _("Vraag sluiten")),
    )
    return tuple(Act(label=label, url=case.url(name)) for applies, name, label in told if applies)

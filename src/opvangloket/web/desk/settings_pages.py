"""What the desk chose, every version of it, and making a new one: seen in words before it is saved (SPEC §9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.foundation.accounts.new_leads import waiting_leads
from opvangloket.foundation.accounts.queries import DeskPerson, names_of, people_of_desk
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.tenancy.actions import VersionRefused, make_procedure_version
from opvangloket.foundation.tenancy.queries import VersionMade, procedure_in_force, procedure_versions
from opvangloket.rules.procedure import SETTINGS, Procedure
from opvangloket.rules.procedure_text import procedure_text
from opvangloket.rules.settings import Change
from opvangloket.web.desk.frame import show
from opvangloket.web.desk.settings_form import VersionForm
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Chip, Column, DataTable, SummaryItem, Tone
from opvangloket.web.ui.templatetags.ui import full_date, plain_date

_PREVIEW, _SAVE = "preview", "save"


@dataclass(frozen=True, slots=True)
class Choices:
    """The settings under one heading."""

    title: str
    items: tuple[SummaryItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """A version in the history: when, by whom and why, and what it changed."""

    number: int
    url: str
    title: str
    chip: Chip | None
    made: str
    reason: str
    advice: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TextShown:
    """A part of the public text; a sentence that the version brings is marked as new."""

    title: str
    sentences: tuple[tuple[str, bool], ...]


@desk_page("settings.read")
def settings(request: Request, visit: DeskVisit) -> HttpResponse:
    """Show what is in force, what was planned and decided before, and who works at the desk."""
    versions = procedure_versions(visit.desk.id)
    in_force = procedure_in_force(visit.desk.id, visit.today)
    context = {
        "in_force": in_force,
        "choices": tuple(_choices(in_force.procedure)),
        "history": _history(visit, versions, in_force.number),
        "people": _people(visit),
        "waiting": waiting_leads(visit.desk.id, today=visit.today),
        "may_confirm": visit.may("lead.confirm"),
        "may_change": visit.may("settings.change"),
    }
    return show(request, visit, "desk/settings.html", context, current="settings")


@desk_page("settings.read")
def version(request: Request, visit: DeskVisit, number: int) -> HttpResponse:
    """Show one version whole: who decided it and why, what it changed, and its text."""
    versions = procedure_versions(visit.desk.id)
    in_force = procedure_in_force(visit.desk.id, visit.today)
    shown = next((one for one in _history(visit, versions, in_force.number) if one.number == number), None)
    if shown is None:
        raise Http404("Deze versie bestaat niet.")
    procedure = next(one.procedure for one in versions if one.number == number)
    context = {"version": shown, "choices": tuple(_choices(procedure)), "text": procedure_text(procedure)}
    return show(request, visit, "desk/settings_version.html", context, current="settings")


@desk_page("settings.change")
def new_version(request: Request, visit: DeskVisit) -> HttpResponse:
    """Ask for a new version, show what it would change, and save it; nothing typed is lost on the way."""
    step = request.POST.get("step", "")
    form = VersionForm(request.POST or None, now_in_force=visit.procedure, today=visit.today)
    if step not in {_PREVIEW, _SAVE} or not form.is_valid():
        return _form_page(request, visit, form)
    valid_from = form.cleaned_data["valid_from"]
    before = procedure_in_force(visit.desk.id, valid_from).procedure
    changes = before.changed(form.procedure)
    if not changes:
        form.add_error(None, _("Er is niets veranderd. Pas eerst een instelling aan."))
    elif step == _SAVE and _save(request, visit, form):
        return HttpResponseRedirect(reverse("desk:settings", args=[visit.desk.slug]))
    if form.errors:
        return _form_page(request, visit, form)
    context = {
        "form": form,
        "changes": _changes_table(changes),
        "text": tuple(_marked_text(before, form.procedure)),
        "valid_from": valid_from,
    }
    return show(request, visit, "desk/settings_preview.html", context, current="settings")


def _form_page(request: Request, visit: DeskVisit, form: VersionForm) -> HttpResponse:
    return show(request, visit, "desk/settings_new.html", {"form": form}, current="settings")


def _save(request: Request, visit: DeskVisit, form: VersionForm) -> bool:
    """Make the version; what the action refuses stands on the form."""
    answers = form.cleaned_data
    try:
        make_procedure_version(
            desk_id=visit.desk.id,
            procedure=form.procedure,
            valid_from=answers["valid_from"],
            reason=answers["reason"],
            consultation_advice=answers["consultation_advice"],
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as error:
        field = error.field if isinstance(error, VersionRefused) and error.field in form.fields else None
        form.add_error(field, error.message)
        return False
    messages.success(request, _("Bewaard. Dit geldt vanaf %(day)s.") % {"day": full_date(answers["valid_from"])})
    return True


def _choices(procedure: Procedure) -> Iterator[Choices]:
    for title in dict.fromkeys(setting.group for setting in SETTINGS):
        yield Choices(
            title,
            tuple(
                SummaryItem(question=s.label, answer=capfirst(s.kind.words(getattr(procedure, s.key))))
                for s in SETTINGS
                if s.group == title
            ),
        )


def _history(visit: DeskVisit, versions: tuple[VersionMade, ...], in_force: int) -> tuple[VersionShown, ...]:
    """Return the versions, each against the one that it follows."""
    names = names_of(version.made_by_id for version in versions)
    before = [older.procedure for _newer, older in pairwise(versions)] + [Procedure()]
    return tuple(
        VersionShown(
            number=one.number,
            url=reverse("desk:settings_version", args=[visit.desk.slug, one.number]),
            title=_("Vanaf %(day)s") % {"day": plain_date(one.valid_from)},
            chip=_chip(one, in_force, visit),
            made=_made(one, names),
            reason=one.reason,
            advice=one.consultation_advice,
            changes=older.changed(one.procedure),
        )
        for one, older in zip(versions, before, strict=False)
    )


def _chip(one: VersionMade, in_force: int, visit: DeskVisit) -> Chip | None:
    if one.number == in_force:
        return Chip(_("geldt nu"), Tone.LEAF)
    return Chip(_("gepland"), Tone.WARM) if one.valid_from > visit.today else None


def _made(one: VersionMade, names: Mapping[UUID, str]) -> str:
    who = names.get(one.made_by_id, "") if one.made_by_id else ""
    on = plain_date(one.made_at)
    return _("Gemaakt door %(who)s op %(day)s") % {"who": who, "day": on} if who else _("Gemaakt op %s") % on


def _people(visit: DeskVisit) -> tuple[SummaryItem, ...]:
    return tuple(
        SummaryItem(question=person.name, answer=_person_words(person))
        for person in people_of_desk(visit.desk.id, visit.today)
    )


def _person_words(person: DeskPerson) -> str:
    last = person.last_signed_in_at
    seen = _("laatst aangemeld op %(day)s") % {"day": plain_date(last)} if last else _("nog nooit aangemeld")
    return f"{capfirst(person.role)}, {person.email}, {seen}."


def _changes_table(changes: tuple[Change, ...]) -> DataTable:
    columns = (Column(_("Instelling")), Column(_("Nu")), Column(_("Straks")))
    rows = tuple((change.label, capfirst(change.before), capfirst(change.after)) for change in changes)
    return DataTable.of(_("Wat verandert er?"), columns, rows)


def _marked_text(before: Procedure, after: Procedure) -> Iterator[TextShown]:
    """Yield the public text as it will read, each sentence with whether it is new."""
    known = {sentence for section in procedure_text(before) for sentence in section.sentences}
    for section in procedure_text(after):
        yield TextShown(section.title, tuple((sentence, sentence not in known) for sentence in section.sentences))

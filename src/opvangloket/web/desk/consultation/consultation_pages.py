"""Consultations at the desk: plan one and invite everybody, follow the replies, note who came, send the report."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.cooperation.consultation_queries import (
    ConsultationFacts,
    ConsultationRow,
    Invited,
    agreement_moments,
    consultation_at_desk,
    consultation_document,
    consultations_of_desk,
)
from opvangloket.domains.cooperation.consultations import (
    ConsultationNotFound,
    cancel_consultation,
    move_consultation,
    note_attendance,
    plan_consultation,
    send_report,
)
from opvangloket.rules.consultations import REPLY_LABELS, Reply, moment_is_missing
from opvangloket.web.acting import done_by_form
from opvangloket.web.desk.consultation.consultation_forms import (
    CancelForm,
    PlanForm,
    PresentForm,
    ReportForm,
    WhenForm,
    typed_when,
)
from opvangloket.web.desk.frame import show as draw
from opvangloket.web.documents import as_download
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import Act, Chip, EmptyState, Tone
from opvangloket.web.ui.templatetags.ui import clock_time, full_date

_SECTION: Final = "locations"


@desk_page("consultation.follow")
def index(request: Request, visit: DeskVisit) -> HttpResponse:
    """List the consultations, and say whether this year's agreement moment is there."""
    found = consultations_of_desk(now=visit.now)
    act = (
        Act(label=_("Plan een overleg"), url=_url(visit, "new_consultation"))
        if visit.may("consultation.plan")
        else None
    )
    context = {
        "rows": [_listed(visit, one) for one in found],
        "act": act,
        "is_missing": moment_is_missing(agreement_moments(found), today=visit.today),
        "year": visit.today.year,
        "empty": EmptyState(
            title=_("Nog geen overleg"), words=_("Nodig alle opvang tegelijk uit. Je ziet wie komt."), act=act
        ),
    }
    return draw(request, visit, "desk/consultations.html", context, current=_SECTION)


@desk_page("consultation.plan")
def plan(request: Request, visit: DeskVisit) -> HttpResponse:
    """Take a new consultation and invite everybody; what is not right yet is asked again with all that was typed."""
    form = PlanForm(request.POST, request.FILES) if request.method == "POST" else PlanForm()

    def act() -> str:
        answers = form.cleaned_data
        plan_consultation(
            desk_id=visit.desk.id,
            title=answers["title"],
            when=form.when,
            is_agreement_moment=answers["is_agreement_moment"],
            documents=answers["documents"],
            reference=form.reference_or_refuse(),
            actor=visit.actor,
            now=visit.now,
        )
        return _("Verstuurd. Alle organisatoren kregen hun uitnodiging.")

    if done_by_form(request, form, act, refuse=partial(form.refuse_at, "on")):
        return HttpResponseRedirect(_url(visit, "consultation", form.kept_reference))
    return draw(request, visit, "desk/consultation_new.html", {"form": form}, current=_SECTION)


@desk_page("consultation.follow")
def show(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Show a consultation: who comes, and afterwards who was there and the report."""
    return _page(request, visit, reference)


@desk_page("consultation.plan")
def move(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Change when, where or about what."""
    facts, _everyone = _found(reference, visit)
    form = WhenForm(request.POST) if request.method == "POST" else WhenForm(initial=typed_when(facts))

    def act() -> str:
        move_consultation(reference=reference, when=form.when, actor=visit.actor, now=visit.now)
        return _("Bewaard. Alle organisatoren krijgen bericht.")

    if done_by_form(request, form, act, beside="on"):
        return HttpResponseRedirect(_url(visit, "consultation", reference))
    context = {"form": form, "facts": facts, "back_url": _url(visit, "consultation", reference)}
    return draw(request, visit, "desk/consultation_move.html", context, current=_SECTION)


@desk_page("consultation.plan")
def cancel(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Let it not take place."""
    form = CancelForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        because = form.cleaned_data["because"]
        cancel_consultation(reference=reference, because=because, actor=visit.actor, now=visit.now)
        return _("Alle organisatoren krijgen bericht dat het niet doorgaat.")

    if done_by_form(request, form, act, beside="because"):
        return HttpResponseRedirect(_url(visit, "consultation", reference))
    return _page(request, visit, reference, cancel_form=form)


@desk_page("consultation.report")
def attendance(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Write down who was there."""
    _facts, everyone = _found(reference, visit)
    form = PresentForm(request.POST if request.method == "POST" else None, invited=everyone)

    def act() -> str:
        note_attendance(reference=reference, present=form.numbers, actor=visit.actor, now=visit.now)
        return _("Bewaard.")

    if done_by_form(request, form, act, beside="present"):
        return HttpResponseRedirect(_url(visit, "consultation", reference))
    return _page(request, visit, reference, present_form=form)


@desk_page("consultation.report")
def report(request: Request, visit: DeskVisit, reference: str) -> HttpResponse:
    """Send the report to everybody who was invited."""
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()

    def act() -> str:
        answers = form.cleaned_data
        send_report(
            reference=reference,
            text=answers["text"],
            documents=answers["documents"],
            actor=visit.actor,
            now=visit.now,
        )
        return _("Verstuurd. Iedereen die uitgenodigd was, krijgt het verslag.")

    if done_by_form(request, form, act, beside="text"):
        return HttpResponseRedirect(_url(visit, "consultation", reference))
    return _page(request, visit, reference, report_form=form)


@desk_page("consultation.follow")
def document(request: Request, visit: DeskVisit, reference: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Send a document of a consultation."""
    try:
        return as_download(consultation_document(reference, number))
    except ConsultationNotFound as error:
        raise Http404(error.message) from error


def _page(
    request: Request,
    visit: DeskVisit,
    reference: str,
    *,
    cancel_form: forms.Form | None = None,
    present_form: PresentForm | None = None,
    report_form: forms.Form | None = None,
) -> HttpResponse:
    facts, everyone = _found(reference, visit)
    is_held = facts.has_begun and not facts.is_cancelled
    may_change = visit.may("consultation.plan") and not facts.has_begun and not facts.is_cancelled
    if cancel_form is not None and not may_change:
        _say(request, cancel_form)
    if report_form is not None and facts.reported_at is not None:
        _say(request, report_form)
    context: dict[str, Any] = {
        "facts": facts,
        "when": _moment_words(facts),
        "chip": _chip(facts),
        "rows": [_invited_row(one, held=is_held) for one in everyone],
        "lead": _lead(everyone, held=is_held),
        "papers": _documents(visit, facts, of_report=False),
        "report_papers": _documents(visit, facts, of_report=True),
        "cancel_form": (cancel_form or CancelForm()) if may_change else None,
        "present_form": (present_form or PresentForm(invited=everyone)) if is_held else None,
        "is_noted": any(one.attended is not None for one in everyone),
        "report_form": (report_form or ReportForm()) if is_held and facts.reported_at is None else None,
    }
    return draw(request, visit, "desk/consultation.html", context, current=_SECTION)


def _say(request: Request, form: forms.Form) -> None:
    """Say what is wrong with a form that the page does not show any more, because somebody else was first."""
    for words in (str(words) for errors in form.errors.values() for words in errors):
        messages.warning(request, words)


def _listed(visit: DeskVisit, one: ConsultationRow) -> dict[str, Any]:
    counts = _("%(coming)s van %(invited)s komen of zijn vertegenwoordigd") if not one.facts.has_begun else ""
    words = f"{_moment_words(one.facts)}. {counts % {'coming': one.coming, 'invited': one.invited}}"
    return {
        "title": one.facts.title,
        "url": _url(visit, "consultation", one.facts.reference),
        "words": words.strip(),
        "chip": _chip(one.facts),
    }


def _chip(facts: ConsultationFacts) -> Chip | None:
    if facts.is_cancelled:
        return Chip(_("gaat niet door"), Tone.WARM)
    if not facts.has_begun:
        return Chip(_("gepland"), Tone.COOL)
    if facts.reported_at:
        return Chip(_("verslag verstuurd"), Tone.LEAF)
    return Chip(_("verslag te maken"), Tone.WARM)


def _lead(everyone: tuple[Invited, ...], *, held: bool) -> str:
    if held and any(one.attended is not None for one in everyone):
        there = sum(bool(one.attended) for one in everyone)
        return _("%(there)s van %(invited)s organisatoren waren er.") % {"there": there, "invited": len(everyone)}
    coming = sum(one.reply in {Reply.COMES, Reply.REPRESENTED} for one in everyone)
    waiting = sum(one.reply is None for one in everyone)
    facts = {"coming": coming, "invited": len(everyone), "waiting": waiting}
    return _("%(coming)s van %(invited)s komen of zijn vertegenwoordigd, %(waiting)s antwoordden nog niet.") % facts


def _invited_row(one: Invited, *, held: bool) -> dict[str, Any]:
    words = REPLY_LABELS[one.reply] if one.reply else _("geen antwoord")
    if one.represented_by:
        words = _("vertegenwoordigd door %(name)s") % {"name": one.represented_by}
    if not one.was_mailed:
        words += ", " + _("geen mailadres")
    chip = None
    if held and one.attended is not None:
        chip = Chip(_("was er"), Tone.LEAF) if one.attended else Chip(_("was er niet"), Tone.COOL)
    elif one.reply:
        chip = Chip(_("komt niet"), Tone.WARM) if one.reply is Reply.NOT else Chip(_("komt"), Tone.LEAF)
    return {"name": one.name, "words": words, "chip": chip}


def _moment_words(facts: ConsultationFacts) -> str:
    """Say when and where."""
    return f"{full_date(facts.starts_at)}, {clock_time(facts.starts_at)}, {facts.place}"


def _documents(visit: DeskVisit, facts: ConsultationFacts, *, of_report: bool) -> list[tuple[str, str]]:
    return [
        (one.title, reverse("desk:consultation_document", args=[visit.desk.slug, facts.reference, one.number]))
        for one in facts.documents
        if one.of_report is of_report
    ]


def _found(reference: str, visit: DeskVisit) -> tuple[ConsultationFacts, tuple[Invited, ...]]:
    try:
        return consultation_at_desk(reference, now=visit.now)
    except ConsultationNotFound as error:
        raise Http404(error.message) from error


def _url(visit: DeskVisit, name: str, *parts: object) -> str:
    return reverse(f"desk:{name}", args=[visit.desk.slug, *parts])

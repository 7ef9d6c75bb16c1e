"""De periodieke lijst: gather families in a list, look it over, and hand it in; nothing is kept before that."""

from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.exchange.lists.row_errors import RowError
from opvangloket.domains.exchange.lists.sheets import ListRefused, example_workbook
from opvangloket.domains.providers.own_locations import AskingDesk, OwnLocation
from opvangloket.domains.referrals.handed_in import own_lists
from opvangloket.domains.referrals.handing_in import UnansweredQuestion, hand_in, handed_in_before
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.handed_in import MOST_QUESTIONS, doubles_within, quarter_of, quarter_words
from opvangloket.rules.procedure import DeskMode
from opvangloket.web.guards import OrganiserVisit, organiser_page
from opvangloket.web.lists.handing_in import ListForm, errors_table
from opvangloket.web.lists.taking_along import file_answer
from opvangloket.web.middleware import Request
from opvangloket.web.organiser.door.door_desks import home_desks
from opvangloket.web.organiser.door.families_list_rows import COLUMNS, ListRowForm, RowData, read_list
from opvangloket.web.organiser.drawing import LOCATIONS, draw
from opvangloket.web.ui.templatetags.ui import full_date

_SALT: Final = "list to hand in"
_SAME, _APART = "yes", "no"


@dataclass(frozen=True, slots=True)
class Carried:
    """A list that is being made: it travels with the page, signed, and is kept nowhere."""

    list_id: UUID = field(default_factory=new_id)
    rows: tuple[RowData, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Carried":
        """Return the list that a page carried; a new one when there is none, or it is not ours."""
        try:
            found = signing.loads(text, salt=_SALT)
        except signing.BadSignature:
            return cls()
        return cls(UUID(found["id"]), tuple(found["rows"]))

    def written(self) -> str:
        """Return the list as a page carries it."""
        return signing.dumps({"id": str(self.list_id), "rows": self.rows}, salt=_SALT, compress=True)

    def plus(self, *rows: RowData) -> "Carried":
        """Return the list with rows behind it."""
        return replace(self, rows=(*self.rows, *rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A family on the list, in words; `double` says what it may be the same as, `choice` what was chosen so far."""

    number: int
    title: str
    words: str
    double: str
    choice: str


@organiser_page("list.hand_in")
def show(request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Add families one by one or by a file, choose what is double, and hand the list in."""
    own, desk = _home(visit, location)
    if procedure_in_force(desk.id, visit.today).procedure.mode is not DeskMode.DESK_ONLY:
        return draw(request, visit, "families_list_not_asked.html", {"location": own, "desk": desk}, section=LOCATIONS)
    carried = Carried.read(request.POST.get("carried", ""))
    file_form, row_form = ListForm(), ListRowForm(location=own, today=visit.today)
    errors: tuple[RowError, ...] = ()
    step = request.POST.get("step", "")
    if step == "row":
        tried = ListRowForm(request.POST, location=own, today=visit.today)
        carried, row_form = (carried.plus(tried.kept_data()), row_form) if tried.is_valid() else (carried, tried)
    elif step == "file":
        file_form = ListForm(request.POST, request.FILES)
        carried, errors = _add_file(file_form, carried, own, visit)
    elif step.startswith("drop-"):
        carried = replace(carried, rows=_without(carried.rows, step.removeprefix("drop-")))
    questions = _questions(carried, own, visit)
    rows = _shown(questions, own, request, carried.list_id)
    if step == "hand_in" and _hand_in(request, visit, own, desk, carried, questions, rows):
        return HttpResponseRedirect(request.path)
    context = {
        "location": own,
        "desk": desk,
        "quarter": quarter_words(quarter_of(visit.today)),
        "lists": own_lists(own.id),
        "carried": carried.written(),
        "rows": rows,
        "file_form": file_form,
        "row_form": row_form,
        "form": row_form if row_form.is_bound else file_form,
        "errors": errors_table(errors) if errors else None,
    }
    return draw(request, visit, "families_list.html", context, section=LOCATIONS)


@organiser_page("list.hand_in")
def example(_request: Request, visit: OrganiserVisit, location: str) -> HttpResponse:
    """Give the list to fill in: its headings and one row."""
    _home(visit, location)
    content = example_workbook("Gezinnen", [(one.heading, one.example, one.required) for one in COLUMNS])
    return file_answer(content, "lijst-gezinnen.xlsx")


def _home(visit: OrganiserVisit, slug: str) -> tuple[OwnLocation, AskingDesk]:
    found = next(((one, desk) for one, desk in home_desks(visit) if one.slug == slug), None)
    if found is None:
        raise Http404("We vinden deze opvang niet bij jouw locaties.")
    return found


def _add_file(
    form: ListForm, carried: Carried, own: OwnLocation, visit: OrganiserVisit
) -> tuple[Carried, tuple[RowError, ...]]:
    """Return the list with the rows of a file behind it, or with what is wrong in that file."""
    if not form.is_valid():
        return carried, ()
    try:
        read = read_list(form.content(), form.cleaned_data["upload"].name, location=own, today=visit.today)
    except ListRefused as refused:
        form.add_error("upload", refused.message)
        return carried, ()
    if read.errors:
        form.add_error("upload", _("Er is iets mis met deze lijst. We namen niets over."))
    elif not read.rows:
        form.add_error("upload", _("In deze lijst staat nog geen gezin."))
    elif len(carried.rows) + len(read.rows) > MOST_QUESTIONS:
        form.add_error("upload", _("Een lijst telt hoogstens %(most)s gezinnen.") % {"most": MOST_QUESTIONS})
    else:
        return carried.plus(*read.rows), ()
    return carried, read.errors


def _questions(carried: Carried, own: OwnLocation, visit: OrganiserVisit) -> list[UnansweredQuestion]:
    read = (ListRowForm(row, location=own, today=visit.today) for row in carried.rows)
    return [row.unanswered() for row in read if row.is_valid()]


def _shown(questions: list[UnansweredQuestion], own: OwnLocation, request: Request, list_id: UUID) -> list[ShownRow]:
    """Return the families in words, with what in this list or an earlier one of the location each may repeat."""
    identities = [one.identity for one in questions]
    within = doubles_within(identities)
    earlier = handed_in_before(identities, [own.id], but=list_id) if questions else {}
    return [
        ShownRow(
            number=number,
            title=_title(one),
            words=_words(one),
            double=_double(questions, within.get(number, (None, None))[0], earlier.get(number)),
            choice=request.POST.get(f"same_{number}", ""),
        )
        for number, one in enumerate(questions)
    ]


def _double(questions: list[UnansweredQuestion], here: int | None, earlier: str | None) -> str:
    if here is not None:
        return _("Lijkt op %(name)s, hierboven in deze lijst.") % {"name": _title(questions[here])}
    return _("Lijkt op %(name)s, in een vorige lijst.") % {"name": earlier} if earlier else ""


def _title(one: UnansweredQuestion) -> str:
    child, applicant = one.question.child, one.question.applicant
    name = f"{child.first_name} {child.last_name}".strip()
    parent = f"{applicant.first_name} {applicant.last_name}"
    return f"{name} · {parent}" if name else _("Kindje van %(applicant)s") % {"applicant": parent}


def _words(one: UnansweredQuestion) -> str:
    asked = _("%(days)s, vanaf %(day)s.") % {
        "days": capfirst(one.question.pattern.words()),
        "day": full_date(one.question.start_on),
    }
    return f"{asked} {_('Het loket mag bellen.') if one.agreed else _('Nog geen akkoord om te bellen.')}"


def _hand_in(
    request: Request,
    visit: OrganiserVisit,
    own: OwnLocation,
    desk: AskingDesk,
    carried: Carried,
    questions: list[UnansweredQuestion],
    rows: list[ShownRow],
) -> bool:
    """Hand the list in without the doubles, and tell whether that was possible."""
    if any(row.double and row.choice not in {_SAME, _APART} for row in rows):
        messages.warning(request, _("Kies eerst bij elk gezin dat er dubbel uitziet."))
        return False
    kept = [questions[row.number] for row in rows if not (row.double and row.choice == _SAME)]
    try:
        hand_in(
            list_id=carried.list_id,
            desk_id=desk.id,
            location_id=own.id,
            questions=kept,
            actor=visit.actor,
            now=visit.now,
        )
    except OpvangloketError as refused:
        messages.warning(request, refused.message)
        return False
    told = ngettext("%(number)s gezin doorgegeven.", "%(number)s gezinnen doorgegeven.", len(kept))
    messages.success(request, told % {"number": len(kept)})
    return True


def _without(rows: tuple[RowData, ...], number: str) -> tuple[RowData, ...]:
    return tuple(row for place, row in enumerate(rows) if str(place) != number)

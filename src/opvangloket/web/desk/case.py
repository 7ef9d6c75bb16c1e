"""A family's file as the pages about it see it: the facts, and the line of each location."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.request_lines import RequestLine, lines_of_request
from opvangloket.domains.requests.actions import RequestNotFound
from opvangloket.domains.requests.queries_file import FamilyFile, family_file
from opvangloket.rules.care_requests import RequestState, care_started
from opvangloket.rules.references import displayed
from opvangloket.web.guards import DeskVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One request in the hands of somebody of the desk; `line` is the location that an act is about."""

    visit: DeskVisit
    file: FamilyFile
    lines: tuple[RequestLine, ...]
    line: RequestLine | None = None

    @property
    def title(self) -> str:
        """Whom the file is about: the child, or who asks when the child has no name yet."""
        return self.file.child.name or _("Kindje van %(applicant)s") % {"applicant": self.file.applicant.name}

    @property
    def reference(self) -> str:
        """The reference as people read it."""
        return displayed(self.file.reference)

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return self.visit.today

    @property
    def care_started(self) -> bool:
        """Whether care of some placement has started: then nothing undoes it any more."""
        starts = [place.real_start_on for line in self.lines if (place := line.placement)]
        return any(care_started(agreed_start=start, today=self.today) for start in starts)

    @property
    def searches(self) -> bool:
        """Whether the family still searches, or may go on searching beside its place."""
        placed = self.file.state is RequestState.PLACED and self.visit.procedure.may_stay_listed
        return placed or self.file.state in {RequestState.REGISTERED, RequestState.OPEN}

    @property
    def listed(self) -> tuple[RequestLine, ...]:
        """The lines that the family did not drop."""
        return tuple(line for line in self.lines if line.dropped_at is None)

    def url(self, name: str = "file", *more: str) -> str:
        """Return the address of a page about this request."""
        return reverse(f"desk:{name}", args=[self.visit.desk.slug, self.file.reference, *more])


def open_case(visit: DeskVisit, reference: str, location: str | None = None) -> Case:
    """Return the file behind a reference; not found for another desk, or for a location it has no line with."""
    try:
        file = family_file(reference)
    except RequestNotFound:
        raise Http404("Deze vraag is niet van dit loket.") from None
    lines = lines_of_request(file.request_id, today=visit.today)
    line = next((one for one in lines if one.location_slug == location), None)
    if location is not None and line is None:
        raise Http404("Deze opvang heeft deze vraag niet.")
    return Case(visit=visit, file=file, lines=lines, line=line)

"""The annual report with what stands around its table on the form: who reports, as of when, filed or not."""

from dataclasses import dataclass
from datetime import datetime

from opvangloket.rules.indicators import AnnualReport
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.report_definitions import FORM_FIELDS, FormField, form_status, form_title
from opvangloket.rules.wording import dutch_date


@dataclass(frozen=True, slots=True)
class FilingMark:
    """Which filing a report is: its number, when, and the digest of what was filed."""

    number: int
    filed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """One report, ready to be written in any format; `filing` is None for a count that was not filed."""

    operator: str
    desk_name: str
    file_number: str
    report: AnnualReport
    made_at: datetime
    filing: FilingMark | None = None

    @property
    def title(self) -> str:
        """The title above the table, in the words of the form."""
        return form_title(self.report.year)

    @property
    def status(self) -> str:
        """The line below the title."""
        return form_status(self.report.year, self.report.as_of)

    @property
    def fields(self) -> tuple[tuple[FormField, str], ...]:
        """The fields above the table, each with its value; an empty value is still to be filled in by hand."""
        values = (self.operator, self.desk_name, self.file_number, str(self.report.year))
        return tuple(zip(FORM_FIELDS, values, strict=True))

    @property
    def standing(self) -> str:
        """Whether this was filed, in a sentence."""
        if self.filing is None:
            return f"Niet ingediend: geteld op {dutch_date(brussels_date(self.made_at))}."
        filed_on = dutch_date(brussels_date(self.filing.filed_at))
        return f"Ingediend op {filed_on}, versie {self.filing.number}. Vingerafdruk {self.filing.digest[:16]}."

    @property
    def file_stem(self) -> str:
        """The name of a file with this report, without its ending."""
        version = f"-versie-{self.filing.number}" if self.filing else ""
        return f"opvangvragen-{self.report.year}-stand-{self.report.as_of.isoformat()}{version}"

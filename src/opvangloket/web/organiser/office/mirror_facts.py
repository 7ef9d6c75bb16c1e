"""The mirror in words and pictures: a share as a filled line, the middle of the others as a mark on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opvangloket.domains.distribution.asking.proof import SendingProof
from opvangloket.domains.distribution.inbox.mirror import DeskMirror
from opvangloket.domains.providers.own_locations import AskingDesk, DeclaredVacancy, OwnLocation
from opvangloket.rules.mirror import FEWEST_OTHERS, AnswerCounts
from opvangloket.rules.procedure import Procedure
from opvangloket.web.ui.components import Chip, Column, DataTable, SummaryItem, Tone
from opvangloket.web.ui.templatetags.ui import clock_time, full_date

_WHOLE: Final = 100
_MARK: Final = 0.8  # the mark of the others is this wide, and stays on the line


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A number on a line of 0 to 100, with the middle of the others on the same line."""

    title: str
    big: str
    words: str
    filled: float
    middle: float | None
    middle_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPart:
    """What a desk's part of the page shows."""

    slug: str
    name: str
    lead: str
    gauges: tuple[Gauge, ...]
    no_middle: str
    table: DataTable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshRow:
    """How fresh one location's facts are."""

    name: str
    url: str
    page_words: str
    page_chip: Chip
    vacancy_words: str
    vacancy_chip: Chip | None


def desk_part(part: DeskMirror, names: Mapping[UUID, str]) -> DeskPart:
    """Return the part of one desk; a table per location only where there are several."""
    own, middle = part.own, part.middle
    return DeskPart(
        slug=part.desk_slug,
        name=part.desk_name,
        lead=_lead(own),
        gauges=tuple(gauge for gauge in (_in_time(part), _days(part)) if gauge),
        no_middle=""
        if middle
        else _("Er zijn nog geen %(count)s andere organisatoren met genoeg vragen. Daarom vergelijken we niet.")
        % {"count": FEWEST_OTHERS},
        table=_table(part.by_location, names) if len(part.by_location) > 1 else None,
    )


def freshness(
    locations: Iterable[OwnLocation],
    vacancies: Iterable[DeclaredVacancy],
    desks: Mapping[UUID, tuple[AskingDesk, ...]],
    procedures: Mapping[UUID, Procedure],
    *,
    today: date,
) -> tuple[FreshRow, ...]:
    """Return for each location when its page and its free places were last confirmed."""
    oldest: dict[UUID, date] = {}
    for vacancy in vacancies:
        known = oldest.get(vacancy.location_id, vacancy.confirmed_on)
        oldest[vacancy.location_id] = min(known, vacancy.confirmed_on)
    return tuple(
        _fresh_row(location, oldest.get(location.id), _fresh_days(desks.get(location.id, ()), procedures), today)
        for location in locations
    )


def proof_items(proof: SendingProof) -> tuple[SummaryItem, ...]:
    """Return what a location may check of a sending."""
    others = proof.recipients - 1
    together = ngettext("Met %(count)s andere locatie", "Met %(count)s andere locaties", others) % {"count": others}
    seal = _("Verzegeld als schakel %(number)s") % {"number": proof.seal_number} if proof.seal else ""
    return (
        SummaryItem(question=_("Verstuurd"), answer=f"{full_date(proof.sent_at)}, {clock_time(proof.sent_at)}"),
        SummaryItem(question=_("Op hetzelfde moment"), answer=together if others else _("Alleen aan jou")),
        SummaryItem(
            question=_("Jouw locatie staat in het bewijs"), answer=_("Ja") if proof.names_location else _("Nee")
        ),
        SummaryItem(
            question=_("Iedereen kreeg dezelfde vraag"),
            answer=_("Ja, en ze is nog dezelfde")
            if proof.same_fields
            else _("Ja. Het gezin veranderde daarna zijn tekst."),
        ),
        SummaryItem(question=_("Verzegeld"), answer=seal or _("Nog niet. Dat gebeurt elke minuut.")),
        SummaryItem(question=_("Vingerafdruk van de vraag"), answer=proof.fields_digest),
        *((SummaryItem(question=_("Vingerafdruk van de schakel"), answer=proof.seal),) if proof.seal else ()),
    )


def _lead(own: AnswerCounts) -> str:
    words = ngettext("Je antwoordde op %(count)s vraag.", "Je antwoordde op %(count)s vragen.", own.answered)
    told = [words % {"count": own.answered}]
    if own.unanswered:
        late = ngettext("%(count)s is over tijd.", "%(count)s zijn over tijd.", own.unanswered)
        told.append(late % {"count": own.unanswered})
    if own.waiting:
        waiting = ngettext("%(count)s wacht nog.", "%(count)s wachten nog.", own.waiting)
        told.append(waiting % {"count": own.waiting})
    return " ".join(told)


def _in_time(part: DeskMirror) -> Gauge | None:
    share, middle = part.own.share_in_time, part.middle
    if share is None:
        return None
    return Gauge(
        title=_("Op tijd geantwoord"),
        big=_percent(float(share)),
        words=_("%(in_time)s van %(decided)s vragen kregen een antwoord binnen de termijn.")
        % {"in_time": part.own.in_time, "decided": part.own.decided},
        filled=float(share) * _WHOLE,
        middle=_at(middle.share_in_time) if middle else None,
        middle_words=_("Midden van %(count)s andere organisatoren: %(share)s")
        % {"count": middle.others, "share": _percent(middle.share_in_time)}
        if middle
        else "",
    )


def _days(part: DeskMirror) -> Gauge | None:
    own = part.own.median_days
    if own is None:
        return None
    middle = part.middle.median_days if part.middle else None
    longest = max(own, middle or 0, 14)
    return Gauge(
        title=_("Zo lang wacht een gezin"),
        big=_days_words(own),
        words=_("De helft van je antwoorden kwam sneller dan dit."),
        filled=own / longest * _WHOLE,
        middle=_at(middle / longest) if middle is not None else None,
        middle_words=_("Midden van de anderen: %(days)s") % {"days": _days_words(middle)} if middle is not None else "",
    )


def _at(share: float) -> float:
    return min(share * _WHOLE, _WHOLE - _MARK)


def _percent(share: float) -> str:
    return _("%(percent)s procent") % {"percent": round(share * _WHOLE)}


def _days_words(days: float) -> str:
    if days < 1:
        return _("minder dan 1 dag")
    whole = round(days)
    return ngettext("%(count)s dag", "%(count)s dagen", whole) % {"count": whole}


def _table(by_location: Mapping[UUID, AnswerCounts], names: Mapping[UUID, str]) -> DataTable:
    columns = (
        Column(_("Locatie")),
        Column(_("Geantwoord"), number=True),
        Column(_("Op tijd"), number=True),
        Column(_("Over tijd"), number=True),
        Column(_("Wacht nog"), number=True),
    )
    rows = [(names.get(location_id, "–"), counts) for location_id, counts in by_location.items()]
    return DataTable.of(
        _("Per locatie"),
        columns,
        tuple(
            (name, str(one.answered), str(one.in_time), str(one.unanswered), str(one.waiting))
            for name, one in sorted(rows, key=lambda row: row[0])
        ),
    )


def _fresh_days(desks: Collection[AskingDesk], procedures: Mapping[UUID, Procedure]) -> int:
    home = next((desk for desk in desks if desk.is_home), None)
    procedure = procedures.get(home.id) if home else None
    return (procedure or Procedure()).vacancy_fresh_days


def _fresh_row(location: OwnLocation, oldest: date | None, fresh_days: int, today: date) -> FreshRow:
    page_on = location.page_confirmed_on
    stale = oldest is not None and (today - oldest).days >= fresh_days
    return FreshRow(
        name=location.name,
        url=reverse("organiser:location", args=[location.slug]),
        page_words=_("Pagina bevestigd op %(day)s.") % {"day": full_date(page_on)} if page_on else "",
        page_chip=Chip(_("Pagina bevestigd"), Tone.LEAF) if page_on else Chip(_("Pagina nooit bevestigd"), Tone.WARM),
        vacancy_words=_("Oudste vrije plaats bevestigd op %(day)s.") % {"day": full_date(oldest)} if oldest else "",
        vacancy_chip=None
        if oldest is None
        else Chip(_("Vrije plaats navragen"), Tone.BRICK)
        if stale
        else Chip(_("Vrije plaatsen zijn vers"), Tone.LEAF),
    )

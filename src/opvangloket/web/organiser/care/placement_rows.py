"""Placed children as components: the list to confirm from, and the file of one child."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.care.placed_children import PlacedChild, PlacementState, placed_child
from opvangloket.domains.distribution.care.reading import Ending
from opvangloket.domains.distribution.lines.locking import PlacementNotFound
from opvangloket.rules.change_proposals import Proposer
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.reasons import END_REASONS
from opvangloket.rules.wording import dutch_date
from opvangloket.web.questions.asked_facts import contact_items
from opvangloket.web.questions.question_words import day_words
from opvangloket.web.ui import components as c

# From a week before the start the organiser usually knows what was agreed.
CONFIRM_FROM = timedelta(days=7)


def placement_url(child: PlacedChild, name: str = "placement") -> str:
    """Return the address of a page about a child with a place."""
    return reverse(f"organiser:{name}", args=[child.reference, child.location_slug])


def child_or_404(reference: str, location: str) -> PlacedChild:
    """Return the child of the address; one of somebody else is not found."""
    try:
        return placed_child(reference, location)
    except PlacementNotFound as error:
        raise Http404(error.message) from error


def child_name(child: PlacedChild) -> str:
    """Name the child, or the parent of a child that has no name yet."""
    return child.family.child_name or _("Kind van %(name)s") % {"name": child.family.applicant_name}


def may_confirm(child: PlacedChild, today: date) -> bool:
    """Tell whether the start and the real days can be confirmed now."""
    stands = child.state is PlacementState.ACTIVE and not child.care.moved_from
    return stands and child.start_on - CONFIRM_FROM <= today


def placement_rows(
    children: Iterable[PlacedChild], *, several_locations: bool, confirms_at: Collection[UUID], today: date
) -> tuple[c.WorklistRow, ...]:
    """Return one row per child; those to be confirmed, where the reader may, have a button that does it at once."""
    return tuple(
        _row(child, several_locations, today, to_confirm=child.location_id in confirms_at and _waits(child, today))
        for child in children
    )


def _waits(child: PlacedChild, today: date) -> bool:
    return child.confirmed_at is None and may_confirm(child, today)


def _row(child: PlacedChild, several_locations: bool, today: date, *, to_confirm: bool) -> c.WorklistRow:
    name = child_name(child)
    start = _("Start %(day)s") if child.real_start_on > today else _("Sinds %(day)s")
    place = [child.location_name] if several_locations else []
    look = c.Act(label=_("Bekijken"), url=placement_url(child), about=name)
    confirm = c.Act(
        label=_("Klopt, bevestig"),
        url=placement_url(child, "confirm_placement"),
        post=True,
        fields=(("as_agreed", "yes"),),
        about=name,
        strong=True,
    )
    return c.WorklistRow(
        key=f"kind-{child.reference.lower()}-{child.location_slug}",
        title=name,
        reason=" · ".join([start % {"day": dutch_date(child.real_start_on)}, *place]),
        url=placement_url(child),
        urgency=_urgency(child, today) if to_confirm else "",
        strip=c.agreed_strip(child.care.pattern_on(today), caption=_("Dagen")),
        chips=(_asked_chip(child, today) or _ending_chip(child) or _chip(child, today, to_confirm=to_confirm),),
        act=confirm if to_confirm else look,
        more=(c.Act(label=_("Het ging anders"), url=placement_url(child), about=name),) if to_confirm else (),
    )


def _urgency(child: PlacedChild, today: date) -> str:
    return "soon" if child.start_on < today else "calm"


def _asked_chip(child: PlacedChild, today: date) -> c.Chip | None:
    """Tell first that a change waits: for an answer here, or for the family."""
    proposal = child.care.open_proposal(today)
    if proposal is None:
        return None
    if proposal.asked_by is Proposer.FAMILY:
        return c.Chip(_("Vraagt andere dagen"), c.Tone.WARM)
    return c.Chip(_("Wacht op het gezin"), c.Tone.STRAW)


def _ending_chip(child: PlacedChild) -> c.Chip | None:
    """Tell what a location would forget first: that a child is leaving."""
    if (ending := child.care.ending) is None:
        return None
    words = _("Verhuist op %(day)s") if ending.moves_to else _("Stopt op %(day)s")
    return c.Chip(words % {"day": dutch_date(ending.on, year=False)}, c.Tone.STRAW)


def _chip(child: PlacedChild, today: date, *, to_confirm: bool) -> c.Chip:
    if child.confirmed_at and child.may_be_at_school(today):
        return c.Chip(_("Misschien al naar school"))
    if child.confirmed_at:
        day = dutch_date(brussels_date(child.confirmed_at), year=False)
        return c.Chip(_("Bevestigd op %(day)s") % {"day": day}, c.Tone.LEAF)
    if to_confirm:
        return c.Chip(_("Bevestig de start en de dagen"), c.Tone.WARM)
    return c.Chip(_("Afgesproken op %(day)s") % {"day": dutch_date(child.agreed_on, year=False)})


def course_lines(child: PlacedChild, today: date, *, may_end: bool) -> tuple[str, ...]:
    """Return in words what changes ahead, and where a child came from or goes; `may_end`: who reads may say so."""
    care, lines = child.care, []
    if care.moved_from:
        lines.append(_("Komt van %(location)s.") % {"location": care.moved_from})
    if (ahead := care.next_days(today)) is not None:
        words = _("Vanaf %(day)s komt het kind op: %(days)s.")
        lines.append(words % {"day": dutch_date(ahead.period.start), "days": ahead.pattern.words()})
    if (refused := care.refused_proposal(today, asked_by=Proposer.ORGANISER)) is not None:
        words = _("Het gezin zei nee op de verandering vanaf %(day)s.") % {"day": dutch_date(refused.from_on)}
        lines.append(f"{words} “{refused.reply}”" if refused.reply else words)
    if (ending := care.ending) is not None:
        lines.append(_ending_words(ending))
    elif child.confirmed_at and child.may_be_at_school(today):
        lines.append(_school_words(child, may_end=may_end))
    return tuple(lines)


def _school_words(child: PlacedChild, *, may_end: bool) -> str:
    words = _("Kon vanaf %(day)s naar school. Sinds dan tellen we de plaats als vrij.")
    ask = [_("Is het kind er nog, of is het al weg? Vul bij “De opvang stopt” de dag in.")] if may_end else []
    return " ".join([words % {"day": dutch_date(child.school_from)}, *ask])


def _ending_words(ending: Ending) -> str:
    day = dutch_date(ending.on)
    if ending.moves_to:
        return _("Gaat vanaf %(day)s naar %(location)s.") % {"day": day, "location": ending.moves_to}
    reason = END_REASONS.label(ending.reason) if ending.reason else ""
    words = _("Komt niet meer vanaf %(day)s.") % {"day": day}
    return f"{words} {reason}." if reason else words


def care_acts(child: PlacedChild, today: date, *, may_move: bool) -> tuple[c.Act, ...]:
    """Return what can change in a care, the likeliest first; nothing before its start is confirmed, or once it ended."""
    ending = child.care.ending
    if child.state is PlacementState.UNDONE or child.confirmed_at is None:
        return ()
    if ending is not None and (ending.moves_to or not ending.can_change(today)):
        return ()
    acts = [("change_days", _("Andere dagen of uren"), "calendar")] if ending is None or ending.on > today else []
    if may_move and ending is None:
        acts.append(("move_child", _("Naar een andere locatie"), "home"))
    if child.care.moved_from or child.real_start_on <= today:
        acts.append(("end_care", _("Verander het einde") if ending else _("De opvang stopt"), "x"))
    return tuple(c.Act(label=label, url=placement_url(child, name), icon=icon) for name, label, icon in acts)


def keep_url(child: PlacedChild, today: date) -> str:
    """Return where a location takes back that a child leaves; empty when nothing can be taken back."""
    ending = child.care.ending
    return placement_url(child, "keep_child") if ending and ending.can_change(today) else ""


def empty() -> c.EmptyState:
    """Return a list without children, said gladly."""
    return c.EmptyState(
        title=_("Nog geen plaatsingen"), words=_("Neemt een gezin je voorstel aan? Dan staat het kind hier.")
    )


def file_items(child: PlacedChild, today: date) -> tuple[c.SummaryItem, ...]:
    """Return what is known of the child and its place."""
    born = _("Geboren op") if child.is_born else _("Verwacht op")
    lines = (
        (born, day_words(child.born_on)),
        (_("Start"), capfirst(dutch_date(child.real_start_on))),
        (_("Tot"), _end(child)),
        (_("Uren"), capfirst(child.care.hours_on(today).hours_words())),
        (_("Extra ondersteuning"), child.support_needed),
    )
    return tuple(c.SummaryItem(question=label, answer=words) for label, words in lines if words)


def _end(child: PlacedChild) -> str:
    if child.end_on:
        return capfirst(dutch_date(child.end_on))
    return _("Naar school vanaf ongeveer %(day)s") % {"day": day_words(child.school_from)}


def family_items(child: PlacedChild) -> tuple[c.SummaryItem, ...]:
    """Return how to reach the family."""
    address = (c.SummaryItem(question=_("Adres"), answer=child.address),) if child.address else ()
    return contact_items(child.family) + address

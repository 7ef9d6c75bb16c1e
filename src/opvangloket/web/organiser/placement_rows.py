"""Placed children as components: the list to confirm from, and the file of one child."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.placed_children import PlacedChild, PlacementState
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.wording import dutch_date
from opvangloket.web.organiser.question_facts import contact_items
from opvangloket.web.organiser.question_words import day_words
from opvangloket.web.ui import components as c

# From a week before the start the organiser usually knows what was agreed.
CONFIRM_FROM = timedelta(days=7)


def placement_url(child: PlacedChild, name: str = "placement") -> str:
    """Return the address of a page about a child with a place."""
    return reverse(f"organiser:{name}", args=[child.reference, child.location_slug])


def child_name(child: PlacedChild) -> str:
    """Name the child, or the parent of a child that has no name yet."""
    return child.family.child_name or _("Kind van %(name)s") % {"name": child.family.applicant_name}


def may_confirm(child: PlacedChild, today: date) -> bool:
    """Tell whether the start and the real days can be confirmed now."""
    return child.state is PlacementState.ACTIVE and child.start_on - CONFIRM_FROM <= today


def placement_rows(
    children: Iterable[PlacedChild], *, several_locations: bool, today: date
) -> tuple[c.WorklistRow, ...]:
    """Return one row per child; who can be confirmed has a button that does it at once."""
    return tuple(_row(child, several_locations, today) for child in children)


def _row(child: PlacedChild, several_locations: bool, today: date) -> c.WorklistRow:
    name = child_name(child)
    to_confirm = child.confirmed_at is None and may_confirm(child, today)
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
        strip=c.asked_strip(child.real_pattern, caption=_("Dagen")),
        chips=(_chip(child, to_confirm=to_confirm),),
        act=confirm if to_confirm else look,
        more=(c.Act(label=_("Het ging anders"), url=placement_url(child), about=name),) if to_confirm else (),
    )


def _urgency(child: PlacedChild, today: date) -> str:
    return "soon" if child.start_on < today else "calm"


def _chip(child: PlacedChild, *, to_confirm: bool) -> c.Chip:
    if child.confirmed_at:
        day = dutch_date(brussels_date(child.confirmed_at), year=False)
        return c.Chip(_("Bevestigd op %(day)s") % {"day": day}, c.Tone.LEAF)
    if to_confirm:
        return c.Chip(_("Bevestig de start en de dagen"), c.Tone.WARM)
    return c.Chip(_("Afgesproken op %(day)s") % {"day": dutch_date(child.agreed_on, year=False)})


def empty() -> c.EmptyState:
    """Return a list without children, said gladly."""
    return c.EmptyState(
        title=_("Nog geen plaatsingen"), words=_("Neemt een gezin je voorstel aan? Dan staat het kind hier.")
    )


def file_items(child: PlacedChild) -> tuple[c.SummaryItem, ...]:
    """Return what is known of the child and its place."""
    born = _("Geboren op") if child.is_born else _("Verwacht op")
    lines = (
        (born, day_words(child.born_on)),
        (_("Start"), capfirst(dutch_date(child.real_start_on))),
        (_("Tot"), _end(child)),
        (_("Uren"), capfirst(child.hours.hours_words())),
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

"""What-if as components: the verdict in a sentence, a week before and after, three years, and the meters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from opvangloket.domains.distribution.planner.what_if import Supposed
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.rules.occupancy import MonthOccupancy
from opvangloket.rules.place_hours import apart_sentences, days_apart
from opvangloket.rules.shares import SHARE_WORDS, Share
from opvangloket.rules.wording import dutch_date
from opvangloket.web.organiser.planner.planner_facts import NumberWeek, Year, month_title, number_week, years
from opvangloket.web.organiser.questions.question_facts import fits_instead
from opvangloket.web.ui import components as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """What taking a child changes, ready to draw."""

    fits: bool
    tone: c.Tone
    verdict: str
    why: str
    instead: str
    strip: c.WeekStrip
    meant: str
    month: str
    before: NumberWeek
    after: NumberWeek
    years: tuple[Year, ...]


def pictured(supposed: Supposed, location: OwnLocation, *, today: date) -> Pictured:
    """Return the picture: the month that matters most in numbers, and all three years with the child in it."""
    place, effect = supposed.place, supposed.effect
    matters = max(effect.overflows_from or place.period.start, today)
    before, after = _month_at(effect.before, matters), _month_at(effect.after, matters)
    possible = place.pattern - effect.overflowing - days_apart(effect.apart)
    until = _("tot %(day)s") % {"day": dutch_date(place.period.end)} if place.period.end else _("zonder einddatum")
    return Pictured(
        fits=effect.fits,
        tone=c.Tone.LEAF if effect.fits else c.Tone.BRICK if effect.overflowing or effect.closed_from else c.Tone.STRAW,
        verdict=_verdict(supposed),
        why=" ".join(apart_sentences(effect.apart)),
        instead=_instead(supposed),
        strip=c.fit_strip(place.pattern, possible, caption=_("De week van het kind")),
        meant=_("Vanaf %(start)s, %(until)s.") % {"start": dutch_date(place.period.start), "until": until},
        month=month_title(before.period.start),
        before=number_week(before, location.opened, caption=_("Zonder dit kind")),
        after=number_week(after, location.opened, caption=_("Met dit kind")),
        years=years(effect.after, location),
    )


def _month_at(months: Sequence[MonthOccupancy], day: date) -> MonthOccupancy:
    return next((month for month in months if month.period.contains(day)), months[-1])


def _verdict(supposed: Supposed) -> str:
    effect = supposed.effect
    if effect.closed_from is not None:
        return _("Je opvang sluit op %(day)s. Vanaf dan kan er geen kind meer starten.") % {
            "day": dutch_date(effect.closed_from)
        }
    if effect.overflows_from is None:
        if effect.apart:
            return _("De dagen zijn vrij, maar niet op alle gevraagde uren.")
        return _("Dit kind past, elke dag dat het komt.")
    days, since = effect.overflowing.words(), dutch_date(effect.overflows_from)
    return _("Er is geen plaats op %(days)s, vanaf %(since)s.") % {"days": days, "since": since}


def _instead(supposed: Supposed) -> str:
    if supposed.effect.fits:
        return ""
    best = supposed.best
    if best is None:
        return _("Er past het komende jaar niets in de buurt van deze week.")
    return fits_instead(best)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One meter: the share so far, what the law asks, and what a child would change."""

    title: str
    percent: int
    asked: int
    words: str
    change: str
    chip: c.Chip


def share_rows(shares: Iterable[Share], *, before: Sequence[Share] = ()) -> tuple[ShareRow, ...]:
    """Return the meters; `before` are the same meters without the child."""
    earlier = {share.of: share for share in before}
    return tuple(_share_row(share, earlier.get(share.of)) for share in shares)


def _share_row(share: Share, before: Share | None) -> ShareRow:
    reached = _("Gehaald") if share.is_reached else _("Nog niet gehaald")
    change = ""
    if before is not None:
        change = _("Zonder dit kind: %(counted)s van %(total)s, dat is %(percent)s %%.") % {
            "counted": before.counted,
            "total": before.total,
            "percent": before.percent,
        }
    return ShareRow(
        title=capfirst(_("Kinderen %(group)s") % {"group": SHARE_WORDS[share.of]}),
        percent=share.percent,
        asked=share.asked,
        words=_("%(counted)s van %(total)s kinderen, dat is %(percent)s %%. De wet vraagt %(asked)s %%.")
        % {"counted": share.counted, "total": share.total, "percent": share.percent, "asked": share.asked},
        change=change,
        chip=c.Chip(reached, c.Tone.LEAF if share.is_reached else c.Tone.WARM),
    )

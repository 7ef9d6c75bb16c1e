"""What would fit a family that has no place: what its locations said is possible, and free places elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from opvangloket.domains.distribution.lines.facts import wish_with_flexibility
from opvangloket.domains.distribution.lines.listing import latest_wish, locations_of_desk
from opvangloket.domains.distribution.models import Answer
from opvangloket.domains.providers.models import CapacityKind, Location
from opvangloket.domains.providers.place_hours import place_hours_of
from opvangloket.domains.providers.supply import supply_of
from opvangloket.domains.requests.models import CareRequest, RequestedLocation
from opvangloket.foundation.geography.places import postcode
from opvangloket.rules.alternatives import Alternative, Flexibility, Wish, best_alternative
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.inquiries import AnswerKind
from opvangloket.rules.neutrality import Listed, Point, point_at, search_order
from opvangloket.rules.patterns import CareHours, WeekPattern
from opvangloket.rules.place_hours import week_words
from opvangloket.rules.wording import dutch_date

AT_MOST: Final = 5
# The nearest locations with known places: enough to find something, few enough to answer at once.
_LOOKED_AT: Final = 40
_LATER_MONTHS: Final = 3


class SuggestionKind(StrEnum):
    """Where a suggestion comes from."""

    SAID_POSSIBLE = "said_possible"
    FREE_ELSEWHERE = "free_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that may fit: at which location, which days, from when; `words` says it to the family."""

    kind: SuggestionKind
    location_id: UUID
    location_name: str
    location_slug: str
    pattern: WeekPattern | None
    start_on: date | None
    words: str


def suggestions_of(request_id: UUID, *, today: date) -> tuple[Suggestion, ...]:
    """Return what may fit the family of a request in scope, as `suggestions_for` does; nothing when it has none."""
    request = CareRequest.objects.select_related("child", "applicant").filter(id=request_id).first()
    return suggestions_for(request, today=today) if request else ()


def suggestions_for(request: CareRequest, *, today: date) -> tuple[Suggestion, ...]:
    """Return what may fit the family of a request, at most five: first what its own locations said is possible."""
    found = [*_said_possible(request), *_free_elsewhere(request, today)]
    return tuple(found[:AT_MOST])


def _said_possible(request: CareRequest) -> Iterator[Suggestion]:
    """Yield what the locations told beside their no, the latest answer of each."""
    answers = Answer.objects.filter(inquiry__request=request).select_related("inquiry__location")
    latest = {answer.inquiry.location_id: answer for answer in answers.order_by("at", "id")}
    for answer in latest.values():
        if answer.kind != AnswerKind.NO or not (answer.possible_parts or answer.possible_from_on):
            continue
        pattern = WeekPattern(answer.possible_parts) if answer.possible_parts else None
        yield _suggestion(SuggestionKind.SAID_POSSIBLE, answer.inquiry.location, pattern, answer.possible_from_on)


def _free_elsewhere(request: CareRequest, today: date) -> list[Suggestion]:
    """Return free places at locations that the family did not choose: closest to the question, then nearest."""
    chosen = RequestedLocation.objects.filter(request=request, dropped_at=None).values("location_id")
    others = locations_of_desk(request.desk_id, today=today, start_on=latest_wish(request).start_on).exclude(
        id__in=chosen
    )
    counted = {location.id: location for location in others.exclude(capacity_kind=CapacityKind.NONE)}
    listed = [Listed(location.id, point_at(location.lat, location.lon)) for location in counted.values()]
    nearest = [shown.location_id for shown in search_order(listed, day=today, origin=_home(request))][:_LOOKED_AT]
    wish = _freely(wish_with_flexibility(request, latest_wish(request)))
    supply = supply_of(nearest, from_on=today)
    hours_of, asked = place_hours_of(supply, today=today), CareHours.parse("|".join(latest_wish(request).hours))
    found: list[tuple[int, int, Location, Alternative]] = []
    for distance, location_id in enumerate(nearest):
        location_supply = supply[location_id]
        best = best_alternative(wish, location_supply.supply, location_supply.occupations)
        best = best and hours_of[location_id].proposed(best, asked, fewer_days=True)
        if best:
            found.append((len(best.reasons), distance, counted[location_id], best))
    found.sort(key=lambda entry: entry[:2])
    return [
        _suggestion(SuggestionKind.FREE_ELSEWHERE, location, best.pattern, best.period.start, best.hours)
        for _, _, location, best in found[:AT_MOST]
    ]


def _freely(wish: Wish) -> Wish:
    """Return the wish with room for what the family may not have thought of: it decides for itself."""
    later = max(wish.flexibility.later_start_months, _LATER_MONTHS)
    return Wish(
        needed=wish.needed,
        period=wish.period,
        born_on=wish.born_on,
        also_possible=wish.also_possible,
        parts_wanted=wish.parts_wanted,
        flexibility=Flexibility(later_start_months=later, other_days=True, fewer_days=True),
    )


def _suggestion(
    kind: SuggestionKind,
    location: Location,
    pattern: WeekPattern | None,
    start_on: date | None,
    hours: CareHours = NO_HOURS,
) -> Suggestion:
    words = f"{location.name} heeft plaats"
    words += f" op {week_words(pattern, hours)}" if pattern else ""
    words += f", vanaf {dutch_date(start_on)}" if start_on else ""
    return Suggestion(
        kind=kind,
        location_id=location.id,
        location_name=location.name,
        location_slug=location.slug,
        pattern=pattern,
        start_on=start_on,
        words=f"{words}.",
    )


def _home(request: CareRequest) -> Point | None:
    """Return roughly where a family lives: the middle of its postcode."""
    place = postcode(request.applicant.postcode) if request.applicant.postcode else None
    return Point(place.lat, place.lon) if place else None

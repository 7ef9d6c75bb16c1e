"""Telling a family and a location about a visit: booked, cancelled, tomorrow."""

from datetime import datetime
from typing import Any

from opvangloket.domains.contact import addresses
from opvangloket.domains.contact.models import Visit
from opvangloket.domains.providers.location_mail import mail_of
from opvangloket.domains.providers.stand_ins import copies, stand_ins_of
from opvangloket.foundation.messages.actions import NewMessage, plan_messages
from opvangloket.rules.periods import brussels_date
from opvangloket.rules.visits import time_words


def tell_both(template: str, visit: Visit, *, now: datetime) -> bool:
    """Plan the same message to the family and to the location, each with its own page; return whether one was new."""
    told = [tell_family(template, visit, now=now), tell_location(template, visit, now=now)]
    return any(told)


def tell_family(template: str, visit: Visit, *, now: datetime) -> bool:
    """Plan a message to the family; return whether it is new."""
    request, location = visit.request, visit.location
    link = addresses.visit_of_family(request.desk.slug, request.reference, location.slug)
    return _plan(
        [_message(template, visit, "family", request.applicant.email, request.applicant.full_name, link)], visit, now
    )


def tell_location(template: str, visit: Visit, *, now: datetime) -> bool:
    """Plan a message to the location, and to who stands in there; return whether it is new."""
    location = visit.location
    link = addresses.visits_of_location(location.slug)
    message = _message(template, visit, "organiser", mail_of(location), location.name, link)
    readers = stand_ins_of([location], today=brussels_date(now)).get(location.id, ())
    return _plan(copies(message, readers), visit, now)


def _plan(messages: list[NewMessage], visit: Visit, now: datetime) -> bool:
    return bool(plan_messages(messages, desk_id=visit.desk_id, request_id=visit.request_id, now=now))


def _message(template: str, visit: Visit, audience: str, address: str, name: str, link: str) -> NewMessage:
    context: dict[str, Any] = {
        "location_name": visit.location.name,
        "on": brussels_date(visit.moment.starts_at),
        "time": time_words(visit.moment.starts_at),
        "link": link,
    }
    return NewMessage(
        template=template,
        cause=f"{template}:{visit.id}:{audience}",
        recipient=address,
        recipient_name=name,
        audience=audience,
        context=context,
        location_id=visit.location_id if audience == "organiser" else None,
    )

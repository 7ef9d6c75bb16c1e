"""Who keeps up the page of a location: its own people, or the desk that does it for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.http import HttpResponse

from opvangloket.domains.providers.location_page import PublicLocation, own_page
from opvangloket.domains.providers.own_locations import AskingDesk, OwnLocation, asking_desks
from opvangloket.foundation.audit.record import Actor
from opvangloket.foundation.tenancy.queries import procedure_in_force
from opvangloket.rules.procedure import Procedure


class Drawing(Protocol):
    """Renders a template in the frame of whoever keeps up the page."""

    def __call__(self, template: str, context: dict[str, Any], /) -> HttpResponse:
        """Render a template with its context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Somebody who keeps up the page of a location; `address` gives the address of one of these pages by its name."""

    location: OwnLocation
    page: PublicLocation
    home: AskingDesk | None
    procedure: Procedure
    actor: Actor
    now: datetime
    address: Callable[..., str]
    back_url: str
    draw: Drawing


def editor_of(
    location: OwnLocation,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    address: Callable[..., str],
    back_url: str,
    draw: Drawing,
) -> Editor:
    """Return an editor of a location that was found in the scope in force, under the procedure of its home desk."""
    home = next((desk for desk in asking_desks([location.id], today=today)[location.id] if desk.is_home), None)
    procedure = procedure_in_force(home.id, today).procedure if home else Procedure()
    return Editor(
        location=location,
        page=own_page(location.id, today=today, fresh_days=procedure.vacancy_fresh_days),
        home=home,
        procedure=procedure,
        actor=actor,
        now=now,
        address=address,
        back_url=back_url,
        draw=draw,
    )

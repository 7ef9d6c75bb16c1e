"""Opening a desk: a name, a place in the addresses, the municipalities that it serves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from opvangloket.foundation.audit.record import SYSTEM, record
from opvangloket.foundation.errors import OpvangloketError
from opvangloket.foundation.geography import is_known_code
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import across_desks
from opvangloket.foundation.tenancy.slugs import is_free_word


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """What a desk is when it opens; its settings start at the defaults."""

    slug: str
    name: str
    operator: str
    territory: tuple[str, ...]
    file_number: str = ""
    email: str = ""
    phone: str = ""
    counter: str = ""
    counter_hours: str = ""


class DeskRefused(OpvangloketError):
    """A desk that cannot be opened as it is."""

    code = "desk_refused"


@transaction.atomic
def open_desk(*, desk: NewDesk, now: datetime) -> UUID:
    """Open a desk and return its id; raise DeskRefused."""
    if not is_free_word(desk.slug):
        raise DeskRefused(f"“{desk.slug}” kan niet in een adres staan. Gebruik letters, cijfers en streepjes.")
    if Desk.objects.filter(slug=desk.slug).exists():
        raise DeskRefused(f"Er is al een loket “{desk.slug}”. Kies een ander woord.")
    if not desk.territory:
        raise DeskRefused("Geef minstens één gemeente, met haar NIS-code.")
    unknown = [code for code in desk.territory if not is_known_code(code)]
    if unknown:
        raise DeskRefused(f"Deze NIS-codes kennen we niet: {', '.join(unknown)}. Zoek ze op bij Statbel.")
    row = Desk.objects.create(
        slug=desk.slug,
        name=desk.name,
        operator=desk.operator,
        territory=list(desk.territory),
        file_number=desk.file_number,
        email=desk.email,
        phone=desk.phone,
        counter=desk.counter,
        counter_hours=desk.counter_hours,
        created_at=now,
    )
    with across_desks("a desk that opens has no people yet"):
        record("desk.open", actor=SYSTEM, at=now, desk_id=row.id, subject_kind="desk", subject_id=row.id)
    return row.id

"""A child that an organiser places itself, on one screen and in under a minute."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from opvangloket.domains.distribution.placing.direct import Agreed
from opvangloket.domains.providers.own_locations import OwnLocation
from opvangloket.web.organiser.door.door_forms import FamilyAtTheDoor
from opvangloket.web.organiser.refusable import GoesOver


class DirectPlacementForm(GoesOver, FamilyAtTheDoor):
    """The family at the door; why the child comes all the same, once the places turn out to be taken."""

    over_label = _("Toch plaatsen? Schrijf waarom.")
    instead = _("Kies andere dagen, of schrijf waarom je het kind toch plaatst.")

    def __init__(self, data: Any = None, *, locations: Sequence[OwnLocation], today: date) -> None:
        super().__init__(data, locations=locations, today=today)
        self.keep_over()

    def agreed(self) -> Agreed:
        """Return what was agreed: the same as asked."""
        return Agreed(over_capacity_reason=self.over_capacity_reason)

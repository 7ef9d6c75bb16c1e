"""An act on something that is not there any more."""

from django.utils.translation import gettext as _

from opvangloket.foundation.errors import OpvangloketError


class NothingThere(OpvangloketError):
    """The line of this location has no offer, or no place, to do this with."""

    code = "nothing_there"

    def __init__(self) -> None:
        super().__init__(_("Dit kan hier niet meer. Kijk in het overzicht hoe het nu staat."))

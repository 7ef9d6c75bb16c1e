"""A form that registers something once, however often its button is pressed."""

from secrets import SystemRandom
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import QueryDict

from opvangloket.foundation.errors import AlreadySent, OpvangloketError
from opvangloket.foundation.ids import new_id
from opvangloket.rules.references import new_reference

_KEEPER: Final = Signer(salt="kept reference")
_ID_KEEPER: Final = Signer(salt="kept id")


class PageTooOld(OpvangloketError):
    """A form whose reference is missing or was not given by us."""

    code = "page_too_old"
    message = "Deze pagina stond te lang open. Verstuur ze nog eens."


class KeepsReference(forms.Form):
    """Carries, from when it is first drawn, the reference of the question to come.

    Whoever presses the button again, or after a failure of the network, sends the same reference: the database lets
    it be taken once. It is signed, so that nobody chooses one.
    """

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kept"] = _KEEPER.sign(new_reference(SystemRandom()))

    @property
    def kept_reference(self) -> str:
        """The reference that was kept when the form was drawn; empty when it is not ours."""
        try:
            return _KEEPER.unsign(self.cleaned_data["kept"])
        except BadSignature:
            return ""

    def refuse_at(self, field: str, refused: OpvangloketError) -> None:
        """Say at a field why this was refused; whoever presses again, knowing that, sends it.

        So what was sent before in other words gets a new reference, and so does what had none of ours.
        """
        if isinstance(refused, AlreadySent | PageTooOld):
            typed = cast("QueryDict", self.data).copy()
            typed["kept"] = _KEEPER.sign(new_reference(SystemRandom()))
            self.data = typed
        self.add_error(field, refused.message)

    def reference_or_refuse(self) -> str:
        """Return the reference that was kept; raise PageTooOld when it is not ours."""
        if not self.kept_reference:
            raise PageTooOld
        return self.kept_reference


class KeepsId(forms.Form):
    """Carries the id of a row to come, as `KeepsReference` does a reference."""

    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kept"] = _ID_KEEPER.sign(str(new_id()))

    @property
    def kept_id(self) -> UUID:
        """The id that was kept when the form was drawn; a new one when it is not ours."""
        try:
            return UUID(_ID_KEEPER.unsign(self.cleaned_data["kept"]))
        except BadSignature:
            return new_id()

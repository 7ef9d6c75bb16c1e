"""Setting a location on the map: paste a point, look at it, move it in small steps, keep it. Needs no script."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.location_page import PublicLocation
from opvangloket.domains.providers.map_point import check_point, neighbours, set_point
from opvangloket.domains.providers.page_edit import PageRefused
from opvangloket.rules.map_points import (
    STEPS_M,
    USUAL_STEP_M,
    WHY_UNREAD,
    Direction,
    MapPoint,
    NoPoint,
    ReadPoint,
    Unread,
    read_point,
    rounded,
    step,
    wind,
    write_point,
)
from opvangloket.rules.neutrality import Point
from opvangloket.web.locations.page_editor import Editor
from opvangloket.web.locations.point_picture import map_url, nearby_picture, town_picture
from opvangloket.web.locations.point_words import hint_words, origin_words, way_words

WORDS: Final = {
    Direction.NORTH: gettext_lazy("noord"),
    Direction.EAST: gettext_lazy("oost"),
    Direction.SOUTH: gettext_lazy("zuid"),
    Direction.WEST: gettext_lazy("west"),
}
SHOW: Final = "show"
_ICONS: Final = {
    Direction.NORTH: "arrow-up",
    Direction.EAST: "arrow-right",
    Direction.SOUTH: "arrow-down",
    Direction.WEST: "arrow-left",
}
_LONGEST: Final = 1000


class PointForm(forms.Form):
    """A point as it was pasted, and how far one step goes. An empty field stands for `start`, when one steps from it."""

    point = forms.CharField(
        label=gettext_lazy("Het punt van je opvang"),
        help_text=gettext_lazy("Plak twee getallen, of het webadres van een kaart."),
        max_length=_LONGEST,
        error_messages={"required": WHY_UNREAD[Unread.EMPTY]},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    step_m = forms.ChoiceField(
        label=gettext_lazy("Hoeveel meter is één stap?"),
        choices=[(metres, metres) for metres in STEPS_M],
        widget=forms.RadioSelect(attrs={"class": "is-inline"}),
    )

    def __init__(self, data: Any = None, *, start: Point | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.start = start
        self.fields["point"].required = start is None

    def clean_point(self) -> ReadPoint:
        """Read the point; say what is wrong with it."""
        typed = self.cleaned_data["point"]
        if self.start and not typed:
            return ReadPoint(self.start)
        try:
            return read_point(typed)
        except NoPoint as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean_step_m(self) -> int:
        """Return the metres of one step."""
        return int(self.cleaned_data["step_m"])


@dataclass(frozen=True, slots=True)
class StepButton:
    """A button that moves the point; the one that was pressed has the cursor again."""

    value: str
    words: str
    icon: str
    is_pressed: bool


def change_point(request: HttpRequest, editor: Editor, *, own_url: str) -> HttpResponse:
    """Show where a location stands, show where it would stand after a step, or set it there."""
    known = editor.page.map_point
    if request.method != "POST":
        # The middle of a postcode is no proposal: whoever saves without looking would call it right.
        return _draw(editor, _form_at(None if known.is_unset else known.point, USUAL_STEP_M), own_url=own_url)
    act = request.POST.get("act", "")
    form = PointForm(request.POST, start=known.point if act in WORDS else None)
    if not form.is_valid():
        return _draw(editor, form, own_url=own_url)
    read, metres = form.cleaned_data["point"], form.cleaned_data["step_m"]
    point = step(read.point, Direction(act), metres) if act in WORDS else read.point
    try:
        if act:
            check_point(editor.location.id, point)
        else:
            set_point(location_id=editor.location.id, point=point, actor=editor.actor, now=editor.now)
    except PageRefused as refused:
        form.add_error("point", refused.message)
        return _draw(editor, form, own_url=own_url)
    if act:
        step_words = _step_words(metres, wind(read.point, point)) if act in WORDS else ""
        is_first_step = bool(step_words and known.point and read.point == rounded(known.point))
        said = _said(read, step_words, "" if is_first_step else way_words(known.point, point))
        return _draw(editor, _form_at(point, metres), own_url=own_url, then=point, pressed=act, said=said)
    messages.success(request, " ".join((*_turned(read), _("Bewaard. Gezinnen zien de opvang hier op de kaart."))))
    return HttpResponseRedirect(editor.address("page"))


def _form_at(point: Point | None, metres: int) -> PointForm:
    return PointForm(initial={"point": write_point(point) if point else "", "step_m": metres})


def _step_words(metres: int, whereto: str) -> str:
    return _("%(metres)s meter naar het %(wind)s.") % {"metres": metres, "wind": whereto}


def _said(read: ReadPoint, step_words: str, way: str) -> str:
    """Say what a button did, and that nothing is kept yet."""
    apart = [_("Zo ligt het punt %(way)s van waar het nu staat.") % {"way": way}] if way else []
    return " ".join([*_turned(read), *filter(None, [step_words]), *apart, _("Nog niet bewaard.")])


def _turned(read: ReadPoint) -> list[str]:
    return [_("De twee getallen stonden omgekeerd. Dat zetten we recht.")] if read.was_turned else []


def _draw(
    editor: Editor,
    form: PointForm,
    *,
    own_url: str,
    then: Point | None = None,
    pressed: str = "",
    said: str = "",
) -> HttpResponse:
    page = editor.page
    known = page.map_point
    moved = then if then != known.point else None
    others = neighbours(editor.location.id)
    shown = then or known.point
    context = {
        "editor": editor,
        "form": form,
        "own_url": own_url,
        "page_url": editor.address("page"),
        "hint": hint_words(known),
        "origin": origin_words(known),
        "address_words": _address_words(page),
        "said": said,
        "town": town_picture(page.nis_code, now=known.point, then=moved, others=others),
        "nearby": nearby_picture(page.nis_code, now=known.point, then=moved, others=others),
        "map_words": _map_words(known, moved),
        "others_words": _("Grijs zijn de andere locaties van de organisator.") if others else "",
        "street_map_url": map_url(shown, zoom=18 if then or not known.is_unset else 15) if shown else "",
        "show": SHOW,
        "is_shown": pressed == SHOW,
        "may_step": shown is not None,
        "steps": [StepButton(way, str(WORDS[way]), _ICONS[way], pressed == way) for way in Direction],
    }
    return editor.draw("locations/point.html", context)


def _address_words(page: PublicLocation) -> str:
    town = f"{page.postcode} {page.town}".strip()
    return f"{page.street}, {town}" if page.street else town


def _map_words(known: MapPoint, then: Point | None) -> str:
    """Say in words what the drawings show."""
    if then is None:
        return _("Het punt van nu")
    way = way_words(known.point, then)
    return _("Het punt gaat %(way)s") % {"way": way} if way else _("Het nieuwe punt")

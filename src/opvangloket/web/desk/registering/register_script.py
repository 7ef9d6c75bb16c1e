"""What to say at each part of a registration, beside the fields that go with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from opvangloket.web.desk.registering.register_form import REPLY, RegisterForm

Fields = tuple[BoundField, ...]


def _nothing(_form: RegisterForm) -> Fields:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the screen: what to read aloud, the fields, and the fields that are only sometimes needed."""

    id: str
    title: str
    script: tuple[str, ...]
    fields: Fields = ()
    rare_label: str = ""
    rare: Fields = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the conversation; `%(most)s` in its words is how many locations may be chosen."""

    id: str
    title: Any
    script: tuple[Any, ...]
    fields: Callable[[RegisterForm], Fields] = _nothing
    rare_label: Any = ""
    rare: Callable[[RegisterForm], Fields] = _nothing

    def block(self, form: RegisterForm) -> Block:
        """Return this part as the screen shows it."""
        most = {"most": form.visit.procedure.max_locations}
        return Block(
            id=self.id,
            title=str(self.title),
            script=tuple(str(line) % most for line in self.script),
            fields=self.fields(form),
            rare_label=str(self.rare_label) % most,
            rare=self.rare(form),
        )


def blocks(form: RegisterForm) -> tuple[Block, ...]:
    """Return the parts of the screen in the order of a good conversation."""
    return tuple(part.block(form) for part in PARTS)


def _named(*names: str) -> Callable[[RegisterForm], Fields]:
    return lambda form: tuple(form[name] for name in names)


def _other_children(form: RegisterForm) -> Fields:
    return (*form.child_fields(2), form["together"])


def _situation(form: RegisterForm) -> Fields:
    """Return the questions of the procedure, and whether it is urgent, also to all where the desk may choose that."""
    urgent = ["urgent_reason", *(["urgent_to_all"] if "urgent_to_all" in form.fields else [])]
    replies = [f"{REPLY}{question.characteristic}" for question in form.questions]
    return _named(*replies, *urgent, "special_need")(form)


PARTS: Final = (
    Part(
        id="door",
        title=_("Ontvangst"),
        script=(
            _("Ik neem je vraag op. Dat duurt een vijftal minuten."),
            _("Ik noteer je gegevens om opvang te zoeken. De opvang die je kiest, ziet ze ook."),
        ),
        fields=_named("channel"),
        rare_label=_("Kwam de vraag op papier?"),
        rare=_named("received_on"),
    ),
    Part(
        id="who",
        title=_("Wie vraagt opvang?"),
        script=(
            _("Wat is je naam? En hoe bereiken we je het best?"),
            _("Waar woon je? Dan zoek ik opvang in je buurt."),
        ),
        fields=_named("first_name", "last_name", "phone", "email", "street", "house_number", "postcode", "language"),
    ),
    Part(
        id="child",
        title=_("Voor welk kind?"),
        script=(
            _("Voor welk kind zoek je opvang? Is het al geboren?"),
            _("Elk kind is welkom, ook als je niet werkt."),
        ),
        fields=lambda form: form.child_fields(1),
        rare_label=_("Een tweeling, of een broer of zus erbij?"),
        rare=_other_children,
    ),
    Part(
        id="when",
        title=_("Wanneer?"),
        script=(
            _("Vanaf wanneer heb je opvang nodig? En op welke dagen?"),
            _("Zijn er dagen die ook kunnen? Wie meer kan kiezen, vindt sneller plaats."),
            _("Kan je later starten? Of eerst een deel van de week?"),
        ),
        fields=_named(
            *("start_on", "week", "later_start_months"),
            *("other_days_ok", "part_of_week_ok", "other_location_ok"),
        ),
        rare_label=_("Een einde, juiste uren of minder dagdelen?"),
        rare=_named("end_on", "parts_wanted", "hours"),
    ),
    Part(
        id="situation",
        title=_("Situatie"),
        script=(
            _("Ik stel een paar vragen over je gezin. Sommige gezinnen krijgen voorrang."),
            _("Je hoeft niet te antwoorden. De opvang ziet je antwoorden niet, alleen of je voorrang hebt."),
        ),
        fields=_situation,
        rare_label=_("Heeft het kind extra ondersteuning nodig?"),
        rare=_named("support_needed", "support_shared"),
    ),
    Part(
        id="locations",
        title=_("Welke opvang?"),
        script=(
            _("Deze opvang ligt het dichtst bij jou. Welke kies je eerst?"),
            _("Je kan er hoogstens %(most)s kiezen. Ze krijgen je vraag op hetzelfde moment."),
        ),
        rare_label=_("Meer dan %(most)s locaties?"),
        rare=_named("more_locations_reason"),
    ),
    Part(
        id="last",
        title=_("Nog iets?"),
        script=(
            _("Wil je nog iets zeggen dat ik niet vroeg?"),
            _("Ik lees je vraag nog eens voor. Klopt alles?"),
        ),
        fields=_named("own_words", "message_to_locations"),
    ),
)

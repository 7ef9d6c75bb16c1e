"""What to say at each part of a registration, beside the fields that go with it."""

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from opvangloket.web.desk.registering.register_form import REPLY, RegisterForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the screen: what to read aloud, the fields, and the fields that are only sometimes needed."""

    id: str
    title: str
    script: tuple[str, ...]
    fields: tuple[BoundField, ...] = ()
    rare_label: str = ""
    rare: tuple[BoundField, ...] = ()


def blocks(form: RegisterForm) -> tuple[Block, ...]:
    """Return the parts of the screen in the order of a good conversation."""
    return (_door(form), _who(form), _child(form), _when(form), _situation(form), _locations(form), _last(form))


def _door(form: RegisterForm) -> Block:
    return Block(
        id="door",
        title=_("Ontvangst"),
        script=(
            _("Ik neem je vraag op. Dat duurt een vijftal minuten."),
            _("Ik noteer je gegevens om opvang te zoeken. De opvang die je kiest, ziet ze ook."),
        ),
        fields=(form["channel"],),
        rare_label=_("Kwam de vraag op papier?"),
        rare=(form["received_on"],),
    )


def _who(form: RegisterForm) -> Block:
    names = ("first_name", "last_name", "phone", "email", "street", "house_number", "postcode", "language")
    return Block(
        id="who",
        title=_("Wie vraagt opvang?"),
        script=(
            _("Wat is je naam? En hoe bereiken we je het best?"),
            _("Waar woon je? Dan zoek ik opvang in je buurt."),
        ),
        fields=tuple(form[name] for name in names),
    )


def _child(form: RegisterForm) -> Block:
    return Block(
        id="child",
        title=_("Voor welk kind?"),
        script=(
            _("Voor welk kind zoek je opvang? Is het al geboren?"),
            _("Elk kind is welkom, ook als je niet werkt."),
        ),
        fields=form.child_fields(1),
        rare_label=_("Een tweeling, of een broer of zus erbij?"),
        rare=(*form.child_fields(2), form["together"]),
    )


def _when(form: RegisterForm) -> Block:
    return Block(
        id="when",
        title=_("Wanneer?"),
        script=(
            _("Vanaf wanneer heb je opvang nodig? En op welke dagen?"),
            _("Zijn er dagen die ook kunnen? Wie meer kan kiezen, vindt sneller plaats."),
            _("Kan je later starten? Of eerst een deel van de week?"),
        ),
        fields=tuple(
            form[name]
            for name in (
                *("start_on", "week", "later_start_months"),
                *("other_days_ok", "part_of_week_ok", "other_location_ok"),
            )
        ),
        rare_label=_("Een einde, juiste uren of minder dagdelen?"),
        rare=tuple(form[name] for name in ("end_on", "parts_wanted", "hours")),
    )


def _situation(form: RegisterForm) -> Block:
    urgent = ["urgent_reason", *(["urgent_to_all"] if "urgent_to_all" in form.fields else [])]
    return Block(
        id="situation",
        title=_("Situatie"),
        script=(
            _("Ik stel een paar vragen over je gezin. Sommige gezinnen krijgen voorrang."),
            _("Je hoeft niet te antwoorden. De opvang ziet je antwoorden niet, alleen of je voorrang hebt."),
        ),
        fields=(
            *(form[f"{REPLY}{question.characteristic}"] for question in form.questions),
            *(form[name] for name in (*urgent, "special_need")),
        ),
        rare_label=_("Heeft het kind extra ondersteuning nodig?"),
        rare=(form["support_needed"], form["support_shared"]),
    )


def _locations(form: RegisterForm) -> Block:
    most = form.visit.procedure.max_locations
    return Block(
        id="locations",
        title=_("Welke opvang?"),
        script=(
            _("Deze opvang ligt het dichtst bij jou. Welke kies je eerst?"),
            _("Je kan er hoogstens %(most)s kiezen. Ze krijgen je vraag op hetzelfde moment.") % {"most": most},
        ),
        rare_label=_("Meer dan %(most)s locaties?") % {"most": most},
        rare=(form["more_locations_reason"],),
    )


def _last(form: RegisterForm) -> Block:
    return Block(
        id="last",
        title=_("Nog iets?"),
        script=(
            _("Wil je nog iets zeggen dat ik niet vroeg?"),
            _("Ik lees je vraag nog eens voor. Klopt alles?"),
        ),
        fields=(form["own_words"], form["message_to_locations"]),
    )

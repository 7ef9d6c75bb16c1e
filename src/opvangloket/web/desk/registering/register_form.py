"""A whole question on one screen, as somebody tells it on the phone, at the counter or on paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.deskwork.nearby import AskedWeek, Proposal
from opvangloket.domains.requests.actions import Applicant, AskedChild, Channel, NewQuestion
from opvangloket.foundation.geography import postcode as place_of_postcode
from opvangloket.rules.categories import NO_HOURS
from opvangloket.rules.characteristics import Characteristic, UrgentReason
from opvangloket.rules.identity import Identity
from opvangloket.rules.patterns import CareHours
from opvangloket.rules.procedure import LANGUAGES, Language
from opvangloket.rules.questions import REPLY_LABELS, URGENT_NONE, URGENT_OPTIONS, Reply, declared, questions_for
from opvangloket.web.guards import DeskVisit
from opvangloket.web.ui.forms import DutchDateField, HoursField, KeepsReference, WeekPatternField, WeekPatternWidget

PLACE: Final = "place_"
REPLY: Final = "reply_"
BORN, EXPECTED = "born", "expected"
MOST_CHILDREN: Final = 2
_INLINE: Final = {"class": "is-inline"}
_OFF: Final = {"autocomplete": "off"}
_CHANNELS: Final = (
    (Channel.PHONE.value, gettext_lazy("Telefoon")),
    (Channel.COUNTER.value, gettext_lazy("Aan het loket")),
    (Channel.PAPER.value, gettext_lazy("Op papier")),
)
_LATER: Final = (
    (0, gettext_lazy("Nee")),
    (1, gettext_lazy("Tot 1 maand later")),
    (2, gettext_lazy("Tot 2 maanden later")),
    (3, gettext_lazy("Tot 3 maanden later")),
    (6, gettext_lazy("Tot 6 maanden later")),
)


def _text(
    label: Any, longest: int, *, required: bool = False, attrs: Mapping[str, str] | None = None
) -> forms.CharField:
    widget = forms.TextInput(attrs={**_OFF, **(attrs or {})})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget)


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, required=False, widget=widget)


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class RegisterForm(KeepsReference):
    """Everything that a question tells. `quiet` shows what was typed and checks nothing yet."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe komt de vraag binnen?"),
        choices=_CHANNELS,
        initial=Channel.PHONE.value,
        widget=forms.RadioSelect(attrs=_INLINE),
    )
    received_on = DutchDateField(
        label=gettext_lazy("Dag van ontvangst"),
        help_text=gettext_lazy("Alleen voor papier. Die dag telt als dag van de vraag."),
        required=False,
    )
    first_name = _text(gettext_lazy("Voornaam"), 100, required=True)
    last_name = _text(gettext_lazy("Familienaam"), 100, required=True)
    phone = _text(gettext_lazy("Telefoon"), 40, attrs={"inputmode": "tel"})
    email = forms.EmailField(label=gettext_lazy("E-mailadres"), required=False, widget=forms.EmailInput(attrs=_OFF))
    street = _text(gettext_lazy("Straat"), 120)
    house_number = _text(gettext_lazy("Nummer en bus"), 20, attrs={"class": "width-8"})
    postcode = _text(gettext_lazy("Postcode"), 4, attrs={"inputmode": "numeric", "class": "width-4"})
    language = forms.ChoiceField(
        label=gettext_lazy("Taal van het gezin"),
        choices=[(str(code), words.capitalize()) for code, words in LANGUAGES.items()],
        initial=Language.DUTCH.value,
    )
    together = _tick(gettext_lazy("De kinderen moeten samen naar dezelfde opvang"))
    start_on = DutchDateField(label=gettext_lazy("Gewenste start"))
    week = WeekPatternField(label=gettext_lazy("Dagen"), weekend=True)
    parts_wanted = forms.IntegerField(
        label=gettext_lazy("Hoeveel dagdelen per week zijn genoeg?"),
        help_text=gettext_lazy("Laat leeg als alle dagdelen nodig zijn."),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "width-4", **_OFF}),
    )
    end_on = DutchDateField(
        label=gettext_lazy("Einde"), help_text=gettext_lazy("Laat leeg tot het kind naar school gaat."), required=False
    )
    hours = HoursField(label=gettext_lazy("Juiste uren"), weekend=True, required=False)
    later_start_months = forms.TypedChoiceField(
        label=gettext_lazy("Later starten?"), choices=_LATER, coerce=int, required=False
    )
    other_days_ok = _tick(gettext_lazy("Andere dagen kunnen ook"))
    part_of_week_ok = _tick(gettext_lazy("Eerst een deel van de week kan ook"))
    other_location_ok = _tick(gettext_lazy("Een andere opvang in de buurt kan ook"))
    urgent_reason = forms.ChoiceField(
        label=gettext_lazy("Dringend?"),
        choices=[("", URGENT_NONE), *((str(code), words) for code, words in URGENT_OPTIONS.items())],
        required=False,
    )
    urgent_to_all = _tick(gettext_lazy("Het gezin vindt het goed dat elke opvang de dringende vraag krijgt"))
    special_need = _tick(gettext_lazy("Het kind heeft extra ondersteuning nodig"))
    support_needed = _words(gettext_lazy("Wat helpt het kind?"), gettext_lazy("Geen diagnose. Alleen wat nodig is."))
    support_shared = _tick(gettext_lazy("De opvang mag dit lezen"))
    location_search = _text(gettext_lazy("Zoek op naam"), 100)
    more_locations_reason = _text(gettext_lazy("Waarom meer locaties dan het maximum?"), 300)
    own_words = _words(gettext_lazy("In eigen woorden, voor het loket"))
    message_to_locations = _words(gettext_lazy("Boodschap voor de opvang"))
    not_the_same = _tick(gettext_lazy("Ik keek dit na: het is een ander kind"))

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        visit: DeskVisit,
        proposals: Sequence[Proposal],
        quiet: bool = False,
    ) -> None:
        super().__init__(data)
        self.quiet, self.visit, self.proposals = quiet, visit, tuple(proposals)
        for number in range(1, MOST_CHILDREN + 1):
            self._ask_child(number)
        self.questions = questions_for(visit.today, low_income_limit=visit.procedure.low_income_limit)
        for question in self.questions:
            self.fields[f"{REPLY}{question.characteristic}"] = forms.ChoiceField(
                label=question.text,
                choices=[(str(reply), words) for reply, words in REPLY_LABELS.items()],
                required=False,
                widget=forms.RadioSelect(attrs=_INLINE),
            )
        ranks = [("", _("niet")), *((str(rank), str(rank)) for rank in range(1, self._most_places() + 1))]
        for proposal in self.proposals:
            self.fields[f"{PLACE}{proposal.slug}"] = forms.ChoiceField(
                label=proposal.name, choices=ranks, required=False
            )
        if not visit.procedure.urgent_to_all:
            del self.fields["urgent_to_all"]

    def _most_places(self) -> int:
        """Return how many places the list of the family has on this screen: a few more than the maximum."""
        return max(1, min(len(self.proposals), self.visit.procedure.max_locations + 4))

    def _ask_child(self, number: int) -> None:
        required = number == 1
        self.fields[f"born_{number}"] = forms.ChoiceField(
            label=_("Is het kind geboren?"),
            choices=((BORN, _("Ja")), (EXPECTED, _("Nog niet"))),
            initial=BORN,
            required=required,
            widget=forms.RadioSelect(attrs=_INLINE),
        )
        self.fields[f"date_{number}"] = DutchDateField(label=_("Geboortedatum of verwachte datum"), required=required)
        self.fields[f"child_first_name_{number}"] = _text(_("Voornaam van het kind"), 100)
        self.fields[f"child_last_name_{number}"] = _text(_("Familienaam, als die anders is"), 100)

    def child_fields(self, number: int) -> tuple[forms.BoundField, ...]:
        """Return the fields about one child."""
        return tuple(self[f"{name}_{number}"] for name in ("born", "date", "child_first_name", "child_last_name"))

    def full_clean(self) -> None:
        """Check what was typed, unless somebody is still typing."""
        if self.quiet:
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Hold the parts against each other: paper and its date, names, and the order of the locations."""
        answers = self.cleaned_data
        if answers.get("received_on") and answers.get("channel") != Channel.PAPER:
            self.add_error("received_on", _("Alleen papier heeft een dag van ontvangst. Laat dit leeg."))
        if answers.get("postcode") and not place_of_postcode(answers["postcode"]):
            self.add_error("postcode", _("Deze postcode kennen we niet. Kijk ze na, of laat ze leeg."))
        for number in self._numbers():
            name = f"child_first_name_{number}"
            if answers.get(f"born_{number}") == BORN and not answers.get(name) and name not in self.errors:
                self.add_error(name, _("Vul de voornaam van het kind in."))
        self._check_ranks()
        return answers

    def _check_ranks(self) -> None:
        ranks = [rank for rank, _slug in self._ranked()]
        doubled = {rank for rank in ranks if ranks.count(rank) > 1}
        for proposal in self.proposals:
            name = f"{PLACE}{proposal.slug}"
            if self.cleaned_data.get(name) in {str(rank) for rank in doubled}:
                self.add_error(name, _("Deze plaats op de lijst koos je twee keer."))

    def _ranked(self) -> list[tuple[int, UUID]]:
        """Return the chosen locations with their place on the list, in that order."""
        found = [
            (int(rank), proposal.id)
            for proposal in self.proposals
            if (rank := self.cleaned_data.get(f"{PLACE}{proposal.slug}"))
        ]
        return sorted(found)

    def _numbers(self) -> Iterator[int]:
        """Yield the numbers of the children that are asked for: the first, and the others that have a date."""
        yield from (n for n in range(1, MOST_CHILDREN + 1) if n == 1 or self.cleaned_data.get(f"date_{n}"))

    def questions_asked(self) -> tuple[NewQuestion, ...]:
        """Return a valid form as one question per child."""
        answers, week = self.cleaned_data, self.cleaned_data["week"]
        urgent = answers["urgent_reason"]
        shared: dict[str, Any] = {
            name: answers[name]
            for name in (
                *("start_on", "end_on", "parts_wanted", "hours", "special_need", "support_needed", "support_shared"),
                *("other_days_ok", "part_of_week_ok", "other_location_ok"),
                *("own_words", "message_to_locations", "more_locations_reason", "received_on"),
            )
        }
        shared["later_start_months"] = answers["later_start_months"] or 0
        return tuple(
            NewQuestion(
                applicant=self._applicant(),
                child=child,
                pattern=week.needed,
                also=week.also,
                channel=Channel(answers["channel"]),
                characteristics=self._declared(),
                urgent_reason=UrgentReason(urgent) if urgent else None,
                location_ids=tuple(location_id for _rank, location_id in self._ranked()),
                **shared,
            )
            for child in self._children()
        )

    def _applicant(self) -> Applicant:
        names = ("first_name", "last_name", "email", "phone", "language", "street", "house_number", "postcode")
        place = place_of_postcode(self.cleaned_data["postcode"]) if self.cleaned_data["postcode"] else None
        facts = {name: self.cleaned_data[name] for name in names}
        return Applicant(**facts, residence_nis=place.nis_code if place else "")

    def _children(self) -> Iterator[AskedChild]:
        for number in self._numbers():
            answers = self.cleaned_data
            born, day = answers[f"born_{number}"] == BORN, answers[f"date_{number}"]
            yield AskedChild(
                first_name=answers[f"child_first_name_{number}"],
                last_name=answers[f"child_last_name_{number}"] or answers["last_name"],
                birth_on=day if born else None,
                due_on=None if born else day,
            )

    def _declared(self) -> frozenset[Characteristic]:
        replies = {
            question.characteristic: Reply(reply)
            for question in self.questions
            if (reply := self.cleaned_data.get(f"{REPLY}{question.characteristic}"))
        }
        return declared(replies)


def asked_week(data: Mapping[str, Any]) -> AskedWeek | None:
    """Return the week that is being typed, as soon as its start, its days and the child's date are there."""
    start_on, born_on = _date(data, "start_on"), _date(data, "date_1")
    pattern = WeekPatternWidget().value_from_datadict(data, {}, "week").needed
    if not (start_on and born_on and pattern) or start_on < born_on:
        return None
    end_on = _date(data, "end_on")
    return AskedWeek(
        pattern=pattern,
        start_on=start_on,
        end_on=end_on if end_on and end_on > start_on else None,
        born_on=born_on,
        hours=_hours(data),
    )


def identity_being_typed(data: Mapping[str, Any]) -> Identity | None:
    """Return who asks for whom as far as it is typed; None before there is a date and a name or number."""
    day = _date(data, "date_1")
    names = ("first_name", "last_name", "email", "phone", "street", "house_number", "postcode")
    typed = {name: str(data.get(name, "")).strip() for name in names}
    if day is None or not any(typed.values()):
        return None
    expected = data.get("born_1") == EXPECTED
    return Identity(
        child_first_name=str(data.get("child_first_name_1", "")).strip(),
        child_last_name=str(data.get("child_last_name_1", "")).strip() or typed["last_name"],
        birth_on=None if expected else day,
        due_on=day if expected else None,
        applicant_first_name=typed["first_name"],
        applicant_last_name=typed["last_name"],
        email=typed["email"],
        phone=typed["phone"],
        street=typed["street"],
        house_number=typed["house_number"],
        postcode=typed["postcode"],
    )


def _hours(data: Mapping[str, Any]) -> CareHours:
    """Return the hours that are typed; none while they cannot be read yet."""
    field = RegisterForm.base_fields["hours"]
    try:
        hours: CareHours = field.clean(field.widget.value_from_datadict(data, {}, "hours"))
    except ValidationError:
        return NO_HOURS
    return hours


def _date(data: Mapping[str, Any], name: str) -> date | None:
    parts = [data.get(f"{name}_{part}") for part in ("day", "month", "year")]
    try:
        return DutchDateField(required=False).clean(parts)
    except ValidationError:
        return None

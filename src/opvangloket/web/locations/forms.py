"""The forms on which the page of a location is filled in, one per part."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from opvangloket.domains.providers.admission_policy import LONGEST_POLICY, PolicyVersion
from opvangloket.domains.providers.location_page import PublicLocation
from opvangloket.domains.providers.page_edit import (
    LONGEST_TEXT,
    ContactPart,
    HoursPart,
    PricePart,
    WelcomePart,
)
from opvangloket.domains.providers.photos import LONGEST_WORDS, NewPhoto
from opvangloket.domains.providers.types import Tariff
from opvangloket.rules.location_order import OWN_CRITERIA, CriterionKey
from opvangloket.rules.patterns import WEEKDAYS, CareHours, DayHours
from opvangloket.rules.periods import ONE_DAY, Period
from opvangloket.rules.procedure import LANGUAGES
from opvangloket.web.locations.shown import PRICE_WORDS
from opvangloket.web.ui.forms import DutchDateField, HintedRadios, HoursField

_NOT_TOLD: Final = "unknown"
_TOLD: Final = {"yes": True, "no": False, _NOT_TOLD: None}
_LINK: Final = forms.TextInput({"inputmode": "url", "autocomplete": "url"})


def _choice_of(told: bool | None) -> str:
    return next(choice for choice, value in _TOLD.items() if value is told)


def _full_address(typed: str) -> str:
    """Write a web address as a link: people leave out https://."""
    return typed if not typed or "://" in typed else f"https://{typed}"


class ContactForm(forms.Form):
    """How a location is called and reached."""

    name = forms.CharField(label=_("Naam van de opvang"), max_length=200)
    phone = forms.CharField(
        label=_("Telefoon"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Hierheen sturen we ook je vragen en herinneringen."),
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )
    website = forms.CharField(label=_("Website"), max_length=290, required=False, widget=_LINK)
    house_rules_url = forms.CharField(
        label=_("Link naar je huishoudelijk reglement"), max_length=290, required=False, widget=_LINK
    )
    agency_url = forms.CharField(
        label=_("Link naar je opvang bij Opgroeien"),
        help_text=_("Daar staan je vergunning en de verslagen van de inspectie."),
        max_length=290,
        required=False,
        widget=_LINK,
    )

    def __init__(self, data: Any = None, *, page: PublicLocation) -> None:
        super().__init__(data, initial={name: getattr(page, name) for name in self.base_fields})

    def part(self) -> ContactPart:
        """Return what a valid form holds."""
        cleaned = dict(self.cleaned_data)
        for name in ("website", "house_rules_url", "agency_url"):
            cleaned[name] = _full_address(cleaned[name])
        return ContactPart(**cleaned)


class HoursForm(forms.Form):
    """When a location is open."""

    hours = HoursField(
        label=_("Op welke uren ben je open?"),
        help_text=_("Laat een dag leeg als je gesloten bent."),
        weekend=True,
    )
    night = forms.BooleanField(label=_("Kinderen kunnen hier ’s nachts slapen"), required=False)

    def __init__(self, data: Any = None, *, page: PublicLocation) -> None:
        self._known = page.opening.days
        self._shown = tuple(_stretch(day, page.opening) for day in WEEKDAYS if _of(day, page.opening))
        super().__init__(data, initial={"hours": CareHours(self._shown), "night": page.night_care})

    def part(self) -> HoursPart:
        """Return what a valid form holds; a day that was left as it was keeps its pause at noon."""
        typed: CareHours = self.cleaned_data["hours"]
        days = [
            kept
            for day in typed.days
            for kept in (
                (known for known in self._known if known.weekday == day.weekday) if day in self._shown else (day,)
            )
        ]
        return HoursPart(days=tuple(days), night_care=self.cleaned_data["night"])


def _of(weekday: str, opening: CareHours) -> list[DayHours]:
    return [day for day in opening.days if day.weekday == weekday]


def _stretch(weekday: str, opening: CareHours) -> DayHours:
    """Return a day from its first to its last minute."""
    days = _of(weekday, opening)
    return DayHours(weekday, min(day.start for day in days), max(day.end for day in days))


class ClosingForm(forms.Form):
    """Days on which a location is closed."""

    start = DutchDateField(label=_("Eerste dag"))
    last = DutchDateField(label=_("Laatste dag"), help_text=_("Laat leeg voor één dag."), required=False)
    reason = forms.CharField(label=_("Waarom?"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Hold the days against each other."""
        cleaned = super().clean() or {}
        if cleaned.get("start") and cleaned.get("last") and cleaned["last"] < cleaned["start"]:
            self.add_error("last", _("De laatste dag ligt voor de eerste. Kijk de dagen na."))
        return cleaned

    def period(self) -> Period:
        """Return the days of a valid form."""
        return Period(self.cleaned_data["start"], (self.cleaned_data["last"] or self.cleaned_data["start"]) + ONE_DAY)


class PriceForm(forms.Form):
    """What care costs."""

    tariff = forms.ChoiceField(
        label=_("Hoe bepaal je de prijs?"),
        choices=[(tariff.value, words) for tariff, words in PRICE_WORDS.items()],
        widget=forms.RadioSelect,
    )
    price_day = forms.CharField(label=_("Prijs voor een dag, in euro"), required=False)
    price_half_day = forms.CharField(label=_("Prijs voor een halve dag, in euro"), required=False)
    hint: ClassVar = _("Vul een bedrag in als je een vaste prijs hebt.")

    def __init__(self, data: Any = None, *, page: PublicLocation) -> None:
        initial = {
            "tariff": page.tariff.value,
            "price_day": _amount_words(page.price_day),
            "price_half_day": _amount_words(page.price_half_day),
        }
        super().__init__(data, initial=initial)
        for name in ("price_day", "price_half_day"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "class": "width-4"}
        self.fields["price_day"].help_text = self.hint

    def clean_price_day(self) -> Decimal | None:
        """Read the amount for a day."""
        return _amount(self.cleaned_data["price_day"])

    def clean_price_half_day(self) -> Decimal | None:
        """Read the amount for half a day."""
        return _amount(self.cleaned_data["price_half_day"])

    def part(self) -> PricePart:
        """Return what a valid form holds."""
        return PricePart(
            tariff=Tariff(self.cleaned_data["tariff"]),
            price_day=self.cleaned_data["price_day"],
            price_half_day=self.cleaned_data["price_half_day"],
        )


def _amount_words(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")


def _amount(typed: str) -> Decimal | None:
    """Read "34", "34,5" or "€ 34,50"."""
    text = typed.strip().removeprefix("€").strip().replace(",", ".")
    whole, _point, cents = text.partition(".")
    digits = f"{whole}{cents}"
    if not text:
        return None
    if not (digits.isascii() and digits.isdigit() and whole and len(whole) <= 4 and len(cents) <= 2):
        raise forms.ValidationError(_("Schrijf een bedrag, bijvoorbeeld 34,50."))
    return Decimal(text.rstrip("."))


class WelcomeForm(forms.Form):
    """Who is welcome, and in which languages."""

    inclusive = forms.ChoiceField(
        label=_("Is er plaats voor kinderen die extra zorg nodig hebben?"),
        choices=[("yes", _("Ja")), ("no", _("Nee")), (_NOT_TOLD, _("Dat bekijk ik per kind"))],
        widget=HintedRadios(hints={"no": str(_("Dit staat dan niet op je pagina."))}),
    )
    accessible = forms.ChoiceField(
        label=_("Kan een ouder met een rolstoel binnen?"),
        choices=[("yes", _("Ja")), ("no", _("Nee")), (_NOT_TOLD, _("Dat weet ik niet"))],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Welke talen spreek je met ouders?"),
        choices=[(language.value, words) for language, words in LANGUAGES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, page: PublicLocation) -> None:
        super().__init__(
            data,
            initial={
                "inclusive": _choice_of(page.inclusive),
                "accessible": _choice_of(page.accessible),
                "languages": list(page.languages),
            },
        )

    def part(self) -> WelcomePart:
        """Return what a valid form holds."""
        return WelcomePart(
            inclusive=_TOLD[self.cleaned_data["inclusive"]],
            accessible=_TOLD[self.cleaned_data["accessible"]],
            languages=tuple(self.cleaned_data["languages"]),
        )


class TextForm(forms.Form):
    """What a location tells in its own words."""

    text = forms.CharField(
        label=_("Hoe verloopt een dag bij jou?"),
        help_text=_("Schrijf voor ouders. Korte zinnen lezen het makkelijkst."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
    )

    def __init__(self, data: Any = None, *, text: str) -> None:
        super().__init__(data, initial={"text": text})

    def words(self) -> str:
        """Return the text of a valid form, with plain line ends."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()


_CRITERIA_FIELDS: Final = {
    "first": _("Wat telt bij jou eerst?"),
    "second": _("En daarna?"),
    "third": _("En als derde?"),
}


def _known_policy(policy: PolicyVersion | None) -> dict[str, str]:
    """Return the version in force as the form shows it."""
    if policy is None:
        return {}
    criteria = dict(zip(_CRITERIA_FIELDS, (key.value for key in policy.criteria), strict=False))
    return {"text": policy.text, **criteria}


class PolicyForm(forms.Form):
    """Whom a location gives priority to, from which day on."""

    text = forms.CharField(
        label=_("Wie krijgt bij jou eerst een plaats, en waarom?"),
        help_text=_("De voorrang van de wet geldt altijd. Schrijf wat jij daarnaast afspreekt."),
        max_length=LONGEST_POLICY,
        widget=forms.Textarea({"rows": 10}),
    )

    def __init__(self, data: Any = None, *, page: PublicLocation, today: date) -> None:
        super().__init__(data, initial=_known_policy(page.policy))
        for name, label in _CRITERIA_FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", _("Niets")), *((key.value, capfirst(one.label)) for key, one in OWN_CRITERIA.items())],
                required=False,
            )
        self.fields["first"].help_text = _(
            "Dit telt na de wet, als meer gezinnen een plaats vragen. Andere eigen regels tellen niet mee in de volgorde."
        )
        self.fields["start"] = DutchDateField(
            label=_("Vanaf wanneer geldt dit?"),
            help_text=_("Tot die dag blijft de vorige versie gelden."),
            initial=today,
        )

    def words(self) -> str:
        """Return the text of a valid form, with plain line ends."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

    def criteria(self) -> tuple[CriterionKey, ...]:
        """Return the own criteria of a valid form, the strongest first."""
        return tuple(CriterionKey(key) for name in _CRITERIA_FIELDS if (key := self.cleaned_data[name]))


class PhotoForm(forms.Form):
    """A photo or logo, and what is on it."""

    upload = forms.FileField(
        label=_("Kies een foto of een logo"),
        help_text=_("JPEG, PNG of WebP, tot 12 MB. De plaats en het toestel halen we eruit."),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    text = forms.CharField(
        label=_("Wat staat erop?"),
        help_text=_("Voor wie de foto niet ziet. Bijvoorbeeld: de speeltuin met drie kleine glijbanen."),
        max_length=LONGEST_WORDS,
    )
    kind = forms.ChoiceField(
        label=_("Wat is het?"),
        choices=[("photo", _("Een foto")), ("logo", _("Een logo"))],
        widget=HintedRadios(hints={"photo": str(_("Herken je er kinderen op? Vraag eerst hun ouders."))}),
        initial="photo",
    )

    def __init__(self, data: Any = None, files: Any = None, *, page: PublicLocation) -> None:
        known = page.photo
        initial = {"text": known.text, "kind": "logo" if known.is_logo else "photo"} if known else {}
        super().__init__(data, files, initial=initial)
        self.fields["upload"].required = known is None

    def photo(self) -> NewPhoto:
        """Return what a valid form holds."""
        upload = self.cleaned_data["upload"]
        return NewPhoto(
            text=self.cleaned_data["text"],
            is_logo=self.cleaned_data["kind"] == "logo",
            upload=upload.file if upload else None,
            size=upload.size if upload else 0,
        )

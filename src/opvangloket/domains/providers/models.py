"""Organisers, their locations, and places over time. Installation-wide; a desk sees a location by `LocationInDesk`."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q

from opvangloket.foundation.files.models import Picture
from opvangloket.foundation.rows import Row
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import DeskScope, FamilyScope, OrganiserScope, Scoped


class LocationType(models.TextChoices):
    """Family or group care."""

    FAMILY = "family", "gezinsopvang"
    GROUP = "group", "groepsopvang"


class SubsidyStep(models.TextChoices):
    """The steps of subsidy; T3 is the plus subsidy."""

    T0 = "T0", "geen subsidie"
    T1 = "T1", "basissubsidie"
    T2A = "T2A", "subsidie inkomenstarief (2A)"
    T2B = "T2B", "subsidie inkomenstarief (2B)"
    T3 = "T3", "plussubsidie"


class Tariff(models.TextChoices):
    """What parents pay."""

    INCOME = "income", "prijs volgens je inkomen"
    FREE = "free", "vaste prijs"
    MIXED = "mixed", "volgens je inkomen of vaste prijs"


class CapacityKind(models.TextChoices):
    """How a location keeps its places: not at all, as declared vacancies, or planned here."""

    NONE = "none"
    VACANCIES = "vacancies"
    PLAN = "plan"


class AgeGroup(models.TextChoices):
    """One pool of places, or one per age."""

    BABY = "baby", "baby's"
    TODDLER = "toddler", "peuters"
    MIXED = "mixed", "alle leeftijden"


class OccupationKind(models.TextChoices):
    """Why a place is taken."""

    HOLD = "hold", "voorstel"
    PLACEMENT = "placement", "plaatsing"
    DECLARED = "declared", "opgegeven door de opvang"


class DeskRelation(models.TextChoices):
    """How a location belongs to a desk: `home` is the desk of its municipality, `view` may be asked."""

    HOME = "home"
    VIEW = "view"


class OpeningEnding(models.TextChoices):
    """What became of a new location that was asked for."""

    OPENED = "opened", "op de lijst"
    REFUSED = "refused", "niet op de lijst"
    TAKEN_BACK = "taken_back", "teruggenomen"


def _days(prefix: str = "") -> Func:
    """Return the half-open range of the columns start_on and end_on."""
    return Func(F(f"{prefix}start_on"), F(f"{prefix}end_on"), function="daterange", output_field=DateRangeField())


class Organiser(Row):
    """A natural or legal person that organises childcare."""

    source = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    kbo = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="organiser_id_once_per_source"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Location(Row):
    """A place where an organiser offers childcare, with its public page."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="locations")
    organiser_id: UUID
    source = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=8, choices=LocationType)
    subsidy_step = models.CharField(max_length=3, choices=SubsidyStep)
    tariff = models.CharField(max_length=8, choices=Tariff)
    file_number = models.CharField(max_length=40, blank=True)
    licensed_places = models.PositiveSmallIntegerField()
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    nis_code = models.CharField(max_length=5, db_index=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=300, blank=True)
    house_rules_url = models.CharField(max_length=300, blank=True)
    agency_url = models.CharField(max_length=300, blank=True)  # what the agency publishes about this location
    price_day = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    price_half_day = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    inclusive = models.BooleanField(null=True)
    accessible = models.BooleanField(null=True)
    night_care = models.BooleanField(default=False)
    languages: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=12), default=list, blank=True
    )
    text = models.TextField(blank=True)
    noon = models.PositiveSmallIntegerField(default=750)  # minutes after midnight: where a morning ends
    capacity_kind = models.CharField(max_length=10, choices=CapacityKind, default=CapacityKind.NONE)
    page_confirmed_on = models.DateField(null=True)
    weekly_list = models.BooleanField(default=False)  # each week a mail with the open questions to print
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    imported_digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="location_id_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AskedOpening(Row, Scoped):
    """A new location that an organiser asks its desk to put on the list; it ends once, in one of three ways."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(organiser_id=s.organiser_id),
    }

    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="asked_openings")
    organiser_id: UUID
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="asked_openings")
    desk_id: UUID
    facts = models.JSONField()  # a `rules.official_register.RegisterFacts`
    opens_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.UUIDField(null=True)
    ending = models.CharField(max_length=10, blank=True, choices=OpeningEnding)
    refused_because = models.CharField(max_length=300, blank=True)
    location = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="asked_opening_ends_at_a_moment",
            )
        ]
        indexes = [models.Index(fields=["desk", "asked_at"], condition=Q(ended_at=None), name="asked_opening_waits")]


class LocationMove(Row):
    """That a location goes to another address from a day on: announced, and then done or taken back."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="moves")
    location_id: UUID
    from_on = models.DateField()
    street = models.CharField(max_length=120)
    house_number = models.CharField(max_length=20)
    postcode = models.CharField(max_length=4)
    nis_code = models.CharField(max_length=5)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    announced_at = models.DateTimeField()
    announced_by_id = models.UUIDField(null=True)
    left_nis_code = models.CharField(max_length=5, blank=True)  # once done: questions from before count there
    done_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location"], condition=Q(done_at=None, taken_back_at=None), name="location_moves_once"
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(taken_back_at=None), name="move_done_or_taken_back"),
        ]
        indexes = [models.Index(fields=["from_on"], condition=Q(done_at=None, taken_back_at=None), name="move_due")]


class FactConfirmation(Row):
    """When somebody last filled in or confirmed one fact of a location's page by itself (`rules.location_page`)."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="confirmations")
    fact = models.CharField(max_length=20)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "fact"], name="fact_confirmed_once")]


class LocationPhoto(Row):
    """The photo or logo of a location; `text` says what is on it."""

    location = models.OneToOneField(Location, on_delete=models.CASCADE, related_name="photo")
    picture = models.OneToOneField(Picture, on_delete=models.CASCADE)
    text = models.CharField(max_length=150)
    is_logo = models.BooleanField(default=False)


class AdmissionPolicy(Row):
    """One version of whom a location gives priority to and how it admits; it holds from a day until the next one."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="policies")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    # Which own criteria count after the law, the strongest first (rules.location_order.CriterionKey).
    criteria: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    valid_from = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "number"], name="policy_number_once")]


class ProposedText(Row):
    """A text that waits until the desk has read it, or that came back with what to change."""

    location = models.OneToOneField(Location, on_delete=models.CASCADE, related_name="proposed_text")
    text = models.TextField()
    proposed_at = models.DateTimeField()
    returned_because = models.CharField(max_length=300, blank=True)  # empty while it waits


class OpeningHours(Row):
    """When a location is open on a weekday (0 = Monday), in minutes after midnight."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_on_a_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes"), closes__lte=1440), name="opening_within_the_day"),
            models.UniqueConstraint(fields=["location", "weekday", "opens"], name="opening_once"),
        ]


class Closing(Row):
    """Days on which a location is closed, [start_on, end_on)."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="closings")
    start_on = models.DateField()
    end_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(start_on__lt=F("end_on")), name="closing_has_days")]


class EffectivePlaces(Row):
    """Places that a location can fill with today's staff: fourteen numbers (ma_vm … zo_nm) over [start_on, end_on).

    `caregivers` are the staff itself, where the location tells: the child-staff ratio is read from it.
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="effective_places")
    age_group = models.CharField(max_length=8, choices=AgeGroup, default=AgeGroup.MIXED)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    places: "ArrayField[list[int], list[int]]" = ArrayField(models.PositiveSmallIntegerField(), size=14)
    caregivers: "ArrayField[list[int] | None, list[int] | None]" = ArrayField(
        models.PositiveSmallIntegerField(), size=14, null=True
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="effective_places_no_overlap",
                expressions=[
                    ("location", RangeOperators.EQUAL),
                    ("age_group", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze dagen staan er al plaatsen.",
            )
        ]


class Occupation(Row):
    """Places that are taken: by an offer (hold), a child (placement), or as declared by the location."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="occupations")
    kind = models.CharField(max_length=10, choices=OccupationKind)
    age_group = models.CharField(max_length=8, choices=AgeGroup, default=AgeGroup.MIXED)
    parts = models.PositiveSmallIntegerField()  # mask: bit i = PART_CODES[i]
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    subject_id = models.UUIDField()  # the offer or placement that takes the place; its own id when declared
    over_capacity_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(parts__gt=0), name="occupation_takes_something"),
            ExclusionConstraint(
                name="occupation_no_overlap",
                expressions=[("subject_id", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                violation_error_message="Dit kind heeft op deze dagen al een plaats.",
            ),
        ]
        indexes = [GistIndex("location", _days(), name="occupation_by_days")]


class Vacancy(Row):
    """A free place that a location declares: which parts, at which hours if they matter, from when until when."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="vacancies")
    parts = models.PositiveSmallIntegerField()
    hours: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20), default=list)
    start_on = models.DateField()
    end_on = models.DateField(null=True)
    age_group = models.CharField(max_length=8, choices=AgeGroup, default=AgeGroup.MIXED)
    places = models.PositiveSmallIntegerField(default=1)
    tariff = models.CharField(max_length=8, choices=Tariff)
    public = models.BooleanField(default=True)
    declared_at = models.DateTimeField()  # what was taken before this moment is already counted in it
    confirmed_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(places__gt=0, parts__gt=0), name="vacancy_offers_something")]
        indexes = [models.Index(fields=["location", "start_on"], condition=Q(closed_on=None), name="vacancy_open")]


class VacancyLink(Row):
    """A link in a mail by which a location confirms its free places without a password; only its hash is kept."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="vacancy_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["location", "made_at"], name="vacancy_link_latest")]


class LocationInDesk(Row, Scoped):
    """From when until when a desk sees a location, and whether it is its home desk."""

    visible: ClassVar[Any] = {
        DeskScope: lambda s: Q(desk_id=s.desk_id),
        FamilyScope: lambda s: Q(desk_id=s.desk_id),
        OrganiserScope: lambda s: Q(location_id__in=s.location_ids),
    }

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="desks")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="locations")
    relation = models.CharField(max_length=5, choices=DeskRelation)
    start_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="location_once_in_desk",
                expressions=[
                    ("location", RangeOperators.EQUAL),
                    ("desk", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="location_one_home_desk",
                expressions=[("location", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(relation="home"),
            ),
        ]
        indexes = [models.Index(fields=["desk", "location"])]


class RegisterList(Row, Scoped):
    """A list of the official register that a desk handed in, until somebody approved what it changes."""

    visible: ClassVar[Any] = {DeskScope: lambda s: Q(desk_id=s.desk_id)}

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="register_lists")
    desk_id: UUID
    file_name = models.CharField(max_length=200)
    rows = models.JSONField()  # each a `rules.official_register.RegisterFacts`
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["desk", "made_at"], name="register_list_latest")]

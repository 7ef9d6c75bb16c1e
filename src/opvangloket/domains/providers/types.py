"""The closed lists of providers that pages need by name."""

from opvangloket.domains.providers.models import AgeGroup, CapacityKind, LocationType, SubsidyStep, Tariff

__all__ = ["AgeGroup", "CapacityKind", "LocationType", "SubsidyStep", "Tariff"]

"""What a written agreement between an organiser and a family has to hold, as a list to go through before the start.

The items are the headings that the agency's own model marks as obligatory (model schriftelijke overeenkomst of
Opgroeien, 15 April 2025; Vergunningsbesluit of 22 November 2013). The model itself is the organiser's to fill in: the
desk signs no contract, and keeps none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class AgreementItem(StrEnum):
    """One thing that is arranged in writing."""

    DATES = "dates"
    CARE_PLAN = "care_plan"
    SETTLING_IN = "settling_in"
    DAYS_OFF = "days_off"
    PLAN_CHANGES = "plan_changes"
    PRICE = "price"
    INCOME_CERTIFICATE = "income_certificate"
    DEPOSIT = "deposit"
    CHILD_AND_CONTACT = "child_and_contact"
    NOTICE = "notice"
    BREACH = "breach"
    HOUSE_RULES = "house_rules"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class AgreementList:
    """One version of the list: from which day it holds, and its items in the order of the model."""

    version: int
    valid_from: date
    labels: Mapping[AgreementItem, str]


_MODEL_2025: Final = AgreementList(
    1,
    date(2014, 4, 1),
    {
        AgreementItem.DATES: "De eerste dag, en tot wanneer ongeveer",
        AgreementItem.CARE_PLAN: "Het opvangplan: de dagen en uren",
        AgreementItem.SETTLING_IN: "De wenmomenten, in het opvangplan",
        AgreementItem.DAYS_OFF: "Op hoeveel dagen het kind afwezig mag zijn",
        AgreementItem.PLAN_CHANGES: "Hoe het opvangplan kan veranderen",
        AgreementItem.PRICE: "De prijs, wat erbij komt, en hoe je betaalt",
        AgreementItem.INCOME_CERTIFICATE: "Het attest inkomenstarief",
        AgreementItem.DEPOSIT: "De waarborg, als je die vraagt",
        AgreementItem.CHILD_AND_CONTACT: "De gegevens van het kind, en wie je belt bij nood",
        AgreementItem.NOTICE: "Hoe jullie kunnen opzeggen, en hoe lang vooraf",
        AgreementItem.BREACH: "Wat er gebeurt als iemand zich niet aan de afspraak houdt",
        AgreementItem.HOUSE_RULES: "Het huishoudelijk reglement, ondertekend door het gezin",
        AgreementItem.SIGNED: "De overeenkomst, ondertekend door jullie beiden",
    },
)
AGREEMENT_LISTS: Final = (_MODEL_2025,)
# Where the agency publishes its models and its explanation.
OFFICIAL_PAGE: Final = "https://www.opgroeien.be/aanbod/kinderopvang"


def items_to_arrange(*, asks_income_tariff: bool, on: date) -> Mapping[AgreementItem, str]:
    """Return what has to be arranged for care that is agreed on a day, each with its label.

    The certificate of the income tariff is only for a location that asks that price.
    """
    in_force = max((one for one in AGREEMENT_LISTS if one.valid_from <= on), key=lambda one: one.valid_from)
    left_out = set() if asks_income_tariff else {AgreementItem.INCOME_CERTIFICATE}
    return {item: label for item, label in in_force.labels.items() if item not in left_out}


def still_missing(items: Collection[AgreementItem], arranged: Collection[AgreementItem]) -> tuple[AgreementItem, ...]:
    """Return what is not arranged yet, in the order of the list."""
    return tuple(item for item in items if item not in arranged)

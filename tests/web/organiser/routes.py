"""The addresses of all pages of organisers, in a town in which something stands on each of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import resolve
from tests.cast import Town
from tests.e2e.test_axe_everywhere import Route, Tour, routes_of

from opvangloket.foundation.messages.queries import mailbox

DOORS = {"sign_in", "sign_in_code", "sign_out", "work_for"}
# By a link that holds a secret, for whoever has it.
BY_LINK = {
    "answer_link",
    "fresh_link",
    "vacancy_link",
    "vacancy_link_close",
    "vacancy_link_fresh",
    "weekly_list",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a route; `name` is that of the route, without its space."""

    name: str
    path: str

    @property
    def right(self) -> str:
        """The right that its page asks for."""
        return str(resolve(self.path.partition("?")[0]).func.guard.action)  # type: ignore[attr-defined]


class Mails:
    """What a tour asks of a site, without a browser."""

    def __init__(self, here: Town) -> None:
        self.here = here

    def link_in_mail(self, address: str, part: str) -> str:
        """Return the path of the link in the latest mail to an address that holds `part`."""
        text = mailbox(search=address)[0].text
        return part + text.replace(settings.PUBLIC_ADDRESS, "").partition(part)[2].split()[0]


def organiser_addresses(here: Town) -> tuple[Address, ...]:
    """Fill the town, and return every address behind the door of organisers, as De Regenboog would see it."""
    tour = Tour(Mails(here))  # type: ignore[arg-type] # of a site a tour asks only this
    return tuple(_addresses(routes_of("organiser"), tour.addresses))


def _addresses(routes: list[Route], paths_of: Callable[[Route], list[Any]]) -> Iterator[Address]:
    for route in routes:
        name = route.name.rpartition(":")[2]
        if name not in DOORS | BY_LINK:
            yield from (Address(name, path) for path in paths_of(route))

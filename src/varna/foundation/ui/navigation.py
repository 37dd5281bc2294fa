"""The main menu: which pages each role is led to. Each room's card has its lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from varna.foundation import rooms
from varna.foundation.accounts.rules import Actor


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str | Promise
    current: bool


def links(actor: Actor, path: str) -> Iterator[Link]:
    """The menu of whoever is looking; the page one stands on is marked."""
    for line in rooms.menu():
        if not line.roles or not line.roles.isdisjoint(actor.roles):
            address = reverse(line.url_name)
            yield Link(address, line.label, current=path.startswith(address))

"""A room declares itself, on one card: `room.py` in its folder.

What is said there is said nowhere else: the installed apps, what the worker sweeps, whom reminders
go to, the menu, what a room hands to the rooms it stands on, and which room may lean on which are
read from the cards or held against them. A folder without a card keeps everything from starting.

Cards are read while the settings are, so they know nothing of Django's models: what they point at
is named (`sweeps.late_joiners`, a function in the room) and fetched when it is needed.
"""

import functools
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string


HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE.name


class CardError(Exception):
    """A room has no card, or its card says something that cannot be."""


@dataclass(frozen=True, slots=True)
class MenuLine:
    """`roles`: who is led there; empty: everybody signed in. The menu is sorted by `place`."""

    place: int
    url_name: str
    label: str | Promise
    roles: frozenset[str] = frozenset()


def line(place: int, url_name: str, label: str | Promise, *roles: str) -> MenuLine:
    return MenuLine(place, url_name, label, frozenset(roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One room's card. Functions are named as they stand in the room: `sweeps.unanswered`."""

    english: str
    swedish: str  # the municipality's word
    purpose: str  # what it is for, in a line
    stands_on: tuple[str, ...] = ()  # the rooms it may lean on, beside the foundation
    shows_rows_to: tuple[str, ...] = ()  # the rooms that may touch its rows; others ask its queries
    sweeps: Mapping[str, int] = field(default_factory=dict)  # the worker's; seconds between two
    reminders: tuple[str, ...] = ()  # each tells, for a day, what somebody is to be reminded of
    demonstration: int | None = None  # when the invented municipality comes here; None: nothing
    menu: tuple[MenuLine, ...] = ()
    # What the room gives to one that it stands on, by the name that the other asks for it.
    hands: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def cards() -> dict[str, Room]:
    """Every room's card by the room's name, those that stand on others first."""
    found = {name: _card(name) for name in sorted(_folders())}
    for name, room in found.items():
        unknown = {*room.stands_on, *room.shows_rows_to} - set(found)
        if unknown:
            raise CardError(f"{name} names what is no room: {', '.join(sorted(unknown))}")
    return {name: found[name] for name in sorted(found, key=lambda n: (-floor(n, found), n))}


def _folders() -> Iterator[str]:
    for path in HOUSE.iterdir():
        if path.is_dir() and any(path.glob("*.py")):
            yield path.name


def _card(name: str) -> Room:
    if not (HOUSE / name / "room.py").exists():
        raise CardError(f"{PACKAGE}/{name} has no card: a room says what it is in room.py")
    found = importlib.import_module(f"{PACKAGE}.{name}.room").ROOM
    if not isinstance(found, Room):
        raise CardError(f"{PACKAGE}/{name}/room.py has no ROOM")
    return found


def floor(name: str, known: Mapping[str, Room] | None = None, below: tuple[str, ...] = ()) -> int:
    """How high up a room lies: above everything that it stands on; the foundation is 0."""
    known = cards() if known is None else known
    if name in below:
        raise CardError(f"Rooms stand on each other in a ring: {', '.join([*below, name])}")
    on = known[name].stands_on
    least = 0 if name == "foundation" else 1
    return max((floor(other, known, (*below, name)) + 1 for other in on), default=least)


def apps() -> list[str]:
    """What is installed: each room, or, where its floors are apps of their own, each of those."""
    found = []
    for name in cards():
        for path in sorted((HOUSE / name).rglob("apps.py")):
            found.append(".".join([PACKAGE, *path.parent.relative_to(HOUSE).parts]))
    return found


def sweeps() -> dict[str, int]:
    """What the worker does again and again, by its whole name, with the seconds between. What the
    foundation does (mails, the log) comes first: it waits for nobody.
    """
    return {
        f"{PACKAGE}.{name}.{sweep}": seconds
        for name, room in reversed(cards().items())
        for sweep, seconds in room.sweeps.items()
    }


def reminders() -> list[Any]:
    return [
        import_string(f"{PACKAGE}.{name}.{told}")
        for name, room in cards().items()
        for told in room.reminders
    ]


def demonstrations() -> list[Any]:
    """The modules that fill the invented municipality, in the order in which each leans only on
    those before it.
    """
    filled = [(room.demonstration, name) for name, room in cards().items()]
    return [
        importlib.import_module(f"{PACKAGE}.{name}.demonstration")
        for _place, name in sorted((p, n) for p, n in filled if p is not None)
    ]


@functools.cache
def menu() -> tuple[MenuLine, ...]:
    """Asked for by every page, and the same until the program starts anew."""
    lines = (one for room in cards().values() for one in room.menu)
    return tuple(sorted(lines, key=lambda one: one.place))


@functools.cache
def handed(what: str) -> tuple[Any, ...]:
    """What rooms above hand to the one that asks, under the name that it asks for."""
    return tuple(
        import_string(f"{PACKAGE}.{name}.{room.hands[what]}")
        for name, room in cards().items()
        if what in room.hands
    )


def modules(called: str) -> list[Any]:
    """Every module of this name that lies first in a room: its inventory, its retention."""
    return [
        importlib.import_module(f"{PACKAGE}.{name}.{called}")
        for name in cards()
        if (HOUSE / name / f"{called}.py").exists()
    ]

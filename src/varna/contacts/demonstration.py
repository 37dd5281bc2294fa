"""The demonstration's contacts: most in order, some old, one changed, a few missing."""

import datetime as dt

from varna.contacts import actions, queries
from varna.contacts.actions import Named
from varna.contacts.models import Contact
from varna.foundation import clock
from varna.foundation.accounts.rules import Actor


NAMES = (
    "Asta Granrot", "Birk Ljungvik", "Cajsa Ekhammar", "Disa Fjällhed", "Einar Pilvret",
    "Frida Klöverlid", "Hedda Boklund", "Ivar Skogstjärn", "Jonna Råglöt", "Knut Ängskulla",
)  # fmt: skip


def fill(*, by: Actor, at: dt.datetime) -> None:
    if Contact.unscoped.exists():
        return
    for number, place in enumerate(queries.places(by, at=at, day=clock.day_of(at))):
        if number % 9 == 8:  # nobody is named
            continue
        said = _named(number)
        began = at - dt.timedelta(days=640 - number)
        actions.name(place, said, by=by, at=began)
        actions.verify(place, by=by, at=began)
        if number % 9 == 4:  # not asked since
            continue
        actions.verify(place, by=by, at=began + dt.timedelta(days=300))
        if number % 5 == 1:
            actions.name(place, _named(number + 3), by=by, at=at - dt.timedelta(days=90))
        actions.verify(place, by=by, at=at - dt.timedelta(days=60 + number))


def _named(number: int) -> Named:
    name = NAMES[number % len(NAMES)]
    given = name.split()[0].lower()
    return Named(
        name=name,
        title="Säkerhetssamordnare" if number % 2 else "Nämndsekreterare",
        email=f"{given}{number}@exempelstad.example",
        phone=f"031-390 06 {10 + number % 80}",
    )

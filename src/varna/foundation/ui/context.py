"""What every page knows: the municipality and its look."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from varna.foundation import clock, rooms
from varna.foundation.accounts.rules import Actor


def frame() -> dict[str, object]:
    """What the page's frame shows to everybody, whoever asks and whatever is broken."""
    return {
        "municipality": settings.MUNICIPALITY,
        "logotype": settings.LOGOTYPE,
        "contact": {
            "name": settings.CONTACT_NAME,
            "phone": settings.CONTACT_PHONE,
            "duty_phone": settings.DUTY_PHONE,
            "hours": settings.CONTACT_HOURS,
        },
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }


def house(request: HttpRequest) -> dict[str, object]:
    actor, shown = getattr(request, "actor", None), frame()
    shown["contact"] = {**shown["contact"], "duty_phone": SimpleLazyObject(_duty_phone)}  # type: ignore[dict-item]
    return shown | {"actor": actor, "alarms": list(_alarms(actor))}


def _duty_phone() -> str:
    """The number of whoever has the duty now; where nobody has, the one that always stands there.
    Asked for by the pages that show it, and by no other.
    """
    try:
        found = [ask(at=clock.now()) for ask in rooms.handed("ui.duty_phone")]
    except DatabaseError:  # whatever is broken: whom to call is said
        found = []
    return str(next((phone for phone in found if phone), settings.DUTY_PHONE))


def _alarms(actor: Actor | None) -> Iterator[str]:
    """What rooms have to say at once to whoever can mend it, and has signed in strongly."""
    if actor is None or not actor.roles or not actor.is_strong:
        return
    for told in rooms.handed("ui.alarms"):
        yield from told(actor, at=clock.now())

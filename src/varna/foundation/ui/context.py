"""What every page knows: the municipality and its look."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest

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
    actor = getattr(request, "actor", None)
    return frame() | {"actor": actor, "alarms": list(_alarms(actor))}


def _alarms(actor: Actor | None) -> Iterator[str]:
    """What rooms have to say at once to whoever can mend it; only to somebody strongly signed in."""
    if actor is None or not actor.roles or not actor.is_strong:
        return
    for told in rooms.handed("ui.alarms"):
        yield from told(actor, at=clock.now())

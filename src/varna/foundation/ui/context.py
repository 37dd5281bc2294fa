"""What every page knows: the municipality and its look."""

from django.conf import settings
from django.http import HttpRequest


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
    return frame() | {"actor": getattr(request, "actor", None)}

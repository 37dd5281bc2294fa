"""What every page knows: the municipality and its look."""

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    return {
        "municipality": settings.MUNICIPALITY,
        "contact": {
            "name": settings.CONTACT_NAME,
            "phone": settings.CONTACT_PHONE,
            "duty_phone": settings.DUTY_PHONE,
            "hours": settings.CONTACT_HOURS,
        },
        "demo": settings.DEMO,
        "actor": getattr(request, "actor", None),
        "languages": settings.LANGUAGES,
    }

"""Words for how fresh a contact is, and for the functions that are known without a plan."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.contacts.rules import Freshness


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


FRESHNESS: dict[Freshness, "Promise"] = {
    Freshness.FRESH: _("verified"),
    Freshness.STALE: _("verified more than twelve months ago"),
    Freshness.NEVER: _("named, not verified"),
    Freshness.MISSING: _("nobody is named"),
}
FUNCTIONS: dict[str, "Promise"] = {
    "safety-process": _("The safety and security process"),
    "city-executive-office": _("The city executive office"),
}


def function(code: str) -> str:
    """A role's id in words, or the id itself."""
    return str(FUNCTIONS.get(code, code))

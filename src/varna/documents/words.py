"""Words for what a version is, who adopts, and why something is refused."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.documents.rules.versions import Reason, Standing


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


KINDS: dict[str, "Promise"] = {"plan": _("Action plan"), "guideline": _("Guideline")}
# The advice that comes along, by its name in the address: what it is about, not that it happened.
ADVICE = ("telefon", "post", "besok", "mote", "larm", "natet")
STANDING: dict[Standing, "Promise"] = {
    Standing.DRAFT: _("draft"),
    Standing.SENT: _("sent for comment"),
    Standing.COMING: _("adopted, not yet in force"),
    Standing.IN_FORCE: _("in force"),
    Standing.REPLACED: _("replaced"),
}
# The plan's own ids for those who adopt; anybody else is written out.
ADOPTERS: dict[str, "Promise"] = {
    "executive-board": _("the executive board"),
    "council": _("the municipal council"),
}
WHY_NOT: dict[Reason, "Promise"] = {
    Reason.ADOPTED: _("This text has been adopted and cannot be changed. Make a new draft."),
    Reason.SENT: _("The text is out for comment. Take it back before you change it."),
    Reason.EMPTY: _("There is no text to adopt."),
    Reason.IN_FORCE_BEFORE_ADOPTED: _("It cannot be in force before it was adopted."),
    Reason.ADOPTED_LATER: _("That day has not come. Write the day of the decision."),
    Reason.DAY_TAKEN: _("Another version is in force from that day."),
    Reason.NUMBER_TAKEN: _("There is already a version or document with that name."),
    Reason.NOT_IN_FORCE: _("Only a version that is in force is made known."),
    Reason.MEANWHILE: _(
        "Somebody else saved this draft while you wrote. Your text is still here. Look at theirs "
        "in another window, and save again to keep yours."
    ),
    Reason.UNPRINTABLE: _(
        "The text cannot be made into a PDF, so nothing has been adopted. Look for unusual signs "
        "or marks in the title and the text, take them away, and try again."
    ),
}


def adopter(written: str) -> str:
    """A role's id in words, or what was written."""
    return str(ADOPTERS.get(written, written))

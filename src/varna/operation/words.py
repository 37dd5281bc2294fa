"""The words for the parts of an installation, and for what to do when one is not well."""

from importlib import metadata

from django.utils.translation import gettext_lazy as _


PARTS = {
    "database": _("The database"),
    "keystore": _("The keystore"),
    "worker": _("The worker"),
    "clock": _("The clock"),
    "receivers": _("Somebody receives reports"),
    "mail": _("Mails leave"),
    "files": _("Room for files"),
    "reserve": _("Room kept for words"),
    "backup": _("Backup"),
}
WHAT_TO_DO = {
    "database": _("It does not answer. Look whether it runs and whether its disk is full."),
    "keystore": _(
        "It is missing, cannot be opened or is another installation's. Run `varna keys check`, and "
        "make nothing anew."
    ),
    "worker": _("It has been silent for half a minute. Start it again."),
    "clock": _(
        "It has leapt, and nothing is destroyed meanwhile. Compare it with another clock, set it "
        "if it is wrong, and confirm it here or with varna clock confirm."
    ),
    "receivers": _(
        "Nobody receives reports, or one cannot be read by anybody. Call the access administrator."
    ),
    "mail": _("Nothing has left for a while. Run `varna mail try ADDRESS`."),
    "files": _("The disk is nearly full, or the files are as large as they may be. Make room."),
    "reserve": _("The disk is, or was just now, full. Make room at once."),
    "backup": _("The last one that could be read is too old. Run `varna backup run` and read it."),
}


def version() -> str:
    return metadata.version("varna")

"""The words for the codes of a report, in the reader's language."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from varna.foundation.vault.uploads import Refusal, RefusedUpload
from varna.reports.rules import Channel, Consent, ForWhom, Kind, Reach, Support


FOR_WHOM = {
    ForWhom.ME: _("Me"),
    ForWhom.ON_BEHALF: _("Somebody else, who knows that I report"),
    ForWhom.RELATIVE: _("Somebody close to me: family or partner"),
    ForWhom.WITNESS: _("I saw or heard it"),
}
KIND = {
    Kind.HARASSMENT: _("Harassment, stalking or persecution"),
    Kind.EXTORTION: _("Blackmail or other pressure"),
    Kind.THREAT: _("Threat of violence"),
    Kind.VIOLENCE: _("Violence against a person or property"),
    Kind.CORRUPTION: _("Improper offer or relation"),
    Kind.UNSURE: _("I am not sure"),
}
CHANNEL = {
    Channel.SOCIAL_MEDIA: _("Social media"),
    Channel.EMAIL: _("E-mail"),
    Channel.TEXT_MESSAGE: _("Text message or chat"),
    Channel.PHONE: _("Telephone"),
    Channel.LETTER: _("Letter or parcel"),
    Channel.HOME_VISIT: _("At my home"),
    Channel.MEETING: _("At a meeting"),
    Channel.STREET: _("In town or on the street"),
    Channel.THIRD_PARTY: _("Through somebody else"),
    Channel.PUBLIC_TEXT: _("Newspaper, poster or other public text"),
    Channel.OTHER: _("In another way"),
}
REACH = {
    Reach.CODE: _("I come back here with a code and read your answer"),
    Reach.PHONE: _("Call me"),
    Reach.EMAIL: _("Write to me by e-mail"),
    Reach.NOT: _("Do not contact me"),
}
SUPPORT = {
    Support.TALK: _("Somebody to talk to"),
    Support.POLICE_HELP: _("Help with a police report"),
    Support.HOME_SAFETY: _("Advice about safety at home"),
    Support.MEETING_SAFETY: _("Safety at a meeting"),
    Support.LEGAL: _("Legal advice"),
    Support.HEALTH: _("Occupational health care"),
    Support.FAMILY: _("Support for my family"),
    Support.LOG_ONLY: _("Nothing more: I just want it to be noted"),
}
CONSENT = {
    Consent.POLICE: _("the police"),
    Consent.PARTY: _("my party's security contact"),
    Consent.ADMINISTRATION: _("the administration that serves my board"),
    Consent.LEARNING: _("lessons for others, with nothing that points at me"),
}
REFUSAL = {
    Refusal.TOO_LARGE: _(
        "The file %(name)s is larger than %(most)s MB and was not taken. Everything else that you "
        "have written is still here. You can send a smaller part of it, or tell us about the file "
        "and we arrange another way."
    ),
    Refusal.NO_ROOM: _(
        "The file %(name)s could not be received just now. Everything else that you have written "
        "is still here: send the report without the file and add it later with your code."
    ),
    Refusal.TOO_MANY: _(
        "Only %(files)s files can be sent with one report in a day. %(name)s was not taken; you "
        "can add it tomorrow with your code."
    ),
    Refusal.EMPTY: _(
        "The file %(name)s is empty and was not taken. Everything else that you have written is "
        "still here. Look whether the file opens where you have it."
    ),
}
STALE = _("The page had been open too long. Everything that you wrote is here: press Send again.")
# What an answer is called where it is shown, if that is shorter than its question.
SHORT_LABELS = {
    "when": _("When"),
    "for_whom": _("Exposed"),
    "exposed_name": _("Name of the exposed"),
    "role": _("Role or assignment"),
    "kinds": _("Kind"),
    "channels": _("Way"),
    "place": _("Where"),
    "matter": _("Matter"),
    "worry": _("Worry, 0 to 10"),
    "done": _("Already done"),
    "support": _("Support wished for"),
}
LABEL_REACH = _("How to reach")
LABEL_DETAIL = _("Number or address")
# Where a report, or its case, stands: plain words, no promise that we cannot keep. Keys are the
# codes of a case's states, and of a report that is in no case.
STATUS = {
    "new": _("Your report has arrived. A handler will read it."),
    "read": _("A handler has read your report."),
    "set_aside": _("We have read your report. It did not lead to a case of its own."),
    "received": _("Your report is read and a case has been opened."),
    "triaged": _("A handler has your case and judges what is needed."),
    "under_way": _("We are working with your case."),
    "follow_up": _("We follow up that what was decided has helped."),
    "closed": _("The case is closed. You can still write to us."),
}
TOO_MANY_CODES = _(
    "Many wrong codes have just been tried. Wait a minute and write yours again: the right one "
    "always works. You can send a new report now."
)
WRONG_CODE = _(
    "We cannot find this code. Look for letters and figures that are alike. If you have lost it, "
    "you can always send a new report."
)


def complaints(refused: Iterable[RefusedUpload]) -> list[str]:
    """What to say of each file that was not taken."""
    limits = {"most": settings.FILE_MOST_BYTES // 1024**2, "files": settings.FILES_MOST}
    return [str(REFUSAL[one.why] % {"name": one.name, **limits}) for one in refused]


def trouble(*, full: bool) -> str:
    """Why what was written has not been received, and what to do instead."""
    why = _("There is no room left on the server.") if full else _("It does not work just now.")
    rest = _(
        "We have not received this. What you wrote is still here: copy it, and send it again in a "
        "while. If it cannot wait, call %(phone)s. Danger now: 112."
    )
    return f"{why} {rest % {'phone': settings.DUTY_PHONE or settings.CONTACT_PHONE}}"

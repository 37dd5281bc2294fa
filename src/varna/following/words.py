"""What standings, figures and proofs are called to people."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Does, Modal
from varna.standing.rules.status import Row


STANDINGS: dict[Standing, Promise] = {
    Standing.AWAITING_EVENT: _("awaits its event"),
    Standing.UPCOMING: _("upcoming"),
    Standing.OPEN: _("open"),
    Standing.DUE_SOON: _("due soon"),
    Standing.KEPT: _("kept"),
    Standing.KEPT_LATE: _("kept late"),
    Standing.OVERDUE: _("overdue"),
    Standing.MISSED: _("missed"),
    Standing.UNKNOWN: _("unknown"),
}
MEANINGS: dict[Standing, Promise] = {
    Standing.AWAITING_EVENT: _("What it waits for has not happened, or its day is not entered."),
    Standing.UPCOMING: _("Its time has not come."),
    Standing.OPEN: _("It can be done now, and there is time."),
    Standing.DUE_SOON: _("Its last day is near."),
    Standing.KEPT: _("Done in time, and there is proof."),
    Standing.KEPT_LATE: _("Done after its last day, and there is proof."),
    Standing.OVERDUE: _("Its last day has passed. It can still be done."),
    Standing.MISSED: _("Its time is over, and it was not done."),
    Standing.UNKNOWN: _("From before Värna was used; nothing has been entered."),
}
PROOFS: dict[Does, Promise] = {
    Does.OFFER_TRAINING: _(
        "Everybody in the group has been sent an invitation to a training that was held. Who came "
        "is shown beside it, and proves nothing."
    ),
    Does.INVITE_PARTNERS: _("A meeting to which every partner was invited."),
    Does.REVISE_DOCUMENT: _("A new version of the document has been adopted."),
    Does.ADOPT_DOCUMENT: _(
        "A version has been adopted by the one who promised it, with a decision and its day."
    ),
    Does.MAKE_KNOWN: _("Everybody it is for has acknowledged the version in force."),
    Does.ASSESS: _("A written assessment, made before the first measure or with it."),
    Does.OFFER_SUPPORT: _("An offer of support is recorded in the case."),
    Does.OFFER_OCCUPATIONAL_HEALTH: _("An offer and its answer are recorded in the case."),
    Does.NAME_CONTACT: _("There is a named contact, verified lately enough."),
    Does.KEEP_CONTACT: _("Every partner is verified, and has been in touch, lately enough."),
    Does.ANSWER_REQUEST: _("Every request for help was answered in time."),
    Does.EVALUATE: _("Every closed case has its evaluation."),
    Does.LEARN: _("The new version has considered every lesson since the one before."),
    Does.MEASURE: _("A survey was made, and its figure is entered."),
    Does.ATTEST: _("A named person has stated in writing that it is so, and why."),
}
EVIDENCE: dict[str, Promise] = {
    "session": _("a training session"),
    "meeting": _("a meeting"),
    "version": _("an adopted version"),
    "contact": _("a named contact"),
    "partner": _("a partner"),
    "request": _("an answered request"),
    "statement": _("a written statement"),
    "survey": _("a survey"),
    "all": _("everything that was to be"),
}
MODALS: dict[Modal, Promise] = {
    Modal.SHALL: _("shall"),
    Modal.SHOULD: _("should"),
    Modal.MAY: _("may"),
}


def figure(row: Row) -> str:
    """So many of so many; nothing that could point at somebody."""
    if row.hidden:
        return gettext("fewer than %d") % FEWEST_SHOWN
    return f"{row.figure.done}/{row.figure.of}" if row.figure.of else "–"

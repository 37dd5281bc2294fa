"""What standings, figures and proofs are called to people."""

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varna.following.rules.refusals import WhyNotDeliver
from varna.following.rules.xray import Finding
from varna.foundation.accounts.models import ROLE_LABELS
from varna.foundation.codes import word_for
from varna.foundation.figures import FEWEST_SHOWN
from varna.plan.rules.standings import Standing
from varna.plan.rules.terms import Does, Modal
from varna.standing.rules.facts import Lack, Register
from varna.standing.rules.status import Row


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


STANDINGS: dict[Standing, "Promise"] = {
    Standing.AWAITING_EVENT: _("awaits its event"),
    Standing.UPCOMING: _("upcoming"),
    Standing.OPEN: _("open"),
    Standing.DUE_SOON: _("due soon"),
    Standing.KEPT: _("kept"),
    Standing.KEPT_LATE: _("kept late"),
    Standing.STATED: _("stated"),
    Standing.OVERDUE: _("overdue"),
    Standing.MISSED: _("missed"),
    Standing.WITHDRAWN: _("withdrawn"),
    Standing.UNKNOWN: _("unknown"),
}
MEANINGS: dict[Standing, "Promise"] = {
    Standing.AWAITING_EVENT: _("What it waits for has not happened, or its day is not entered."),
    Standing.UPCOMING: _("Its time has not come."),
    Standing.OPEN: _("It can be done now, and there is time."),
    Standing.DUE_SOON: _("Its last day is near."),
    Standing.KEPT: _("Done in time, and there is proof."),
    Standing.KEPT_LATE: _("Done after its last day, and there is proof."),
    Standing.STATED: _("Somebody has said so in writing. Värna has not seen it."),
    Standing.OVERDUE: _("Its last day has passed. It can still be done."),
    Standing.MISSED: _("Its time is over, and it was not done."),
    Standing.WITHDRAWN: _("A later version of the plan took it away before its day."),
    Standing.UNKNOWN: _(
        "It cannot be told: from before Värna was used, or what it is counted in is empty or old."
    ),
}
PROOFS: dict[Does, "Promise"] = {
    Does.OFFER_TRAINING: _(
        "Everybody whom it was owed to has been sent an invitation to a training that was held, "
        "about what the plan asks for. Who came is shown beside it, and proves nothing."
    ),
    Does.INVITE_PARTNERS: _(
        "A meeting to which every partner was invited: also each party in the council, but for "
        "those that somebody has said have no security organisation."
    ),
    Does.REVISE_DOCUMENT: _(
        "A version in other words than the one before has been adopted, and it is written what "
        "law, experience, surroundings, trends and risks led to."
    ),
    Does.ADOPT_DOCUMENT: _(
        "A version has been adopted by the one who promised it, with a decision and its day."
    ),
    Does.MAKE_KNOWN: _(
        "Everybody it is for has acknowledged the version in force, within sixty days. How many "
        "have been asked is shown beside it."
    ),
    Does.ASSESS: _("A written assessment, made before the first measure or with it."),
    Does.OFFER_SUPPORT: _(
        "Support was offered to the person, with its day, and did not end undone. A report that "
        "lies in no case counts too."
    ),
    Does.OFFER_OCCUPATIONAL_HEALTH: _("An offer and its answer are recorded in the case."),
    Does.NAME_CONTACT: _(
        "There is a named contact, verified lately enough. A board that no administration serves "
        "has none."
    ),
    Does.KEEP_CONTACT: _("Every partner is verified, and has been in touch, lately enough."),
    Does.ANSWER_REQUEST: _("Every request for help was answered in time."),
    Does.EVALUATE: _("Every closed case has its talk at closing and its check some months later."),
    Does.LEARN: _(
        "Every closed case has a lesson or a written reason for none, and the new version has "
        "considered every lesson since the one before."
    ),
    Does.CONFIRM_EACH: _(
        "Everybody who serves full time today has both confirmations, none of them too old."
    ),
    Does.REPORT: _(
        "The report of compliance was delivered to the executive board, with section and reference."
    ),
    Does.PLAN_TRAINING: _(
        "A session in the period was planned before it began, or within thirty days after."
    ),
    Does.COMPARE_TERMS: _(
        "The list of what employees and elected officials have was gone through, line by line."
    ),
    Does.KEEP_RECORDS: _(
        "Värna's own check of its log, its series and its disposals found nothing wrong."
    ),
    Does.MEASURE: _("A survey was made, and its figure is entered."),
    Does.ATTEST: _("A named person has stated in writing that it is so, and why."),
}
EVIDENCE: dict[str, "Promise"] = {
    "session": _("a training session"),
    "meeting": _("a meeting"),
    "version": _("an adopted version"),
    "contact": _("a named contact"),
    "partner": _("a partner"),
    "request": _("an answered request"),
    "statement": _("a written statement"),
    "survey": _("a survey"),
    "all": _("everything that was to be"),
    "planned": _("a planned training session"),
    "report": _("a report that was delivered"),
    "terms": _("the comparison list"),
    "records": _("a check of the records"),
}
MODALS: dict[Modal, "Promise"] = {
    Modal.SHALL: _("shall"),
    Modal.SHOULD: _("should"),
    Modal.MAY: _("may"),
}


# Where an "of" comes from, and what would make it too small.
REGISTERS: dict[Register, tuple["Promise", "Promise"]] = {
    Register.PEOPLE: (
        _("the register of elected officials"), _("somebody holds office and is not in it"),
    ),
    Register.BODIES: (
        _("the register's councils, boards, administrations and companies"),
        _("a body is not in it, or is said to be of another kind"),
    ),
    Register.PARTNERS: (
        _("the partners that have been entered"), _("there is a partner whom nobody has entered"),
    ),
    Register.DOCUMENTS: (_("the documents"), _("what was adopted was not entered")),
    Register.SESSIONS: (_("the training sessions"), _("a session was held that is not in it")),
    Register.CASES: (
        _("the cases and the reports"), _("something happened that nobody has reported"),
    ),
    Register.REQUESTS: (_("the requests for help"), _("somebody asked in another way")),
    Register.CONTACTS: (_("the named contacts"), _("a function has no name in the plan")),
    Register.HOUSE: (_("Värna's own records"), _("it was done outside Värna")),
    Register.WORDS: (_("what people have stated"), _("nobody has said anything")),
}  # fmt: skip
LACKS: dict[Lack, "Promise"] = {
    Lack.EMPTY: _("There is nobody and nothing in it to count."),
    Lack.UNVERIFIED: _("Nobody has vouched for the register."),
    Lack.OLD: _("It is more than six months since anybody vouched for the register."),
    Lack.UNANSWERED: _("There are bodies whose kind nobody has confirmed."),
    Lack.NO_PARTIES: _("Nobody in the council has a party, so the parties are not known."),
}


def source(row: Row) -> str:
    """Where the "of" comes from, and who vouched for it when."""
    found = row.source
    told = ", ".join(str(REGISTERS[one][0]) for one in found.registers)
    if found.verified_on is None:
        return told
    day = formats.date_format(found.verified_on, "j F Y")
    role = word_for(ROLE_LABELS, found.by)
    return gettext("%(registers)s, vouched for on %(day)s by the %(role)s") % {
        "registers": told, "day": day, "role": role,
    }  # fmt: skip


def lacks(row: Row) -> list[str]:
    return [str(LACKS[one]) for one in row.source.lacks]


def counted_in(row: Row) -> str:
    """Both in one line."""
    return ". ".join([source(row), *lacks(row)])


def too_small(row: Row) -> list[str]:
    return [str(REGISTERS[one][1]) for one in row.source.registers]


def figure(row: Row) -> str:
    """So many of so many; nothing that could point at somebody."""
    if row.hidden:
        return gettext("fewer than %d") % FEWEST_SHOWN
    return f"{row.figure.done}/{row.figure.of}" if row.figure.of else "–"


# What was found, and how to mend it.
FINDINGS: dict[Finding, tuple["Promise", "Promise"]] = {
    Finding.UNEXPLAINED: (
        _("Late, and nobody has said why"),
        _("Open the commitment and write why, and what is done about it."),
    ),
    Finding.OF_UNVERIFIED: (
        _("Counted in something that nobody vouches for"),
        _("Go through the register, say what its bodies are, and give the council its parties."),
    ),
    Finding.OF_EMPTY: (
        _("Counted in something that is empty"),
        _("Enter those it is for. Until then nobody knows how it stands."),
    ),
    Finding.EDITION_OLDER: (
        _("A newer plan has been adopted than the one that is followed"),
        _("Read in a file for the new text, or say that the one you follow is a reading of it."),
    ),
    Finding.EDITION_UNTIED: (
        _("Nobody has said which adopted text the file is a reading of"),
        _("Choose the adopted text, so that a new one is noticed."),
    ),
    Finding.EDITION_OTHER: (
        _("The adopted text's file is not the one that the plan was tied to"),
        _("Find out what happened to the document, and tie them again."),
    ),
    Finding.WORD_ONLY: (
        _("Only somebody's word"),
        _("Have somebody in another role agree, or find work that shows it."),
    ),
    Finding.ONE_PERSON: (
        _("The word of one, for something that shall be done"),
        _("Ask somebody in another role to read it, and to agree on the commitment's page."),
    ),
    Finding.SOON_TOO_OLD: (
        _("Holds today, and not for long"),
        _("Verify it anew before its time is out."),
    ),
    Finding.NOBODY_ANSWERS: (
        _("Nobody answers for the role"),
        _("Name somebody under Who answers for what. Without it nobody is reminded."),
    ),
}  # fmt: skip
WHY_NOT_DELIVER: dict[WhyNotDeliver, "Promise"] = {
    WhyNotDeliver.NOT_READY: _("The report is not ready."),
    WhyNotDeliver.TOO_EARLY: _("The report was made after that day."),
    WhyNotDeliver.NOT_YET: _("The day has not come yet."),
}

"""What the plan's faults, questions and cadences are called to people."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from varna.plan.rules.cadences import Anchored, Cadence, Continuous, Deadline, Every, OnEvent, Quota
from varna.plan.rules.calendar import BOARDS_ELECTED
from varna.plan.rules.faults import Fault, Reason
from varna.plan.rules.history import Fate, WhyNotAdopt, WhyNotTie
from varna.plan.rules.questions import Asked, Question
from varna.plan.rules.terms import Words


REASONS: dict[Reason, Promise] = {
    Reason.NOT_UTF8: _("The file is not text in UTF-8; the first wrong byte is number %s."),
    Reason.NOT_TOML: _("The file is not TOML: %s"),
    Reason.TOO_LARGE: _("The file is larger than %s."),
    Reason.WRONG_FORMAT: _("It must be %s; this program knows no other format."),
    Reason.MISSING: _("It is missing."),
    Reason.UNKNOWN_KEY: _("There is no such key here. There can be: %s"),
    Reason.NOT_TEXT: _("It must be text, and not empty."),
    Reason.TOO_LONG: _("It is too long: at most %s signs."),
    Reason.NOT_WHOLE: _("It must be a whole number, %s."),
    Reason.NOT_SHARE: _("It must be a share: more than 0 and at most 1."),
    Reason.NOT_A_DAY: _("It must be a date without quotation marks: 2026-10-15."),
    Reason.NOT_MONTH_AND_DAY: _('It must be a month and a day of every year: "10-15".'),
    Reason.NOT_TABLE: _("It must be a table."),
    Reason.NOT_LIST: _("It must be a list, and not empty."),
    Reason.NOT_ONE_OF: _("It must be one of: %s"),
    Reason.NOT_ID: _("It must be small letters a–z, digits and hyphens: %s"),
    Reason.NOT_SHA256: _("It must be 64 digits 0–9 and a–f."),
    Reason.TWICE: _("The same stands twice. %s"),
    Reason.NO_SUCH_ROLE: _("No role is declared with the name %s."),
    Reason.NO_SUCH_GROUP: _("No group is declared with the name %s."),
    Reason.NO_SUCH_COMMITMENT: _("There is no commitment with the id %s."),
    Reason.NOT_EVERY: _("The commitment %s has no windows to count in: its form is not every."),
    Reason.RING: _("The role is part of itself."),
    Reason.EMPTY_GROUP: _("The group holds nobody. Give it one of: %s"),
    Reason.WRONG_GROUP: _("The group lacks what the proof counts – %s"),
    Reason.EXACTLY_ONE: _("Exactly one of these must be there: %s"),
    Reason.AT_LEAST_ONE: _("At least one of these must be there: %s"),
    Reason.NOT_DIVISOR: _("With windows from the calendar it must be 1, 2, 3, 4, 6 or 12."),
    Reason.NOT_THE_YEARS: _("With one each mandate year it must be %s, the years of a period."),
    Reason.NOT_ELECTION_DAY: _("%s is not such a day as the rule beside it says."),
    Reason.COUNCIL_BEFORE_ELECTION: _("The council's period must begin after election day."),
    Reason.LAW_MISSING: _("A commitment by law must name the law."),
    Reason.LAW_WITHOUT_BASIS: _('A law is named although the basis is "plan".'),
}
QUESTIONS: dict[Question, Promise] = {
    Question.ADOPTER_UNKNOWN: _("Who adopted the plan? The file does not know."),
    Question.TRAINED_NOT_TARGETED: _(
        "Should these be in the target group? They are offered training, but are not in it: %s"
    ),
    Question.COMPANIES_WITHOUT_DUTY: _(
        "What are the companies to do? They are mentioned, but carry no duty: %s"
    ),
    Question.NOBODY_EVALUATES: _(
        "Who is to evaluate? The whole organisation has promised it, and nobody is named: %s"
    ),
    Question.COOPERATION_WITHOUT_MEASURE: _(
        "How often is continuous? The plan gives no measure; the file has one of its own: %s"
    ),
    Question.SUPPORT_WITHOUT_LIMIT: _(
        "How soon must support come? The plan gives no time limit; the file has its own: %s"
    ),
    Question.CANDIDATES_WITHOUT_PROMISE: _(
        "What do candidates get before an election? They are in a group, but nothing is promised "
        "to them by then: %s"
    ),
}

FATES: dict[Fate, Promise] = {
    Fate.KEPT: _("as before"),
    Fate.CHANGED: _("changed"),
    Fate.NEW: _("new"),
    Fate.WITHDRAWN: _("withdrawn"),
}
KEYS: dict[str, Promise] = {
    "anchor": _("heading"),
    "title": _("title"),
    "basis": _("basis"),
    "by": _("who answers for it"),
    "modal": _("how binding it is"),
    "does": _("what proves it"),
    "cadence": _("how often"),
    "for": _("for whom"),
    "with": _("with whom"),
    "what": _("document"),
    "law": _("law"),
    "note": _("how we read it"),
    "passage-sha256": _("passage in the adopted text"),
    "mandate": _("how mandate periods are counted"),
}
WHY_NOT_ADOPT: dict[WhyNotAdopt, Promise] = {
    WhyNotAdopt.BACKWARDS: _(
        "A new version cannot begin before today, nor before one that is already decided: what "
        "has fallen due stays under the version it fell due under."
    ),
    WhyNotAdopt.SAME: _("This is the version that is followed."),
    WhyNotAdopt.VERSION_TAKEN: _(
        "Another text has been followed under this version. Give the file a new version."
    ),
}


WHY_NOT_TIE: dict[WhyNotTie, Promise] = {
    WhyNotTie.OTHER_TEXT: _("The file names the hash of another text than this one."),
}


def plain(text: str) -> str:
    """Without control signs: what a file says must not steer the terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def fault(one: Fault) -> str:
    """Where it is and what is wrong: `[commitments[3] (training).cadence] months: …`."""
    said = _filled(REASONS[one.reason], one.said)
    table = one.table or ("" if one.key == "" else gettext("top level"))
    place = f"[{plain(table)}] {plain(one.key)}: " if one.key else ""
    return place + said


def question(asked: Asked) -> str:
    return _filled(QUESTIONS[asked.question], ", ".join(asked.about))


def _filled(sentence: Promise, said: str) -> str:
    return str(sentence).replace("%s", plain(said)).strip()


def in_language(words: Words) -> str:
    return plain(words.sv if (get_language() or "sv").startswith("sv") else words.en)


def cadence(scale: Cadence) -> str:
    """How often, in a few words."""
    if isinstance(scale, Every):
        return ngettext("every month", "every %d months", scale.months).replace(
            "%d", str(scale.months)
        )
    if isinstance(scale, Quota):
        return gettext("%d in the period") % scale.count
    if isinstance(scale, Anchored):
        return gettext("after %s") % event(scale.to)
    return str(_OTHERS[type(scale)])


def event(name: str) -> str:
    """An event in words; one of the owner's own is called what its file calls it."""
    return str(EVENTS.get(name, name))


EVENTS: dict[str, Promise] = {BOARDS_ELECTED: _("the election of the boards")}
_OTHERS: dict[type, Promise] = {
    Deadline: _("once in the period"),
    Continuous: _("always"),
    OnEvent: _("each time something happens"),
}

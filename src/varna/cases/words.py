"""The words for the codes of a case, in the reader's language."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from varna.cases.rules.clocks import Clock
from varna.cases.rules.counting import Consequence, EventGroup, Whom, WhyNotPolice
from varna.cases.rules.disposal import WhyNotDestroy
from varna.cases.rules.judging import Answer, Group, Level
from varna.cases.rules.steps import Reason, State, Waits
from varna.foundation.access.rules import Reason as WhyNotLetIn


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


STATE = {
    State.RECEIVED: _("received"),
    State.TRIAGED: _("assigned"),
    State.UNDER_WAY: _("under way"),
    State.FOLLOW_UP: _("follow-up"),
    State.CLOSED: _("closed"),
}
WAITS = {
    Waits.NOBODY: _("nobody else"),
    Waits.REPORTER: _("the reporter"),
    Waits.POLICE: _("the police"),
    Waits.HEALTH: _("occupational health"),
    Waits.ADMINISTRATION: _("the administration"),
}
WHOM = {
    Whom.TARGET: _("somebody whom the plan is for: an elected official or a political secretary"),
    Whom.OTHER: _("somebody else, for instance an employee"),
    Whom.NOBODY: _("nobody: it is about a place or a thing"),
}
LEVEL = {
    Level.AWARE: _("0 Aware"),
    Level.WATCH: _("1 Watch"),
    Level.RAISED: _("2 Raised"),
    Level.SERIOUS: _("3 Serious"),
    Level.ACUTE: _("4 Acute"),
}
LEVEL_MEANS = {
    Level.AWARE: _("We know of it. Nothing needs to be done now."),
    Level.WATCH: _("We keep an eye on it and ask again."),
    Level.RAISED: _("Support or protection is needed."),
    Level.SERIOUS: _("Protection is needed soon; two people judge."),
    Level.ACUTE: _("Danger now: 112 first, then this."),
}
ANSWER = {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.UNKNOWN: _("do not know")}
GROUP = {
    Group.MESSAGE: _("What was said or written"),
    Group.BEHAVIOUR: _("What has been done over time"),
    Group.SENDER: _("Who is behind it, as far as known and needed"),
    Group.EXPOSED: _("The exposed person's situation"),
    Group.PROTECTIVE: _("What calms or protects"),
}
OBSERVATION = {
    "act_named": _("A certain act is named"),
    "time_named": _("A time or place is named"),
    "condition": _("There is a condition: if you do this, then that"),
    "target_beyond": _("It is also aimed at a child, partner or home"),
    "private_knowledge": _("It shows knowledge of the person's private life"),
    "final": _("It says that there is nothing left to lose"),
    "several_receive": _("Several people have received the same"),
    "sexual_or_hate": _("It has a sexual or hateful content"),
    "weapon": _("A weapon or explosive is mentioned or pictured"),
    "admires": _("Earlier attacks are admired"),
    "more_often": _("It happens more often"),
    "new_channels": _("It comes through new channels"),
    "approaches": _("It has gone from writing to approaching"),
    "came_home": _("Somebody has come to the home or to a meeting"),
    "gifts": _("Gifts or parcels have been sent"),
    "collects": _("Details about the person are being collected"),
    "campaign": _("Others are being drawn in: a campaign"),
    "broke_ban": _("A ban or a clear no has been broken"),
    "went_silent": _("It stopped suddenly after an intense time"),
    "identified": _("We know who it is"),
    "running_matter": _("There is a running matter with the municipality"),
    "loss": _("There is a loss or a felt injustice"),
    "known_violence": _("Violence is known to the police"),
    "capacity": _("There is capacity and nearness to carry it out"),
    "ill_health": _("There are signs of serious ill health: care, not a label"),
    "earlier": _("The person has been exposed before"),
    "alone_or_children": _("Lives alone, or with children"),
    "public_address": _("The address is public"),
    "coming_appearances": _("Public appearances are coming"),
    "worried": _("The person is worried"),
    "has_network": _("There are people around who support"),
    "own_wishes": _("The person has said what they wish"),
    "contact_resumed": _("Contact with the right office has been taken up again"),
    "police_talked": _("The police have talked with the sender"),
    "calmed": _("The sender has calmed down"),
    "matter_closed": _("The matter behind it is closed"),
    "alarm": _("An alarm or other protection is in place"),
}
QUESTION = {
    "violence": _("Is there a risk of violence?"),
    "persistence": _("Will it go on?"),
    "escalation": _("Will it get worse?"),
    "disruption": _("Does it disturb the person's life or assignment?"),
}
CLOCK = {
    Clock.ACKNOWLEDGE: _("confirm that it is read"),
    Clock.ASSESS: _("assess"),
    Clock.SECOND: _("second person's view"),
    Clock.ANSWER: _("first answer"),
    Clock.REVIEW: _("review the assessment"),
    Clock.MEASURES: _("review open measures"),
    Clock.POLICE: _("ask the police"),
    Clock.AFTER_CHECK: _("check how it went"),
}
EVENT_GROUP = {
    EventGroup.A: _("A: threats and harassment"),
    EventGroup.B: _("B: violence, damage and theft"),
}
CONSEQUENCE = {
    Consequence.NONE: _("none"),
    Consequence.WORRIED: _("worry"),
    Consequence.AVOIDED: _("avoided a question or a debate"),
    Consequence.CANCELLED: _("stayed away from something"),
    Consequence.CONSIDERED_LEAVING: _("considered leaving the assignment"),
    Consequence.LEFT: _("left the assignment"),
    Consequence.UNKNOWN: _("do not know"),
}
WHY_NOT_POLICE = {
    WhyNotPolice.LEADS_NOWHERE: _("it leads to nothing"),
    WhyNotPolice.PART_OF_IT: _("part of the assignment"),
    WhyNotPolice.TRIFLE: _("a trifle"),
    WhyNotPolice.NO_CRIME: _("doubt whether it is a crime"),
    WhyNotPolice.FEAR: _("fear of what follows"),
    WhyNotPolice.OWN_WISH: _("the person does not want it"),
    WhyNotPolice.UNKNOWN: _("do not know"),
}
REFUSAL: dict[StrEnum, "Promise"] = {
    WhyNotLetIn.CONFLICT: _("This person cannot be given the case. Choose somebody else."),
    Reason.NO_SUCH_STEP: _("The case cannot go there from where it is now."),
    Reason.NO_ASSESSMENT: _("An assessment must be made first."),
    Reason.NO_SECOND: _("A second person must look at the assessment first."),
    Reason.OPEN_MEASURES: _("There are measures that are neither done nor ended."),
    Reason.NO_REASON: _("A reason is needed."),
    Reason.OWN_ASSESSMENT: _("Somebody else than its author must look at the assessment."),
    Reason.ALREADY_SEEN: _("A second person has already looked at it."),
    Reason.NO_NEED: _("At this level no second person is needed."),
    Reason.IS_CLOSED: _("The case is closed. Open it again first."),
    Reason.NOBODY_NAMED: _(
        "Say first who is exposed, with the name in the register: a contact sees only the people "
        "of their own board."
    ),
    Reason.OTHER_BOARD: _("This contact's administration does not serve the person's board."),
    Reason.ONESELF: _(
        "Nobody lets themselves in. Ask a colleague, or take a case without handler."
    ),
    Reason.DAY_HAS_BEEN: _("The day has already been."),
    Reason.HANDLED: _("Somebody handles the case already."),
    Reason.NOT_YOURS_TO_END: _("Only a lead handler ends a colleague's part in the case."),
}
REFUSAL |= {
    WhyNotDestroy.DESTROYED: _("The keys have been destroyed already."),
    WhyNotDestroy.NOT_ENDED: _("It has not ended: a case must be closed, a report put aside."),
    WhyNotDestroy.NOT_DUE: _("It must still be kept: its time is not over."),
    WhyNotDestroy.NO_DECISION: _("Without a decision nothing is destroyed."),
    WhyNotDestroy.ASKED: _("This has been said already."),
    WhyNotDestroy.ONE_PERSON: _("Two people decide. You have asked; somebody else confirms."),
    WhyNotDestroy.NOT_YET: _("It can still be taken back. It is done when the time is over."),
}
EVENT_LINKED = _("A report was linked")
EVENT_ASSESSED = _("Assessment, version %(version)s, level %(level)s")
EVENT_SECOND = _("A second person looked at the assessment")
EVENT_CLOSED = _("Closed")
EVENT_NOTE = _("Note for the team")
EVENT_PRIVATE = _("Note only for me")

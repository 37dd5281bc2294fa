"""The assessment: levels, observations, questions, and when a second person is needed."""

from enum import IntEnum, StrEnum

from varna.cases.rules.steps import Reason, State


class Level(IntEnum):
    """Our own levels; when unsure choose the higher and review sooner. Not a score."""

    AWARE = 0  # kännedom
    WATCH = 1  # bevaka
    RAISED = 2  # förhöjd
    SERIOUS = 3  # allvarlig
    ACUTE = 4  # akut


TWO_PEOPLE_FROM = Level.SERIOUS


def needs_second(level: int) -> bool:
    """Nobody is alone with a judgement when it is serious."""
    return level >= TWO_PEOPLE_FROM


def why_not_judge(state: str) -> Reason | None:
    return Reason.IS_CLOSED if state == State.CLOSED else None


def why_not_second(*, level: int, is_author: bool, seen: bool) -> Reason | None:
    if not needs_second(level):
        return Reason.NO_NEED
    if is_author:
        return Reason.OWN_ASSESSMENT
    return Reason.ALREADY_SEEN if seen else None


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """The five groups of observations."""

    MESSAGE = "message"
    BEHAVIOUR = "behaviour"
    SENDER = "sender"
    EXPOSED = "exposed"
    PROTECTIVE = "protective"


OBSERVATIONS: dict[Group, tuple[str, ...]] = {
    Group.MESSAGE: (
        "act_named", "time_named", "condition", "target_beyond", "private_knowledge", "final",
        "several_receive", "sexual_or_hate", "weapon", "admires",
    ),
    Group.BEHAVIOUR: (
        "more_often", "new_channels", "approaches", "came_home", "gifts", "collects", "campaign",
        "broke_ban", "went_silent",
    ),
    Group.SENDER: (
        "identified", "running_matter", "loss", "known_violence", "capacity", "ill_health",
    ),
    Group.EXPOSED: (
        "earlier", "alone_or_children", "public_address", "coming_appearances", "worried",
        "has_network", "own_wishes",
    ),
    Group.PROTECTIVE: (
        "contact_resumed", "police_talked", "calmed", "matter_closed", "alarm",
    ),
}  # fmt: skip
# Four risks judged apart; one of them says nothing of the others.
QUESTIONS = ("violence", "persistence", "escalation", "disruption")

"""What a case is counted as: small, coded, outside the sealed text."""

from enum import StrEnum


class EventGroup(StrEnum):
    """Brå's two groups in the safety survey of politicians (PTU)."""

    A = "a"  # threats and harassment
    B = "b"  # violence, damage and theft


class Consequence(StrEnum):
    NONE = "none"
    WORRIED = "worried"
    AVOIDED = "avoided"
    CANCELLED = "cancelled"
    CONSIDERED_LEAVING = "considered_leaving"
    LEFT = "left"
    UNKNOWN = "unknown"


class WhyNotPolice(StrEnum):
    LEADS_NOWHERE = "leads_nowhere"
    PART_OF_IT = "part_of_it"
    TRIFLE = "trifle"
    NO_CRIME = "no_crime"
    FEAR = "fear"
    OWN_WISH = "own_wish"
    UNKNOWN = "unknown"


class Whom(StrEnum):
    """Whether somebody whom the plan is for is exposed in a case."""

    TARGET = "target"
    OTHER = "other"  # somebody else
    NOBODY = "nobody"  # it is about a place or a thing


class Moment(StrEnum):
    """What a case's figures ask of the rooms above: when it was first done."""

    MEASURED = "measured"
    SUPPORTED = "supported"  # with a measure that is support to the person
    HEALTH_OFFERED = "health_offered"
